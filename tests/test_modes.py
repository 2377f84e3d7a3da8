"""What a mode gives: times, an order of questions, and a light that tells the time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from builders import question

from mockint.modes import CLOSING, OPENING, Mode, Rules, TimeLight, in_interview_order, time_light, whole_interview

if TYPE_CHECKING:
    from mockint.model import Question

TIMED = question(time_limit_s=90.0, prep_time_s=20.0)
UNTIMED = question()


def ids(questions: tuple[Question, ...]) -> list[str]:
    return [each.id for each in questions]


# --- times ----------------------------------------------------------------------------------------


def test_practice_takes_the_questions_as_the_bank_has_them_and_nobody_waits() -> None:
    """The mode that was there first stays as it was."""
    rules = Rules()
    assert rules.as_asked(TIMED) == TIMED
    assert (rules.prep_s(TIMED), rules.limit_s(TIMED), rules.limit_s(UNTIMED)) == (0.0, 90.0, None)


def test_a_mock_interview_gives_time_to_think_and_always_has_a_limit() -> None:
    """The question's own times go first."""
    rules = Rules(mode=Mode.MOCK, takes=1)
    asked, without = rules.as_asked(TIMED), rules.as_asked(UNTIMED)
    assert (rules.prep_s(asked), rules.limit_s(asked)) == (20.0, 90.0)
    assert (rules.prep_s(without), rules.limit_s(without)) == (15.0, 120.0)


def test_a_video_interview_has_the_same_times_for_every_question() -> None:
    """30 seconds to think, two minutes to answer."""
    rules = Rules(mode=Mode.VIDEO, takes=1)
    for each in (TIMED, UNTIMED):
        asked = rules.as_asked(each)
        assert (rules.prep_s(asked), rules.limit_s(asked)) == (30.0, 120.0)


def test_more_time_makes_every_time_longer_and_leaves_the_question_as_it_is() -> None:
    """Its history hangs on it."""
    rules = Rules(mode=Mode.MOCK, takes=1, time_factor=1.5)
    asked = rules.as_asked(TIMED)
    assert asked == Rules(mode=Mode.MOCK, takes=1).as_asked(TIMED)
    assert (rules.prep_s(asked), rules.limit_s(asked), rules.break_s()) == (30.0, 135.0, 15.0)


def test_whoever_types_needs_no_time_to_think_before() -> None:
    """They think while they type."""
    assert Rules(mode=Mode.VIDEO, takes=1, typed=True).prep_s(TIMED) == 0.0


def test_a_silence_ends_no_answer_of_somebody_who_stammers() -> None:
    """A block may last for seconds; only where nobody can press a key, a very long silence has to do."""
    assert Rules().silence_s(4.0, can_press_keys=True) == 4.0
    assert Rules(time_factor=1.5).silence_s(4.0, can_press_keys=True) == 6.0
    assert Rules().silence_s(0.0, can_press_keys=True) is None
    assert Rules(stammer=True).silence_s(4.0, can_press_keys=True) is None
    assert Rules(stammer=True).silence_s(4.0, can_press_keys=False) == 15.0


# --- a whole interview ----------------------------------------------------------------------------

CANDIDATES = (
    question(id="b1", category="behavioural"),
    question(id="hard-opening", category=OPENING, difficulty=3),
    question(id="b2"),
    question(id="closing", category=CLOSING),
    question(id="easy-opening", category=OPENING, difficulty=1),
    question(id="b3"),
)


def test_an_interview_has_an_easy_opening_what_is_best_to_ask_and_a_closing() -> None:
    """What is between keeps the order of the schedule."""
    assert ids(whole_interview(CANDIDATES, 4)) == ["easy-opening", "b1", "b2", "closing"]


def test_a_second_opening_is_asked_only_where_nothing_else_is_left() -> None:
    """And then it comes early too."""
    assert ids(whole_interview(CANDIDATES, 10)) == ["easy-opening", "hard-opening", "b1", "b2", "b3", "closing"]


def test_with_one_or_two_questions_there_is_no_frame() -> None:
    """They are what is best to ask now."""
    assert ids(whole_interview(CANDIDATES, 2)) == ["hard-opening", "b1"]


def test_a_bank_without_openings_and_closings_is_asked_as_it_comes() -> None:
    """Nothing is made up."""
    assert ids(whole_interview(CANDIDATES[0:1] + CANDIDATES[2:3], 6)) == ["b1", "b2"]


def test_the_order_of_an_interview_changes_nothing_else() -> None:
    """Every question is asked once."""
    assert ids(in_interview_order(CANDIDATES)) == ["hard-opening", "easy-opening", "b1", "b2", "b3", "closing"]


# --- time lights ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("elapsed_s", "expected"),
    [
        (0, TimeLight.NOT_YET),
        (59.9, TimeLight.NOT_YET),
        (60, TimeLight.GREEN),
        (89.9, TimeLight.GREEN),
        (90, TimeLight.AMBER),
        (107.9, TimeLight.AMBER),
        (108, TimeLight.RED),
        (119.9, TimeLight.RED),
        (120, TimeLight.OVER),
    ],
)
def test_the_light_follows_the_window_of_the_question(elapsed_s: float, expected: TimeLight) -> None:
    """Green from its start, amber from its middle, red for a last sentence."""
    assert time_light(elapsed_s, (60.0, 120.0)) is expected


def test_every_light_is_told_by_a_word_too() -> None:
    """Not by colour alone."""
    assert len({light.value for light in TimeLight}) == len(TimeLight)
