"""Reading a passage at a given pace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mockint.drills.rule import RULE, DrillRule
from mockint.model import PaceWindow
from mockint.scoring import plain_words

if TYPE_CHECKING:
    from mockint.model import Delivery, Question
    from mockint.scoring import ScoringMethod


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A text to read aloud in a given time."""

    text: str
    words: tuple[str, ...]
    aim_wpm: float
    duration_s: float
    """How long it lasts at the aim."""

    def reached(self, elapsed_s: float) -> int:
        """Return how many of the words are said after so many seconds at the aim."""
        return min(len(self.words), int(elapsed_s * self.aim_wpm / 60))


def passage_of(question: Question, aim_wpm: float, rule: DrillRule = RULE) -> Passage:
    """Return as many whole sentences of a passage as come nearest to a minute at `aim_wpm`, at least one."""
    wanted_count = aim_wpm * rule.pace_s / 60
    words: list[str] = question.text.split()
    ends = [index + 1 for index, word in enumerate(words) if word.endswith((".", "?", "!"))] or [len(words)]
    count = min(ends, key=lambda end: abs(end - wanted_count))
    return Passage(
        text=" ".join(words[:count]),
        words=tuple(words[:count]),
        aim_wpm=aim_wpm,
        duration_s=60 * count / aim_wpm,
    )


def seconds_in_band(passage: Passage, method: ScoringMethod) -> tuple[float, float]:
    """Return between which times somebody ends who reads a passage inside the band of the scoring method."""
    good = [wpm for wpm, percent in method.pace_wpm if percent >= method.band_from_percent]
    return 60 * len(passage.words) / good[-1], 60 * len(passage.words) / good[0]


def pace_by_second(delivery: Delivery, rule: DrillRule = RULE) -> tuple[PaceWindow, ...]:
    """Return the words a minute in the window that begins at each second of the answer; none where it is shorter."""
    if delivery.answer is None:
        return ()
    middles = [(word.start_s + word.end_s) / 2 for word in plain_words(delivery)]
    last_start_s = delivery.answer.end_s - rule.pace_window_s
    starts = (delivery.answer.start_s + second for second in range(int(delivery.answer.duration_s) + 1))
    return tuple(
        PaceWindow(
            start_s=start_s,
            words_per_minute=60
            * sum(start_s <= middle < start_s + rule.pace_window_s for middle in middles)
            / rule.pace_window_s,
        )
        for start_s in starts
        if start_s <= last_start_s
    )
