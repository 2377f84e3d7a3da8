"""Being told of a filler while one still speaks."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

import mockint
from mockint.devices.audiofile import read_audio
from mockint.devices.recognisers.cueing import CueingRecogniser
from mockint.devices.recognisers.listening import ChunkedRecogniser, Heard
from mockint.devices.recognisers.voice_activity import VoiceActivity
from mockint.drills.turns import CueWatch
from mockint.model import SAMPLE_RATE_HZ, Transcript, Word

if TYPE_CHECKING:
    from mockint.model import Samples

SAMPLE_ANSWERS = Path(mockint.__file__).parent / "sample_answers"
PATIENCE_BLOCKS, BLOCK_S = 6000, 0.01


class Engine:
    """An engine that hears the same word in every chunk."""

    name = "test engine 1"
    caveats: tuple[str, ...] = ()

    def __init__(self, word: str) -> None:
        self._word = word

    def prepare(self) -> None:
        pass

    def transcribe(self, samples: Samples) -> Heard:
        return Heard(words=(Word(text=self._word, start_s=0.0, end_s=len(samples) / SAMPLE_RATE_HZ),))


@pytest.fixture(scope="module")
def answer() -> Samples:
    """Half a minute of speech."""
    return read_audio(SAMPLE_ANSWERS / "you-in-a-minute.ogg").recording.samples


@pytest.mark.parametrize("has_quick_engine", [False, True])
def test_a_filler_is_told_while_the_answer_goes_on(answer: Samples, has_quick_engine: bool) -> None:
    """By whoever is never behind; the transcript is the plain recogniser's own."""
    cues: list[float] = []
    was_cued = threading.Event()

    def cue(at_s: float) -> None:
        cues.append(at_s)
        was_cued.set()

    quick = Engine("Um,") if has_quick_engine else None
    plain = ChunkedRecogniser(Engine("Um,"), VoiceActivity, quick=quick)
    listening = CueingRecogniser(plain, watch=CueWatch, cue=cue).listen()
    listening.hear(answer)
    for _ in range(PATIENCE_BLOCKS):  # the speaker goes on, in silence, until the chunks before are transcribed
        listening.hear(np.zeros(round(BLOCK_S * SAMPLE_RATE_HZ), np.float32))
        if was_cued.wait(BLOCK_S):
            break
    assert len(cues) == 1
    assert cues[0] >= len(answer) / SAMPLE_RATE_HZ
    assert isinstance(listening.finish(), Transcript)


def test_words_give_no_cue(answer: Samples) -> None:
    """Whether a like is a filler is told when all is known."""
    cues: list[float] = []
    listening = CueingRecogniser(
        ChunkedRecogniser(Engine("like"), VoiceActivity), watch=CueWatch, cue=cues.append
    ).listen()
    for start in range(0, len(answer), SAMPLE_RATE_HZ):
        listening.hear(answer[start : start + SAMPLE_RATE_HZ])
    heard = listening.finish()
    assert isinstance(heard, Transcript)
    listening.hear(answer[:0])  # by now everything was transcribed
    assert cues == []
