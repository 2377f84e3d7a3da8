"""Erasing for good: rows, recordings, pages, and what SQLite leaves lying about in its file.

First the files go, then the rows: a purge that was cut off leaves rows that show what is still to be purged, never a
recording that nothing tells of. SQLite writes zeros over what is deleted (secure_delete), builds its file anew (VACUUM)
and empties its log. What a disk keeps of deleted files below its file system is out of reach from here.
"""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mockint.data_folder import (
    BANKS_FOLDER,
    DATABASE_NAME,
    LETTERS_FOLDER,
    PAGES_FOLDER,
    RECORDINGS_FOLDER,
    SETTINGS_FILE,
    WEIGHTS_FILE,
    WEIGHTS_FOLDER,
)
from mockint.errors import StoreProblem
from mockint.store.database import Database, refuse_use_by_others
from mockint.store.importing import IMPORTED
from mockint.store.keeping import remove_files
from mockint.store.results import as_text
from mockint.store.staging import leftovers
from mockint.store.tables import no_triggers, tables

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

KEPT_BY_ALL = (BANKS_FOLDER, SETTINGS_FILE, LETTERS_FOLDER, WEIGHTS_FOLDER, WEIGHTS_FILE)
"""The person's own questions, settings and templates, and weights: nothing that was said in practice."""

_OF_TAKES = "IN (SELECT value FROM json_each(:take_ids))"
_EMPTIED_SESSIONS = f"""
    SELECT id FROM sessions
    WHERE (id IN (SELECT value FROM json_each(:session_ids))
           OR id IN (SELECT session_id FROM takes WHERE id {_OF_TAKES}))
      AND id NOT IN (SELECT session_id FROM takes WHERE NOT id {_OF_TAKES})
    ORDER BY id
"""  # noqa: S608 - constants only


@dataclass(frozen=True, slots=True, kw_only=True)
class Purge:
    """What is to be erased."""

    take_ids: tuple[int, ...]
    session_ids: tuple[int, ...]
    """Sessions of which nothing is left then."""
    paths: tuple[Path, ...]
    """Files and folders."""
    everything: bool
    """Whether all tables are emptied, also those that hang on no take."""
    row_counts: dict[str, int]
    """Table -> how many rows it has now, where everything goes."""

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to erase."""
        return not (self.take_ids or self.session_ids or self.paths or any(self.row_counts.values()))

    @property
    def byte_count(self) -> int:
        """How much is on disk of the files and folders."""
        files = [file for path in self.paths for file in (path.rglob("*") if path.is_dir() else [path])]
        return sum(file.stat().st_size for file in files if file.is_file())


def purge_of_takes(home: Path, take_ids: Sequence[int], session_ids: Sequence[int] = ()) -> Purge:
    """Return what goes with these takes: they, sessions of which nothing is left then, and all pages that were made.

    session_ids: sessions that are to go, if no other takes are in them.
    """
    values = {"take_ids": json.dumps(list(take_ids)), "session_ids": json.dumps(list(session_ids))}
    with closing(Database(home / DATABASE_NAME)) as database:
        takes = database.rows(f"SELECT id, audio FROM takes WHERE id {_OF_TAKES} ORDER BY id", values)  # noqa: S608 - constants only
        sessions = database.rows(_EMPTIED_SESSIONS, values)
    recordings = (home / row["audio"] for row in takes if row["audio"])
    pages = sorted((home / PAGES_FOLDER).glob("*"))  # a page may quote other takes too; each can be made again
    unfinished = (*leftovers(home / IMPORTED), *leftovers(home))
    return Purge(
        take_ids=tuple(row["id"] for row in takes),
        session_ids=tuple(row["id"] for row in sessions),
        paths=tuple(path for path in (*recordings, *pages, *unfinished) if takes and path.exists()),
        everything=False,
        row_counts={},
    )


def purge_of_everything(home: Path) -> Purge:
    """Return all that anybody said, and all that was made of it; `KEPT_BY_ALL` stays."""
    with closing(Database(home / DATABASE_NAME)) as database:
        take_ids = tuple(row["id"] for row in database.rows("SELECT id FROM takes ORDER BY id"))
        session_ids = tuple(row["id"] for row in database.rows("SELECT id FROM sessions ORDER BY id"))
        with database.snapshot() as read:
            row_counts = {
                table.name: int(read.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()[0])  # noqa: S608 - names from the schema
                for table in tables(read)
            }
    paths = (path for path in (*sorted(home.iterdir()), *leftovers(home)) if path.name not in KEPT_BY_ALL)
    return Purge(
        take_ids=take_ids,
        session_ids=session_ids,
        paths=tuple(path for path in paths if not path.name.startswith(DATABASE_NAME)),
        everything=True,
        row_counts=row_counts,
    )


def take_ids_before(home: Path, moment: datetime) -> tuple[int, ...]:
    """Return the takes that were asked before a moment."""
    with closing(Database(home / DATABASE_NAME)) as database:
        rows = database.rows("SELECT id FROM takes WHERE asked_at < ? ORDER BY id", (as_text(moment),))
    return tuple(row["id"] for row in rows)


def carry_out(purge: Purge, home: Path) -> None:
    """Erase. Raises StoreProblem, also where another mockint is at work; the same purge then goes on from there."""
    path = home / DATABASE_NAME
    refuse_use_by_others(path)
    _remove_all(purge.paths, home)
    with closing(Database(path)) as database:
        database.erase(lambda write: _delete_rows(write, purge))


def _remove_all(paths: Sequence[Path], home: Path) -> None:
    folders = [path for path in paths if path.is_dir() and not path.is_symlink()]
    try:
        for folder in folders:
            shutil.rmtree(folder)
        remove_files([path for path in paths if path not in folders])
        for month in {path.parent for path in paths if path.parent.parent == home / RECORDINGS_FOLDER}:
            if not any(month.iterdir()):
                month.rmdir()
    except OSError as error:
        raise StoreProblem(
            f"{error.filename} cannot be removed: {error.strerror}.", "Check who may write there."
        ) from error


def _delete_rows(write: sqlite3.Connection, purge: Purge) -> None:
    """Delete what is meant; what hangs on it goes with it (ON DELETE CASCADE)."""
    if purge.everything:
        with no_triggers(write):
            for table in tables(write):
                write.execute(f'DELETE FROM "{table.name}"')  # noqa: S608 - names from the schema
        return
    write.executemany("DELETE FROM takes WHERE id = ?", [(take_id,) for take_id in purge.take_ids])
    write.executemany("DELETE FROM sessions WHERE id = ?", [(session_id,) for session_id in purge.session_ids])
    write.execute(
        "DELETE FROM standings WHERE NOT EXISTS"
        " (SELECT 1 FROM takes t WHERE t.bank_id = standings.bank_id AND t.question_id = standings.question_id)"
    )
