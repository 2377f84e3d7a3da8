"""`mockint doctor`, and how well mockint hears its user, on a passage read by the real synthesiser."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
from running import run
from terminal import PATIENCE_S, Terminal, command

import mockint
from mockint.devices.voice import Pyttsx3Voice
from mockint.hearing import PASSAGE

if TYPE_CHECKING:
    from sound_card import SoundCard

SAMPLES = Path(mockint.__file__).parent / "sample_answers"


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The passage, read aloud."""
    spoken = Pyttsx3Voice().synthesise(PASSAGE)
    path = tmp_path_factory.mktemp("reading") / "passage.wav"
    soundfile.write(path, spoken.samples, spoken.sample_rate_hz)
    return path


def test_a_recording_of_the_passage_is_compared_and_stored(home: Path, reading: Path) -> None:
    """Every filler is found, nearly every word is right, and doctor remembers it; the sound is not kept."""
    shown = run("doctor", "--voice", "--recording", reading, "--json")
    assert shown.exit_code == 0
    [found] = shown.objects
    assert (found["planted_filler_count"], found["found_filler_count"], found["false_filler_count"]) == (6, 6, 0)
    assert found["word_count"] == 63
    assert found["word_error"] < 0.15
    assert (found["microphone"], found["caveat"]) == (None, None)
    with sqlite3.connect(home / "mockint.db") as database:
        rows = database.execute("SELECT engine, found_filler_count FROM hearing_checks").fetchall()
    assert rows == [(found["engine"], 6)]
    assert list(home.rglob("*.wav")) == []
    [hearing] = [check for check in run("doctor", "--json").objects if check["name"] == "hearing"]
    assert hearing["detail"].startswith("6 of 6 fillers found")


@pytest.mark.usefixtures("home")
def test_poor_hearing_is_said_with_every_result_that_is_heard_so(reading: Path, tmp_path: Path) -> None:
    """By the same engine and from recordings; of another engine or the sample answers nothing is known."""
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers" / "one.ogg").write_bytes((SAMPLES / "went-wrong.ogg").read_bytes())
    [found] = run("doctor", "--voice", "--recording", reading, "--engine", "moonshine", "--json").objects
    poor = found["caveat"]
    assert poor.startswith("In your recordings mockint ")

    practice = ("practice", "starter", "--json", "--engine")
    [by_moonshine] = run(*practice, "moonshine", "--answers", tmp_path / "answers").objects
    [by_none] = run(*practice, "none", "--answers", tmp_path / "answers").objects
    samples = run(*practice, "moonshine", "--samples", "always").objects
    assert poor in by_moonshine["caveats"]
    assert poor not in by_none["caveats"]
    assert [result for result in samples if poor in result["caveats"]] == []
    assert poor in run("review", by_moonshine["take"], "--json").objects[0]["caveats"]


@pytest.mark.parametrize(
    ("recording", "sentence"),
    [(SAMPLES / "went-wrong.ogg", "What was heard is not the passage"), (None, "No word was heard.")],
)
def test_what_cannot_be_compared_is_not_stored(
    home: Path, tmp_path: Path, recording: Path | None, sentence: str
) -> None:
    """Something else was read, or nothing: that tells nothing of how well it was heard."""
    if recording is None:
        recording = tmp_path / "silence.wav"
        soundfile.write(recording, np.zeros(16_000), 16_000)
    shown = run("doctor", "--voice", "--recording", recording, "--json")
    assert (shown.exit_code, shown.stdout) == (1, "")
    assert sentence in shown.stderr
    assert not (home / "mockint.db").exists()


@pytest.mark.usefixtures("home")
def test_options_of_the_voice_check_go_only_with_it(tmp_path: Path) -> None:
    """Doctor alone has no use for a recording."""
    shown = run("doctor", "--recording", tmp_path / "a.wav")
    assert (shown.exit_code, "That option goes with --voice." in shown.stderr) == (2, True)


def test_the_passage_is_read_into_the_microphone(sound_card: SoundCard, home: Path, reading: Path) -> None:
    """It is shown with its fillers marked; Enter ends it; the microphone's name is kept with what was found."""
    environment = {**os.environ, "MOCKINT_HOME": str(home), "TERM": "xterm", "COLUMNS": "80"}
    terminal = Terminal(command("doctor", "--voice"), environment)
    terminal.wait_for("Enter: I have finished")
    assert "[um]" in terminal.shown
    terminal.watch(sound_card.speak_into_microphone(reading))
    terminal.press("\n")
    terminal.wait_for("Fillers  6 of 6 found, 0 heard that were none")
    assert terminal.process.wait(PATIENCE_S) == 0
    with sqlite3.connect(home / "mockint.db") as database:
        [(microphone, body)] = database.execute("SELECT microphone, body FROM hearing_checks").fetchall()
    assert microphone
    assert json.loads(body)["found_filler_count"] == 6
    assert list(home.rglob("*.wav")) == []


@pytest.mark.skipif(Path("/proc/asound/cards").exists(), reason="this computer has a sound card of its own")
def test_without_a_microphone_the_passage_is_shown_all_the_same(home: Path) -> None:
    """It can be recorded with anything else."""
    alone = {name: value for name, value in os.environ.items() if not name.startswith(("PULSE", "ALSA", "XDG"))}
    shown = subprocess.run(
        command("doctor", "--voice"),
        env={**alone, "MOCKINT_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_S,
    )
    assert (shown.returncode, shown.stdout) == (3, "")
    assert "[uh]" in shown.stderr
    assert "mockint doctor --voice --recording FILE" in shown.stderr


def test_each_check_has_its_lines_in_a_column(home: Path) -> None:
    """However long the detail or the fix is."""
    folder = home / ("a-long-name-" * 8)
    folder.mkdir(parents=True)
    (folder / "config.yaml").write_text("engine: none\nmicrophone: none has this name\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("MOCKINT_HOME", str(folder))
        lines = run("doctor").stdout.splitlines()
    assert all(line.startswith((" " * 17, "ok   ", "FIX  ")) for line in lines)
    assert max(map(len, lines)) <= 80
