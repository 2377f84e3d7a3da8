"""A debrief by typing: one question after the other, Enter goes on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from mockint.errors import Interrupted, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mockint.afterwards.records import Application, AskedQuestion, Debrief, Felt, Improvement, Participant

MARK = "  >"


def ask(application: Application, start: Debrief) -> Debrief:
    """Ask for everything that a debrief holds. Each line is kept in a draft as it comes, whatever happens then.

    Raises Interrupted at Ctrl-C.
    """
    from mockint.cli.asked import competencies
    from mockint.cli.debrief_draft import how_to_go_on, keep_draft

    click.echo(f"{application.name}, {start.held_on.isoformat()}. Enter alone goes on to the next.", err=True)
    typed, draft = start, None
    try:
        for typed in _steps(start, competencies()):
            draft = keep_draft(application, typed)
    except (KeyboardInterrupt, click.Abort):
        click.echo(err=True)
        hint = "Nothing was typed yet." if draft is None else how_to_go_on(application, draft)
        raise Interrupted("Stopped.", hint) from None
    if typed.is_empty:
        raise UsageProblem("Nothing was typed, so nothing is kept.", "Come back to it when you like.")
    return typed


def _steps(debrief: Debrief, known: Sequence[str]) -> Iterator[Debrief]:
    """Yield the debrief as it grows, line by line. known: competencies by their names in the banks."""
    parts: tuple[tuple[str, str, Callable[[str], Iterator[Any]]], ...] = (
        ("people", "Who talked with you? (A name a line.)", _person),
        ("talked_about", "What did you talk about? (The thank-you letter takes it up.)", _text_alone),
        ("went_well", "What went well?", _text_alone),
        ("could_be_better", "What could have gone better?", lambda text: _improvement(text, known)),
        ("learned", "What did you learn?", _text_alone),
        (
            "questions",
            "Which questions were you asked? (One a line, as you remember it.)",
            lambda text: _question(text, known),
        ),
    )
    for field, prompt, entry in parts:
        if field == "people" and debrief.people:  # they were named on the command line
            continue
        click.echo(f"\n{prompt}", err=True)
        while text := _line(MARK):
            before = getattr(debrief, field)
            for each in entry(text):
                grown: dict[str, Any] = {field: (*before, each)}
                debrief = replace(debrief, **grown)
                yield debrief


# --- one entry, as it grows -----------------------------------------------------------------------


def _text_alone(text: str) -> Iterator[str]:
    yield text


def _person(name: str) -> Iterator[Participant]:
    from mockint.afterwards.records import Participant

    person = Participant(name=name)
    yield person
    person = replace(person, role=_line("    what they do:") or None)
    yield person
    yield replace(person, email=_email())


def _improvement(text: str, known: Sequence[str]) -> Iterator[Improvement]:
    from mockint.afterwards.records import Improvement

    improvement = Improvement(text=text)
    yield improvement
    yield replace(improvement, competency=_competency(text, known))


def _question(text: str, known: Sequence[str]) -> Iterator[AskedQuestion]:
    from mockint.afterwards.records import AskedQuestion

    question = AskedQuestion(text=text)
    yield question
    question = replace(question, felt=_felt())
    yield question
    yield replace(question, competency=_competency(text, known))


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
