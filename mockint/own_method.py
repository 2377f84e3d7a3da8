"""The scoring method with numbers of the user's own: checked, all faults at once, and named by what was changed."""

from __future__ import annotations

import difflib
import hashlib
import json
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Protocol

from mockint.scoring import METHOD

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockint.scoring import ScoringMethod

_FULL = 100.0
"""Percent."""
_HASH_LENGTH = 6
"""Of 16 million versions, two of one user's will not meet."""


class _Rule(Protocol):
    """What one field of the method may hold."""

    def fault(self, value: Any) -> str | None:
        """Say what it must be, where `value` is not that."""

    def read(self, value: Any) -> Any:
        """Return a sound value as the method holds it."""


@dataclass(frozen=True, slots=True)
class _Number:
    low: float
    high: float
    whole: bool = False

    def fault(self, value: Any) -> str | None:
        if _is_number(value) and self.low <= value <= self.high and not (self.whole and value % 1):
            return None
        return f"must be a {'whole ' * self.whole}number from {self.low:g} to {self.high:g}"

    def read(self, value: Any) -> float:
        return int(value) if self.whole else float(value)


@dataclass(frozen=True, slots=True)
class _Window:
    low: float
    high: float

    def fault(self, value: Any) -> str | None:
        if _is_pair(value) and self.low <= value[0] < value[1] <= self.high:
            return None
        return f"must be two rising numbers from {self.low:g} to {self.high:g}, as in [60, 120]"

    def read(self, value: Any) -> tuple[float, float]:
        return float(value[0]), float(value[1])


@dataclass(frozen=True, slots=True)
class _Points:
    """A curve, as a list of [value, percent] pairs."""

    low: float
    high: float
    begins_full: bool = False

    def fault(self, value: Any) -> str | None:
        if not isinstance(value, list) or len(value) < 2 or not all(_is_pair(pair) for pair in value):  # noqa: PLR2004 - a line
            return "must be a list of at least two [value, percent] pairs, as in [[0, 100], [5, 80]]"
        if any(one[0] >= other[0] for one, other in pairwise(value)):
            return "must have values that rise from pair to pair"
        if not all(self.low <= pair[0] <= self.high and 0 <= pair[1] <= _FULL for pair in value):
            return f"must have values from {self.low:g} to {self.high:g} and percents from 0 to 100"
        if self.begins_full and value[0] != [self.low, _FULL]:
            return f"must begin with [{self.low:g}, 100]"
        return None if any(pair[1] == _FULL for pair in value) else "must reach 100 percent somewhere"

    def read(self, value: Any) -> tuple[tuple[float, float], ...]:
        return tuple((float(one), float(other)) for one, other in value)


_POINTS = _Number(0, 99)  # two digits: the card has no room for three
_SHARE = _Number(0, 1)

RULES: Mapping[str, _Rule] = {
    "pace_points": _POINTS,
    "pace_wpm": _Points(0, 1000),
    "filler_points": _POINTS,
    "fillers_per_100_words": _Points(0, 100),
    "ambiguous_marker_weight": _SHARE,
    "sure_marker_from": _SHARE,
    "fewest_words": _Number(1, 1000, whole=True),
    "long_pause_points": _POINTS,
    "long_pause_s": _Number(0.25, 60),  # a shorter silence is no pause
    "long_pauses_per_minute": _Points(0, 60),
    "length_points": _POINTS,
    "shortest_answer_s": _Number(0, 3600),
    "window_s": _Window(1, 3600),
    "overlong_shares": _Points(1, 100, begins_full=True),
}
"""Every number that the points hang on. What only words the reasons, or was measured about mockint itself, stays."""

_POINT_FIELDS = tuple(name for name, rule in RULES.items() if rule is _POINTS)


def faults_in(changes: Any) -> tuple[str, ...]:
    """Return everything that is wrong with the user's changes: field -> value, as YAML or JSON gives it."""
    if not isinstance(changes, dict):
        return ("'scoring' must hold fields, as in 'long_pause_s: 3'",)
    faults = [fault for name, value in changes.items() if (fault := _fault(str(name), value)) is not None]
    if not faults and not any(changes.get(name, getattr(METHOD, name)) for name in _POINT_FIELDS):
        faults.append("'scoring' leaves no part any points; 'grade: false' hides them all")
    return tuple(faults)


def own_method(changes: Mapping[str, Any], method: ScoringMethod = METHOD) -> ScoringMethod:
    """Return `method` with sound `changes`, under a version that says so: the same changes always give the same one."""
    read = {name: RULES[name].read(value) for name, value in changes.items()}
    different = {name: value for name, value in read.items() if value != getattr(method, name)}
    if not different:
        return method
    digest = hashlib.sha256(json.dumps(different, sort_keys=True).encode()).hexdigest()
    fields: dict[str, Any] = {**different, "version": f"{method.version}+{digest[:_HASH_LENGTH]}"}
    return replace(method, **fields)


def _fault(name: str, value: Any) -> str | None:
    if name not in RULES:
        near = difflib.get_close_matches(name, RULES, n=1)
        return f"'scoring' has no field '{name}'" + (f" (did you mean '{near[0]}'?)" if near else "")
    fault = RULES[name].fault(value)
    return None if fault is None else f"'{name}' {fault}; it is now {value!r}"


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(_is_number, value))  # noqa: PLR2004 - a pair
