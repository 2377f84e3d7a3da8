"""What a session asks: today's half hour, or what somebody wants to be asked, or what recordings answer."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, TypeVar

import click

from mockint.cli import wiring
from mockint.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from mockint.cli.today import Today
    from mockint.model import Bank, Question
    from mockint.schedule.due import Due
    from mockint.store.takes import Store

Command = TypeVar("Command", bound="Callable[..., Any]")

DEFAULT_BANK = "starter"
FIRST_COUNT = 3
"""A first sitting of some ten minutes."""
SEVERAL_BANKS = "*"
"""What a session is filed under whose questions come from more than one bank. No bank has this id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was asked for on the command line. A bank of None leaves the choice to mockint."""

    bank: str | None
    count: int | None
    question: str | None
    tag: str | None
    at_random: bool = False
    seed: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The questions of a session, in their order, and what the session is filed under."""

    bank_id: str
    questions: tuple[Question, ...]


def choice_options(command: Command) -> Command:
    """Add the options that say what to ask."""
    for option in (
        click.option("--seed", type=int, metavar="N", help="With --random: the same choice each time."),
        click.option("--random", "at_random", is_flag=True, help="Choose at random, whatever is due."),
        click.option("--question", metavar="ID", help="Ask this question."),
        click.option(
            "--topic", "--tag", "tag", metavar="NAME", help="Only questions with this competency, category or tag."
        ),
        click.option("--count", type=click.IntRange(1), metavar="N", help="Ask N questions (default: half an hour)."),
    ):
        command = option(command)
    return command


def take_wanted(given: dict[str, Any]) -> Wanted:
    """Take what says what to ask out of a command's options."""
    return Wanted(**{field.name: given.pop(field.name) for field in fields(Wanted)})


def choose(wanted: Wanted, store: Store, *, answers: Path | None = None) -> Chosen:
    """Choose what to ask; with a folder of recorded answers, first the questions whose id a file bears.

    Raises BankProblem, or UsageProblem where nothing is left to ask.
    """
    from mockint.cli import today

    if wanted.seed is not None and not wanted.at_random:
        raise UsageProblem("--seed says which chance to take, and nothing is left to chance.", "Add --random.")
    if answers is not None:
        return _for_recordings(wanted, answers)
    named = None if wanted.bank is None else (wiring.bank(wanted.bank),)
    if wanted.question is not None:
        return _chosen([_named(named or today.all_banks(), wanted.question)])
    settings = wiring.settings()
    banks = named or today.chosen_banks(settings)
    questions = about(today.questions_of(banks), wanted)
    if wanted.at_random:
        return _chosen(_at_random(questions, wanted))
    return _chosen(_scheduled(today.look(store, settings, banks, questions), wanted))


def about(questions: Sequence[Question], wanted: Wanted) -> tuple[Question, ...]:
    """Return the questions that are open and about what is wanted. Raises UsageProblem where there is none."""
    from difflib import get_close_matches

    topics = {topic for question in questions for topic in topics_of(question)}
    found = [question for question in questions if wanted.tag is None or wanted.tag in topics_of(question)]
    if wanted.tag is not None and not found:
        near = get_close_matches(wanted.tag, topics, n=1)
        see = f"See: mockint bank show {wanted.bank}" if wanted.bank else "See: mockint bank list"
        of = f"of '{wanted.bank}' " if wanted.bank else ""
        raise UsageProblem(f"No question {of}is tagged '{wanted.tag}'.", f"Did you mean '{near[0]}'?" if near else see)
    open_questions = tuple(question for question in found if not question.retired)
    if not open_questions:
        raise UsageProblem("There is no question left to ask.", "All of these are retired in their bank.")
    return open_questions


def topics_of(question: Question) -> tuple[str, ...]:
    """Return all the names under which a question can be asked for."""
    return tuple(filter(None, (*question.tags, question.category, question.competency)))


def _named(banks: Sequence[Bank], question_id: str) -> Question:
    """Return a question by its id, from whichever bank has it. Raises UsageProblem."""
    from difflib import get_close_matches

    if len(banks) == 1:
        return wiring.find_question(banks[0], question_id)
    found = [each for bank in banks for each in bank.questions if question_id in (each.id, *each.aliases)]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(question.bank_id for question in found)
        raise UsageProblem(f"Several banks have a question '{question_id}'.", f"Name the bank, too: {names}.")
    near = get_close_matches(question_id, [question.id for bank in banks for question in bank.questions], n=1)
    hint = f"Did you mean '{near[0]}'?" if near else "'mockint bank list' shows the banks that there are."
    raise UsageProblem(f"No bank has a question '{question_id}'.", hint)


def _at_random(questions: Sequence[Question], wanted: Wanted) -> tuple[Question, ...]:
    import random

    from mockint.schedule.session import choose_at_random

    return choose_at_random(questions, random.Random(wanted.seed).random, count=wanted.count)  # noqa: S311 - no secret


def _scheduled(now: Today, wanted: Wanted) -> tuple[Question, ...]:
    """Choose by what is due. What of today's half hour was practised already is taken off, unless all of it was."""
    from mockint.schedule import session

    is_free_choice = wanted.bank is None and wanted.tag is None
    count, seconds = wanted.count, None
    if count is None and is_free_choice:
        count = FIRST_COUNT if now.is_first_time else None
        seconds = now.left_s or None if count is None else None
    asked = session.choose(now.dues, now.situation, count=count, seconds=seconds, fill=True)
    if is_free_choice and wanted.count is None:
        _say_what_comes(now, asked)
    return tuple(due.question for due in asked)


def _say_what_comes(now: Today, asked: Sequence[Due]) -> None:
    from mockint.cli import console
    from mockint.pages.agenda import summary

    is_due = any(due.due_on <= now.situation.today for due in asked)
    what = "Today" if is_due else "Nothing is due today. What comes soonest"
    console.messages().print(f"{what}: {summary(asked)}.", style="dim")


def _chosen(questions: Sequence[Question]) -> Chosen:
    bank_ids = {question.bank_id for question in questions}
    return Chosen(bank_id=bank_ids.pop() if len(bank_ids) == 1 else SEVERAL_BANKS, questions=tuple(questions))


def _for_recordings(wanted: Wanted, answers: Path) -> Chosen:
    bank = wiring.bank(wanted.bank or DEFAULT_BANK)
    if wanted.question is not None:
        return _chosen([wiring.find_question(bank, wanted.question)])
    named = {path.stem for path in answers.iterdir()} if answers.is_dir() else set()
    questions = about(bank.questions, wanted)
    by_name = sorted(questions, key=lambda question: question.id not in named)  # stable: the bank's order otherwise
    return Chosen(bank_id=bank.id, questions=tuple(by_name[: wanted.count]))
