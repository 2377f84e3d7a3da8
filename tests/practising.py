"""Questions, standings and days of practice for the tests of the schedule."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from builders import question

from mockint.schedule.due import Due, Situation, due_list
from mockint.schedule.recall import Grade, Standing, after_one_more
from mockint.schedule.rule import RULE, ScheduleRule
from mockint.schedule.session import choose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from mockint.model import Question
    from mockint.schedule.due import Key

NOW = datetime(2026, 3, 1, 18, tzinfo=timezone.utc)
TODAY = NOW.date()


def day(ahead: int) -> date:
    """So many days from today."""
    return TODAY + timedelta(days=ahead)


def bank(count: int, **fields: object) -> tuple[Question, ...]:
    """Questions q0, q1, ... that are about different things, each in a competency of its own."""
    return tuple(
        question(**{"id": f"q{i}", "text": f"What about {i}, {i * i + 7} and {i**3}?", "competency": f"c{i}", **fields})
        for i in range(count)
    )


def stands(days_ago: int = 0, *, interval_days: int = 10, quality: float | None = None, takes: int = 0) -> Standing:
    """How an answer sits that was last given so many days ago."""
    return Standing(
        last_asked_at=NOW - timedelta(days=days_ago),
        interval_days=interval_days,
        stability_days=float(interval_days),
        difficulty=5.0,
        quality=quality,
        quality_count=takes,
    )


def chance(seed: int) -> Callable[[], float]:
    """Chance that can be had again."""
    return random.Random(seed).random  # noqa: S311 - no secret


def ids(dues: Sequence[Due]) -> list[str]:
    """The ids of what was chosen."""
    return [due.question.id for due in dues]


def lived(
    questions: Sequence[Question],
    day_count: int,
    *,
    grade: Callable[[Question], Grade] = lambda _: Grade.GOOD,
    situation: Situation | None = None,
    standings: Mapping[Key, Standing] | None = None,
    rule: ScheduleRule = RULE,
) -> Iterator[tuple[int, tuple[Due, ...]]]:
    """Yield what each day asks of somebody who practises every day, and how the answers go by `grade`."""
    situation = situation or Situation(now=NOW)
    known = dict(standings or {})
    for ahead in range(day_count):
        then = replace(situation, now=NOW + timedelta(days=ahead))
        asked = choose(due_list(questions, known, then, rule), then, rule)
        yield ahead, asked
        for due in asked:
            key = due.question.bank_id, due.question.id
            known[key] = after_one_more(known.get(key), grade(due.question), then.now)
