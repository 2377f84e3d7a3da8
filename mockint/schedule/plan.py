"""The days ahead: what each will bring if every answer until then goes well."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mockint.schedule.due import due_list
from mockint.schedule.recall import Grade, after_one_more
from mockint.schedule.rule import RULE, ScheduleRule
from mockint.schedule.session import choose, question_s

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from mockint.model import Question
    from mockint.schedule.due import Due, Key, Situation
    from mockint.schedule.recall import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDay:
    """One day; a day on which nothing is due asks nothing."""

    on: date
    days_left: int | None
    """To the interview."""
    asked: tuple[Due, ...]
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The days ahead, from today."""

    days: tuple[PlannedDay, ...]
    left_out: tuple[Question, ...]
    """Important, and yet never asked before the interview. Empty where these days do not reach it."""


def plan(
    questions: Sequence[Question],
    standings: Mapping[Key, Standing],
    situation: Situation,
    rule: ScheduleRule = RULE,
    *,
    day_count: int,
    first_s: float | None = None,
) -> Plan:
    """Look ahead `day_count` days, today included, one half hour a day. Each answer is taken to go well.

    first_s: how much of today is left, in seconds; None for all of it.
    """
    expected = dict(standings)
    days = []
    for ahead in range(day_count):
        then = replace(situation, now=situation.now + timedelta(days=ahead))
        asked = choose(due_list(questions, expected, then, rule), then, rule, seconds=None if ahead else first_s)
        seconds = sum(question_s(due.question, rule) for due in asked)
        days.append(PlannedDay(on=then.today, days_left=then.days_left, asked=asked, seconds=seconds))
        for due in asked:
            key = due.question.bank_id, due.question.id
            expected[key] = after_one_more(due.standing, Grade.GOOD, then.now)
    if situation.days_left is None or situation.days_left >= day_count:
        return Plan(days=tuple(days), left_out=())
    unasked = (due for due in due_list(questions, expected, situation, rule) if due.last_on is None)
    return Plan(days=tuple(days), left_out=tuple(due.question for due in unasked if due.important))
