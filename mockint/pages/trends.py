"""Progress for the terminal: what changed since last week, each measure over the sessions, when, and on what."""

from __future__ import annotations

from datetime import timedelta
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from mockint.drills.effect import effect_sentence
from mockint.figures import aim_of, counted, figure
from mockint.pages.terminal import WIDTH
from mockint.progress import (
    CALENDAR_WEEKS,
    Direction,
    Verdict,
    about_aims,
    left_out,
    nothing_to_compare,
    since_last_week,
    what_changed,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from rich.console import RenderableType

    from mockint.drills.effect import DrillEffect
    from mockint.progress import Measure, Report, Summary, Trend, WeekChange

SPARK = "▁▂▃▄▅▆▇█"
SPARK_CELLS = 20
QUESTIONS_SHOWN = 10
NAME_CELLS = 28
CALENDAR_MARGIN = 4
DAYS_IN_A_WEEK = 7
MOST_TAKES_IN_A_CELL = 9
_STYLE = {Direction.BETTER: "green", Direction.WORSE: "red", Direction.NEITHER: ""}
_MARK = {Direction.BETTER: "+", Direction.WORSE: "-", Direction.NEITHER: "="}


def trend_lines(report: Report, of_drills: DrillEffect | None = None) -> list[RenderableType]:
    """Render a report: sentences first, then figures. of_drills: what they did, where there were any."""
    progress = report.progress
    if not progress.take_count:
        return [Text("No scored takes yet. Record the first one: mockint practice")]
    takes, sessions = counted(progress.take_count, "take"), counted(progress.session_count, "session")
    measures = [trend.measure for trend in progress.trends]
    return [
        Text(f"{takes} in {sessions}{'' if report.only is None else f'; {report.only}'}", style="bold"),
        *_section("SINCE LAST WEEK", _week(report.changes)),
        *_section("OVER YOUR SESSIONS", _over_sessions(report, of_drills)),
        *_section(f"TAKES A DAY, THE LAST {CALENDAR_WEEKS} WEEKS", [*_calendar(report), *_events(report)]),
        *_section("MEDIANS, AND HOW MANY TAKES ARE WITHIN THE AIM", _groups(report, measures)),
    ]


def _section(title: str, lines: Sequence[RenderableType]) -> list[RenderableType]:
    return [Text(), Text(title, style="dim"), *lines] if lines else []


# --- in words -------------------------------------------------------------------------------------


def _week(changes: Sequence[WeekChange]) -> list[RenderableType]:
    nothing = nothing_to_compare(changes)
    if nothing is not None:
        return [_sentence(nothing, Verdict.TOO_FEW, Direction.NEITHER)]
    return [
        _sentence(sentence, change.verdict, change.direction)
        for change, sentence in zip(changes, since_last_week(changes), strict=True)
    ]


def _over_sessions(report: Report, of_drills: DrillEffect | None) -> list[RenderableType]:
    if not report.progress.trends:
        return [Text("  Nothing could be measured in these takes: 'mockint review' says why.")]
    return [_trends(report.progress.trends), Text(), *_sentences(report, of_drills), *_notes(report)]


def _sentences(report: Report, of_drills: DrillEffect | None) -> Iterator[RenderableType]:
    for trend, sentence in zip(report.progress.trends, what_changed(report.progress), strict=True):
        yield _sentence(sentence, trend.current.verdict, trend.current.direction)
    if of_drills is not None:
        yield _sentence(effect_sentence(of_drills), of_drills.verdict, of_drills.direction)


def _notes(report: Report) -> list[RenderableType]:
    notes = (about_aims(report.progress), left_out(report.progress))
    return [Text(f"  {note}", style="dim") for note in notes if note is not None]


def _sentence(sentence: str, verdict: Verdict, direction: Direction) -> Text:
    """Mark what really changed, not by colour alone; further lines are indented."""
    is_real = verdict is Verdict.REAL_CHANGE
    lines = wrap(f"{_MARK[direction] if is_real else ' '} {sentence}", WIDTH, subsequent_indent="  ")
    return Text("\n".join(lines), style=_STYLE[direction] if is_real else "")


# --- in figures -----------------------------------------------------------------------------------


def _trends(trends: Sequence[Trend]) -> Table:
    table = _table("MEASURE", "LAST", "AIM", "OVER SESSIONS", "BEST", "USUAL")
    for trend in trends:
        table.add_row(*_row(trend))
    return table


def _row(trend: Trend) -> tuple[Text, ...]:
    series, unit = trend.current, trend.measure.unit
    own, best = series.own_band, series.best
    return (
        Text(trend.measure.name.capitalize()),
        Text(figure(series.last, unit), style="bold"),
        Text(aim_of(trend.measure.band, trend.measure.unit)),
        Text(sparkline([point.value for point in series.points])),
        Text("-" if best is None else f"{figure(best.value, unit)} (take {best.take_id})"),
        Text("-" if own is None else f"{figure(own.low, unit)}-{figure(own.high, unit)}"),
    )


def _groups(report: Report, measures: Sequence[Measure]) -> list[RenderableType]:
    progress = report.progress
    lines: list[RenderableType] = []
    if progress.competencies:
        lines += [
            _group_table("COMPETENCY", progress.competencies, [each.key for each in progress.competencies], measures)
        ]
    newest = progress.questions[::-1][:QUESTIONS_SHOWN]
    left = len(progress.questions) - len(newest)
    lines += [Text()] if lines else []
    lines += [_group_table("QUESTION", newest, [each.key.question_id for each in newest], measures)]
    lines += (
        [Text(f"and {counted(left, 'question')} asked before: mockint progress --open", style="dim")] if left else []
    )
    return lines


def _group_table(
    title: str, groups: Sequence[Summary[Any]], names: Sequence[str], measures: Sequence[Measure]
) -> Table:
    table = _table(title, "TAKES", *(measure.name.upper() for measure in measures))
    for column in table.columns[1:]:
        column.justify = "right"
    for group, name in zip(groups, names, strict=True):
        label = Text(name)
        label.truncate(NAME_CELLS, overflow="ellipsis")
        table.add_row(label, str(group.take_count), *(_cell(group, measure) for measure in measures))
    return table


def _cell(group: Summary[Any], measure: Measure) -> str:
    if measure.name not in group.medians:
        return "-"
    share = "" if measure.band.is_open else f"{group.in_band_shares[measure.name]:>5.0%}"
    return f"{figure(group.medians[measure.name], measure.unit)}{share}"


def _calendar(report: Report) -> list[RenderableType]:
    """A column a week, a row a weekday, in each cell how many takes: readable without colour."""
    weeks = [report.first_day + timedelta(weeks=week) for week in range(CALENDAR_WEEKS)]
    rows = [Text(_months(weeks), style="dim")]
    for weekday in range(DAYS_IN_A_WEEK):
        days = [monday + timedelta(days=weekday) for monday in weeks]
        cells = (_day_cell(report.takes_on.get(day, 0)) if day <= report.today else " " for day in days)
        rows.append(Text(f"{days[0]:%a} {' '.join(cells)}".rstrip()))
    return list(rows)


def _events(report: Report) -> list[RenderableType]:
    recent = [event for event in report.events if event.on >= report.first_day]
    lines = [
        Text(f"{event.on:%a} {event.on.day} {event.on:%b}  {event.label}", overflow="ellipsis", no_wrap=True)
        for event in recent
    ]
    return [Text(), *lines] if lines else []


def _months(weeks: Sequence[date]) -> str:
    """Write each month above the first Monday in it."""
    line = [" "] * (CALENDAR_MARGIN + 2 * len(weeks) + 2)
    for week, monday in enumerate(weeks):
        if monday.day <= DAYS_IN_A_WEEK:
            start = CALENDAR_MARGIN + 2 * week
            line[start : start + 3] = f"{monday:%b}"
    return "".join(line).rstrip()


def _day_cell(count: int) -> str:
    if count == 0:
        return "·"
    return str(count) if count <= MOST_TAKES_IN_A_CELL else "+"


def _table(*titles: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 1, 0, 0))
    for title in titles:
        table.add_column(title, no_wrap=True)
    return table


def sparkline(values: Sequence[float]) -> str:
    """Draw the newest values as a line of blocks, lowest to highest; a single level where they do not differ."""
    shown = list(values)[-SPARK_CELLS:]
    low, high = min(shown), max(shown)
    if low == high:
        return SPARK[len(SPARK) // 2] * len(shown)
    return "".join(SPARK[round((value - low) / (high - low) * (len(SPARK) - 1))] for value in shown)
