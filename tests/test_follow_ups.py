"""When a follow-up is asked: by length and by words heard, and never on a guess."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import delivery, question, span, take, words

from mockint.follow_ups import fitting_follow_up, follow_ups_of, is_follow_up
from mockint.model import Delivery, Question, Result, Take
from mockint.scoring import METHOD, score
from mockint.typed import judge_typed

ASKED = question(
    id="disagreed",
    competency="teamwork",
    prep_time_s=30.0,
    time_limit_s=120.0,
    follow_ups=("How would your colleague tell that story?", "What came of the plan?", "Why?"),
)


def answered(spoken: Delivery, asked: Question = ASKED) -> Take:
    return take(question=asked, result=Result(delivery=spoken, score=score(spoken, asked)))


def fitting(answer: Take) -> str | None:
    found = fitting_follow_up(answer, follow_ups_of(answer.question), METHOD)
    return None if found is None else found.question.id


def test_a_follow_up_is_a_question_of_its_own_without_time_to_prepare() -> None:
    """It counts for the same competency, and has no tips that belong to the question before it."""
    first = follow_ups_of(ASKED)[0]
    assert (first.bank_id, first.id, first.text) == ("bank", "disagreed.follow-up-1", ASKED.follow_ups[0])
    assert (first.competency, first.prep_time_s, first.time_limit_s) == ("teamwork", 0.0, 60.0)
    assert (first.follow_ups, is_follow_up(first), is_follow_up(ASKED)) == ((), True, False)


def test_after_a_short_answer_the_first_follow_up_is_asked() -> None:
    """Whatever was said in it."""
    short = delivery(answer=span(0, 40), words=words("my colleague told that story and what came of the plan"))
    found = fitting_follow_up(answered(short), follow_ups_of(ASKED), METHOD)
    assert found is not None
    assert (found.question.id, found.because) == ("disagreed.follow-up-1", "your answer took 0:40, less than 1:00")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("it was about the budget", "disagreed.follow-up-1"),
        ("my colleagues saw it otherwise", "disagreed.follow-up-2"),
        ("my colleague had planned it otherwise", None),
    ],
)
def test_after_a_long_answer_the_first_that_none_of_its_words_came_up_of_is_asked(
    said: str, expected: str | None
) -> None:
    """Endings aside; a follow-up without any word of its own, such as "Why?", is never held to be missing."""
    assert fitting(answered(delivery(words=words(said)))) == expected


def test_the_reason_names_the_words_that_were_not_heard() -> None:
    """So that everybody can see that nothing was understood."""
    found = fitting_follow_up(answered(delivery(words=words("the budget"))), follow_ups_of(ASKED), METHOD)
    assert found is not None
    assert found.because == 'your answer held none of "colleague", "tell", "story"'
    asked = replace(ASKED, follow_ups=ASKED.follow_ups[1:])
    found = fitting_follow_up(answered(delivery(words=words("the budget")), asked), follow_ups_of(asked), METHOD)
    assert found is not None
    assert found.because == 'your answer did not hold "plan"'


def test_without_words_the_length_alone_decides() -> None:
    """What was said is not known."""
    unheard = delivery(words=(), words_known=False)
    assert fitting(answered(unheard)) is None
    assert fitting(answered(replace(unheard, answer=span(0, 10)))) == "disagreed.follow-up-1"


def test_where_nobody_spoke_nothing_is_asked_after_it() -> None:
    """That would be unkind."""
    assert fitting(answered(delivery(answer=None, words=()))) is None


def test_a_typed_answer_is_short_in_words() -> None:
    """150 of them fill the minute that a spoken answer should last."""
    few, many = "The plan. " * 20, "The plan of my colleague. " * 40
    few_take, many_take = (
        take(question=ASKED, result=judge_typed(text, ASKED, METHOD, duration_s=60)) for text in (few, many)
    )
    found = fitting_follow_up(few_take, follow_ups_of(ASKED), METHOD)
    assert found is not None
    assert found.because == "your answer had 40 words, fewer than 150"
    assert fitting(many_take) is None
