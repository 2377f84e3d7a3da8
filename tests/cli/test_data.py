"""`mockint data`: nothing is lost, and what is to go is gone."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from practised import content, files, practise
from running import run
from terminal import Terminal, command

from mockint.store.takes import Store

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime.now(timezone.utc)
LONG_AGO = NOW - timedelta(days=100)


@pytest.fixture
def practised(home: Path) -> Path:
    """An old session of two takes, and one of today."""
    practise(home, said="old", take_count=2, asked_at=LONG_AGO)
    practise(home, said="new", asked_at=NOW - timedelta(hours=2))
    return home


def sound_of(home: Path) -> list[bool]:
    """Whether each take still has its recording."""
    with Store(home) as store:
        return [take.audio is not None for take in store.takes()]


# --- recover --------------------------------------------------------------------------------------


@pytest.mark.usefixtures("practised")
def test_all_is_well() -> None:
    """It says so."""
    found = run("data", "recover")
    assert (found.exit_code, "All is well" in found.stdout) == (0, True)
    assert run("data", "recover", "--json").objects[0]["well"]


def test_what_has_come_apart_is_told(practised: Path) -> None:
    """With what can be done about it; nothing is deleted."""
    with Store(practised) as store:
        stray = store.audio(1).rename(practised / "recordings" / "stray.wav")
    found = run("data", "recover")
    assert f"Belongs to no take: {stray}" in found.stdout
    assert "Take 1 has no recording any more." in found.stdout
    shown = run("data", "recover", "--json").objects[0]
    assert shown["recordings_without_take"] == [str(stray)]
    assert (shown["takes_without_recording"], stray.exists()) == ([1], True)


def test_a_recording_that_cannot_be_played_is_named(practised: Path) -> None:
    """At the next start, whatever the command."""
    with Store(practised) as store:
        new = store.begin_take(1, store.take(1).question, NOW)
        new.path.write_bytes(bytes(5000))
        new.lock.release()
    said = run("data", "where").stderr
    assert "cannot be played. It is kept as" in said
    assert "lost+found" in said
    assert (practised / "lost+found" / new.path.name).read_bytes() == bytes(5000)
    assert "Cannot be played" in run("data", "recover").stdout


# --- export, import, backup, restore --------------------------------------------------------------


def test_a_backup_in_a_folder_gets_a_dated_name(practised: Path, tmp_path: Path) -> None:
    """What it is called goes to stdout, and it can be put back."""
    (tmp_path / "disk").mkdir()
    made = run("data", "backup", tmp_path / "disk")
    [path] = (tmp_path / "disk").iterdir()
    assert (made.exit_code, made.stdout) == (0, f"{path}\n")
    assert "3 takes" in made.stderr
    assert path.name.startswith("mockint-20")
    before = content(practised), files(practised)
    practise(practised, said="newer")
    restored = run("data", "restore", path, "--yes")
    assert (restored.exit_code, restored.stdout) == (0, f"3 takes restored to {practised}.\n")
    assert "holds 4 takes" in restored.stderr
    assert (content(practised), files(practised)) == before
    [aside] = [each for each in practised.parent.iterdir() if each.name.startswith("home.before-")]
    assert len(content(aside)["takes"]) == 4


def test_a_restore_asks(practised: Path, tmp_path: Path) -> None:
    """Where nobody can answer, nothing is done; and No is no."""
    run("data", "export", tmp_path / "e.zip")
    before = content(practised)
    refused = run("data", "restore", tmp_path / "e.zip")
    assert (refused.exit_code, "Say so with --yes" in refused.stderr) == (2, True)
    terminal = Terminal(command("data", "restore", str(tmp_path / "e.zip")), {**os.environ})
    terminal.wait_for("Put the backup in its place? [y/N]")
    terminal.press("n\n")
    terminal.wait_for("Nothing was changed.")
    assert terminal.process.wait() == 0
    assert content(practised) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["e.zip", "home"]


def test_an_export_is_imported_elsewhere(practised: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says what came, and what was there already."""
    assert run("data", "export", tmp_path / "plain").exit_code == 0
    monkeypatch.setenv("MOCKINT_HOME", str(tmp_path / "other"))
    practise(tmp_path / "other")
    assert run("data", "import", tmp_path / "plain").stdout == "3 takes added, numbered from 2 on.\n"
    again = run("data", "import", tmp_path / "plain")
    assert again.stdout == "0 takes added; 3 takes of it were here already.\n"
    assert run("review", 4, "--json").objects[0]["words"][0]["text"] == "new"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["backup", "no-such-folder"], "no name that ends in .zip"),
        (["import", "nowhere.zip"], "There is no"),
        (["restore", "nowhere.zip"], "There is no"),
        (["purge"], "Name what is to be erased"),
        (["purge", "--all", "--take", "1"], "Name what is to be erased"),
        (["purge", "--older-than", "soon"], "is no number of days"),
        (["purge", "--take", "99"], "There is no take 99"),
        (["purge", "--session", "99"], "There is no session 99"),
    ],
)
@pytest.mark.usefixtures("practised")
def test_what_cannot_be_meant_is_told(words: list[str], said: str) -> None:
    """One sentence, and the exit code of wrong usage."""
    refused = run("data", *words)
    assert (refused.exit_code, said in refused.stderr) == (2, True), refused.stderr


INTERRUPTED = """
import os, signal, sys
from mockint.cli import console
from mockint.cli.main import main
from contextlib import contextmanager

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs are born deaf to it

@contextmanager
def pressed(what, byte_count):
    yield lambda count: os.kill(os.getpid(), signal.SIGINT)

console.byte_progress = pressed
main(sys.argv[1:])
"""


@pytest.mark.parametrize("what", ["export", "import", "restore"])
def test_ctrl_c_is_told(practised: Path, tmp_path: Path, what: str) -> None:
    """With the exit code of an interruption; everything is as it was."""
    if what != "export":
        run("data", "export", tmp_path / "e.zip")
    before = content(practised), files(practised), sorted(tmp_path.iterdir())
    words = ["data", what, str(tmp_path / "e.zip"), *(["--yes"] if what == "restore" else [])]
    stopped = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, *words], check=False, capture_output=True, text=True, timeout=60
    )
    assert (stopped.returncode, "Stopped.\n  Nothing was" in stopped.stderr) == (130, True), stopped.stderr
    assert (content(practised), files(practised), sorted(tmp_path.iterdir())) == before


# --- purge ----------------------------------------------------------------------------------------


def test_what_goes_is_said_before_it_goes(practised: Path) -> None:
    """And nothing goes where nobody can be asked."""
    refused = run("data", "purge", "--older-than", "90d")
    assert (refused.exit_code, len(content(practised)["takes"])) == (2, 3)
    assert "2 takes (1, 2)" in refused.stderr
    done = run("data", "purge", "--older-than", "90d", "--yes")
    assert (done.exit_code, done.stdout) == (0, "Erased.\n")
    assert [row["id"] for row in content(practised)["takes"]] == [3]
    assert "There is nothing to erase." in run("data", "purge", "--older-than", "90 days").stderr


def test_a_person_is_asked_before_a_purge(practised: Path) -> None:
    """No is no, and yes is yes."""
    for answer, left in (("n", 3), ("y", 2)):
        terminal = Terminal(command("data", "purge", "--take", "2"), {**os.environ})
        terminal.wait_for("Erase it for good? [y/N]")
        terminal.press(f"{answer}\n")
        terminal.wait_for("erased" if answer == "n" else "Erased")
        terminal.process.wait()
        assert len(content(practised)["takes"]) == left


def test_a_session_and_everything(practised: Path, tmp_path: Path) -> None:
    """Old data folders that a restore left are named, for they hold the same."""
    run("data", "export", tmp_path / "e.zip")
    run("data", "restore", tmp_path / "e.zip", "--yes")
    assert run("data", "purge", "--session", 1, "--yes").exit_code == 0
    assert [row["id"] for row in content(practised)["takes"]] == [3]
    asked = practised / "banks" / "real-interviews.yaml"
    asked.parent.mkdir()
    asked.write_text("# mine\n", encoding="utf-8")
    done = run("data", "purge", "--all", "--yes")
    assert "home.before-" in done.stderr
    assert f"What you were asked in real interviews is such a bank: {asked}" in done.stderr
    assert [name for name, rows in content(practised).items() if rows] == []
    assert files(practised) == {"banks/real-interviews.yaml": b"# mine\n"}


# --- how long recordings are kept -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("kept", "expected"),
    [("always", [True] * 3), ("30 days", [False, False, True]), ("never", [False] * 3)],
)
def test_recordings_are_kept_as_the_settings_say(practised: Path, kept: str, expected: list[bool]) -> None:
    """At the next start; everything else of a take stays."""
    (practised / "config.yaml").write_text(f"keep_audio: {kept}", encoding="utf-8")
    before = run("review", 1, "--json").objects[0]
    assert sound_of(practised) == expected
    assert {**before, "file": None} == {**run("review", 1, "--json").objects[0], "file": None}
    assert run("data", "recover", "--json").objects[0]["takes_without_recording"] == []
    assert sum(name.endswith(".wav") for name in files(practised)) == sum(expected)


@pytest.mark.parametrize("kept", ["sometimes", "-1 days", "0 days", "5", "{}"])
def test_a_time_that_cannot_be_meant_is_told(practised: Path, kept: str) -> None:
    """And until it is mended, everything is kept."""
    (practised / "config.yaml").write_text(f"keep_audio: {kept}", encoding="utf-8")
    refused = run("review")
    assert (refused.exit_code, "'keep_audio' must be" in refused.stderr) == (2, True)
    assert sound_of(practised) == [True] * 3


def test_never_is_as_soon_as_the_session_is_over(home: Path) -> None:
    """While it goes on, an answer can still be played; nothing of its sound is left when the command ends."""
    home.mkdir()
    (home / "config.yaml").write_text("keep_audio: never", encoding="utf-8")
    held = run("practice", "--samples", "always", "--engine", "none", "--json")
    assert (held.exit_code, [bool(each["file"]) for each in held.objects]) == (0, [True] * 3)
    assert "3 recordings removed, as keep_audio in config.yaml says" in held.stderr
    assert [name for name in files(home) if name.endswith(".wav")] == []


def test_a_take_without_sound_can_do_all_but_sound(practised: Path, tmp_path: Path) -> None:
    """Review shows it, its page has no voice, rescore says it cannot, progress counts it."""
    (practised / "config.yaml").write_text("keep_audio: never", encoding="utf-8")
    shown = run("review", 3, "--play", "--no-input")
    assert (shown.exit_code, "is not kept any more" in shown.stderr) == (0, True)
    assert "The recording is not kept." in shown.stdout
    page = run("review", 3, "--html", tmp_path / "page.html")
    assert (page.exit_code, "<audio" in (tmp_path / "page.html").read_text("utf-8")) == (0, False)
    again = run("data", "rescore", 3, "--engine", "none", "--force")
    assert (again.exit_code, "its recording is not kept any more" in again.stderr) == (0, True)
    assert run("progress").exit_code == 0
    corrected = run("review", 3, "--word", "0:00", "changed", "--json")
    assert corrected.objects[0]["words"][0]["text"] == "changed"


def test_a_session_that_goes_on_keeps_its_sound(practised: Path) -> None:
    """Another mockint that starts meanwhile removes nothing of it; when it was left for long, it is over."""
    (practised / "config.yaml").write_text("keep_audio: never", encoding="utf-8")
    for asked_at, is_kept in ((datetime.now(timezone.utc), True), (LONG_AGO, False)):
        (take_id,) = practise(practised, asked_at=asked_at, is_over=False)
        run("data", "where")
        with Store(practised) as store:
            assert (store.take(take_id).audio is not None) == is_kept


def test_a_page_goes_with_its_recording(practised: Path) -> None:
    """It holds the voice too, also one of two takes side by side; pages of other takes stay."""
    pages = practised / "pages"
    run("review", 1, "--html", pages / "take-1.html")
    for name in ("takes-1-3.html", "take-3.html", "progress.html"):
        (pages / name).write_text("a page", encoding="utf-8")
    (practised / "config.yaml").write_text("keep_audio: 30 days", encoding="utf-8")
    run("data", "where")
    assert {page.name for page in pages.iterdir()} == {"take-3.html", "progress.html"}
