"""What is erased is nowhere any more: not in a row, not in a file, not in what SQLite leaves free."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from practised import NOON, content, files, fill_every_table, practise

from mockint.data_folder import DATABASE_NAME
from mockint.errors import StoreProblem
from mockint.model import Correction, CorrectionKind
from mockint.store.purging import carry_out, purge_of_everything, purge_of_takes, take_ids_before
from mockint.store.tables import tables
from mockint.store.takes import Store

if TYPE_CHECKING:
    from pathlib import Path

PLANTED = "Zanzibarquark"
HANG_ON_TAKES = {"sessions", "takes", "results"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Two sessions, in one of which a planted word was said, corrected, scored twice and made a page of."""
    folder = tmp_path / "home"
    practise(folder, said="harmless", take_count=2)
    (take_id, *_) = practise(folder, said=PLANTED, take_count=3, asked_at=NOON + timedelta(days=1))
    (folder / "pages").mkdir()
    (folder / "pages" / "take-3.html").write_text(PLANTED, encoding="utf-8")
    (folder / "pages" / "progress.html").write_text(f"You said {PLANTED}.", encoding="utf-8")
    with Store(folder) as store:
        result = store.take(take_id).result
        assert result is not None
        said = Correction(
            kind=CorrectionKind.WORD_CHANGED, start_s=0.0, end_s=1.0, old_text=PLANTED, new_text=f"{PLANTED}s"
        )
        store.correct(take_id, [said], result, created_at=NOON)
    return folder


def places(home: Path) -> list[str]:
    """Where the planted word stands, in the bytes of every file and in the names of files."""
    there = [path for path in home.rglob("*") if path.is_file()]
    found = [path.name for path in there if PLANTED.encode() in path.read_bytes()]
    return [*found, *(path.name for path in there if PLANTED.lower() in path.name.lower())]


def test_the_planted_word_is_there_before(home: Path) -> None:
    """So the tests below are no empty words."""
    assert {DATABASE_NAME, "take-3.html", "progress.html"} <= set(places(home))


def test_a_session_leaves_nothing(home: Path) -> None:
    """Rows, recordings and pages go; the other session stays as it was."""
    kept = [row for row in content(home)["result_bodies"] if "harmless" in row["body"]]
    recordings = [name for name in files(home) if "harmless" not in name and "recordings" in name]
    purge = purge_of_takes(home, [3, 4, 5])
    assert (purge.take_ids, purge.session_ids) == ((3, 4, 5), (2,))
    carry_out(purge, home)
    assert places(home) == []
    after = content(home)
    assert (after["result_bodies"], [row["id"] for row in after["takes"]]) == (kept, [1, 2])
    assert len([name for name in files(home) if "recordings" in name]) == len(recordings) - 3
    with Store(home) as store:
        assert store.survey().is_well
        assert [take.id for take in store.takes()] == [1, 2]
    assert after["corrections"] == []


def test_nothing_is_left_while_the_folder_is_in_use_again(home: Path) -> None:
    """Nor does it come back in the log of the next session."""
    carry_out(purge_of_takes(home, [3, 4, 5]), home)
    practise(home, said="harmless")
    with Store(home):
        assert places(home) == []


def test_what_a_killed_import_left_goes_too(home: Path) -> None:
    """Also beside the data folder, where a restore works."""
    left = [home / ".import-x.mockint-part", home.parent / ".home-x.mockint-part"]
    for folder in left:
        folder.mkdir()
        (folder / "takes.jsonl").write_text(PLANTED, encoding="utf-8")
    carry_out(purge_of_takes(home, [3, 4, 5]), home)
    assert [places(home), *(folder.exists() for folder in left)] == [[], False, False]


def test_one_take_of_several_leaves_its_session(home: Path) -> None:
    """And nothing of its own."""
    purge = purge_of_takes(home, [3])
    carry_out(purge, home)
    assert (purge.session_ids, len(content(home)["sessions"])) == ((), 2)
    with Store(home) as store:
        assert [take.id for take in store.takes()] == [1, 2, 4, 5]
        assert store.survey().is_well


def test_questions_that_nobody_answered_now_stand_nowhere(tmp_path: Path) -> None:
    """What is due was drawn from the takes: it goes with them."""
    practise(tmp_path)
    assert len(content(tmp_path)["standings"]) == 1
    carry_out(purge_of_takes(tmp_path, [1]), tmp_path)
    assert content(tmp_path)["standings"] == []


def test_whatever_hangs_on_a_take_goes_with_it(tmp_path: Path) -> None:
    """Also in tables that nobody thought of here: each has to refer to it with ON DELETE CASCADE."""
    practise(tmp_path)
    fill_every_table(tmp_path)
    with closing(sqlite3.connect(tmp_path / DATABASE_NAME)) as database:
        on_takes = [table.name for table in tables(database) if {*table.numbers_of.values()} & HANG_ON_TAKES]
    assert {"takes", "results", "corrections", "feedback"} <= set(on_takes)
    carry_out(purge_of_takes(tmp_path, [1]), tmp_path)
    after = content(tmp_path)
    assert [name for name in (*on_takes, "sessions") if after[name]] == []


def test_everything_leaves_nothing(home: Path) -> None:
    """Each row of each table, each file; the user's own banks, settings and templates stay."""
    fill_every_table(home)
    for name in ("banks/mine.yaml", "letters/thanks.txt", "lost+found/a.wav", "drafts/debrief.yaml", ".x.part/a"):
        (home / name).parent.mkdir(exist_ok=True)
        (home / name).write_text(PLANTED if "mine" not in name and "thanks" not in name else "own", encoding="utf-8")
    (home / "config.yaml").write_text("rate: 150", encoding="utf-8")
    carry_out(purge_of_everything(home), home)
    assert places(home) == []
    assert [name for name, rows in content(home).items() if rows] == []
    assert set(files(home)) == {"banks/mine.yaml", "letters/thanks.txt", "config.yaml"}
    with Store(home) as store:
        assert (store.take_count(), store.survey().is_well) == (0, True)


def test_a_number_is_never_used_again(home: Path) -> None:
    """A page or correction that was kept elsewhere cannot be taken for one of a new take."""
    carry_out(purge_of_everything(home), home)
    assert practise(home) == (6,)


def test_what_was_deleted_long_ago_goes_too(home: Path) -> None:
    """Without secure_delete, SQLite leaves what was deleted in its file: building it anew clears that too."""
    with closing(sqlite3.connect(home / DATABASE_NAME)) as database, database:
        database.execute("PRAGMA secure_delete = OFF")
        database.execute("DELETE FROM result_bodies WHERE body LIKE ?", (f"%{PLANTED}%",))
    carry_out(purge_of_takes(home, [3, 4, 5]), home)
    assert places(home) == []


def test_takes_by_their_age(home: Path) -> None:
    """Those that were asked before a moment."""
    assert take_ids_before(home, NOON + timedelta(hours=1)) == (1, 2)
    assert take_ids_before(home, NOON) == ()


def test_a_purge_that_was_cut_off_is_seen_and_goes_on(home: Path) -> None:
    """The files go first: what is left is a row, never a recording that nothing tells of."""
    purge = purge_of_takes(home, [3, 4, 5])
    for path in purge.paths:
        path.unlink()
    with Store(home) as store:
        assert store.survey().takes_without_recording == (3, 4, 5)
    carry_out(purge, home)
    assert places(home) == []


def test_nothing_is_erased_under_the_hands_of_another(home: Path) -> None:
    """The log of a database that is in use cannot be emptied."""
    purge = purge_of_takes(home, [3])
    before = files(home)
    with Store(home) as store, pytest.raises(StoreProblem, match="Another mockint is at work"):
        carry_out(purge, home)
    with Store(home) as store:
        assert (files(home), store.take(3).id) == (before, 3)
