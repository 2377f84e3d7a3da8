"""Looking ahead, and a person with an interview in ten days who opens mockint each day."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from builders import question
from hypothesis import given, settings
from hypothesis import strategies as st
from practising import NOW, bank, day, ids, lived, stands

from mockint.bank import load_bank, shipped_banks_folder
from mockint.schedule.due import Situation
from mockint.schedule.plan import Plan, plan
from mockint.schedule.recall import Grade

if TYPE_CHECKING:
    from mockint.model import Question

STARTER = load_bank(shipped_banks_folder() / "starter.yaml").questions


def ten_days(questions: tuple[Question, ...] = STARTER) -> Plan:
    """The plan of somebody who begins ten days before the interview."""
    return plan(questions, {}, Situation(now=NOW, interview_on=day(10)), day_count=11)


def test_ten_days_hold_a_whole_bank_and_most_of_it_more_than_once() -> None:
    """Every question is met, most come again days later, and none is new on the last day."""
    days = ten_days().days
    asked = Counter(name for each in days for name in ids(each.asked))
    assert asked.keys() == {each.id for each in STARTER}
    assert sum(count > 1 for count in asked.values()) >= 0.7 * len(STARTER)
    assert max(asked.values()) <= 4
    assert ten_days().left_out == ()
    new = [sum(due.last_on is None for due in each.asked) for each in days]
    assert new[:2] == [6, 6]
    assert new[-2:] == [0, 0]


def test_each_of_the_ten_days_has_its_half_hour_and_the_last_is_light() -> None:
    """No day is empty, none is too long."""
    minutes = [each.seconds / 60 for each in ten_days().days]
    assert all(24 <= each <= 30 for each in minutes[:-2])
    assert 10 <= minutes[-2] <= 15
    assert minutes[-1] <= 10.5


@settings(deadline=None, max_examples=30)
@given(
    ahead=st.integers(2, 21),
    grades=st.lists(st.sampled_from(Grade), min_size=1, max_size=9),
    count=st.integers(1, 40),
)
def test_whatever_the_answers_are_each_day_is_ready(ahead: int, grades: list[Grade], count: int) -> None:
    """Up to the interview there is always something to do that is due, and nothing new at the end."""
    questions = bank(count)
    situation = Situation(now=NOW, interview_on=day(ahead))
    met: set[str] = set()
    for number, asked in lived(
        questions, ahead + 1, situation=situation, grade=lambda each: grades[int(each.id[1:]) % len(grades)]
    ):
        left = ahead - number
        if left in (0, 1):
            assert asked
            assert {*ids(asked)} <= met
        assert all(due.due_on <= day(number) for due in asked) or left in (0, 1)
        met |= {*ids(asked)}


@settings(deadline=None, max_examples=30)
@given(ahead=st.integers(2, 30), count=st.integers(1, 60))
def test_everything_important_that_fits_is_met_before_the_interview(ahead: int, count: int) -> None:
    """What does not fit is named; at least a third of the half hours is for what is new."""
    questions = bank(count, time_limit_s=90.0)
    found = plan(questions, {}, Situation(now=NOW, interview_on=day(ahead)), day_count=ahead + 1)
    met = {name for each in found.days for name in ids(each.asked)}
    assert {each.id for each in found.left_out} == {each.id for each in questions} - met
    assert len(met) >= min(count, 2 * (ahead - 1))


def test_nothing_is_left_out_of_a_plan_that_ends_before_the_interview() -> None:
    """There is still time; and without an interview there is no hurry at all."""
    for interview_on in (None, day(7)):
        assert plan(bank(100), {}, Situation(now=NOW, interview_on=interview_on), day_count=7).left_out == ()
    assert plan(bank(100), {}, Situation(now=NOW, interview_on=day(6)), day_count=7).left_out


def test_a_plan_is_what_the_days_will_bring_if_every_answer_goes_well() -> None:
    """It reckons with nothing but what practice itself does."""
    situation = Situation(now=NOW, interview_on=day(10))
    assert [ids(each.asked) for each in ten_days().days] == [
        ids(asked) for _, asked in lived(STARTER, 11, situation=situation)
    ]


def test_what_was_practised_today_is_taken_off_the_first_day() -> None:
    """The other days are whole."""
    standings = {("bank", f"q{i}"): stands(0) for i in range(3)}
    found = plan(bank(20), standings, Situation(now=NOW), day_count=2, first_s=0.0)
    assert [len(each.asked) for each in found.days] == [0, 5]


@pytest.mark.parametrize("ahead", [0, 1, 2])
def test_a_plan_for_tomorrow(ahead: int) -> None:
    """It is never too late to begin."""
    found = plan(bank(20), {}, Situation(now=NOW, interview_on=day(ahead)), day_count=ahead + 1)
    assert all(each.asked for each in found.days)


def test_retired_questions_are_in_no_plan() -> None:
    """Nor are they missed in one."""
    questions = (*bank(2), question(id="old", retired=True))
    found = plan(questions, {}, Situation(now=NOW, interview_on=day(3)), day_count=4)
    assert "old" not in {name for each in found.days for name in ids(each.asked)}
    assert found.left_out == ()
