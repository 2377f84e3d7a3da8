"""The voice speaks every question, or says why it could not; it never hangs and never prints."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from sound_card import likeness

from mockint.devices.voice import Pyttsx3Voice, SilentVoice, find_voice, list_voices
from mockint.errors import UsageProblem, VoiceProblem
from mockint.model import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sound_card import SoundCard

PATIENCE_S = 10.0
MARK = "MOCKINT_TEST_RUN"
HAS_SOUND_HARDWARE = any(Path("/proc/asound").glob("card[0-9]*"))
QUESTIONS = ("Tell me about yourself.", "Why do you want to work here, of all places?")


def test_every_question_is_heard(sound_card: SoundCard, capfd: pytest.CaptureFixture[str]) -> None:
    """Two questions in a row both come out of the loudspeaker, whole, and nothing is printed."""
    voice = Pyttsx3Voice()
    with sound_card.ears() as ears:
        for question in QUESTIONS:
            voice.say(question)
            assert likeness(voice.synthesise(question).samples, ears.heard()) > 0.95
    assert capfd.readouterr() == ("", "")


def test_the_same_question_twice_is_never_silent() -> None:
    """What is said again sounds again: each utterance has a synthesiser of its own."""
    voice = Pyttsx3Voice()
    first, second = voice.synthesise(QUESTIONS[0]), voice.synthesise(QUESTIONS[0])
    np.testing.assert_array_equal(first.samples, second.samples)
    assert np.abs(first.samples).max() > 0.1
    assert first.sample_rate_hz == SAMPLE_RATE_HZ


@pytest.mark.parametrize(
    "text", ["Why “here”? A naïve café, 50 % \N{CHECK MARK}", "--help", "<b>R&D</b> [[x]]", "Line one.\nLine two.\0"]
)
def test_any_text_can_be_spoken(text: str) -> None:
    """Punctuation, other scripts, markup and what looks like an option are only text."""
    assert Pyttsx3Voice().synthesise(text).duration_s > 0.3


def test_long_question_is_spoken_to_its_end() -> None:
    """Ten times the text takes about ten times as long."""
    once = Pyttsx3Voice().synthesise(QUESTIONS[1]).duration_s
    assert Pyttsx3Voice().synthesise(" ".join([QUESTIONS[1]] * 10)).duration_s == pytest.approx(10 * once, rel=0.1)


def test_rate_and_voice_are_obeyed() -> None:
    """A faster voice is done sooner; another voice sounds different."""
    usual = Pyttsx3Voice().synthesise(QUESTIONS[1])
    fast = Pyttsx3Voice(rate_wpm=300).synthesise(QUESTIONS[1])
    other = Pyttsx3Voice(voice="English (America)").synthesise(QUESTIONS[1])
    assert fast.duration_s < 0.8 * usual.duration_s
    assert likeness(other.samples, usual.samples) < 0.9


def test_nothing_to_say() -> None:
    """An empty text takes no time and no device."""
    Pyttsx3Voice(device="no such device").say(" \n")


def test_text_without_any_sound() -> None:
    """Where the synthesiser makes nothing of a text, that is said and not played as silence."""
    with pytest.raises(VoiceProblem, match="gave no sound"):
        Pyttsx3Voice().synthesise("\N{ZERO WIDTH SPACE}")


def test_voices_are_listed() -> None:
    """The system's voices have an id, a name and their languages."""
    voices = list_voices()
    assert any("en" in language for voice in voices for language in voice.languages)
    assert len({voice.id for voice in voices}) == len(voices)


def test_unknown_voice_is_answered_with_the_nearest_names() -> None:
    """A slip in a voice's name is answered with what was probably meant."""
    name = find_voice(list_voices()[0].id).name
    with pytest.raises(UsageProblem, match="There is no voice") as caught:
        Pyttsx3Voice(voice=f"{name}q")
    assert name in caught.value.hint


def test_unknown_loudspeaker_is_a_problem_of_the_voice(sound_card: SoundCard) -> None:
    """A question that cannot be played is a VoiceProblem: the session goes on."""
    with pytest.raises(VoiceProblem, match="no loudspeaker no such device"):
        Pyttsx3Voice(device="no such device").say(QUESTIONS[0])


def test_lost_loudspeaker_is_a_problem_of_the_voice(fragile_sound_card: SoundCard) -> None:
    """Without a sound server nothing hangs."""
    fragile_sound_card.stop()
    with pytest.raises(VoiceProblem):
        Pyttsx3Voice().say(QUESTIONS[0])


@pytest.mark.skipif(HAS_SOUND_HARDWARE, reason="this machine has sound hardware")
def test_no_sound_device_at_all() -> None:
    """Where no device exists, the voice says so in a sentence, and nothing else is printed."""
    program = (
        "from mockint.devices.voice import Pyttsx3Voice\n"
        "from mockint.errors import VoiceProblem\n"
        "try: Pyttsx3Voice().say('Hello.')\n"
        "except VoiceProblem as problem: print(problem.problem)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PULSE_SERVER": "unix:/nowhere"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("This computer has no loudspeaker.\n", "")


def test_interrupt_silences_the_voice(sound_card: SoundCard) -> None:
    """Ctrl-C in the middle of a question ends it."""
    with sound_card.ears() as ears, speaking(QUESTIONS[0] * 50) as session:
        while not ears.heard(after_s=0.1).any():
            pass
        session.send_signal(signal.SIGINT)
        _, errors = session.communicate(timeout=PATIENCE_S)
        ears.heard()
        assert not ears.heard().any()
    assert errors.splitlines()[-1] == "KeyboardInterrupt"
    wait_until_gone()


def test_interrupt_leaves_no_synthesiser_behind(sound_card: SoundCard) -> None:
    """Ctrl-C while a very long text is still being synthesised takes the synthesiser along."""
    with speaking(QUESTIONS[0] * 50_000) as session:
        while not any(b"mockint.devices.speak_once" in (process / "cmdline").read_bytes() for process in speakers()):
            pass
        session.send_signal(signal.SIGINT)
        _, errors = session.communicate(timeout=PATIENCE_S)
    assert errors.splitlines()[-1] == "KeyboardInterrupt"
    wait_until_gone()


@contextmanager
def speaking(text: str) -> Iterator[subprocess.Popen[str]]:
    """A process that says `text`; it and its children bear a mark in their environment."""
    program = "import sys; from mockint.devices.voice import Pyttsx3Voice; Pyttsx3Voice().say(sys.stdin.read())"
    with subprocess.Popen(
        [sys.executable, "-c", program],
        env={**os.environ, MARK: str(os.getpid())},
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as session:
        assert session.stdin is not None
        session.stdin.write(text)
        session.stdin.close()
        session.stdin = None
        yield session


def wait_until_gone() -> None:
    """A killed process is gone only when the kernel has taken its memory back, a moment after its parent has left."""
    give_up = time.monotonic() + PATIENCE_S
    while speakers():
        assert time.monotonic() < give_up, "a synthesiser was left behind"


def speakers() -> list[Path]:
    """The processes that bear the mark of this test run."""
    mark, found = f"{MARK}={os.getpid()}\0".encode(), []
    for environment in Path("/proc").glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):  # other people's processes, and those that have just ended
            if mark in environment.read_bytes():
                found.append(environment.parent)
    return found


def test_silent_voice_says_nothing(sound_card: SoundCard) -> None:
    """The stand-in returns at once and plays nothing."""
    with sound_card.ears() as ears:
        SilentVoice().say(QUESTIONS[0])
        assert not ears.heard().any()
