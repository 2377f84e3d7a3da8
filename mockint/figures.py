"""Figures as people read them: counts, times, and what was measured, with its unit and its aim."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mockint.model import Band, ScorePart


def counted(count: int, what: str) -> str:
    """Write a count with what is counted: "1 take", "2 takes". what: one of them; its plural ends in s."""
    return f"{count} {what}{'' if count == 1 else 's'}"


def clock(time_s: float) -> str:
    """Seconds as a person reads them: 83.2 -> 1:23."""
    minutes, seconds = divmod(int(time_s), 60)
    return f"{minutes}:{seconds:02d}"


def fine_clock(time_s: float) -> str:
    """Seconds where tenths matter: 83.24 -> 1:23.2."""
    minutes, tenths = divmod(round(time_s * 10), 600)
    return f"{minutes}:{tenths // 10:02d}.{tenths % 10}"


def figure(value: float, unit: str) -> str:
    """The value of a part as a person reads it, without its unit: "142", "5.2", "1:30"."""
    if unit == "s":
        return clock(value)
    return f"{value:.{0 if unit in ('words/min', 'words') else 1}f}"


def with_unit(value: float, unit: str) -> str:
    """The value of a part with its unit: "142 words/min"; a time needs none."""
    return figure(value, unit) if unit == "s" else f"{figure(value, unit)} {unit}"


def aim(part: ScorePart) -> str:
    """The band of a part as a person reads it: "125-175", "up to 3.4", "1:00-2:00"; "none" where there is none."""
    return aim_of(part.band, part.unit)


def aim_of(band: Band, unit: str) -> str:
    """A band as a person reads it, in the unit of what it is measured by."""
    low, high = (None if end is None else clock(end) if unit == "s" else f"{end:g}" for end in (band.low, band.high))
    if band.is_open:
        return "none"
    if low is None:
        return f"up to {high}"
    return f"{low}-{high}" if high is not None else f"from {low}"
