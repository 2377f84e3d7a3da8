"""What changed since last week: the sessions of the last days beside those of the weeks before.

Told by the Mann-Whitney test: it asks only which sessions are above which others, so that one odd session is one
session. Sessions of another method or engine than the newest one are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from math import comb
from typing import TYPE_CHECKING

import numpy as np

from mockint.mann_whitney import mann_whitney_p
from mockint.progress.band import Direction, Verdict, direction, verdict
from mockint.progress.points import times
from mockint.progress.trends import Line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mockint.progress.points import Floats, Measure, TakePoints


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekRule:
    """Every number that the comparison rests on."""

    week_days: int = 7
    days_before: int = 28
    """Four weeks: with one alone, two sessions a week could never differ (2 against 2: p = 0.33)."""
    significance: float = 0.05
    """How often two lots of sessions that differ by chance alone may be called a real change, for each measure."""


WEEK = WeekRule()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """The sessions of some days; `median` is None where there are none."""

    session_count: int
    median: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekChange:
    """One measure, this week and before."""

    measure: Measure
    this_week: Lot
    before: Lot
    p_value: float | None
    """Of the two-sided Mann-Whitney test; None where no values of so few sessions could be told from chance."""
    verdict: Verdict
    direction: Direction


def week_changes(
    points: TakePoints, measures: Sequence[Measure], now: datetime, rule: WeekRule = WEEK
) -> tuple[WeekChange, ...]:
    """Return what each measure did since last week, going by the takes of the newest method and engine."""
    week_start = now - timedelta(days=rule.week_days)
    since, border = times([week_start - timedelta(days=rule.days_before), week_start])
    takes = points.only(np.flatnonzero(points.asked_at >= since)).by_session()
    if len(takes):
        takes = takes.only(takes.origins.rows_of(takes.origins.at(-1)))
    return tuple(_change(measure, takes, border, rule) for measure in measures)


def _change(measure: Measure, takes: TakePoints, border: np.datetime64, rule: WeekRule) -> WeekChange:
    before, this_week = _lots(measure, takes, border)
    p_value = mann_whitney_p(before.tolist(), this_week.tolist()) if _can_tell(before, this_week, rule) else None
    was, now = _lot(before), _lot(this_week)
    return WeekChange(
        measure=measure,
        this_week=now,
        before=was,
        p_value=p_value,
        verdict=verdict(p_value, rule.significance),
        direction=Direction.NEITHER
        if was.median is None or now.median is None
        else direction(was.median, now.median, measure.band),
    )


def _lots(measure: Measure, takes: TakePoints, border: np.datetime64) -> tuple[Floats, Floats]:
    """Return the medians of the sessions that began before the week, and of those in it."""
    rows = np.flatnonzero(np.isfinite(takes.column(measure.name)))
    if not rows.size:
        return np.array([]), np.array([])
    line = Line.of(takes, measure.name, rows)
    medians = line.session_medians()
    is_new = line.takes.asked_at[line.session_starts] >= border
    return medians[~is_new], medians[is_new]


def _can_tell(one: Floats, other: Floats, rule: WeekRule) -> bool:
    """Whether even lots that lie wholly apart would differ by more than chance."""
    return 2 / comb(len(one) + len(other), len(one)) <= rule.significance


def _lot(medians: Floats) -> Lot:
    return Lot(session_count=len(medians), median=float(np.median(medians)) if medians.size else None)
