"""The engines that mockint itself is made for: Moonshine, a primed Whisper, and both together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockint.devices.recognisers.fusion import (
    SEGMENTATIONS,
    claimed_fillers,
    heard_in_stretches,
    possible_fillers,
    snapped_to_sound,
)
from mockint.devices.recognisers.listening import Heard
from mockint.devices.recognisers.moonshine import Moonshine, spread
from mockint.devices.recognisers.possible_fillers import bare
from mockint.devices.recognisers.weights import MOONSHINE_DECODER, WHISPER_BASE_MODEL
from mockint.devices.recognisers.whisper import Whisper
from mockint.errors import NoRecogniser
from mockint.model import SAMPLE_RATE_HZ, FillerCandidate

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from mockint.devices.recognisers.listening import Engine
    from mockint.devices.recognisers.possible_fillers import HeardWord
    from mockint.model import Samples, Word

FAST, PRIMED, LITERAL = "moonshine", "whisper", "whisper, literal"
"""The names under which fillers are claimed: `LITERAL` is the best text, `PRIMED` what was nearly written, too."""
LEAST_CONFIDENCE = 0.1
"""What Whisper writes on speech has a word above it; where no word of the chunk is Moonshine's too (5 of 73 chunks of
recordings), it has a likely one. Of 53 pieces of music in which Whisper wrote something, none has both, or a likely
one, but for a siren's "whoa, whoa, whoa"."""
LIKELY = 0.5
"""Likelier than not."""
REPEATED_FROM = 3
"""One word so many times, and no other, is a siren's "whoa" unless both listeners write it."""
BOTH = (LITERAL, PRIMED, *(f"{FAST}, {name}" for name in SEGMENTATIONS))


def best_installed(whisper_folder: Path | None = None) -> Engine:
    """Return both listeners, or Whisper alone where Moonshine has no weights for this machine. Raises NoRecogniser."""
    primed = PrimedListener(whisper_folder)
    try:
        MOONSHINE_DECODER.locate()
    except NoRecogniser:
        return primed
    return BothListeners(whisper_folder)


class FastListener:
    """Moonshine alone, on short chunks: quick, keeps some fillers, and its word times are estimates."""

    def __init__(self, moonshine: Moonshine | None = None, *, speaks_for: tuple[str, ...] = (FAST,)) -> None:
        """speaks_for: the listeners in whose name it claims fillers, until they have listened themselves."""
        if moonshine is None:
            MOONSHINE_DECODER.locate()
        self._moonshine = moonshine or Moonshine()
        self._speaks_for = speaks_for
        self.name = self._moonshine.name
        self.caveats: tuple[str, ...] = ("Word times are estimates: this engine gives none.",)

    def prepare(self) -> None:
        """Load the weights."""
        self._moonshine.prepare()

    def transcribe(self, samples: Samples) -> Heard:
        """Transcribe one chunk."""
        heard = self._moonshine.hear(samples)
        placed = list(zip(heard, spread(heard, len(samples) / SAMPLE_RATE_HZ), strict=True))
        claims = tuple(
            FillerCandidate(
                text=bare(word.text),
                start_s=word.start_s,
                end_s=word.end_s,
                heard_by=name,
                confidence=said.filler_chance,
            )
            for said, word in placed
            if said.filler_chance is not None
            for name in self._speaks_for
        )
        words = tuple(word for said, word in placed if said.written)
        return Heard(words=words, filler_candidates=claims, listeners=self._speaks_for)


class PrimedListener:
    """Whisper alone, primed to keep fillers: two opinions instead of four, so it is wrong more often."""

    def __init__(self, folder: Path | None = None) -> None:
        if folder is None:
            for part in WHISPER_BASE_MODEL:
                part.locate()
        self._whisper = Whisper(folder)
        self.name = self._whisper.name
        self.caveats: tuple[str, ...] = ("Whisper listened alone: filler counts are less sure than with Moonshine.",)

    def prepare(self) -> None:
        """Load the weights."""
        self._whisper.prepare()

    def transcribe(self, samples: Samples) -> Heard:
        """Transcribe one chunk."""
        encoded = self._whisper.encode(samples)
        words = snapped_to_sound(self._whisper.transcribe(encoded), samples)
        if not words:
            return Heard(listeners=(LITERAL, PRIMED))
        claims = possible_fillers(self._whisper, encoded, samples, self._whisper.hear(encoded), PRIMED)
        return Heard(
            words=words,
            filler_candidates=(*claimed_fillers(words, LITERAL), *claims),
            listeners=(LITERAL, PRIMED),
        )


class BothListeners:
    """Moonshine and Whisper together: Whisper's words and times, and every filler that either wrote or nearly wrote."""

    caveats: tuple[str, ...] = ()

    def __init__(self, whisper_folder: Path | None = None) -> None:
        self._moonshine = Moonshine()
        self._whisper = Whisper(whisper_folder)
        self.name = f"{self._moonshine.name} + {self._whisper.name}"

    def quick(self) -> FastListener:
        """The quick half of this engine, on the same weights."""
        return FastListener(self._moonshine, speaks_for=BOTH)

    def prepare(self) -> None:
        """Load both."""
        self._moonshine.prepare()
        self._whisper.prepare()

    def transcribe(self, samples: Samples) -> Heard:
        """Transcribe one chunk with both; nothing is heard where nobody seems to have spoken."""
        encoded = self._whisper.encode(samples)
        words = snapped_to_sound(self._whisper.transcribe(encoded), samples)
        if not words:
            return Heard(listeners=BOTH)
        opinions = {
            f"{FAST}, {name}": heard_in_stretches(self._moonshine, samples, cut) for name, cut in SEGMENTATIONS.items()
        }
        if not _somebody_spoke(words, opinions.values()):
            return Heard(listeners=BOTH)
        opinions[PRIMED] = self._whisper.hear(encoded)
        claims = [
            claim
            for name, heard in opinions.items()
            for claim in possible_fillers(self._whisper, encoded, samples, heard, name)
        ]
        return Heard(words=words, filler_candidates=(*claimed_fillers(words, LITERAL), *claims), listeners=BOTH)


def _somebody_spoke(words: Sequence[Word], fast_opinions: Collection[Sequence[HeardWord]]) -> bool:
    """Whether a chunk holds speech: where nobody spoke, each listener invents something else, if anything.

    On music, Whisper writes an echo of its prompt, or one word again and again. Its confidences are those without a
    prompt, which are almost none for fillers, so Moonshine is asked for a chunk of nothing but fillers.
    """
    best = max(word.confidence or 0.0 for word in words)
    said = [bare(word.text) for word in words]
    if best >= LEAST_CONFIDENCE and any(
        word.written and bare(word.text) in said for fast in fast_opinions for word in fast
    ):
        return True
    if best >= LIKELY and (len(set(said)) > 1 or len(said) < REPEATED_FROM):
        return True
    return any(fast and min(word.filler_chance or 0.0 for word in fast) >= LIKELY for fast in fast_opinions)
