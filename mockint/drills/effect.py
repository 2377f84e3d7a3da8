"""Whether drills show in the interview takes that follow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mockint.differences import Counted, rates_p
from mockint.drills.rule import RULE, DrillRule
from mockint.progress import Direction, Verdict, times
from mockint.progress.band import verdict

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mockint.progress import TakePoints


_COUNTED = ("fillers", "pace", "length")
"""The measures that tell how many fillers there were in how many words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FillerCount:
    """The fillers of one interview take, and the words among which they were."""

    filler_count: float
    """A marker that may be none counts less, so this need not be whole."""
    word_count: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillEffect:
    """Fillers per 100 words before the first drill and since; None where there were no takes."""

    first_drill_at: datetime
    take_count_before: int
    take_count_since: int
    rate_before: float | None
    rate_since: float | None
    p_value: float | None
    """How often chance alone parts equal rates as far; None where the takes are too few."""
    verdict: Verdict

    @property
    def direction(self) -> Direction:
        """Whether fillers became rarer."""
        if self.rate_before is None or self.rate_since is None or self.rate_before == self.rate_since:
            return Direction.NEITHER
        return Direction.BETTER if self.rate_since < self.rate_before else Direction.WORSE


def comparable(points: TakePoints) -> TakePoints:
    """Return the takes in which the newest method and engine could count fillers, oldest first.

    points: interview takes alone.
    """
    rows = np.lexsort((points.take_ids, points.asked_at))
    for name in _COUNTED:
        rows = rows[np.isfinite(points.column(name)[rows])]
    codes = points.origins.codes[rows]
    return points.only(rows[codes == codes[-1]] if rows.size else rows)


def filler_counts(points: TakePoints) -> tuple[FillerCount, ...]:
    """Return the fillers of takes as `comparable` gives them. The words of a take are its pace times its length."""
    rates, paces, lengths_s = (points.column(name) for name in _COUNTED)
    word_counts = paces * lengths_s / 60
    counts = rates * word_counts / 100
    return tuple(
        FillerCount(filler_count=fillers, word_count=words)
        for fillers, words in zip(counts.tolist(), word_counts.tolist(), strict=True)
    )


def usual_rate(points: TakePoints, rule: DrillRule = RULE) -> float | None:
    """Return the fillers per 100 words in the newest interview takes together; None where there are none."""
    same = comparable(points)
    return _rate(filler_counts(same.only(np.arange(len(same))[-rule.usual_from_takes :])))


def effect_since(first_drill_at: datetime, points: TakePoints, rule: DrillRule = RULE) -> DrillEffect:
    """Compare the last takes before the first drill with the newest since. points: interview takes alone."""
    same = comparable(points)
    is_since = same.asked_at >= times([first_drill_at])[0]
    before, since = (
        filler_counts(same.only(np.flatnonzero(side)[-rule.compared_takes :])) for side in (~is_since, is_since)
    )
    return drill_effect(before, since, first_drill_at, rule)


def drill_effect(
    before: Sequence[FillerCount], since: Sequence[FillerCount], first_drill_at: datetime, rule: DrillRule = RULE
) -> DrillEffect:
    """Compare takes before the first drill with takes since: are fillers rarer, or chance alone."""
    is_enough = min(len(before), len(since)) >= rule.fewest_takes
    p_value = _p_of(before, since) if is_enough else None
    return DrillEffect(
        first_drill_at=first_drill_at,
        take_count_before=len(before),
        take_count_since=len(since),
        rate_before=_rate(before),
        rate_since=_rate(since),
        p_value=p_value,
        verdict=verdict(p_value, rule.significance),
    )


def effect_sentence(effect: DrillEffect, rule: DrillRule = RULE) -> str:
    """Say in one line what became of the fillers since the first drill."""
    day = effect.first_drill_at
    since = f"Fillers since your first drill ({day.day} {day:%B %Y})"
    if effect.rate_before is None or effect.rate_since is None or effect.verdict is Verdict.TOO_FEW:
        takes = f"{effect.take_count_before} takes before, {effect.take_count_since} since"
        return f"{since}: too few takes to tell ({takes}; {rule.fewest_takes} each are needed)."
    moved = f"{effect.rate_since:.1f} per 100 words, {effect.rate_before:.1f} before"
    if effect.verdict is Verdict.WITHIN_NOISE:
        return f"{since}: {moved}, within noise."
    return f"{since}: {moved}, a real change for the {effect.direction.value}."


def _p_of(before: Sequence[FillerCount], since: Sequence[FillerCount]) -> float:
    """Takes of one speaker differ by more than chance: the counts weigh less by as much as they spread too far."""
    spread = _overdispersion(before, since)
    one, other = (
        Counted(
            count=round(sum(count.filler_count for count in side) / spread),
            exposure=sum(count.word_count for count in side),
        )
        for side in (before, since)
    )
    return rates_p(one, other)


def _overdispersion(*sides: Sequence[FillerCount]) -> float:
    """Return how many times the counts vary as much as Poisson counts would, 1 at least (McCullagh & Nelder 1989)."""
    squares, freedom = 0.0, 0
    for side in sides:
        rate = (_rate(side) or 0.0) / 100
        if rate:
            expected = [(count.filler_count, count.word_count * rate) for count in side]
            squares += sum((seen - mean) ** 2 / mean for seen, mean in expected)
        freedom += len(side) - 1
    return max(1.0, squares / freedom)


def _rate(counts: Sequence[FillerCount]) -> float | None:
    words = sum(count.word_count for count in counts)
    return 100 * sum(count.filler_count for count in counts) / words if words else None
