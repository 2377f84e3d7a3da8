"""How well the answer to each question sits: drawn from its takes once, and kept until one of them changes.

To draw all of them at every start would take seconds for 100,000 takes. A row without a rule is drawn anew.
Triggers (`0006_felt`) take the rule away when a take changes, so that no code that writes takes has to think of it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from mockint.adapted import adaptation_in
from mockint.schedule.recall import RULE, Grade, Review, Standing, standing_of
from mockint.store.bodies import as_moment, readable
from mockint.store.points import NEWEST_RESULT
from mockint.store.results import as_text

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

    from mockint.model import Question
    from mockint.schedule.due import Key
    from mockint.store.database import Database

CLOCKS_DIFFER_BY = timedelta(days=1)
"""A take from further in the future was given while the clock was wrong."""

_STANDINGS = """
    SELECT bank_id, question_id, last_asked_at, interval_days, stability_days, difficulty, quality, quality_count
    FROM standings WHERE last_asked_at IS NOT NULL
"""
_REVIEWS = f"""
    SELECT t.bank_id, t.question_id, t.asked_at, t.felt, t.graded, r.method_version,
           sum(m.points) AS points, sum(CASE WHEN m.points IS NOT NULL THEN m.max_points END) AS max_points,
           max(CASE m.name WHEN 'length' THEN m.points END) AS length_points,
           max(CASE m.name WHEN 'length' THEN m.max_points END) AS length_max_points
    FROM {{source}} LEFT JOIN results r ON r.id = {NEWEST_RESULT} LEFT JOIN measures m ON m.result_id = r.id
    WHERE {{which}} AND t.duration_s IS NOT NULL AND t.asked_at <= :latest AND (r.id IS NOT NULL OR t.felt IS NOT NULL)
    GROUP BY t.id ORDER BY t.bank_id, t.question_id, t.asked_at
"""  # noqa: S608 - constants only
_REVIEWS_OF_OUTDATED = _REVIEWS.format(
    source="standings s JOIN takes t ON t.bank_id = s.bank_id AND t.question_id = s.question_id",
    which="s.rule IS NOT :rule",
)
_REVIEWS_OF_ONE = _REVIEWS.format(source="takes t", which="t.bank_id = :bank_id AND t.question_id IN ({ids})")


class Standings:
    """The standings in one database. Every method raises StoreProblem where the disk or the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @readable("What is kept of takes")
    def of(self, questions: Iterable[Question], *, now: datetime) -> Mapping[Key, Standing]:
        """Return how well each answer sits, also by takes of its former ids; what was never asked is left out."""
        self._bring_up_to_date(now)
        rows = {(row["bank_id"], row["question_id"]): row for row in self._database.rows(_STANDINGS)}
        standings = {}
        for question in questions:
            ids = [each for each in (question.id, *question.aliases) if (question.bank_id, each) in rows]
            key = question.bank_id, question.id
            if len(ids) == 1:
                standings[key] = _standing(rows[question.bank_id, ids[0]])
            elif ids and (joined := self._joined(question.bank_id, ids, now)) is not None:
                standings[key] = joined
        return standings

    def felt(self, take_id: int, grade: Grade) -> None:
        """Keep what the person says of a take; what was said of it last holds."""
        self._write_of_take("UPDATE takes SET felt = ? WHERE id = ?", grade.value, take_id)

    def leave_score_aside(self, take_id: int) -> None:
        """Keep that the person wanted no points for a take: then they do not count for what is due either."""
        self._write_of_take("UPDATE takes SET graded = 0 WHERE id = ?", take_id)

    def from_the_future(self, now: datetime) -> int:
        """Return how many takes are from a time that is still to come. They count for nothing until then."""
        [row] = self._database.rows(
            "SELECT count(*) FROM takes WHERE asked_at > ? AND duration_s IS NOT NULL",
            (as_text(now + CLOCKS_DIFFER_BY),),
        )
        return int(row[0])

    def _write_of_take(self, sql: str, *values: object) -> None:
        with self._database.transaction() as write:
            write.execute(sql, values)

    def _joined(self, bank_id: str, ids: list[str], now: datetime) -> Standing | None:
        """Draw the standing of a question that has takes under several ids: seldom, so it is not kept."""
        names = {f"id{place}": each for place, each in enumerate(ids)}
        sql = _REVIEWS_OF_ONE.format(ids=", ".join(f":{name}" for name in names))
        values = {"bank_id": bank_id, "latest": as_text(now + CLOCKS_DIFFER_BY), **names}
        return standing_of(map(_review, self._database.rows(sql, values)))

    def _bring_up_to_date(self, now: datetime) -> None:
        values = {"rule": RULE.version, "latest": as_text(now + CLOCKS_DIFFER_BY)}
        if self._database.row("SELECT 1 FROM standings WHERE rule IS NOT :rule LIMIT 1", values) is None:
            return
        with self._database.transaction() as write:  # nobody else may add a take between reading and writing
            rows = write.execute(_REVIEWS_OF_OUTDATED, values).fetchall()
            drawn = [
                (*key, standing)
                for key, of_question in groupby(rows, key=lambda row: (row["bank_id"], row["question_id"]))
                if (standing := standing_of(map(_review, of_question))) is not None
            ]
            # What has no takes that count is in no row of `drawn`; it keeps its row, and stands nowhere.
            write.execute("UPDATE standings SET rule = :rule, last_asked_at = NULL WHERE rule IS NOT :rule", values)
            write.executemany(
                "UPDATE standings SET last_asked_at = ?, interval_days = ?, stability_days = ?, difficulty = ?,"
                " quality = ?, quality_count = ? WHERE bank_id = ? AND question_id = ?",
                [
                    (
                        as_text(standing.last_asked_at),
                        standing.interval_days,
                        standing.stability_days,
                        standing.difficulty,
                        standing.quality,
                        standing.quality_count,
                        bank_id,
                        question_id,
                    )
                    for bank_id, question_id, standing in drawn
                ],
            )


def _standing(row: sqlite3.Row) -> Standing:
    return Standing(
        last_asked_at=as_moment(row["last_asked_at"]),
        interval_days=row["interval_days"],
        stability_days=row["stability_days"],
        difficulty=row["difficulty"],
        quality=row["quality"],
        quality_count=row["quality_count"],
    )


def _review(row: sqlite3.Row) -> Review:
    version = row["method_version"]
    judged = bool(row["graded"]) and version is not None and not adaptation_in(version).stammer
    return Review(
        asked_at=as_moment(row["asked_at"]),
        felt=None if row["felt"] is None else Grade(row["felt"]),
        share=_share(row["points"], row["max_points"]) if judged else None,
        length_share=_share(row["length_points"], row["length_max_points"]) if judged else None,
        heard=not judged or row["points"] is not None,
    )


def _share(points: float | None, max_points: float | None) -> float | None:
    return points / max_points if points is not None and max_points else None
