"""Runs commands in a Python that ends at the first attempt to connect.

It is called as `python -m mockint.cli.without_network COMMANDS`. COMMANDS is a JSON array of commands, each an array of
words. The last line on stdout is a JSON object: what was tried, if anything, and how much the system found no way for.
Connections inside this computer (Unix sockets) are allowed.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from pathlib import Path
from typing import Any

TRIED_EXIT_CODE = 99
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
    os.write(1, f"\n{json.dumps({'tried': f'{event} {where}', 'unsent': None})}\n".encode())
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


def _main() -> None:
    from mockint.cli.main import main

    sys.addaudithook(refuse)
    for words in json.loads(sys.argv[1]):
        code = main(words, prog_name="mockint", standalone_mode=False)
        if code:
            sys.exit(code)
    sys.stdout.write(f"\n{json.dumps({'tried': None, 'unsent': unsent_count()})}\n")


if __name__ == "__main__":
    _main()
