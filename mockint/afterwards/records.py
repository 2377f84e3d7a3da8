"""The nouns of the day after: applications and their stages, people, and what one makes of an interview."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime  # noqa: TC003 - cattrs reads it from the fields of Debrief
from enum import Enum


class Stage(str, Enum):
    """Where an application stands, in the order in which it goes."""

    APPLIED = "applied"
    SCREEN = "screen"
    INTERVIEW = "interview"
    OFFER = "offer"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


TALKS = (Stage.SCREEN, Stage.INTERVIEW)
"""The stages in which somebody talked with you."""
CLOSED = (Stage.REJECTED, Stage.WITHDRAWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One move of an application. `uid` is empty until it is stored."""

    stage: Stage
    on: date
    note: str | None = None
    uid: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """One application at one company. `steps` is never empty; it goes by the day, then by the order of the stages."""

    id: int
    uid: str
    company: str
    role: str | None
    link: str | None
    note: str | None
    steps: tuple[Step, ...]

    @property
    def name(self) -> str:
        """Company and role."""
        return f"{self.company}, {self.role}" if self.role else self.company

    @property
    def last(self) -> Step:
        """The step that holds."""
        return self.steps[-1]

    @property
    def is_open(self) -> bool:
        """Whether something may still come of it."""
        return self.last.stage not in CLOSED

    def talks(self, *, until: date) -> tuple[Step, ...]:
        """Return the interviews and screens that have been by the end of a day, oldest first."""
        return tuple(step for step in self.steps if step.stage in TALKS and step.on <= until)

    def last_talk(self, today: date) -> date:
        """Return the day of the newest interview or screen; today where none is noted."""
        talks = self.talks(until=today)
        return talks[-1].on if talks else today

    def coming(self, *, after: date) -> tuple[Step, ...]:
        """Return the interviews and screens that are still to come, next one first."""
        return tuple(step for step in self.steps if step.stage in TALKS and step.on > after)


def in_order(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Put steps in their order: a no on the day of the interview comes after it."""
    stages = list(Stage)
    return tuple(sorted(steps, key=lambda step: (step.on, stages.index(step.stage))))


# --- people ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One time that you were in touch with somebody."""

    on: date
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody you met. `contacts` is never empty: the first of them is when you met."""

    id: int
    uid: str
    name: str
    role: str | None
    email: str | None
    application_id: int | None
    contacts: tuple[Contact, ...]


# --- what one makes of an interview ---------------------------------------------------------------


class Felt(str, Enum):
    """How a question felt."""

    WELL = "well"
    FAIR = "fair"
    HARD = "hard"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuestion:
    """A question that was really asked. `id` names it in the bank of such questions; empty until it is there."""

    text: str
    felt: Felt | None = None
    competency: str | None = None
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Improvement:
    """What could have gone better, and the competency that it belongs to."""

    text: str
    competency: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Somebody who was in the interview."""

    name: str
    role: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Debrief:
    """One interview, looked back on, in the person's own words."""

    held_on: date
    people: tuple[Participant, ...] = ()
    talked_about: tuple[str, ...] = ()
    went_well: tuple[str, ...] = ()
    could_be_better: tuple[Improvement, ...] = ()
    learned: tuple[str, ...] = ()
    questions: tuple[AskedQuestion, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said of it."""
        return not (
            self.people or self.talked_about or self.went_well or self.could_be_better or self.learned or self.questions
        )

    def that_felt(self, felt: Felt) -> tuple[AskedQuestion, ...]:
        """Return the questions that felt so."""
        return tuple(question for question in self.questions if question.felt is felt)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDebrief:
    """A debrief with the application that it belongs to, and when it was first written down."""

    id: int
    uid: str
    application_id: int
    created_at: datetime
    debrief: Debrief
