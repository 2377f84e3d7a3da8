"""What is due after interviews, and why: from applications, people and debriefs, less what was done or put off."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from mockint.afterwards.entries import in_words
from mockint.afterwards.records import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mockint.afterwards.records import Application, Person, Step, StoredDebrief


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpRule:
    """When something is due, in days. These are customs of job seekers, not measurements."""

    practise_before: int = 1
    thanks_after: int = 1
    """A thank-you is expected within a day."""
    thanks_lapse_after: int = 7
    """Later it only looks forgotten."""
    debrief_lapse_after: int = 14
    """What was asked is hardly remembered longer."""
    feedback_after: int = 2
    """Not on the day of the no: a day or two later both sides can say more."""
    feedback_lapse_after: int = 30
    check_in_after: int = 10
    check_in_lapse_after: int = 30
    first_reconnect_after: int = 30
    reconnect_after: int = 91
    apply_every: int = 7
    apply_after_no: int = 1
    """Not on the day of a no."""


RULE = FollowUpRule()


class Kind(str, Enum):
    """What sort of thing is due."""

    PRACTISE = "practise"
    DEBRIEF = "debrief"
    THANKS = "thanks"
    FEEDBACK = "feedback"
    CHECK_IN = "check-in"
    RECONNECT = "reconnect"
    APPLY = "apply"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """Something to do. `subject_uid` says of what, in this or any other data folder."""

    kind: Kind
    number: int | None
    """Of the application or person that it is about."""
    subject_uid: str
    due: date
    what: str
    how: str
    """The command that does it, or helps."""
    lapses_after: date | None = None
    """The last day on which it makes sense; None where it always does."""

    @property
    def name(self) -> str:
        """What a person calls it: thanks-3."""
        return self.kind.value if self.number is None else f"{self.kind.value}-{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What a person said of a follow-up: done, or not before `until`."""

    kind: Kind
    subject_uid: str
    until: date | None
    """None: it is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Everything that is known of a search for work. Oldest first."""

    applications: Sequence[Application]
    people: Sequence[Person]
    debriefs: Sequence[StoredDebrief]
    marks: Sequence[Mark] = ()

    def debriefs_of(self, application: Application) -> tuple[StoredDebrief, ...]:
        """Return what one made of the interviews of one application."""
        return tuple(each for each in self.debriefs if each.application_id == application.id)

    def people_of(self, application: Application) -> tuple[Person, ...]:
        """Return whom one met there."""
        return tuple(each for each in self.people if each.application_id == application.id)


def follow_ups(search: Search, today: date, rule: FollowUpRule = RULE) -> tuple[FollowUp, ...]:
    """Return everything that is due or will be, the earliest first. What lapsed, was done or is put off is left out."""
    newest = {(mark.kind, mark.subject_uid): mark for mark in search.marks}
    found = (
        *(each for application in search.applications for each in _of_application(application, search, today, rule)),
        *(_reconnect(person, search, rule) for person in search.people),
        *_apply(search.applications, rule),
    )
    marked = (each for one in found if (each := _as_marked(one, newest)) is not None)
    current = [each for each in marked if each.lapses_after is None or today <= each.lapses_after]
    return tuple(sorted(current, key=lambda each: (each.due, list(Kind).index(each.kind), each.number or 0)))


def snoozed(follow_up: FollowUp, until: date) -> Mark:
    """Put something off."""
    return Mark(kind=follow_up.kind, subject_uid=follow_up.subject_uid, until=until)


def done(follow_up: FollowUp, today: date, rule: FollowUpRule = RULE) -> Mark:
    """Mark something as done; what comes again and again comes again."""
    until = today + timedelta(days=rule.apply_every) if follow_up.kind is Kind.APPLY else None
    return Mark(kind=follow_up.kind, subject_uid=follow_up.subject_uid, until=until)


def feedback_day(no: Step, rule: FollowUpRule = RULE) -> date:
    """Return the day from which to ask for feedback after a no."""
    return no.on + timedelta(days=rule.feedback_after)


def _as_marked(follow_up: FollowUp, marks: Mapping[tuple[Kind, str], Mark]) -> FollowUp | None:
    """Return it as it is due now; None where it is done. What was put off past its last day waits to be seen."""
    mark = marks.get((follow_up.kind, follow_up.subject_uid))
    if mark is None:
        return follow_up
    if mark.until is None:
        return None
    lapses_after = follow_up.lapses_after
    is_past = lapses_after is not None and mark.until > lapses_after
    return replace(follow_up, due=max(follow_up.due, mark.until), lapses_after=None if is_past else lapses_after)


# --- of one application ---------------------------------------------------------------------------


def _of_application(application: Application, search: Search, today: date, rule: FollowUpRule) -> Iterator[FollowUp]:
    """Yield what comes of the next interview, the last one, and the answer."""
    for talk in application.coming(after=today)[:1]:
        yield _practise(application, talk, rule)
    for talk in application.talks(until=today)[-1:]:
        if not any(each.debrief.held_on >= talk.on for each in search.debriefs_of(application)):
            yield _debrief(application, talk, rule)
        yield _thanks(application, talk, search.people_of(application), rule)
        if application.last.stage is Stage.REJECTED:
            yield _feedback(application, application.last, rule)
        elif application.last == talk:
            yield _check_in(application, talk, rule)


def _practise(application: Application, talk: Step, rule: FollowUpRule) -> FollowUp:
    return FollowUp(
        kind=Kind.PRACTISE,
        number=application.id,
        subject_uid=talk.uid,
        due=talk.on - timedelta(days=rule.practise_before),
        what=f"Practise: {_talk(talk)} at {application.name} on {in_words(talk.on, weekday=True)}",
        how="mockint practice",
    )


def _debrief(application: Application, talk: Step, rule: FollowUpRule) -> FollowUp:
    return FollowUp(
        kind=Kind.DEBRIEF,
        number=application.id,
        subject_uid=talk.uid,
        due=talk.on,
        lapses_after=talk.on + timedelta(days=rule.debrief_lapse_after),
        what=f"Write down what you were asked, while you remember it: {application.name}",
        how=f"mockint debrief {application.id}",
    )


def _thanks(application: Application, talk: Step, people: Sequence[Person], rule: FollowUpRule) -> FollowUp:
    names = " and ".join(person.name for person in people) or "the people there"
    return FollowUp(
        kind=Kind.THANKS,
        number=application.id,
        subject_uid=talk.uid,
        due=talk.on + timedelta(days=rule.thanks_after),
        lapses_after=talk.on + timedelta(days=rule.thanks_lapse_after),
        what=f"Thank {names} for the {_talk(talk)} of {in_words(talk.on)}: {application.name}",
        how=f"mockint letter thanks {application.id}",
    )


def _feedback(application: Application, no: Step, rule: FollowUpRule) -> FollowUp:
    return FollowUp(
        kind=Kind.FEEDBACK,
        number=application.id,
        subject_uid=no.uid,
        due=feedback_day(no, rule),
        lapses_after=no.on + timedelta(days=rule.feedback_lapse_after),
        what=f"Ask for feedback: {application.name}",
        how=f"mockint letter feedback {application.id}",
    )


def _check_in(application: Application, talk: Step, rule: FollowUpRule) -> FollowUp:
    return FollowUp(
        kind=Kind.CHECK_IN,
        number=application.id,
        subject_uid=talk.uid,
        due=talk.on + timedelta(days=rule.check_in_after),
        lapses_after=talk.on + timedelta(days=rule.check_in_lapse_after),
        what=f"Ask where things stand, after {in_words(talk.on)}: {application.name}",
        how=f"mockint letter check-in {application.id}",
    )


def _talk(step: Step) -> str:
    return "first talk" if step.stage is Stage.SCREEN else "interview"


# --- people and the whole search ------------------------------------------------------------------


def _reconnect(person: Person, search: Search, rule: FollowUpRule) -> FollowUp:
    return FollowUp(
        kind=Kind.RECONNECT,
        number=person.id,
        subject_uid=person.uid,
        due=next_contact_day(person, rule),
        what=f"Write to {person.name}: {reason_to_write(person, search)}",
        how=f"mockint letter check-in --person {person.id}",
    )


def next_contact_day(person: Person, rule: FollowUpRule = RULE) -> date:
    """Return when to write again: a month after the first days, then a quarter after the last time."""
    met, last = person.contacts[0].on, person.contacts[-1].on
    still_new = last < met + timedelta(days=rule.first_reconnect_after)
    return last + timedelta(days=rule.first_reconnect_after if still_new else rule.reconnect_after)


def reason_to_write(person: Person, search: Search) -> str:
    """Return a friendly reason, from what was noted of the last time; it says so where nothing was."""
    noted = person.contacts[-1].note
    if noted:
        return noted
    debriefs = [each.debrief for each in search.debriefs if each.application_id == person.application_id]
    there = [each for each in debriefs if person.name in {one.name for one in each.people} and each.talked_about]
    if there:
        return f"you talked about {there[-1].talked_about[0]}"
    return f"last in touch on {in_words(person.contacts[-1].on)}; no subject noted"


def _apply(applications: Sequence[Application], rule: FollowUpRule) -> Iterator[FollowUp]:
    """Keep new applications coming until there is an offer."""
    if not applications or any(each.last.stage is Stage.OFFER for each in applications):
        return
    newest = max(each.steps[0].on for each in applications)
    open_count = sum(each.is_open for each in applications)
    noes = [each.last.on + timedelta(days=rule.apply_after_no) for each in applications if not each.is_open]
    yield FollowUp(
        kind=Kind.APPLY,
        number=None,
        subject_uid=Kind.APPLY.value,
        due=max([newest + timedelta(days=rule.apply_every), *noes]),
        what=f"Send out another application: the last was on {in_words(newest)}, {open_count} still open",
        how="mockint applications add COMPANY",
    )
