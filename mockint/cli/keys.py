"""Single keys from the terminal, without Enter and without echo. The stand-in is a keyboard that nobody touches."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

import click

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


ENTER_OR_SPACE = "\r\n "


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


class TerminalKeyboard:
    """The keyboard of the terminal that mockint runs in."""

    is_there = True

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


@contextmanager
def terminal_keyboard() -> Iterator[TerminalKeyboard]:
    """Read keys as they are pressed until the block ends, then leave the terminal as it was."""
    if sys.platform == "win32":
        yield TerminalKeyboard()
        return
    import termios
    import tty

    before = termios.tcgetattr(sys.stdin)
    try:
        tty.setcbreak(sys.stdin)  # keys at once, and Ctrl-C still interrupts
        yield TerminalKeyboard()
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)


def _key_or_nothing() -> str:
    """Return the next key that is already there, or an empty string."""
    if sys.platform == "win32":
        import msvcrt

        return msvcrt.getwch() if msvcrt.kbhit() else ""
    import select

    ready, _, _ = select.select([sys.stdin], [], [], 0)
    return _next_key() if ready else ""


def _next_key() -> str:
    """Wait for a key and return it; an empty string where no key can come any more."""
    if sys.platform == "win32":
        import msvcrt

        return msvcrt.getwch()
    import os

    # Not click.getchar: it throws away what was typed before it is called.
    return os.read(sys.stdin.fileno(), 1).decode(errors="replace")
