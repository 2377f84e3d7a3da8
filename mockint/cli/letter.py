"""`mockint letter`: a short draft from what you noted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mockint.afterwards.letters import LetterKind
from mockint.cli import wiring
from mockint.data_folder import LETTERS_FOLDER
from mockint.errors import MockintError, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from mockint.afterwards.followups import Search
    from mockint.afterwards.letters import Letter
    from mockint.afterwards.records import Application, Person

KINDS = tuple(kind.value for kind in LetterKind)


@click.command()
@click.argument("kind", type=click.Choice(KINDS), required=False)
@click.argument("application", required=False)
@click.option("--person", "people", multiple=True, metavar="NAME", help="Whom to write to; can be given again.")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE", help="Write it to FILE; FILE.eml opens in a mail program."
)
@click.option("--mail", is_flag=True, help="Open it in your mail program.")
@click.option("--templates", is_flag=True, help="Copy the templates into the data folder, for you to change.")
def command(
    kind: str | None, application: str | None, *, people: tuple[str, ...], out: Path | None, mail: bool, templates: bool
) -> None:
    """Draft a letter after an interview for APPLICATION (its number or company): a few lines, from what you noted.

    What mockint does not know stays a [placeholder]. Nothing is sent: read it, fill it in, send it yourself.
    """
    if templates:
        _copy_templates()
        return
    if kind is None:
        raise UsageProblem(f"Which letter? {', '.join(KINDS)}.", "For example: mockint letter thanks acme")
    if out is not None and out.exists():
        raise UsageProblem(f"{out} is there already.", "You may have changed it: name another file, or remove it.")
    if out is not None and mail:
        raise UsageProblem("--out and --mail exclude each other.", "Choose one of them.")
    with wiring.store() as store:
        search = store.afterwards.search()
    letter_kind, today = LetterKind(kind), wiring.now().date()
    addressed = _addressed(people, search)
    about = _about(letter_kind, application, addressed, search)
    letter = _drafted(letter_kind, about, addressed, search, today)
    _hand_over(letter, out, mail=mail)
    for advice in _advice(letter_kind, about, letter, today):
        click.echo(f"\n{advice}", err=True)


def _addressed(names: Sequence[str], search: Search) -> tuple[Person, ...]:
    from mockint.afterwards.entries import find_person

    return tuple(find_person(search.people, name) for name in names)


def _about(kind: LetterKind, wanted: str | None, people: Sequence[Person], search: Search) -> Application | None:
    """Return the application that a letter is about: the named one, else that of the person. Raises UsageProblem."""
    from mockint.afterwards.entries import find_application

    if wanted is not None:
        return find_application(search.applications, wanted)
    if not people:
        raise UsageProblem(
            "To whom?", f"Name an application or a person: mockint letter {kind.value} acme, or --person NAME"
        )
    numbers = {person.application_id for person in people}
    return next((each for each in search.applications if each.id in numbers), None)


def _drafted(
    kind: LetterKind, about: Application | None, addressed: Sequence[Person], search: Search, today: date
) -> Letter:
    from mockint.afterwards.letters import draft

    debriefs = () if about is None else search.debriefs_of(about)
    people = addressed or (() if about is None else search.people_of(about))
    newest = debriefs[-1].debrief if debriefs else None
    return draft(kind, about, newest, people, today=today, own_templates=wiring.home() / LETTERS_FOLDER)


# --- out ------------------------------------------------------------------------------------------


def _hand_over(letter: Letter, out: Path | None, *, mail: bool) -> None:
    """Print the letter, write it to a file, or open it in the mail program."""
    from mockint.afterwards.mail import as_eml
    from mockint.store.home import write_private_file

    if mail:
        _open_mail_program(letter)
        return
    text = f"Subject: {letter.subject}\n\n{letter.body}"
    if out is None:
        click.echo(_for_the_terminal(text), nl=False)
        return
    write_private_file(out.absolute(), as_eml(letter) if out.suffix.lower() == ".eml" else text.encode())
    click.echo(out.absolute())


def _for_the_terminal(text: str) -> str:
    """Return the text with its lines broken where a person reads it; programs get paragraphs."""
    import shutil
    import sys
    import textwrap

    if not sys.stdout.isatty():
        return text
    width = min(shutil.get_terminal_size().columns, 80)
    return "".join(f"{textwrap.fill(line, width)}\n" for line in text.splitlines())


def _open_mail_program(letter: Letter) -> None:
    from mockint.afterwards.mail import as_mailto

    try:
        failed = click.launch(as_mailto(letter), wait=True) != 0
    except OSError:
        failed = True
    if failed:
        raise MockintError("No mail program could be opened.", "Write the letter to a file: --out letter.eml")
    click.echo("The letter is in your mail program; nothing is sent yet.", err=True)


def _advice(kind: LetterKind, about: Application | None, letter: Letter, today: date) -> Sequence[str]:
    """Say when to send it, and what is still to be filled in."""
    from mockint.afterwards.entries import in_words
    from mockint.afterwards.followups import feedback_day
    from mockint.afterwards.records import Stage

    said = []
    if kind is LetterKind.FEEDBACK and about is not None and about.last.stage is Stage.REJECTED:
        send_on = feedback_day(about.last)
        if send_on > today:
            said.append(f"Send it on {in_words(send_on, weekday=True)}: a day or two after a no, both can say more.")
    if letter.missing:
        said.append(f"Still to fill in: {', '.join(letter.missing)}")
    return said


def _copy_templates() -> None:
    from mockint.afterwards.letters import copy_templates
    from mockint.store.home import write_private_file

    folder = wiring.home() / LETTERS_FOLDER
    for path, text in copy_templates(folder):
        write_private_file(path, text.encode())
    click.echo(folder)
