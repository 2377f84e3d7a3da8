"""A second voice of clearly another pitch is noticed; one lively speaker is not two."""

from __future__ import annotations

import numpy as np
import pytest
import signals

from mockint.delivery.acoustics import analyse
from mockint.delivery.voices import second_voice_share
from mockint.model import SAMPLE_RATE_HZ, Recording


def share(*turns: tuple[int, float]) -> float | None:
    """The second voice's share in turns of (phrases, f0_hz); a phrase lasts a second, and half of one lies between."""
    room = signals.room_noise(0.5, level_dbfs=-65)
    phrases = [signals.words(1.0, f0_hz=f0_hz) for count, f0_hz in turns for _ in range(count)]
    samples = np.concatenate([room, *(part for phrase in phrases for part in (phrase, room))])
    return second_voice_share(analyse(Recording(samples=samples, sample_rate_hz=SAMPLE_RATE_HZ)))


def test_one_voice_has_no_second() -> None:
    """Its stretches differ by a few semitones."""
    assert share((4, 110), (4, 118), (4, 126)) is None


def test_two_voices_are_found_with_their_share() -> None:
    """A man speaks nine phrases and a woman three: a quarter."""
    assert share((5, 110), (3, 190), (4, 112)) == pytest.approx(0.25, abs=0.05)


def test_two_voices_of_like_pitch_are_not_found() -> None:
    """Pitch cannot tell them: nothing is claimed."""
    assert share((6, 110), (6, 125)) is None


def test_an_octave_is_no_other_voice() -> None:
    """A creaky voice falls by an octave, and trackers err by one."""
    assert share((6, 200), (6, 100)) is None


def test_a_word_from_somebody_else_is_too_little() -> None:
    """Below a seventh of the voice nothing is said."""
    assert share((12, 110), (1, 190)) is None


@pytest.mark.parametrize("silent", [0.0, 3.0])
def test_without_voice_there_is_nothing_to_tell(silent: float) -> None:
    """Silence, or no sound at all, has no pitch."""
    samples = signals.silence(silent)
    assert second_voice_share(analyse(Recording(samples=samples, sample_rate_hz=SAMPLE_RATE_HZ))) is None
