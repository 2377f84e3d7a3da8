"""What was made of a take: every result that it ever had, the newest one current."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING
from uuid import uuid4

from mockint.model import Result
from mockint.store.bodies import as_moment, from_json, readable, to_json

if TYPE_CHECKING:
    import sqlite3

    from mockint.store.database import Database

_RESULTS = "SELECT created_at, result_delay_s, body FROM results JOIN result_bodies ON result_id = id WHERE take_id = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredResult:
    """A result with what is known of its making."""

    created_at: datetime
    result_delay_s: float | None
    result: Result


def insert_result(
    write: sqlite3.Connection, take_id: int, result: Result, *, created_at: datetime, result_delay_s: float | None
) -> None:
    """Write one result within a transaction: its row, its body, and a row for each part of the score."""
    score = result.score
    cursor = write.execute(
        "INSERT INTO results (uid, take_id, method_version, engine, created_at, result_delay_s, corrected)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            uuid4().hex,
            take_id,
            score.method_version,
            result.delivery.engine,
            as_text(created_at),
            result_delay_s,
            result.corrected,
        ),
    )
    result_id = new_id(cursor)
    write.execute("INSERT INTO result_bodies VALUES (?, ?)", (result_id, to_json(result)))
    write.executemany(
        "INSERT INTO measures (name, result_id, value, low, high, points, max_points) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(part.name, result_id, part.value, part.low, part.high, part.points, part.max_points) for part in score.parts],
    )


def read_results(database: Database, take_id: int) -> tuple[StoredResult, ...]:
    """Return every result of a take, oldest first."""
    rows = database.rows(f"{_RESULTS} ORDER BY created_at, id", (take_id,))
    return tuple(_stored(row, take_id) for row in rows)


def read_heard_result(database: Database, take_id: int) -> Result | None:
    """Return the newest result as the recogniser heard the take, without the person's corrections."""
    row = database.row(f"{_RESULTS} AND NOT corrected ORDER BY created_at DESC, id DESC LIMIT 1", (take_id,))
    return None if row is None else _stored(row, take_id).result


def new_id(cursor: sqlite3.Cursor) -> int:
    """Return the number of the row that was just inserted."""
    if cursor.lastrowid is None:
        raise AssertionError("an insert gives a row id")
    return cursor.lastrowid


def as_text(moment: datetime) -> str:
    """UTC in one fixed form, so that text sorts as time does."""
    return moment.astimezone(timezone.utc).isoformat(timespec="microseconds")


@readable("A result")
def _stored(row: sqlite3.Row, take_id: int) -> StoredResult:
    return StoredResult(
        created_at=as_moment(row["created_at"]),
        result_delay_s=row["result_delay_s"],
        result=from_json(row["body"], Result, f"A result of take {take_id}"),
    )
