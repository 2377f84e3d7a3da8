"""Nothing leaves this computer: the commands run while every connection is refused, and none is tried."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from running import run

import mockint
from mockint.cli.without_network import TRIED_EXIT_CODE

if TYPE_CHECKING:
    from collections.abc import Sequence

ANSWER = Path(mockint.__file__).parent / "sample_answers" / "went-wrong.ogg"
PATIENCE_S = 120
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


def with_open_network() -> dict[str, str]:
    """An environment in which the tests themselves refuse nothing: what is tried is left to what is tested."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def run_without_network(words: Sequence[str], user: Path) -> subprocess.CompletedProcess[str]:
    """Run a command in a Python that ends at the first attempt to connect. user: where its user's own files are."""
    said_by_libraries = {"ORT_DISABLE_TELEMETRY", "ORT_TELEMETRY_DISABLED", "CI", "XDG_CACHE_HOME"}
    open_network = with_open_network()
    return subprocess.run(
        [sys.executable, "-c", REFUSE_CONNECTIONS, *words],
        env={
            **{name: value for name, value in open_network.items() if name not in said_by_libraries},
            "HOME": str(user),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_S,
    )


@pytest.fixture
def user(home: Path, tmp_path: Path) -> Path:
    """The folder of a user who has nothing in it yet, not even mockint's data."""
    folder = tmp_path / "user"
    folder.mkdir()
    return folder


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
def test_a_command_tries_no_connection(words: Sequence[str], user: Path) -> None:
    """The default recogniser, a whole session, and the list of engines, most of which could use a network.

    Nor does anything write outside the data folder, as ONNX Runtime does where it is to tell its maker of its runs.
    """
    done = run_without_network(words, user)
    assert (done.returncode, done.stdout != "") == (0, True), done.stderr
    assert [path for path in user.rglob("*") if path.is_file()] == []


def test_an_attempt_would_be_seen(user: Path) -> None:
    """The one command that connects ends at its first attempt: so the tests above are no empty words."""
    assert run_without_network(["models", "fetch", "tiny.en", "--yes"], user).returncode == TRIED_EXIT_CODE


CONNECT = "import socket; socket.create_connection(('192.0.2.1', 443), timeout=1)"


def test_no_test_can_reach_another_computer() -> None:
    """Neither from its own process nor from one that it starts."""
    with pytest.raises(RuntimeError, match="a test tried to reach"):
        socket.create_connection(("example.org", 443), timeout=1)
    done = subprocess.run([sys.executable, "-c", CONNECT], capture_output=True, text=True, check=False)
    assert (done.returncode, "a test tried to reach 192.0.2.1" in done.stderr) == (1, True)


# --- mockint doctor --offline ---------------------------------------------------------------------

IS_LINUX = sys.platform == "linux"
SEAL = ["unshare", "--map-root-user", "--net", "--"]
CAN_SEAL = IS_LINUX and subprocess.run([*SEAL, "true"], capture_output=True, check=False).returncode == 0


def test_doctor_proves_it(home: Path) -> None:
    """A whole way of an answer; it says what was proved, and leaves nothing in the data folder."""
    shown = run("doctor", "--offline")
    assert (shown.exit_code, "None was tried." in " ".join(shown.stdout.split())) == (0, True), shown.stderr
    assert "It tells nothing of 'mockint models fetch'" in shown.stdout
    assert ("Nothing at all, libraries included" in " ".join(shown.stdout.split())) == CAN_SEAL
    assert not home.exists()


@pytest.mark.usefixtures("home")
def test_doctor_proves_nothing_by_an_answer_that_failed() -> None:
    """The reason is told."""
    shown = run("doctor", "--offline", "--engine", "unheard-of")
    assert (shown.exit_code, "There is no engine 'unheard-of'" in shown.stderr) == (1, True)


@pytest.mark.usefixtures("home")
def test_an_attempt_from_python_ends_the_proof() -> None:
    """By its first look-up of a name."""
    commands = json.dumps([["models", "fetch", "tiny.en", "--yes"]])
    words = [sys.executable, "-m", "mockint.cli.without_network", commands]
    done = subprocess.run(
        words, env=with_open_network(), capture_output=True, text=True, check=False, timeout=PATIENCE_S
    )
    found = json.loads(done.stdout)
    assert (found["exit_code"], found["tried"].split()[0]) == (TRIED_EXIT_CODE, "socket.getaddrinfo")


@pytest.mark.skipif(not CAN_SEAL, reason="this system has no network namespaces for everybody")
def test_an_attempt_outside_python_is_counted() -> None:
    """By the system, whatever code it was: here another program, which nobody watches."""
    outside = "import socket; socket.socket().connect_ex(('192.0.2.1', 443))"
    script = (
        "import subprocess, sys; from mockint.cli.without_network import unsent_count\n"
        f"print(unsent_count(), subprocess.run([sys.executable, '-c', {outside!r}]).returncode, unsent_count())"
    )
    words = [*SEAL, sys.executable, "-c", script]
    done = subprocess.run(
        words, env=with_open_network(), capture_output=True, text=True, check=True, timeout=PATIENCE_S
    )
    assert done.stdout.split() == ["0", "0", "1"]
