"""Discourse markers: like, so, you know ... where the word does no work.

The same word can be a verb ("I like it"), a comparison ("it looks like rain") or a marker ("it was, like, huge"). For
each use, the cues of `marker_cues` are added up with the weights of `marker_weights` (a logistic model), and the sum is
the log-odds of a marker. Filled pauses between words are stepped over and count as evidence themselves.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mockint.delivery.marker_cues import CUES, REACH, Surroundings
from mockint.delivery.marker_weights import BIAS, WEIGHTS
from mockint.delivery.word_classes import bare_word, is_cut_off, is_filled_pause
from mockint.model import Evidence, Filler, FillerKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mockint.model import Span, Word

_SPELLINGS = {
    ("and", "stuff"): "and stuff",
    ("i", "mean"): "i mean",
    ("kind", "of"): "kind of",
    ("kinda",): "kind of",
    ("ok",): "okay",
    ("or", "something"): "or something",
    ("or", "whatever"): "or whatever",
    ("sort", "of"): "sort of",
    ("sorta",): "sort of",
    ("y'know",): "you know",
    ("you", "know"): "you know",
    ("you", "see"): "you see",
} | {(target,): target for target in CUES if " " not in target}
_LONGEST_SPELLING = max(map(len, _SPELLINGS))
_SENTENCE_END = (".", "?", "!", "\u2026")


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkerSettings:
    """Thresholds of the marker rules."""

    least_confidence: float = 0.5
    """A use below this is not reported: it more likely does work. 0..1."""
    break_s: float = 1.0
    """A silence from which the next word begins afresh, like a sentence. Shorter ones fall within clauses too
    (Goldman-Eisler 1968)."""
    alone_s: float = 2.0
    """A silence after which "okay." was an answer by itself (speech coaches call 2-3 s a long pause)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkerUse:
    """One use of a word that can be a discourse marker: which words, and the answers to the cues of its target."""

    target: str
    first: int
    """Index of its first word."""
    last: int
    """Index of its last word."""
    cues: frozenset[str]
    """Names of the cues that hold."""
    confidence: float
    """Estimated chance that it is a marker."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Token:
    """A word as the cues see it, and the silence before it."""

    text: str
    is_filled_pause: bool
    is_cut_off: bool
    ends_sentence: bool
    ends_with_comma: bool
    asks: bool
    silence_before_s: float


def find_discourse_markers(
    words: Sequence[Word], pauses: Sequence[Span], settings: MarkerSettings | None = None
) -> tuple[Filler, ...]:
    """The discourse markers among `words`, in order of time.

    `pauses` are the silent pauses of the same take in order of time; without any, punctuation alone tells where a
    sentence begins. Each marker carries the estimated chance that it is one: near 0.5 it is ambiguous.
    """
    settings = settings or MarkerSettings()
    return tuple(
        Filler(
            kind=FillerKind.DISCOURSE_MARKER,
            text=" ".join(word.text for word in words[use.first : use.last + 1]),
            start_s=words[use.first].start_s,
            end_s=words[use.last].end_s,
            confidence=use.confidence,
            evidence=Evidence.TRANSCRIPT,
        )
        for use in weigh_uses(words, pauses, settings)
        if use.confidence >= settings.least_confidence
    )


def weigh_uses(words: Sequence[Word], pauses: Sequence[Span], settings: MarkerSettings) -> Iterator[MarkerUse]:
    """Every use of a target word, marker or not, with its cues and its confidence."""
    tokens = _tokens(words, pauses)
    first = 0
    while first < len(tokens):
        length, target = _target_at(tokens, first)
        if target is None:
            first += 1
            continue
        last = first + length - 1
        answers = CUES[target](_surroundings(tokens, first, last, settings))
        cues = frozenset(name for name, holds in answers.items() if holds)
        yield MarkerUse(target=target, first=first, last=last, cues=cues, confidence=_confidence(target, cues))
        first += length


def _confidence(target: str, cues: Iterable[str]) -> float:
    weights = WEIGHTS[target]
    return 1 / (1 + math.exp(-weights[BIAS] - sum(weights[cue] for cue in cues)))


def _target_at(tokens: Sequence[_Token], first: int) -> tuple[int, str | None]:
    for length in range(_LONGEST_SPELLING, 0, -1):
        spelling = tuple(token.text for token in tokens[first : first + length])
        if spelling in _SPELLINGS:
            return len(spelling), _SPELLINGS[spelling]
    return 1, None


def _tokens(words: Sequence[Word], pauses: Sequence[Span]) -> list[_Token]:
    middles_s = [(pause.start_s + pause.end_s) / 2 for pause in pauses]
    tokens = []
    previous_s = -math.inf
    for word in words:
        # Word times stretch over pauses, so a pause belongs to the gap between the middles of two words.
        middle_s = (word.start_s + word.end_s) / 2
        between = pauses[bisect_left(middles_s, previous_s) : bisect_right(middles_s, middle_s)]
        tokens.append(_token(word.text, sum(pause.duration_s for pause in between)))
        previous_s = middle_s
    return tokens


def _token(written: str, silence_before_s: float) -> _Token:
    bare = bare_word(written)
    return _Token(
        text=bare,
        is_filled_pause=is_filled_pause(bare),
        is_cut_off=is_cut_off(written),
        ends_sentence=written.endswith(_SENTENCE_END),
        ends_with_comma=written.endswith(","),
        asks=written.endswith("?"),
        silence_before_s=silence_before_s,
    )


def _surroundings(tokens: Sequence[_Token], first: int, last: int, settings: MarkerSettings) -> Surroundings:
    skipped_before, before = _side(reversed(tokens[max(0, first - _WINDOW) : first]))
    skipped_after, after = _side(iter(tokens[last + 1 : last + 1 + _WINDOW]))
    passed_before = (*skipped_before, *before[:1])
    ending = tokens[last]
    silence_after_s = tokens[last + 1].silence_before_s if last + 1 < len(tokens) else math.inf
    return Surroundings(
        before=_padded(before),
        after=_padded(after),
        comma_before=any(token.ends_with_comma for token in passed_before),
        comma_after=ending.ends_with_comma or any(token.ends_with_comma for token in skipped_after),
        break_before=not before
        or tokens[first].silence_before_s >= settings.break_s
        or any(token.ends_sentence for token in passed_before),
        break_after=ending.ends_sentence
        or silence_after_s >= settings.break_s
        or any(token.ends_sentence for token in skipped_after),
        question_before=first > 0 and tokens[first - 1].asks,
        question_after=ending.asks,
        filled_pause_before=any(token.is_filled_pause for token in skipped_before),
        filled_pause_after=any(token.is_filled_pause for token in skipped_after),
        cut_off_after=any(token.is_cut_off for token in skipped_after),
        next_ends_sentence=bool(after) and after[0].ends_sentence,
        alone=silence_after_s >= settings.alone_s,
    )


_WINDOW = 3 * REACH
"""Tokens looked at on either side, to find `REACH` words among filled pauses and cut-off sounds."""


def _side(tokens: Iterator[_Token]) -> tuple[list[_Token], list[_Token]]:
    """The tokens stepped over before the nearest word, and the nearest words, both nearest first."""
    skipped: list[_Token] = []
    kept: list[_Token] = []
    for token in tokens:
        if not (token.is_filled_pause or token.is_cut_off or not token.text):
            kept.append(token)
        elif not kept:
            skipped.append(token)
        if len(kept) == REACH:
            break
    return skipped, kept


def _padded(tokens: Sequence[_Token]) -> tuple[str, ...]:
    return (*(token.text for token in tokens), *[""] * (REACH - len(tokens)))
