"""How delivery moves over the weeks: what is real change, and what is noise.

Takes of one session are alike (same day, same mood, same room), so a session counts once: as the median of its takes.
Whether sessions go up or down is told by the Mann-Kendall test, how fast by the Theil-Sen slope. Both go by the order
of the sessions, not by the calendar. Takes measured by different methods or engines are never on one line.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from math import ceil
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from mockint.kendall import Slope, mann_kendall_p, theil_sen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    import numpy.typing as npt

    from mockint.model import Band, Take

    Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressRule:
    """Every number that progress rests on."""

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


# --- what goes in ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """Something measured in every take, and the band that earns full marks: it has at least one end."""

    name: str
    unit: str
    band: Band


@dataclass(frozen=True, slots=True, kw_only=True)
class TakePoint:
    """What progress needs to know of one take. `asked_at` has its zone; a measure that could not be told is None."""

    take_id: int
    session_id: int
    asked_at: datetime
    bank_id: str
    question_id: str
    competency: str | None
    method_version: str
    engine: str
    measures: Mapping[str, float | None]


def take_point(take: Take) -> TakePoint | None:
    """Return the measures of a take, or None where it is not scored yet."""
    if take.result is None:
        return None
    return TakePoint(
        take_id=take.id,
        session_id=take.session_id,
        asked_at=take.asked_at,
        bank_id=take.question.bank_id,
        question_id=take.question.id,
        competency=take.question.competency,
        method_version=take.result.score.method_version,
        engine=take.result.delivery.engine,
        measures={part.name: part.value for part in take.result.score.parts},
    )


def measures_of(take: Take) -> tuple[Measure, ...]:
    """Return what the scoring of `take` measured: give it the newest one, whose bands hold now."""
    parts = () if take.result is None else take.result.score.parts
    return tuple(Measure(name=part.name, unit=part.unit, band=part.band) for part in parts)


# --- what comes out -------------------------------------------------------------------------------


class Verdict(str, Enum):
    """Whether a measure moved."""

    REAL_CHANGE = "real change"
    WITHIN_NOISE = "within noise"
    TOO_FEW = "too few takes to tell"


class Direction(str, Enum):
    """Where a measure went, seen from its band."""

    BETTER = "better"
    WORSE = "worse"
    NEITHER = "neither"


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
    best: Best
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
class CompetencySummary:
    """The takes of one competency that the newest method and engine measured."""

    competency: str
    take_count: int
    last_asked_at: datetime
    medians: Mapping[str, float]
    in_band_shares: Mapping[str, float]
    """Measure -> share of the takes inside its band, 0..1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Everything that the takes say about how delivery moves."""

    take_count: int
    session_count: int
    trends: tuple[Trend, ...]
    """One for each measure that any take has a value of, in the order of the measures."""
    competencies: tuple[CompetencySummary, ...]


# --- takes -> progress ----------------------------------------------------------------------------


def progress_of(points: Iterable[TakePoint], measures: Sequence[Measure], rule: ProgressRule = RULE) -> Progress:
    """Return the trends of `measures` over all takes, in whatever order they come."""
    takes = _by_session(points)
    columns = [np.array([take.measures.get(measure.name) for take in takes], dtype=np.float64) for measure in measures]
    trends = (_trend(measure, takes, column, rule) for measure, column in zip(measures, columns, strict=True))
    return Progress(
        take_count=len(takes),
        session_count=len({take.session_id for take in takes}),
        trends=tuple(trend for trend in trends if trend is not None),
        competencies=_competencies(takes, measures, columns),
    )


def own_bands(points: Iterable[TakePoint], like: TakePoint, rule: ProgressRule = RULE) -> Mapping[str, OwnBand]:
    """Return what is usual for the speaker, measure by measure, among the takes measured by the same method and engine.

    A measure is left out until there are enough sessions in which it has a value.
    """
    takes = _by_session(
        take for take in points if (take.method_version, take.engine) == (like.method_version, like.engine)
    )
    bands = {}
    for name in like.measures:
        column = np.array([take.measures.get(name) for take in takes], dtype=np.float64)
        indices = np.flatnonzero(np.isfinite(column)).tolist()
        own = _own_band(_line(takes, column, indices), rule) if indices else None
        if own is not None:
            bands[name] = own
    return bands


def _by_session(points: Iterable[TakePoint]) -> list[TakePoint]:
    """Return the takes of each session together, oldest session first, oldest take first."""
    takes = sorted(points, key=lambda take: (take.asked_at, take.take_id))
    ranks: dict[int, int] = {}
    for take in takes:
        ranks.setdefault(take.session_id, len(ranks))
    return sorted(takes, key=lambda take: ranks[take.session_id])


@dataclass(frozen=True, slots=True)
class _Line:
    """The takes, oldest first, in which a measure has a value: those of one method and engine."""

    takes: list[TakePoint]
    values: Floats
    session_starts: list[int]
    """The index of the first take of each session."""

    @property
    def session_medians(self) -> list[float]:
        ends = [*self.session_starts[1:], len(self.takes)]
        values: list[float] = self.values.tolist()
        return [median(values[start:end]) for start, end in zip(self.session_starts, ends, strict=True)]


def _trend(measure: Measure, takes: Sequence[TakePoint], column: Floats, rule: ProgressRule) -> Trend | None:
    by_origin: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index in np.flatnonzero(np.isfinite(column)).tolist():
        take = takes[index]
        by_origin[take.method_version, take.engine].append(index)
    if not by_origin:
        return None
    lines = [_line(takes, column, indices) for indices in sorted(by_origin.values(), key=lambda indices: indices[-1])]
    return Trend(measure=measure, series=tuple(_series(measure, line, rule) for line in lines))


def _line(takes: Sequence[TakePoint], column: Floats, indices: Sequence[int]) -> _Line:
    chosen = [takes[index] for index in indices]
    sessions = [take.session_id for take in chosen]
    starts = [0, *(index for index, (one, next_one) in enumerate(pairwise(sessions), start=1) if one != next_one)]
    return _Line(takes=chosen, values=column[indices], session_starts=starts)


def _series(measure: Measure, line: _Line, rule: ProgressRule) -> Series:
    points = _points(line, rule)
    heights = [point.value for point in points]
    edge = max(1, min(rule.edge_points, len(points) // 2))
    first, last = median(heights[:edge]), median(heights[-edge:])
    p_value = mann_kendall_p(heights) if len(points) >= rule.fewest_sessions else None
    return Series(
        method_version=line.takes[-1].method_version,
        engine=line.takes[-1].engine,
        points=points,
        session_count=len(line.session_starts),
        take_count=len(line.takes),
        first=first,
        last=last,
        best=_best(line, measure.band),
        slope=_slope(points, rule),
        p_value=p_value,
        verdict=_verdict(p_value, rule),
        direction=_direction(first, last, measure.band),
        own_band=_own_band(line, rule),
    )


def _points(line: _Line, rule: ProgressRule) -> tuple[SessionPoint, ...]:
    """Return the median of each session, neighbours merged where there are more than `rule.most_points`."""
    medians = line.session_medians
    bounds = [*line.session_starts, len(line.takes)]
    size = ceil(len(medians) / rule.most_points)
    groups = ((start, min(start + size, len(medians))) for start in range(0, len(medians), size))
    return tuple(
        SessionPoint(
            asked_at=line.takes[bounds[start]].asked_at,
            session_index=(start + end - 1) / 2,
            session_count=end - start,
            take_count=bounds[end] - bounds[start],
            value=median(medians[start:end]),
        )
        for start, end in groups
    )


def _slope(points: Sequence[SessionPoint], rule: ProgressRule) -> Slope | None:
    if len(points) == 1:
        return None
    return theil_sen([point.session_index for point in points], [point.value for point in points], rule.significance)


def _best(line: _Line, band: Band) -> Best:
    """With one open end, the further that way the better; with two ends, the middle is best."""
    if band.low is None:
        index = int(line.values.argmin())
    elif band.high is None:
        index = int(line.values.argmax())
    else:
        index = int(np.abs(line.values - (band.low + band.high) / 2).argmin())
    take = line.takes[index]
    return Best(take_id=take.take_id, asked_at=take.asked_at, value=float(line.values[index]))


def _verdict(p_value: float | None, rule: ProgressRule) -> Verdict:
    if p_value is None:
        return Verdict.TOO_FEW
    return Verdict.REAL_CHANGE if p_value <= rule.significance else Verdict.WITHIN_NOISE


def _own_band(line: _Line, rule: ProgressRule) -> OwnBand | None:
    if len(line.session_starts) < rule.own_band_from_sessions:
        return None
    recent = line.values[line.session_starts[-rule.own_band_sessions :][0] :]
    low, middle, high = (float(value) for value in np.quantile(recent, (0.25, 0.5, 0.75)))
    return OwnBand(median=middle, low=low, high=high, take_count=len(recent))


def _competencies(
    takes: Sequence[TakePoint], measures: Sequence[Measure], columns: Sequence[Floats]
) -> tuple[CompetencySummary, ...]:
    by_competency: dict[str, list[int]] = defaultdict(list)
    for index, take in enumerate(takes):
        comparable = (take.method_version, take.engine) == (takes[-1].method_version, takes[-1].engine)
        if take.competency is not None and comparable:
            by_competency[take.competency].append(index)
    return tuple(
        _competency(name, takes[indices[-1]].asked_at, measures, [column[indices] for column in columns])
        for name, indices in sorted(by_competency.items())
    )


def _competency(
    name: str, last_asked_at: datetime, measures: Sequence[Measure], columns: Sequence[Floats]
) -> CompetencySummary:
    known = {
        measure: values
        for measure, column in zip(measures, columns, strict=True)
        if (values := column[np.isfinite(column)]).size
    }
    return CompetencySummary(
        competency=name,
        take_count=len(columns[0]) if columns else 0,
        last_asked_at=last_asked_at,
        medians={measure.name: float(np.median(values)) for measure, values in known.items()},
        in_band_shares={measure.name: _share_inside(values, measure.band) for measure, values in known.items()},
    )


# --- seen from the band ---------------------------------------------------------------------------


def _share_inside(values: Floats, band: Band) -> float:
    low = -np.inf if band.low is None else band.low
    high = np.inf if band.high is None else band.high
    return float(np.mean((values >= low) & (values <= high)))


def _direction(first: float, last: float, band: Band) -> Direction:
    """With one open end, that way is better; with two ends, nearer to the band is."""
    if band.low is None:
        gain = first - last
    elif band.high is None:
        gain = last - first
    else:
        gain = _distance(first, band.low, band.high) - _distance(last, band.low, band.high)
    if gain == 0:
        return Direction.NEITHER
    return Direction.BETTER if gain > 0 else Direction.WORSE


def _distance(value: float, low: float, high: float) -> float:
    return max(low - value, value - high, 0.0)


# --- in words -------------------------------------------------------------------------------------


def what_changed(progress: Progress, rule: ProgressRule = RULE) -> tuple[str, ...]:
    """Return one sentence a measure: what is real, what is noise, what cannot be told yet."""
    return tuple(_sentence(trend, rule) for trend in progress.trends)


def _sentence(trend: Trend, rule: ProgressRule) -> str:
    series, unit = trend.current, trend.measure.unit
    name = trend.measure.name.capitalize()
    sessions = f"{series.session_count} session{'' if series.session_count == 1 else 's'}"
    elsewhere = sum(other.take_count for other in trend.series[:-1])
    apart = f" Takes measured by another method or engine are not compared: {elsewhere}." if elsewhere else ""
    if series.verdict is Verdict.TOO_FEW:
        return f"{name}: too few takes to tell ({sessions}; {rule.fewest_sessions} are needed).{apart}"
    moved = f"{_figure(series.first)} to {_figure(series.last)} {unit} over {sessions}"
    if series.verdict is Verdict.WITHIN_NOISE:
        return f"{name}: {moved}, within noise.{apart}"
    sense = "" if series.direction is Direction.NEITHER else f", for the {series.direction.value}"
    return f"{name}: {moved}, a real change{sense}.{apart}"


_WHOLE_FROM = 20
"""Figures from here on are told without decimals: nobody hears a tenth of a word a minute."""


def _figure(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= _WHOLE_FROM else f"{value:.1f}"
