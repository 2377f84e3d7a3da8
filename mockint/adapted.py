"""The scoring method for those who need more time, or who stammer: another method, and its version says so.

Stammering is no fault of delivery. Pauses, repeats and fillers belong to it so often (blocks, starters, words that help
over a block; Van Riper 1982) that from outside nobody can tell which of them do; so none of them is scored. The pace is
held against rushing alone, and fluency is not praised.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mockint.scoring import ScoringMethod

UNSCORED_IN_STAMMERING = frozenset({"fillers", "long pauses"})
_VERSION = re.compile(r"(?s)(?P<base>.*?)(?P<stammer>\+stammer)?(?:\+time(?P<factor>\d+(?:\.\d+)?))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Adaptation:
    """What is different for somebody. The defaults change nothing."""

    stammer: bool = False
    time_factor: float | None = None


def adapted(method: ScoringMethod, adaptation: Adaptation) -> ScoringMethod:
    """Return the method as `adaptation` wants it, on top of what it is adapted to already; its version tells all."""
    now = adaptation_in(method.version)
    stammer = now.stammer or adaptation.stammer
    factor = adaptation.time_factor or now.time_factor or 1.0
    version = _parts(method.version)["base"] + "+stammer" * stammer + (f"+time{factor:g}" if factor != 1 else "")
    method = replace(method, version=version, time_factor=factor)
    if not stammer:
        return method
    pace_wpm = method.pace_wpm[_first_full(method) :]
    return replace(method, pace_wpm=pace_wpm, unscored=UNSCORED_IN_STAMMERING, praises_fluency=False)


def adaptation_in(version: str) -> Adaptation:
    """Return how the method of this version was adapted."""
    parts = _parts(version)
    factor = parts["factor"]
    return Adaptation(stammer=parts["stammer"] is not None, time_factor=None if factor is None else float(factor))


def as_before(method: ScoringMethod, version: str) -> ScoringMethod:
    """Return the method adapted as the one of `version` was: for a take that was scored by that."""
    return adapted(method, adaptation_in(version))


def _parts(version: str) -> re.Match[str]:
    found = _VERSION.fullmatch(version)
    if found is None:
        raise AssertionError("the base takes whatever is left")
    return found


def _first_full(method: ScoringMethod) -> int:
    """The index in the pace curve from which slower is no better."""
    most = max(percent for _, percent in method.pace_wpm)
    return next(index for index, (_, percent) in enumerate(method.pace_wpm) if percent == most)
