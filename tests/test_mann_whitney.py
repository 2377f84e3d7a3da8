"""The Mann-Whitney test."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockint.mann_whitney import EXACT_UP_TO, mann_whitney_p

VALUES = st.lists(st.integers(-9, 9).map(float), max_size=8)


def test_lots_that_lie_wholly_apart() -> None:
    """Two of the ten ways to choose two of five values are as extreme."""
    assert mann_whitney_p([1, 2], [3, 4, 5]) == pytest.approx(2 / 10)
    assert mann_whitney_p([8, 9], [3, 4, 5]) == pytest.approx(2 / 10)


@given(one=VALUES, other=VALUES)
def test_exact_p_is_the_share_of_all_ways_to_part_the_values(one: list[float], other: list[float]) -> None:
    """Ties included: of all ways, those in which the first lot is at least as often above or below the other."""

    def apart(chosen: tuple[int, ...]) -> int:
        together = [*one, *other]
        ours = [together[i] for i in chosen]
        theirs = [value for i, value in enumerate(together) if i not in chosen]
        return abs(sum((a > b) - (a < b) for a in ours for b in theirs))

    ways = [apart(chosen) for chosen in combinations(range(len(one) + len(other)), len(one))]
    expected = sum(way >= ways[0] for way in ways) / len(ways)
    assert mann_whitney_p(one, other) == pytest.approx(expected)


def test_equal_values_do_not_differ() -> None:
    """Few or many."""
    assert mann_whitney_p([3.0] * 4, [3.0] * 5) == 1.0
    assert mann_whitney_p([3.0] * 40, [3.0] * 50) == 1.0


def test_nothing_does_not_differ_from_anything() -> None:
    """Few or many."""
    assert mann_whitney_p([], [1, 2]) == 1.0
    assert mann_whitney_p([], list(range(50))) == 1.0


def test_exact_and_approximate_agree_where_they_meet() -> None:
    """Just before and after the change of method, p hardly differs."""
    noise = np.random.default_rng(3)
    one, other = noise.normal(0, 1, 12).tolist(), noise.normal(0.5, 1, EXACT_UP_TO - 12).tolist()
    middle = float(np.median([*one, *other]))
    assert mann_whitney_p(one, other) == pytest.approx(mann_whitney_p(one, [*other, middle]), abs=0.05)


@pytest.mark.parametrize(("few", "many"), [(3, 8), (15, 40)])
def test_chance_is_seldom_called_a_difference(few: int, many: int) -> None:
    """Of 1,000 pairs of lots from one source, not more than one in twenty has p <= 0.05, give or take luck."""
    chance = np.random.default_rng(few)
    alarms = sum(
        mann_whitney_p(chance.normal(0, 1, few).tolist(), chance.normal(0, 1, many).tolist()) <= 0.05
        for _ in range(1000)
    )
    assert alarms <= 65  # 50 expected; 65 is its 99th percentile
