"""What a crash left, and what has come apart besides: recordings without a take, takes without a recording."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mockint.data_folder import RECORDINGS_FOLDER
from mockint.store.recordings import LOST_AND_FOUND

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mockint.model import Take
    from mockint.store.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """What became of the takes that a crash cut off."""

    takes: tuple[Take, ...]
    """Completed, as far as they were spoken."""
    set_aside: tuple[Path, ...]
    """Recordings that cannot be played, and where they are now. Their takes are dropped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What was found in a data folder, oldest first."""

    faults: tuple[str, ...]
    """What is wrong with the database itself."""
    stray_recordings: tuple[Path, ...]
    """Recordings that belong to no take."""
    set_aside: tuple[Path, ...]
    """Recordings that cannot be played."""
    takes_without_recording: tuple[int, ...]
    """The numbers of takes whose recording is gone, though nobody had it removed."""

    @property
    def is_well(self) -> bool:
        """Whether everything is where it belongs."""
        return not (self.faults or self.stray_recordings or self.set_aside or self.takes_without_recording)


def survey(database: Database, home: Path) -> Survey:
    """Hold the recordings on disk against the takes. Changes nothing."""
    rows = database.rows("SELECT id, audio, audio_removed_at IS NOT NULL AS removed, duration_s FROM takes ORDER BY id")
    of_takes = {home / row["audio"] for row in rows}
    return Survey(
        faults=database.faults(),
        stray_recordings=tuple(path for path in _files(home / RECORDINGS_FOLDER) if path not in of_takes),
        set_aside=tuple(_files(home / LOST_AND_FOUND)),
        takes_without_recording=tuple(
            row["id"]
            for row in rows
            if row["duration_s"] is not None and not row["removed"] and not (home / row["audio"]).exists()
        ),
    )


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".lock":
            yield path
