"""What was said, cut into pieces that a page can mark: words, fillers, hedges and pauses, in paragraphs."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from mockint.delivery.word_classes import bare_word
from mockint.figures import clock
from mockint.model import Filler, FillerKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mockint.model import Delivery, Span, Take, Word

HEDGE = "hedge"
LONG_PAUSE = "long_pause"
SHORT_PAUSE = "short_pause"


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkSettings:
    """What of an answer is marked, and where it is broken into paragraphs."""

    shown_pause_s: float = 1.0
    """Shorter pauses are part of fluent speech: they are in the table, but would only unsettle the text."""
    paragraph_pause_s: float = 0.6
    """A new paragraph begins where a sentence ends and a long pause follows, or at least this long a one"""
    fewest_paragraph_words: int = 25
    """once the paragraph has this many words; or at the end of any sentence"""
    most_paragraph_words: int = 70
    """once it has this many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A word, or a filler that no word stands for. `filler` is its place in `Delivery.fillers`."""

    index: int
    text: str
    start_s: float
    end_s: float
    filler: int | None
    hedge: bool

    @property
    def ends_sentence(self) -> bool:
        """Whether a sentence ends with it, as the recogniser wrote it."""
        return self.text.endswith((".", "?", "!"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Words under one mark (the kind of their filler, `HEDGE`, or None), or a pause without words."""

    mark: str | None
    tokens: tuple[Token, ...] = ()
    pause_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A stretch of the answer, with the time at which it begins."""

    start: str
    pieces: tuple[Piece, ...]


def tokens_of(delivery: Delivery) -> tuple[Token, ...]:
    """Return everything that was said, in order of time."""
    wordless = [filler for filler in delivery.fillers if not any(_holds(filler, word) for word in delivery.words)]
    said: list[Word | Filler] = sorted([*delivery.words, *wordless], key=lambda each: each.start_s)
    return tuple(
        Token(
            index=index,
            text=each.text,
            start_s=each.start_s,
            end_s=each.end_s,
            filler=_filler_at(delivery.fillers, each),
            hedge=any(_holds(hedge, each) for hedge in delivery.hedges),
        )
        for index, each in enumerate(said)
    )


def paragraphs_of(
    delivery: Delivery, tokens: Sequence[Token], long_pause_s: float, settings: MarkSettings
) -> tuple[Paragraph, ...]:
    """Return the tokens with the longer pauses between them, in paragraphs. long_pause_s: as in the score."""
    pauses = [pause for pause in delivery.pauses if pause.duration_s >= settings.paragraph_pause_s]
    paragraphs: list[Paragraph] = []
    rest: list[Token | Span] = sorted([*tokens, *pauses], key=lambda each: each.start_s)
    current: list[Token | Span] = []
    for position, each in enumerate(rest):
        current.append(each)
        following = rest[position + 1] if position + 1 < len(rest) else None
        if following is not None and _ends_paragraph(current, long_pause_s, settings):
            paragraphs.append(_paragraph(delivery, current, long_pause_s, settings))
            current = []
    if current:
        paragraphs.append(_paragraph(delivery, current, long_pause_s, settings))
    return tuple(paragraphs)


def _ends_paragraph(said: Sequence[Token | Span], long_pause_s: float, settings: MarkSettings) -> bool:
    words = [each for each in said if isinstance(each, Token)]
    if not words or not words[-1].ends_sentence:
        return False
    last = said[-1]
    if isinstance(last, Token):
        return len(words) >= settings.most_paragraph_words
    return last.duration_s >= long_pause_s or len(words) >= settings.fewest_paragraph_words


def pieces_of(
    delivery: Delivery, said: Iterable[Token | Span], long_pause_s: float, settings: MarkSettings
) -> tuple[Piece, ...]:
    """Return tokens and pauses, which come in order of time, as pieces; pauses too short to be shown are left out."""
    pieces: list[Piece] = []
    for is_word, group in groupby(said, key=lambda each: isinstance(each, Token)):
        if is_word:
            pieces += _word_pieces(delivery, (each for each in group if isinstance(each, Token)))
            continue
        for pause in group:
            if not isinstance(pause, Token) and pause.duration_s >= settings.shown_pause_s:
                mark = LONG_PAUSE if pause.duration_s >= long_pause_s else SHORT_PAUSE
                pieces.append(Piece(mark=mark, pause_s=pause.duration_s))
    return tuple(pieces)


def unsure_fillers(delivery: Delivery | None, sure_from: float) -> frozenset[int]:
    """Return the places of the fillers that may be none: those with less confidence than `sure_from`."""
    fillers = () if delivery is None else delivery.fillers
    return frozenset(index for index, filler in enumerate(fillers) if filler.confidence < sure_from)


def voice_data(take: Take) -> dict[str, Any]:
    """Return what voice.js works with: one voice of a page. Times in seconds, rounded to milliseconds."""
    delivery = None if take.result is None else take.result.delivery
    return {
        "duration_s": round(take.duration_s, 3),
        "words": [
            {
                "text": token.text,
                "start_s": round(token.start_s, 3),
                "end_s": round(token.end_s, 3),
                "filler": token.filler,
                "hedge": token.hedge,
            }
            for token in (() if delivery is None else tokens_of(delivery))
        ],
        "fillers": [
            {
                "kind": filler.kind.value,
                "text": filler.text,
                "start_s": round(filler.start_s, 3),
                "end_s": round(filler.end_s, 3),
            }
            for filler in (() if delivery is None else delivery.fillers)
        ],
    }


def _paragraph(
    delivery: Delivery, said: Sequence[Token | Span], long_pause_s: float, settings: MarkSettings
) -> Paragraph:
    first = next((each for each in said if isinstance(each, Token)), said[0])
    return Paragraph(start=clock(first.start_s), pieces=pieces_of(delivery, said, long_pause_s, settings))


def _word_pieces(delivery: Delivery, tokens: Iterable[Token]) -> Iterable[Piece]:
    """Words of one filler ("you know") share a mark; every other word stands for itself."""
    for (filler, _), group in groupby(tokens, key=lambda each: (each.filler, each.index if each.filler is None else 0)):
        words = tuple(group)
        if filler is not None:
            yield Piece(mark=delivery.fillers[filler].kind.value, tokens=words)
        else:
            yield Piece(mark=HEDGE if words[0].hedge else None, tokens=words)


def _filler_at(fillers: Sequence[Filler], said: Word | Filler) -> int | None:
    return next((index for index, filler in enumerate(fillers) if _holds(filler, said)), None)


def _holds(mark: Filler | Word, said: Word | Filler) -> bool:
    """Whether a filler or hedge was said there. A short neighbour may lie inside its time: then its words decide.

    A filled pause goes by its time alone, for what was heard as "arm" may be one.
    """
    if not (mark.start_s - _TOUCH_S <= said.start_s and said.end_s <= mark.end_s + _TOUCH_S):
        return False
    is_filled_pause = isinstance(mark, Filler) and mark.kind is FillerKind.FILLED_PAUSE
    return is_filled_pause or set(_bare_words(said)) <= set(_bare_words(mark))


def _bare_words(said: Filler | Word) -> list[str]:
    return [bare_word(word) for word in said.text.split()]


_TOUCH_S = 0.02
"""Times of the same place may differ by this much: two hops of the analysis. Neighbouring words may overlap by more."""
