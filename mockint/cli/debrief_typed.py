"""A debrief by typing: one question after the other, Enter goes on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mockint.afterwards.records import Application, AskedQuestion, Debrief, Felt, Improvement, Participant

MARK = "  >"


def ask(application: Application, start: Debrief) -> Debrief:
    """Ask for everything that a debrief holds. Raises Interrupted at Ctrl-C: what was typed is kept as a draft."""
    from mockint.cli.asked import competencies
    from mockint.cli.debrief_draft import how_to_go_on, keep_draft
    from mockint.errors import Interrupted, UsageProblem

    click.echo(f"{application.name}, {start.held_on.isoformat()}. Enter alone goes on to the next.", err=True)
    typed = start
    try:
        for typed in _steps(start, competencies()):  # noqa: B007 - an interruption keeps the last one
            pass
    except (KeyboardInterrupt, click.Abort):
        click.echo(err=True)
        if typed.is_empty:
            raise Interrupted("Stopped.", "Nothing was typed yet.") from None
        raise Interrupted("Stopped.", how_to_go_on(application, keep_draft(application, typed))) from None
    if typed.is_empty:
        raise UsageProblem("Nothing was typed, so nothing is kept.", "Come back to it when you like.")
    return typed


def _steps(debrief: Debrief, known: Sequence[str]) -> Iterator[Debrief]:
    """Yield the debrief as it grows, entry by entry. known: competencies by their names in the banks."""
    if not debrief.people:
        for person in _people():
            debrief = replace(debrief, people=(*debrief.people, person))
            yield debrief
    for text in _texts("What did you talk about? (The thank-you letter takes it up.)"):
        debrief = replace(debrief, talked_about=(*debrief.talked_about, text))
        yield debrief
    for text in _texts("What went well?"):
        debrief = replace(debrief, went_well=(*debrief.went_well, text))
        yield debrief
    for improvement in _improvements(known):
        debrief = replace(debrief, could_be_better=(*debrief.could_be_better, improvement))
        yield debrief
    for text in _texts("What did you learn?"):
        debrief = replace(debrief, learned=(*debrief.learned, text))
        yield debrief
    for question in _questions(known):
        debrief = replace(debrief, questions=(*debrief.questions, question))
        yield debrief


def _texts(prompt: str) -> Iterator[str]:
    """Yield what is typed, line by line, until Enter alone."""
    click.echo(f"\n{prompt}", err=True)
    while text := _line(MARK):
        yield text


def _people() -> Iterator[Participant]:
    from mockint.afterwards.records import Participant

    for name in _texts("Who talked with you? (A name a line.)"):
        yield Participant(name=name, role=_line("    what they do:") or None, email=_email())


def _improvements(known: Sequence[str]) -> Iterator[Improvement]:
    from mockint.afterwards.records import Improvement

    for text in _texts("What could have gone better?"):
        yield Improvement(text=text, competency=_competency(text, known))


def _questions(known: Sequence[str]) -> Iterator[AskedQuestion]:
    from mockint.afterwards.records import AskedQuestion

    for text in _texts("Which questions were you asked? (One a line, as you remember it.)"):
        yield AskedQuestion(text=text, felt=_felt(), competency=_competency(text, known))


def _felt() -> Felt | None:
    from mockint.afterwards.records import Felt

    while word := _line("    how it felt, well, fair or hard:").lower():
        for felt in Felt:
            if felt.value.startswith(word):
                return felt
        click.echo("    Type well, fair or hard, or Enter to leave it out.", err=True)
    return None


def _competency(text: str, known: Sequence[str]) -> str | None:
    """Ask what it is about; a sentence that names a competency answers itself."""
    import difflib

    from mockint.afterwards.spoken import named_in

    named = named_in(text, known)
    if named is not None:
        return named
    word = "-".join(_line("    which competency, such as planning:").lower().split())
    near = difflib.get_close_matches(word, known, n=1)
    return near[0] if near else word or None


def _email() -> str | None:
    from mockint.afterwards.entries import EMAIL

    while (address := _line("    e-mail:")) and not EMAIL.fullmatch(address):
        click.echo("    That is no address; Enter leaves it out.", err=True)
    return address or None


def _line(prompt: str) -> str:
    """Return one line as it was typed, without what is no character; empty where there is none."""
    typed: str = click.prompt(prompt, default="", show_default=False, prompt_suffix=" ", err=True)
    return " ".join("".join(each if each.isprintable() else " " for each in typed).split())
