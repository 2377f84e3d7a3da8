"""The one folder that holds everything mockint keeps, and who may look into it: its owner only."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from mockint.errors import StoreProblem

if TYPE_CHECKING:
    from collections.abc import Mapping

HOME_VARIABLE = "MOCKINT_HOME"
FOLDER_MODE = 0o700
FILE_MODE = 0o600


def data_home(environ: Mapping[str, str]) -> Path:
    """Return where all data is: MOCKINT_HOME, else the platform's folder for a user's data. Nothing is created."""
    chosen = environ.get(HOME_VARIABLE)
    if chosen:
        return Path(chosen).expanduser().absolute()
    import platformdirs

    return platformdirs.user_data_path("mockint", appauthor=False)


def make_private_folder(path: Path) -> None:
    """Create a folder, and those above it, for the owner alone. One that exists keeps the rights that it has.

    Raises StoreProblem.
    """
    try:
        missing = [folder for folder in (path, *path.parents) if not folder.exists()]
        for folder in reversed(missing):
            folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
        if not path.is_dir():
            raise NotADirectoryError(0, "it is a file, not a folder", str(path))
    except OSError as error:
        raise StoreProblem(
            f"The data folder {path} cannot be used: {error.strerror}.",
            f"Set {HOME_VARIABLE} to a folder that you may write to.",
        ) from error


def make_private_file(path: Path) -> None:
    """Create an empty file for the owner alone, unless there is one. Raises OSError."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, FILE_MODE))


def write_private_file(path: Path, content: bytes) -> None:
    """Write a file for the owner alone, all of it or nothing; missing folders are made. Raises StoreProblem."""
    make_private_folder(path.parent)
    unfinished = path.with_name(path.name + ".part")
    try:
        unfinished.unlink(missing_ok=True)
        make_private_file(unfinished)
        unfinished.write_bytes(content)
        unfinished.replace(path)
    except OSError as error:
        raise StoreProblem(f"{path} cannot be written: {error.strerror}.", "Name another file.") from error
