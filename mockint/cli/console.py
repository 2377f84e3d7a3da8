"""Where output goes: results to stdout, everything else to stderr. rich keeps to NO_COLOR, pipes and narrow windows."""

from __future__ import annotations

import json
import re
import sys
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

from rich.console import Console

from mockint.cli.visible import escaped, visible
from mockint.errors import Interrupted, UsageProblem
from mockint.pages.terminal import WIDTH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rich.console import ConsoleOptions, RenderableType
    from rich.segment import Segment

_BLANKS_AT_THE_END = re.compile(r" +(?=\n)")


def results() -> Console:
    """Return the console for what was asked for."""
    return _console(stderr=False)


def messages() -> Console:
    """Return the console for questions, hints and the live meter."""
    return _console(stderr=True)


def print_lines(lines: Iterable[RenderableType]) -> None:
    """Print rendered lines to stdout."""
    console = results()
    for line in lines:
        console.print(line)


def say(sentence: str) -> None:
    """Say something on stderr; a terminal's lines end between words."""
    console = messages()
    console.print(sentence, soft_wrap=not console.is_terminal)


def print_json(value: Any) -> None:
    """Print one object on one line of stdout, at once, so that a pipe sees it as it is made."""
    sys.stdout.write(escaped(json.dumps(value, ensure_ascii=False)) + "\n")
    sys.stdout.flush()


@contextmanager
def progress(what: str, count: int) -> Iterator[Callable[[], None]]:
    """Show on stderr, to a person, how far long work is, and the time left. Call what is yielded to advance."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    shown = Progress(*columns, console=messages(), transient=True, disable=not sys.stderr.isatty() or count == 1)
    with shown:
        task = shown.add_task(what, total=count)
        yield lambda: shown.advance(task)


@contextmanager
def byte_progress(what: str, byte_count: int) -> Iterator[Callable[[int], None]]:
    """Show on stderr, to a person, how many bytes of a long work are done, and the time left.

    Call what is yielded with the bytes that were done.
    """
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=messages(), transient=True, disable=not sys.stderr.isatty()) as shown:
        task = shown.add_task(what, total=byte_count)
        yield lambda count: shown.advance(task, count)


def confirmed(question: str, *, no_input: bool) -> bool:
    """Ask a person. Raises UsageProblem where nobody can answer."""
    import click

    if no_input or not is_interactive():
        raise UsageProblem("Nothing was done: nobody could be asked.", "Say so with --yes.")
    try:
        return click.confirm(question, err=True)
    except click.Abort:
        click.echo(err=True)  # the cursor stands behind the question
        raise Interrupted("Stopped.", "Nothing was done.") from None


def is_interactive() -> bool:
    """Whether a person sits there: questions can be asked and keys read."""
    return sys.stdin.isatty() and sys.stderr.isatty()


class _VisibleConsole(Console):
    """A console on which a text can do nothing but be read; what rich itself does with the terminal goes through."""

    @property
    def file(self) -> IO[str]:
        """Where it writes. rich looks behind one stream; a live line stands in front of the one that makes visible."""
        file = super().file
        return getattr(file, "rich_proxied_file", file)

    @file.setter
    def file(self, new_file: IO[str]) -> None:
        self._file = new_file

    def print(self, *objects: Any, **how: Any) -> None:
        """Print; into a pipe or a file without the blanks that rich leaves at the ends of lines."""
        if self.is_terminal:
            super().print(*objects, **how)
            return
        with self.capture() as printed:
            super().print(*objects, **how)
        self.file.write(_BLANKS_AT_THE_END.sub("", printed.get()))
        self.file.flush()

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        for segment in super().render(renderable, options):
            yield segment if segment.control else segment._replace(text=visible(segment.text))


def _console(*, stderr: bool) -> Console:
    # No markup: a question may hold [brackets]. No highlighting: colour means something here.
    console = _VisibleConsole(stderr=stderr, markup=False, highlight=False, emoji=False)
    if not console.is_terminal:
        console.width = WIDTH
    return console
