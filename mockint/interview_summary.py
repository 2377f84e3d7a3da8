"""What the answers of one interview say together: what to keep, and what to work on first."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mockint.model import ScorePart, Take

KEEP_FROM_SHARE = 0.8
"""Of its points over all answers: less is nothing to be proud of yet; and half of the answers reach the aim."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartOfAll:
    """One measure over all answers in which it was scored."""

    part: ScorePart
    """That of the first answer: its name and unit hold for all."""
    has_one_band: bool
    """Whether its band holds for all too: the aim for length is each question's own."""
    median: float
    share: float
    """Of the points that could be had, 0..1."""
    inside_count: int
    """Answers inside the band."""
    answer_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewSummary:
    """All answers of an interview together."""

    answer_count: int
    spoken_s: float | None
    """How long they last together; None where they were typed."""
    points: float
    max_points: float
    """0 where nothing could be scored."""
    keep: PartOfAll | None
    """The measure that went best; None where none went well."""
    work_on: PartOfAll | None
    """The measure that lost most points; None where none lost any."""
    focus: tuple[int, str] | None
    """What to do about it: the take that lost most there, and its goal."""


def summarise(takes: Sequence[Take]) -> InterviewSummary:
    """Look at the scored takes of one interview together."""
    results = [take.result for take in takes if take.result is not None]
    parts = [part for result in results for part in result.score.parts if part.points is not None and part.max_points]
    names = dict.fromkeys(part.name for part in parts)
    measures = [_over_all([part for part in parts if part.name == name]) for name in names]
    good = [each for each in measures if each.share >= KEEP_FROM_SHARE and 2 * each.inside_count >= each.answer_count]
    work_on = max(measures, key=_lost, default=None)
    if work_on is not None and not _lost(work_on):
        work_on = None
    keep = max((measure for measure in good if measure is not work_on), key=lambda measure: measure.share, default=None)
    return InterviewSummary(
        answer_count=len(results),
        spoken_s=sum(result.delivery.duration_s for result in results if not result.delivery.typed) or None,
        points=sum(part.points or 0 for part in parts),
        max_points=sum(part.max_points for part in parts),
        keep=keep,
        work_on=work_on,
        focus=None if work_on is None else _focus(takes, work_on.part.name),
    )


def _over_all(parts: Sequence[ScorePart]) -> PartOfAll:
    values = [part.value for part in parts if part.value is not None]
    return PartOfAll(
        part=parts[0],
        has_one_band=len({part.band for part in parts}) == 1,
        median=median(values),
        share=sum(part.points or 0 for part in parts) / sum(part.max_points for part in parts),
        inside_count=sum(part.is_inside for part in parts),
        answer_count=len(parts),
    )


def _lost(measure: PartOfAll) -> float:
    return (1 - measure.share) * measure.part.max_points


def _focus(takes: Sequence[Take], name: str) -> tuple[int, str] | None:
    """Return the take that lost most in a measure, of those in which no other lost more, and its focus."""
    lost = []
    for take in takes:
        scored = [] if take.result is None else [part for part in take.result.score.parts if part.points is not None]
        worst = max(scored, key=_points_lost, default=None)
        if take.result is not None and take.result.score.focus and worst is not None and worst.name == name:
            lost.append((_points_lost(worst), take.id, take.result.score.focus))
    if not lost:
        return None
    _, take_id, focus = max(lost, key=lambda each: each[0])
    return take_id, focus


def _points_lost(part: ScorePart) -> float:
    return part.max_points - (part.points or 0)
