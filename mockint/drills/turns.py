"""Short turns in which a silent pause is the reply to every urge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mockint.drills.rule import RULE, DrillRule
from mockint.scoring import plain_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mockint.model import Span, Take


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """The fillers per 100 words that a turn should stay below."""

    per_100_words: float
    is_own: bool
    """Whether it is what is usual for the speaker; else nothing is known of them."""

    @property
    def name(self) -> str:
        """What it is, for a sentence."""
        return "your usual rate" if self.is_own else "what listeners mind"


def goal_of(usual: float | None, rule: DrillRule = RULE) -> Goal:
    """Return the goal of somebody whose usual rate this is; None where it is not known."""
    return Goal(per_100_words=rule.goal_per_100_words if usual is None else usual, is_own=usual is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What came of one short answer. `rate` is None where it could not be told, and `because` says why."""

    take: Take
    filler_count: int
    word_count: int
    rate: float | None
    """Fillers per 100 words, by the scoring method."""
    because: str
    pauses: tuple[Span, ...]
    is_below: bool | None
    """Whether it stayed below the goal; None where that could not be told."""


def turn_of(take: Take, goal: Goal) -> Turn:
    """Return what came of a scored take. A turn without any filler is below every goal."""
    assert take.result is not None  # noqa: S101 - a session scores each take before it hands it on
    delivery = take.result.delivery
    [part] = (part for part in take.result.score.parts if part.name == "fillers")
    return Turn(
        take=take,
        filler_count=len(delivery.fillers),
        word_count=len(plain_words(delivery)),
        rate=part.value,
        because=part.because,
        pauses=delivery.pauses,
        is_below=None if part.value is None else part.value < goal.per_100_words or not delivery.fillers,
    )


def in_a_row(turns: Iterable[Turn]) -> int:
    """Return how many turns on end stayed below the goal until now; one that tells nothing is passed over."""
    count = 0
    for turn in turns:
        if turn.is_below is not None:
            count = count + 1 if turn.is_below else 0
    return count


class CueWatch:
    """Says when it is time for a cue: at a filler that was not there before, and not too often."""

    def __init__(self, rule: DrillRule = RULE) -> None:
        self._rule = rule
        self._seen_until_s = 0.0
        self._last_cue_s = -rule.cue_every_s

    def is_due(self, elapsed_s: float, filler_ends_s: Iterable[float]) -> bool:
        """Look at the fillers that were heard until now, by when they ended. A cue that is due counts as given."""
        newest_s = max(filler_ends_s, default=0.0)
        is_new, self._seen_until_s = newest_s > self._seen_until_s, max(newest_s, self._seen_until_s)
        if not is_new or elapsed_s - self._last_cue_s < self._rule.cue_every_s:
            return False
        self._last_cue_s = elapsed_s
        return True
