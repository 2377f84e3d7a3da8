"""Which story was told in which take. Rows are only ever added: the newest one of a take holds."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from mockint.store.bodies import as_moment, readable
from mockint.store.points import NEWEST_RESULT, PRACTICE
from mockint.store.results import as_text
from mockint.stories import Telling

if TYPE_CHECKING:
    from datetime import datetime

    from mockint.store.database import Database

_NEWEST_NAME = "(SELECT id FROM stories WHERE take_id = s.take_id ORDER BY created_at DESC, id DESC LIMIT 1)"
_TELLINGS = f"""
    SELECT s.name, t.session_id, t.bank_id, t.question_id, t.competency, t.asked_at,
           (SELECT sum(points) / sum(max_points) FROM measures
            WHERE result_id = {NEWEST_RESULT} AND points IS NOT NULL) AS share
    FROM stories s JOIN takes t ON t.id = s.take_id
    WHERE s.id = {_NEWEST_NAME} AND s.name IS NOT NULL AND {PRACTICE} ORDER BY t.asked_at, t.id
"""  # noqa: S608 - constants only
_LAST_SESSIONS = f"""
    SELECT t.session_id FROM takes t WHERE {PRACTICE} GROUP BY t.session_id ORDER BY max(t.asked_at) DESC LIMIT ?
"""  # noqa: S608 - constants only


class StoriesOfTakes:
    """The stories in one database. Every method raises StoreProblem where the disk or the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, take_id: int, name: str | None, *, at: datetime) -> None:
        """Store which story a take tells; None: it tells none that has a name."""
        with self._database.transaction() as write:
            write.execute(
                "INSERT INTO stories (uid, take_id, created_at, name) VALUES (?, ?, ?, ?)",
                (uuid4().hex, take_id, as_text(at), name),
            )

    def of_take(self, take_id: int) -> str | None:
        """Return the name of the story that a take tells, or None where it was not said."""
        row = self._database.row(
            "SELECT name FROM stories WHERE take_id = ? ORDER BY created_at DESC, id DESC LIMIT 1", (take_id,)
        )
        return None if row is None else row["name"]

    @readable("The stories")
    def tellings(self) -> tuple[Telling, ...]:
        """Return every take of practice that tells a story, oldest first."""
        return tuple(
            Telling(
                story=row["name"],
                session_id=row["session_id"],
                bank_id=row["bank_id"],
                question_id=row["question_id"],
                competency=row["competency"],
                asked_at=as_moment(row["asked_at"]),
                share=row["share"],
            )
            for row in self._database.rows(_TELLINGS)
        )

    def last_session_ids(self, count: int) -> frozenset[int]:
        """Return the last so many sessions in which something was practised."""
        return frozenset(row["session_id"] for row in self._database.rows(_LAST_SESSIONS, (count,)))
