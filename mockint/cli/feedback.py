"""`mockint feedback`: what mentors say of answers that were shared with them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mockint.cli import wiring
from mockint.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mockint.feedback import Feedback
    from mockint.model import Take
    from mockint.store.feedback import Arrival
    from mockint.store.takes import Store


@click.group(name="feedback")
def command() -> None:
    """Take in and show what a mentor says of your answers.

    'mockint share' writes the page that a mentor fills in.
    """


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
def import_file(file: Path) -> None:
    """Take in the FILE that a mentor sent back.

    It is checked first; of a faulty file nothing is taken. The same file again changes nothing.
    """
    from mockint.feedback import check_times, read_feedback

    name = file.name if file.name.isprintable() else ascii(file.name)  # somebody else named it
    read = read_feedback(_content(file, name), name)
    with wiring.store() as store:
        known = _of_known_takes(read, store, name)
        for take, feedback in known:
            check_times(feedback, take.duration_s, name)
        arrivals = store.feedback.add([(take.id, feedback) for take, feedback in known], at=wiring.now())
    for (take, feedback), arrival in zip(known, arrivals, strict=True):
        _show_arrival(take, feedback, arrival)


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
def list_feedback(as_json: bool) -> None:
    """List what mentors said, oldest first."""
    from mockint.cli import console
    from mockint.pages.feedback_lines import feedback_table
    from mockint.pages.promised import feedback_object

    with wiring.store() as store:
        everything = store.feedback.all()
    if as_json:
        for stored in everything:
            console.print_json({"take": stored.take_id, **feedback_object(stored.feedback)})
    elif everything:
        console.print_lines([feedback_table((stored.take_id, stored.feedback) for stored in everything)])
    else:
        console.messages().print("There is no feedback yet. Ask somebody: mockint share last")


@command.command("show")
@click.argument("take", metavar="TAKE|last")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line for each mentor.")
def show_feedback(take: str, as_json: bool) -> None:
    """Show what mentors said of a TAKE."""
    from mockint.cli import console
    from mockint.pages.promised import feedback_object

    with wiring.store() as store:
        meant = wiring.take_named(store, take)
        said = store.feedback.of_take(meant.id)
    if as_json:
        for feedback in said:
            console.print_json({"take": meant.id, **feedback_object(feedback)})
    elif said:
        _show(meant, said)
    else:
        console.messages().print(f"Nobody said anything of take {meant.id} yet. Ask: mockint share {meant.id}")


def _content(file: Path, name: str) -> bytes:
    """Return what is in a file. Raises UsageProblem, before anything is read where it is too large."""
    from mockint.feedback import LIMITS, too_large

    try:
        if not file.is_file():
            problem = "is a folder" if file.is_dir() else "is not there" if not file.exists() else "is no file"
            raise UsageProblem(f"{name} {problem}.", "Name the file that the mentor sent back.")
        if file.stat().st_size > LIMITS.file_byte_count:
            raise too_large(name)
        return file.read_bytes()
    except OSError as error:
        raise UsageProblem(f"{name} cannot be read: {error.strerror}.", "Check who may read it.") from error


def _of_known_takes(read: Sequence[Feedback], store: Store, name: str) -> list[tuple[Take, Feedback]]:
    """Return the feedback of takes that are here, and say so of others. Raises UsageProblem where none is."""
    from mockint.cli import console

    found = [(store.take_of_uid(feedback.take_uid), feedback) for feedback in read]
    known = [(take, feedback) for take, feedback in found if take is not None]
    if not known:
        raise UsageProblem(
            f"{name} is about an answer that is not in your data folder.",
            "Was it recorded on another computer, or deleted since? 'mockint data where' says which folder is meant.",
        )
    if len(known) < len(found):
        missing = f"{len(found) - len(known)} of {len(found)} answers"
        console.messages().print(f"{missing} are not in your data folder: what is said of them was passed over.")
    return known


def _show_arrival(take: Take, feedback: Feedback, arrival: Arrival) -> None:
    from mockint.cli import console
    from mockint.store.feedback import Arrival

    _show(take, [feedback])
    listen = f"Hear what it is about: mockint review {take.id} --open"
    said = {
        Arrival.NEW: f"Kept. {listen}",
        Arrival.CHANGED: f"Kept, in place of an earlier save. {listen}",
        Arrival.KNOWN: "You had this already: nothing changed.",
        Arrival.OUTDATED: "You have a newer save of this: nothing changed.",
    }
    console.messages().print(said[arrival])


def _show(take: Take, said: Sequence[Feedback]) -> None:
    from rich.text import Text

    from mockint.cli import console
    from mockint.pages.feedback_lines import feedback_lines

    console.print_lines([Text(f"Take {take.id}  {take.question.text}")])
    for feedback in said:
        console.print_lines([*feedback_lines(feedback), ""])
