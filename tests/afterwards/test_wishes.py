"""What interviews make one want to practise."""

from __future__ import annotations

from datetime import timedelta

from searches import TODAY, application, search, stored

from mockint.afterwards.asked_bank import BANK_ID
from mockint.afterwards.records import AskedQuestion, Debrief, Felt, Improvement, Stage
from mockint.afterwards.wishes import next_interview, past_interviews, wishes

DEBRIEF = Debrief(
    held_on=TODAY,
    could_be_better=(
        Improvement(text="a", competency="planning"),
        Improvement(text="b"),
        Improvement(text="c", competency="planning"),
    ),
    questions=(AskedQuestion(text="x", id="x", felt=Felt.WELL), AskedQuestion(text="y", id="y", felt=Felt.HARD)),
)


def test_every_question_that_was_asked_and_what_could_be_better() -> None:
    """Hard ones first; each says which interview it comes from, and since when."""
    found = wishes(search(application(), debriefs=(DEBRIEF,)))
    assert [(wish.bank_id, wish.question_id, wish.competency) for wish in found] == [
        (BANK_ID, "y", None),
        (BANK_ID, "x", None),
        (None, None, "planning"),
    ]
    assert {wish.source for wish in found} == {"the interview at Acme"}
    assert {wish.since for wish in found} == {stored(DEBRIEF).created_at}


def test_the_next_interview_is_the_nearest_planned_one() -> None:
    """Today's counts until it was looked back at; one of an application that is closed does not."""
    days = [TODAY + timedelta(days=each) for each in (-1, 5, 2)]
    planned = [application((Stage.INTERVIEW, on), number=number) for number, on in enumerate(days)]
    assert next_interview(search(*planned), TODAY) == TODAY + timedelta(days=2)
    todays = application((Stage.SCREEN, TODAY))
    assert next_interview(search(todays), TODAY) == TODAY
    assert next_interview(search(todays, debriefs=(DEBRIEF,)), TODAY) is None
    off = application((Stage.REJECTED, TODAY), (Stage.WITHDRAWN, TODAY + timedelta(days=9)))
    assert next_interview(search(off, planned[0]), TODAY) is None


def test_interviews_that_were_are_marks_on_the_time_line() -> None:
    """With how many questions were hard, where that was noted; what is to come is no mark yet."""
    days = (
        (Stage.SCREEN, TODAY - timedelta(days=4)),
        (Stage.INTERVIEW, TODAY),
        (Stage.INTERVIEW, TODAY + timedelta(days=1)),
    )
    assert past_interviews(search(application(*days), debriefs=(DEBRIEF,)), TODAY) == (
        (TODAY - timedelta(days=4), "Screen: Acme"),
        (TODAY, "Interview: Acme, 1 of 2 questions hard"),
    )
