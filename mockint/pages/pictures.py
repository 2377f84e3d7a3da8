"""Where things stand in the pictures of a page: lengths in percent of the width, heights in units of each picture.

Percent, so that a picture may be as wide as the screen while its letters and lines keep their size.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from mockint.figures import clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mockint.model import Delivery, PaceWindow, ScorePart


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureSettings:
    """How the pictures are drawn."""

    most_bins: int = 480
    """Levels side by side in the strip: a phone shows no more."""
    floor_dbfs: float = -60.0
    """Drawn as silence."""
    least_ceiling_dbfs: float = -30.0
    """A recording whose loudest moment is below this is drawn small: it is quiet."""
    contrast: float = 1.6
    """Bends the scale of decibels a little towards what looks like sound."""
    most_time_labels: int = 7
    time_steps_s: tuple[int, ...] = (5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800)
    pace_margin_wpm: float = 20.0
    """Room above and below what the pace chart has to show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLabel:
    """A time on the axis."""

    x: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Something that lasts: `x` and `width` in percent."""

    x: float
    width: float
    long: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A filler on the strip."""

    x: float
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """The level over time. `outline` is an SVG path in a box of `bin_count` by 100."""

    outline: str
    bin_count: int
    pauses: tuple[Stretch, ...]
    marks: tuple[Mark, ...]
    times: tuple[TimeLabel, ...]


def level_strip(
    levels_dbfs: Sequence[float],
    duration_s: float,
    delivery: Delivery | None,
    long_pause_s: float,
    settings: PictureSettings,
) -> Strip:
    """Return the strip; without levels its outline is empty, without a delivery it has no marks.

    long_pause_s: as in the score.
    """
    heights = _heights(levels_dbfs, settings)
    return Strip(
        outline=_outline(heights),
        bin_count=max(1, len(heights)),
        pauses=()
        if delivery is None
        else tuple(
            Stretch(
                x=percent(pause.start_s, duration_s),
                width=percent(pause.duration_s, duration_s),
                long=pause.duration_s >= long_pause_s,
                text=f"{pause.duration_s:.1f} s",
            )
            for pause in delivery.pauses
        ),
        marks=()
        if delivery is None
        else tuple(
            Mark(x=percent((filler.start_s + filler.end_s) / 2, duration_s), kind=filler.kind.value)
            for filler in delivery.fillers
        ),
        times=time_labels(duration_s, settings),
    )


def _heights(levels_dbfs: Sequence[float], settings: PictureSettings) -> list[float]:
    """The mean level of each bin, 0..1."""
    if not levels_dbfs:
        return []
    ceiling_dbfs = max(settings.least_ceiling_dbfs, *levels_dbfs)
    count = min(len(levels_dbfs), settings.most_bins)
    edges = [len(levels_dbfs) * i // count for i in range(count + 1)]
    bins = [levels_dbfs[start:end] for start, end in pairwise(edges)]
    span_db = ceiling_dbfs - settings.floor_dbfs
    return [max(0.0, (sum(each) / len(each) - settings.floor_dbfs) / span_db) ** settings.contrast for each in bins]


def _outline(heights: Sequence[float]) -> str:
    """A closed path, the same above and below the middle."""
    if not heights:
        return ""
    halves = [max(1, round(48 * height)) for height in heights]
    above = "".join(f"L{i} {50 - half}H{i + 1}" for i, half in enumerate(halves))
    below = "".join(f"L{i + 1} {50 + half}H{i}" for i, half in reversed(list(enumerate(halves))))
    return f"M0 50{above}{below}Z"


# --- pace -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PacePoint:
    """One window of the pace: where it begins, ends and has its middle, and how high."""

    x1: float
    x2: float
    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaceChart:
    """Pace over time; heights in percent from the top."""

    points: tuple[PacePoint, ...]
    band_top: float
    band_bottom: float
    band_high: str
    band_low: str
    """Empty where the band has no lower end: it reaches to the bottom."""
    times: tuple[TimeLabel, ...]


def pace_chart(delivery: Delivery, part: ScorePart, window_s: float, settings: PictureSettings) -> PaceChart | None:
    """Return the chart of the windows and the band of `part`; None where there is nothing to draw."""
    windows, low, high = delivery.pace.windows, part.band.low, part.band.high
    if not windows or high is None:
        return None
    speeds = [window.words_per_minute for window in windows]
    bottom = max(0.0, min(high if low is None else low, *speeds) - settings.pace_margin_wpm)
    top = max(high, *speeds) + settings.pace_margin_wpm

    def y(words_per_minute: float) -> float:
        return round((top - words_per_minute) / (top - bottom) * 100, 2)

    return PaceChart(
        points=tuple(_pace_point(delivery, window, window_s, y(window.words_per_minute)) for window in windows),
        band_top=y(high),
        band_bottom=y(bottom if low is None else low),
        band_high=f"{high:g}",
        band_low="" if low is None else f"{low:g}",
        times=time_labels(delivery.duration_s, settings),
    )


def window_end_s(delivery: Delivery, window: PaceWindow, window_s: float) -> float:
    """Where a window of the pace ends: the last one is cut off by the end of the answer."""
    end_s = delivery.duration_s if delivery.answer is None else delivery.answer.end_s
    return min(window.start_s + window_s, end_s)


def _pace_point(delivery: Delivery, window: PaceWindow, window_s: float, y: float) -> PacePoint:
    end_s = window_end_s(delivery, window, window_s)
    return PacePoint(
        x1=percent(window.start_s, delivery.duration_s),
        x2=percent(end_s, delivery.duration_s),
        x=percent((window.start_s + end_s) / 2, delivery.duration_s),
        y=y,
        text=f"{window.words_per_minute:.0f}",
    )


# --- one value beside its band --------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauge:
    """A value, the interval in which the truth likely lies, and the band: all in percent of the width."""

    value: float
    low: float
    high: float
    band_x: float
    band_width: float


def gauge(part: ScorePart) -> Gauge | None:
    """Return where a value stands, on a scale that reaches twice as far as the band; None without a value or a band."""
    return _gauge(part, _twice_the_band(part))


def gauges(before: ScorePart, after: ScorePart) -> tuple[Gauge, Gauge] | None:
    """Return where two values of one measure stand on one scale, which holds both; None where either has no gauge."""
    reach = max(_twice_the_band(before), _twice_the_band(after), before.high or 0.0, after.high or 0.0)
    one, other = _gauge(before, reach), _gauge(after, reach)
    return None if one is None or other is None else (one, other)


def _gauge(part: ScorePart, end: float) -> Gauge | None:
    if part.band.is_open or part.value is None or part.low is None or part.high is None:
        return None
    band_low, band_high = part.band.low or 0.0, part.band.high or 0.0
    low, high, value = (min(100.0, percent(each, end)) for each in (part.low, part.high, part.value))
    return Gauge(
        value=value, low=low, high=high, band_x=percent(band_low, end), band_width=percent(band_high - band_low, end)
    )


def _twice_the_band(part: ScorePart) -> float:
    band_low, band_high = part.band.low or 0.0, part.band.high or 0.0
    return max(band_high + (band_high - band_low), 1e-9)


# --- axes -----------------------------------------------------------------------------------------


def time_labels(duration_s: float, settings: PictureSettings) -> tuple[TimeLabel, ...]:
    """Return the times below a picture that is so long."""
    longest = settings.time_steps_s[-1]
    step_s = next((step for step in settings.time_steps_s if duration_s / step <= settings.most_time_labels), longest)
    return tuple(
        TimeLabel(x=percent(time_s, duration_s), text=clock(time_s)) for time_s in range(0, int(duration_s) + 1, step_s)
    )


def percent(part: float, whole: float) -> float:
    """Return how much of the whole a part is; of nothing, none."""
    return round(100 * part / whole, 3) if whole else 0.0
