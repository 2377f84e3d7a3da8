"""A model hub on this computer: as much of its HTTP interface as fetching needs, and it can break off or lie."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from typing_extensions import Self

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@dataclass(slots=True)
class ModelHub:
    """Serves one repository. Use it as a context manager."""

    repository: str
    files: Mapping[str, bytes]
    breaks_off_after: int | None = None
    """Bytes of model.bin after which each connection breaks; then the hub is out of order."""
    spoils: str | None = None
    """The file of which a byte arrives changed."""
    asked: list[str] = field(default_factory=list)
    """Each request: its path, and the range that was asked for."""
    _server: ThreadingHTTPServer | None = None

    @property
    def endpoint(self) -> str:
        """What HF_ENDPOINT must be."""
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = self.path.partition("?")[0]
                hub.asked.append(f"{path} {self.headers.get('Range', '')}".strip())
                if path == f"/api/models/{hub.repository}":
                    hub._describe(self)
                elif path.startswith(hub._folder):
                    hub._send(self, path.removeprefix(hub._folder))
                else:
                    self.send_error(404)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
                """Keep the test's output clean."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.shutdown()
        self._server.server_close()

    @property
    def _folder(self) -> str:
        return f"/{self.repository}/resolve/{COMMIT}/"

    def _describe(self, request: BaseHTTPRequestHandler) -> None:
        body = json.dumps(
            {
                "id": self.repository,
                "sha": COMMIT,
                "siblings": [
                    {"rfilename": "README.md", "size": 5, "blobId": "0" * 40},
                    *(_entry(name, content) for name, content in self.files.items()),
                ],
            }
        ).encode()
        request.send_response(200)
        request.send_header("Content-Type", "application/json")
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    def _send(self, request: BaseHTTPRequestHandler, name: str) -> None:
        whole = self.files[name]
        start = int(request.headers.get("Range", "bytes=0-").removeprefix("bytes=").rstrip("-"))
        breaks_off = self.breaks_off_after if name == "model.bin" else None
        if breaks_off is not None and start >= breaks_off:
            request.send_error(503)
            return
        body = bytearray(whole[start:])
        if name == self.spoils:
            body[-1] ^= 1
        request.send_response(206 if start else 200)
        request.send_header("Content-Length", str(len(body)))
        if start:
            request.send_header("Content-Range", f"bytes {start}-{len(whole) - 1}/{len(whole)}")
        request.end_headers()
        request.wfile.write(body if breaks_off is None else body[: breaks_off - start])
        request.close_connection = True


def _entry(name: str, content: bytes) -> dict[str, object]:
    """A file as the hub lists it: large ones with their SHA-256, small ones with Git's hash."""
    git = hashlib.sha1(f"blob {len(content)}\0".encode() + content, usedforsecurity=False).hexdigest()
    entry: dict[str, object] = {"rfilename": name, "size": len(content), "blobId": git}
    if name == "model.bin":
        large = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content), "pointerSize": 134}
        entry |= {"blobId": "f" * 40, "lfs": large}
    return entry
