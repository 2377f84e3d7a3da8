"""What is printed can only be read: nothing in a question, a transcript or a name steers the terminal."""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO

_STEERING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]|\r(?!\n)")
"""Control characters, those that make a text read as another than it is, and halves of characters."""


def visible(text: str) -> str:
    """Return a text with a sign in the place of each character that could do something other than be read."""
    return _STEERING.sub("\N{REPLACEMENT CHARACTER}", text)


def escaped(json_text: str) -> str:
    """Return JSON that means the same and holds no such character."""
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", json_text)


@contextmanager
def only_visible() -> Iterator[None]:
    """Whatever is written to stdout and stderr meanwhile can only be read; rich colours go their own way."""
    with redirect_stdout(_Visible(sys.stdout)), redirect_stderr(_Visible(sys.stderr)):
        yield


class _Visible:
    """A text stream in front of another."""

    def __init__(self, stream: TextIO) -> None:
        self.rich_proxied_file = stream
        """Where rich writes, by its own custom: `console` makes visible what it renders."""

    def write(self, text: str) -> int:
        """Write a text as it can be read."""
        return self.rich_proxied_file.write(visible(text))

    def writelines(self, lines: Iterable[str]) -> None:
        """Write texts as they can be read."""
        self.rich_proxied_file.writelines(map(visible, lines))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.rich_proxied_file, name)
