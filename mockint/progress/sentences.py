"""Progress in words: one sentence for each measure, which says whether to believe it."""

from __future__ import annotations

from math import floor, log10
from typing import TYPE_CHECKING

from mockint.figures import counted, figure, with_unit
from mockint.progress.band import Direction, Verdict
from mockint.progress.trends import RULE
from mockint.progress.week import WEEK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mockint.progress.trends import Progress, ProgressRule, Series, Trend
    from mockint.progress.week import WeekChange, WeekRule


def what_changed(progress: Progress, rule: ProgressRule = RULE) -> tuple[str, ...]:
    """Return one sentence a measure: what is real, what is noise, what cannot be told yet."""
    return tuple(_over_sessions(trend, rule) for trend in progress.trends)


def left_out(progress: Progress) -> str | None:
    """Say how many takes no trend compares with the others, and why; None where there are none."""
    count = max((sum(other.take_count for other in trend.series[:-1]) for trend in progress.trends), default=0)
    return f"Measured by another method or engine, so not compared: {counted(count, 'take')}." if count else None


def since_last_week(changes: Sequence[WeekChange], rule: WeekRule = WEEK) -> tuple[str, ...]:
    """Return one sentence a measure."""
    return tuple(_since(change, rule) for change in changes)


def nothing_to_compare(changes: Sequence[WeekChange], rule: WeekRule = WEEK) -> str | None:
    """Say that there was no practice this week, or none to hold it against; None where there was both."""
    if not any(change.this_week.session_count for change in changes):
        return f"No scored takes in the last {rule.week_days} days."
    if not any(change.before.session_count for change in changes):
        weeks = rule.days_before // rule.week_days
        return f"Nothing to compare this week with: no takes by the same method and engine in the {weeks} weeks before."
    return None


def about_aims(progress: Progress) -> str | None:
    """Say whose aim is shown where each question has one of its own: the aim of a time."""
    names = [trend.measure.name for trend in progress.trends if trend.measure.unit == "s"]
    if not names or len(progress.questions) == 1:
        return None
    return f"The aim of the {' and the '.join(names)} is that of the question asked last."


def how_told(rule: ProgressRule = RULE, week: WeekRule = WEEK) -> tuple[str, str]:
    """Say by which tests trends and weeks are told."""
    trends = (
        "A session counts once, as the median of its takes. A trend is real where the Mann-Kendall test finds a steady"
        f" rise or fall (p at most {rule.significance:g}); how fast is the Theil-Sen slope, with its"
        f" {1 - rule.significance:.0%} interval."
    )
    weeks = (
        f"The sessions of the last {week.week_days} days are held against those of the {week.days_before} days before"
        f" them by the Mann-Whitney test (p at most {week.significance:g})."
    )
    return trends, weeks


def _over_sessions(trend: Trend, rule: ProgressRule) -> str:
    series, unit = trend.current, trend.measure.unit
    name = trend.measure.name.capitalize()
    if series.verdict is Verdict.TOO_FEW:
        return f"{name}: too few sessions to tell ({series.session_count} of the {rule.fewest_sessions} that it takes)."
    sessions = counted(series.session_count, "session")
    moved = f"{figure(series.first, unit)} to {with_unit(series.last, unit)} over {sessions}"
    return f"{name}: {moved}{_believe(series.verdict, series.direction)}{_speed(series)}."


def _speed(series: Series) -> str:
    """How fast, and how sure that is; nothing where it may be no change at all."""
    if series.slope is None or series.verdict is not Verdict.REAL_CHANGE:
        return ""
    slope = series.slope
    decimals = max(0, 1 - floor(log10(abs(slope.per_step)))) if slope.per_step else 1
    each, low, high = (f"{value:+.{decimals}f}" for value in (slope.per_step, slope.low, slope.high))
    return f"; {each} a session (likely {low} to {high})"


def _since(change: WeekChange, rule: WeekRule) -> str:
    name, unit = change.measure.name.capitalize(), change.measure.unit
    now, was = change.this_week, change.before
    if now.median is None:
        return f"{name}: could not be measured this week."
    this_week = f"{name}: {with_unit(now.median, unit)} this week ({counted(now.session_count, 'session')})"
    weeks = rule.days_before // rule.week_days
    if was.median is None:
        return f"{this_week}; nothing to compare it with in the {weeks} weeks before."
    before = f"{figure(was.median, unit)} in the {weeks} weeks before ({was.session_count})"
    if change.verdict is Verdict.TOO_FEW:
        return f"{this_week}, {before}: too few sessions to tell."
    return f"{this_week}, {before}{_believe(change.verdict, change.direction)}."


def _believe(verdict: Verdict, direction: Direction) -> str:
    if verdict is Verdict.WITHIN_NOISE:
        return ", within noise"
    return ", a real change" + ("" if direction is Direction.NEITHER else f", for the {direction.value}")
