"""An import adds what is not here and changes nothing else; a restore keeps what it replaces; neither trusts a file."""

from __future__ import annotations

import hashlib
import json
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import zipfile
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from faults import fault
from practised import NOON, content, files, practise

from mockint.data_folder import DATABASE_NAME
from mockint.errors import StoreProblem
from mockint.store.archive import open_archive
from mockint.store.exporting import export_home
from mockint.store.importing import Imported, import_into, restore_in_place_of
from mockint.store.staging import leftovers
from mockint.store.takes import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def export(home: Path, path: Path) -> Path:
    export_home(home, path, created_at=NOON, advance=lambda _: None)
    return path


def bring_in(home: Path, path: Path) -> Imported:
    with open_archive(path) as archive:
        return import_into(home, archive, advance=lambda _: None)


def restore(home: Path, path: Path, aside: Path) -> None:
    with open_archive(path) as archive:
        restore_in_place_of(home, archive, aside=aside, advance=lambda _: None)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data folders and exports, made once."""
    folder = tmp_path_factory.mktemp("made")
    practise(folder / "home", said="mine", asked_at=NOON + timedelta(days=1))
    practise(folder / "theirs", take_count=2, said="theirs")
    export(folder / "theirs", folder / "plain")
    export(folder / "theirs", folder / "e.zip")
    return folder


@pytest.fixture
def theirs(made: Path, tmp_path: Path) -> Path:
    """A data folder with two takes."""
    return copied(made / "theirs", tmp_path / "theirs")


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    """A data folder with one take."""
    return copied(made / "home", tmp_path / "home")


def copied(folder: Path, to: Path) -> Path:
    """Copy a folder, with its rights."""
    shutil.copytree(folder, to)
    return to


# --- adding ---------------------------------------------------------------------------------------


def test_takes_come_beside_those_that_are_here(home: Path, theirs: Path, tmp_path: Path) -> None:
    """They get the next numbers; what hangs on them follows, and what was here is as it was."""
    before = content(home)
    imported = bring_in(home, export(theirs, tmp_path / "e.zip"))
    assert (imported.take_ids, imported.renumbered, imported.known_take_count) == ((2, 3), True, 0)
    assert imported.added["result_bodies"] == 2
    with Store(home) as store:
        takes = store.takes()
        assert [(take.id, take.session_id, take.question.text) for take in takes] == [
            (2, 2, "Tell me about theirs."),
            (3, 2, "Tell me about theirs."),
            (1, 1, "Tell me about mine."),
        ]
        assert [take.result.delivery.words[0].text for take in takes if take.result] == ["theirs", "theirs", "mine"]
        assert store.survey().is_well
    after = content(home)
    for table in ("sessions", "takes", "results", "result_bodies"):
        assert after[table][: len(before[table])] == before[table]


def test_what_is_here_already_is_passed_over(home: Path, theirs: Path, tmp_path: Path) -> None:
    """A second import adds nothing; of a later export, what is new comes in."""
    bring_in(home, export(theirs, tmp_path / "e.zip"))
    before = content(home), files(home)
    again = bring_in(home, tmp_path / "e.zip")
    assert (again.take_ids, again.known_take_count, again.file_count) == ((), 2, 0)
    assert (content(home), files(home)) == before
    practise(theirs, said="later", asked_at=NOON + timedelta(days=2))
    later = bring_in(home, export(theirs, tmp_path / "later.zip"))
    assert (later.take_ids, later.known_take_count, later.added["sessions"]) == ((4,), 2, 1)


def test_a_later_result_of_a_known_take_comes_in(theirs: Path, tmp_path: Path) -> None:
    """The take stays, its new result is added to it."""
    bring_in(tmp_path / "copy", export(theirs, tmp_path / "e.zip"))
    with Store(theirs) as store:
        result = store.take(2).result
        assert result is not None
        store.add_result(2, result, created_at=NOON + timedelta(days=3))
    imported = bring_in(tmp_path / "copy", export(theirs, tmp_path / "later.zip"))
    assert (imported.take_ids, imported.added["results"], imported.added["measures"]) == ((), 1, 4)
    with Store(tmp_path / "copy") as store:
        assert [len(store.results(take_id)) for take_id in (1, 2)] == [1, 2]


def test_a_recording_that_was_lost_comes_back(theirs: Path, tmp_path: Path) -> None:
    """Also where its take never was away; one that its owner had removed does not."""
    export(theirs, tmp_path / "e.zip")
    with Store(theirs) as store:
        store.audio(1).unlink()
        assert bring_in(theirs, tmp_path / "e.zip").file_count == 1
        assert store.audio(1).exists()
        assert store.remove_recordings(asked_until=NOON, now=NOON + timedelta(days=30)) == (1,)
        assert bring_in(theirs, tmp_path / "e.zip").file_count == 0
        assert store.take(1).audio is None


def test_a_file_that_is_another_here_stays(home: Path, theirs: Path, tmp_path: Path) -> None:
    """It is named; one that is not here comes in."""
    (home / "config.yaml").write_text("rate: 150", encoding="utf-8")
    (theirs / "config.yaml").write_text("rate: 200", encoding="utf-8")
    (theirs / "models.yaml").write_text("{}", encoding="utf-8")
    imported = bring_in(home, export(theirs, tmp_path / "e.zip"))
    assert imported.kept_files == ("config.yaml",)
    assert (home / "config.yaml").read_text(encoding="utf-8") == "rate: 150"
    assert (home / "models.yaml").stat().st_mode & 0o777 == 0o600


def test_an_export_of_an_older_mockint_is_brought_up_to_date(theirs: Path, tmp_path: Path) -> None:
    """It is read in the shape that it was written in, then by the same steps as any old database."""
    folder = export(theirs, tmp_path / "old")
    manifest = json.loads((folder / "manifest.json").read_bytes())
    old_tables = ("sessions", "takes", "results", "result_bodies", "measures")
    manifest["migrations"] = manifest["migrations"][:1]
    manifest["tables"] = {name: manifest["tables"][name] for name in old_tables}
    for table in ("takes", "results"):
        path = folder / "tables" / f"{table}.jsonl"
        old = ("corrected", "audio_removed_at", "felt", "graded")
        lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        rows = [{key: value for key, value in row.items() if key not in old} for row in lines]
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    sum_anew(folder)
    assert bring_in(tmp_path / "new", folder).take_ids == (1, 2)
    with Store(tmp_path / "new") as store, Store(theirs) as other:
        assert [take.result for take in store.takes()] == [take.result for take in other.takes()]


# --- putting back ---------------------------------------------------------------------------------


def test_a_restore_keeps_what_it_replaces(home: Path, theirs: Path, tmp_path: Path) -> None:
    """The backup stands in its place, exactly; what was here is whole, under another name. Weights are taken along."""
    (home / "models" / "small").mkdir(parents=True)
    (home / "models" / "small" / "model.bin").write_bytes(b"weights")
    (home / "pages").mkdir()
    (home / "pages" / "take-1.html").write_bytes(b"a page of what was here")
    rows, mine = content(home), files(home)
    restore(home, export(theirs, tmp_path / "e.zip"), tmp_path / "aside")
    assert content(home) == content(theirs)
    assert files(home) == {**files(theirs), "models/small/model.bin": b"weights"}
    assert content(tmp_path / "aside") == rows
    assert {**files(tmp_path / "aside"), "models/small/model.bin": b"weights"} == mine
    folders = [path for path in (home, *home.rglob("*")) if path.is_dir() and "models" not in path.parts]
    assert {path.stat().st_mode & 0o777 for path in folders} == {0o700}


def test_a_damaged_database_does_not_hinder_a_restore(home: Path, theirs: Path, tmp_path: Path) -> None:
    """That is when it is needed most."""
    (home / DATABASE_NAME).write_bytes(b"no database" * 1000)
    restore(home, export(theirs, tmp_path / "e.zip"), tmp_path / "aside")
    assert content(home) == content(theirs)
    assert (tmp_path / "aside" / DATABASE_NAME).read_bytes() == b"no database" * 1000


def test_a_restore_where_nothing_is_yet(theirs: Path, tmp_path: Path) -> None:
    """On a new computer."""
    restore(tmp_path / "new", export(theirs, tmp_path / "e.zip"), tmp_path / "aside")
    assert (content(tmp_path / "new"), (tmp_path / "aside").exists()) == (content(theirs), False)


@fault("a second mockint is at work during a restore", says="Another mockint is at work", kept="everything")
def test_nothing_is_moved_while_another_mockint_works(home: Path, theirs: Path, tmp_path: Path) -> None:
    """It would go on writing into what was set aside."""
    export(theirs, tmp_path / "e.zip")
    with Store(home), pytest.raises(StoreProblem, match="Another mockint is at work"):
        restore(home, tmp_path / "e.zip", tmp_path / "aside")
    assert not (tmp_path / "aside").exists()
    restore(home, tmp_path / "e.zip", tmp_path / "aside")


KILLED = """
import os, signal, sys
from pathlib import Path
from mockint.store.archive import open_archive
from mockint.store import importing

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs are born deaf to it

def advance(count):
    os.kill(os.getpid(), int(sys.argv[4]))

home, path, aside = map(Path, sys.argv[1:4])
with open_archive(path) as archive:
    if sys.argv[5] == "import":
        importing.import_into(home, archive, advance=advance)
    importing.restore_in_place_of(home, archive, aside=aside, advance=advance)
"""


@pytest.mark.parametrize("what", ["import", "restore"])
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL], ids=["ctrl-c", "kill-9"])
def test_what_is_interrupted_has_changed_nothing(
    home: Path, theirs: Path, tmp_path: Path, what: str, sent: signal.Signals
) -> None:
    """The data folder is as it was, and the same command then does it."""
    before = content(home), files(home)
    path = export(theirs, tmp_path / "e.zip")
    words = [sys.executable, "-c", KILLED, str(home), str(path), str(tmp_path / "aside"), str(int(sent)), what]
    assert subprocess.run(words, check=False, capture_output=True, timeout=60).returncode == -sent
    unfinished = {name: data for name, data in files(home).items() if name.startswith(".")}
    assert (content(home), {**before[1], **unfinished}) == (before[0], files(home))
    left = leftovers(home / "import") + leftovers(home)
    assert [len(left), unfinished != {}] == ([0, False] if sent == signal.SIGINT else [1, what == "import"])
    assert bring_in(home, path).take_ids == (2, 3)
    restore(home, path, tmp_path / "aside")
    assert leftovers(home / "import") + leftovers(home) == []


# --- what is not to be trusted --------------------------------------------------------------------


def sum_anew(folder: Path) -> None:
    """Vouch for a folder as it is now, as somebody would who means harm."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    sums = [
        f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n"
        for name in names
        if name != "SHA256SUMS"
    ]
    (folder / "SHA256SUMS").write_text("".join(sums), "utf-8")


def edit_row(folder: Path, table: str, **changed: object) -> None:
    path = folder / "tables" / f"{table}.jsonl"
    first, *others = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join([json.dumps({**json.loads(first), **changed}) + "\n", *others]), "utf-8")
    sum_anew(folder)


def flip_a_byte(folder: Path) -> None:
    recording = next(iter((folder / "files").rglob("*.wav")))
    sound = bytearray(recording.read_bytes())
    sound[5000] ^= 1
    recording.write_bytes(sound)


def link_a_file(folder: Path) -> None:
    (folder / "files" / "config.yaml").symlink_to("/etc/passwd")
    sum_anew(folder)


def link_a_folder(folder: Path) -> None:
    (folder / "files" / "banks").symlink_to("/etc")
    with (folder / "SHA256SUMS").open("a", encoding="utf-8") as sums:
        sums.write(f"{'0' * 64}  files/banks/passwd\n")


def add_line(folder: Path, line: str) -> None:
    with (folder / "SHA256SUMS").open("a", encoding="utf-8") as sums:
        sums.write(line)


def add_file(folder: Path, name: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(b"not yours")
    sum_anew(folder)


def change_manifest(folder: Path, **changed: object) -> None:
    manifest = {**json.loads((folder / "manifest.json").read_bytes()), **changed}
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    sum_anew(folder)


def drop_a_row(folder: Path) -> None:
    path = folder / "tables" / "takes.jsonl"
    path.write_text(path.read_text("utf-8").splitlines(keepends=True)[0], "utf-8")
    sum_anew(folder)


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (flip_a_byte, "is not what was written"),
        (link_a_file, "is missing|cannot be read"),
        (link_a_folder, "is missing"),
        (drop_a_row, "holds 1 rows, not 2"),
        (lambda folder: (folder / "tables" / "takes.jsonl").unlink(), "takes.jsonl is missing"),
        (lambda folder: (folder / "SHA256SUMS").unlink(), "has no SHA256SUMS"),
        (lambda folder: (folder / "manifest.json").unlink(), "manifest.json is missing"),
        (lambda folder: add_line(folder, f"{'0' * 64}  ../../outside\n"), "a line that mockint does not write"),
        (lambda folder: add_line(folder, f"{'0' * 64}  /etc/passwd\n"), "a line that mockint does not write"),
        (lambda folder: add_file(folder, f"files/{DATABASE_NAME}"), "nothing that mockint exports"),
        (lambda folder: add_file(folder, "files/pages/take-1.html"), "nothing that mockint exports"),
        (lambda folder: change_manifest(folder, format="another"), "another program"),
        (lambda folder: change_manifest(folder, format_version=99), "newer mockint"),
        (lambda folder: change_manifest(folder, created_at="\x1b]0;x"), "not as mockint writes it"),
        (lambda folder: change_manifest(folder, migrations=["0001_sessions_takes_results", "9999"]), "newer mockint"),
        (lambda folder: change_manifest(folder, migrations=[]), "names other tables"),
        (lambda folder: change_manifest(folder, tables=[]), "not as mockint writes it"),
        (lambda folder: edit_row(folder, "takes", audio="../../outside.wav"), "outside the data folder"),
        (lambda folder: edit_row(folder, "takes", audio="/etc/passwd"), "outside the data folder"),
        (lambda folder: edit_row(folder, "takes", session_id=77), "do not fit together"),
        (lambda folder: edit_row(folder, "takes", session_id=2**70), "do not fit together"),
        (lambda folder: edit_row(folder, "takes", question="no question"), "cannot be read"),
        (lambda folder: edit_row(folder, "takes", unheard_of=1), "is no row of the table takes"),
        (lambda folder: edit_row(folder, "result_bodies", body={"delivery": 5}), "cannot be read"),
    ],
)
def test_what_was_edited_is_refused(
    made: Path, home: Path, tmp_path: Path, harm: Callable[[Path], None], said: str
) -> None:
    """One sentence, and nothing is changed."""
    path = copied(made / "plain", tmp_path / "edited")
    harm(path)
    before = content(home), files(home)
    with pytest.raises(StoreProblem, match=said):
        bring_in(home, path)
    with pytest.raises(StoreProblem, match=said):
        restore(home, path, tmp_path / "aside")
    assert (content(home), files(home)) == before
    assert {each.name for each in tmp_path.iterdir()} == {"home", "edited"}


def with_link(path: Path) -> None:
    entry = zipfile.ZipInfo("files/banks")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(entry, "/etc")


def with_name(name: str) -> Callable[[Path], None]:
    def harm(path: Path) -> None:
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr(name, "mine")

    return harm


def with_bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("files/banks/b.yaml", "w") as file:
        for _ in range(70):
            file.write(bytes(1 << 20))


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-2000])


def edited(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["tables/takes.jsonl"] = files["tables/takes.jsonl"].replace(b"Tell me", b"Sell me")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)


def damaged(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo("tables/takes.jsonl").header_offset
    content = bytearray(path.read_bytes())
    for place in range(start + 60, start + 100):
        content[place] ^= 0xFF
    path.write_bytes(content)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (with_link, "holds a link"),
        (with_name("../outside"), "leads out of its folder"),
        (with_name("/outside"), "leads out of its folder"),
        (with_name("files/..\\outside"), "leads out of its folder"),
        (with_name("C:/outside"), "leads out of its folder"),
        (with_name("manifest.json"), "two files of one name"),
        (with_bomb, "would unpack to"),
        (cut_short, "no ZIP file that can be read"),
        (edited, "takes.jsonl is not what was written"),
        (damaged, "cannot be unpacked|not what was written"),
        (lambda path: path.write_bytes(b"anything"), "no ZIP file that can be read"),
        (lambda path: path.write_bytes(b""), "no ZIP file that can be read"),
    ],
)
def test_a_zip_file_that_was_made_to_harm_is_refused(
    made: Path, home: Path, tmp_path: Path, harm: Callable[[Path], None], said: str
) -> None:
    """Nothing leads outside, nothing grows without bounds, and nothing is changed."""
    path = tmp_path / "e.zip"
    shutil.copy(made / "e.zip", path)
    harm(path)
    before = content(home), files(home)
    with pytest.raises(StoreProblem, match=said):
        restore(home, path, tmp_path / "aside")
    with pytest.raises(StoreProblem, match=said):
        bring_in(home, path)
    assert (content(home), files(home)) == before
    assert {each.name for each in tmp_path.iterdir()} == {"home", "e.zip"}


def test_a_disk_without_room_is_told_before_anything_is_unpacked(
    home: Path, theirs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sizes are known beforehand."""
    path = export(theirs, tmp_path / "e.zip")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(100, 99, 1))
    with pytest.raises(StoreProblem, match="the disk has less"):
        bring_in(home, path)


def test_rows_that_fit_nowhere_change_nothing(home: Path, theirs: Path, tmp_path: Path) -> None:
    """Where the rows cannot be added, the files that came first go again."""
    path = export(theirs, tmp_path / "e.zip")
    before = files(home)
    with closing(sqlite3.connect(home / DATABASE_NAME)) as database, database:
        database.execute("CREATE TRIGGER no BEFORE INSERT ON results BEGIN SELECT RAISE(ABORT, 'no'); END")
    with pytest.raises(StoreProblem, match="do not fit those that are here"):
        bring_in(home, path)
    assert (files(home), len(content(home)["takes"])) == (before, 1)
