"""Does a series rise or fall, and how fast: the Mann-Kendall test and the Theil-Sen slope.

Both ask only which values are larger than which, so a single odd one cannot make a trend.
Mann 1945, doi:10.2307/1907187; Kendall 1938, doi:10.1093/biomet/30.1-2.81; Sen 1968,
doi:10.1080/01621459.1968.10480934.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from math import ceil, erfc, factorial, floor, sqrt
from statistics import NormalDist, median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

EXACT_UP_TO = 30
"""So many values without ties are tested exactly; beyond, the normal approximation is good (Kendall 1970: from 10)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slope:
    """A Theil-Sen slope per step of position, and the interval in which the true one likely lies."""

    per_step: float
    low: float
    high: float


def mann_kendall_p(values: Sequence[float]) -> float:
    """Return the two-sided p of the Mann-Kendall test: how often a random order rises or falls as steadily.

    Exact up to `EXACT_UP_TO` values without ties; else the normal approximation, corrected for ties and continuity.
    Values that are all equal give 1. The work grows with the square of their number.
    """
    rises = sum((later > earlier) - (later < earlier) for earlier, later in combinations(values, 2))
    if len(set(values)) == len(values) <= EXACT_UP_TO:
        return _exact_p(len(values), abs(rises))
    deviation = sqrt(_variance(values))
    if deviation == 0:
        return 1.0
    return erfc(max(abs(rises) - 1, 0) / deviation / sqrt(2))


def theil_sen(positions: Sequence[float], values: Sequence[float], significance: float) -> Slope:
    """Return the median of the slopes between all pairs of values, with Sen's 1 - `significance` interval.

    positions, values: shape (n,), n >= 2; positions rise strictly. The work grows with n squared.
    """
    pairs = combinations(zip(positions, values, strict=True), 2)
    slopes = sorted((later - earlier) / (there - here) for (here, earlier), (there, later) in pairs)
    reach = NormalDist().inv_cdf(1 - significance / 2) * sqrt(_variance(values))
    lowest = max(0, floor((len(slopes) - reach) / 2) - 1)
    highest = min(len(slopes) - 1, ceil((len(slopes) + reach) / 2))
    return Slope(per_step=median(slopes), low=slopes[lowest], high=slopes[highest])


def _exact_p(n: int, rises: int) -> float:
    """Return the share of the n! orders that have at least as many rises beyond falls, or falls beyond rises."""
    orders = [1]  # orders[f]: how many orders of the values so far have f falls
    for size in range(2, n + 1):
        longer = [0] * (len(orders) + size - 1)
        for falls, count in enumerate(orders):
            for added in range(size):
                longer[falls + added] += count
        orders = longer
    fewest_falls = (n * (n - 1) // 2 - rises) // 2
    return min(1.0, 2 * sum(orders[: fewest_falls + 1]) / factorial(n))


def _variance(values: Sequence[float]) -> float:
    """Return the variance of rises minus falls in random order, less for ties (Kendall 1970, chapter 4)."""
    ties = sum(_spread(count) for count in Counter(values).values())
    return (_spread(len(values)) - ties) / 18


def _spread(n: int) -> int:
    return n * (n - 1) * (2 * n + 5)
