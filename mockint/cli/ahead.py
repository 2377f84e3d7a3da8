"""`mockint practice --plan` and `--interview-on`: the days ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockint.cli import choosing, console, wiring
from mockint.cli.settings import day
from mockint.data_folder import SETTINGS_FILE
from mockint.errors import UsageProblem

if TYPE_CHECKING:
    from datetime import date

    from mockint.cli.choosing import Wanted
    from mockint.cli.today import Today

DAYS = 7
"""How far a plan looks where there is no interview."""
MOST_DAYS = 60
"""How far it looks at most: whatever comes later depends on how the answers go."""


def show_plan(wanted: Wanted, interview_on: str | None, *, as_json: bool) -> None:
    """Print what each day up to the interview will bring, after noting its day where that is given."""
    from mockint.cli import today
    from mockint.pages.agenda import day_object, plan_lines
    from mockint.schedule.plan import plan

    if wanted != choosing.Wanted(bank=wanted.bank, tag=wanted.tag, question=None, count=None):
        raise UsageProblem(
            "A plan goes by what is due, half an hour a day.", "Leave out --question, --count, --random and --seed."
        )
    if interview_on is not None:
        _note(interview_on, wiring.now().date())
    settings = wiring.settings()
    with wiring.store() as store:
        banks = today.chosen_banks(settings) if wanted.bank is None else (wiring.bank(wanted.bank),)
        now = today.look(store, settings, banks, choosing.about(today.questions_of(banks), wanted))
    found = plan(now.questions, now.standings, now.situation, day_count=_day_count(now), first_s=now.left_s)
    if as_json:
        for each in found.days:
            console.print_json(day_object(each))
        return
    console.print_lines(plan_lines(found, now.situation))


def _day_count(now: Today) -> int:
    left = now.situation.days_left
    return DAYS if left is None else min(left + 1, MOST_DAYS)


def _note(text: str, today: date) -> None:
    """Keep the interview's day in the settings. Raises UsageProblem for one that is over."""
    from mockint.cli.changing import change_setting

    try:
        interview_on = day(text)
    except ValueError:
        raise UsageProblem(
            f"'{text}' is no day.", f"Write it like {today.isoformat()}, or 'none' where none is to come."
        ) from None
    if interview_on is not None and interview_on < today:
        raise UsageProblem(f"{text} is over.", f"Today is {today.isoformat()}. 'none' forgets an interview.")
    change_setting(wiring.home(), "interview_on", text)
    console.messages().print(f"Kept in {wiring.home() / SETTINGS_FILE}.", style="dim")
