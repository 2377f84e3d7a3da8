"""Fetches Whisper weights from a model hub: the only place where mockint itself uses a network, and only when told to.

A fetch that broke off goes on where it stopped. The weights are opened by name only after every file has the size and
the hash that the hub states, and the model has loaded: until then they lie in a folder that no engine looks into.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mockint.data_folder import WEIGHTS_FOLDER
from mockint.devices.recognisers.catalogue import HUB
from mockint.devices.recognisers.own_weights import check_whisper
from mockint.errors import WeightsProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from mockint.devices.recognisers.catalogue import Fetchable

_REQUIRED = frozenset({"model.bin", "config.json", "tokenizer.json"})
_WANTED = _REQUIRED | {"preprocessor_config.json", "vocabulary.json", "vocabulary.txt"}
_READ_BYTE_COUNT = 1 << 20
_AGAIN = "Run the same command again: it goes on where it stopped."


@dataclass(frozen=True, slots=True, kw_only=True)
class HubFile:
    """A file as the hub describes it."""

    name: str
    size: int
    sha256: str | None
    """Of its content, where the hub keeps it as a large file."""
    git_sha1: str | None
    """Else Git's hash of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One state of a repository on the hub: what would be fetched."""

    repository: str
    commit: str
    files: tuple[HubFile, ...]

    @property
    def size(self) -> int:
        """All of it, in bytes."""
        return sum(file.size for file in self.files)


def hub_name() -> str:
    """Where weights would be fetched from: the hub, or what HF_ENDPOINT names. Touches no network."""
    return urlsplit(os.environ.get("HF_ENDPOINT", "")).netloc or HUB


def fetch_weights(wanted: Fetchable, home: Path, *, announce: Callable[[Offer], None]) -> Path:
    """Fetch weights into the data home and return their folder. announce: told what comes before it does.

    Raises WeightsProblem: then nothing is there under that name.
    """
    from filelock import FileLock, Timeout

    with _told(home):
        (home / WEIGHTS_FOLDER).mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(home / WEIGHTS_FOLDER / ".fetching.lock", timeout=0):
            return _fetch(wanted, home / WEIGHTS_FOLDER, announce)
    except Timeout:
        raise WeightsProblem("Another mockint is fetching weights now.", "Wait until it has finished.") from None


def _fetch(wanted: Fetchable, folder: Path, announce: Callable[[Offer], None]) -> Path:
    with _told(folder):
        offer = _offer(wanted.repository)
        unfinished = folder / f".{wanted.name}@{offer.commit[:12]}"
        unfinished.mkdir(exist_ok=True)
        _require_room(offer, unfinished)
        announce(offer)
        for file in offer.files:
            _fetch_file(offer, file, unfinished / file.name)
    check_whisper(unfinished)
    with _told(folder):
        finished = unfinished.rename(folder / wanted.name)
    for older in folder.glob(f".{wanted.name}@*"):
        shutil.rmtree(older, ignore_errors=True)
    return finished


def _offer(repository: str) -> Offer:
    """Ask the hub what there is. Raises WeightsProblem where that is no Whisper."""
    _prepare()
    from huggingface_hub import HfApi

    try:
        info = HfApi(token=False).model_info(repository, files_metadata=True)
    except (ValueError, KeyError, TypeError) as error:  # the client takes for granted what it is answered
        raise WeightsProblem(
            f"{hub_name()} does not answer as a model hub does.", "Does this network ask you to sign in first?"
        ) from error
    files = tuple(
        HubFile(
            name=entry.rfilename,
            size=entry.size or 0,
            sha256=None if entry.lfs is None else entry.lfs.sha256,
            git_sha1=entry.blob_id,
        )
        for entry in info.siblings or ()
        if entry.rfilename in _WANTED
    )
    if info.sha is None or not {file.name for file in files} >= _REQUIRED:
        raise WeightsProblem(f"{hub_name()} has no Whisper under {repository}.", "Fetch another one.")
    return Offer(repository=repository, commit=info.sha, files=files)


def _prepare() -> None:
    """Keep the hub's client to what is needed: no telemetry, no token of the user's, plain HTTP, which can resume."""
    for name in ("HF_HUB_DISABLE_TELEMETRY", "HF_HUB_DISABLE_IMPLICIT_TOKEN", "HF_HUB_DISABLE_XET"):
        os.environ[name] = "1"
    logging.getLogger("huggingface_hub").setLevel(logging.ERROR)  # it warns of each broken connection, and goes on


def _require_room(offer: Offer, unfinished: Path) -> None:
    there = sum(path.stat().st_size for path in unfinished.iterdir())
    missing = offer.size - there - shutil.disk_usage(unfinished).free
    if missing > 0:
        raise WeightsProblem(
            f"The disk has no room for {offer.size / 1e6:.0f} MB.", f"Free another {missing / 1e6:.0f} MB."
        )


def _fetch_file(offer: Offer, file: HubFile, path: Path) -> None:
    """Bring a file to its full size, from where it is now, and verify it. A file that is wrong is deleted."""
    from huggingface_hub import hf_hub_url
    from huggingface_hub.file_download import http_get  # the public functions begin anew after each interruption

    with path.open("ab") as content:
        if content.tell() > file.size:
            content.truncate(0)
        http_get(
            hf_hub_url(offer.repository, file.name, revision=offer.commit),
            content,
            resume_size=content.tell(),
            headers={"Accept-Encoding": "identity"},
            expected_size=file.size,
            displayed_filename=file.name,
        )
        content.flush()
        os.fsync(content.fileno())
    if not _is_genuine(file, path):
        path.unlink()
        raise WeightsProblem(
            f"{file.name} arrived damaged: it has not the hash that {hub_name()} states. It was deleted.",
            "Run the same command again to fetch it anew.",
        )


def _is_genuine(file: HubFile, path: Path) -> bool:
    if file.sha256 is not None:
        return _hash(hashlib.sha256(), path) == file.sha256
    git = hashlib.sha1(f"blob {file.size}\0".encode(), usedforsecurity=False)  # how Git names a file
    return _hash(git, path) == file.git_sha1


def _hash(digest: hashlib._Hash, path: Path) -> str:
    with path.open("rb") as content:
        while piece := content.read(_READ_BYTE_COUNT):
            digest.update(piece)
    return digest.hexdigest()


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Turn what the network, the hub and the disk say into a WeightsProblem."""
    _prepare()
    from httpx2 import HTTPError
    from huggingface_hub.errors import HfHubHTTPError

    try:
        yield
    except HfHubHTTPError as error:
        status = error.response.status_code
        raise WeightsProblem(f"{hub_name()} refused: HTTP status {status}.", f"Try again later. {_AGAIN}") from error
    except (HTTPError, ConnectionError) as error:
        raise WeightsProblem(
            f"{hub_name()} cannot be reached.",
            f"Fetching needs the network: is this computer online? {_AGAIN}",
        ) from error
    except OSError as error:
        if error.errno is None:  # the hub's client says so where a file ends too early
            raise WeightsProblem(f"{hub_name()} broke off.", _AGAIN) from error
        raise WeightsProblem(f"{folder} cannot be written: {error.strerror}.", _AGAIN) from error
