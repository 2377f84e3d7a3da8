"""One SQLite file: brought up to date from every earlier shape, safe beside a second mockint, polite when it fails."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from faults import fault

from mockint.errors import StoreProblem
from mockint.store import database
from mockint.store.database import Database
from mockint.store.migrations import MIGRATIONS, Migration
from mockint.store.takes import Store

if TYPE_CHECKING:
    from pathlib import Path


def shape(path: Path) -> list[tuple[str, str]]:
    """Everything that a database is made of."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").fetchall()


@pytest.mark.parametrize("ran_count", range(len(MIGRATIONS) + 1))
def test_every_earlier_shape_is_brought_up_to_date(tmp_path: Path, ran_count: int) -> None:
    """Whichever steps had run before, all of them have run after."""
    Database(tmp_path / "new.db").close()
    Database(tmp_path / "old.db", MIGRATIONS[:ran_count]).close()
    Database(tmp_path / "old.db").close()
    assert shape(tmp_path / "new.db") == shape(tmp_path / "old.db")


def test_step_that_fails_leaves_nothing(tmp_path: Path) -> None:
    """A step and the record that it ran are one transaction: half a step does not exist."""
    path = tmp_path / "mockint.db"
    Database(path).close()
    before = shape(path)
    broken = Migration(
        name="0002_broken", statements=("CREATE TABLE half (id INTEGER)", "CREATE TABLE half (id INTEGER)")
    )
    with pytest.raises(StoreProblem, match="half already exists"):
        Database(path, (*MIGRATIONS, broken))
    assert before == shape(path)


def test_newer_database_is_left_alone(tmp_path: Path) -> None:
    """A database that a newer mockint wrote is refused, and not changed."""
    path = tmp_path / "mockint.db"
    newer = Migration(name="9999_of_tomorrow", statements=("CREATE TABLE tomorrow (id INTEGER)",))
    Database(path, (*MIGRATIONS, newer)).close()
    before = path.read_bytes()
    with pytest.raises(StoreProblem, match="was written by a newer mockint") as caught:
        Database(path)
    assert (caught.value.hint, path.read_bytes()) == ("Update mockint. Nothing was changed.", before)


def test_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    """A database that mockint did not make is refused, and not changed."""
    path = tmp_path / "mockint.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE songs (name TEXT)")
    before = path.read_bytes()
    with pytest.raises(StoreProblem, match="belongs to another program"):
        Database(path)
    assert before == path.read_bytes()


def test_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    """Something else under the name of the database is refused, and not changed."""
    path = tmp_path / "mockint.db"
    path.write_bytes(b"not a database at all " * 100)
    before = path.read_bytes()
    with pytest.raises(StoreProblem, match="is not a database"):
        Database(path)
    assert before == path.read_bytes()


def test_torn_file_is_told(tmp_path: Path) -> None:
    """A database whose end is missing is damaged: that is said, and nothing is changed."""
    path = tmp_path / "mockint.db"
    Database(path).close()
    path.write_bytes(path.read_bytes()[:6000])
    before = path.read_bytes()
    with pytest.raises(StoreProblem, match="is damaged"):
        Database(path)
    assert before == path.read_bytes()


@fault("another program holds the database", says="is in use by another program", kept="everything")
def test_lock_of_another_program_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another program does not let go of the database, the wait ends with a sentence."""
    monkeypatch.setattr(database, "BUSY_TIMEOUT_S", 0.01)
    path = tmp_path / "mockint.db"
    ours = Database(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreProblem, match="is in use by another program"), ours.transaction():
            pass
    ours.close()


@fault("the disk is full while a score is stored", says="The disk is full", kept="everything up to then")
def test_full_disk_loses_nothing(tmp_path: Path) -> None:
    """When the disk takes no more, the transaction is undone, and what was there before is still there."""
    ours = Database(tmp_path / "mockint.db")
    insert = "INSERT INTO sessions (uid, bank_id, mode, started_at) VALUES (?, ?, 'practice', '')"
    with ours.transaction() as write:
        write.execute(insert, ("kept", "bank"))
    page_count = ours.rows("PRAGMA page_count")[0][0]
    ours.rows(f"PRAGMA max_page_count = {page_count}")
    with pytest.raises(StoreProblem, match="The disk is full"), ours.transaction() as write:
        write.execute(insert, ("lost", "bank" * 100_000))
    assert [row["uid"] for row in ours.rows("SELECT uid FROM sessions")] == ["kept"]
    ours.close()


def test_interrupt_undoes_the_transaction(tmp_path: Path) -> None:
    """Ctrl-C within a transaction leaves nothing of it, and the database can be used on."""
    ours = Database(tmp_path / "mockint.db")
    insert = "INSERT INTO sessions (uid, bank_id, mode, started_at) VALUES ('x', 'bank', 'practice', '')"
    with pytest.raises(KeyboardInterrupt), ours.transaction() as write:  # noqa: PT012 - both belong to one transaction
        write.execute(insert)
        raise KeyboardInterrupt
    with ours.transaction() as write:
        write.execute(insert)
    assert len(ours.rows("SELECT * FROM sessions")) == 1
    ours.close()


def test_sound_database_has_no_faults(tmp_path: Path) -> None:
    """A whole database has nothing to complain of."""
    with Store(tmp_path) as store:
        assert store.survey().faults == ()


BEGIN_A_SESSION = """
import sys
from datetime import datetime, timezone
from pathlib import Path
from mockint.store.takes import Store
sys.stdin.readline()
with Store(Path(sys.argv[1])) as store:
    for _ in range(20):
        store.begin_session(bank_id="bank", mode="practice", started_at=datetime.now(timezone.utc))
"""


def test_several_at_once_lose_nothing(tmp_path: Path) -> None:
    """Several mockints that open a new home at the same moment and write to it all succeed."""
    home = tmp_path / "home"
    command = [sys.executable, "-c", BEGIN_A_SESSION, str(home)]
    children = [subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    said = [child.communicate()[1] for child in children]
    with Store(home) as store:
        assert (said, store.describe().session_count) == ([""] * 4, 80)
