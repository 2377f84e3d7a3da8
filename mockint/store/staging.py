"""An export made into a data folder again, apart from the one in use: only what proves whole there is let in.

Its rows go into a database of the shape that it was written in, which is then brought up to date by the same steps as
any old database: so an export of today can be read by every later mockint.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tempfile
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mockint.data_folder import DATABASE_NAME, RECORDINGS_FOLDER
from mockint.errors import MockintError, StoreProblem
from mockint.store.archive import is_plain_name
from mockint.store.database import Database
from mockint.store.exporting import (
    FILES_FOLDER,
    FORMAT,
    FORMAT_VERSION,
    MANIFEST_NAME,
    TABLES_FOLDER,
    is_kept,
)
from mockint.store.home import FILE_MODE, make_private_file, make_private_folder
from mockint.store.migrations import MIGRATIONS
from mockint.store.tables import no_triggers, row_from_json, tables
from mockint.store.takes import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mockint.store.archive import Advance, Archive
    from mockint.store.tables import Table

LONGEST_LINE_BYTE_COUNT = 1 << 26
"""A result of an hour's answer takes about a hundredth of it."""
_LARGEST_MANIFEST_BYTE_COUNT = 1 << 20
_END = ".mockint-part"
_NOT_OF_TYPE = {
    "INTEGER": "typeof({column}) NOT IN ('integer', 'null')",
    "REAL": "typeof({column}) NOT IN ('real', 'null') OR abs({column}) > 1e300",  # no measure is near it but infinity
    "TEXT": "typeof({column}) NOT IN ('text', 'null')",
}
"""The type of a column -> what none of its values may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What an export says of itself."""

    created_at: datetime
    migrations: tuple[str, ...]
    row_counts: dict[str, int]


@contextmanager
def staged(archive: Archive, beside: Path, advance: Advance) -> Iterator[Path]:
    """Yield a data folder with all that is in the archive, on the disk of `beside`; what is left of it then goes.

    Raises StoreProblem where anything in it is not as mockint writes it, or the disk has no room.
    """
    make_private_folder(beside.parent)
    if archive.byte_count > shutil.disk_usage(beside.parent).free:
        problem = f"{archive.path} needs {archive.byte_count / 1e9:.1f} GB, and the disk has less."
        raise StoreProblem(problem, "Make room and try again. Nothing was changed.")
    manifest = read_manifest(archive)
    try:
        with _workshop(beside) as folder:
            home = folder / "home"
            make_private_folder(home)
            _stage_rows(archive, manifest, home / DATABASE_NAME)
            _stage_files(archive, home, advance)
            _check(archive, home)
            yield home
    except OSError as error:
        problem = f"{archive.path} cannot be unpacked beside {beside}: {error.strerror or error}."
        raise StoreProblem(problem, "Make room and try again. Nothing was changed.") from error


@contextmanager
def _workshop(beside: Path) -> Iterator[Path]:
    """Yield a new folder, for one process at a time; what an earlier one left that was killed is removed first."""
    from filelock import FileLock, Timeout

    lock = FileLock(beside.with_name(f".{beside.name}.lock"), mode=FILE_MODE)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise StoreProblem("Another import or restore is at work.", "Let it finish, and try again.") from error
    try:
        for left in leftovers(beside):
            shutil.rmtree(left)
        with tempfile.TemporaryDirectory(prefix=f".{beside.name}-", suffix=_END, dir=beside.parent) as folder:
            yield Path(folder)
    finally:
        lock.release()
        Path(lock.lock_file).unlink(missing_ok=True)


def leftovers(beside: Path) -> list[Path]:
    """Return what imports or restores have left that were killed: folders with somebody's practice in them."""
    return sorted(beside.parent.glob(f".{beside.name}-*{_END}"))


def read_manifest(archive: Archive) -> Manifest:
    """Return what an export says of itself. Raises StoreProblem where this mockint cannot read it."""
    content = b""
    for piece in archive.pieces(MANIFEST_NAME):
        content += piece
        if len(content) > _LARGEST_MANIFEST_BYTE_COUNT:
            raise archive.damaged(f"{MANIFEST_NAME} is too large")
    try:
        found: Any = json.loads(content)
        is_ours = found["format"] == FORMAT
        version = int(found["format_version"])
        manifest = Manifest(
            created_at=datetime.fromisoformat(found["created_at"]),
            migrations=tuple(map(str, found["migrations"])),
            row_counts={str(name): int(count) for name, count in found["tables"].items()},
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError) as error:
        raise archive.damaged(f"{MANIFEST_NAME} is not as mockint writes it") from error
    if not is_ours:
        raise archive.damaged(f"{MANIFEST_NAME} tells of another program")
    known = [migration.name for migration in MIGRATIONS]
    if version > FORMAT_VERSION or not set(manifest.migrations) <= set(known):
        raise StoreProblem(f"{archive.path} was written by a newer mockint.", "Update mockint. Nothing was changed.")
    return manifest


def _stage_rows(archive: Archive, manifest: Manifest, path: Path) -> None:
    """Fill a database as it was, then bring it up to date."""
    steps = [migration for migration in MIGRATIONS if migration.name in manifest.migrations]
    with closing(Database(path, steps)) as database:
        try:
            with database.transaction() as write:
                write.execute("PRAGMA defer_foreign_keys = ON")
                found = tables(write)
                if {table.name for table in found} != set(manifest.row_counts):
                    raise archive.damaged(f"{MANIFEST_NAME} names other tables than its steps make")
                with no_triggers(write):
                    for table in found:
                        _fill(write, table, archive, manifest.row_counts[table.name])
                        _check_types(write, table, archive)
        except (sqlite3.DatabaseError, OverflowError, UnicodeEncodeError) as error:
            raise archive.damaged(f"its rows do not fit together ({error})") from error
    with closing(Database(path)) as database:
        faults = database.faults()
        if faults:
            raise archive.damaged(f"its rows do not fit together ({faults[0]})")


def _fill(write: sqlite3.Connection, table: Table, archive: Archive, row_count: int) -> None:
    name = f"{TABLES_FOLDER}/{table.name}.jsonl"
    count = 0
    for line in _lines(archive, name):
        row = row_from_json(line, table, f"Line {count + 1} of {name} in {archive.path}")
        count += write.execute(table.insert(row), row).rowcount
    if count != row_count:
        raise archive.damaged(f"{name} holds {count} rows, not {row_count}")


def _check_types(write: sqlite3.Connection, table: Table, archive: Archive) -> None:
    """See that numbers are numbers: SQLite lets in whatever comes. Raises StoreProblem."""
    for name, kind in write.execute("SELECT name, type FROM pragma_table_info(?)", (table.name,)).fetchall():
        if kind not in _NOT_OF_TYPE:
            continue
        wrong = _NOT_OF_TYPE[kind].format(column=f'"{name}"')
        if write.execute(f'SELECT 1 FROM "{table.name}" WHERE {wrong} LIMIT 1').fetchone():  # noqa: S608 - names from the schema
            raise archive.damaged(f"{name} of {table.name} holds what mockint does not write there")


def _lines(archive: Archive, name: str) -> Iterator[str]:
    rest = b""
    for piece in archive.pieces(name):
        *whole, rest = (rest + piece).split(b"\n")
        for line in whole:
            yield line.decode(errors="replace")
        if len(rest) > LONGEST_LINE_BYTE_COUNT:
            raise archive.damaged(f"{name} holds a line that is too long")
    if rest:
        raise archive.damaged(f"{name} ends in the middle of a line")


def _stage_files(archive: Archive, home: Path, advance: Advance) -> None:
    """Unpack what is no table. What does not belong there is read all the same: all of it has to be true."""
    for name in archive.names:
        if name.startswith(f"{TABLES_FOLDER}/") or name == MANIFEST_NAME:
            continue
        inside = name.removeprefix(f"{FILES_FOLDER}/")
        if inside == name:  # README.txt, schema.sql
            for _ in archive.pieces(name):
                pass
            continue
        if not is_kept(inside):
            raise archive.damaged(f"{name} is nothing that mockint exports")
        path = home / inside
        make_private_folder(path.parent)
        make_private_file(path)
        with path.open("wb") as file:
            for piece in archive.pieces(name):
                file.write(piece)
                advance(len(piece))
            file.flush()
            os.fsync(file.fileno())


def _check(archive: Archive, home: Path) -> None:
    """See that each take can be read, and that its recording is where recordings are. Raises StoreProblem."""
    with closing(Database(home / DATABASE_NAME)) as database:
        for row in database.rows("SELECT audio FROM takes"):
            if row["audio"] and not (is_plain_name(row["audio"]) and row["audio"].startswith(f"{RECORDINGS_FOLDER}/")):
                raise archive.damaged("a take names a recording outside the data folder")
    try:
        with Store(home) as store:
            for take_id in store.take_ids():
                store.take(take_id)
    except MockintError as problem:
        raise archive.damaged(f"what it tells of a take cannot be read ({problem.problem})") from problem
