"""A whole spoken interview on a sound card: asked aloud, answered into the microphone, heard, stored.

Only the person is played: a recorded answer goes into the virtual microphone, and somebody listens to the loudspeaker.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from faults import fault
from terminal import PATIENCE_S, Terminal, command

import mockint

if TYPE_CHECKING:
    from sound_card import SoundCard

ANSWER = Path(mockint.__file__).parent / "sample_answers" / "went-wrong.ogg"
SHORT_ANSWER_S = 4.0


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The environment of a person with an empty data home and a terminal of 80 columns."""
    return {**os.environ, "MOCKINT_HOME": str(tmp_path / "home"), "TERM": "xterm", "COLUMNS": "80"}


def review(environment: dict[str, str]) -> list[dict[str, Any]]:
    shown = subprocess.run(command("review", "--json"), env=environment, capture_output=True, check=True, text=True)
    return [json.loads(line) for line in shown.stdout.splitlines()]


def test_a_spoken_answer_is_asked_for_heard_and_stored(sound_card: SoundCard, environment: dict[str, str]) -> None:
    """The real voice asks, the real microphone hears, the real recogniser transcribes; silence ends the answer."""
    words = command("practice", "--question", "went-wrong", "--silence", "3", "--json")
    with sound_card.ears() as ears:
        session = subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        question = ears.heard_speech(PATIENCE_S)
        sound_card.speak_into_microphone(ANSWER).wait(PATIENCE_S)
        stdout, stderr = session.communicate(timeout=PATIENCE_S)
    assert session.returncode == 0, stderr
    assert np.abs(question).max() > 0.05
    [result] = [json.loads(line) for line in stdout.splitlines()]
    said = " ".join(word["text"].lower() for word in result["words"])
    assert "planned the move of our small office" in said.replace(",", "").replace(".", "")
    assert any(filler["kind"] == "filled_pause" for filler in result["fillers"])
    assert result.pop("refined_delay_s") >= result["result_delay_s"]  # told once, not stored
    assert review(environment) == [result]


def test_a_person_at_a_terminal_answers_sees_the_card_and_quits(
    sound_card: SoundCard, environment: dict[str, str]
) -> None:
    """Enter ends the answer; the card comes; t shows the transcript; q ends the session."""
    terminal = Terminal(command("practice", "starter", "--count", "2", "--no-voice"), environment)
    terminal.wait_for("Enter: I have finished")
    terminal.watch(sound_card.speak_into_microphone(ANSWER))
    terminal.press("\n")
    terminal.wait_for("[q] quit")
    assert "Take 1" in terminal.shown
    assert "Pace" in terminal.shown
    terminal.press("t")
    terminal.wait_for("discourse marker")
    terminal.press("q")
    assert terminal.process.wait(PATIENCE_S) == 0
    assert [result["take"] for result in review(environment)] == [1]


@fault("Ctrl-C", says="kept as take 1", kept="what was spoken")
def test_ctrl_c_in_an_answer_keeps_it(sound_card: SoundCard, environment: dict[str, str]) -> None:
    """Exit code 130, one sentence, and what was said is there: it is scored when it is looked at."""
    terminal = Terminal(command("practice", "starter", "--count", "1", "--no-voice"), environment)
    terminal.wait_for("Enter: I have finished")
    terminal.watch(sound_card.speak_into_microphone(ANSWER))
    terminal.process.send_signal(signal.SIGINT)
    terminal.wait_for("kept as take 1")
    assert terminal.process.wait(PATIENCE_S) == 130
    [result] = review(environment)
    assert result["duration_s"] > SHORT_ANSWER_S
    assert result["words"]


@fault(
    "the microphone is unplugged, or the sound server restarted",
    says="stopped delivering sound",
    kept="the answer up to then, scored",
)
def test_a_microphone_that_is_lost_ends_the_session_and_keeps_the_answer(
    fragile_sound_card: SoundCard, environment: dict[str, str]
) -> None:
    """Exit code 3; the answer up to then is stored and scored."""
    terminal = Terminal(command("practice", "starter", "--count", "2", "--no-voice"), environment)
    terminal.wait_for("Enter: I have finished")
    terminal.watch(fragile_sound_card.speak_into_microphone(ANSWER))
    fragile_sound_card.stop()
    terminal.wait_for("stopped delivering sound")
    assert terminal.process.wait(PATIENCE_S) == 3
    [result] = review(environment)
    assert result["words"]


@fault("there is no sound device", says="This computer has no microphone.", kept="everything")
@pytest.mark.skipif(Path("/proc/asound/cards").exists(), reason="this computer has a sound card of its own")
def test_without_any_sound_device_practice_says_so(environment: dict[str, str]) -> None:
    """Exit code 3, and what to do about it."""
    alone = {name: value for name, value in environment.items() if not name.startswith(("PULSE", "ALSA", "XDG"))}
    shown = subprocess.run(
        command("practice", "--no-input"), env=alone, capture_output=True, text=True, check=False, timeout=PATIENCE_S
    )
    assert (shown.returncode, shown.stdout) == (3, "")
    assert "This computer has no microphone." in shown.stderr
