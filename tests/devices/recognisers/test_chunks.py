"""Where an answer is cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockint.devices.recognisers.chunks import Chunk, Chunker, ChunkSettings
from mockint.model import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from mockint.model import Samples

WINDOW = 512
WINDOW_S = WINDOW / SAMPLE_RATE_HZ


class LoudnessDetector:
    """Hears speech wherever the sound is not silent: the truth of a signal made of tone and silence."""

    window_samples = WINDOW

    def __init__(self) -> None:
        self._rest = np.zeros(0, np.float32)

    def feed(self, samples: Samples) -> list[float]:
        self._rest = np.concatenate([self._rest, samples])
        count = len(self._rest) // WINDOW
        windows = self._rest[: count * WINDOW].reshape(count, WINDOW)
        self._rest = self._rest[count * WINDOW :]
        return [float(np.abs(window).max()) for window in windows]


def sound(*stretches: tuple[str, float]) -> Samples:
    """("speech" or "silence", seconds) one after another."""
    pieces = [np.full(round(s * SAMPLE_RATE_HZ), 0.9 if kind == "speech" else 0.0, np.float32) for kind, s in stretches]
    return np.concatenate(pieces)


def cut(samples: Samples, block: int = 800) -> list[Chunk]:
    chunker = Chunker(LoudnessDetector())
    chunks = [c for start in range(0, len(samples), block) for c in chunker.feed(samples[start : start + block])]
    last = chunker.finish()
    return chunks if last is None else [*chunks, last]


def speech_in(chunk: Chunk) -> float:
    return float(np.count_nonzero(chunk.samples)) / SAMPLE_RATE_HZ


def test_silence_makes_no_chunk() -> None:
    """A recogniser is never handed sound without speech: it would invent words."""
    assert cut(sound(("silence", 30))) == []


def test_a_short_answer_is_one_chunk() -> None:
    """Speech that ends before any cut is due comes out whole."""
    [chunk] = cut(sound(("silence", 3), ("speech", 4), ("silence", 1)))
    assert speech_in(chunk) == 4


def test_a_chunk_begins_before_its_speech() -> None:
    """A detector misses a quiet first uh, so sound from before the speech is kept."""
    [chunk] = cut(sound(("silence", 3), ("speech", 4)))
    assert chunk.start_s == pytest.approx(3 - ChunkSettings().lead_in_s, abs=2 * WINDOW_S)


def test_a_long_pause_ends_even_a_short_chunk() -> None:
    """After a long silence what was said is transcribed at once: the answer may be over."""
    chunks = cut(sound(("speech", 2), ("silence", 2), ("speech", 2)))
    assert [speech_in(chunk) for chunk in chunks] == [2, 2]


def test_a_short_pause_ends_only_a_long_chunk() -> None:
    """The longer the chunk, the shorter the pause that ends it."""
    short = cut(sound(("speech", 4), ("silence", 0.4), ("speech", 4)))
    long = cut(sound(("speech", 13), ("silence", 0.4), ("speech", 4)))
    assert (len(short), len(long)) == (1, 2)


def test_speech_without_a_pause_is_cut_before_it_is_too_long() -> None:
    """Whisper hears 30 s at once; no sample is lost or doubled at a forced cut."""
    samples = sound(("speech", 70))
    chunks = cut(samples)
    assert max(len(chunk.samples) / SAMPLE_RATE_HZ for chunk in chunks) <= ChunkSettings().longest_s
    assert np.array_equal(np.concatenate([chunk.samples for chunk in chunks]), samples)


@given(
    st.lists(
        st.tuples(st.sampled_from(["speech", "silence"]), st.sampled_from([0.1, 0.3, 0.7, 2.0, 7.0])), max_size=12
    ),
    st.sampled_from([1, 160, 513, 800, 16_000]),
)
def test_cuts_do_not_depend_on_the_size_of_the_blocks(stretches: list[tuple[str, float]], block: int) -> None:
    """The same sound gives the same chunks, however it was handed over."""
    samples = sound(("silence", 0.1), *stretches)
    block = max(block, 64)
    one, other = cut(samples, block), cut(samples, len(samples))
    assert [(c.start_s, c.samples.tobytes()) for c in one] == [(c.start_s, c.samples.tobytes()) for c in other]


@given(st.lists(st.tuples(st.sampled_from(["speech", "silence"]), st.floats(0.05, 5)), max_size=12))
def test_all_speech_is_in_exactly_one_chunk(stretches: list[tuple[str, float]]) -> None:
    """Nothing said is left out, and nothing is transcribed twice."""
    samples = sound(("silence", 0.1), *stretches)
    whole_windows = samples[: len(samples) // WINDOW * WINDOW]
    spoken_windows = np.abs(whole_windows.reshape(-1, WINDOW)).max(axis=1) > 0
    expected = np.count_nonzero(whole_windows.reshape(-1, WINDOW)[spoken_windows])
    assert sum(np.count_nonzero(chunk.samples) for chunk in cut(samples)) >= expected
    assert sum(np.count_nonzero(chunk.samples) for chunk in cut(samples)) <= np.count_nonzero(samples)
