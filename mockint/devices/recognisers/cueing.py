"""A recogniser that tells while somebody still speaks that a filler was heard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from mockint.delivery.word_classes import bare_word, is_filled_pause
from mockint.model import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mockint.devices.recognisers.listening import (
        ChunkedRecogniser,
        HeardUntil,
        ThreadedListening,
        TwoSpeedListening,
    )
    from mockint.model import NoTranscript, Samples, Transcript


class Watch(Protocol):
    """Decides when a cue is due."""

    def is_due(self, elapsed_s: float, filler_ends_s: Iterable[float]) -> bool:
        """Look at the fillers that were heard until now, by when they ended."""


class CueingRecogniser:
    """A recogniser as it is, with cues. watch: makes a fresh one for each answer; cue: is called when one is due."""

    def __init__(
        self, recogniser: ChunkedRecogniser, *, watch: Callable[[], Watch], cue: Callable[[float], None]
    ) -> None:
        self._recogniser = recogniser
        self._watch = watch
        self._cue = cue

    @property
    def name(self) -> str:
        """Engine and weights, with versions."""
        return self._recogniser.name

    def prepare(self) -> None:
        """Begin to load what is slow to load, and return at once."""
        self._recogniser.prepare()

    def listen(self, *, live: bool = True) -> CueingListening:
        """Begin one answer."""
        return CueingListening(self._recogniser.listen(live=live), self._watch(), self._cue)

    def transcribe(self, blocks: Iterable[Samples]) -> Transcript | NoTranscript:
        """Transcribe sound that is already there: nobody is there to be told."""
        return self._recogniser.transcribe(blocks)


class CueingListening:
    """One answer being transcribed while it is spoken. Only sounds count: words are judged when all is known."""

    def __init__(
        self, listening: ThreadedListening | TwoSpeedListening, watch: Watch, cue: Callable[[float], None]
    ) -> None:
        self._listening = listening
        self._watch = watch
        self._cue = cue
        self._elapsed_s = 0.0
        self._looked_at: HeardUntil | None = None

    @property
    def silent_for_s(self) -> float | None:
        """Seconds since speech was last heard; None before the first speech."""
        return self._listening.silent_for_s

    def hear(self, samples: Samples) -> None:
        """Take the next samples, and cue where that is due. Returns at once."""
        self._listening.hear(samples)
        self._elapsed_s += len(samples) / SAMPLE_RATE_HZ
        heard = self._listening.so_far
        if heard is self._looked_at:  # it is replaced as a whole after each chunk
            return
        self._looked_at = heard
        ends_s = (word.end_s for word in heard.words if is_filled_pause(bare_word(word.text)))
        if self._watch.is_due(self._elapsed_s, ends_s):
            self._cue(self._elapsed_s)

    def first(self) -> Transcript | NoTranscript | None:
        """There is no more: what can be told at once."""
        return self._listening.first()

    def finish(self) -> Transcript | NoTranscript:
        """There is no more: wait for what is still to be transcribed and return all of it."""
        return self._listening.finish()
