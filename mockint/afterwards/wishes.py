"""What interviews mean for practice: the questions that were asked, what could have gone better, and the days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockint.afterwards.asked_bank import BANK_ID
from mockint.afterwards.records import Felt
from mockint.figures import counted
from mockint.schedule.due import Wish

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mockint.afterwards.followups import Search
    from mockint.afterwards.records import Application, Step, StoredDebrief


def wishes(search: Search) -> tuple[Wish, ...]:
    """Return what to practise next, the newest interview first, and in each the questions that were hard first."""
    return tuple(wish for stored in reversed(search.debriefs) for wish in _of(stored, search))


def next_interview(search: Search, today: date) -> date | None:
    """Return the day of the next interview; today's counts until it was looked back at. None where there is none."""
    over = {(each.application_id, each.debrief.held_on) for each in search.debriefs}
    days = [
        step.on
        for application in search.applications
        if application.is_open
        for step in (*application.talks(until=today), *application.coming(after=today))
        if step.on >= today and (application.id, step.on) not in over
    ]
    return min(days, default=None)


def past_interviews(search: Search, today: date) -> tuple[tuple[date, str], ...]:
    """Return the day and a label of every interview that has been, for a time line."""
    return tuple(
        (step.on, f"{step.stage.value.capitalize()}: {application.company}{_hard(application, step, search)}")
        for application in search.applications
        for step in application.talks(until=today)
    )


def _hard(application: Application, step: Step, search: Search) -> str:
    """Say how many of its questions were hard, where that was noted."""
    found = [each.debrief for each in search.debriefs_of(application) if each.debrief.held_on == step.on]
    if not found or not found[-1].questions:
        return ""
    return f", {len(found[-1].that_felt(Felt.HARD))} of {counted(len(found[-1].questions), 'question')} hard"


def _of(stored: StoredDebrief, search: Search) -> Iterator[Wish]:
    debrief, since = stored.debrief, stored.created_at
    companies = {application.id: application.company for application in search.applications}
    source = f"the interview at {companies[stored.application_id]}"
    by_feeling = sorted(debrief.questions, key=lambda each: each.felt is not Felt.HARD)
    for question in by_feeling:
        yield Wish(bank_id=BANK_ID, question_id=question.id, source=source, since=since)
    competencies = (each.competency for each in debrief.could_be_better)
    for competency in dict.fromkeys(filter(None, competencies)):
        yield Wish(competency=competency, source=source, since=since)
