"""What the person marked in their takes. Rows are only ever added: the newest one of a take holds."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from mockint.store.bodies import from_json, to_json
from mockint.store.results import as_text
from mockint.story import Marks

if TYPE_CHECKING:
    from datetime import datetime

    from mockint.store.database import Database


class MarksOfTakes:
    """The marks in one database. Every method raises StoreProblem where the disk or the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, take_id: int, marks: Marks, *, at: datetime) -> None:
        """Store what is marked in a take now."""
        with self._database.transaction() as write:
            write.execute(
                "INSERT INTO marks (uid, take_id, created_at, body) VALUES (?, ?, ?, ?)",
                (uuid4().hex, take_id, as_text(at), to_json(marks)),
            )

    def of_take(self, take_id: int) -> Marks:
        """Return what is marked in a take."""
        row = self._database.row(
            "SELECT body FROM marks WHERE take_id = ? ORDER BY created_at DESC, id DESC LIMIT 1", (take_id,)
        )
        return Marks() if row is None else from_json(row["body"], Marks, f"What is marked in take {take_id}")
