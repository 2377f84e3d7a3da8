"""What a session asks: a bank's questions, those with a tag, one that was named, or what recordings answer."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, TypeVar

import click

from mockint.cli import wiring

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mockint.model import Question
    from mockint.store.takes import Store

Command = TypeVar("Command", bound="Callable[..., Any]")

DEFAULT_BANK = "starter"
DEFAULT_COUNT = 3
"""A first sitting of about ten minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was asked for on the command line. A bank of None leaves the choice to mockint."""

    bank: str | None
    count: int | None
    question: str | None
    tag: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The questions of a session, in their order, and what the session is filed under."""

    bank_id: str
    questions: tuple[Question, ...]


def choice_options(command: Command) -> Command:
    """Add the options that say what to ask."""
    for option in (
        click.option("--tag", metavar="TAG", help="Ask only questions with this tag, category or competency."),
        click.option("--question", metavar="ID", help="Ask this question."),
        click.option(
            "--count", type=click.IntRange(1), metavar="N", help=f"Ask N questions (default: {DEFAULT_COUNT})."
        ),
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
    from mockint.errors import UsageProblem
    from mockint.interview import plan

    bank = wiring.bank(wanted.bank or DEFAULT_BANK)
    if wanted.question is not None:
        return Chosen(bank_id=bank.id, questions=(wiring.find_question(bank, wanted.question),))
    questions = [question for question in bank.questions if wanted.tag is None or _has_tag(question, wanted.tag)]
    if not questions:
        raise UsageProblem(f"No question of '{bank.id}' is tagged '{wanted.tag}'.", f"See: mockint bank show {bank.id}")
    if answers is None:
        asked = plan(questions, last_asked=store.last_asked(questions), count=wanted.count or DEFAULT_COUNT)
        return Chosen(bank_id=bank.id, questions=asked)
    named = {path.stem for path in answers.iterdir()} if answers.is_dir() else set()
    in_order = plan(questions, last_asked={}, count=None)
    by_name = sorted(in_order, key=lambda question: question.id not in named)  # stable: the bank's order otherwise
    return Chosen(bank_id=bank.id, questions=tuple(by_name[: wanted.count]))


def _has_tag(question: Question, tag: str) -> bool:
    return tag in (*question.tags, question.category, question.competency)
