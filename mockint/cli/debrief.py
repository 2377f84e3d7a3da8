"""`mockint debrief`: looking back at a real interview, and taking its questions into practice."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mockint.cli import wiring
from mockint.cli.options import DebriefOptions
from mockint.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from mockint.afterwards.followups import Search
    from mockint.afterwards.records import Application, Debrief
    from mockint.store.takes import Store


@click.command()
@click.argument("application", required=False)
@click.option("--spoken", is_flag=True, help="Tell it aloud; it is recorded and written down.")
@click.option(
    "--answers", type=click.Path(path_type=Path), metavar="DIR", help="Take recordings in DIR as what you say."
)
@click.option("--edit", is_flag=True, help="Write it in your editor ($VISUAL or $EDITOR), or change what you wrote.")
@click.option("--file", type=click.Path(path_type=Path), metavar="FILE", help="Take in a file that you filled in.")
@click.option("--date", "day", metavar="DAY", help="When the interview was: 2026-11-23, today or yesterday.")
@click.option("--person", "people", multiple=True, metavar="NAME", help="Who talked with you; can be given again.")
@click.option("--device", metavar="NAME", help="The microphone: its number, or a part of its name.")
@wiring.engine_options
@click.option("--no-input", is_flag=True, help="Never wait for a key.")
def command(**given: Any) -> None:
    """Look back at a real interview for APPLICATION (its number or company).

    What went well, what could have gone better, what you learned, and which questions you were asked. Those questions
    become a bank of your own, and come up first in practice. Without an option, mockint asks and you type.
    """
    from mockint.cli.debrief_draft import draft_path, from_editor, from_file, kept_if_it_fails

    options = DebriefOptions(**given)
    _check(options)
    with wiring.store() as store:
        search = store.afterwards.search()
        if options.file is not None:
            application, debrief = from_file(options.file, options.application, search)
            _keep(store, application, debrief)
            if options.file.absolute() == draft_path(application):
                options.file.unlink(missing_ok=True)
            return
        application = _application(options.application, search)
        if not options.edit:
            _check_draft(application)
        start = _start(application, options, search)
        debrief = from_editor(application, start) if options.edit else _told(application, start, options, store)
        with kept_if_it_fails(application, debrief):
            _keep(store, application, debrief)


def _check(options: DebriefOptions) -> None:
    """Raise UsageProblem where two ways are asked for at once, or a way that there is not here."""
    from mockint.cli import console

    ways = (options.spoken or options.answers is not None, options.edit, options.file is not None)
    if sum(ways) > 1:
        raise UsageProblem("Tell it, edit it, or name a file: one of them.", "See: mockint debrief --help")
    if not any(ways) and (options.no_input or not console.is_interactive()):
        raise UsageProblem("There is no terminal to type it into.", "Use --answers DIR, --edit or --file FILE.")


def _application(wanted: str | None, search: Search) -> Application:
    """Return the application that is meant: without a name, the one whose interview waits to be looked back at."""
    from mockint.afterwards.entries import find_application

    if wanted is not None or not search.applications:
        return find_application(search.applications, wanted or "")
    today = wiring.now().date()
    waiting = [each for each in search.applications if each.talks(until=today) and not search.debriefs_of(each)]
    choices = waiting or search.applications
    if len(choices) == 1:
        return choices[0]
    named = "; ".join(f"{each.id} ({each.name})" for each in choices)
    raise UsageProblem("Which interview?", f"Name its application: {named}")


def _check_draft(application: Application) -> None:
    """Raise UsageProblem where a draft waits that another telling would pass over."""
    from mockint.cli.debrief_draft import draft_path

    path = draft_path(application)
    if path.exists():
        raise UsageProblem(
            f"You began to look back at {application.name} before.",
            f"Go on with: mockint debrief {application.id} --edit (or delete {path})",
        )


def _start(application: Application, options: DebriefOptions, search: Search) -> Debrief:
    """Return what is known before anything is told; with --edit, what was written before. Raises UsageProblem."""
    from mockint.afterwards import entries
    from mockint.afterwards.records import Debrief, Participant

    today = wiring.now().date()
    held_on = application.last_talk(today) if options.day is None else entries.past_day(options.day, today)
    people = tuple(Participant(name=entries.name(each, "The name")) for each in options.people)
    for stored in search.debriefs_of(application):
        if stored.debrief.held_on == held_on:
            if options.edit:
                return stored.debrief
            raise UsageProblem(
                f"You looked back at {application.name}, {held_on.isoformat()}, before.",
                f"Change what you wrote: mockint debrief {application.id} --edit",
            )
    return Debrief(held_on=held_on, people=people)


def _told(application: Application, start: Debrief, options: DebriefOptions, store: Store) -> Debrief:
    """Return what the person says or types."""
    if options.spoken or options.answers is not None:
        from mockint.cli.debrief_spoken import hear

        return hear(application, start, options, store)
    from mockint.cli.debrief_typed import ask

    return ask(application, start)


def _keep(store: Store, application: Application, debrief: Debrief) -> None:
    """Store it, take its questions into practice, and say what is next."""
    from mockint.afterwards.entries import in_words
    from mockint.cli import console
    from mockint.cli.asked import take_into_bank

    before = _before(application, debrief, store)
    named = take_into_bank(application, debrief, before)
    store.afterwards.keep_debrief(application, named, created_at=wiring.now())
    place = "" if before is None else ", in the place of what you wrote before"
    click.echo(f"Kept: {application.name}, {in_words(debrief.held_on, weekday=True)}{place}.")
    for line in (*_in_practice(named), *_next(store.afterwards.search(), application.id, wiring.now().date())):
        click.echo(line)
    for sentence in _unknown(named, application):
        console.say(sentence)


def _before(application: Application, debrief: Debrief, store: Store) -> Debrief | None:
    """Return what this debrief is written over, if anything."""
    earlier = (each.debrief for each in store.afterwards.search().debriefs_of(application))
    return next((each for each in earlier if each.held_on == debrief.held_on), None)


def _in_practice(debrief: Debrief) -> Sequence[str]:
    from mockint.afterwards.asked_bank import BANK_ID

    count = len(debrief.questions)
    if not count:
        return ()
    due = "1 question is due in practice now" if count == 1 else f"{count} questions are due in practice now"
    return (f"{due}: mockint practice {BANK_ID}",)


def _unknown(debrief: Debrief, application: Application) -> Iterator[str]:
    """Say which competency of what could be better no question asks about: nothing would come up for it."""
    import difflib

    from mockint.cli.asked import competencies

    known = competencies()
    for competency in dict.fromkeys(each.competency for each in debrief.could_be_better if each.competency):
        if competency not in known:
            near = difflib.get_close_matches(competency, known, n=1)
            meant = f" Did you mean '{near[0]}'?" if near else ""
            yield (
                f"No question asks about '{competency}', so none comes up for it.{meant}"
                f" Change it: mockint debrief {application.id} --edit"
            )


def _next(search: Search, application_id: int, today: date) -> Sequence[str]:
    from mockint.afterwards.followups import Kind, follow_ups

    due = (each for each in follow_ups(search, today) if each.number == application_id and each.kind is Kind.THANKS)
    return tuple(f"Next: {each.how}" for each in due)
