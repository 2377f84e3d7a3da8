"""The Mann-Kendall test and the Theil-Sen slope."""

from __future__ import annotations

from itertools import combinations, pairwise, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockint.kendall import mann_kendall_p, theil_sen

VALUES = st.lists(st.integers(-1000, 1000).map(float), min_size=2, max_size=40)


def test_perfect_order_of_five() -> None:
    """Two of the 120 orders of five values are perfect."""
    assert mann_kendall_p([1, 2, 3, 4, 5]) == pytest.approx(2 / 120)
    assert mann_kendall_p([5, 4, 3, 2, 1]) == pytest.approx(2 / 120)


def test_exact_p_is_the_share_of_all_orders() -> None:
    """For every order of six values, p is the share of orders that are at least as steady."""

    def steadiness(order: tuple[int, ...]) -> int:
        return abs(sum((b > a) - (b < a) for a, b in combinations(order, 2)))

    every = [steadiness(order) for order in permutations(range(6))]
    for order in [(0, 1, 2, 3, 5, 4), (2, 0, 1, 4, 3, 5), (3, 0, 5, 1, 4, 2)]:
        expected = sum(other >= steadiness(order) for other in every) / len(every)
        assert mann_kendall_p(order) == pytest.approx(expected)


def test_equal_values_are_no_trend() -> None:
    """Nothing moved, so nothing is surprising."""
    assert mann_kendall_p([3.0] * 12) == 1.0


def test_ties_follow_the_published_approximation() -> None:
    """Worked by hand: 0 0 1 1 2 2 has 12 rises, variance (6*5*17 - 3*2*1*9)/18 = 25.33, z = 11/5.03, p = 0.0288."""
    assert mann_kendall_p([0, 0, 1, 1, 2, 2]) == pytest.approx(0.0288, abs=0.0002)


def test_exact_and_approximate_agree_where_they_meet() -> None:
    """Just before and after the change of method, p hardly differs."""
    noise = np.random.default_rng(5)
    values = [index + noise.normal(0, 30) for index in range(31)]
    assert mann_kendall_p(values[:30]) == pytest.approx(mann_kendall_p([*values[:30], 15.5]), abs=0.05)


@given(values=VALUES)
def test_p_is_a_probability_and_blind_to_direction(values: list[float]) -> None:
    """Reversing the order or the sign changes nothing."""
    p = mann_kendall_p(values)
    assert 0 <= p <= 1
    assert mann_kendall_p(values[::-1]) == pytest.approx(p)
    assert mann_kendall_p([-value for value in values]) == pytest.approx(p)


@pytest.mark.parametrize("count", [5, 8, 12, 40])
def test_noise_is_seldom_called_a_trend(count: int) -> None:
    """Of 1,000 shuffled series, not more than one in twenty has p <= 0.05, give or take the luck of the draw."""
    chance = np.random.default_rng(count)
    alarms = sum(mann_kendall_p([chance.normal(0, 1) for _ in range(count)]) <= 0.05 for _ in range(1000))
    assert alarms <= 65  # 50 expected; 65 is its 99th percentile


def test_slope_of_a_straight_line() -> None:
    """A line has one slope, and no doubt about it."""
    slope = theil_sen([0, 1, 2, 5], [10, 8, 6, 0], significance=0.05)
    assert (slope.per_step, slope.low, slope.high) == (-2, -2, -2)


def test_slope_is_not_moved_by_one_odd_value() -> None:
    """One wild session does not bend the line."""
    values = [float(index) for index in range(12)]
    values[6] = 500.0
    assert theil_sen(range(12), values, significance=0.05).per_step == pytest.approx(1.0)


def test_interval_holds_the_true_slope_as_often_as_it_says() -> None:
    """Of 400 noisy lines, at least 95 in 100 intervals hold the slope they were made with."""
    chance = np.random.default_rng(7)
    held = 0
    for _ in range(400):
        slope = theil_sen(range(12), [0.5 * x + chance.normal(0, 2) for x in range(12)], significance=0.05)
        held += slope.low <= 0.5 <= slope.high
    assert held >= 380


@given(values=VALUES)
def test_interval_holds_the_slope(values: list[float]) -> None:
    """The estimate lies inside its own interval, and inside the steepest steps."""
    slope = theil_sen(range(len(values)), values, significance=0.05)
    steps = [later - earlier for earlier, later in pairwise(values)]
    assert slope.low <= slope.per_step <= slope.high
    assert min(steps) <= slope.low
    assert slope.high <= max(steps)
