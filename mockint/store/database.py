"""One SQLite file: opened quickly and safely, brought up to date, and every failure told in a sentence.

Write-ahead logging lets a second mockint read and write at the same time; transactions are short. What is committed has
reached the disk (synchronous=FULL), so a lost power supply costs no take.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from mockint.errors import StoreProblem
from mockint.store.home import HOME_VARIABLE, make_private_file
from mockint.store.migrations import MIGRATIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from mockint.store.migrations import Migration

    Values = Sequence[object] | Mapping[str, object]

BUSY_TIMEOUT_S = 5.0
"""How long to wait for another mockint to finish its transaction: they last milliseconds."""

_DAMAGED_HINT = (
    "Nothing was changed. Put a backup in its place (mockint data restore), or move the file away to start afresh."
)
_PROBLEMS = (
    # what SQLite says, the problem, the hint
    ("file is not a database", "{path} is not a database.", _DAMAGED_HINT),
    ("malformed", "The database {path} is damaged.", _DAMAGED_HINT),
    ("could not decode", "The database {path} is damaged.", _DAMAGED_HINT),
    ("locked", "The database {path} is in use by another program.", "Close the other program and try again."),
    ("disk is full", "The disk is full.", "Make room and try again. Everything stored so far is safe."),
    (
        "disk i/o error",
        "The disk does not take or give data for {path}.",
        "Check that the disk has room and is well. Everything stored so far is safe.",
    ),
    (
        "readonly",
        "The database {path} may not be written to.",
        f"Check who may write to it, or set {HOME_VARIABLE} to another folder.",
    ),
    (
        "unable to open",
        "The database {path} cannot be opened.",
        f"Check who may write to its folder, or set {HOME_VARIABLE} to another folder.",
    ),
)


class Database:
    """A connection. Every method raises StoreProblem where SQLite fails, and leaves what is stored as it was."""

    def __init__(self, path: Path, migrations: Sequence[Migration] = MIGRATIONS) -> None:
        self.path = path
        with _told(path):
            make_private_file(path)  # SQLite would let everyone read it; its -wal and -shm take the same rights
            self._connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None)
        try:
            with _told(path):
                self._prepare(migrations)
        except BaseException:
            self._connection.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def rows(self, sql: str, values: Values = ()) -> list[sqlite3.Row]:
        """Read all rows of a query."""
        with _told(self.path):
            return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, values: Values = ()) -> sqlite3.Row | None:
        """Read the first row of a query, if any."""
        with _told(self.path):
            first: sqlite3.Row | None = self._connection.execute(sql, values).fetchone()
            return first

    def count(self, sql: str) -> int:
        """Read the one number that a query gives."""
        first = self.row(sql)
        return 0 if first is None else int(first[0])

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Write all of it or nothing."""
        with _told(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # SQLite itself rolls back after some failures
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """Read everything as it is at one moment, whatever another mockint writes meanwhile."""
        with _told(self.path):
            self._connection.execute("BEGIN")
            try:
                yield self._connection
            finally:
                self._connection.execute("ROLLBACK")

    def erase(self, change: Callable[[sqlite3.Connection], None]) -> None:
        """Delete in one transaction, and leave nothing of it in the file nor in what SQLite keeps beside it.

        Nobody else may have the database open: see `refuse_use_by_others`.
        """
        with _told(self.path):
            self._connection.execute("PRAGMA secure_delete = ON")
            # Else VACUUM puts what is left into a file elsewhere.
            self._connection.execute("PRAGMA temp_store = MEMORY")
        with self.transaction() as write:
            change(write)
        with _told(self.path):
            self._connection.execute("VACUUM")  # earlier changes may have left copies in what is free now
            is_busy, *_ = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if is_busy:
            raise StoreProblem(
                "Another mockint came to work in the data folder: what was deleted may still be in its log.",
                "Let it finish, then run the same command again.",
            )

    def faults(self) -> tuple[str, ...]:
        """Read the whole file and say what is wrong with it: nothing, if all is well."""
        integrity = [str(row[0]) for row in self.rows("PRAGMA integrity_check") if row[0] != "ok"]
        dangling = [f"a row of {row['table']} refers to nothing" for row in self.rows("PRAGMA foreign_key_check")]
        return (*integrity, *dangling)

    def _prepare(self, migrations: Sequence[Migration]) -> None:
        self._connection.row_factory = sqlite3.Row
        pending = self._pending(migrations)
        if self._connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute("PRAGMA foreign_keys = ON")
        for migration in pending:
            self._run(migration, migrations)

    def _pending(self, migrations: Sequence[Migration]) -> list[Migration]:
        """Return the steps that have not run. Raises StoreProblem for a database that is newer, or not ours."""
        tables = {
            str(row[0]) for row in self._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        if "migrations" not in tables:
            if tables:
                raise StoreProblem(
                    f"{self.path} belongs to another program.", f"Set {HOME_VARIABLE} to a folder of its own."
                )
            return list(migrations)
        done = {str(row[0]) for row in self._connection.execute("SELECT name FROM migrations")}
        if done - {migration.name for migration in migrations}:
            raise StoreProblem(
                f"The database {self.path} was written by a newer mockint.",
                "Update mockint. Nothing was changed.",
            )
        return [migration for migration in migrations if migration.name not in done]

    def _run(self, migration: Migration, migrations: Sequence[Migration]) -> None:
        with self.transaction() as connection:
            if migration not in self._pending(migrations):  # another mockint was first
                return
            connection.execute(
                "CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, applied_at TEXT NOT NULL)"
            )
            for statement in migration.statements:
                connection.execute(statement)
            connection.execute("INSERT INTO migrations VALUES (?, datetime('now'))", (migration.name,))


def refuse_use_by_others(path: Path) -> None:
    """Raise StoreProblem where another mockint has the database open: nothing may be moved or erased under its hands.

    A database that is missing or damaged is used by nobody.
    """
    if not path.is_file():
        return
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
        try:
            # Write-ahead logging ends only where nobody else is connected. The next opening begins it again.
            is_alone = connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] == "delete"
        except sqlite3.OperationalError as error:
            is_alone = "locked" not in str(error)
        except sqlite3.DatabaseError:
            is_alone = True
    if not is_alone:
        raise StoreProblem("Another mockint is at work in the data folder.", "Let it finish, and try again.")


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what SQLite and the system say into a StoreProblem."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        said = str(error).lower()
        for sign, problem, hint in _PROBLEMS:
            if sign in said:
                raise StoreProblem(problem.format(path=path), hint) from error
        if isinstance(error, (sqlite3.IntegrityError, sqlite3.ProgrammingError)):
            raise
        raise StoreProblem(f"The database {path} cannot be used: {error}.", _DAMAGED_HINT) from error
    except UnicodeDecodeError as error:
        raise StoreProblem(f"The database {path} is damaged.", _DAMAGED_HINT) from error
    except OSError as error:
        raise StoreProblem(
            f"The database {path} cannot be opened: {error.strerror}.",
            f"Check who may write to it, or set {HOME_VARIABLE} to another folder.",
        ) from error
