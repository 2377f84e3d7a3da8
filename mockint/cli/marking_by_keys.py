"""Marking a take right after its card: what of a strong answer was in it, which story it told, where its parts began.

One line each. Enter goes on without it; nobody has to say anything.
"""

from __future__ import annotations

from contextlib import closing
from textwrap import wrap
from typing import TYPE_CHECKING

from mockint.cli import wiring
from mockint.cli.marking import NONE, keep_marks, named_story, numbers, show_story, starts_named
from mockint.errors import UsageProblem
from mockint.pages.terminal import WIDTH
from mockint.stories import repertoire
from mockint.story import Marks, PartStart, checked, guesses

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rich.console import Console

    from mockint.cli.keys import Keyboard
    from mockint.model import Question, Take
    from mockint.store.takes import Store

MOST_KNOWN_STORIES = 5
"""Those told last are offered: more would be a list to search."""


def can_be_marked(question: Question) -> bool:
    """Whether there is anything to mark in an answer to it."""
    return bool(question.covers) or question.star


def mark_by_keys(take: Take, store: Store, keyboard: Keyboard, messages: Console) -> None:
    """Ask, keep each answer at once, and show what is marked then."""
    with closing(keyboard.lines()) as lines:
        dialogue = _Dialogue(take, store, lines, messages)
        if take.question.covers:
            dialogue.covers()
        if take.question.star:
            if take.typed is None:
                dialogue.starts()
            dialogue.story()
    show_story(take, store)


class _Dialogue:
    """The questions about one take."""

    def __init__(self, take: Take, store: Store, lines: Iterable[str], messages: Console) -> None:
        self._take = take
        self._store = store
        self._lines = lines
        self._messages = messages

    def covers(self) -> None:
        """Ask what of the points was in it."""
        marked = self._marks.covers
        before = "" if marked is None else f" So far {_numbered(marked) or NONE}."
        self._say(f"\nWhich of these did you cover?{before} For example 1,3, or none; Enter goes on.")
        for number, text in enumerate(self._take.question.covers, start=1):
            self._say("\n".join(wrap(text, WIDTH, initial_indent=f"  {number} ", subsequent_indent="    ")))
        self._answer(lambda text: self._keep_covers(numbers(text)))

    def starts(self) -> None:
        """Ask where the parts of the story began."""
        marked = self._marks.starts
        offered = () if marked is not None else self._guesses()
        self._say("\nWhere did situation, task, action, result begin? Leave out what was not there.")
        if offered:
            self._say(f"A guess: {_times(offered)}\nEnter takes it; or write how it was, or none.")
        elif marked:
            self._say(f"So far {_times(marked)}; Enter goes on.")
        else:
            self._say("For example s=0:04 t=0:15 a=0:30 r=1:20; Enter goes on.")
        self._answer(
            lambda text: self._keep_starts(starts_named(text.lower().replace(",", " ").split())),
            on_enter=(lambda: self._keep_starts(offered)) if offered else None,
        )

    def story(self) -> None:
        """Ask which story it was."""
        known = [story.name for story in repertoire(self._store.stories.tellings(), (), ()).stories]
        known = known[:MOST_KNOWN_STORIES]
        marked = self._store.stories.of_take(self._take.id)
        by_number = ", or its number" if known else ""
        self._say(f"\nWhich story was it? A name to know it by{by_number}; Enter goes on.")
        if marked is not None:
            self._say(f"So far: {marked}")
        for number, name in enumerate(known, start=1):
            self._say(f"  {number} {name}")
        self._answer(lambda text: self._keep_story(_named(text, known)))

    @property
    def _marks(self) -> Marks:
        return self._store.marks.of_take(self._take.id)

    def _guesses(self) -> tuple[PartStart, ...]:
        found = () if self._take.result is None else guesses(self._take.result.delivery)
        starts = tuple(PartStart(part=guess.part, start_s=guess.start_s) for guess in found)
        try:
            return checked(Marks(starts=starts), self._take.question, self._take.duration_s).starts or ()
        except UsageProblem:  # a recogniser may place words after the end, or two at one time
            return ()

    def _keep_covers(self, covered: tuple[int, ...]) -> None:
        keep_marks(self._take, Marks(covers=covered), self._store)

    def _keep_starts(self, starts: tuple[PartStart, ...]) -> None:
        keep_marks(self._take, Marks(starts=starts), self._store)

    def _keep_story(self, name: str | None) -> None:
        self._store.stories.keep(self._take.id, name, at=wiring.now())

    def _answer(self, keep: Callable[[str], None], on_enter: Callable[[], None] | None = None) -> None:
        """Have a line kept, asking again for what cannot be meant; nothing is kept where no line comes any more."""
        for line in self._lines:
            text = line.strip()
            try:
                if text:
                    keep(text)
                elif on_enter is not None:
                    on_enter()
            except UsageProblem as problem:
                self._say(f"{problem.problem} Again, or Enter to go on.")
            else:
                return

    def _say(self, text: str) -> None:
        self._messages.print(text, style="dim")


def _named(text: str, known: Sequence[str]) -> str | None:
    by_number = {str(number): name for number, name in enumerate(known, start=1)}
    return by_number.get(text) or named_story(text)


def _numbered(covered: Iterable[int]) -> str:
    return ",".join(map(str, covered))


def _times(starts: Iterable[PartStart]) -> str:
    from mockint.figures import clock

    return " ".join(f"{each.part.letter}={clock(each.start_s)}" for each in starts)
