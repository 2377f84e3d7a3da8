"""Python runs this in every process of the tests (`conftest`): nothing but this computer itself can be reached."""

from __future__ import annotations

import sys
from typing import Any

_WITH_ADDRESS = {"socket.connect", "socket.sendto", "socket.sendmsg"}
_WITH_NAME = {"socket.getaddrinfo", "socket.gethostbyname"}
_HERE = ("127.", "::1", "localhost", "0.0.0.0")  # noqa: S104 - nothing listens there; what is sent there stays here


def _refuse(event: str, details: tuple[Any, ...]) -> None:
    if event in _WITH_ADDRESS:
        address = details[1]
        host = address[0] if isinstance(address, tuple) and address and isinstance(address[0], str) else None
    elif event in _WITH_NAME:
        host = details[0].decode() if isinstance(details[0], bytes) else details[0]
    else:
        return
    if host and not host.startswith(_HERE):
        raise RuntimeError(f"a test tried to reach {host} ({event})")


sys.addaudithook(_refuse)
