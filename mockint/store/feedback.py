"""What mentors said, take by take. Rows are only ever added: the newest save of an answer is the one that holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING
from uuid import uuid4

from mockint.feedback import Feedback, MentorWish, chosen
from mockint.store.bodies import as_moment, from_json, readable, to_json
from mockint.store.results import as_text

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from datetime import datetime

    from mockint.store.database import Database

_WHAT = "A mentor's feedback"
_HOLDS = """
    f.id = (
        SELECT id FROM feedback WHERE take_id = f.take_id AND answer = f.answer ORDER BY saved_at DESC, id DESC LIMIT 1
    )
"""
_FEEDBACK = f"""
    SELECT f.take_id, f.imported_at, f.body, t.bank_id, t.question_id, t.competency
    FROM feedback f JOIN takes t ON t.id = f.take_id WHERE {_HOLDS}
"""  # noqa: S608 - constants only


class Arrival(str, Enum):
    """What became of feedback that came in."""

    NEW = "new"
    CHANGED = "changed"
    """A newer save of what was here."""
    KNOWN = "known"
    """It was here: nothing changed."""
    OUTDATED = "outdated"
    """A newer save of it is here: nothing changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFeedback:
    """What a mentor said, and of which take."""

    take_id: int
    imported_at: datetime
    feedback: Feedback


class FeedbackFromMentors:
    """The feedback in one database. Every method raises StoreProblem where the disk or the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, came: Sequence[tuple[int, Feedback]], *, at: datetime) -> tuple[Arrival, ...]:
        """Store feedback by the number of its take, all of it or nothing; say of each what became of it."""
        with self._database.transaction() as write:
            return tuple(_add(write, take_id, feedback, at) for take_id, feedback in came)

    def of_take(self, take_id: int) -> tuple[Feedback, ...]:
        """Return what holds of a take, oldest first."""
        rows = self._database.rows(f"{_FEEDBACK} AND f.take_id = ? ORDER BY f.id", (take_id,))
        return tuple(_stored(row).feedback for row in rows)

    def all(self) -> tuple[StoredFeedback, ...]:
        """Return what holds of all takes, oldest first."""
        return tuple(map(_stored, self._database.rows(f"{_FEEDBACK} ORDER BY f.id")))

    def wishes(self) -> tuple[MentorWish, ...]:
        """Return what mentors would change, oldest first: also what was practised since."""
        rows = self._database.rows(f"{_FEEDBACK} ORDER BY f.imported_at, f.id")
        return tuple(
            MentorWish(
                bank_id=row["bank_id"],
                question_id=row["question_id"],
                competency=row["competency"],
                mentor=stored.feedback.mentor,
                text=stored.feedback.change,
                at=stored.imported_at,
            )
            for row in rows
            if (stored := _stored(row)).feedback.change
        )


def _add(write: sqlite3.Connection, take_id: int, feedback: Feedback, at: datetime) -> Arrival:
    rows = write.execute(
        "SELECT body FROM feedback WHERE take_id = ? AND answer = ? ORDER BY saved_at DESC, id DESC",
        (take_id, feedback.answer),
    ).fetchall()
    saves = [_read(row["body"]) for row in rows]
    if saves and replace(saves[0], saved_at=feedback.saved_at) == feedback:
        return Arrival.KNOWN
    if saves and saves[0].saved_at > feedback.saved_at:
        return Arrival.OUTDATED
    write.execute(
        "INSERT INTO feedback (uid, take_id, answer, saved_at, imported_at, body) VALUES (?, ?, ?, ?, ?, ?)",
        (uuid4().hex, take_id, feedback.answer, as_text(feedback.saved_at), as_text(at), to_json(feedback)),
    )
    return Arrival.CHANGED if saves else Arrival.NEW


@readable(_WHAT)
def _stored(row: sqlite3.Row) -> StoredFeedback:
    return StoredFeedback(
        take_id=row["take_id"], imported_at=as_moment(row["imported_at"]), feedback=_read(row["body"])
    )


@readable(_WHAT)
def _read(body: str) -> Feedback:
    feedback = from_json(body, Feedback, _WHAT)
    for rating in feedback.ratings:
        chosen(rating)
    return feedback
