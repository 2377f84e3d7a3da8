"""On which days there was practice."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time, timedelta, timezone
from typing import TYPE_CHECKING

from mockint.progress.points import moment, times

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from mockint.progress.points import TakePoints

DAY = timedelta(days=1)


def practice_days(points: TakePoints, since: date, day_of: Callable[[datetime], date]) -> Mapping[date, int]:
    """Return how many takes there were on each day from `since` on, oldest first; days without any are left out.

    day_of: on which day a moment was where the speaker lives.
    """
    a_day_early = datetime.combine(since, time(), tzinfo=timezone.utc) - DAY  # no zone is further off
    [start] = times([a_day_early])
    days = Counter(day_of(moment(at)) for at in points.asked_at[points.asked_at >= start])
    return {day: days[day] for day in sorted(days) if day >= since}
