"""Single keys from the terminal, without Enter and without echo. The stand-in is a keyboard that nobody touches."""

from __future__ import annotations

import sys
from collections import deque
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Protocol

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence
    from contextlib import AbstractContextManager


ENTER_OR_SPACE = "\r\n "
PROMPT = "> "
"""Stands before a line that is to be typed."""


class Keyboard(Protocol):
    """Where keys come from."""

    is_there: bool
    """Whether anybody can press one."""

    def pressed(self) -> bool:
        """Whether Enter or space was pressed since the last look. Returns at once."""

    def picked(self, keys: str) -> str | None:
        """Return the first of `keys` that was pressed since the last look; None where none was. Returns at once."""

    def choose(self, keys: Sequence[str]) -> str:
        """Wait for one of `keys` and return it."""

    def lines(self) -> Generator[str, None, None]:
        """Yield lines with their ends, as they are typed; the person sees and can mend each. Close it after use."""

    def has_more_lines(self) -> bool:
        """Whether another line is there already, as in pasted text. Asked while lines are being typed."""


class NoKeyboard:
    """Nobody is there: nothing is ever pressed, and every choice is the first one offered."""

    is_there = False

    def pressed(self) -> bool:
        """Nothing is pressed."""
        return False

    def picked(self, keys: str) -> str | None:  # noqa: ARG002 - the Protocol's signature
        """Nothing is pressed."""
        return None

    def choose(self, keys: Sequence[str]) -> str:
        """Return the first of the keys."""
        return keys[0]

    def lines(self) -> Generator[str, None, None]:
        """Yield the lines of what is piped in."""
        yield from iter(sys.stdin.readline, "")

    def has_more_lines(self) -> bool:
        """An empty line in a pipe parts two answers, whatever comes after it."""
        return False


class TerminalKeyboard:
    """The keyboard of the terminal that mockint runs in."""

    is_there = True

    def __init__(self, as_usual: Callable[[], AbstractContextManager[None]] = nullcontext) -> None:
        """as_usual: makes the terminal read lines while the block lasts, where it is set to read keys."""
        self._as_usual = as_usual
        self._ahead: deque[str] = deque()

    def pressed(self) -> bool:
        """Whether Enter or space was pressed since the last look; other keys are passed over."""
        return self.picked(ENTER_OR_SPACE) is not None

    def picked(self, keys: str) -> str | None:
        """Return the first of `keys` that was pressed since the last look; all that was typed is used up by it."""
        pressed = [key.lower() for key in iter(_key_or_nothing, "")]
        return next((key for key in pressed if key in keys), None)

    def choose(self, keys: Sequence[str]) -> str:
        """Wait for one of `keys`; Enter is the first of them. Ctrl-C interrupts."""
        while True:
            key = _next_key().lower()
            if not key:  # the terminal is gone
                raise click.Abort
            if key in "\r\n":
                return keys[0]
            if key in keys:
                return key

    def lines(self) -> Generator[str, None, None]:
        """Yield lines as they are typed, in the terminal as it usually is; Ctrl-D on an empty line ends them."""
        with self._as_usual():
            while line := self._line():
                yield line

    def _line(self) -> str:
        """Wait for a line; an empty string where none can come any more. Lines typed ahead may come all at once."""
        if not self._ahead:
            click.echo(PROMPT, nl=False, err=True)
            self._ahead.extend(_next_lines().splitlines(keepends=True))
        return self._ahead.popleft() if self._ahead else ""

    def has_more_lines(self) -> bool:
        """Whether another line is there already, as in pasted text."""
        return bool(self._ahead) or _is_something_there()


@contextmanager
def terminal_keyboard() -> Iterator[TerminalKeyboard]:
    """Read keys as they are pressed until the block ends, then leave the terminal as it was."""
    if sys.platform == "win32":
        yield TerminalKeyboard()
        return
    import termios
    import tty

    before = termios.tcgetattr(sys.stdin)

    @contextmanager
    def as_usual() -> Iterator[None]:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)
        try:
            yield
        finally:
            tty.setcbreak(sys.stdin, termios.TCSADRAIN)

    try:
        tty.setcbreak(sys.stdin)  # keys at once, and Ctrl-C still interrupts
        yield TerminalKeyboard(as_usual)
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)


def _key_or_nothing() -> str:
    """Return the next key that is already there, or an empty string."""
    return _next_key() if _is_something_there() else ""


def _is_something_there() -> bool:
    if sys.platform == "win32":
        import msvcrt

        return msvcrt.kbhit()
    import select

    return bool(select.select([sys.stdin], [], [], 0)[0])


def _next_key() -> str:
    """Wait for a key and return it; an empty string where no key can come any more."""
    if sys.platform == "win32":
        import msvcrt

        return msvcrt.getwch()
    import os

    # Not click.getchar: it throws away what was typed before it is called.
    return os.read(sys.stdin.fileno(), 1).decode(errors="replace")


def _next_lines() -> str:
    """Wait for a line and return it with its end; an empty string where none can come any more."""
    if sys.platform == "win32":
        return sys.stdin.readline()
    import os

    # Not sys.stdin: what it reads ahead could not be looked for.
    return os.read(sys.stdin.fileno(), _MOST_BYTES).decode(errors="replace")


_MOST_BYTES = 65_536
"""A terminal hands over no more than 4 kB at once."""
