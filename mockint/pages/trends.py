"""Progress for the terminal: a line a measure, and one sentence each on what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from mockint.progress import Direction, Verdict, what_changed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from mockint.progress import Progress, Series, Trend

SPARK = "▁▂▃▄▅▆▇█"
SPARK_CELLS = 20
_STYLE = {Direction.BETTER: "green", Direction.WORSE: "red", Direction.NEITHER: ""}


def trend_lines(progress: Progress) -> list[RenderableType]:
    """Render all measures: last value, its line over the sessions, personal best, verdict."""
    if not progress.trends:
        return [Text("No scored takes yet. Record the first one: mockint practice")]
    takes = f"{progress.take_count} take{'s' * (progress.take_count != 1)}"
    sessions = f"{progress.session_count} session{'s' * (progress.session_count != 1)}"
    table = Table(box=None, pad_edge=False, header_style="dim")
    for title in ("MEASURE", "LAST", "OVER SESSIONS", "BEST", "USUAL FOR YOU"):
        table.add_column(title)
    for trend in progress.trends:
        table.add_row(*_row(trend))
    return [
        Text(f"{takes} in {sessions}", style="bold"),
        Text(),
        table,
        Text(),
        *_sentences(progress),
        *_competencies(progress),
    ]


def _row(trend: Trend) -> tuple[Text, ...]:
    series = trend.current
    own = series.own_band
    return (
        Text(trend.measure.name.capitalize()),
        Text(f"{figure(series.last)} {trend.measure.unit}", style="bold"),
        Text(sparkline([point.value for point in series.points])),
        Text(f"{figure(series.best.value)} (take {series.best.take_id})"),
        Text(
            "from 3 sessions on" if own is None else f"{figure(own.low)}-{figure(own.high)}",
            style="dim" if own is None else "",
        ),
    )


def _sentences(progress: Progress) -> list[Text]:
    return [
        Text(f"{_mark(trend.current)} {sentence}", style=_style(trend.current))
        for trend, sentence in zip(progress.trends, what_changed(progress), strict=True)
    ]


def _mark(series: Series) -> str:
    if series.verdict is not Verdict.REAL_CHANGE:
        return " "
    return {Direction.BETTER: "+", Direction.WORSE: "-", Direction.NEITHER: "="}[series.direction]


def _style(series: Series) -> str:
    return _STYLE[series.direction] if series.verdict is Verdict.REAL_CHANGE else ""


def _competencies(progress: Progress) -> list[RenderableType]:
    if not progress.competencies:
        return []
    names = [trend.measure.name for trend in progress.trends]
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("COMPETENCY")
    table.add_column("TAKES", justify="right")
    for name in names:
        table.add_column(f"{name.upper()} IN BAND", justify="right")
    for summary in progress.competencies:
        shares = (summary.in_band_shares.get(name) for name in names)
        cells = ("-" if share is None else f"{share:.0%}" for share in shares)
        table.add_row(summary.key, str(summary.take_count), *cells)
    return [Text(), table]


def sparkline(values: Sequence[float]) -> str:
    """Draw the newest values as a line of blocks, lowest to highest; a single level where they do not differ."""
    shown = list(values)[-SPARK_CELLS:]
    low, high = min(shown), max(shown)
    if low == high:
        return SPARK[len(SPARK) // 2] * len(shown)
    return "".join(SPARK[round((value - low) / (high - low) * (len(SPARK) - 1))] for value in shown)


def figure(value: float) -> str:
    """Write a figure without decimals that nobody could hear."""
    return f"{value:.0f}" if abs(value) >= 20 else f"{value:.1f}"  # noqa: PLR2004 - as in `progress`
