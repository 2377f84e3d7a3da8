"""When there were drills. Their turns are takes like others, but of a session of their own mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockint.drills import MODE
from mockint.store.bodies import as_moment, readable

if TYPE_CHECKING:
    from datetime import datetime

    from mockint.store.database import Database


@readable("A take")
def first_drill_at(database: Database) -> datetime | None:
    """Return when the first turn of any drill was asked; None where there was none."""
    row = database.row(
        "SELECT min(t.asked_at) AS at FROM takes t JOIN sessions s ON s.id = t.session_id"
        " WHERE s.mode = ? AND t.duration_s IS NOT NULL",
        (MODE,),
    )
    return None if row is None or row["at"] is None else as_moment(row["at"])
