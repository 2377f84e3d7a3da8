"""Do two lots of values differ: the Mann-Whitney test.

It asks only which values are above which others. Mann & Whitney 1947, doi:10.1214/aoms/1177730491.
"""

from __future__ import annotations

from collections import Counter
from itertools import accumulate
from math import comb, erfc, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

EXACT_UP_TO = 30
"""So many values in all are tested exactly, ties included; beyond, the normal approximation is good."""


def mann_whitney_p(one: Sequence[float], other: Sequence[float]) -> float:
    """Return the two-sided p: how often chance alone would part all these values into lots that are as far apart.

    Exact up to `EXACT_UP_TO` values; else the normal approximation, corrected for ties and continuity. Without any
    value on one side, nothing differs: 1.
    """
    ranks = _doubled_ranks([*one, *other])
    count, total = len(one), len(ranks)
    expected = count * (total + 1)
    apart = abs(sum(ranks[:count]) - expected)
    if total <= EXACT_UP_TO:
        sums = _rank_sums(ranks, count)
        return sum(ways for each, ways in sums.items() if abs(each - expected) >= apart) / comb(total, count)
    ties = sum(tied**3 - tied for tied in Counter(ranks).values())
    variance = count * len(other) / 3 * (total + 1 - ties / (total * (total - 1)))
    if variance <= 0:
        return 1.0
    return erfc(max(apart - 1, 0) / sqrt(variance) / sqrt(2))


def _doubled_ranks(values: Sequence[float]) -> list[int]:
    """Return twice the rank of each value, from 2: ties share the middle of their ranks, which may be a half."""
    counts = sorted(Counter(values).items())
    ends = accumulate(count for _, count in counts)
    ranks = {value: 2 * end - count + 1 for (value, count), end in zip(counts, ends, strict=True)}
    return [ranks[value] for value in values]


def _rank_sums(ranks: Sequence[int], count: int) -> Counter[int]:
    """Return how many ways there are to choose `count` of the ranks, for each sum that they can have."""
    ways: list[Counter[int]] = [Counter({0: 1}), *(Counter() for _ in range(count))]
    for rank in ranks:
        for size in range(count, 0, -1):
            for each, number in ways[size - 1].items():
                ways[size][each + rank] += number
    return ways[count]
