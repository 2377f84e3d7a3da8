"""Every key that a bank may have, what its value may be and what it is for: one table for loader and editors."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT_VERSION = 1
"""What `mockint_bank` must say: the version of the format that is written here."""

LONGEST_SLUG = 64
"""Ids name files and directories, too."""
SLUG = "[a-z0-9]+(-[a-z0-9]+)*"
LANGUAGE = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"

CATEGORIES = ("opening", "behavioural", "situational", "technical", "motivation", "background", "closing")
"""The kinds of question in the banks that come with mockint, roughly in the order of an interview."""

COMPETENCIES = (
    *("accountability", "adaptability", "communication", "customer-focus", "empathy", "inclusion", "influence"),
    *("initiative", "integrity", "judgement", "leadership", "learning", "motivation", "planning", "problem-solving"),
    *("quality", "resilience", "self-awareness", "supporting-others", "teamwork"),
)
"""What the questions of those banks ask about."""


# --- what a value may be --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text of at least one visible character. One that is nearly one of `known` is likely a slip, but no fault."""

    known: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Texts:
    """A list of texts."""


@dataclass(frozen=True, slots=True)
class Slug:
    """Small letters, digits and single hyphens, `LONGEST_SLUG` characters at most."""


@dataclass(frozen=True, slots=True)
class Name:
    """A slug that stands once in the bank: history is found by it."""


@dataclass(frozen=True, slots=True)
class Names:
    """A list of names."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language code such as en or pt-BR."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seconds:
    """A time: 90, 90s, 2m, 2m30s or 2:30."""

    low_s: float
    high_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeNumber:
    """A whole number."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Truth:
    """True or false; false where nothing is said."""


Kind: TypeAlias = Text | Texts | Slug | Name | Names | Language | Seconds | WholeNumber | Truth


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A key of a bank. called: its name in faults, where that is not the key in quotes."""

    kind: Kind
    says: str
    required: bool = False
    called: str | None = None


# --- the tables -----------------------------------------------------------------------------------

TIME_LIMIT = Seconds(low_s=10.0, high_s=1800.0)
"""From a one-sentence answer to a whole presentation; outside it is a slip of the unit."""
PREP_TIME = Seconds(low_s=0.0, high_s=1800.0)

TOP = MappingProxyType(
    {
        "mockint_bank": "The version of the format.",
        "bank": "What the bank is.",
        "defaults": "What holds for every question that does not say otherwise.",
        "questions": "The questions, in the order in which they are first asked.",
    }
)
TOP_REQUIRED = ("mockint_bank", "bank", "questions")

BANK: Mapping[str, Field] = MappingProxyType(
    {
        "id": Field(
            kind=Slug(),
            says="Names the bank for ever: your history hangs on it.",
            required=True,
            called="the bank's id",
        ),
        "title": Field(kind=Text(), says="What people call the bank.", required=True),
        "language": Field(kind=Language(), says="The language of the questions, such as en or pt-BR; en if not said."),
        "licence": Field(kind=Text(), says="Under which licence others may use the bank."),
    }
)

DEFAULTS: Mapping[str, Field] = MappingProxyType(
    {
        "time_limit": Field(kind=TIME_LIMIT, says="The longest answer: 90, 90s, 2m, 2m30s or 2:30."),
        "prep_time": Field(kind=PREP_TIME, says="Time to think before the answer, written like time_limit."),
    }
)

QUESTION: Mapping[str, Field] = MappingProxyType(
    {
        "id": Field(
            kind=Name(),
            says="Names the question for ever: your history hangs on it. The text may change at any time.",
            required=True,
            called="the id",
        ),
        "text": Field(kind=Text(), says="The question, as it is printed and spoken.", required=True),
        "say": Field(kind=Text(), says="What the voice says where the text would sound wrong."),
        "category": Field(kind=Text(known=CATEGORIES), says="The kind of question."),
        "competency": Field(kind=Text(known=COMPETENCIES), says="What it asks about: progress is told by it."),
        "difficulty": Field(kind=WholeNumber(low=1, high=5), says="From 1, easy, to 5."),
        "prep_time": DEFAULTS["prep_time"],
        "time_limit": DEFAULTS["time_limit"],
        "follow_ups": Field(kind=Texts(), says="What an interviewer may go on to ask."),
        "covers": Field(kind=Texts(), says="What a strong answer covers."),
        "star": Field(kind=Truth(), says="Whether it wants a story: situation, task, action, result."),
        "tips": Field(kind=Texts(), says="Advice to read before or after the answer."),
        "tags": Field(kind=Texts(), says="Words to choose questions by: mockint practice BANK --tag WORD."),
        "roles": Field(kind=Texts(), says="The jobs it is asked for."),
        "source": Field(kind=Text(), says="Where it comes from: who asked it, and when."),
        "aliases": Field(
            kind=Names(), says="Ids that it had before: its history is found by them.", called="the alias"
        ),
        "retired": Field(kind=Truth(), says="Whether it is no longer asked. Its history stays."),
    }
)
