"""Hearing one's own fillers: which ones, and the stretch to listen to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mockint.drills.rule import RULE, DrillRule
from mockint.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mockint.model import Filler, Take


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A filler of a stored take, with what was said around it and the stretch to listen to."""

    take: Take
    filler: Filler
    before: str
    after: str
    clip: Span


def own_slips(takes: Iterable[Take], rule: DrillRule = RULE) -> tuple[Slip, ...]:
    """Choose fillers to listen to: the surest of each take, newest take first, then the next surest, and so on.

    takes: oldest first.
    """
    ranked = [
        (rank, -index, take, filler)
        for index, take in enumerate(takes)
        if take.result is not None
        for rank, filler in enumerate(sorted(take.result.delivery.fillers, key=lambda filler: -filler.confidence))
    ]
    in_turn = sorted(ranked, key=lambda each: each[:2])
    return tuple(_slip(take, filler, rule) for _, _, take, filler in in_turn[: rule.most_slips])


def _slip(take: Take, filler: Filler, rule: DrillRule) -> Slip:
    assert take.result is not None  # noqa: S101 - the caller looked
    words = take.result.delivery.words
    middle_s = (filler.start_s + filler.end_s) / 2
    before = [word.text for word in words if word.end_s <= middle_s and word.start_s < filler.start_s]
    after = [word.text for word in words if word.start_s >= middle_s and word.end_s > filler.end_s]
    return Slip(
        take=take,
        filler=filler,
        before=" ".join(before[-rule.context_words :]),
        after=" ".join(after[: rule.context_words]),
        clip=Span(
            start_s=max(0.0, filler.start_s - rule.clip_context_s),
            end_s=min(take.duration_s, filler.end_s + rule.clip_context_s),
        ),
    )
