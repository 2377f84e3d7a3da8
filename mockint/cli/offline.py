"""`mockint doctor --offline`: proof, as far as this system allows, that no network is used; and what it proves."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mockint.cli import wiring
from mockint.cli.without_network import TRIED_EXIT_CODE
from mockint.errors import MockintError
from mockint.store.home import HOME_VARIABLE

QUESTION = "went-wrong"
"""The shortest sample answer."""

PATIENCE_S = 600
"""A slow machine takes a minute or two; what takes longer hangs."""

WHAT = "a sample answer was recorded, transcribed, scored, stored, reviewed, made a page of and exported"
NOT_PROVED = (
    "It tells nothing of 'mockint models fetch', which says that it needs the network, of the engines google, openai"
    " and groq, which send your voice away and say so, and of the voice that asks."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What a run without a network showed."""

    tried: str | None
    """What Python code tried, where it tried anything."""
    sealed: bool
    """Whether it ran where there is no network at all."""
    unsent_count: int | None
    """How often anything was to be sent there; None where that is not counted."""

    @property
    def holds(self) -> bool:
        """Whether nothing reached for the network, as far as could be seen."""
        return self.tried is None and not self.unsent_count


def check_offline(engine: str, weights: Path | None, *, as_json: bool) -> None:
    """Run a sample answer without a network and say what that proved. Raises MockintError where something was tried."""
    from mockint.cli import console
    from mockint.devices.recognisers.own_weights import find_own_weights

    own = find_own_weights(wiring.home(), engine)
    if own is not None:  # the data folder of the run knows no weights of one's own
        engine, weights = "default", own.folder
    console.say("A sample answer takes the whole way while every connection is refused; please wait ...")
    proof = prove(engine, weights)
    if as_json:
        console.print_json(
            {"ok": proof.holds, "tried": proof.tried, "sealed": proof.sealed, "unsent": proof.unsent_count}
        )
    if not proof.holds:
        tried = proof.tried or f"{proof.unsent_count} packets outside Python"
        raise MockintError(f"Something reached for the network: {tried}.", _why(engine))
    if not as_json:
        console.print_lines(_lines(proof))


def prove(engine: str, weights: Path | None) -> Proof:
    """Run a sample answer in a process of its own and a data folder of its own. Raises MockintError where it fails."""
    sealed = _sealed()
    with tempfile.TemporaryDirectory(prefix="mockint-offline-") as folder:
        ran = _run(sealed, _commands(engine, weights, Path(folder)), Path(folder))
    found: dict[str, Any] = {"exit_code": ran.returncode} if ran.returncode else json.loads(ran.stdout)
    if found["exit_code"] not in {0, TRIED_EXIT_CODE}:
        said = " ".join(ran.stderr.split())[-500:]
        raise MockintError(f"Nothing is proved, for the sample answer failed: {said}", "Try: mockint doctor")
    return Proof(tried=found["tried"], sealed=bool(sealed), unsent_count=found["unsent"] if sealed else None)


def _run(sealed: list[str], commands: list[list[str]], folder: Path) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(  # noqa: S603 - this Python
            [*sealed, sys.executable, "-m", "mockint.cli.without_network", json.dumps(commands)],
            env={**os.environ, HOME_VARIABLE: str(folder / "home")},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=PATIENCE_S,
        )
    except subprocess.TimeoutExpired as error:
        raise MockintError("A sample answer took longer than ten minutes.", "Try again.") from error


def _commands(engine: str, weights: Path | None, folder: Path) -> list[list[str]]:
    """Return what is run: the whole way of an answer."""
    chosen = ["--engine", engine, *([] if weights is None else ["--weights", str(weights)])]
    answers = ["--answers", str(wiring.sample_answers_folder()), "--question", QUESTION]
    return [
        ["practice", "starter", *answers, "--no-voice", "--no-input", "--json", *chosen],
        ["review", "last", "--json"],
        ["review", "last", "--html", str(folder / "page.html")],
        ["progress", "--json"],
        ["data", "export", str(folder / "export.zip")],
    ]


def _sealed() -> list[str]:
    """Return the words that begin a command in a network namespace of its own, with no network in it; [] elsewhere."""
    unshare = shutil.which("unshare") if sys.platform == "linux" else None
    words = [] if unshare is None else [unshare, "--map-root-user", "--net", "--"]
    if not words or subprocess.run([*words, "true"], capture_output=True, check=False).returncode:  # noqa: S603 - a system tool
        return []
    return words


def _why(engine: str) -> str:
    from mockint.devices.recognisers.choice import EngineName, warning

    sends = engine in {each.value for each in EngineName} and warning(EngineName(engine))
    return f"The engine '{engine}' {sends}: choose another with 'mockint models'." if sends else "Please report this."


def _lines(proof: Proof) -> list[Any]:
    from rich.text import Text

    lines = [
        _line("ok", "python", f"Every connection was refused to Python code while {WHAT}. None was tried."),
        _line("ok", "system", "It ran where there is no network at all (a network namespace of Linux).")
        if proof.sealed
        else _line("--", "system", "Not proved for libraries that are no Python: this needs Linux and its 'unshare'."),
    ]
    if proof.unsent_count == 0:
        said = "Nothing at all, libraries included, tried to send anything there (IPv4, name look-ups included)."
        lines.append(_line("ok", "libraries", said))
    return [*lines, Text(NOT_PROVED, style="dim")]


def _line(sign: str, name: str, said: str) -> Any:
    from rich.table import Table
    from rich.text import Text

    row = Table.grid(padding=(0, 1))
    row.add_row(Text(sign, style="green" if sign == "ok" else "yellow"), Text(f"{name:<10}", style="bold"), said)
    return row
