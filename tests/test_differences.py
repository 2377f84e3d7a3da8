"""Is a difference more than chance: against published values, and against chance itself."""

from __future__ import annotations

from math import comb, exp, factorial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockint.differences import Counted, Sampled, change_p, means_p, rates_p, student_t_p, together

COUNTED = st.builds(Counted, count=st.integers(0, 60), exposure=st.floats(0.1, 1000))


def test_two_rates_are_tested_as_r_tests_them() -> None:
    """The example of R's poisson.test: 11 in 800 person-years, and 21 in 3011."""
    one, other = Counted(count=11, exposure=800), Counted(count=6 + 8 + 7, exposure=1083 + 1050 + 878)
    assert rates_p(one, other) == pytest.approx(0.07967, abs=5e-6)


def test_two_rates_are_tested_as_by_hand() -> None:
    """3 in 2, and 1 in 4: of four events, each falls to the first side with a third of the chance."""
    expected = sum(comb(4, k) * 2 ** (4 - k) for k in (3, 4)) / 3**4
    assert rates_p(Counted(count=3, exposure=2), Counted(count=1, exposure=4)) == pytest.approx(expected)


def test_without_any_event_nothing_differs() -> None:
    """Nothing happened on either side."""
    assert rates_p(Counted(count=0, exposure=1), Counted(count=0, exposure=9)) == 1


@given(COUNTED, COUNTED)
def test_it_does_not_matter_which_rate_comes_first(one: Counted, other: Counted) -> None:
    """And a p is a chance."""
    assert rates_p(one, other) == pytest.approx(rates_p(other, one))
    assert 0 <= rates_p(one, other) <= 1


@pytest.mark.parametrize(("mean", "exposure"), [(0.5, 1), (3, 1), (3, 4), (12, 0.5)])
def test_equal_rates_are_told_apart_no_more_often_than_stated(mean: float, exposure: float) -> None:
    """Every outcome that can be, with its chance: the test is exact, not nearly so."""

    def chance(count: int, expected: float) -> float:
        return exp(-expected) * expected**count / factorial(count)

    wrong = sum(
        chance(here, mean) * chance(there, mean * exposure)
        for here in range(40)
        for there in range(40)
        if rates_p(Counted(count=here, exposure=1), Counted(count=there, exposure=exposure)) <= 0.05
    )
    assert wrong <= 0.05


@pytest.mark.parametrize(
    ("t", "degrees", "p_value"),
    [
        (12.706, 1, 0.05),
        (4.303, 2, 0.05),
        (3.182, 3, 0.05),
        (2.571, 5, 0.05),
        (2.042, 30, 0.05),
        (1.980, 120, 0.05),
        (1.960, 1e9, 0.05),
        (63.657, 1, 0.01),
        (2.750, 30, 0.01),
    ],
)
def test_students_t_is_that_of_the_tables(t: float, degrees: float, p_value: float) -> None:
    """Two-sided, as printed in every textbook."""
    assert student_t_p(t, degrees) == pytest.approx(p_value, rel=1e-3)
    assert student_t_p(-t, degrees) == student_t_p(t, degrees + 0.4)


SLEEP = (
    [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0],
    [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4],
)
"""Student's own data: hours of sleep gained by two drugs."""


def test_two_means_are_tested_as_r_tests_them() -> None:
    """R's t.test(extra ~ group, data = sleep): p = 0.07939 with 17.776 degrees of freedom; ours leaves the .776 off."""
    p_value = means_p(*(Sampled(values=values) for values in SLEEP))
    assert p_value == pytest.approx(0.07939, abs=0.001)
    assert p_value > 0.07939


def test_an_error_of_the_whole_makes_a_difference_less_sure() -> None:
    """It adds to the variance; and where there is no scatter at all, it is all there is: 1.96 sigma are 5 %."""
    sharp, blurred = (means_p(*(Sampled(values=values, error=error) for values in SLEEP)) for error in (0.0, 1.0))
    assert sharp < blurred
    still = means_p(Sampled(values=[0.0, 0.0], error=0.6), Sampled(values=[1.96, 1.96], error=0.8))
    assert still == pytest.approx(0.05, abs=1e-4)


def test_values_that_do_not_scatter_are_equal_or_not() -> None:
    """There is no chance in them."""
    flat, higher = Sampled(values=[1.0, 1.0]), Sampled(values=[2.0, 2.0])
    assert (means_p(flat, flat), means_p(flat, higher)) == (1.0, 0.0)


def test_a_change_is_held_against_what_is_usual() -> None:
    """Five values with a deviation of 1: a difference of 2.776 times root 2 is on the edge, by 4 degrees of freedom."""
    usual = [10.0, 10 - 2**0.5, 10 + 2**0.5, 10.0, 10.0]
    assert change_p(2.776 * 2**0.5, usual) == pytest.approx(0.05, abs=1e-4)
    assert change_p(-2.776 * 2**0.5, usual) == change_p(2.776 * 2**0.5, usual)


@pytest.mark.parametrize("usual", [[], [3.0], [3.0, 3.0, 3.0]])
def test_without_scatter_nothing_is_usual(usual: list[float]) -> None:
    """Then nothing can be told from it."""
    assert change_p(1.0, usual) is None


def test_among_many_each_has_to_be_clearer() -> None:
    """As R's p.adjust(method = "holm"), in whatever order they come."""
    found = together({"d": 0.04, "a": 0.01, "b": 0.02, "c": 0.03, "e": 0.05})
    assert found == pytest.approx({"a": 0.05, "b": 0.08, "c": 0.09, "d": 0.09, "e": 0.09})
    assert together({"a": 0.4, "b": 0.9}) == pytest.approx({"a": 0.8, "b": 0.9})
    assert together({}) == {}
