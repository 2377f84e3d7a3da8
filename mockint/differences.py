"""Is a difference between two measurements more than chance: p-values, each of two sides.

A p-value is how often a difference at least this large would come up if there were none.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, cos, erfc, exp, floor, inf, lgamma, log, pi, sin, sqrt
from statistics import fmean, stdev, variance
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NORMAL_FROM = 1000
"""Student's t with so many degrees of freedom is the normal distribution to three digits."""
SAME_CHANCE = 1 + 1e-7
"""Chances this close are the same but for rounding: R's binom.test goes by the same figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How often something happened, and in how much of what it can happen in: minutes, or words."""

    count: int
    exposure: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampled:
    """Values of one thing, taken again and again; `error` is how far off all of them together may be (one sigma)."""

    values: Sequence[float]
    error: float = 0.0

    @property
    def mean(self) -> float:
        """The best guess at the thing itself."""
        return fmean(self.values)

    @property
    def scatter(self) -> float:
        """The variance of the mean that its values tell of. Needs two of them."""
        return variance(self.values) / len(self.values)


def rates_p(one: Counted, other: Counted) -> float:
    """Return the p of two rates of chance events: exact, given how often it happened in all.

    Each event then falls to one side with the chance of its exposure. Przyborowski & Wilenski 1940,
    doi:10.2307/2332612; two-sided as R's poisson.test is: all that is no likelier than what happened.
    """
    total = one.count + other.count
    share = one.exposure / (one.exposure + other.exposure)
    chances = [_binomial(count, total, share) for count in range(total + 1)]
    return min(1.0, sum(chance for chance in chances if chance <= chances[one.count] * SAME_CHANCE))


def means_p(one: Sampled, other: Sampled) -> float:
    """Return the p of two means whose scatters differ, and that may each be off by an error of their own.

    Welch 1947, doi:10.1093/biomet/34.1-2.28; the errors are known, so they add to the variance without taking from
    the degrees of freedom (JCGM 100:2008, G.4.1). Each side needs two values.
    """
    total = one.scatter + other.scatter + one.error**2 + other.error**2
    if total == 0:
        return 1.0 if one.mean == other.mean else 0.0
    lost = sum(side.scatter**2 / (len(side.values) - 1) for side in (one, other))
    return student_t_p((one.mean - other.mean) / sqrt(total), total**2 / lost if lost else inf)


def change_p(change: float, usual: Sequence[float]) -> float | None:
    """Return the p of a change between two values, going by how far apart values usually lie.

    usual: shape (n,), other values of the same thing. The reliable change of Jacobson & Truax 1991,
    doi:10.1037/0022-006X.59.1.12, with Student's t because the scatter is an estimate. None where no scatter is known.
    """
    scatter = stdev(usual) if len(usual) > 1 else 0.0
    if scatter == 0:
        return None
    return student_t_p(change / (scatter * sqrt(2)), len(usual) - 1)


def student_t_p(t: float, degrees: float) -> float:
    """Return how often Student's t is at least as far from 0. degrees: from 1 on; a fraction is left off.

    Abramowitz & Stegun 1964, 26.7.3 and 26.7.4.
    """
    if degrees >= NORMAL_FROM:
        return erfc(abs(t) / sqrt(2))
    whole = floor(degrees)
    angle = atan2(abs(t), sqrt(whole))
    is_odd = whole % 2
    term = cos(angle) if is_odd else 1.0
    terms = [] if whole == 1 else [term]
    for i in range(2 + is_odd, whole - 1, 2):
        term *= cos(angle) ** 2 * (i - 1) / i
        terms.append(term)
    inside = (angle + sin(angle) * sum(terms)) * 2 / pi if is_odd else sin(angle) * sum(terms)
    return max(0.0, 1 - inside)


def together(p_values: Mapping[str, float]) -> dict[str, float]:
    """Return each p as it is among the others: the chance that any of them comes out as small without a difference.

    Holm 1979, https://www.jstor.org/stable/4615733.
    """
    adjusted: dict[str, float] = {}
    highest = 0.0
    for place, name in enumerate(sorted(p_values, key=lambda name: p_values[name])):
        highest = max(highest, min(1.0, (len(p_values) - place) * p_values[name]))
        adjusted[name] = highest
    return adjusted


def _binomial(count: int, total: int, share: float) -> float:
    ways = lgamma(total + 1) - lgamma(count + 1) - lgamma(total - count + 1)
    return exp(ways + count * log(share) + (total - count) * log(1 - share))
