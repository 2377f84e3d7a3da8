"""Trends: each measure over the sessions, and whether it really moved.

Takes of one session are alike (same day, same mood, same room), so a session counts once: as the median of its takes.
Whether sessions go up or down is told by the Mann-Kendall test, how fast by the Theil-Sen slope. Both go by the order
of the sessions, not by the calendar. Takes measured by different methods or engines are never on one line.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from mockint.kendall import Slope, mann_kendall_p, theil_sen
from mockint.progress.band import Direction, Verdict, best_row, direction, verdict
from mockint.progress.groups import competencies, group_medians, questions
from mockint.progress.points import Origin, moment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from mockint.model import Band, Result
    from mockint.progress.groups import Summary
    from mockint.progress.points import Floats, Integers, Measure, QuestionKey, TakePoints


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressRule:
    """Every number that trends rest on."""

    significance: float = 0.05
    """How often sessions in random order may be called a real change, for each measure."""
    fewest_sessions: int = 5
    """With four sessions even a perfect order has p = 0.083 (2 of 24), so no change could ever be told."""
    most_points: int = 200
    """More sessions than this are merged, neighbours by median, into so many points: bounds the pairs to 19,900."""
    edge_points: int = 3
    """First and last are medians of so many points, and of no more than half of them."""
    own_band_from_sessions: int = 3
    own_band_sessions: int = 10
    """The personal band is drawn from the takes of the last so many sessions."""


RULE = ProgressRule()


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPoint:
    """One point of a line: the median of a session, or of `session_count` neighbouring ones."""

    asked_at: datetime
    """When its first take was asked."""
    session_index: float
    """Which session it is, from 0; the middle of those merged."""
    session_count: int
    take_count: int
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Best:
    """The take that comes nearest to what the band asks for."""

    take_id: int
    asked_at: datetime
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnBand:
    """What is usual for this speaker: half of the recent takes lie from `low` to `high`."""

    median: float
    low: float
    high: float
    take_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One measure by one method and one engine, oldest point first."""

    method_version: str
    engine: str
    points: tuple[SessionPoint, ...]
    session_count: int
    take_count: int
    first: float
    last: float
    best: Best | None
    """None where nothing is aimed at."""
    slope: Slope | None
    """None with a single point."""
    p_value: float | None
    """Of the two-sided Mann-Kendall test; None where the sessions are too few for it."""
    verdict: Verdict
    direction: Direction
    own_band: OwnBand | None
    """None until there are enough sessions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """One measure over time: a series for each method and engine, the one used last at the end; never empty."""

    measure: Measure
    series: tuple[Series, ...]

    @property
    def current(self) -> Series:
        """The series that the newest take belongs to."""
        return self.series[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Everything that the takes say about how delivery moves."""

    take_count: int
    session_count: int
    trends: tuple[Trend, ...]
    """One for each measure that any take has a value of, in the order of the measures."""
    competencies: tuple[Summary[str], ...]
    """By name."""
    questions: tuple[Summary[QuestionKey], ...]
    """The one asked last at the end."""


def progress_of(points: TakePoints, measures: Sequence[Measure], rule: ProgressRule = RULE) -> Progress:
    """Return the trends of `measures` over all takes, in whatever order they come."""
    takes = points.by_session()
    trends = (_trend(measure, takes, rule) for measure in measures)
    return Progress(
        take_count=len(takes),
        session_count=len(np.unique(takes.session_ids)),
        trends=tuple(trend for trend in trends if trend is not None),
        competencies=competencies(takes, measures),
        questions=questions(takes, measures),
    )


def own_bands(points: TakePoints, like: Result, rule: ProgressRule = RULE) -> Mapping[str, OwnBand]:
    """Return what is usual for the speaker, measure by measure, among the takes measured by the same method and engine.

    A measure is left out until there are enough sessions in which it has a value.
    """
    origin = Origin(like.score.method_version, like.delivery.engine)
    takes = points.only(points.origins.rows_of(origin)).by_session()
    bands = {}
    for part in like.score.parts:
        rows = np.flatnonzero(np.isfinite(takes.column(part.name)))
        own = _own_band(Line.of(takes, part.name, rows), rule) if rows.size else None
        if own is not None:
            bands[part.name] = own
    return bands


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Line:
    """The takes, session by session, in which a measure has a value: those of one method and engine; never empty."""

    takes: TakePoints
    values: Floats
    session_starts: Integers
    """The row of the first take of each session."""

    @classmethod
    def of(cls, takes: TakePoints, measure: str, rows: Integers) -> Line:
        """Return the line of some rows of takes that stand session by session; each has a value."""
        chosen = takes.only(rows)
        starts = np.flatnonzero(np.diff(chosen.session_ids, prepend=chosen.session_ids[0] - 1))
        return cls(takes=chosen, values=chosen.column(measure), session_starts=starts)

    @property
    def session_ends(self) -> Integers:
        """The row after the last take of each session."""
        return np.append(self.session_starts[1:], len(self.values))

    def session_medians(self) -> Floats:
        """Return the median of the takes of each session."""
        starts, ends = self.session_starts, self.session_ends
        sessions = np.repeat(np.arange(len(starts)), ends - starts)
        return group_medians(self.values, sessions, len(starts))


def _trend(measure: Measure, takes: TakePoints, rule: ProgressRule) -> Trend | None:
    known = np.flatnonzero(np.isfinite(takes.column(measure.name)))
    groups = [known[rows] for _, rows in takes.origins.only(known).groups()]
    if not groups:
        return None
    lines = [Line.of(takes, measure.name, rows) for rows in sorted(groups, key=lambda rows: rows[-1])]
    return Trend(measure=measure, series=tuple(_series(line, measure.band, rule) for line in lines))


def _series(line: Line, band: Band, rule: ProgressRule) -> Series:
    points = _points(line, rule)
    heights = [point.value for point in points]
    edge = max(1, min(rule.edge_points, len(points) // 2))
    first, last = median(heights[:edge]), median(heights[-edge:])
    p_value = mann_kendall_p(heights) if len(points) >= rule.fewest_sessions else None
    origin = line.takes.origins.at(0)
    return Series(
        method_version=origin.method_version,
        engine=origin.engine,
        points=points,
        session_count=len(line.session_starts),
        take_count=len(line.values),
        first=first,
        last=last,
        best=_best(line, band),
        slope=_slope(points, rule),
        p_value=p_value,
        verdict=verdict(p_value, rule.significance),
        direction=direction(first, last, band),
        own_band=_own_band(line, rule),
    )


def _points(line: Line, rule: ProgressRule) -> tuple[SessionPoint, ...]:
    """Return the median of each session, neighbours merged where there are more than `rule.most_points`."""
    medians, starts, ends = line.session_medians(), line.session_starts, line.session_ends
    size = ceil(len(medians) / rule.most_points)
    groups = ((start, min(start + size, len(medians))) for start in range(0, len(medians), size))
    return tuple(
        SessionPoint(
            asked_at=moment(line.takes.asked_at[starts[start]]),
            session_index=(start + end - 1) / 2,
            session_count=end - start,
            take_count=int(ends[end - 1] - starts[start]),
            value=float(np.median(medians[start:end])),
        )
        for start, end in groups
    )


def _slope(points: Sequence[SessionPoint], rule: ProgressRule) -> Slope | None:
    if len(points) == 1:
        return None
    return theil_sen([point.session_index for point in points], [point.value for point in points], rule.significance)


def _best(line: Line, band: Band) -> Best | None:
    if band.is_open:
        return None
    row = best_row(line.values, band)
    return Best(
        take_id=int(line.takes.take_ids[row]),
        asked_at=moment(line.takes.asked_at[row]),
        value=float(line.values[row]),
    )


def _own_band(line: Line, rule: ProgressRule) -> OwnBand | None:
    if len(line.session_starts) < rule.own_band_from_sessions:
        return None
    recent = line.values[line.session_starts[-rule.own_band_sessions :][0] :]
    low, middle, high = (float(value) for value in np.quantile(recent, (0.25, 0.5, 0.75)))
    return OwnBand(median=middle, low=low, high=high, take_count=len(recent))
