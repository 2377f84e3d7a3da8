"""Runs commands in a Python that ends at the first attempt to connect.

It is called as `python -m mockint.cli.without_network COMMANDS`. COMMANDS is a JSON array of commands, each an array of
words. They run in a process of their own, for some libraries send what they have when a process ends. Then stdout gets
one JSON object: the exit code, what was tried, if anything, and how often the system found no way for what was to be
sent. Connections inside this computer (Unix sockets) are allowed.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

TRIED_EXIT_CODE = 99
TRIED = "mockint tried: "
WATCHED_WORD = "--watched"
WATCHED = frozenset(
    {
        "socket.connect",
        "socket.getaddrinfo",
        "socket.gethostbyaddr",
        "socket.gethostbyname",
        "socket.sendmsg",
        "socket.sendto",
    }
)
_COUNTERS = Path("/proc/net/snmp")


def refuse(event: str, details: tuple[Any, ...]) -> None:
    """End this process where Python code is about to reach for the network (`sys.addaudithook`)."""
    if event not in WATCHED or _stays_here(details):
        return
    where = " ".join(str(detail) for detail in details if not isinstance(detail, socket.socket))
    os.write(1, f"\n{TRIED}{event} {where}\n".encode())
    os._exit(TRIED_EXIT_CODE)  # an exception might be caught


def unsent_count() -> int | None:
    """How often any code, native libraries included, had something to send and the system found no way (IPv4).

    Linux counts it for each network namespace (OutNoRoutes, RFC 4293 ipSystemStatsOutNoRoutes); elsewhere None.
    """
    try:
        names, values = (line.split() for line in _COUNTERS.read_text("ascii").splitlines() if line.startswith("Ip:"))
        return int(dict(zip(names, values, strict=True))["OutNoRoutes"])
    except (OSError, ValueError, KeyError):
        return None


def _stays_here(details: tuple[Any, ...]) -> bool:
    asked = details[0] if details else None
    return isinstance(asked, socket.socket) and asked.family == getattr(socket, "AF_UNIX", None)


def _run(commands: str) -> int:
    """Run the commands in this process, one after the other; the first that fails ends it."""
    from mockint.cli.main import main

    sys.addaudithook(refuse)
    for words in json.loads(commands):
        if code := main(words, prog_name="mockint", standalone_mode=False):
            return int(code)
    return 0


def _watch(commands: str) -> dict[str, Any]:
    """Run the commands in a process of their own, and return what was seen of it."""
    words = [sys.executable, "-m", "mockint.cli.without_network", WATCHED_WORD, commands]
    ran = subprocess.run(words, stdout=subprocess.PIPE, encoding="utf-8", errors="replace", check=False)  # noqa: S603 - this Python
    tried = [line.removeprefix(TRIED) for line in ran.stdout.splitlines() if line.startswith(TRIED)]
    return {"exit_code": ran.returncode, "tried": tried[0] if tried else None, "unsent": unsent_count()}


if __name__ == "__main__":
    if sys.argv[1] == WATCHED_WORD:
        sys.exit(_run(sys.argv[2]))
    sys.stdout.write(json.dumps(_watch(sys.argv[1])) + "\n")
