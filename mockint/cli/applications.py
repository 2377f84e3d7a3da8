"""`mockint applications`: where you applied, how far it is, and whom you met."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mockint.afterwards.records import Stage
from mockint.cli import wiring
from mockint.errors import UsageProblem

if TYPE_CHECKING:
    from mockint.afterwards.records import Application, Step
    from mockint.store.takes import Store

_DAY = "DAY"
_DAY_HELP = "2026-11-23, today, yesterday or tomorrow (default: today)."
STAGES = tuple(stage.value for stage in Stage)


@click.group(name="applications", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Keep your applications and the people you met. Without a command, list the applications.

    An application is named by its number, or by its company. Everything stays on this computer.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_applications)


@command.command("list")
@click.option("--stage", "stages", type=click.Choice(STAGES), multiple=True, help="Only those in this stage.")
@click.option("--open", "only_open", is_flag=True, help="Only those that something may still come of.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line for each.")
@click.option("--csv", "csv_file", type=click.Path(path_type=Path), metavar="FILE", help="Write a table; - is stdout.")
def list_applications(
    *, stages: tuple[str, ...] = (), only_open: bool = False, as_json: bool = False, csv_file: Path | None = None
) -> None:
    """List the applications."""
    from mockint.afterwards.table import as_csv
    from mockint.cli import console
    from mockint.pages.promised_search import application_object
    from mockint.pages.search import application_lines

    with wiring.store() as store:
        search = store.afterwards.search()
    chosen = [
        each
        for each in search.applications
        if (not stages or each.last.stage.value in stages) and (each.is_open or not only_open)
    ]
    if csv_file is not None:
        _write(csv_file, as_csv(chosen))
    elif as_json:
        for each in chosen:
            console.print_json(application_object(each, search))
    else:
        console.print_lines(application_lines(chosen))


@command.command("add")
@click.argument("company")
@click.option("--role", metavar="ROLE", help="What you applied for.")
@click.option("--stage", default="applied", type=click.Choice(STAGES), help="Where it stands (default: applied).")
@click.option("--date", "day", default="today", metavar=_DAY, help=f"Since when: {_DAY_HELP}")
@click.option("--link", metavar="URL", help="Where the position is described.")
@click.option("--note", metavar="TEXT", help="Whatever you want to remember.")
def add(company: str, *, role: str | None, stage: str, day: str, link: str | None, note: str | None) -> None:
    """Add an application at COMPANY."""
    from mockint.afterwards import entries
    from mockint.afterwards.records import Step
    from mockint.afterwards.table import NewApplication

    new = NewApplication(
        company=entries.name(company, "The company"),
        role=entries.line(role, "The role"),
        link=entries.line(link, "The link"),
        note=entries.line(note, "The note"),
        step=Step(stage=Stage(stage), on=entries.step_day(day, Stage(stage), wiring.now().date())),
    )
    with wiring.store() as store:
        others = [each for each in store.afterwards.applications() if each.company.casefold() == new.company.casefold()]
        [added] = store.afterwards.add_applications([new])
    click.echo(f"{added.id}  {added.name}: {added.last.stage.value} on {added.last.on.isoformat()}")
    if others:
        named = "; ".join(f"{each.id} ({each.name})" for each in others)
        click.echo(f"There was one at {added.company} before: {named}. Name them by number.", err=True)


@command.command("move")
@click.argument("application")
@click.argument("stage", type=click.Choice(STAGES), required=False)
@click.option("--date", "day", default="today", metavar=_DAY, help=_DAY_HELP)
@click.option("--note", metavar="TEXT", help="Whatever you want to remember of it.")
@click.option("--undo", is_flag=True, help="Take the last move back.")
def move(application: str, stage: str | None, *, day: str, note: str | None, undo: bool) -> None:
    """Move APPLICATION to STAGE. After a no, one screen shows where you stand."""
    from mockint.afterwards import entries
    from mockint.afterwards.records import Step

    if (stage is None) != undo:
        raise UsageProblem("Name the stage, or --undo.", "For example: mockint applications move 3 interview")
    with wiring.store() as store:
        moved = entries.find_application(store.afterwards.applications(), application)
        if stage is None:
            back = store.afterwards.undo_step(moved.id)
            click.echo(f"{moved.name}: {back.stage.value} on {back.on.isoformat()} is taken back.")
            return
        step = Step(
            stage=Stage(stage),
            on=entries.step_day(day, Stage(stage), wiring.now().date()),
            note=entries.line(note, "The note"),
        )
        _take(store, moved, step)


@command.command("show")
@click.argument("application")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def show(application: str, *, as_json: bool) -> None:
    """Show all that is known of APPLICATION.

    Its steps, its people, what you made of each interview, and what became of the questions since.
    """
    from mockint.afterwards.asked_bank import BANK_ID
    from mockint.afterwards.entries import find_application
    from mockint.cli import console
    from mockint.pages.promised_search import application_object
    from mockint.pages.search import whole_application

    with wiring.store() as store:
        search = store.afterwards.search()
        shown = find_application(search.applications, application)
        days = store.afterwards.answered_on(BANK_ID)
    if as_json:
        console.print_json(application_object(shown, search))
    else:
        console.print_lines(whole_application(shown, search, days))


@command.command("perspective")
@click.argument("application")
def perspective(application: str) -> None:
    """Show the screen that follows a no at APPLICATION again."""
    from mockint.afterwards.entries import find_application

    with wiring.store() as store:
        _show_perspective(store, find_application(store.afterwards.applications(), application).id)


@command.command("change")
@click.argument("application")
@click.option("--company", metavar="NAME", help="Another name of the company.")
@click.option("--role", metavar="ROLE", help="Another role; an empty one takes it away.")
@click.option("--link", metavar="URL", help="Another link.")
@click.option("--note", metavar="TEXT", help="Another note.")
def change(application: str, **given: str | None) -> None:
    """Change what is noted of APPLICATION."""
    from dataclasses import replace

    from mockint.afterwards import entries

    words = {key: entries.line(text, f"The {key}") for key, text in given.items() if text is not None}
    if "company" in words:
        words["company"] = entries.name(given["company"] or "", "The company")
    with wiring.store() as store:
        found = entries.find_application(store.afterwards.applications(), application)
        changed = store.afterwards.change_application(replace(found, **words))  # type: ignore[arg-type]  # its texts
    click.echo(f"{changed.id}  {changed.name}")


@command.command("remove")
@click.argument("application")
@click.option("--yes", is_flag=True, help="Do not ask.")
def remove(application: str, *, yes: bool) -> None:
    """Forget APPLICATION with its steps and debriefs. The people, and its questions in practice, stay."""
    from mockint.afterwards.entries import find_application

    with wiring.store() as store:
        found = find_application(store.afterwards.applications(), application)
        if not yes:
            raise UsageProblem(
                f"This forgets {found.name}, {len(found.steps)} step(s) and what you wrote of it.",
                f"If you mean it: mockint applications remove {found.id} --yes",
            )
        store.afterwards.remove_application(found.id)
    click.echo(f"{found.name} is forgotten.")


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
def import_table(file: Path) -> None:
    """Take in applications from a CSV FILE.

    It has a column company, and any of role, stage, date, link and note. An application that is here already, with the
    same company, role and link, is passed over.
    """
    from mockint.afterwards.table import from_csv

    new = from_csv(_read(file), str(file), wiring.now().date())
    with wiring.store() as store:
        known = {(each.company, each.role, each.link) for each in store.afterwards.applications()}
        fresh = [each for each in new if (each.company, each.role, each.link) not in known]
        store.afterwards.add_applications(fresh)
    passed_over = len(new) - len(fresh)
    click.echo(f"{len(fresh)} taken in" + (f", {passed_over} known already." if passed_over else "."))


# --- people ---------------------------------------------------------------------------------------


@command.command("people")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line for each.")
def people(*, as_json: bool) -> None:
    """List the people you met.

    Those to write to next are on top, with the last time that you were in touch and a reason to write.
    """
    from mockint.cli import console
    from mockint.pages.promised_search import person_object
    from mockint.pages.search import people_lines

    with wiring.store() as store:
        search = store.afterwards.search()
    if as_json:
        for person in search.people:
            console.print_json(person_object(person, search))
    else:
        console.print_lines(people_lines(search))


@command.command("met")
@click.argument("name")
@click.option("--at", "application", metavar="APPLICATION", help="Through which application.")
@click.option("--role", metavar="ROLE", help="What they do.")
@click.option("--email", metavar="ADDRESS", help="Where to write to them.")
@click.option("--date", "day", default="today", metavar=_DAY, help=_DAY_HELP)
@click.option("--note", metavar="TEXT", help="What to write about next time.")
def met(name: str, *, application: str | None, role: str | None, email: str | None, day: str, note: str | None) -> None:
    """Note that you met NAME."""
    from mockint.afterwards import entries
    from mockint.afterwards.records import Contact, Participant

    participant = Participant(
        name=entries.name(name, "The name"), role=entries.line(role, "The role"), email=entries.email(email)
    )
    contact = Contact(on=entries.past_day(day, wiring.now().date()), note=entries.line(note, "The note"))
    with wiring.store() as store:
        found = None if application is None else entries.find_application(store.afterwards.applications(), application)
        person = store.afterwards.meet(participant, None if found is None else found.id, contact)
    click.echo(f"{person.id}  {person.name}" + ("" if found is None else f", {found.company}"))


@command.command("wrote")
@click.argument("person")
@click.option("--date", "day", default="today", metavar=_DAY, help=_DAY_HELP)
@click.option("--note", metavar="TEXT", help="What to write about next time.")
def wrote(person: str, *, day: str, note: str | None) -> None:
    """Note that you were in touch with PERSON, by name or number."""
    from mockint.afterwards import entries
    from mockint.afterwards.records import Contact

    contact = Contact(on=entries.past_day(day, wiring.now().date()), note=entries.line(note, "The note"))
    with wiring.store() as store:
        found = entries.find_person(store.afterwards.people(), person)
        store.afterwards.add_contact(found.id, contact)
    click.echo(f"{found.name}: in touch on {contact.on.isoformat()}")


# --- files and screens ----------------------------------------------------------------------------


def _take(store: Store, application: Application, step: Step) -> None:
    """Store a move, and show where that leads; the same one again changes nothing."""
    from mockint.cli import console

    last = application.last
    if (last.stage, last.on, step.note) != (step.stage, step.on, None):
        last = store.afterwards.add_step(application.id, step, today=wiring.now().date()).last
    if last.stage is step.stage is Stage.REJECTED:
        _show_perspective(store, application.id)
        return
    click.echo(f"{application.name}: {step.stage.value} on {step.on.isoformat()}")
    if last.on > step.on:
        later = f"Later than that it was {last.stage.value}, on {last.on.isoformat()}: so it stands."
        console.say(f"{later} If the day is wrong: mockint applications move {application.id} --undo")


def _show_perspective(store: Store, application_id: int) -> None:
    from mockint.afterwards.followups import follow_ups
    from mockint.cli import console
    from mockint.pages.perspective import perspective_lines
    from mockint.progress import measures_of, progress_of

    points = store.points()
    measures = measures_of(store.take(points.newest_take_id)) if len(points) else ()
    progress = progress_of(points, measures)
    search, today = store.afterwards.search(), wiring.now().date()
    application = store.afterwards.application(application_id)
    console.print_lines(perspective_lines(application, search, progress, follow_ups(search, today), today))


def _read(file: Path) -> str:

    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise UsageProblem(f"{file} is not UTF-8 text.", "Save the table as CSV with the encoding UTF-8.") from None
    except OSError as error:
        raise UsageProblem(f"{file} cannot be read: {error.strerror}.") from error


def _write(file: Path, text: str) -> None:
    from mockint.store.home import write_private_file

    if str(file) == "-":
        click.echo(text, nl=False)
        return
    write_private_file(file.absolute(), text.encode())
    click.echo(file.absolute())
