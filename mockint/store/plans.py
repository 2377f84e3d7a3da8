"""What is still to be asked in sessions that are not finished, so that they can go on another day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockint.modes import SessionPlan
from mockint.store.bodies import from_json, to_json

if TYPE_CHECKING:
    import sqlite3

    from mockint.store.database import Database


class SessionPlans:
    """The plans of unfinished sessions. Every method raises StoreProblem where the disk or the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, session_id: int, plan: SessionPlan) -> None:
        """Store what is still to be asked, in the place of what was before."""
        with self._database.transaction() as write:
            write.execute(
                "INSERT INTO session_plans (session_id, body) VALUES (?, ?)"
                " ON CONFLICT (session_id) DO UPDATE SET body = excluded.body",
                (session_id, to_json(plan)),
            )

    def of(self, session_id: int) -> SessionPlan | None:
        """Return the plan of a session; None where it is finished, or never had one."""
        row = self._database.row("SELECT body FROM session_plans WHERE session_id = ?", (session_id,))
        return None if row is None else from_json(row["body"], SessionPlan, f"What is left of session {session_id}")

    def newest(self) -> tuple[int, SessionPlan] | None:
        """Return the number and the plan of the session that was left last without being finished, if any."""
        row = self._database.row(
            "SELECT session_id, body FROM session_plans JOIN sessions ON id = session_id"
            " WHERE ended_at IS NULL ORDER BY started_at DESC, id DESC LIMIT 1"
        )
        if row is None:
            return None
        number = int(row["session_id"])
        return number, from_json(row["body"], SessionPlan, f"What is left of session {number}")


def drop_plan(write: sqlite3.Connection, session_id: int) -> None:
    """Forget the plan of a session within the transaction that ends it."""
    write.execute("DELETE FROM session_plans WHERE session_id = ?", (session_id,))
