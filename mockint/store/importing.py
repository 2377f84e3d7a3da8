"""Bringing an export back: added to what is here, or in its place. Nothing that is here is overwritten or deleted."""

from __future__ import annotations

import filecmp
import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mockint.data_folder import DATABASE_NAME, WEIGHTS_FOLDER
from mockint.errors import StoreProblem
from mockint.store.database import Database, refuse_use_by_others
from mockint.store.exporting import kept_files
from mockint.store.home import HOME_VARIABLE, make_private_folder
from mockint.store.staging import leftovers, staged
from mockint.store.tables import UID, rows_of, tables

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from mockint.store.archive import Advance, Archive
    from mockint.store.tables import Row, Table


IMPORTED = "import"
"""What is still being brought in is in the data folder, under a name that begins so behind a dot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import added."""

    added: dict[str, int]
    """Table -> how many rows were added."""
    known_take_count: int
    """How many takes of the export were here before."""
    take_ids: tuple[int, ...]
    """The numbers that the added takes have here."""
    renumbered: bool
    """Whether those are other numbers than they had."""
    file_count: int
    kept_files: tuple[str, ...]
    """Files that are another here: they stay as they are."""


def import_into(home: Path, archive: Archive, *, advance: Advance) -> Imported:
    """Add what is not here yet: all of it, or, where anything goes wrong, nothing. Raises StoreProblem.

    Rows are known again by their uid; those that are added to a folder in use get the next free numbers.
    """
    make_private_folder(home)
    with closing(Database(home / DATABASE_NAME)) as database, staged(archive, home / IMPORTED, advance) as arrived:
        placed, differing = [], []
        try:
            removed = {str(row["audio"]) for row in database.rows(_REMOVED)}
            for name in kept_files(arrived):
                if (home / name).exists():
                    differing += [] if filecmp.cmp(arrived / name, home / name, shallow=False) else [name]
                elif name not in removed:
                    make_private_folder((home / name).parent)
                    shutil.move(arrived / name, home / name)  # recordings may live on another disk
                    placed.append(home / name)
            merged = _merged(arrived / DATABASE_NAME, database, archive)
        except BaseException:
            with suppress(OSError):  # what went wrong first is told
                for path in placed:
                    path.unlink()
            raise
    return Imported(
        added=merged.added,
        known_take_count=len(merged.numbers["takes"]) - merged.added["takes"],
        take_ids=tuple(merged.new_numbers("takes")),
        renumbered=any(before != after for before, after in merged.numbers["takes"].items()),
        file_count=len(placed),
        kept_files=tuple(differing),
    )


_REMOVED = "SELECT audio FROM takes WHERE audio_removed_at IS NOT NULL"


def restore_in_place_of(home: Path, archive: Archive, *, aside: Path, advance: Advance) -> None:
    """Put what is in the archive in the place of the data folder, which is kept as `aside`.

    Fetched weights, which no export holds, are taken along. Raises StoreProblem; nothing is changed then.
    """
    home = home.resolve()
    with staged(archive, home, advance) as arrived:
        refuse_use_by_others(home / DATABASE_NAME)
        try:
            if home.exists():
                home.rename(aside)
            try:
                arrived.rename(home)
            except OSError:
                if aside.exists():
                    aside.rename(home)
                raise
        except OSError as error:
            raise StoreProblem(
                f"The data folder {home} cannot be moved: {error.strerror}.",
                f"Set {HOME_VARIABLE} to a folder that can be, or restore into a new one.",
            ) from error
    if (aside / WEIGHTS_FOLDER).is_dir():
        with suppress(OSError):  # they can be fetched again
            (aside / WEIGHTS_FOLDER).rename(home / WEIGHTS_FOLDER)


def folders_set_aside(home: Path) -> list[Path]:
    """Return the data folders that restores have set aside, oldest first."""
    return sorted(home.parent.glob(f"{home.name}.before-*"))


def refuse_half_restored(home: Path) -> None:
    """Of a data folder that is not there: raise StoreProblem where a restore was killed while it set it aside.

    An empty one in its place would look as if all were lost.
    """
    if not leftovers(home):
        return
    before = [f"What was here before is {path}: rename it to have it back." for path in folders_set_aside(home)[-1:]]
    raise StoreProblem(
        f"A restore was cut off before the data folder {home} was in its place.",
        " ".join(["Run it again: mockint data restore FILE.", *before]),
    )


# --- rows -----------------------------------------------------------------------------------------


class _Merge:
    """Rows on their way into a database that may hold some of them already."""

    def __init__(self, write: sqlite3.Connection) -> None:
        self._write = write
        self.added: dict[str, int] = {}
        self.numbers: dict[str, dict[int, int]] = {}
        """Table -> the number of a row in the export -> its number here."""
        self._new: dict[str, list[int]] = {}

    def new_numbers(self, table_name: str) -> list[int]:
        """Return the numbers of the rows that were added to a table."""
        return self._new.get(table_name, [])

    def take_in(self, table: Table, rows: Iterable[Row]) -> None:
        """Add the rows that are not here. Tables that this one refers to come before it."""
        self.numbers[table.name], self._new[table.name] = {}, []
        arrived = self._numbered_anew(table, rows) if table.number else rows
        self.added[table.name] = sum(self._insert(table, row) for row in arrived)

    def _numbered_anew(self, table: Table, rows: Iterable[Row]) -> list[Row]:
        """Return the rows that are not here yet, with the numbers that they are to have."""
        number, known = str(table.number), self.numbers[table.name]
        taken = self._highest_number(table)
        arrived: list[Row] = []
        for row in rows:
            here = self._number_here(table, row)
            if here is None:
                here = taken + len(arrived) + 1 if taken else row[number]
                arrived.append({**row, number: here})
            known[row[number]] = here
        return arrived

    def _number_here(self, table: Table, row: Row) -> int | None:
        """Return the number of the same row where it is here already: known by its uid, else by all that it holds."""
        columns = [UID] if table.has_uid else [column for column in table.columns if column != table.number]
        values = row if table.has_uid else self._renumbered(table, row)
        found = self._write.execute(table.find(columns), values).fetchone() if values is not None else None
        return None if found is None else int(found[0])

    def _insert(self, table: Table, row: Row) -> bool:
        values = self._renumbered(table, row)
        if values is None or not self._write.execute(table.insert(values), values).rowcount:
            # It is here under another name, and what hangs on it stays with it.
            self.numbers[table.name] = {
                before: after
                for before, after in self.numbers[table.name].items()
                if table.number is None or after != row[table.number]
            }
            return False
        if table.number:
            self._new[table.name].append(int(row[table.number]))
        return True

    def _renumbered(self, table: Table, row: Row) -> Row | None:
        """Return the row with the numbers that its other rows have here; None where one of those was not let in."""
        found = dict(row)
        for column, to_table in table.numbers_of.items():
            if row.get(column) is None:
                continue
            here = self.numbers[to_table].get(row[column])
            if here is None:
                return None
            found[column] = here
        return found

    def _highest_number(self, table: Table) -> int:
        """Return the highest number that was ever given: 0 in a table that was never used."""
        given = self._write.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table.name,)).fetchone()
        [highest] = self._write.execute(f'SELECT max("{table.number}") FROM "{table.name}"').fetchone()  # noqa: S608 - names from the schema
        return max(0 if given is None else int(given[0]), highest or 0)


def _merged(arrived: Path, database: Database, archive: Archive) -> _Merge:
    """Add the rows of another database in one transaction."""
    with closing(Database(arrived)) as source, source.snapshot() as read:
        try:
            with database.transaction() as write:
                write.execute("PRAGMA defer_foreign_keys = ON")
                merge = _Merge(write)
                for table in tables(write):
                    merge.take_in(table, rows_of(read, table))
        except sqlite3.IntegrityError as error:
            raise archive.damaged(f"its rows do not fit those that are here ({error})") from error
    return merge
