"""What the newest result of each take measured, read in columns: quick for years of practice.

A debrief that was told aloud and the turns of drills are kept as takes too, but they are no practice of interviews.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mockint import drills, typed
from mockint.afterwards.spoken import BANK_ID
from mockint.model import Question
from mockint.store.bodies import from_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockint.progress import TakePoints
    from mockint.store.database import Database

NEWEST_RESULT = "(SELECT id FROM results WHERE take_id = t.id ORDER BY created_at DESC, id DESC LIMIT 1)"
PRACTICE = f"t.duration_s IS NOT NULL AND t.bank_id NOT IN ('{BANK_ID}', '{drills.BANK_ID}')"

UTC = "+00:00"
"""How each stored time ends; NumPy takes it without."""

_NAMES = """
    SELECT DISTINCT name FROM measures
    WHERE result_id IN (SELECT max(id) FROM results GROUP BY method_version, engine = :typed) ORDER BY name
"""  # results of one method have the same measures; what is typed has its own


def read_points(database: Database, where: str, values: Mapping[str, object]) -> TakePoints:
    """Return the scored takes, oldest first. where: a further condition on the takes (t), with its values."""
    import numpy as np  # what is due does not need it

    from mockint.progress import Labels, Origin, QuestionKey, TakePoints

    names = [row["name"] for row in database.rows(_NAMES, {"typed": typed.ENGINE})]
    rows = database.rows(_query(len(names), where), {**values, **{f"name{i}": name for i, name in enumerate(names)}})
    columns = tuple(zip(*rows, strict=True)) if rows else ((),) * (8 + len(names))
    take_ids, session_ids, asked_at, bank_ids, question_ids, competencies, methods, engines, *measures = columns
    return TakePoints(
        take_ids=np.array(take_ids, dtype=np.int64),
        session_ids=np.array(session_ids, dtype=np.int64),
        asked_at=np.array([text.removesuffix(UTC) for text in asked_at], dtype="datetime64[us]"),
        questions=Labels.of(zip(bank_ids, question_ids, strict=True)).named(QuestionKey._make),
        competencies=Labels.of(competencies),
        origins=Labels.of(zip(methods, engines, strict=True)).named(Origin._make),
        measures={name: np.array(each, dtype=np.float64) for name, each in zip(names, measures, strict=True)},
    )


class Measurement(NamedTuple):
    """One part of the newest result of a take. What could not be told is None."""

    take: int
    session: int
    asked_at: str
    """ISO 8601, UTC."""
    bank: str
    question: str
    competency: str | None
    method_version: str
    engine: str
    corrected: int
    """1 where the person's corrections are in it."""
    measure: str
    value: float | None
    low: float | None
    high: float | None
    points: float | None
    max_points: float


def read_measurements(database: Database, where: str, values: Mapping[str, object]) -> tuple[Measurement, ...]:
    """Return every part of the newest result of each take, oldest take first. where: as for `read_points`."""
    rows = database.rows(
        f"""
        SELECT t.id, t.session_id, t.asked_at, t.bank_id, t.question_id, t.competency,
               r.method_version, r.engine, r.corrected, m.name,
               round(m.value, 3), round(m.low, 3), round(m.high, 3), round(m.points, 1), m.max_points
        FROM takes t JOIN results r ON r.id = {NEWEST_RESULT} JOIN measures m ON m.result_id = r.id
        WHERE {PRACTICE}{where} ORDER BY t.asked_at, t.id, m.name
        """,  # noqa: S608 - constants only
        values,
    )
    return tuple(map(Measurement._make, rows))


def read_asked_questions(database: Database) -> tuple[Question, ...]:
    """Return every question that was ever answered, as it was asked last."""
    rows = database.rows(
        f"""
        SELECT t.id, t.question FROM takes t JOIN (
            SELECT bank_id, question_id, max(asked_at) AS asked_at FROM takes t
            WHERE {PRACTICE} GROUP BY bank_id, question_id
        ) newest USING (bank_id, question_id, asked_at)
        WHERE {PRACTICE} ORDER BY t.id
        """  # noqa: S608 - constants only
    )
    found = (from_json(row["question"], Question, f"The question of take {row['id']}") for row in rows)
    return tuple({(question.bank_id, question.id): question for question in found}.values())


def _query(name_count: int, where: str) -> str:
    """Give each measure a column: a row a measure, or JSON, takes more than twice the time."""
    columns = "".join(f", m{i}.value" for i in range(name_count))
    joins = "".join(
        f" LEFT JOIN measures m{i} ON m{i}.result_id = r.id AND m{i}.name = :name{i}" for i in range(name_count)
    )
    return f"""
        SELECT t.id, t.session_id, t.asked_at, t.bank_id, t.question_id, t.competency,
               r.method_version, r.engine{columns}
        FROM takes t JOIN results r ON r.id = {NEWEST_RESULT}{joins}
        WHERE {PRACTICE}{where} ORDER BY t.asked_at, t.id
    """  # noqa: S608 - constants only
