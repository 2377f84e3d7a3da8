"""Measures seen from the band that earns full marks: which way is better, and what lies inside."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from mockint.model import Band
    from mockint.progress.points import Floats, Mask


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


def verdict(p_value: float | None, significance: float) -> Verdict:
    """Tell what a test says; p_value: None where there was too little to test."""
    if p_value is None:
        return Verdict.TOO_FEW
    return Verdict.REAL_CHANGE if p_value <= significance else Verdict.WITHIN_NOISE


def direction(before: float, after: float, band: Band) -> Direction:
    """With one open end, that way is better; with two ends, nearer to the band is; with none, nothing is."""
    if band.is_open:
        return Direction.NEITHER
    if band.low is None:
        gain = before - after
    elif band.high is None:
        gain = after - before
    else:
        gain = _distance(before, band.low, band.high) - _distance(after, band.low, band.high)
    if gain == 0:
        return Direction.NEITHER
    return Direction.BETTER if gain > 0 else Direction.WORSE


def best_row(values: Floats, band: Band) -> int:
    """Return which value is best, the first of equals. The band has an end.

    With one open end, the further that way the better; with two ends, the middle is best.
    """
    if band.low is None:
        return int(values.argmin())
    if band.high is None:
        return int(values.argmax())
    return int(np.abs(values - (band.low + band.high) / 2).argmin())


def inside(values: Floats, band: Band) -> Mask:
    """Return which values lie inside the band."""
    low = -np.inf if band.low is None else band.low
    high = np.inf if band.high is None else band.high
    return (values >= low) & (values <= high)


def _distance(value: float, low: float, high: float) -> float:
    return max(low - value, value - high, 0.0)
