"""How long recordings are kept: one that its owner keeps no longer is removed; all else of its take stays."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import TYPE_CHECKING

from mockint.data_folder import PAGES_FOLDER
from mockint.errors import StoreProblem
from mockint.store.results import as_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from mockint.store.database import Database

"""In the data folder: pages that were made of takes, each with the voice in it. They can be made again."""

OVER_AFTER = timedelta(hours=12)
"""A sitting that was cut off, or left to go on another day, has no end: so long after its last question it is over."""

_REMOVABLE = """
    SELECT t.id, t.audio FROM takes t JOIN sessions s ON s.id = t.session_id
    WHERE t.duration_s IS NOT NULL AND t.audio_removed_at IS NULL AND t.asked_at <= :asked_until
      AND (s.ended_at IS NOT NULL OR s.id IN (SELECT value FROM json_each(:over))
           OR NOT EXISTS (SELECT 1 FROM takes WHERE session_id = s.id AND asked_at >= :over_after))
      AND EXISTS (SELECT 1 FROM results WHERE take_id = t.id)
    ORDER BY t.id
"""


def remove_recordings(
    database: Database, home: Path, *, asked_until: datetime, now: datetime, over: Sequence[int]
) -> tuple[int, ...]:
    """Remove the recordings of takes that are scored and whose session is over, if they were asked until then.

    over: sessions that are over though they have no end. Returns the numbers of the takes. Raises StoreProblem where a
    file cannot be removed; those before it are.
    """
    values = {
        "asked_until": as_text(asked_until),
        "over": json.dumps(list(over)),
        "over_after": as_text(now - OVER_AFTER),
    }
    removed = []
    for row in database.rows(_REMOVABLE, values):
        remove_files([home / row["audio"], *pages_of(home, row["id"])])
        with database.transaction() as write:
            write.execute("UPDATE takes SET audio_removed_at = ? WHERE id = ?", (as_text(now), row["id"]))
        removed.append(int(row["id"]))
    return tuple(removed)


def pages_of(home: Path, take_id: int) -> list[Path]:
    """Return the pages in the data folder that hold the voice of a take: its number is in their names."""
    return [page for page in (home / PAGES_FOLDER).glob("*") if str(take_id) in re.findall(r"\d+", page.stem)]


def remove_files(paths: list[Path]) -> None:
    """Remove files; one that is not there is no fault. Raises StoreProblem."""
    try:
        for path in paths:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise StoreProblem(
            f"{error.filename} cannot be removed: {error.strerror}.", "Check who may write there."
        ) from error
