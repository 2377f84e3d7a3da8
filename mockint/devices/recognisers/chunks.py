"""Cuts an answer at its pauses while it is spoken, so that most of it is transcribed before it ends.

Recognisers take some seconds of sound at a time. A cut inside a word loses the word, and a chunk without speech makes
them invent some; so chunks begin a little before speech, end in a pause, and hold speech. The cuts depend on the sound
alone, not on the size of the blocks in which it came.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from mockint.model import SAMPLE_RATE_HZ, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mockint.model import Samples


class VoiceDetector(Protocol):
    """Says how likely each window of sound is to hold speech."""

    window_samples: int

    def feed(self, samples: Samples) -> Sequence[float]:
        """Return the probabilities, 0..1, of the windows that these samples complete."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Sound to transcribe: mono float32, 16 kHz; `start_s` is its place in the answer."""

    start_s: float
    samples: Samples

    @property
    def end_s(self) -> float:
        """Where it ends in the answer."""
        return self.start_s + len(self.samples) / SAMPLE_RATE_HZ


@dataclass(frozen=True, slots=True, kw_only=True)
class ChunkSettings:
    """Where to cut. Whisper hears at most 30 s at once and its time for a chunk hardly depends on its length."""

    speech_begins_at: float = 0.5
    """Probability; with `speech_ends_below`, the hysteresis that Silero's authors use."""
    speech_ends_below: float = 0.35
    lead_in_s: float = 1.5
    """Kept before the first speech: detectors miss a quiet first "uh"."""
    tail_s: float = 0.5
    """Kept after the last speech of a chunk, for the same reason."""
    enough_silence_s: tuple[tuple[float, float], ...] = ((0.0, 1.5), (6.0, 0.6), (12.0, 0.3), (18.0, 0.16))
    """(length so far, silence that ends it), in seconds: the longer the chunk, the shorter a pause will do."""
    longest_s: float = 25.0
    """A chunk as long as this is cut at its least speech-like moment."""
    search_back_s: float = 6.0
    """How far back from there that moment is looked for."""


class Chunker:
    """Feed it blocks of any size; it returns each chunk as soon as that chunk is complete."""

    def __init__(self, detector: VoiceDetector, settings: ChunkSettings | None = None) -> None:
        self._detector = detector
        self._settings = settings or ChunkSettings()
        self._window_s = detector.window_samples / SAMPLE_RATE_HZ
        self._held: list[Samples] = []
        self._held_from = 0  # index, in the answer, of the first sample still held
        self._heard = 0  # samples taken in so far
        self._probabilities: list[float] = []
        self._speaking = False
        self._speech: list[tuple[int, int]] = []  # in windows, [begin, end)
        self._chunk_from: int | None = None  # in windows; None while no speech waits to be cut

    @property
    def speech(self) -> tuple[Span, ...]:
        """Where speech was detected so far."""
        return tuple(Span(start_s=a * self._window_s, end_s=b * self._window_s) for a, b in self._speech)

    @property
    def silent_for_s(self) -> float | None:
        """Time since speech was last heard; None before the first speech."""
        if not self._speech:
            return None
        return (len(self._probabilities) - self._speech[-1][1]) * self._window_s

    def feed(self, samples: Samples) -> Iterator[Chunk]:
        """Take samples (float32, 16 kHz) and return the chunks that they complete."""
        self._held.append(samples)
        self._heard += len(samples)
        for probability in self._detector.feed(samples):
            chunk = self._advance(probability)
            if chunk is not None:
                yield chunk

    def finish(self) -> Chunk | None:
        """The answer is over: the last chunk, if speech is waiting in it."""
        if self._chunk_from is None:
            return None
        return self._cut(len(self._probabilities), last=True)

    def _advance(self, probability: float) -> Chunk | None:
        window = len(self._probabilities)
        self._probabilities.append(probability)
        threshold = self._settings.speech_ends_below if self._speaking else self._settings.speech_begins_at
        speaking = probability >= threshold
        if speaking and not self._speaking:
            self._speech.append((window, window + 1))
            if self._chunk_from is None:
                lead_in = round(self._settings.lead_in_s / self._window_s)
                self._chunk_from = max(window - lead_in, self._held_from // self._detector.window_samples)
        elif speaking:
            self._speech[-1] = (self._speech[-1][0], window + 1)
        self._speaking = speaking
        if self._chunk_from is None:
            self._forget_before(window + 1 - round(self._settings.lead_in_s / self._window_s))
            return None
        return self._cut_if_due(window + 1)

    def _cut_if_due(self, now: int) -> Chunk | None:
        assert self._chunk_from is not None  # noqa: S101 - the caller looked
        last_speech = self._speech[-1][1]
        length_s = (last_speech - self._chunk_from) * self._window_s
        silence_s = (now - last_speech) * self._window_s
        enough_s = [silence for length, silence in self._settings.enough_silence_s if length <= length_s][-1]
        if silence_s >= enough_s:
            return self._cut(min(now, last_speech + round(self._settings.tail_s / self._window_s)))
        if (now - self._chunk_from) * self._window_s >= self._settings.longest_s:
            back = round(self._settings.search_back_s / self._window_s)
            recent = self._probabilities[now - back : now]
            return self._cut(now - back + int(np.argmin(recent)))
        return None

    def _cut(self, end: int, *, last: bool = False) -> Chunk:
        assert self._chunk_from is not None  # noqa: S101 - only called where a chunk is open
        size = self._detector.window_samples
        held = np.concatenate(self._held)
        begin_sample, end_sample = self._chunk_from * size, self._heard if last else end * size
        chunk = Chunk(
            start_s=begin_sample / SAMPLE_RATE_HZ,
            samples=held[begin_sample - self._held_from : end_sample - self._held_from],
        )
        self._held = [held[end_sample - self._held_from :]]
        self._held_from = end_sample
        still_speaking = self._speech[-1][1] > end  # a forced cut: the rest of the sentence opens the next chunk
        self._chunk_from = end if still_speaking and not last else None
        return chunk

    def _forget_before(self, window: int) -> None:
        """Drop sound that no chunk can reach any more, so that an hour of silence holds no memory."""
        first = window * self._detector.window_samples
        while self._held and self._held_from + len(self._held[0]) <= first:
            self._held_from += len(self._held.pop(0))
