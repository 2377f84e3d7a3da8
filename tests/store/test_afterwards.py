"""Applications, people, debriefs and follow-ups in the database."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from mockint.afterwards.followups import Kind, Mark
from mockint.afterwards.records import (
    Application,
    AskedQuestion,
    Contact,
    Debrief,
    Felt,
    Improvement,
    Participant,
    Stage,
    Step,
)
from mockint.afterwards.table import NewApplication
from mockint.errors import UsageProblem
from mockint.store.takes import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mockint.store.afterwards import Afterwards

DAY = date(2026, 3, 10)
NOW = datetime(2026, 3, 10, 20, tzinfo=timezone.utc)
DEBRIEF = Debrief(
    held_on=DAY,
    people=(Participant(name="Ana", role="lead"),),
    talked_about=("their warehouse",),
    could_be_better=(Improvement(text="I was slow", competency="planning"),),
    questions=(AskedQuestion(text="Why?", felt=Felt.HARD, id="why"),),
)


@pytest.fixture
def afterwards(tmp_path: Path) -> Iterator[Afterwards]:
    with Store(tmp_path / "home") as opened:
        yield opened.afterwards


@pytest.fixture
def acme(afterwards: Afterwards) -> Application:
    return added(afterwards)


def added(afterwards: Afterwards, company: str = "Acme") -> Application:
    step = Step(stage=Stage.APPLIED, on=DAY - timedelta(days=9))
    [one] = afterwards.add_applications([NewApplication(company=company, role=None, link=None, note=None, step=step)])
    return one


def test_steps_go_by_the_day(afterwards: Afterwards, acme: Application) -> None:
    """A no on the day of the interview comes after it, in whatever order they were entered."""
    afterwards.add_step(acme.id, Step(stage=Stage.REJECTED, on=DAY), today=DAY)
    moved = afterwards.add_step(acme.id, Step(stage=Stage.INTERVIEW, on=DAY, note="with the team"), today=DAY)
    assert [step.stage for step in moved.steps] == [Stage.APPLIED, Stage.INTERVIEW, Stage.REJECTED]
    assert (moved.last.stage, moved.is_open) == (Stage.REJECTED, False)
    assert moved.steps[1].note == "with the team"


def test_a_no_calls_off_what_was_planned(afterwards: Afterwards, acme: Application) -> None:
    """There will be no second interview."""
    afterwards.add_step(acme.id, Step(stage=Stage.INTERVIEW, on=DAY + timedelta(days=3)), today=DAY)
    closed = afterwards.add_step(acme.id, Step(stage=Stage.REJECTED, on=DAY), today=DAY)
    assert [step.stage for step in closed.steps] == [Stage.APPLIED, Stage.REJECTED]


def test_a_no_with_a_wrong_day_takes_nothing_that_has_been(afterwards: Afterwards, acme: Application) -> None:
    """It can be taken back."""
    afterwards.add_step(acme.id, Step(stage=Stage.REJECTED, on=DAY - timedelta(days=999)), today=DAY)
    assert [step.stage for step in afterwards.application(acme.id).steps] == [Stage.REJECTED, Stage.APPLIED]
    afterwards.undo_step(acme.id)
    assert afterwards.application(acme.id) == acme


def test_the_last_move_is_taken_back(afterwards: Afterwards, acme: Application) -> None:
    """The first one stays."""
    afterwards.add_step(acme.id, Step(stage=Stage.OFFER, on=DAY), today=DAY)
    assert afterwards.undo_step(acme.id).stage is Stage.OFFER
    assert afterwards.application(acme.id) == acme
    with pytest.raises(UsageProblem, match="keeps its first stage"):
        afterwards.undo_step(acme.id)


def test_a_debrief_comes_back_and_brings_its_interview_and_people(afterwards: Afterwards, acme: Application) -> None:
    """What it says is known from now on, without being entered twice."""
    afterwards.keep_debrief(acme, DEBRIEF, created_at=NOW)
    search = afterwards.search()
    [stored] = search.debriefs
    assert (stored.debrief, stored.application_id, stored.created_at) == (DEBRIEF, acme.id, NOW)
    assert [(step.stage, step.on) for step in search.applications[0].talks(until=DAY)] == [(Stage.INTERVIEW, DAY)]
    assert [(person.name, person.role, person.contacts) for person in search.people] == [
        ("Ana", "lead", (Contact(on=DAY),))
    ]


def test_a_debrief_of_the_same_day_is_written_over(afterwards: Afterwards, acme: Application) -> None:
    """With the time at which it was first written; nobody is met twice on one day."""
    afterwards.keep_debrief(acme, DEBRIEF, created_at=NOW)
    changed = Debrief(held_on=DAY, people=(Participant(name="Ana", email="ana@example.org"),))
    afterwards.keep_debrief(afterwards.application(acme.id), changed, created_at=NOW + timedelta(days=1))
    search = afterwards.search()
    assert [(each.debrief, each.created_at) for each in search.debriefs] == [(changed, NOW)]
    assert len(search.applications[0].talks(until=DAY)) == 1
    [ana] = search.people
    assert (ana.role, ana.email, len(ana.contacts)) == ("lead", "ana@example.org", 1)


def test_people_stay_when_an_application_is_forgotten(afterwards: Afterwards, acme: Application) -> None:
    """Its steps and debriefs go; other applications stay."""
    other = added(afterwards, "Foo")
    afterwards.keep_debrief(acme, DEBRIEF, created_at=NOW)
    afterwards.remove_application(acme.id)
    search = afterwards.search()
    assert [application.id for application in search.applications] == [other.id]
    assert search.debriefs == ()
    assert [(person.name, person.application_id) for person in search.people] == [("Ana", None)]


def test_contacts_come_in_the_order_of_their_days(afterwards: Afterwards) -> None:
    """Whenever they were entered."""
    ana = afterwards.meet(Participant(name="Ana"), None, Contact(on=DAY))
    afterwards.add_contact(ana.id, Contact(on=DAY + timedelta(days=40), note="the article"))
    afterwards.add_contact(ana.id, Contact(on=DAY + timedelta(days=9)))
    [ana] = afterwards.people()
    assert [contact.on.day for contact in ana.contacts] == [10, 19, 19]
    assert ana.contacts[-1].note == "the article"


def test_marks_come_back_in_their_order(afterwards: Afterwards) -> None:
    """What was said last holds, and nothing is deleted."""
    marks = (
        Mark(kind=Kind.THANKS, subject_uid="a", until=DAY),
        Mark(kind=Kind.THANKS, subject_uid="a", until=None),
    )
    for mark in marks:
        afterwards.mark(mark, created_at=NOW)
    assert afterwards.search().marks == marks
