"""What the person marks in a take: what of a strong answer was in it, its story, and where the parts of that began."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

import click

from mockint.cli import console, wiring
from mockint.cli.correcting import in_brief, time
from mockint.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mockint.model import Take
    from mockint.store.takes import Store
    from mockint.story import Marks, PartStart

Command = TypeVar("Command", bound="Callable[..., Any]")

_START = re.compile(r"([star])=(.+)")
NONE = "none"
_STAR_EXAMPLE = "For example: --star s=0:04 t=0:15 a=0:30 r=1:20"


def marking_options(command: Command) -> Command:
    """Add the options that `Marking` holds."""
    covers = click.option("--covers", metavar="N,N...", help="You covered these of the points, or 'none'.")
    told = "Where situation, task, action, result begin: s=0:04 t=0:15 a=0:30 r=1:20."
    star = click.option("--star", multiple=True, metavar="PART=TIME...", help=told)
    story = click.option("--story", metavar="NAME", help="You told this story, or 'none'; see --stories.")
    return covers(star(story(command)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """What was asked for on the command line."""

    covers: str | None
    star: tuple[str, ...]
    story: str | None

    def __bool__(self) -> bool:
        return self.covers is not None or bool(self.star) or self.story is not None


def mark(marking: Marking, words: Sequence[str], store: Store) -> Take:
    """Store the marks and return the take. words: the take, and starts, since --star takes several.

    What is not marked now stays as it was. Raises UsageProblem.
    """
    from mockint.story import Marks

    names = [word for word in words if not _START.fullmatch(word)]
    if len(names) != 1:
        raise UsageProblem("Name the one take to mark.", "mockint review 12 --covers 1,3")
    take = wiring.take_named(store, names[0])
    starts = (*marking.star, *(word for word in words if _START.fullmatch(word)))
    new = Marks(
        covers=None if marking.covers is None else numbers(marking.covers),
        starts=starts_named(starts) if starts else None,
    )
    story = None if marking.story is None else named_story(marking.story)
    keep_marks(take, new, store)
    if marking.story is not None:
        store.stories.keep(take.id, story, at=wiring.now())
    return take


def keep_marks(take: Take, new: Marks, store: Store) -> None:
    """Store the marks, and leave what they do not speak of as it was. Raises UsageProblem."""
    from mockint.story import checked

    if new.covers is None and new.starts is None:
        return
    new, marks = checked(new, take.question, take.duration_s), store.marks.of_take(take.id)
    if new.covers is not None:
        marks = replace(marks, covers=new.covers)
    if new.starts is not None:
        marks = replace(marks, starts=new.starts)
    store.marks.keep(take.id, marks, at=wiring.now())


def show_story(take: Take, store: Store) -> None:
    """Print what is marked in a take."""
    from mockint.pages.story import story_lines

    lines = story_lines(take, store.marks.of_take(take.id), store.stories.of_take(take.id))
    console.print_lines([*lines, ""] if lines else [])


def named_story(text: str) -> str | None:
    """Read the name of a story, or 'none'. Raises UsageProblem."""
    from mockint.stories import story_name

    return None if text.strip().lower() == NONE else story_name(text)


def numbers(text: str) -> tuple[int, ...]:
    """Read "1,3" or "1 3", or "none". Raises UsageProblem."""
    if text.strip().lower() == NONE:
        return ()
    if not re.fullmatch(r"\s*[0-9]{1,2}([\s,]+[0-9]{1,2})*\s*", text):
        raise UsageProblem(f"{in_brief(text)} names no points.", "For example: --covers 1,3, or --covers none")
    return tuple(int(number) for number in re.findall("[0-9]+", text))


def starts_named(words: Sequence[str]) -> tuple[PartStart, ...]:
    """Read 's=0:04' and so on, or 'none' alone. Raises UsageProblem."""
    return () if [*words] == [NONE] else tuple(map(_start, words))


def _start(text: str) -> PartStart:
    from mockint.story import PARTS, PartStart

    found = _START.fullmatch(text)
    if found is None:
        raise UsageProblem(f"{in_brief(text)} is no start of a part.", _STAR_EXAMPLE)
    [part] = (part for part in PARTS if part.letter == found[1])
    return PartStart(part=part, start_s=time(found[2]))
