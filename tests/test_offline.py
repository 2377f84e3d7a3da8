"""Nothing leaves this computer: the commands run while every connection is refused, and none is tried."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import mockint

if TYPE_CHECKING:
    from collections.abc import Sequence

ANSWER = Path(mockint.__file__).parent / "sample_answers" / "went-wrong.ogg"
PATIENCE_S = 120
TRIED_EXIT_CODE = 99
REFUSE_CONNECTIONS = f"""
import os, sys

def refuse(event, details):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        sys.stderr.write(f"{{event}} {{details}}")
        os._exit({TRIED_EXIT_CODE})

sys.addaudithook(refuse)
from mockint.cli.main import main
main()
"""


def run_without_network(words: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run a command in a Python that ends at the first attempt to connect."""
    return subprocess.run(
        [sys.executable, "-c", REFUSE_CONNECTIONS, *words],
        env={name: value for name, value in os.environ.items() if name != "HF_HUB_OFFLINE"},  # set by loading Whisper
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_S,
    )


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    "words",
    [
        ["score", str(ANSWER), "--json"],
        ["practice", "--samples", "always", "--engine", "none", "--json"],
        ["models", "--json"],
        ["bank", "list"],
    ],
    ids=lambda words: words[0],
)
def test_a_command_tries_no_connection(words: Sequence[str]) -> None:
    """The default recogniser, a whole session, and the list of engines, most of which could use a network."""
    done = run_without_network(words)
    assert (done.returncode, done.stdout != "") == (0, True), done.stderr


@pytest.mark.usefixtures("home")
def test_an_attempt_would_be_seen() -> None:
    """The one command that connects ends at its first attempt: so the tests above are no empty words."""
    assert run_without_network(["models", "fetch", "tiny.en", "--yes"]).returncode == TRIED_EXIT_CODE
