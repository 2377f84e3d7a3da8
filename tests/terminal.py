"""mockint in a terminal, as a person runs it."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time

PATIENCE_S = 90.0


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "mockint", *words]


class Terminal:
    """A terminal with mockint in it: what it shows, and keys for it."""

    def __init__(self, words: list[str], environment: dict[str, str]) -> None:
        self._fd, inside = pty.openpty()
        self.process = subprocess.Popen(words, env=environment, stdin=inside, stdout=inside, stderr=inside)
        os.close(inside)
        self.shown = ""

    def wait_for(self, text: str) -> None:
        """Return when the text is on the screen."""
        deadline = time.monotonic() + PATIENCE_S
        while text not in self.shown:
            ready, _, _ = select.select([self._fd], [], [], deadline - time.monotonic())
            assert ready, f"waited in vain for {text!r}; the end of the screen shows:\n{self.shown[-2000:]}"
            try:
                self.shown += os.read(self._fd, 65536).decode(errors="replace")
            except OSError:  # Linux says so when the last program has left the terminal
                assert text in self.shown, self.shown
                return

    def watch(self, other: subprocess.Popen[bytes]) -> None:
        """Read along until the other process ends: nothing can be written into a terminal that nobody reads."""
        while other.poll() is None:
            ready, _, _ = select.select([self._fd], [], [], 0.1)
            if ready:
                self.shown += os.read(self._fd, 65536).decode(errors="replace")

    def press(self, key: str) -> None:
        """Press a key; what was shown until now is not waited for again."""
        self.shown = ""
        os.write(self._fd, key.encode())
