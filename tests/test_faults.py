"""Whatever goes wrong around mockint ends in a sentence, loses nothing that was kept, and can be mended."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone
from random import Random
from typing import TYPE_CHECKING

import faults
import numpy as np
import pytest
import soundfile
from faults import fault
from practised import NOON, content, practise
from running import run

from mockint.data_folder import DATABASE_NAME
from mockint.devices import voice
from mockint.store.exporting import export_home
from mockint.store.home import HOME_VARIABLE
from mockint.store.takes import Store

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PATIENCE_S = 120
ANSWER_S = 20
HEARS_CTRL_C = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
"""A shell's background jobs are born deaf to it."""
ANSWERING = ("practice", "--question", "went-wrong", "--engine", "none", "--no-input", "--answers")


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """A recorded answer of 20 s: 640 kB in the data folder."""
    folder = tmp_path / "answers"
    folder.mkdir()
    tone = np.sin(np.arange(ANSWER_S * 16_000) / 10).astype(np.float32) / 4
    soundfile.write(folder / "went-wrong.wav", tone, 16_000)
    return folder


def mockint(*words: object, home: Path, before: str = "") -> Sequence[str]:
    """Return the words that run a command in a process of its own. before: a line of Python to run first."""
    script = f"import os, sys; os.environ['MOCKINT_HOME'] = {str(home)!r}\n{before}\n"
    return [sys.executable, "-c", f"{script}from mockint.cli.main import run; run()", *map(str, words)]


def test_the_table_tells_what_the_tests_declare() -> None:
    """Print it anew with: python tests/faults.py."""
    assert faults.table() in (faults.TESTS.parent / "CONTRIBUTING.md").read_text("utf-8")


def test_each_test_looks_for_the_sentence_that_it_declares() -> None:
    """In what it asserts, not in what it says of itself."""
    assert [each.test for each in faults.declared() if not each.looks_for_it] == []


# --- disks ----------------------------------------------------------------------------------------

FULL_AT = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (450_000, 450_000))"


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")
@fault("the disk is full while an answer is spoken", says="The recording cannot be written", kept="what was spoken")
def test_a_full_disk_keeps_what_was_spoken(home: Path, answers: Path) -> None:
    """With the seconds that are kept; with room again, the take is there and the next one is recorded."""
    practise(home)
    ended = subprocess.run(
        mockint(*ANSWERING, answers, home=home, before=FULL_AT),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_S,
    )
    assert (ended.returncode, "The recording cannot be written" in ended.stderr) == (1, True), ended.stderr
    with Store(home) as store:
        store.recover()
        [earlier, take] = store.takes()
        assert (earlier.result is not None, 5 < take.duration_s < ANSWER_S) == (True, True)
        assert store.survey().is_well
    assert run(*ANSWERING, answers).exit_code == 0


@pytest.mark.skipif(sys.platform != "linux", reason="a read-only folder is made by means of Linux")
@fault("the data folder may not be written to", says="cannot be opened", kept="everything")
def test_a_folder_that_may_only_be_read_is_told(home: Path) -> None:
    """By its own rights, or, for root, whom rights do not stop, because its disk is mounted so."""
    practise(home)
    before = content(home)
    shown = subprocess.run(
        [*read_only(home), *mockint("review", home=home)],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_S,
    )
    home.chmod(0o700)
    assert (shown.returncode, "cannot be opened" in shown.stderr) == (1, True), shown.stderr
    assert (content(home), run("review").exit_code) == (before, 0)


def read_only(folder: Path) -> Sequence[str]:
    """Return what goes before a command so that the folder is read-only for it."""
    if os.geteuid() != 0:
        folder.chmod(0o500)
        for path in folder.glob(f"{DATABASE_NAME}*"):
            path.chmod(0o400)
        return []
    seal = ["unshare", "--mount", "--", "sh", "-c"]
    mount = f"mount --bind '{folder}' '{folder}' && mount -o remount,bind,ro '{folder}'"
    if subprocess.run([*seal, mount], check=False, capture_output=True).returncode:
        pytest.skip("nothing can be mounted here")
    return [*seal, f'{mount} && exec "$@"', "sh"]


@fault("a recording was deleted by hand", says="is not kept any more", kept="transcript and score")
def test_a_recording_that_was_deleted_is_missed(home: Path) -> None:
    """It is named where it is wanted, and where one looks for such things; everything else is shown."""
    practise(home)
    [recording] = (home / "recordings").rglob("*.wav")
    recording.unlink()
    played = run("review", "last", "--play")
    assert "is not kept any more" in played.stderr
    assert "Take 1 has no recording any more." in run("data", "recover").stdout
    assert run("review").exit_code == 0


# --- the database ---------------------------------------------------------------------------------


@fault("the database is cut short", says="is damaged", kept="the recordings; a backup brings the rest back")
def test_a_database_that_is_cut_short_is_told(home: Path, tmp_path: Path) -> None:
    """By every command; a backup puts it right."""
    practise(home)
    export_home(home, tmp_path / "backup.zip", created_at=NOON, advance=lambda _: None)
    path = home / DATABASE_NAME
    path.write_bytes(path.read_bytes()[:6000])
    shown = run("review")
    assert (shown.exit_code, "is damaged" in shown.stderr) == (1, True), shown.stderr
    assert len(list((home / "recordings").rglob("*.wav"))) == 1
    assert run("data", "restore", tmp_path / "backup.zip", "--yes").exit_code == 0
    assert run("review").exit_code == 0


def test_bytes_that_turned_over_in_the_database_never_end_a_command_without_a_sentence(home: Path) -> None:
    """Wherever they are: either all can be read, or it is said what cannot."""
    practise(home, take_count=3)
    path = home / DATABASE_NAME
    whole = path.read_bytes()
    chance = Random(1)  # noqa: S311 - seeded, so that it can be done again
    for _ in range(40):
        torn = bytearray(whole)
        for _ in range(chance.choice((1, 20, 500))):
            torn[chance.randrange(len(torn))] = chance.randrange(256)
        path.write_bytes(torn)
        for words in (("review",), ("data", "recover")):
            shown = run(*words)
            assert shown.exit_code == 0 or shown.stderr.startswith("mockint: ")


@fault("the log of the database is torn by a power cut", says="All is well", kept="all but what its torn part told")
def test_a_log_of_the_database_that_is_torn_costs_only_what_was_in_its_torn_part(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite's write-ahead log."""
    torn = tmp_path / "torn"
    with Store(home) as store:
        store.begin_session(bank_id="bank", mode="practice", started_at=NOON)
    with Store(home) as store:
        for minute in range(5):
            store.begin_session(bank_id="bank", mode="practice", started_at=NOON + timedelta(minutes=minute))
        shutil.copytree(home, torn)
    log = torn / f"{DATABASE_NAME}-wal"
    log.write_bytes(log.read_bytes()[: log.stat().st_size // 2])
    (torn / f"{DATABASE_NAME}-shm").unlink()
    with Store(torn) as store:
        assert store.session(1).id == 1
    monkeypatch.setenv(HOME_VARIABLE, str(torn))
    assert "All is well" in run("data", "recover").stdout


@fault("a restore is killed while folders change places", says="A restore was cut off", kept="both data folders")
def test_a_restore_that_was_killed_at_its_worst_moment_is_told(home: Path, tmp_path: Path) -> None:
    """Nothing empty takes the place of what was there; the same restore goes through."""
    practise(home)
    export_home(home, tmp_path / "backup.zip", created_at=NOON, advance=lambda _: None)
    home.rename(tmp_path / "home.before-20260301-120000")
    (tmp_path / ".home-x.mockint-part").mkdir()
    shown = run("review")
    assert (shown.exit_code, "A restore was cut off" in shown.stderr, home.exists()) == (1, True, False), shown.stderr
    assert "home.before-20260301-120000: rename it" in shown.stderr
    assert run("data", "restore", tmp_path / "backup.zip", "--yes").exit_code == 0
    assert run("review").exit_code == 0


# --- other programs, clocks, devices, people ------------------------------------------------------


JUMPING = """
from datetime import datetime, timedelta, timezone
from itertools import cycle
from mockint.cli import wiring
days = cycle([0, 4000, -4000])
wiring.now = lambda: datetime.now(timezone.utc) + timedelta(days=next(days))
"""


@fault(
    "the clock jumps, or was wrong once",
    says="from the future",
    kept="everything; what is due goes by the takes of the past",
)
def test_takes_from_the_future_are_told(home: Path, answers: Path) -> None:
    """Nothing rests for years because of them; a clock that jumps while somebody answers disturbs nothing."""
    practise(home, asked_at=datetime.now(timezone.utc) + timedelta(days=4000))
    words = mockint(*ANSWERING, answers, "--no-voice", home=home, before=JUMPING)
    jumped = subprocess.run(words, capture_output=True, text=True, check=False, timeout=PATIENCE_S)
    assert jumped.returncode == 0, jumped.stderr
    assert [run(*words).exit_code for words in (("review", "2"), ("progress",), ("data", "recover"))] == [0, 0, 0]
    shown = run()
    assert (shown.exit_code, "from the future" in shown.stderr) == (0, True), shown.stderr


@fault("a second mockint practises at the same time", says="kept as take 1", kept="the answers of both")
def test_two_may_practise_at_once(home: Path, answers: Path, tmp_path: Path) -> None:
    """The one is being answered, for long enough, while the other comes and goes."""
    (tmp_path / "long").mkdir()
    soundfile.write(tmp_path / "long" / "went-wrong.wav", np.zeros(10 * ANSWER_S * 16_000, np.float32), 16_000)
    words = mockint(*ANSWERING, tmp_path / "long", "--realtime", "--no-voice", home=home, before=HEARS_CTRL_C)
    first = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    wait_for_sound(home)
    assert run(*ANSWERING, answers, "--no-voice").exit_code == 0
    first.send_signal(signal.SIGINT)
    _, said = first.communicate(timeout=PATIENCE_S)
    assert "kept as take 1" in said, said
    with Store(home) as store:
        one, two = store.takes()
        assert (one.duration_s < two.duration_s, store.survey().is_well) == (True, True)


@fault(
    "the voice hangs", says="did not answer within", kept="everything; the question is printed, and practice goes on"
)
def test_a_voice_that_hangs_is_done_without(home: Path, answers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No synthesiser is as quick as this one would have to be."""
    monkeypatch.setattr(voice, "SYNTHESIS_LIMIT_S", 0.001)
    shown = run(*ANSWERING, answers)
    assert (shown.exit_code, "did not answer within" in shown.stderr) == (0, True), shown.stderr
    with Store(home) as store:
        assert len(store.takes()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
@fault("mockint is killed, or the power fails", says="was cut off", kept="what was spoken, and all before")
def test_what_was_spoken_is_there_at_the_next_start(home: Path, answers: Path) -> None:
    """Whatever is done first then."""
    practise(home)
    words = mockint(*ANSWERING, answers, "--realtime", "--no-voice", home=home)
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    wait_for_sound(home, take_count=2)
    process.kill()
    process.communicate(timeout=PATIENCE_S)
    shown = run("data", "recover")
    assert (shown.exit_code, "was cut off" in shown.stderr) == (0, True), shown.stderr
    assert "All is well" in shown.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
@fault("Ctrl-C, and again, and again", says="Stopped.", kept="what was spoken")
@pytest.mark.parametrize("between_s", [0.0, 0.02, 0.1, 0.3])
def test_ctrl_c_again_and_again_loses_nothing(home: Path, answers: Path, between_s: float) -> None:
    """One sentence, once, whatever the first was doing when the others came."""
    words = mockint(*ANSWERING, answers, "--realtime", "--no-voice", home=home, before=HEARS_CTRL_C)
    # Without the tests' watch over the network: a Ctrl-C in the middle of that is told of by Python, and swallowed.
    unwatched = {**os.environ, "PYTHONPATH": ""}
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=unwatched)
    wait_for_sound(home)
    for _ in range(3):
        process.send_signal(signal.SIGINT)
        time.sleep(between_s)
    _, said = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, "Stopped." in said, "Traceback" in said) == (130, True, False), said
    with Store(home) as store:
        store.recover()
        [take] = store.takes()
        assert (take.duration_s > 0, store.survey().is_well) == (True, True)


def wait_for_sound(home: Path, *, take_count: int = 1) -> None:
    """Return when there are so many recordings of half a second."""
    give_up = time.monotonic() + PATIENCE_S
    while sum(path.stat().st_size > 16_000 for path in (home / "recordings").rglob("*.wav")) < take_count:
        assert time.monotonic() < give_up, "nothing was recorded"
        time.sleep(0.01)
