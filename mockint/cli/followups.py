"""`mockint followups`: what is due after interviews, today and this week."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mockint.cli import wiring
from mockint.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from mockint.afterwards.followups import FollowUp
    from mockint.cli.keys import Keyboard
    from mockint.store.takes import Store

SNOOZE_DAYS = 3


@click.command()
@click.option("--done", "done_names", multiple=True, metavar="NAME", help="This is done, for instance thanks-3.")
@click.option("--snooze", "snoozed_names", multiple=True, metavar="NAME", help="Put this off.")
@click.option("--until", metavar="DAY", help=f"With --snooze: until when (default: {SNOOZE_DAYS} days).")
@click.option("--all", "later", is_flag=True, help="Also what comes after this week.")
@click.option("--ics", type=click.Path(path_type=Path), metavar="FILE", help="Write all of it as a calendar.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line for each.")
@click.option("--no-input", is_flag=True, help="Never wait for a key.")
def command(
    *,
    done_names: tuple[str, ...],
    snoozed_names: tuple[str, ...],
    until: str | None,
    later: bool,
    ics: Path | None,
    as_json: bool,
    no_input: bool,
) -> None:
    """Say what is due today and this week: thank, ask for feedback, write to people, keep applying.

    At a terminal each thing that is due can be marked as done or put off with one key.
    """
    from mockint.afterwards.followups import follow_ups

    today = wiring.now().date()
    with wiring.store() as store:
        found = follow_ups(store.afterwards.search(), today)
        if done_names or snoozed_names or until:
            _mark(store, found, done_names, snoozed_names, _until(until, today))
        elif ics is not None:
            _write_calendar(ics, found)
        else:
            _show(found, today, later=later, as_json=as_json)
            with wiring.keyboard(allowed=not (no_input or as_json)) as keyboard:
                _go_through([each for each in found if each.due <= today], store, keyboard)


def _show(found: Sequence[FollowUp], today: date, *, later: bool, as_json: bool) -> None:
    from mockint.cli import console
    from mockint.pages.promised_search import follow_up_object
    from mockint.pages.search import follow_up_lines

    if as_json:
        for each in found:
            console.print_json(follow_up_object(each))
    else:
        console.print_lines(follow_up_lines(found, today, later=later))


def _write_calendar(path: Path, found: Sequence[FollowUp]) -> None:
    from mockint.afterwards.calendar import calendar
    from mockint.store.home import write_private_file

    write_private_file(path.absolute(), calendar(found, wiring.now()))
    click.echo(path.absolute())


# --- done, and put off ----------------------------------------------------------------------------


def _until(text: str | None, today: date) -> date:
    from datetime import timedelta

    from mockint.afterwards.entries import day

    if text is None:
        return today + timedelta(days=SNOOZE_DAYS)
    found = day(text, today)
    if found <= today:
        raise UsageProblem(f"{found.isoformat()} is not later than today.", "Name a day to come, such as tomorrow.")
    return found


def _mark(
    store: Store, found: Sequence[FollowUp], done_names: Sequence[str], snoozed_names: Sequence[str], until: date
) -> None:
    """Mark what is named as done or put off; all names are looked up before anything is stored."""
    if not (done_names or snoozed_names):
        raise UsageProblem(
            "--until goes with --snooze.", "For example: mockint followups --snooze thanks-3 --until tomorrow"
        )
    done = [_named(name, found) for name in done_names]
    put_off = [_named(name, found) for name in snoozed_names]
    for each in done:
        _done(store, each)
    for each in put_off:
        _put_off(store, each, until)


def _named(name: str, found: Sequence[FollowUp]) -> FollowUp:
    import difflib

    by_name = {each.name: each for each in found}
    if name in by_name:
        return by_name[name]
    near = difflib.get_close_matches(name, by_name, n=1)
    hint = f"Did you mean '{near[0]}'?" if near else "See: mockint followups --all"
    raise UsageProblem(f"Nothing called '{name}' is due.", hint)


def _done(store: Store, follow_up: FollowUp) -> None:
    from mockint.afterwards.followups import Kind, done
    from mockint.afterwards.records import Contact

    now = wiring.now()
    if follow_up.kind is Kind.RECONNECT and follow_up.number is not None:
        store.afterwards.add_contact(follow_up.number, Contact(on=now.date()))
    else:
        store.afterwards.mark(done(follow_up, now.date()), created_at=now)
    _say(f"Done: {follow_up.what}")


def _put_off(store: Store, follow_up: FollowUp, until: date) -> None:
    from mockint.afterwards.followups import snoozed

    store.afterwards.mark(snoozed(follow_up, until), created_at=wiring.now())
    _say(f"Put off to {until.isoformat()}: {follow_up.what}")


def _say(sentence: str) -> None:
    from mockint.cli import console

    console.print_lines([sentence])


def _go_through(due: Sequence[FollowUp], store: Store, keyboard: Keyboard) -> None:
    """Ask about each thing that is due, where somebody sits there."""
    from mockint.cli import console

    if not keyboard.is_there:
        return
    today = wiring.now().date()
    menu = f"[Enter] leave it   [d] done   [s] put it off {SNOOZE_DAYS} days   [t] to tomorrow   [q] quit"
    for each in due:
        console.messages().print(f"\n{each.what}")
        click.echo(menu, err=True)
        match keyboard.choose("ndstq"):
            case "d":
                _done(store, each)
            case "s":
                _put_off(store, each, _until(None, today))
            case "t":
                _put_off(store, each, _until("tomorrow", today))
            case "q":
                return
            case _:
                pass
