"""Silent pauses, from the sound. Tolerance: one frame hop in a quiet room, `EDGE_S` where the sound is disturbed."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
import signals

from mockint.delivery.acoustics import analyse
from mockint.delivery.pauses import PauseSettings, find_answer, find_pauses, find_speech_sounds
from mockint.model import SAMPLE_RATE_HZ, Recording, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mockint.delivery.acoustics import Frames
    from mockint.model import Samples

PAUSES_S = [0.3, 0.6, 1.2, 2.5]


def seen(samples: Samples) -> Frames:
    return analyse(Recording(samples=samples, sample_rate_hz=SAMPLE_RATE_HZ))


def farthest_edge_s(found: Sequence[Span], truth: Sequence[Span]) -> float:
    """How far off the worst edge is; as many spans must have been found as there are."""
    assert len(found) == len(truth)
    return max(
        max(abs(one.start_s - other.start_s), abs(one.end_s - other.end_s))
        for one, other in zip(found, truth, strict=True)
    )


@pytest.mark.parametrize("room_dbfs", [None, -75.0, -65.0, -55.0])
def test_pauses_are_found_to_the_edge(room_dbfs: float | None) -> None:
    """In digital silence and in quiet rooms, each edge is right to two hops: the fade of a vowel is one of them."""
    built = signals.spoken(PAUSES_S, room_dbfs=room_dbfs)
    found = find_pauses(seen(built.samples), signals.as_detector_hears(built.speech))
    assert farthest_edge_s(found, built.pauses) <= 2 * signals.HOP_S + 1e-6


@pytest.mark.parametrize("room_dbfs", [None, -75.0, -55.0, -45.0])
def test_pauses_are_found_without_a_detector(room_dbfs: float | None) -> None:
    """The sound alone tells them too."""
    built = signals.spoken(PAUSES_S, room_dbfs=room_dbfs)
    assert farthest_edge_s(find_pauses(seen(built.samples), None), built.pauses) <= signals.EDGE_S


@pytest.mark.parametrize(("gap_s", "count"), [(0.10, 0), (0.20, 0), (0.30, 1), (0.50, 1)])
def test_a_pause_lasts_a_quarter_of_a_second(gap_s: float, count: int) -> None:
    """Shorter silences, as before the burst of a stop, are no pauses."""
    built = signals.spoken([gap_s])
    assert len(find_pauses(seen(built.samples), signals.as_detector_hears(built.speech, late_s=0.0))) == count


def test_the_threshold_is_a_setting() -> None:
    """Long pauses alone can be asked for."""
    built = signals.spoken(PAUSES_S)
    found = find_pauses(seen(built.samples), built.speech, PauseSettings(shortest_pause_s=1.0))
    assert farthest_edge_s(found, built.pauses[2:]) <= signals.EDGE_S


def test_the_wait_before_and_the_silence_after_are_not_pauses() -> None:
    """The answer runs from the first sound of speech to the last."""
    built = signals.spoken([0.5], lead_s=3.0, tail_s=4.0)
    frames = seen(built.samples)
    answer = find_answer(frames, built.speech)
    assert answer is not None
    assert farthest_edge_s([answer], [built.answer]) <= signals.EDGE_S
    assert len(find_pauses(frames, built.speech)) == 1


@pytest.mark.parametrize("detected", [True, False])
@pytest.mark.parametrize("sound", [signals.click(), signals.breath(0.3)], ids=["click", "breath"])
def test_a_click_or_a_breath_does_not_end_a_pause(sound: Samples, detected: bool) -> None:
    """A pause with a mouse button or a breath in it is one pause."""
    built = signals.spoken([0.8, 1.2], in_pauses=sound)
    found = find_pauses(seen(built.samples), signals.as_detector_hears(built.speech) if detected else None)
    assert farthest_edge_s(found, built.pauses) <= signals.EDGE_S


def test_a_filled_pause_is_sound() -> None:
    """An um of 0.5 s between two silences leaves two pauses, even where the detector missed it."""
    um = signals.vowel(0.5, sound="schwa", level_dbfs=signals.SPEECH_DBFS - 10)
    built = signals.spoken([1.5], in_pauses=um)
    before = built.pauses[0]
    found = find_pauses(seen(built.samples), built.speech)
    truth = [
        Span(start_s=before.start_s, end_s=before.start_s + 0.5),
        Span(start_s=before.start_s + 1.0, end_s=before.end_s),
    ]
    assert farthest_edge_s(found, truth) <= signals.EDGE_S


def test_a_fricative_at_the_edge_of_a_word_is_speech() -> None:
    """A final s that the detector cut off still belongs to its word."""
    word, s = signals.words(0.6), signals.fricative(0.18)
    samples = np.concatenate([signals.silence(1.0), word, s, signals.silence(0.7), word, signals.silence(1.0)])
    samples += signals.room_noise(len(samples) / SAMPLE_RATE_HZ, level_dbfs=-65)
    detected = [Span(start_s=1.0, end_s=1.6), Span(start_s=2.48, end_s=3.08)]
    found = find_pauses(seen(samples), detected)
    assert farthest_edge_s(found, [Span(start_s=1.78, end_s=2.48)]) <= signals.EDGE_S


def test_a_fading_word_is_heard_to_its_end() -> None:
    """A vowel that sinks by 24 dB does not become a pause before it is over."""
    quiet = [signals.vowel(0.15, level_dbfs=signals.SPEECH_DBFS - down_db) for down_db in (0, 8, 16, 24)]
    samples = np.concatenate([signals.silence(1.0), *quiet, signals.silence(0.5), quiet[0], signals.silence(1.0)])
    samples += signals.room_noise(len(samples) / SAMPLE_RATE_HZ, level_dbfs=-65)
    found = find_pauses(seen(samples), [Span(start_s=0.99, end_s=1.5), Span(start_s=2.1, end_s=2.3)])
    assert farthest_edge_s(found, [Span(start_s=1.6, end_s=2.1)]) <= signals.EDGE_S


@pytest.mark.parametrize("f0_hz", [85.0, 220.0, 400.0])
def test_every_voice_is_heard(f0_hz: float) -> None:
    """From a low voice to a child's."""
    built = signals.spoken(PAUSES_S, f0_hz=f0_hz)
    assert farthest_edge_s(find_pauses(seen(built.samples), None), built.pauses) <= signals.EDGE_S


@pytest.mark.parametrize("level_dbfs", [-50.0, -12.0])
def test_the_level_of_the_recording_does_not_matter(level_dbfs: float) -> None:
    """Quiet and loud recordings with the same room beneath them have the same pauses."""
    built = signals.spoken(PAUSES_S, level_dbfs=level_dbfs, room_dbfs=level_dbfs - 35)
    assert farthest_edge_s(find_pauses(seen(built.samples), None), built.pauses) <= signals.EDGE_S


@pytest.mark.parametrize("disturbance", ["offset", "hum", "clipping", "telephone"])
def test_bad_recordings_keep_their_pauses(disturbance: str) -> None:
    """An offset, hum, clipping and a telephone's band do not move the edges."""
    built = signals.spoken(PAUSES_S)
    disturbed = {
        "offset": built.samples + np.float32(0.05),
        "hum": built.samples + signals.hum(len(built.samples) / SAMPLE_RATE_HZ, level_dbfs=-45),
        "clipping": signals.clipped(built.samples),
        "telephone": signals.telephone(built.samples),
    }[disturbance]
    found = find_pauses(seen(disturbed), signals.as_detector_hears(built.speech))
    assert farthest_edge_s(found, built.pauses) <= signals.EDGE_S


def test_whispered_speech_is_heard_where_the_detector_hears_it() -> None:
    """Speech without a voice needs the detector's word."""
    whispered = signals.whisper(1.0)
    samples = np.concatenate([signals.silence(1), whispered, signals.silence(0.6), whispered, signals.silence(1)])
    samples += signals.room_noise(len(samples) / SAMPLE_RATE_HZ, level_dbfs=-70)
    speech = [Span(start_s=1.0, end_s=2.0), Span(start_s=2.6, end_s=3.6)]
    assert farthest_edge_s(find_pauses(seen(samples), speech), [Span(start_s=2.0, end_s=2.6)]) <= signals.EDGE_S


@pytest.mark.parametrize(
    "samples",
    [
        signals.silence(3.0),
        signals.white_noise(3.0, level_dbfs=-40),
        signals.room_noise(30.0, level_dbfs=-40),
        signals.hum(3.0),
        signals.silence(0.0),
        np.full(16_000, 0.3, dtype=np.float32),
    ],
    ids=["zeros", "white noise", "room noise", "hum", "nothing", "offset alone"],
)
@pytest.mark.parametrize("speech", [None, ()])
def test_where_nobody_speaks_there_is_no_answer(samples: Samples, speech: tuple[Span, ...] | None) -> None:
    """A room, a hum, an offset: no answer and no pauses, whether or not there is a detector."""
    frames = seen(samples)
    assert find_answer(frames, speech) is None
    assert find_pauses(frames, speech) == ()


def test_music_is_no_answer_where_the_detector_hears_no_speech() -> None:
    """Chords are voiced; only a detector can tell them from speech."""
    assert find_answer(seen(np.concatenate([signals.silence(1.0), signals.chord(2.0)])), ()) is None


def test_a_single_short_word_is_an_answer() -> None:
    """Two tenths of a second of speech in a longer silence are found."""
    built = signals.spoken([], stretch_s=0.2)
    assert find_answer(seen(built.samples), None) is not None


def test_sounds_come_in_order_and_apart() -> None:
    """The stretches of speech never touch."""
    built = signals.spoken([0.2, 0.3, 0.17, 1.0])
    sounds = find_speech_sounds(seen(built.samples), None)
    assert all(before.end_s < after.start_s for before, after in pairwise(sounds))


def test_a_fan_that_is_switched_on_hides_no_pause() -> None:
    """Where the room grows loud in mid-answer, the detector's pauses stand while the noise floor catches up."""
    built = signals.spoken([0.8] * 8)
    length_s = len(built.samples) / SAMPLE_RATE_HZ
    fan = signals.white_noise(length_s, level_dbfs=-45)
    fan[: len(fan) // 2] = 0
    found = find_pauses(seen(built.samples + fan), signals.as_detector_hears(built.speech))
    assert farthest_edge_s(found, built.pauses) <= 2 * signals.EDGE_S


def test_short_pauses_in_a_loud_room_are_not_swallowed_by_a_late_detector() -> None:
    """A detector that ends two windows late does not shorten a pause below the threshold."""
    built = signals.spoken([0.3, 0.4, 0.3], room_dbfs=-45)
    found = find_pauses(seen(built.samples), signals.as_detector_hears(built.speech))
    assert farthest_edge_s(found, built.pauses) <= signals.EDGE_S


def test_what_drowns_in_the_room_is_speech_where_the_detector_hears_it() -> None:
    """A murmur that no level shows leaves two pauses, one on either side of it."""
    built = signals.spoken([1.5], room_dbfs=-40)
    pause = built.pauses[0]
    murmur = Span(start_s=pause.start_s + 0.5, end_s=pause.start_s + 1.0)
    found = find_pauses(seen(built.samples), [built.speech[0], murmur, built.speech[1]])
    truth = [Span(start_s=pause.start_s, end_s=murmur.start_s), Span(start_s=murmur.end_s, end_s=pause.end_s)]
    assert farthest_edge_s(found, truth) <= 2 * signals.EDGE_S + signals.HOP_S
