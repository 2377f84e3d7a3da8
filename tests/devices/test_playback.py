"""What is played is heard, whole, and can be stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
from sound_card import likeness

from mockint.devices.playback import play, play_file
from mockint.errors import AudioFileProblem, NoAudioDevice, UsageProblem
from mockint.model import SAMPLE_RATE_HZ, Recording

if TYPE_CHECKING:
    from pathlib import Path

    from sound_card import SoundCard


def test_recording_is_heard_to_its_last_sample(sound_card: SoundCard, speech: Recording) -> None:
    """The end is not cut off: a beep of a tenth of a second at the very end comes through in full."""
    time_s = np.arange(SAMPLE_RATE_HZ // 10) / SAMPLE_RATE_HZ
    beep = (0.9 * np.sin(2 * np.pi * 1_000 * time_s)).astype(np.float32)
    samples = np.concatenate([speech.samples, beep])
    with sound_card.ears() as ears:
        play(Recording(samples=samples, sample_rate_hz=SAMPLE_RATE_HZ))
        heard = ears.heard()
    assert likeness(beep, heard) > 0.95


def test_stored_take_is_played(sound_card: SoundCard, speech: Recording, tmp_path: Path) -> None:
    """A file is played as it sounds."""
    soundfile.write(tmp_path / "take.flac", speech.samples, SAMPLE_RATE_HZ, subtype="PCM_16")
    with sound_card.ears() as ears:
        play_file(tmp_path / "take.flac")
        assert likeness(speech.samples, ears.heard()) > 0.95


def test_playing_can_be_stopped(sound_card: SoundCard) -> None:
    """A minute of sound ends as soon as the listener has had enough."""
    minute = Recording(samples=np.full(60 * SAMPLE_RATE_HZ, 0.1, np.float32), sample_rate_hz=SAMPLE_RATE_HZ)
    asked: list[bool] = []

    def enough() -> bool:
        asked.append(True)
        return len(asked) == 3

    play(minute, stop=enough)
    assert len(asked) == 3


def test_unknown_loudspeaker(sound_card: SoundCard, speech: Recording) -> None:
    """A slip in a loudspeaker's name is a wrong use, answered with what there is."""
    with pytest.raises(UsageProblem, match="There is no loudspeaker plse") as caught:
        play(speech, device="plse")
    assert "Did you mean pulse?" in caught.value.hint


def test_lost_loudspeaker(fragile_sound_card: SoundCard) -> None:
    """A loudspeaker that goes away in mid-sound is NoAudioDevice; nothing hangs."""
    minute = Recording(samples=np.zeros(2 * SAMPLE_RATE_HZ, np.float32), sample_rate_hz=SAMPLE_RATE_HZ)
    polls: list[bool] = []

    def unplug() -> bool:
        if not polls:
            fragile_sound_card.stop()
        polls.append(True)
        return False

    with pytest.raises(NoAudioDevice):
        play(minute, stop=unplug)


def test_missing_file(tmp_path: Path) -> None:
    """A take whose file is gone is named before any device is touched."""
    with pytest.raises(AudioFileProblem, match="There is no file"):
        play_file(tmp_path / "gone.flac")
