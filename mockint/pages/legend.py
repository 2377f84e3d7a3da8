"""What the marks on a page mean."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from mockint.model import FillerKind
from mockint.pages.review_marks import HEDGE, LONG_PAUSE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockint.scoring import ScoringMethod

KIND_NAMES: Mapping[str, str] = MappingProxyType(
    {
        FillerKind.FILLED_PAUSE.value: "filled pause",
        FillerKind.DISCOURSE_MARKER.value: "discourse marker",
        HEDGE: "hedge",
        LONG_PAUSE: "long pause",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendEntry:
    """A kind of mark, how often it was set, and what it looks like in words."""

    kind: str
    name: str
    example: str
    count: int | None = None
    """None where the marks are explained only."""
    likely: str = ""


def legend(method: ScoringMethod, names: Mapping[str, str] = KIND_NAMES) -> tuple[LegendEntry, ...]:
    """Explain every kind of mark, long pauses last. names: kind -> what the readers of the page call it."""
    examples = (
        (FillerKind.FILLED_PAUSE.value, "um, uh"),
        (FillerKind.DISCOURSE_MARKER.value, "like, so"),
        (HEDGE, "maybe"),
        (LONG_PAUSE, f"{method.long_pause_s:g} s or more"),
    )
    return tuple(LegendEntry(kind=kind, name=names[kind], example=example) for kind, example in examples)
