"""Everything in a data folder as plain files: JSON Lines, sound as it is, and a README for whoever finds it.

The layout is a promise, `FORMAT_VERSION`: README.txt and manifest.json tell what it is, schema.sql what the columns
mean, tables/NAME.jsonl holds one row a line, files/ what else was in the data folder, SHA256SUMS vouches for all of it.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mockint import __version__
from mockint.data_folder import DATABASE_NAME, PAGES_FOLDER, WEIGHTS_FOLDER
from mockint.errors import StoreProblem, UsageProblem
from mockint.store.archive import PIECE_BYTE_COUNT, is_plain_name, new_archive, open_archive
from mockint.store.database import Database
from mockint.store.recordings import is_being_written
from mockint.store.tables import MIGRATIONS_TABLE, row_to_json, rows_of, tables

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from mockint.store.archive import Advance, Archive, ArchiveWriter

FORMAT = "mockint export"
FORMAT_VERSION = 1
MANIFEST_NAME = "manifest.json"
TABLES_FOLDER = "tables"
FILES_FOLDER = "files"
LEFT_OUT_FOLDERS = frozenset({PAGES_FOLDER, WEIGHTS_FOLDER})
"""Pages can be made again, and weights fetched again."""
_LEFT_OUT_ENDS = (".lock", ".part")

README = """\
This folder holds the interview practice of one person, as plain files, exported by mockint {version} on {day}.
mockint is a trainer for spoken interviews: it asks questions, records the answers, transcribes and scores them.

  {takes}

  README.txt       this page
  manifest.json    what wrote this export, when, in which format, and how many rows each table has
  SHA256SUMS       the checksum of each file; "sha256sum -c SHA256SUMS" in this folder checks them all
  schema.sql       the tables: what each column is called and means (SQL, as SQLite understands it)
  tables/          one file a table, JSON Lines: each line is one row, a JSON object with the columns as keys, in UTF-8
  files/           everything else as it was: recordings/ holds the answers as WAV files (mono, 16 bit, 16000 Hz),
                   banks/ the person's own questions, config.yaml the settings

How it hangs together. A session is one sitting. A take is one recorded answer: its row names its session
(session_id), its question as it was asked (question), when it was asked (asked_at), how long the answer is (duration_s,
in seconds) and its recording (audio, a path below files/). A result is what was made of a take: its row names the take
(take_id), its text and score are in result_bodies; the newest result of a take is the one that counts. "words" in there
is the transcript, each word with its start and end in seconds. Corrections are what the person put right afterwards;
marks and stories are what the person said of a take, feedback what mentors said of it; applications, people, contacts
and debriefs tell of real interviews.
A uid names a row in every copy of this data; an id only numbers the rows of this one. All times are UTC (ISO 8601).

To have it back in mockint: mockint data import THIS_FOLDER. It adds what is not there yet and overwrites nothing.
To read it without mockint, any text editor and any sound player will do. These are one person's answers: private.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What an export holds."""

    path: Path
    byte_count: int
    row_counts: dict[str, int]
    file_count: int
    left_out: tuple[str, ...]
    """Files whose names cannot be written into an archive."""


def export_home(home: Path, path: Path, *, created_at: datetime, advance: Advance) -> Exported:
    """Write everything to a folder, or to a ZIP file where the name ends in .zip, and read it again to be sure.

    advance: is told of bytes written and read again, `byte_count_of(home)` twice in all. Nothing is left behind where
    it fails. Raises UsageProblem where there is something of that name, and StoreProblem.
    """
    if home.resolve() in path.expanduser().absolute().resolve().parents:
        raise UsageProblem(f"{path} is inside the data folder itself.", "Name a place outside, best on another disk.")
    database = Database(home / DATABASE_NAME)
    try:
        with new_archive(path, made_at=created_at) as (writer, unfinished):
            with database.snapshot() as connection:
                row_counts = _write_tables(connection, writer, created_at)
            names = list(kept_files(home))
            plain = [name for name in names if is_plain_name(name)]
            for name in plain:
                writer.add(f"{FILES_FOLDER}/{name}", _pieces(home / name, advance))
            writer.finish()
            with open_archive(unfinished) as written:
                check_archive(written, advance)
                byte_count = written.byte_count
    finally:
        database.close()
    return Exported(
        path=path,
        byte_count=byte_count,
        row_counts=row_counts,
        file_count=len(plain),
        left_out=tuple(name for name in names if name not in set(plain)),
    )


def byte_count_of(home: Path) -> int:
    """Return how much sound and other files an export of this folder would hold."""
    return sum((home / name).stat().st_size for name in kept_files(home))


def check_archive(archive: Archive, advance: Advance) -> None:
    """Read all of an archive. Raises StoreProblem where anything is not what was written."""
    for name in archive.names:
        for piece in archive.pieces(name):
            if name.startswith(f"{FILES_FOLDER}/"):
                advance(len(piece))


def kept_files(home: Path) -> Iterator[str]:
    """Yield the files of a data folder that are to be kept, besides the database: sorted, with forward slashes."""
    seen: set[tuple[int, int]] = set()
    for folder, folders, names in os.walk(home, followlinks=True):  # recordings may live on another disk
        here = Path(folder).stat()
        if (here.st_dev, here.st_ino) in seen:
            folders.clear()
            continue
        seen.add((here.st_dev, here.st_ino))
        folders.sort()
        inside = os.path.relpath(folder, home).replace(os.sep, "/")
        spoken_now = {name for name in names if f"{name}.lock" in names and is_being_written(Path(folder) / name)}
        for name in sorted(set(names) - spoken_now):
            path = name if inside == "." else f"{inside}/{name}"
            if is_kept(path) and (home / path).is_file():
                yield path


def is_kept(name: str) -> bool:
    """Whether a file of the data folder belongs into an export: not the database, and nothing unfinished or hidden."""
    parts = name.split("/")
    if parts[0] in LEFT_OUT_FOLDERS or any(part.startswith(".") for part in parts) or name.endswith(_LEFT_OUT_ENDS):
        return False
    return not name.startswith(DATABASE_NAME)


def _write_tables(connection: sqlite3.Connection, writer: ArchiveWriter, created_at: datetime) -> dict[str, int]:
    if connection.execute("SELECT count(*) FROM takes WHERE duration_s IS NULL").fetchone()[0]:
        raise StoreProblem("An answer is being recorded at this moment.", "Try again when the session is over.")
    row_counts = {}
    for table in tables(connection):
        lines = (row_to_json(row) for row in rows_of(connection, table))
        row_counts[table.name] = _write_lines(writer, f"{TABLES_FOLDER}/{table.name}.jsonl", lines)
    statements = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")
    writer.add("schema.sql", [f"{sql};\n\n".encode() for (sql,) in statements])
    migrations = [name for (name,) in connection.execute(f"SELECT name FROM {MIGRATIONS_TABLE} ORDER BY rowid")]  # noqa: S608 - a constant
    manifest = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "mockint_version": __version__,
        "created_at": created_at.isoformat(timespec="seconds"),
        "migrations": migrations,
        "tables": row_counts,
    }
    writer.add(MANIFEST_NAME, [json.dumps(manifest, indent=2).encode()])
    takes = f"Takes: {row_counts['takes']}. Sessions: {row_counts['sessions']}."
    readme = README.format(version=__version__, day=f"{created_at:%d %B %Y}", takes=takes)
    writer.add("README.txt", [readme.encode()])
    return row_counts


def _write_lines(writer: ArchiveWriter, name: str, lines: Iterable[str]) -> int:
    count = 0

    def counted() -> Iterator[bytes]:
        nonlocal count
        for line in lines:
            count += 1
            yield f"{line}\n".encode()

    writer.add(name, counted())
    return count


def _pieces(path: Path, advance: Advance) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE_BYTE_COUNT):
            yield piece
            advance(len(piece))
