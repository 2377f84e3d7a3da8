"""Everything can be taken along as plain files, and comes back exactly."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest
from faults import fault
from practised import NOON, content, files, fill_every_table, practise

from mockint.errors import StoreProblem, UsageProblem
from mockint.store.archive import open_archive
from mockint.store.exporting import check_archive, export_home
from mockint.store.importing import import_into
from mockint.store.recordings import claim
from mockint.store.takes import Store

if TYPE_CHECKING:
    from pathlib import Path


def export(home: Path, path: Path) -> Path:
    export_home(home, path, created_at=NOON, advance=lambda _: None)
    return path


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Two takes, a row in every other table, and files of the user's own."""
    folder = tmp_path / "home"
    practise(folder, take_count=2)
    fill_every_table(folder)
    (folder / "banks").mkdir()
    (folder / "banks" / "Où.yaml").write_text("mine", encoding="utf-8")
    (folder / "config.yaml").write_bytes(b"rate: 150\r\n")
    return folder


@pytest.mark.parametrize("name", ["plain", "packed.zip"])
def test_what_is_exported_comes_back_exactly(home: Path, tmp_path: Path, name: str) -> None:
    """Every row of every table, also of those that nobody thought of here, with its numbers, and every file."""
    before = content(home)
    assert all(before.values()), "each table has a row, so that none is forgotten"
    with open_archive(export(home, tmp_path / name)) as archive:
        import_into(tmp_path / "other", archive, advance=lambda _: None)
    after = content(tmp_path / "other")
    # What is drawn from the takes is drawn anew.
    assert {**after, "standings": None} == {**before, "standings": None}
    assert files(tmp_path / "other") == files(home)


def test_an_export_is_plain_text_and_sound(home: Path, tmp_path: Path) -> None:
    """Without mockint, and without SQLite: one JSON object a line, and WAV files as they were."""
    folder = export(home, tmp_path / "plain")
    [take, _] = [json.loads(line) for line in (folder / "tables" / "takes.jsonl").read_text("utf-8").splitlines()]
    assert take["question"]["text"] == "Tell me about word."
    assert (folder / "files" / take["audio"]).read_bytes() == (home / take["audio"]).read_bytes()
    assert "Takes: 2. Sessions: 1." in (folder / "README.txt").read_text("utf-8")
    assert "CREATE TABLE takes" in (folder / "schema.sql").read_text("utf-8")
    manifest = json.loads((folder / "manifest.json").read_bytes())
    assert (manifest["format"], manifest["format_version"], manifest["tables"]["takes"]) == ("mockint export", 1, 2)


def test_an_export_vouches_for_each_file(home: Path, tmp_path: Path) -> None:
    """In the form that sha256sum checks."""
    folder = export(home, tmp_path / "plain")
    lines = (folder / "SHA256SUMS").read_text("utf-8").splitlines()
    sums = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    there = files(folder)
    assert sums == {name: hashlib.sha256(there[name]).hexdigest() for name in there if name != "SHA256SUMS"}


@pytest.mark.parametrize("name", ["plain", "packed.zip"])
def test_an_export_is_private(home: Path, tmp_path: Path, name: str) -> None:
    """Its owner alone can read it."""
    path = export(home, tmp_path / name)
    modes = {oct(each.stat().st_mode & 0o777) for each in (path, *path.rglob("*")) if each.is_file()}
    assert modes == {"0o600"}
    assert {oct(each.stat().st_mode & 0o777) for each in (path, *path.rglob("*")) if each.is_dir()} <= {"0o700"}


def test_nothing_is_overwritten(home: Path, tmp_path: Path) -> None:
    """A file or folder that is there stays."""
    (tmp_path / "there.zip").write_bytes(b"mine")
    with pytest.raises(UsageProblem, match="already"):
        export(home, tmp_path / "there.zip")
    assert (tmp_path / "there.zip").read_bytes() == b"mine"
    with pytest.raises(UsageProblem, match="already"):
        export(home, home.parent)
    with pytest.raises(UsageProblem, match="inside the data folder"):
        export(home, home / "inside")


def test_what_can_be_made_again_is_left_out(home: Path, tmp_path: Path) -> None:
    """Pages and fetched weights, and whatever is not finished."""
    for name in ("pages/take-1.html", "models/small/model.bin", "config.yaml.part"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_bytes(b"not this")
    spoken_now = home / "recordings" / "x.wav"
    spoken_now.write_bytes(b"not this")
    lock = claim(spoken_now)
    assert lock is not None
    there = files(export(home, tmp_path / "plain"))
    lock.release()
    assert [name for name in there if b"not this" in there[name]] == []


def test_recordings_on_another_disk_come_along(home: Path, tmp_path: Path) -> None:
    """A folder may be a link; one that leads in a circle ends nowhere."""
    elsewhere = (home / "recordings").rename(tmp_path / "elsewhere")
    (home / "recordings").symlink_to(elsewhere)
    (elsewhere / "again").symlink_to(elsewhere)
    there = files(export(home, tmp_path / "plain"))
    assert sum(name.endswith(".wav") for name in there) == 2


def test_while_an_answer_is_recorded_nothing_is_exported(home: Path, tmp_path: Path) -> None:
    """It would be half an answer."""
    with Store(home) as store:
        new = store.begin_take(1, store.take(1).question, NOON)
        with pytest.raises(StoreProblem, match="being recorded"):
            export(home, tmp_path / "packed.zip")
        store.discard_take(new)
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_a_recording_is_exported_though_its_lock_was_left(home: Path, tmp_path: Path) -> None:
    """Where mockint was killed after it had kept the take, and before the lock was removed."""
    [recording, _] = sorted((home / "recordings").rglob("*.wav"))
    lock = recording.with_name(f"{recording.name}.lock")
    lock.touch()
    with open_archive(export(home, tmp_path / "packed.zip")) as archive:
        assert f"files/{recording.relative_to(home)}" in archive.names
    assert not lock.exists()


INTERRUPTED = """
import os, signal, sys
from datetime import datetime, timezone
from pathlib import Path
from mockint.store.exporting import export_home

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs are born deaf to it

def advance(count):
    os.kill(os.getpid(), int(sys.argv[3]))

export_home(Path(sys.argv[1]), Path(sys.argv[2]), created_at=datetime.now(timezone.utc), advance=advance)
"""


@pytest.mark.parametrize(("name", "part"), [("plain", "plain.mockint-part"), ("packed.zip", "packed.mockint-part.zip")])
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL], ids=["ctrl-c", "kill-9"])
def test_a_part_is_never_mistaken_for_a_whole(
    home: Path, tmp_path: Path, name: str, part: str, sent: signal.Signals
) -> None:
    """Ctrl-C leaves nothing; what kill -9 leaves has another name, is refused, and gives way to the next export."""
    words = [sys.executable, "-c", INTERRUPTED, str(home), str(tmp_path / name), str(int(sent))]
    assert subprocess.run(words, check=False, capture_output=True, timeout=60).returncode == -sent
    left = [path for path in tmp_path.iterdir() if path != home]
    assert [path.name for path in left] == ([] if sent == signal.SIGINT else [part])
    for unfinished in left:
        with pytest.raises(StoreProblem), open_archive(unfinished) as archive:
            check_archive(archive, lambda _: None)
    export(home, tmp_path / name)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["home", name])


FULL = """
import resource, sys
from mockint.cli.main import main
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))
main(["data", "export", sys.argv[1]])
"""


@fault(
    "the disk is full while a backup is written",
    says="cannot be written: File too large.",
    kept="everything; no half backup is left",
)
@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")
@pytest.mark.parametrize("name", ["plain", "packed.zip"])
def test_a_disk_that_takes_no_more_is_told(home: Path, tmp_path: Path, name: str) -> None:
    """A sentence, a hint, and nothing left behind."""
    (home / "recordings" / "long.wav").write_bytes(bytes(3_000_000))
    said = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path / name)],
        env={**os.environ, "MOCKINT_HOME": str(home)},
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (said.returncode, "cannot be written: File too large." in said.stderr) == (1, True), said.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_sound_is_not_packed_for_nothing(home: Path, tmp_path: Path) -> None:
    """Text shrinks, sound stays as it is."""
    with zipfile.ZipFile(export(home, tmp_path / "packed.zip")) as packed:
        kinds = {entry.filename.rsplit(".", 1)[-1]: entry.compress_type for entry in packed.infolist()}
    assert (kinds["wav"], kinds["jsonl"]) == (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
