"""What is seen in the sound, frame by frame."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import numpy as np
import pytest
import signals
from hypothesis import given, settings
from hypothesis import strategies as st

from mockint.delivery.acoustics import SILENCE_DBFS, FrameAnalyser, analyse, level_dbfs
from mockint.model import SAMPLE_RATE_HZ, Recording

if TYPE_CHECKING:
    from mockint.delivery.acoustics import Frames
    from mockint.model import Samples

SPEECH = signals.spoken([0.4, 0.9]).samples


def seen(samples: Samples) -> Frames:
    return analyse(Recording(samples=samples, sample_rate_hz=SAMPLE_RATE_HZ))


@settings(deadline=None)  # a busy machine is no failure
@given(st.lists(st.integers(0, 40_000), max_size=12))
def test_the_frames_do_not_depend_on_the_block_sizes(sizes: list[int]) -> None:
    """Blocks of any size give the same frames to the last bit."""
    analyser = FrameAnalyser(SAMPLE_RATE_HZ)
    for block in np.split(SPEECH, np.cumsum(sizes).clip(0, len(SPEECH))):
        analyser.feed(block)
    frames, expected = analyser.finish(), seen(SPEECH)
    for field in fields(expected):
        np.testing.assert_array_equal(getattr(frames, field.name), getattr(expected, field.name), err_msg=field.name)


@pytest.mark.parametrize("count", [0, 1, 159, 160, 161, 3200, 16_000, 16_001])
def test_every_sample_belongs_to_one_frame(count: int) -> None:
    """There is a frame for every hop that has begun, however short the sound."""
    frames = seen(np.zeros(count, dtype=np.float32))
    assert frames.count == -(-count // 160)
    assert {len(getattr(frames, name)) for name in ("noise_dbfs", "bands_dbfs", "voicing", "f0_hz")} == {frames.count}
    assert frames.duration_s == count / SAMPLE_RATE_HZ


def test_the_samples_are_not_kept() -> None:
    """A minute of sound leaves frames of less than half its size."""
    analyser = FrameAnalyser(SAMPLE_RATE_HZ)
    minute = signals.room_noise(60.0, level_dbfs=-50)
    analyser.feed(minute)
    frames = analyser.finish()
    size = sum(value.nbytes for field in fields(frames) if isinstance(value := getattr(frames, field.name), np.ndarray))
    assert size < minute.nbytes / 2


def test_level_is_rms_below_full_scale() -> None:
    """A sound of -26 dBFS has that level in every frame inside it."""
    frames = seen(signals.white_noise(1.0, level_dbfs=-26))
    assert np.median(frames.level_dbfs) == pytest.approx(-26, abs=0.5)
    assert level_dbfs(signals.white_noise(1.0, level_dbfs=-26)) == pytest.approx(-26, abs=0.1)


def test_digital_silence_is_the_lowest_level_and_unvoiced() -> None:
    """Nothing but zeros: no level, no voice, no pitch, no change."""
    frames = seen(signals.silence(1.0))
    assert set(frames.level_dbfs) == {np.float32(SILENCE_DBFS)}
    assert frames.voicing.max() == 0
    assert np.isnan(frames.f0_hz).all()
    assert frames.spectral_change_db.max() == 0
    assert level_dbfs(signals.silence(0.0)) == SILENCE_DBFS


def test_an_offset_of_the_microphone_changes_nothing() -> None:
    """A constant added to the samples leaves levels and voicing as they were."""
    plain, shifted = seen(SPEECH), seen(SPEECH + np.float32(0.1))
    np.testing.assert_allclose(shifted.level_dbfs, plain.level_dbfs, atol=0.1)
    np.testing.assert_allclose(shifted.voicing, plain.voicing, atol=0.02)


@pytest.mark.parametrize("f0_hz", [85.0, 120.0, 220.0, 400.0])
def test_pitch_is_found_from_a_low_voice_to_a_child(f0_hz: float) -> None:
    """The pitch of a held vowel is right to one per cent."""
    frames = seen(signals.vowel(0.5, f0_hz=f0_hz))
    assert np.nanmedian(frames.f0_hz) == pytest.approx(f0_hz, rel=0.01)


@pytest.mark.parametrize(
    "sound", [signals.fricative(0.5), signals.whisper(0.5), signals.white_noise(0.5, level_dbfs=-30)]
)
def test_noise_is_unvoiced(sound: Samples) -> None:
    """Fricatives, whispers and white noise have no pitch in four of five frames."""
    assert np.isnan(seen(sound).f0_hz[3:-3]).mean() > 0.8


def test_the_noise_floor_follows_the_room_under_speech() -> None:
    """The room is heard between the words, and speech does not raise it."""
    frames = seen(signals.spoken([0.5] * 8, room_dbfs=-50).samples)
    room = seen(signals.room_noise(10.0, level_dbfs=-50))
    np.testing.assert_allclose(frames.noise_dbfs, np.median(room.noise_dbfs), atol=2)


def test_the_noise_floor_of_a_room_alone_is_its_level() -> None:
    """Where nobody speaks, the room is its own floor."""
    frames = seen(signals.room_noise(10.0, level_dbfs=-50))
    assert np.median(frames.level_dbfs - frames.noise_dbfs) < 3


def test_a_held_sound_changes_less_than_one_that_moves() -> None:
    """Spectral change is small inside a vowel and large where one vowel gives way to another."""
    frames = seen(np.concatenate([signals.vowel(0.3, sound="schwa"), signals.vowel(0.3, sound="i")]))
    assert frames.spectral_change_db[8:22].max() < 3
    assert frames.spectral_change_db[28:32].max() > 6


def test_clipping_is_counted() -> None:
    """A voice that is turned up too high hits full scale; a full-scale tone does not stay there."""
    assert seen(signals.clipped(SPEECH)).clipped_share.max() > 0.15
    assert seen(signals.vowel(0.5, level_dbfs=-10)).clipped_share.max() == 0


def test_samples_that_are_no_numbers_are_silence() -> None:
    """A broken driver's NaN does not spread."""
    broken = SPEECH.copy()
    broken[8000:8100] = np.nan
    assert np.isfinite(seen(broken).level_dbfs).all()


@pytest.mark.parametrize("rate_hz", [8_000, 16_000, 44_100, 48_000])
def test_times_do_not_depend_on_the_sample_rate(rate_hz: int) -> None:
    """A tone at any rate has its level and a hop of 10 ms."""
    tone = (0.1 * np.sin(2 * np.pi * 200 * np.arange(rate_hz) / rate_hz)).astype(np.float32)
    frames = analyse(Recording(samples=tone, sample_rate_hz=rate_hz))
    assert frames.count == 100
    assert frames.hop_s == pytest.approx(0.010)
    assert np.median(frames.level_dbfs) == pytest.approx(-23, abs=0.3)
