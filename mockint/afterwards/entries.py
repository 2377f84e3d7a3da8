"""What a person types: days, names, addresses. Each is checked here, and refused in a sentence."""

from __future__ import annotations

import re
from datetime import date, timedelta
from difflib import get_close_matches
from typing import TYPE_CHECKING

from mockint.afterwards.records import TALKS, Stage
from mockint.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mockint.afterwards.records import Application, Person

EARLIEST = date(1990, 1, 1)
"""No search lasts that long: an earlier year is a slip."""
FURTHEST_DAYS = 730
"""Nor is anything planned further ahead."""
LONGEST_LINE = 500
EMAIL = re.compile(r"[\w+'-]+(\.[\w+'-]+)*@[\w-]+(\.[\w-]+)+")
"""Enough to tell an address from a slip, in any script; only sending can tell whether it exists."""

_NEARBY = {"today": 0, "yesterday": -1, "tomorrow": 1}


# --- days -----------------------------------------------------------------------------------------


def day(text: str, today: date) -> date:
    """Read a day: 2026-11-23, today, yesterday or tomorrow. Raises UsageProblem."""
    word = text.strip().lower()
    if word in _NEARBY:
        return today + timedelta(days=_NEARBY[word])
    try:
        found = date.fromisoformat(word) if re.fullmatch(r"\d{4}-\d\d-\d\d", word) else None
    except ValueError:
        raise UsageProblem(f"There is no day {word}.", "Look at the month and the day.") from None
    if found is None:
        raise UsageProblem(
            f"'{text}' is no day.", f"Write it as in {today.isoformat()}, or say today, yesterday or tomorrow."
        )
    if not EARLIEST <= found <= today + timedelta(days=FURTHEST_DAYS):
        raise UsageProblem(f"The day {word} cannot be meant.", "Look at the year.")
    return found


def past_day(text: str, today: date) -> date:
    """Read a day that has come. Raises UsageProblem."""
    found = day(text, today)
    if found > today:
        raise UsageProblem(f"{found.isoformat()} has not come yet.", f"Today is {today.isoformat()}.")
    return found


def step_day(text: str, stage: Stage, today: date) -> date:
    """Read the day of a step: a talk may be planned, everything else has been. Raises UsageProblem."""
    return day(text, today) if stage in TALKS else past_day(text, today)


def in_words(on: date, *, weekday: bool = False) -> str:
    """Write a day as people do: 23 November, or Monday, 23 November."""
    return f"{on:%A}, {on.day} {on:%B}" if weekday else f"{on.day} {on:%B}"


# --- texts ----------------------------------------------------------------------------------------


def line(text: str | None, what: str) -> str | None:
    """Return a text on one line, without characters that are none; None where nothing is left. Raises UsageProblem."""
    if text is None:
        return None
    shown = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    if len(shown) > LONGEST_LINE:
        raise UsageProblem(f"{what} is longer than {LONGEST_LINE} characters.", "Say it in fewer words.")
    return shown or None


def name(text: str, what: str) -> str:
    """Return a name on one line. Raises UsageProblem where there is nothing in it."""
    shown = line(text, what)
    if shown is None:
        raise UsageProblem(f"{what} is empty.")
    return shown


def email(text: str | None) -> str | None:
    """Return an address. Raises UsageProblem where it can be none."""
    shown = None if text is None else text.strip()
    if shown and not EMAIL.fullmatch(shown):
        raise UsageProblem(f"'{line(shown, 'The address')}' is no e-mail address.", "For example: ana@example.org")
    return shown or None


# --- which one is meant ---------------------------------------------------------------------------


def find_application(applications: Sequence[Application], wanted: str) -> Application:
    """Return the application of this number, or at this company. Raises UsageProblem, also where two would do."""
    if not applications:
        raise UsageProblem("There are no applications yet.", "Add the first one: mockint applications add COMPANY")
    by_number = [each for each in applications if str(each.id) == wanted]
    named = [each for each in applications if wanted.casefold() in (each.company.casefold(), each.name.casefold())]
    found = by_number or named
    if len(found) == 1:
        return found[0]
    if found:
        several = "; ".join(f"{each.id} ({each.name})" for each in found)
        raise UsageProblem(f"There are {len(found)} applications at '{found[0].company}'.", f"Name a number: {several}")
    near = get_close_matches(wanted, [each.company for each in applications], n=1)
    hint = f"Did you mean '{near[0]}'?" if near else f"Add it: mockint applications add {_quoted(wanted)}"
    raise UsageProblem(f"There is no application '{wanted}'.", hint)


def find_person(people: Sequence[Person], wanted: str) -> Person:
    """Return the person of this name, or number. Raises UsageProblem, also where two have the name."""
    found = [person for person in people if wanted.casefold() == person.name.casefold() or wanted == str(person.id)]
    if len(found) == 1:
        return found[0]
    if found:
        numbers = " or ".join(str(person.id) for person in found)
        raise UsageProblem(f"There are {len(found)} people called {wanted}.", f"Name a number: {numbers}")
    near = get_close_matches(wanted, [person.name for person in people], n=1)
    hint = f"Did you mean '{near[0]}'?" if near else f"Add them: mockint applications met {_quoted(wanted)}"
    raise UsageProblem(f"There is nobody called '{wanted}' here.", hint)


def _quoted(text: str) -> str:
    return f'"{text}"' if " " in text else text
