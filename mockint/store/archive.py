"""A folder or ZIP file of plain files whose every byte is vouched for by SHA256SUMS, the form of `sha256sum`.

It is written beside its name and renamed when it is whole and was read again, so a part is never mistaken for a whole.
What is read is trusted with nothing: no name leads out of a folder, no link is followed, nothing is larger than it
says, and a file that was edited, cut short or damaged is a StoreProblem before anything is made of it.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
import zipfile
import zlib
from contextlib import contextmanager, suppress
from pathlib import Path, PureWindowsPath
from typing import IO, TYPE_CHECKING

from mockint.errors import StoreProblem, UsageProblem
from mockint.store.home import FILE_MODE, FOLDER_MODE, make_private_file, make_private_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime

    Advance = Callable[[int], None]
    """Is told how many bytes were done."""

SUMS_NAME = "SHA256SUMS"
PIECE_BYTE_COUNT = 1 << 20
LONGEST_SUMS_BYTE_COUNT = 1 << 26
"""Of half a million files."""
LARGEST_GROWTH = 200
"""mockint's text shrinks to a tenth or so, its sound hardly at all; what was made to do harm, to a thousandth."""
ALWAYS_ALLOWED_BYTE_COUNT = 1 << 26

_SUM_LINE = re.compile(r"([0-9a-f]{64})  (.+)")
_DAMAGED_HINT = "It was edited, damaged or not copied to its end. Nothing was changed."


def is_plain_name(name: str) -> bool:
    """Whether a name with forward slashes stays inside the folder that it is put into, on every system."""
    parts = name.split("/")
    is_odd = any(part in {"", ".", ".."} or "\\" in part or not part.isprintable() for part in parts)
    return not is_odd and not PureWindowsPath(name).drive and len(name.encode(errors="replace")) < 1000  # noqa: PLR2004 - no path is longer


# --- writing --------------------------------------------------------------------------------------


class ArchiveWriter:
    """Files on their way into a folder, or into a ZIP file where the name ends in .zip."""

    def __init__(self, path: Path, made_at: datetime) -> None:
        self._path = path
        self._made_at = made_at
        self._sums: dict[str, str] = {}
        self._zip: zipfile.ZipFile | None = None
        if is_zip_name(path):
            make_private_file(path)
            self._zip = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED)
        else:
            path.mkdir(mode=FOLDER_MODE)

    def add(self, name: str, pieces: Iterable[bytes]) -> None:
        """Put a file in. Raises OSError."""
        digest = hashlib.sha256()
        with self._open(name) as file:
            for piece in pieces:
                digest.update(piece)
                file.write(piece)
        self._sums[name] = digest.hexdigest()

    def close(self) -> None:
        """Let go of the file, finished or not."""
        if self._zip is not None:
            self._zip.close()

    def finish(self) -> None:
        """Write the sums of all files, and see everything to the disk."""
        sums = "".join(f"{digest}  {name}\n" for name, digest in self._sums.items())
        self.add(SUMS_NAME, [sums.encode()])
        self.close()
        if self._zip is not None:
            with self._path.open("rb+") as file:
                os.fsync(file.fileno())

    @contextmanager
    def _open(self, name: str) -> Iterator[IO[bytes]]:
        if self._zip is None:
            path = self._path / name
            make_private_folder(path.parent)
            make_private_file(path)
            with path.open("wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            return
        entry = zipfile.ZipInfo(name, self._made_at.timetuple()[:6])
        entry.external_attr = (stat.S_IFREG | FILE_MODE) << 16
        is_sound = name.endswith((".wav", ".flac"))  # hardly shrinks, and is most of it
        entry.compress_type = zipfile.ZIP_STORED if is_sound else zipfile.ZIP_DEFLATED
        with self._zip.open(entry, "w", force_zip64=True) as packed:
            yield packed


def is_zip_name(path: Path) -> bool:
    """Whether something of this name is a ZIP file; else it is a folder."""
    return path.suffix.lower() == ".zip"


@contextmanager
def new_archive(path: Path, *, made_at: datetime) -> Iterator[tuple[ArchiveWriter, Path]]:
    """Yield a writer, and the path that it writes to until the block ends: then the whole gets its name.

    Whatever goes wrong, nothing is left behind. Raises UsageProblem where there is something of that name, and
    StoreProblem.
    """
    path = path.expanduser().absolute()
    if path.exists() and not (path.is_dir() and not any(path.iterdir())):
        raise UsageProblem(f"There is a {path} already.", "Name another file: nothing is overwritten.")
    unfinished = path.with_name(f"{path.stem}.mockint-part{path.suffix}")
    try:
        path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        _remove(unfinished)  # of a run that was killed
        writer = ArchiveWriter(unfinished, made_at)
        try:
            yield writer, unfinished
            if path.is_dir():  # an empty one
                path.rmdir()
            unfinished.rename(path)
        finally:
            with suppress(OSError):  # a full disk, told below; what is unfinished goes anyway
                writer.close()
            _remove(unfinished)
    except OSError as error:
        problem = f"{path} cannot be written: {error.strerror or error}."
        raise StoreProblem(problem, "Make room, or name another place.") from error


def _remove(path: Path) -> None:
    """Remove what an export that did not come to its end has left."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


# --- reading --------------------------------------------------------------------------------------


class Archive:
    """An archive to be read. Every method raises StoreProblem where it is not what was written."""

    def __init__(self, path: Path, sizes: Mapping[str, int], open_file: Callable[[str], IO[bytes]]) -> None:
        self.path = path
        self._sizes = sizes
        self._open_file = open_file
        self._sums = self._read_sums()

    @property
    def names(self) -> tuple[str, ...]:
        """The files in it, in the order in which they were written. What is not vouched for is not there."""
        return tuple(self._sums)

    @property
    def byte_count(self) -> int:
        """How much there is to read."""
        return sum(self._sizes[name] for name in self._sums)

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield the content of a file; that it is not the true one is said at its end. Make nothing of it before."""
        if name not in self._sums:
            raise self.damaged(f"{name} is missing")
        digest = hashlib.sha256()
        for piece in self._raw_pieces(name):
            digest.update(piece)
            yield piece
        if digest.hexdigest() != self._sums[name]:
            raise self.damaged(f"{name} is not what was written")

    def damaged(self, how: str) -> StoreProblem:
        """What to raise where something is wrong with it."""
        return StoreProblem(f"{self.path} cannot be used: {how}.", _DAMAGED_HINT)

    def _raw_pieces(self, name: str) -> Iterator[bytes]:
        try:
            with self._open_file(name) as file:
                while piece := file.read(PIECE_BYTE_COUNT):
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
            raise self.damaged(f"{name} cannot be unpacked") from error
        except OSError as error:
            raise self.damaged(f"{name} cannot be read ({error.strerror or error})") from error

    def _read_sums(self) -> dict[str, str]:
        if self._sizes.get(SUMS_NAME, LONGEST_SUMS_BYTE_COUNT) >= LONGEST_SUMS_BYTE_COUNT:
            raise StoreProblem(f"{self.path} is no export or backup of mockint: it has no {SUMS_NAME}.")
        lines = b"".join(self._raw_pieces(SUMS_NAME)).decode(errors="replace").splitlines()
        sums = {}
        for line in lines:
            match = _SUM_LINE.fullmatch(line)
            if match is None or not is_plain_name(match[2]) or match[2] in sums:
                raise self.damaged(f"{SUMS_NAME} holds a line that mockint does not write")
            if match[2] not in self._sizes:
                raise self.damaged(f"{match[2]} is missing")
            sums[match[2]] = match[1]
        return sums


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """Open what `new_archive` wrote, or a copy of it. Raises StoreProblem and UsageProblem."""
    path = path.expanduser().absolute()
    if not path.exists():
        raise UsageProblem(f"There is no {path}.")
    if path.is_dir():
        yield Archive(path, _folder_sizes(path), lambda name: _open_no_link(path / name))
        return
    try:
        packed = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError) as error:
        hint = "It may be another file, or not copied to its end. Nothing was changed."
        raise StoreProblem(f"{path} is no ZIP file that can be read.", hint) from error
    with packed:
        yield Archive(path, _zip_sizes(path, packed), packed.open)


def _folder_sizes(folder: Path) -> dict[str, int]:
    """Return the files in a folder with their sizes. Links are no files."""
    return {
        path.relative_to(folder).as_posix(): path.stat().st_size
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink() and path.resolve() == folder.resolve() / path.relative_to(folder)
    }


def _open_no_link(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)), "rb")


def _zip_sizes(path: Path, packed: zipfile.ZipFile) -> dict[str, int]:
    """Return the files in a ZIP file with the sizes that they say. Raises StoreProblem where it was made to harm."""
    entries = packed.infolist()
    problem = f"{path} was not made by mockint: "
    hint = "Nothing was unpacked and nothing was changed."
    if len({entry.filename for entry in entries}) < len(entries):
        raise StoreProblem(f"{problem}it holds two files of one name.", hint)
    if any(not is_plain_name(entry.filename.rstrip("/")) for entry in entries):
        raise StoreProblem(f"{problem}a name in it leads out of its folder.", hint)
    if any(stat.S_ISLNK(entry.external_attr >> 16) for entry in entries):
        raise StoreProblem(f"{problem}it holds a link.", hint)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > max(ALWAYS_ALLOWED_BYTE_COUNT, path.stat().st_size * LARGEST_GROWTH):
        raise StoreProblem(f"{problem}it would unpack to {unpacked / 1e9:.1f} GB.", hint)
    return {entry.filename: entry.file_size for entry in entries if not entry.is_dir()}
