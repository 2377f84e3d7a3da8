"""The corrections that `review` takes: on the command line by time, or from a file that a page saved."""

from __future__ import annotations

import re
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from mockint.cli import wiring
from mockint.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from mockint.corrections_file import TakeCorrections
    from mockint.model import Correction, Delivery, Result, Take
    from mockint.scoring import ScoringMethod
    from mockint.store.takes import Store

Command = TypeVar("Command", bound="Callable[..., Any]")


def time(value: str) -> float:
    """Read a time as the transcript shows it (0:41), finer (0:41.2), or in seconds (41.2). Raises UsageProblem."""
    found = re.fullmatch(r"(?:(\d{1,3}):)?(\d{1,5}(?:\.\d{1,6})?)", value)
    if found is None:
        raise UsageProblem(f"{in_brief(value)} is no time.", "Write it as in 0:41, 0:41.2 or 41.2.")
    return 60.0 * int(found[1] or 0) + float(found[2])


def in_brief(text: str) -> str:
    """Return what was typed, to be named in a sentence, however long it is."""
    return f"'{text}'" if len(text) <= _SHOWN_LETTERS else f"'{text[:_SHOWN_LETTERS]}...'"


_SHOWN_LETTERS = 40


_OPTIONS = (
    click.option(
        "--word", nargs=2, type=(time, str), multiple=True, metavar="TIME TEXT", help="The word at TIME was TEXT."
    ),
    click.option("--delete", type=time, multiple=True, metavar="TIME", help="The word at TIME was not said."),
    click.option(
        "--insert", nargs=2, type=(time, str), multiple=True, metavar="TIME TEXT", help="TEXT was said at TIME."
    ),
    click.option("--not-a-filler", type=time, multiple=True, metavar="TIME", help="The filler at TIME is none."),
    click.option(
        "--filler", nargs=2, type=(time, str), multiple=True, metavar="TIME TEXT", help="TEXT at TIME is a filler."
    ),
    click.option("--undo", is_flag=True, help="Take the last correction back."),
    click.option("--apply", type=click.Path(path_type=Path), metavar="FILE", help="Corrections that a page saved."),
)


def correction_options(command: Command) -> Command:
    """Add the options that `Edits` holds."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True, kw_only=True)
class Edits:
    """What was asked for on the command line. Times in seconds; words near them are meant."""

    word: Sequence[tuple[float, str]]
    delete: Sequence[float]
    insert: Sequence[tuple[float, str]]
    not_a_filler: Sequence[float]
    filler: Sequence[tuple[float, str]]
    undo: bool
    apply: Path | None

    def __bool__(self) -> bool:
        return any(astuple(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A take with the corrections that were made in it, and its result before them."""

    take: Take
    corrections: Sequence[Correction]
    before: Result


def correct(edits: Edits, takes: Sequence[str], store: Store, method: ScoringMethod) -> Iterator[Change]:
    """Make the corrections and yield each take as it is with them. Raises UsageProblem before anything is changed."""
    if edits.apply is not None:
        if takes or replace(edits, apply=None):
            raise UsageProblem("A file of corrections names its takes itself.", "mockint review --apply FILE")
        wanted = _from_file(edits.apply, store)
    elif len(takes) != 1:
        raise UsageProblem("Name the one take to correct.", "mockint review 12 --word 0:41 write")
    else:
        take = wiring.take_named(store, takes[0])
        wanted = [(take, tuple(_from_times(edits, _heard(take, store).delivery, store.corrections(take.id))))]
    for take, _ in wanted:
        _heard(take, store)
    for take, new in wanted:
        yield _store(take, new, store, method)


def _store(take: Take, new: Sequence[Correction], store: Store, method: ScoringMethod) -> Change:
    from mockint.adapted import as_before
    from mockint.correction import corrected_result, in_force

    heard, earlier = _heard(take, store), store.corrections(take.id)
    known = set(in_force(earlier))
    fresh = [correction for correction in new if correction not in known]
    before = take.result or heard
    if fresh:
        same_method = as_before(method, heard.score.method_version)
        result = corrected_result(heard, take.question, (*earlier, *fresh), same_method)
        take = store.correct(take.id, fresh, result, created_at=wiring.now())
    return Change(take=take, corrections=fresh, before=before)


def _heard(take: Take, store: Store) -> Result:
    """Return the result that corrections are laid over. Raises UsageProblem where there are no words to correct."""
    heard = store.heard_result(take.id)
    if take.typed is not None:
        raise UsageProblem(f"Take {take.id} was typed: nothing in it could be misheard.")
    if heard is None or not heard.delivery.words_known:
        raise UsageProblem(f"Take {take.id} has no transcript to correct.", f"See: mockint data rescore {take.id}")
    return heard


def _from_file(path: Path, store: Store) -> list[tuple[Take, tuple[Correction, ...]]]:
    """Return the corrections of a file with the takes that they are of. Raises UsageProblem."""
    from mockint.corrections_file import MOST_BYTES, read_corrections

    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise UsageProblem(f"{path} cannot be read: {error.strerror}.") from error
    wanted = [(_take_of(each, store, path), each.corrections) for each in read_corrections(content, str(path))]
    for take, corrections in wanted:
        if any(correction.start_s > take.duration_s for correction in corrections):
            raise UsageProblem(f"{path} corrects what comes after the end of take {take.id}.", "Nothing was changed.")
    return wanted


def _take_of(named: TakeCorrections, store: Store, path: Path) -> Take:
    """Return the take that a file is of. Raises UsageProblem where it is not here."""
    from mockint.corrections_file import said_in

    if named.uid is None:
        take = store.take(named.number)
        if not said_in((stored.result.delivery for stored in store.results(take.id)), named.corrections):
            raise UsageProblem(
                f"{path} is of another take: its words were not said in take {take.id} of this data folder.",
                "Nothing was changed.",
            )
        return take
    found = store.take_of_uid(named.uid)
    if found is None:
        raise UsageProblem(
            f"{path} is of a take that is not in this data folder: take {named.number}"
            f" of the one that its page was made in, an answer to '{named.question_id}'.",
            "Nothing was changed. Take it in on that computer.",
        )
    if named.question_id not in {found.question.id, *found.question.aliases}:
        raise UsageProblem(
            f"{path} says that take {found.id} answers '{named.question_id}'; it answers '{found.question.id}'.",
            "Nothing was changed. Save the file again from the page.",
        )
    return found


def _from_times(edits: Edits, heard: Delivery, earlier: Iterable[Correction]) -> Iterator[Correction]:
    """Yield the corrections one by one, each found in what the ones before it have made of the take."""
    from mockint import correction

    made = list(earlier)
    if edits.undo:
        made.append(correction.undo(made))
        yield made[-1]
    steps: list[Callable[[Delivery], Correction]] = [
        *(lambda now, at=at, text=text: correction.change_word(now, at, text) for at, text in edits.word),
        *(lambda now, at=at: correction.delete_word(now, at) for at in edits.delete),
        *(lambda now, at=at, text=text: correction.insert_word(now, at, text) for at, text in edits.insert),
        *(lambda now, at=at: correction.dispute_filler(now, at) for at in edits.not_a_filler),
        *(lambda now, at=at, text=text: correction.add_filler(now, at, text) for at, text in edits.filler),
    ]
    for step in steps:
        made.append(step(correction.apply_corrections(heard, made)))
        yield made[-1]
