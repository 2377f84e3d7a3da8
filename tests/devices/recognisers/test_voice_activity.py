"""Where somebody speaks, with Silero's real weights."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import signals

import mockint
from mockint.devices.audiofile import read_audio
from mockint.devices.recognisers.voice_activity import VoiceActivity

if TYPE_CHECKING:
    from mockint.model import Samples

SPEECH_FROM = 0.5


@pytest.fixture(scope="module")
def answer() -> Samples:
    """An answer in a room that can be heard."""
    spoken = read_audio(Path(mockint.__file__).parent / "sample_answers" / "you-in-a-minute.ogg").recording.samples
    return spoken + signals.room_noise(len(spoken) / 16_000, level_dbfs=-50)[: len(spoken)]


def speech_share(samples: Samples) -> float:
    return float(np.mean(np.array(VoiceActivity().feed(samples)) >= SPEECH_FROM))


def test_what_it_says_does_not_depend_on_the_blocks(answer: Samples) -> None:
    """Windows that blocks cut in two are put together again."""
    whole = VoiceActivity().feed(answer[:50_000])
    detector = VoiceActivity()
    assert [p for at in range(0, 50_000, 777) for p in detector.feed(answer[at : min(at + 777, 50_000)])] == whole


@pytest.mark.parametrize("gain_db", [-24, -12, 6])
def test_a_quiet_or_loud_microphone_changes_little(answer: Samples, gain_db: float) -> None:
    """Quiet sound is turned up before it is judged."""
    turned = np.clip(answer * 10 ** (gain_db / 20), -1, 1).astype(np.float32)
    assert speech_share(turned) == pytest.approx(speech_share(answer), abs=0.05)


def test_turning_up_makes_no_speech_of_a_room() -> None:
    """Nor of digital silence."""
    assert speech_share(signals.room_noise(20, level_dbfs=-55)) == 0
    assert speech_share(signals.silence(5)) == 0
