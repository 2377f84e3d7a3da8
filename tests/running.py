"""Running a command as its user does, without a terminal."""

from __future__ import annotations

import json
import signal
from dataclasses import dataclass
from typing import Any

from click.testing import CliRunner

from mockint.cli.main import main


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command printed, and how it ended."""

    exit_code: int
    stdout: str
    stderr: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        """The JSON objects on stdout, one a line."""
        return [json.loads(line) for line in self.stdout.splitlines()]


def run(*words: object, piped_in: str | None = None) -> Outcome:
    """Run `mockint WORDS` as a pipe would: nobody sits at the terminal. piped_in: what it reads from stdin."""
    on_ctrl_c = signal.getsignal(signal.SIGINT)
    result = CliRunner().invoke(main, [str(word) for word in words], input=piped_in, prog_name="mockint")
    signal.signal(signal.SIGINT, on_ctrl_c)  # which a command that was interrupted no longer hears
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Outcome(result.exit_code, result.stdout, result.stderr)
