"""Typed answers, from a terminal or a pipe: an answer ends with an empty line, and the session with the input."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mockint.cli.keys import Keyboard

HINT = "Type your answer. An empty line ends it; Ctrl-D stops for today."


class KeyboardTypist:
    """Somebody at a keyboard, or a program that writes in their place."""

    def __init__(self, keyboard: Keyboard) -> None:
        self._keyboard = keyboard
        self.is_over = False

    def lines(self) -> Iterator[str]:
        """Yield the lines of one answer. Empty ones before it are passed over; in pasted text they part paragraphs."""
        has_begun = False
        with closing(self._keyboard.lines()) as typed:
            for line in typed:
                if line.strip():
                    has_begun = True
                elif has_begun and not self._keyboard.has_more_lines():
                    return
                yield line.rstrip("\r\n")
        self.is_over = True
