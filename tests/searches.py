"""Applications, people and debriefs for tests, with every field that the test does not speak of filled in."""

from __future__ import annotations

from datetime import date, datetime, timezone

from mockint.afterwards.followups import Mark, Search
from mockint.afterwards.records import (
    Application,
    Contact,
    Debrief,
    Person,
    Stage,
    Step,
    StoredDebrief,
    in_order,
)

TODAY = date(2026, 3, 10)


def application(
    *steps: tuple[Stage, date], number: int = 3, company: str = "Acme", role: str | None = "Analyst"
) -> Application:
    """An application with these steps; without any, it was sent out today."""
    made = tuple(Step(stage=stage, on=on, uid=f"{number}-{stage.value}-{on}") for stage, on in steps)
    return Application(
        id=number,
        uid=f"application {number}",
        company=company,
        role=role,
        link=None,
        note=None,
        steps=in_order(made or (Step(stage=Stage.APPLIED, on=TODAY, uid="sent"),)),
    )


def person(
    *contacts: date, name: str = "Ana Lopez", email: str | None = None, note: str | None = None, at: int | None = 3
) -> Person:
    """Somebody whom one met at application 3."""
    return Person(
        id=7,
        uid=f"person {name}",
        name=name,
        role=None,
        email=email,
        application_id=at,
        contacts=tuple(Contact(on=on, note=note) for on in contacts or (TODAY,)),
    )


def stored(debrief: Debrief, *, application_id: int = 3) -> StoredDebrief:
    """A debrief that was written on the evening of the interview."""
    evening = datetime.combine(debrief.held_on, datetime.min.time(), timezone.utc).replace(hour=20)
    return StoredDebrief(id=1, uid="debrief", application_id=application_id, created_at=evening, debrief=debrief)


def search(
    *applications: Application,
    people: tuple[Person, ...] = (),
    debriefs: tuple[Debrief, ...] = (),
    marks: tuple[Mark, ...] = (),
) -> Search:
    """A search with these applications; every debrief is of the first of them."""
    return Search(applications=applications, people=people, debriefs=tuple(map(stored, debriefs)), marks=marks)
