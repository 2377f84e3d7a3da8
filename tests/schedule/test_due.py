"""Which day each question is due, and why: intervals, weak competencies, interviews and wishes."""

from __future__ import annotations

from datetime import timedelta, timezone

import pytest
from builders import question
from hypothesis import given
from hypothesis import strategies as st
from practising import NOW, TODAY, bank, day, stands

from mockint.schedule.due import Due, Situation, Wish, below_usual, due_day, due_list, reason, weight_of
from mockint.schedule.rule import RULE

NO_INTERVIEW = Situation(now=NOW)


def the_due(standing_days_ago: int, *, interval_days: int = 10, situation: Situation = NO_INTERVIEW) -> Due:
    """When the one question is due that was asked so many days ago."""
    standings = {("bank", "one"): stands(standing_days_ago, interval_days=interval_days)}
    [due] = due_list([question()], standings, situation)
    return due


def test_a_question_is_due_when_its_interval_is_over() -> None:
    """Counted in days from midnight to midnight."""
    assert the_due(4).due_on == day(6)
    assert the_due(10).due_on == TODAY
    assert the_due(15).due_on == day(-5)


def test_midnight_is_that_of_the_person() -> None:
    """What was asked at 23:30 in Auckland was asked on that day, whatever the day was in Greenwich."""
    auckland = timezone(timedelta(hours=13))
    standings = {("bank", "one"): stands(0)}  # 18:00 in Greenwich is 7:00 of the next day there
    [due] = due_list([question()], standings, Situation(now=NOW.astimezone(auckland)))
    assert due.last_on == day(1)


def test_what_was_never_asked_is_due_today_and_what_is_retired_never() -> None:
    """A retired question is asked nobody any more."""
    dues = due_list([question(), question(id="old", retired=True)], {}, NO_INTERVIEW)
    assert [(due.question.id, due.due_on, due.last_on) for due in dues] == [("one", TODAY, None)]


# --- an interview ---------------------------------------------------------------------------------


@given(
    last=st.integers(0, 60),
    interval_days=st.integers(1, 60),
    weight=st.floats(1, RULE.most_weight),
    nearer=st.integers(0, 120),
    further=st.integers(0, 120),
)
def test_a_nearer_interview_makes_nothing_come_later(
    last: int, interval_days: int, weight: float, nearer: int, further: int
) -> None:
    """And none at all is the furthest."""
    nearer, further = sorted((nearer, further))
    due = [
        due_day(day(-last), interval_days, weight, situation)
        for situation in (
            Situation(now=NOW, interview_on=day(nearer)),
            Situation(now=NOW, interview_on=day(further)),
            None,
        )
    ]
    assert due == sorted(due)


@given(last=st.integers(0, 60), interval_days=st.integers(1, 60), ahead=st.integers(1, 120))
def test_nothing_rests_beyond_the_interview(last: int, interval_days: int, ahead: int) -> None:
    """Whatever its interval, it comes once more before the day, or on the day if it was asked the evening before."""
    due_on = due_day(day(-last), interval_days, 1.0, Situation(now=NOW, interview_on=day(ahead)))
    assert due_on <= day(ahead - 1 if ahead + last > 1 else ahead)


def test_an_interview_that_is_over_counts_no_more() -> None:
    """Nothing comes sooner for it."""
    assert the_due(0, situation=Situation(now=NOW, interview_on=day(-1))).due_on == day(10)


def test_what_the_interview_brings_forward_says_so() -> None:
    """Ten days of rest become four with ten days to go."""
    due = the_due(4, situation=Situation(now=NOW, interview_on=day(6)))
    assert (due.due_on, reason(due, TODAY)) == (TODAY, "before the interview")


# --- weak competencies ----------------------------------------------------------------------------


def below(**qualities: tuple[float, int]) -> dict[str | None, float]:
    """How far below the usual each competency lies, given the quality and number of its takes."""
    pairs = [
        (question(competency=name), stands(quality=quality, takes=takes))
        for name, (quality, takes) in qualities.items()
    ]
    return dict(below_usual(pairs))


def test_one_bad_take_does_not_brand_a_competency() -> None:
    """Three bad ones do; what is called weak comes sooner, but never more than half as soon again."""
    once = below(planning=(0.4, 1), teamwork=(0.8, 30))["planning"]
    often = below(planning=(0.4, 6), teamwork=(0.8, 30))["planning"]
    assert once < RULE.weak_from <= often
    assert weight_of(once) < weight_of(often) <= RULE.most_weight


def test_a_strong_competency_rests_no_longer() -> None:
    """It only stays as it is."""
    assert weight_of(below(planning=(0.4, 6), teamwork=(0.8, 30))["teamwork"]) == 1.0


def test_without_any_points_nothing_is_weak() -> None:
    """Nothing tells, so nothing is said."""
    assert dict(below_usual([(question(competency="planning"), stands())])) == {}


@given(takes=st.integers(1, 50), quality=st.floats(0, 1), others=st.floats(0, 1))
def test_weakness_grows_with_the_evidence(takes: int, quality: float, others: float) -> None:
    """It never says more than the takes do, and never the other way round."""
    found = below(planning=(quality, takes), teamwork=(others, 1000))["planning"]
    assert abs(found) <= abs(others - quality) + 1e-12
    assert found * (others - quality) >= -1e-12


def test_a_weak_competency_comes_sooner_and_says_so() -> None:
    """Ten days become eight."""
    weak, strong = question(id="weak", competency="planning"), question(id="strong", competency="teamwork")
    standings = {
        ("bank", "weak"): stands(8, quality=0.2, takes=3),
        ("bank", "strong"): stands(8, quality=0.9, takes=3),
    }
    first, second = due_list([weak, strong], standings, NO_INTERVIEW)
    assert (first.due_on, second.due_on) == (TODAY, day(2))
    assert reason(first, TODAY) == "due today, planning is weak"


# --- wishes ---------------------------------------------------------------------------------------


def test_a_wish_makes_a_question_due_until_it_is_answered() -> None:
    """What a mentor asked for comes now, and once."""
    wish = Wish(bank_id="bank", question_id="one", source="your mentor", since=NOW - timedelta(days=2))
    situation = Situation(now=NOW, wishes=(wish,))
    assert reason(the_due(3, situation=situation), TODAY) == "your mentor asked for it"
    assert the_due(3, situation=situation).due_on == TODAY
    assert the_due(1, situation=situation).wish is None


def test_a_wish_for_a_competency_is_fulfilled_by_three_questions() -> None:
    """Or by all, where there are fewer; those that were answered since are not asked for again."""
    wish = Wish(competency="planning", source="the interview at Acme", since=NOW - timedelta(days=2))
    questions = bank(5, competency="planning")
    situation = Situation(now=NOW, wishes=(wish,))
    standings = {("bank", "q0"): stands(1), ("bank", "q1"): stands(1)}
    wished = [due.question.id for due in due_list(questions, standings, situation) if due.wish]
    assert wished == ["q2", "q3", "q4"]
    standings["bank", "q2"] = stands(0)
    assert not any(due.wish for due in due_list(questions, standings, situation))
    assert not any(due.wish for due in due_list(questions[:2], standings, situation))


def test_a_wish_for_a_question_that_is_gone_asks_for_nothing() -> None:
    """A bank may have been edited since; under its former id the question is found."""
    situation = Situation(now=NOW, wishes=(Wish(bank_id="bank", question_id="old", source="you", since=NOW),))
    assert due_list([question()], {}, situation)[0].wish is None
    assert due_list([question(aliases=("old",))], {}, situation)[0].wish is not None


@pytest.mark.parametrize(
    ("days_ago", "said"),
    [(10, "due today"), (11, "due since yesterday"), (13, "due for 3 days"), (9, "early: due in 1 day")],
)
def test_reasons_in_words(days_ago: int, said: str) -> None:
    """One line has to do."""
    assert reason(the_due(days_ago), TODAY) == said
