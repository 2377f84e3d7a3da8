"""The progress page: how delivery moves, as a single HTML file that opens anywhere and needs no network.

The pictures are drawn in the browser by Observable Plot, which lies in the page; beside each is the same as a table.
"""

from __future__ import annotations

from datetime import timedelta
from statistics import median
from typing import TYPE_CHECKING, Any

from mockint.drills.effect import effect_sentence
from mockint.figures import aim_of, counted, figure, with_unit
from mockint.pages.html_file import day_in_words, html_file, place_in_words
from mockint.progress import (
    CALENDAR_WEEKS,
    Direction,
    Verdict,
    about_aims,
    how_told,
    left_out,
    nothing_to_compare,
    since_last_week,
    what_changed,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from mockint.drills.effect import DrillEffect
    from mockint.progress import Measure, Report, Series, SessionPoint, Summary, Trend

PLOT_STYLE = """:where(.plot) {
  --plot-background: white;
  display: block;
  height: auto;
  height: intrinsic;
  max-width: 100%;
}
:where(.plot text),
:where(.plot tspan) {
  white-space: pre;
}"""
"""What Plot puts into each of its pictures: the page allows this, letter by letter, and no other style."""

EN_DASH = "\N{EN DASH}"
LEAST_P = 0.001
"""Smaller ones are not worth their figures."""


def progress_page(report: Report, of_drills: DrillEffect | None = None) -> str:
    """Return the page of a report. of_drills: what they did, where there were any."""
    progress = report.progress
    return html_file(
        "progress.html.j2",
        styles=("base.css", "progress.css"),
        scripts=("vendored/d3.min.js", "vendored/plot.umd.min.js", "progress.js"),
        added_styles=(PLOT_STYLE,),
        report=report,
        progress=progress,
        today=day_in_words(report.today),
        count=f"{counted(progress.take_count, 'take')} in {counted(progress.session_count, 'session')}",
        changes=_changes(report),
        trends=[
            _trend(trend, sentence) for trend, sentence in zip(progress.trends, what_changed(progress), strict=True)
        ],
        days=[(day_in_words(day), count) for day, count in sorted(report.takes_on.items(), reverse=True)],
        practised=_practised(report),
        events=[(day_in_words(event.on), event.label) for event in report.events],
        measures=[trend.measure for trend in progress.trends],
        competencies=[_group(summary, summary.key, progress.trends) for summary in progress.competencies],
        questions=[
            _group(summary, report.question_texts.get(summary.key, summary.key.question_id), progress.trends)
            for summary in reversed(progress.questions)
        ],
        drills=None
        if of_drills is None
        else {"text": effect_sentence(of_drills), "kind": _kind(of_drills.verdict, of_drills.direction)},
        notes=[note for note in (about_aims(progress), left_out(progress)) if note is not None],
        has_earlier=any(len(trend.series) > 1 for trend in progress.trends),
        told=how_told(),
        data=_page_data(report),
    )


# --- what the template shows ----------------------------------------------------------------------


def _changes(report: Report) -> list[dict[str, str]]:
    nothing = nothing_to_compare(report.changes)
    if nothing is not None:
        return [{"name": "", "text": nothing, "kind": ""}]
    return [
        {
            "name": change.measure.name.capitalize(),
            "text": _begun(sentence),
            "kind": _kind(change.verdict, change.direction),
        }
        for change, sentence in zip(report.changes, since_last_week(report.changes), strict=True)
    ]


def _trend(trend: Trend, sentence: str) -> dict[str, Any]:
    series, unit = trend.current, trend.measure.unit
    own, best = series.own_band, series.best
    return {
        "name": trend.measure.name,
        "value": figure(series.last, unit),
        "unit": "" if unit == "s" else unit,
        "place": place_in_words(series.last, trend.measure.band),
        "kind": _kind(series.verdict, series.direction),
        "aim": _aim(trend.measure),
        "best": ""
        if best is None
        else f"{figure(best.value, unit)}, take {best.take_id}, {_short(_day(best.asked_at))}",
        "usual": "" if own is None else f"{figure(own.low, unit)}{EN_DASH}{figure(own.high, unit)}",
        "sentence": _begun(sentence),
        "marks": _marks(series),
        "p_value": _p(series.p_value),
        "rows": [
            {**_told(point, unit), "origin": _origin(each)}
            for each in reversed(trend.series)
            for point in reversed(each.points)
        ],
    }


def _told(point: SessionPoint, unit: str) -> dict[str, str]:
    """Say what a mark is: a row of the table, and what appears under the pointer."""
    sessions = "" if point.session_count == 1 else f"{point.session_count} sessions, "
    return {
        "day": day_in_words(_day(point.asked_at)),
        "value": with_unit(point.value, unit),
        "takes": f"{sessions}{counted(point.take_count, 'take')}",
    }


def _marks(series: Series) -> str:
    """Say what a mark of the picture stands for."""
    if len(series.points) == series.session_count:
        return "Each mark is a session: the median of its takes."
    each = max(point.session_count for point in series.points)
    return f"Each mark is the median of up to {each} sessions in a row; there are {series.session_count:,} of them."


def _practised(report: Report) -> str:
    takes = sum(report.takes_on.values())
    days = len(report.takes_on)
    return f"{counted(takes, 'take')} on {counted(days, 'day')} in the last {CALENDAR_WEEKS} weeks."


def _group(summary: Summary[Any], name: str, trends: Sequence[Trend]) -> dict[str, Any]:
    cells = [
        (figure(summary.medians[measure.name], measure.unit), _percent(summary.in_band_shares.get(measure.name)))
        if measure.name in summary.medians
        else None
        for measure in (trend.measure for trend in trends)
    ]
    return {"name": name, "takes": summary.take_count, "last": _short(_day(summary.last_asked_at)), "cells": cells}


def _kind(verdict: Verdict, direction: Direction) -> str:
    return direction.value if verdict is Verdict.REAL_CHANGE else ""


def _begun(sentence: str) -> str:
    """Take away the name of the measure, which stands above."""
    _, _, said = sentence.partition(": ")
    return said[:1].upper() + said[1:]


def _p(p_value: float | None) -> str:
    if p_value is None:
        return ""
    return f"p = {p_value:.2g}" if p_value >= LEAST_P else f"p < {LEAST_P}"


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.0%}"


def _aim(measure: Measure) -> str:
    return aim_of(measure.band, measure.unit).replace("-", EN_DASH)


def _day(at: datetime) -> date:
    return at.astimezone().date()


def _short(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _origin(series: Series) -> str:
    return f"method {series.method_version}, {series.engine}"


# --- what the script works with -------------------------------------------------------------------


def _page_data(report: Report) -> dict[str, Any]:
    return {
        "charts": [_chart(trend) for trend in report.progress.trends],
        "events": [{"on": event.on.isoformat(), "label": event.label} for event in report.events],
        "days": [
            {"on": day.isoformat(), "week": (day - report.first_day).days // 7, "count": report.takes_on.get(day, 0)}
            for day in (report.first_day + timedelta(days=i) for i in range((report.today - report.first_day).days + 1))
        ],
    }


def _chart(trend: Trend) -> dict[str, Any]:
    measure, best = trend.measure, trend.current.best
    return {
        "name": measure.name,
        "unit": measure.unit,
        "low": measure.band.low,
        "high": measure.band.high,
        "aim": _aim(measure),
        "earlier": [_points(series, measure.unit) for series in trend.series[:-1]],
        "current": _points(trend.current, measure.unit),
        "trend": _trend_line(trend.current),
        "best": []
        if best is None
        else [
            {
                "at": best.asked_at.isoformat(),
                "value": best.value,
                "text": f"best: {figure(best.value, measure.unit)}",
            }
        ],
    }


def _points(series: Series, unit: str) -> list[dict[str, Any]]:
    return [
        {
            "at": point.asked_at.isoformat(),
            "value": round(point.value, 3),
            "text": "\n".join(_told(point, unit).values()),
        }
        for point in series.points
    ]


def _trend_line(series: Series) -> list[dict[str, Any]]:
    """Return the line of the Theil-Sen slope through the middle of the sessions, and where it likely lies."""
    if series.slope is None or series.p_value is None:
        return []
    slope = series.slope
    steps = [point.session_index for point in series.points]
    middle = median(steps)
    height = median(
        point.value - slope.per_step * (step - middle) for point, step in zip(series.points, steps, strict=True)
    )
    ends = [
        (point, sorted(height + each * (step - middle) for each in (slope.low, slope.per_step, slope.high)))
        for point, step in zip(series.points, steps, strict=True)
    ]
    return [
        {"at": point.asked_at.isoformat(), "low": round(low, 3), "value": round(value, 3), "high": round(high, 3)}
        for point, (low, value, high) in ends
    ]
