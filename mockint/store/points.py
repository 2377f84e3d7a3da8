"""What the newest result of each take measured, read in columns: quick for years of practice.

A debrief that was told aloud is kept as takes too, but it is no practice.
"""

from __future__ import annotations

from itertools import starmap
from typing import TYPE_CHECKING

from mockint.afterwards.spoken import BANK_ID

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockint.progress import TakePoints
    from mockint.store.database import Database

NEWEST_RESULT = "(SELECT id FROM results WHERE take_id = t.id ORDER BY created_at DESC, id DESC LIMIT 1)"
UTC = "+00:00"
"""How each stored time ends; NumPy takes it without."""

_NAMES = """
    SELECT DISTINCT name FROM measures
    WHERE result_id IN (SELECT max(id) FROM results GROUP BY method_version) ORDER BY name
"""  # results of one method have the same measures


def read_points(database: Database, where: str, values: Mapping[str, object]) -> TakePoints:
    """Return the scored takes, oldest first. where: a further condition on the takes (t), with its values."""
    import numpy as np  # what is due does not need it

    from mockint.progress import Labels, Origin, QuestionKey, TakePoints

    names = [row["name"] for row in database.rows(_NAMES)]
    rows = database.rows(_query(len(names), where), {**values, **{f"name{i}": name for i, name in enumerate(names)}})
    columns = tuple(zip(*rows, strict=True)) if rows else ((),) * (8 + len(names))
    take_ids, session_ids, asked_at, bank_ids, question_ids, competencies, methods, engines, *measures = columns
    return TakePoints(
        take_ids=np.array(take_ids, dtype=np.int64),
        session_ids=np.array(session_ids, dtype=np.int64),
        asked_at=np.array([text.removesuffix(UTC) for text in asked_at], dtype="datetime64[us]"),
        questions=Labels.of(starmap(QuestionKey, zip(bank_ids, question_ids, strict=True))),
        competencies=Labels.of(competencies),
        origins=Labels.of(starmap(Origin, zip(methods, engines, strict=True))),
        measures={name: np.array(each, dtype=np.float64) for name, each in zip(names, measures, strict=True)},
    )


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
        WHERE t.duration_s IS NOT NULL AND t.bank_id <> '{BANK_ID}'{where} ORDER BY t.asked_at, t.id
    """  # noqa: S608 - constants only
