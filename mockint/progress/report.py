"""All that progress has to tell, in one value: what the terminal, the page and other programs show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from mockint.progress.days import practice_days
from mockint.progress.trends import progress_of
from mockint.progress.week import week_changes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date, datetime

    from mockint.progress.points import Measure, QuestionKey, TakePoints
    from mockint.progress.trends import Progress
    from mockint.progress.week import WeekChange

CALENDAR_WEEKS = 26
"""Half a year: as many weeks as a terminal of 80 columns and a phone show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something else that happened: a mark on the time line."""

    on: date
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that the takes say, as of today."""

    today: date
    only: str | None
    """Which takes these are, in words; None for all."""
    progress: Progress
    changes: tuple[WeekChange, ...]
    """Empty where there are no takes."""
    first_day: date
    """A Monday: the calendar begins here and ends today."""
    takes_on: Mapping[date, int]
    """Day -> how many takes, from `first_day` on; days without any are left out."""
    question_texts: Mapping[QuestionKey, str]
    events: tuple[Event, ...] = ()
    """Oldest first."""


def report_of(
    points: TakePoints,
    measures: Sequence[Measure],
    *,
    now: datetime,
    day_of: Callable[[datetime], date],
    question_texts: Mapping[QuestionKey, str],
    only: str | None = None,
    events: Sequence[Event] = (),
) -> Report:
    """Put together what takes say. now: with its zone; day_of: on which day a moment was where the speaker lives."""
    today = day_of(now)
    first_day = today - timedelta(days=today.weekday(), weeks=CALENDAR_WEEKS - 1)
    return Report(
        today=today,
        only=only,
        progress=progress_of(points, measures),
        changes=week_changes(points, measures, now) if len(points) else (),
        first_day=first_day,
        takes_on=practice_days(points, first_day, day_of),
        question_texts=question_texts,
        events=tuple(sorted(events, key=lambda event: event.on)),
    )
