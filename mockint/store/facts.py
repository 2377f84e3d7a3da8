"""Where the data is, and how much there is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mockint.data_folder import RECORDINGS_FOLDER

if TYPE_CHECKING:
    from pathlib import Path

    from mockint.store.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreFacts:
    """What a data folder holds."""

    home: Path
    database: Path
    database_byte_count: int
    recordings: Path
    recording_count: int
    recording_byte_count: int
    session_count: int
    take_count: int
    result_count: int


def describe(database: Database, home: Path) -> StoreFacts:
    """Count everything. Looks at every recording's size."""
    path, recordings = database.path, home / RECORDINGS_FOLDER
    sizes = [each.stat().st_size for each in recordings.rglob("*.wav")]
    beside = (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm")))
    return StoreFacts(
        home=home,
        database=path,
        database_byte_count=sum(each.stat().st_size for each in beside if each.exists()),
        recordings=recordings,
        recording_count=len(sizes),
        recording_byte_count=sum(sizes),
        session_count=database.count("SELECT count(*) FROM sessions"),
        take_count=database.count("SELECT count(*) FROM takes WHERE duration_s IS NOT NULL"),
        result_count=database.count("SELECT count(*) FROM results"),
    )
