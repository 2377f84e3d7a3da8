"""Waiting with a person: time to prepare and breaks, counted down on one quiet line, and ended by a key."""

from __future__ import annotations

import time
from math import ceil
from typing import TYPE_CHECKING

from mockint.cli.keys import ENTER_OR_SPACE
from mockint.figures import clock

if TYPE_CHECKING:
    from rich.console import Console

    from mockint.cli.keys import Keyboard

LOOK_EVERY_S = 0.1
"""How long a key may go unnoticed."""


def count_down(seconds: float, *, what: str, hint: str, keyboard: Keyboard, console: Console, keys: str = "") -> str:
    """Return after `seconds`, or when Enter, space or one of `keys` is pressed; return which of `keys` it was, if any.

    what: stands before the time left, hint: behind it. Where there is no terminal, both are printed once.
    """
    from rich.live import Live
    from rich.text import Text

    def line(left_s: float) -> Text:
        shown = Text(f"  {what} ").append(clock(ceil(left_s)), style="bold")
        return shown.append(f"   {hint}", style="dim") if keyboard.is_there else shown

    keyboard.pressed()  # what was typed before is not meant
    end_s = time.monotonic() + seconds
    if not console.is_terminal:
        console.print(line(seconds))
    with Live(console=console, refresh_per_second=10, transient=True, auto_refresh=False) as live:
        while (left_s := end_s - time.monotonic()) > 0:
            if console.is_terminal:
                live.update(line(left_s), refresh=True)
            picked = keyboard.picked(ENTER_OR_SPACE + keys)
            if picked is not None:
                return picked if picked in keys else ""
            time.sleep(min(LOOK_EVERY_S, left_s))
    return ""
