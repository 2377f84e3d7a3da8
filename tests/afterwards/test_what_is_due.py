"""What is due when, after interviews."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from searches import TODAY, application, person, search

from mockint.afterwards.followups import FollowUp, Kind, Mark, Search, done, follow_ups, snoozed
from mockint.afterwards.records import Application, Debrief, Participant, Stage

SENT = (Stage.APPLIED, TODAY - timedelta(days=20))


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def due(found: Search, today: date = TODAY) -> dict[str, int]:
    """What is due, by name, in days from today."""
    return {each.name: (each.due - today).days for each in follow_ups(found, today) if each.kind is not Kind.APPLY}


def the(kind: Kind, found: Search) -> FollowUp:
    return next(each for each in follow_ups(found, TODAY) if each.kind is kind)


def after(stage: Stage, days: int) -> Application:
    return application(SENT, (stage, days_ago(days)))


def test_after_an_interview_write_it_down_and_say_thanks() -> None:
    """The one on the same day, the other within a day."""
    assert due(search(after(Stage.INTERVIEW, 0))) == {"debrief-3": 0, "thanks-3": 1, "check-in-3": 10}
    assert due(search(after(Stage.SCREEN, 1))) == {"debrief-3": -1, "thanks-3": 0, "check-in-3": 9}


def test_what_was_written_down_is_done() -> None:
    """A debrief of the day or later; the letter takes up whom it names."""
    looked_back = Debrief(held_on=days_ago(1), people=(Participant(name="Ana Lopez"),))
    found = search(after(Stage.INTERVIEW, 1), people=(person(days_ago(1)),), debriefs=(looked_back,))
    assert "debrief-3" not in due(found)
    assert the(Kind.THANKS, found).what == "Thank Ana Lopez for the interview of 9 March: Acme, Analyst"
    before = search(after(Stage.INTERVIEW, 1), debriefs=(Debrief(held_on=days_ago(5)),))
    assert "debrief-3" in due(before)


def test_after_a_no_ask_for_feedback_in_two_days() -> None:
    """Not at once; and only where somebody had talked with you."""
    rejected = application(SENT, (Stage.INTERVIEW, days_ago(3)), (Stage.REJECTED, TODAY))
    assert due(search(rejected)) == {"debrief-3": -3, "thanks-3": -2, "feedback-3": 2}
    assert due(search(application(SENT, (Stage.REJECTED, TODAY)))) == {}


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (7, {"debrief-3", "thanks-3", "check-in-3"}),
        (8, {"debrief-3", "check-in-3"}),
        (15, {"check-in-3"}),
        (31, set()),
    ],
)
def test_what_is_too_late_lapses(days: int, expected: set[str]) -> None:
    """A thank-you after a week only looks forgotten."""
    assert set(due(search(after(Stage.INTERVIEW, days)))) == expected


def test_before_an_interview_practise() -> None:
    """The day before, and not any more once it is over; nothing is owed for it yet."""
    coming = application(SENT, (Stage.INTERVIEW, TODAY + timedelta(days=3)))
    assert due(search(coming)) == {"practise-3": 2}
    assert the(Kind.PRACTISE, search(coming)).what == "Practise: interview at Acme, Analyst on Friday, 13 March"


def test_people_a_month_after_meeting_then_every_quarter() -> None:
    """Counted from the last time; a note of thanks in the first month moves it, and makes no quarter of it."""
    assert due(search(people=(person(TODAY),))) == {"reconnect-7": 30}
    assert due(search(people=(person(days_ago(2), TODAY),))) == {"reconnect-7": 30}
    assert due(search(people=(person(days_ago(40), TODAY),))) == {"reconnect-7": 91}


def test_the_reason_to_write_is_what_was_noted() -> None:
    """The last note, else what one talked about; where there is nothing, it says so."""
    talked = Debrief(held_on=TODAY, people=(Participant(name="Ana Lopez"),), talked_about=("their warehouse",))
    met = search(after(Stage.INTERVIEW, 0), people=(person(),), debriefs=(talked,))
    assert the(Kind.RECONNECT, met).what == "Write to Ana Lopez: you talked about their warehouse"
    noted = search(people=(person(note="send her the article"),))
    assert the(Kind.RECONNECT, noted).what == "Write to Ana Lopez: send her the article"
    bare = search(people=(person(),))
    assert the(Kind.RECONNECT, bare).what == "Write to Ana Lopez: last in touch on 10 March; no subject noted"


def test_another_application_each_week_until_there_is_an_offer() -> None:
    """Nobody is asked who has not begun, or has an offer."""
    assert the(Kind.APPLY, search(application((Stage.APPLIED, days_ago(5))))).due == TODAY + timedelta(days=2)
    rejected = search(application(SENT, (Stage.REJECTED, TODAY)))
    assert the(Kind.APPLY, rejected).due == TODAY + timedelta(days=1)  # the day of a no is no day for that
    assert follow_ups(search(), TODAY) == ()
    offered = search(application(SENT, (Stage.OFFER, TODAY)))
    assert follow_ups(offered, TODAY) == ()


def test_done_and_put_off() -> None:
    """What is done is gone, what is put off comes on its day, and the last word holds."""
    plain = search(after(Stage.INTERVIEW, 0))
    thanks, debrief = the(Kind.THANKS, plain), the(Kind.DEBRIEF, plain)
    marks = (snoozed(debrief, TODAY + timedelta(days=5)), done(thanks, TODAY))
    assert due(search(after(Stage.INTERVIEW, 0), marks=marks)) == {"debrief-3": 5, "check-in-3": 10}
    later = (*marks, snoozed(thanks, TODAY + timedelta(days=3)))
    assert due(search(after(Stage.INTERVIEW, 0), marks=later))["thanks-3"] == 3


def test_what_was_put_off_past_its_time_comes_all_the_same() -> None:
    """Somebody said when: a reminder that they set is not lost."""
    found = search(after(Stage.INTERVIEW, 6))
    later = snoozed(the(Kind.THANKS, found), TODAY + timedelta(days=4))
    found = search(after(Stage.INTERVIEW, 6), marks=(later,))
    assert due(found, TODAY + timedelta(days=4))["thanks-3"] == 0
    assert due(found, TODAY + timedelta(days=6))["thanks-3"] == -2


def test_a_second_interview_asks_for_thanks_again() -> None:
    """What was done for the first round is not done for the second."""
    first, second = (Stage.SCREEN, days_ago(6)), (Stage.INTERVIEW, TODAY)
    once = search(application(SENT, first))
    mark = done(the(Kind.THANKS, once), TODAY)
    assert due(search(application(SENT, first), marks=(mark,))).keys() == {"debrief-3", "check-in-3"}
    assert "thanks-3" in due(search(application(SENT, first, second), marks=(mark,)))


def test_a_weekly_thing_comes_again() -> None:
    """Done means for this week."""
    old = search(application(SENT))
    apply = the(Kind.APPLY, old)
    assert done(apply, TODAY) == Mark(kind=Kind.APPLY, subject_uid=apply.subject_uid, until=TODAY + timedelta(days=7))
