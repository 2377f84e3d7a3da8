"""The JSON of applications, people and follow-ups, for other programs. Keys are only ever added."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockint.afterwards.followups import next_contact_day, reason_to_write

if TYPE_CHECKING:
    from mockint.afterwards.followups import FollowUp, Search
    from mockint.afterwards.records import Application, Debrief, Person


def application_object(application: Application, search: Search) -> dict[str, Any]:
    """Return the object that `applications list --json` and `show --json` print for one application."""
    return {
        "application": application.id,
        "company": application.company,
        "role": application.role,
        "stage": application.last.stage.value,
        "on": application.last.on.isoformat(),
        "open": application.is_open,
        "link": application.link,
        "note": application.note,
        "steps": [
            {"stage": step.stage.value, "on": step.on.isoformat(), "note": step.note} for step in application.steps
        ],
        "people": [person.name for person in search.people_of(application)],
        "debriefs": [debrief_object(each.debrief) for each in search.debriefs_of(application)],
    }


def debrief_object(debrief: Debrief) -> dict[str, Any]:
    """Return what a person made of one interview."""
    return {
        "on": debrief.held_on.isoformat(),
        "people": [each.name for each in debrief.people],
        "talked_about": list(debrief.talked_about),
        "went_well": list(debrief.went_well),
        "could_be_better": [{"text": each.text, "competency": each.competency} for each in debrief.could_be_better],
        "learned": list(debrief.learned),
        "questions": [
            {
                "question": each.id,
                "text": each.text,
                "felt": None if each.felt is None else each.felt.value,
                "competency": each.competency,
            }
            for each in debrief.questions
        ],
    }


def person_object(person: Person, search: Search) -> dict[str, Any]:
    """Return the object that `applications people --json` prints for one person."""
    return {
        "person": person.id,
        "name": person.name,
        "role": person.role,
        "email": person.email,
        "application": person.application_id,
        "contacts": [{"on": contact.on.isoformat(), "note": contact.note} for contact in person.contacts],
        "write_on": next_contact_day(person).isoformat(),
        "about": reason_to_write(person, search),
    }


def follow_up_object(follow_up: FollowUp) -> dict[str, Any]:
    """Return the object that `followups --json` prints for one thing to do."""
    return {
        "name": follow_up.name,
        "kind": follow_up.kind.value,
        "due": follow_up.due.isoformat(),
        "what": follow_up.what,
        "how": follow_up.how,
    }
