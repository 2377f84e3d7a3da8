"""The takes of each competency and of each question, summed up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

import numpy as np

from mockint.progress.band import inside
from mockint.progress.points import Labels, moment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from mockint.progress.points import Floats, Integers, Mask, Measure, QuestionKey, TakePoints

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
    """All groups at once: one after another would take half a second for 2,000 questions."""
    if not len(takes):
        return []
    comparable = takes.origins.rows_of(takes.origins.at(-1))
    chosen, codes, group_count = takes.only(comparable), by.codes[comparable], len(by.kinds)
    take_counts = np.bincount(codes, minlength=group_count)
    last_asked_at = np.full(group_count, np.datetime64(0, "us"))
    np.maximum.at(last_asked_at, codes, chosen.asked_at)
    columns = {measure: _in_groups(measure, chosen.column(measure.name), codes, group_count) for measure in measures}
    return [
        Summary(
            key=key,
            take_count=int(take_counts[group]),
            last_asked_at=moment(last_asked_at[group]),
            medians={
                each.name: float(column.medians[group]) for each, column in columns.items() if column.known[group]
            },
            in_band_shares={
                each.name: float(column.shares[group])
                for each, column in columns.items()
                if column.known[group] and not each.band.is_open
            },
        )
        for group, key in enumerate(by.kinds)
        if take_counts[group]
    ]


class _Column(NamedTuple):
    """What a measure comes to in each group; each of shape (groups,)."""

    known: Mask
    medians: Floats
    shares: Floats
    """Of the takes inside the band."""


def _in_groups(measure: Measure, values: Floats, codes: Integers, group_count: int) -> _Column:
    finite = np.isfinite(values)
    values, codes = values[finite], codes[finite]
    counts = np.bincount(codes, minlength=group_count)
    known = counts > 0
    shares = np.full(group_count, np.nan)
    inside_counts = np.bincount(codes, weights=inside(values, measure.band), minlength=group_count)
    shares[known] = inside_counts[known] / counts[known]
    return _Column(known, group_medians(values, codes, group_count), shares)


def group_medians(values: Floats, codes: Integers, group_count: int) -> Floats:
    """Return the median of the values of each group, NaN for one without any. codes: shape (n,), each value's group."""
    counts = np.bincount(codes, minlength=group_count)
    known = counts > 0
    begins, counts = (np.cumsum(counts) - counts)[known], counts[known]
    ordered = values[np.lexsort((values, codes))]
    medians = np.full(group_count, np.nan)
    medians[known] = (ordered[begins + (counts - 1) // 2] + ordered[begins + counts // 2]) / 2
    return medians
