"""Recordings on disk: what their files are called, and which of them are being written at this moment.

A recording is streamed to its file while it is spoken, under a lock that the system gives back even after `kill -9`.
So a take without an end whose lock is free was cut off, and one whose lock is held is being spoken.
"""

from __future__ import annotations

import os
import re
import wave
from itertools import count
from typing import TYPE_CHECKING

from mockint.data_folder import RECORDINGS_FOLDER
from mockint.errors import StoreProblem
from mockint.store.home import FILE_MODE, HOME_VARIABLE, make_private_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from filelock import BaseFileLock

LOST_AND_FOUND = "lost+found"
"""In the data folder: recordings that cannot be played. Their names tell when they were spoken, to which question."""
HEADER_BYTE_COUNT = 44
"""RIFF, fmt and data: with these each recording begins, before the first sound."""
_LONGEST_NAME = 40


def recording_name(question_id: str, asked_at: datetime, uid: str) -> str:
    """Return where a new recording goes, in the data folder: a folder a month, the day, the question, and no clash."""
    question = re.sub(r"[^a-z0-9]+", "-", question_id.lower()).strip("-")[:_LONGEST_NAME]
    return f"{RECORDINGS_FOLDER}/{asked_at:%Y-%m}/{asked_at:%Y%m%dT%H%M%SZ}-{question}-{uid[:8]}.wav"


def claim(path: Path) -> BaseFileLock | None:
    """Lock the recording at `path` for this process; None where another one is writing it. Raises StoreProblem."""
    from filelock import FileLock, Timeout

    make_private_folder(path.parent)
    lock = FileLock(_lock_path(path), mode=FILE_MODE)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return None
    except OSError as error:
        raise StoreProblem(
            f"The recording {path} cannot be written: {error.strerror}.",
            f"Make room on the disk, or set {HOME_VARIABLE} to a folder elsewhere.",
        ) from error
    return lock


def let_go(path: Path, lock: BaseFileLock) -> None:
    """The recording is complete, or gone."""
    lock.release()
    _lock_path(path).unlink(missing_ok=True)


def is_being_written(path: Path) -> bool:
    """Whether a process writes the recording at `path` now. A lock that a killed one left is removed."""
    lock = claim(path)
    if lock is not None:
        let_go(path, lock)
    return lock is None


def secure(path: Path) -> None:
    """See a finished recording to the disk, readable by its owner alone. Raises OSError."""
    path.chmod(FILE_MODE)
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def recorded_s(path: Path) -> float:
    """How many seconds of sound a WAV file holds: 0 where there is no file, or nothing that can be played."""
    try:
        with wave.open(str(path), "rb") as sound:
            frame_byte_count = sound.getnchannels() * sound.getsampwidth()
            on_disk = (path.stat().st_size - HEADER_BYTE_COUNT) // frame_byte_count  # a power cut may take the end
            return max(0, min(sound.getnframes(), on_disk)) / sound.getframerate()
    except (FileNotFoundError, EOFError, wave.Error):
        return 0.0


def holds_sound(path: Path) -> bool:
    """Whether there is more in the file than the header that each recording begins with."""
    return path.is_file() and path.stat().st_size > HEADER_BYTE_COUNT


def set_aside(home: Path, path: Path) -> Path:
    """Move a recording that cannot be played to where its owner finds it. Raises StoreProblem."""
    folder = home / LOST_AND_FOUND
    make_private_folder(folder)
    target = next(name for name in _free_names(folder / path.name) if not name.exists())
    try:
        path.rename(target)
        target.chmod(FILE_MODE)
    except OSError as error:
        raise StoreProblem(
            f"The recording {path} cannot be moved to {folder}: {error.strerror}.", "Check who may write there."
        ) from error
    return target


def _free_names(path: Path) -> Iterator[Path]:
    """Yield the path, then the same with numbers."""
    yield path
    for number in count(2):
        yield path.with_name(f"{path.stem}-{number}{path.suffix}")


def _lock_path(path: Path) -> Path:
    return path.with_name(path.name + ".lock")
