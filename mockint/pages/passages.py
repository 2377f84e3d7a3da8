"""Two transcripts side by side, cut into passages: in each, what was kept stands beside itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mockint.alignment import align
from mockint.pages.review_marks import MarkSettings, pieces_of, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mockint.alignment import Run
    from mockint.model import Delivery, Span
    from mockint.pages.review_marks import Piece, Token


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageSettings:
    """Where transcripts are cut."""

    fewest_words: int = 20
    """A passage ends with a sentence that was kept, once one side has so many words,"""
    most_words: int = 45
    """or before the next words that were kept, once one side has so many."""
    paragraph_words: int = 35
    """Within a passage, a paragraph ends with a sentence once it has so many words."""


SETTINGS = PassageSettings()


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Words of one take that the other has too, or has not."""

    kept: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What one take has in a passage, in paragraphs, and the time at which it begins."""

    start_s: float
    paragraphs: tuple[tuple[Segment, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of both takes; None where one of them has nothing there."""

    before: Side | None
    after: Side | None


def aligned(before: Delivery, after: Delivery) -> tuple[Run, ...]:
    """Return the runs of everything that was said in two takes: places in the tokens of each."""
    return align(*([token.text for token in tokens_of(delivery)] for delivery in (before, after)))


def passages_of(
    before: Delivery,
    after: Delivery,
    runs: Sequence[Run],
    *,
    long_pause_s: float,
    marks: MarkSettings,
    settings: PassageSettings = SETTINGS,
) -> tuple[Passage, ...]:
    """Return the passages of two takes, which hold each word once.

    runs: what `aligned` makes of the takes; long_pause_s: as in the score.
    """
    voices = [_Voice(delivery, tokens_of(delivery)) for delivery in (before, after)]
    return tuple(
        Passage(
            before=voices[0].side([(run.kept, run.before) for run in passage], long_pause_s, marks, settings),
            after=voices[1].side([(run.kept, run.after) for run in passage], long_pause_s, marks, settings),
        )
        for passage in _cut(runs, voices, settings)
    )


def _cut(runs: Sequence[Run], voices: Sequence[_Voice], settings: PassageSettings) -> Iterator[list[Run]]:
    """Yield the runs of each passage; one that was kept may be cut at the end of its sentences."""
    passage: list[Run] = []
    for run in runs:
        rest = run
        if run.kept and _length(passage) >= settings.most_words:
            yield passage
            passage = []
        for ended in _sentence_ends(run, voices):
            piece = _part(run, rest.before.start - run.before.start, ended)
            if _length([*passage, piece]) >= settings.fewest_words:
                yield [*passage, piece]
                passage = []
                rest = _part(run, ended, len(run.before))
        if rest.before or rest.after:
            passage.append(rest)
    if passage:
        yield passage


def _sentence_ends(run: Run, voices: Sequence[_Voice]) -> list[int]:
    """After how many words of a run that was kept a sentence ends, in either take."""
    if not run.kept:
        return []
    return [
        count
        for count, places in enumerate(zip(run.before, run.after, strict=True), start=1)
        if any(voice.tokens[place].ends_sentence for voice, place in zip(voices, places, strict=True))
    ]


def _part(run: Run, start: int, stop: int) -> Run:
    return replace(run, before=run.before[start:stop], after=run.after[start:stop])


def _length(runs: Sequence[Run]) -> int:
    return max(sum(len(run.before) for run in runs), sum(len(run.after) for run in runs))


@dataclass(frozen=True, slots=True)
class _Voice:
    delivery: Delivery
    tokens: Sequence[Token]

    def side(
        self,
        runs: Sequence[tuple[bool, range]],
        long_pause_s: float,
        marks: MarkSettings,
        settings: PassageSettings,
    ) -> Side | None:
        """Return what this voice has in the runs of one passage: (kept, places of its tokens)."""
        places = [place for _, run in runs for place in run]
        if not places:
            return None
        paragraphs: list[list[Segment]] = [[]]
        count = 0
        for kept, run in runs:
            start = run.start
            for place in run:
                count += 1
                if count >= settings.paragraph_words and self.tokens[place].ends_sentence:
                    paragraphs[-1].append(self._segment(kept, range(start, place + 1), long_pause_s, marks))
                    paragraphs.append([])
                    start, count = place + 1, 0
            if start < run.stop:
                paragraphs[-1].append(self._segment(kept, range(start, run.stop), long_pause_s, marks))
        return Side(
            start_s=self.tokens[places[0]].start_s,
            paragraphs=tuple(tuple(segments) for segments in paragraphs if segments),
        )

    def _segment(self, kept: bool, places: range, long_pause_s: float, marks: MarkSettings) -> Segment:
        tokens = self.tokens[places.start : places.stop]
        following = self.tokens[places.stop].start_s if places.stop < len(self.tokens) else self.delivery.duration_s
        pauses = [pause for pause in self.delivery.pauses if tokens[0].start_s <= pause.start_s < following]
        said: list[Token | Span] = sorted([*tokens, *pauses], key=lambda each: each.start_s)
        return Segment(kept=kept, pieces=pieces_of(self.delivery, said, long_pause_s, marks))
