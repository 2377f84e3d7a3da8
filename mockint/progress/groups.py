"""The takes of each competency and of each question, summed up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np

from mockint.progress.band import share_inside
from mockint.progress.points import Labels, moment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from mockint.progress.points import Integers, Measure, QuestionKey, TakePoints

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary(Generic[Key]):
    """The takes of one competency or question that the newest method and engine measured."""

    key: Key
    take_count: int
    last_asked_at: datetime
    medians: Mapping[str, float]
    in_band_shares: Mapping[str, float]
    """Measure -> share of the takes inside its band, 0..1; left out where nothing is aimed at."""


def competencies(takes: TakePoints, measures: Sequence[Measure]) -> tuple[Summary[str], ...]:
    """Return what the takes of each competency come to, by name. takes: oldest session first."""
    named = Labels(kinds=tuple(name or "" for name in takes.competencies.kinds), codes=takes.competencies.codes)
    found = (summary for summary in _summaries(takes, named, measures) if summary.key)
    return tuple(sorted(found, key=lambda summary: summary.key))


def questions(takes: TakePoints, measures: Sequence[Measure]) -> tuple[Summary[QuestionKey], ...]:
    """Return what the takes of each question come to, the one asked last at the end. takes: oldest session first."""
    return tuple(sorted(_summaries(takes, takes.questions, measures), key=lambda summary: summary.last_asked_at))


def _summaries(takes: TakePoints, by: Labels[Key], measures: Sequence[Measure]) -> list[Summary[Key]]:
    if not len(takes):
        return []
    comparable = takes.origins.rows_of(takes.origins.at(-1))
    chosen = takes.only(comparable)
    return [_summary(key, chosen, rows, measures) for key, rows in by.only(comparable).groups()]


def _summary(key: Key, takes: TakePoints, rows: Integers, measures: Sequence[Measure]) -> Summary[Key]:
    columns = {measure: takes.column(measure.name)[rows] for measure in measures}
    known = {measure: values[np.isfinite(values)] for measure, values in columns.items() if np.isfinite(values).any()}
    return Summary(
        key=key,
        take_count=len(rows),
        last_asked_at=moment(takes.asked_at[rows].max()),
        medians={measure.name: float(np.median(values)) for measure, values in known.items()},
        in_band_shares={
            measure.name: share_inside(values, measure.band)
            for measure, values in known.items()
            if not measure.band.is_open
        },
    )
