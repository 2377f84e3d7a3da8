"""How fast the speaker spoke.

Words per minute count the words over the whole answer, pauses included. Filled pauses are no words; discourse markers,
repeats and false starts are. The articulation rate counts the syllables of everything said, filled pauses included,
over phonation time: the answer without its silent pauses. So the one tells how fast the answer comes across, the other
how fast the mouth moves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mockint.delivery.syllables import count_syllables
from mockint.delivery.word_classes import bare_word, is_filled_pause
from mockint.model import Pace, PaceWindow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mockint.model import Span, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class PaceSettings:
    """How pace is looked at over the answer."""

    window_s: float = 30.0
    shortest_window_s: float = 10.0
    """A last window that is shorter is left out: a few words would decide it."""


def measure_pace(
    answer: Span,
    words: Sequence[Word] | None,
    pauses: Sequence[Span],
    settings: PaceSettings | None = None,
) -> Pace:
    """The pace of an answer; without words (None or empty), only how much of it was phonation."""
    settings = settings or PaceSettings()
    if answer.duration_s <= 0:
        return Pace(words_per_minute=None, articulation_rate_syll_per_s=None, phonation_time_ratio=None)
    phonation_s = answer.duration_s - sum(pause.duration_s for pause in pauses)
    ratio = phonation_s / answer.duration_s
    if not words or phonation_s <= 0:
        return Pace(words_per_minute=None, articulation_rate_syll_per_s=None, phonation_time_ratio=ratio)
    fluent = [word for word in words if not is_filled_pause(bare_word(word.text))]
    return Pace(
        words_per_minute=60 * len(fluent) / answer.duration_s,
        articulation_rate_syll_per_s=sum(count_syllables(word.text) for word in words) / phonation_s,
        phonation_time_ratio=ratio,
        windows=_windows(answer, fluent, settings),
    )


def _windows(answer: Span, words: Sequence[Word], settings: PaceSettings) -> tuple[PaceWindow, ...]:
    # A word whose time is a little beside the answer belongs to its first window or its last: none gets lost.
    middles_s = [max(answer.start_s, (word.start_s + word.end_s) / 2) for word in words]
    windows = []
    start_s = answer.start_s
    while answer.end_s - start_s >= settings.shortest_window_s:
        end_s = min(start_s + settings.window_s, answer.end_s)
        count = sum(start_s <= middle_s and (middle_s < end_s or end_s == answer.end_s) for middle_s in middles_s)
        windows.append(PaceWindow(start_s=start_s, words_per_minute=60 * count / (end_s - start_s)))
        start_s += settings.window_s
    return tuple(windows)
