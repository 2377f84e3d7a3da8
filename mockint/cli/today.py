"""What there is to ask and how it stands today: banks, takes, wishes and the interview put together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from mockint.afterwards.wishes import next_interview, wishes
from mockint.cli import wiring
from mockint.errors import UsageProblem
from mockint.figures import counted
from mockint.schedule.due import Due, Situation, Wish, due_list
from mockint.schedule.session import question_s, todays_s

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from mockint.afterwards.followups import Search
    from mockint.cli.settings import Settings
    from mockint.feedback import MentorWish
    from mockint.model import Bank, Question
    from mockint.schedule.due import Key
    from mockint.schedule.recall import Standing
    from mockint.store.takes import Store

STARTER = "starter"
FOR_SOME = frozenset(
    {
        "data-and-analysis",
        "leading-people",
        "new-graduates",
        "product-management",
        "serving-people",
        "software-engineering",
    }
)
"""Shipped banks for a trade, or for a time of life: new questions come from them last, until one is practised."""

LONGEST_ASKER = 24
"""Longer names of mentors leave no room for what they ask."""

OWN_RANK, STARTER_RANK, COMMON_RANK, LAST_RANK = range(4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """The questions to choose from, and all that the choice rests on."""

    questions: tuple[Question, ...]
    standings: Mapping[Key, Standing]
    situation: Situation
    dues: tuple[Due, ...]

    @property
    def is_first_time(self) -> bool:
        """Whether nothing was ever asked."""
        return not self.standings

    @property
    def done(self) -> tuple[Due, ...]:
        """What was asked today already."""
        return tuple(due for due in self.dues if due.last_on == self.situation.today)

    @property
    def left_s(self) -> float:
        """How much of today's half hour is left, in seconds; 0 where it is too little for any question."""
        left_s = todays_s(self.situation) - sum(question_s(due.question) for due in self.done)
        shortest_s = min((question_s(question) for question in self.questions), default=0.0)
        return left_s if left_s >= shortest_s else 0.0


def look(store: Store, settings: Settings, banks: Sequence[Bank], questions: Iterable[Question]) -> Today:
    """See how `questions` of `banks` stand now."""
    now = wiring.now()
    chosen = tuple(questions)
    standings = store.standings.of(chosen, now=now)
    search = store.afterwards.search()
    situation = Situation(
        now=now,
        interview_on=_interview_day(search, settings, now.date()),
        wishes=(*wishes(search), *_wishes_of_mentors(store)),
        bank_ranks=_ranks(banks, standings),
    )
    _warn_of_the_future(store, now)
    return Today(
        questions=chosen, standings=standings, situation=situation, dues=due_list(chosen, standings, situation)
    )


def all_banks() -> tuple[Bank, ...]:
    """Return the banks that there are; faulty ones are named on stderr."""
    from mockint.bank import find_banks

    found = find_banks(wiring.bank_folders())
    for path in dict.fromkeys(fault.path for fault in found.faults):
        click.echo(f"mockint: {path} has faults and is left out. See them: mockint bank check {path}", err=True)
    return found.banks


def chosen_banks(settings: Settings) -> tuple[Bank, ...]:
    """Return the banks to choose from: those of the settings, else all.

    Raises UsageProblem where the settings name one that is not there.
    """
    from difflib import get_close_matches

    banks = all_banks()
    if settings.banks is None:
        return banks
    by_id = {bank.id: bank for bank in banks}
    for name in settings.banks:
        if name not in by_id:
            near = get_close_matches(name, by_id, n=1)
            hint = f"Did you mean '{near[0]}'?" if near else "'mockint bank list' shows the banks that there are."
            raise UsageProblem(f"The settings name the bank '{name}', and there is none.", hint)
    return tuple(by_id[name] for name in dict.fromkeys(settings.banks))


def questions_of(banks: Iterable[Bank]) -> tuple[Question, ...]:
    """Return the questions of several banks, one bank after the other."""
    return tuple(question for bank in banks for question in bank.questions)


def _interview_day(search: Search, settings: Settings, today: date) -> date | None:
    """Return the day of the next interview: the one in the settings, or that of an application if it is sooner."""
    days = (settings.interview_on, next_interview(search, today))
    return min((day for day in days if day is not None and day >= today), default=None)


def _wishes_of_mentors(store: Store) -> tuple[Wish, ...]:
    return tuple(
        Wish(bank_id=wish.bank_id, question_id=wish.question_id, source=_asker(wish), since=wish.at)
        for wish in store.feedback.wishes()
    )


def _asker(wish: MentorWish) -> str:
    """Who asks, as there is room for in a line of the agenda."""
    return wish.mentor if 0 < len(wish.mentor) <= LONGEST_ASKER else "your mentor"


def _ranks(banks: Iterable[Bank], standings: Mapping[Key, Standing]) -> dict[str, int]:
    practised = {bank_id for bank_id, _ in standings}
    return {bank.id: _rank(bank, is_practised=bank.id in practised) for bank in banks}


def _rank(bank: Bank, *, is_practised: bool) -> int:
    from mockint.bank import shipped_banks_folder

    if bank.path.parent != shipped_banks_folder():
        return OWN_RANK
    if bank.id == STARTER:
        return STARTER_RANK
    return LAST_RANK if bank.id in FOR_SOME and not is_practised else COMMON_RANK


def _warn_of_the_future(store: Store, now: datetime) -> None:
    count = store.standings.from_the_future(now)
    if count:
        click.echo(
            f"mockint: {counted(count, 'take')} from the future: was this computer's clock wrong?"
            " What is due goes by the others.",
            err=True,
        )
