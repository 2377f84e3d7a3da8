"""Moonshine, with its real weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import signals

import mockint
from mockint.devices.audiofile import read_audio
from mockint.devices.recognisers.chunks import ChunkSettings
from mockint.devices.recognisers.moonshine import Moonshine, read_vocabulary, spread
from mockint.model import SAMPLE_RATE_HZ

ANSWER = Path(mockint.__file__).parent / "sample_answers" / "disagreed-with-colleague.ogg"


@pytest.fixture(scope="module")
def moonshine() -> Moonshine:
    return Moonshine()


def test_words_are_spread_over_the_chunk_in_order(moonshine: Moonshine) -> None:
    """It has no word times of its own: estimates begin at 0, follow each other, and end with the chunk."""
    samples = read_audio(ANSWER).recording.samples[: 8 * SAMPLE_RATE_HZ]
    words = spread(moonshine.hear(samples), 8)
    assert "disagreed" in [word.text.lower().strip(".,") for word in words]
    assert words[0].start_s == 0
    assert [word.end_s for word in words[:-1]] == [word.start_s for word in words[1:]]
    assert words[-1].end_s == pytest.approx(8)


def test_every_word_has_a_confidence_between_0_and_1(moonshine: Moonshine) -> None:
    """So has every filler that was nearly written."""
    heard = moonshine.hear(read_audio(ANSWER).recording.samples[: 12 * SAMPLE_RATE_HZ])
    chances = [word.confidence for word in heard]
    chances += [word.filler_chance for word in heard if word.filler_chance is not None]
    assert chances
    assert all(0 <= chance <= 1 for chance in chances)


def test_a_filled_pause_is_heard(moonshine: Moonshine) -> None:
    """The answer holds one about ten seconds in; it is written, or nearly."""
    heard = moonshine.hear(read_audio(ANSWER).recording.samples[9 * SAMPLE_RATE_HZ : 12 * SAMPLE_RATE_HZ])
    assert any(word.filler_chance is not None for word in heard)


def test_a_tenth_of_a_second_of_silence_holds_no_filled_pause(moonshine: Moonshine) -> None:
    """Sound shorter than the encoder needs is padded, and nothing is claimed in it."""
    assert [word for word in moonshine.hear(signals.silence(0.1)) if word.filler_chance is not None] == []


def test_the_longest_chunk_is_decoded_without_a_loop(moonshine: Moonshine) -> None:
    """Noise for as long as a chunk may be: decoding ends."""
    noise = signals.white_noise(ChunkSettings().longest_s, level_dbfs=-30)
    assert len(moonshine.hear(noise)) <= 1 + 6.5 * ChunkSettings().longest_s


def test_the_same_sound_gives_the_same_words(moonshine: Moonshine) -> None:
    """Nothing is kept from chunk to chunk."""
    samples = read_audio(ANSWER).recording.samples[: 4 * SAMPLE_RATE_HZ]
    first = moonshine.hear(samples)
    moonshine.hear(np.flip(samples))
    assert moonshine.hear(samples) == first


def test_the_vocabulary_is_read_with_lengths_of_one_and_two_bytes() -> None:
    """A length from 128 up takes a second byte."""
    long = "x" * 130
    content = bytes([2]) + b"um" + bytes([128 + 130 % 128, 130 // 128]) + long.encode() + bytes([0])
    assert read_vocabulary(content) == ("um", long, "")
