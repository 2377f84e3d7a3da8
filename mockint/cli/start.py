"""`mockint` alone: what is due and why, and the one next step."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from mockint.figures import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from rich.console import RenderableType

    from mockint.cli.settings import Settings
    from mockint.cli.today import Today
    from mockint.schedule.due import Due
    from mockint.store.takes import Store

RESUMED_WITHIN = timedelta(days=1)
"""A session that was left longer ago is not the next step: what it would ask is due anyway."""
LOOKED_BACK_WITHIN = timedelta(days=7)
"""For so long after an interview, one is reminded to look back at it."""
FAREWELLS: Mapping[int | None, str] = {1: "Rest well tonight.", 0: "All the best for your interview."}
"""What is wished when all is done, so many days before an interview."""
WELCOME = (
    "Welcome. mockint asks you interview questions aloud, listens, and shows how you",
    "came across.",
    "",
    "Next: mockint practice     (about ten minutes; it needs a microphone)",
    "      mockint doctor       (checks microphone, voice and recogniser first)",
)


@dataclass(frozen=True, slots=True)
class _Start:
    """What there is to say."""

    now: Today
    asked: tuple[Due, ...]
    """What is left of today's half hour."""
    left_over_count: int
    """How many questions a session of today or yesterday left unasked."""
    follow_up_count: int
    """How much is due after interviews."""
    is_new: bool
    """Whether no session was ever held."""
    past_interview: date | None

    @property
    def next_step(self) -> str:
        """The command that is best to run now."""
        return "mockint practice --resume" if self.left_over_count else "mockint practice"


def show(*, as_json: bool = False) -> None:
    """Say what is due, and the next step."""
    from mockint.store.home import data_home

    if not as_json and _is_untouched(data_home(os.environ)):
        click.echo("\n".join(WELCOME))  # before anything heavy is imported: it is the first impression
        return
    from mockint.cli import console, today, wiring

    settings = wiring.settings()
    with wiring.store() as store:
        banks = today.chosen_banks(settings)
        start = _look(store, today.look(store, settings, banks, today.questions_of(banks)), settings)
    if as_json:
        console.print_json(_object(start))
    else:
        console.print_lines(_lines(start))


def _look(store: Store, now: Today, settings: Settings) -> _Start:
    from mockint.afterwards.followups import follow_ups
    from mockint.schedule.session import choose

    day = now.situation.today
    over = settings.interview_on
    return _Start(
        now=now,
        asked=choose(now.dues, now.situation, seconds=now.left_s),
        left_over_count=_left_over_count(store, now),
        follow_up_count=sum(each.due <= day for each in follow_ups(store.afterwards.search(), day)),
        is_new=store.last_session() is None,
        past_interview=over if over is not None and day - LOOKED_BACK_WITHIN <= over < day else None,
    )


def _left_over_count(store: Store, now: Today) -> int:
    found = store.plans.newest()
    if found is None:
        return 0
    session_id, plan = found
    is_recent = now.situation.now - store.session(session_id).started_at <= RESUMED_WITHIN
    return len(plan.remaining) if is_recent else 0


def _object(start: _Start) -> dict[str, object]:
    from mockint.pages.agenda import due_object

    situation = start.now.situation
    on = None if situation.days_left is None else situation.interview_on
    return {
        "interview_on": None if on is None else on.isoformat(),
        "due": [due_object(due, situation.today) for due in start.asked],
        "done_today": len(start.now.done),
        "left_over": start.left_over_count,
        "follow_ups": start.follow_up_count,
        "next": start.next_step,
    }


def _lines(start: _Start) -> Iterator[RenderableType]:
    from rich.text import Text

    from mockint.pages.agenda import day_name, due_lines, interview_line

    if (line := interview_line(start.now.situation)) is not None:
        yield line
    if start.past_interview is not None:
        yield Text(f"Your interview was on {day_name(start.past_interview)}. Look back at it: mockint debrief")
    if start.is_new:
        if start.now.situation.days_left is not None or start.past_interview is not None:
            yield ""
        yield from WELCOME
        return
    yield _today_line(start)
    yield from due_lines(start.asked, start.now.situation.today)
    if start.follow_up_count:
        things = "1 thing is" if start.follow_up_count == 1 else f"{start.follow_up_count} things are"
        yield Text(f"\n{things} due after interviews: mockint followups")
    yield _next_line(start)


def _is_untouched(home: Path) -> bool:
    """Whether nothing was ever kept there: no take, no bank, no setting."""
    return not home.is_dir() or not any(home.iterdir())


def _today_line(start: _Start) -> str:
    from mockint.pages.agenda import day_name, summary

    if start.asked:
        left = "Left of today's half hour" if start.now.done else "Today"
        return f"{left}: {summary(start.asked)}."
    if start.now.done:
        wish = FAREWELLS.get(start.now.situation.days_left, "Tomorrow is another day.")
        return f"Done for today: {counted(len(start.now.done), 'question')}. {wish}"
    soonest = min((due.due_on for due in start.now.dues), default=None)
    return "Nothing is due today." if soonest is None else f"Nothing is due before {day_name(soonest)}."


def _next_line(start: _Start) -> str:
    if start.left_over_count:
        return f"\nNext: {start.next_step}   ({counted(start.left_over_count, 'question')} left of your last session)"
    return f"\nNext: {start.next_step}" + ("" if start.asked else "   (if you like: what comes soonest)")
