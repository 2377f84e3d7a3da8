"""The corrections that `review` takes: on the command line by time, or from a file that a page saved."""

from __future__ import annotations

import re
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from mockint.cli import wiring

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from mockint.model import Correction, Delivery, Result, Take
    from mockint.scoring import ScoringMethod
    from mockint.store.takes import Store

Command = TypeVar("Command", bound="Callable[..., Any]")


def time(value: str) -> float:
    """Read a time as the transcript shows it (0:41), finer (0:41.2), or in seconds (41.2). Raises UsageProblem."""
    from mockint.errors import UsageProblem

    found = re.fullmatch(r"(?:(\d{1,3}):)?(\d{1,5}(?:\.\d{1,6})?)", value)
    if found is None:
        raise UsageProblem(f"'{value}' is no time.", "Write it as in 0:41, 0:41.2 or 41.2.")
    return 60.0 * int(found[1] or 0) + float(found[2])


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
    from mockint.errors import UsageProblem

    if edits.apply is not None:
        if takes or replace(edits, apply=None):
            raise UsageProblem("A file of corrections names its takes itself.", "mockint review --apply FILE")
        wanted = [(store.take(take_id), new) for take_id, new in _read(edits.apply).items()]
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
    from mockint.correction import corrected_result, in_force

    heard, earlier = _heard(take, store), store.corrections(take.id)
    fresh = [correction for correction in new if correction not in in_force(earlier)]
    before = take.result or heard
    if fresh:
        result = corrected_result(heard, take.question, (*earlier, *fresh), method)
        take = store.correct(take.id, fresh, result, created_at=wiring.now())
    return Change(take=take, corrections=fresh, before=before)


def _heard(take: Take, store: Store) -> Result:
    """Return the result that corrections are laid over. Raises UsageProblem where there are no words to correct."""
    from mockint.errors import UsageProblem

    heard = store.heard_result(take.id)
    if take.typed is not None:
        raise UsageProblem(f"Take {take.id} was typed: nothing in it could be misheard.")
    if heard is None or not heard.delivery.words_known:
        raise UsageProblem(f"Take {take.id} has no transcript to correct.", f"See: mockint data rescore {take.id}")
    return heard


def _read(path: Path) -> Mapping[int, Sequence[Correction]]:
    from mockint.corrections_file import read_corrections
    from mockint.errors import UsageProblem

    try:
        return read_corrections(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text"
        raise UsageProblem(f"{path} cannot be read: {reason}.") from error


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
