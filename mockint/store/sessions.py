"""Sittings: when each began and ended, in which mode, and on which bank."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from mockint.afterwards.spoken import BANK_ID
from mockint.errors import UsageProblem
from mockint.model import Session
from mockint.store.bodies import as_moment, readable
from mockint.store.plans import drop_plan
from mockint.store.results import as_text, new_id

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from mockint.store.database import Database

_SESSIONS = "SELECT id, bank_id, mode, started_at, ended_at FROM sessions s"
_ANSWERED = (
    f"s.bank_id <> '{BANK_ID}' AND EXISTS (SELECT 1 FROM takes WHERE session_id = s.id AND duration_s IS NOT NULL)"  # noqa: S608 - constants only
)


def begin_session(database: Database, *, bank_id: str, mode: str, started_at: datetime) -> Session:
    """Store a sitting that begins, and return it."""
    with database.transaction() as write:
        cursor = write.execute(
            "INSERT INTO sessions (uid, bank_id, mode, started_at) VALUES (?, ?, ?, ?)",
            (uuid4().hex, bank_id, mode, as_text(started_at)),
        )
    return read_session(database, new_id(cursor))


def end_session(database: Database, session_id: int, ended_at: datetime) -> Session:
    """Store the end of a sitting and forget its plan: nothing of it is left to be asked."""
    with database.transaction() as write:
        write.execute("UPDATE sessions SET ended_at = ? WHERE id = ?", (as_text(ended_at), session_id))
        drop_plan(write, session_id)
    return read_session(database, session_id)


def read_session(database: Database, session_id: int) -> Session:
    """Return one sitting. Raises UsageProblem where there is none of that number."""
    row = database.row(f"{_SESSIONS} WHERE id = ?", (session_id,))
    if row is None:
        raise UsageProblem(f"There is no session {session_id}.", "'mockint review' shows the last one.")
    return _session(row)


def read_last_session(database: Database) -> Session | None:
    """Return the newest sitting in which something was answered; a debrief is none."""
    row = database.row(f"{_SESSIONS} WHERE {_ANSWERED} ORDER BY started_at DESC, id DESC LIMIT 1")
    return None if row is None else _session(row)


@readable("A session")
def _session(row: sqlite3.Row) -> Session:
    return Session(
        id=row["id"],
        bank_id=row["bank_id"],
        mode=row["mode"],
        started_at=as_moment(row["started_at"]),
        ended_at=None if row["ended_at"] is None else as_moment(row["ended_at"]),
    )
