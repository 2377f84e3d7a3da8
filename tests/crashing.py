"""Kills mockint by `kill -9` at seeded random moments of all that it does to a data folder; looks at what is left.

    python tests/crashing.py [--kills 2000] [--seed 1] [--only NUMBER]

Each kill hits a forked child in the middle of a deed (`deeds.py`). Before each statement of SQL, each opening,
renaming and removing of a file, and whenever something is safely kept, the child takes a step and tells of it through a
pipe. Half of the children are killed exactly at a step, the others by the parent a random moment after one, so in the
middle of whatever follows. What the child told of as kept has to be found again.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
import traceback
from collections import Counter
from functools import partial
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from deeds import DEEDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from deeds import Deed

STEP = "."
FILE_EVENTS = {"open", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.truncate"}
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in there
"""What is killed loses nothing that the system holds, on a disk or not; this is quicker."""
LONGEST_DELAY_STEPS = 2.0
"""The parent kills up to so many usual steps after the one that it waited for."""


class Rehearsal(NamedTuple):
    """A deed that came to its end."""

    start: Path
    """The folder as it is before the deed."""
    step_count: int
    step_s: float
    """How long a step usually takes."""


def rehearse(deed: Deed, folder: Path) -> Rehearsal:
    """Do a deed to its end, and see that everything it told of is kept."""
    start, whole = folder / "start", folder / "whole"
    start.mkdir(parents=True)
    deed.prepare(start)
    shutil.copytree(start, whole)
    began = time.perf_counter()
    child, pipe = begun(deed, whole, stop_at=0)
    told = list(lines(pipe))
    lasted_s = time.perf_counter() - began
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0, f"'{deed.name}' failed without any kill"
    deed.check(whole, promises(told))
    step_count = told.count(STEP)
    return Rehearsal(start, step_count, lasted_s / step_count)


def kill(deed: Deed, rehearsal: Rehearsal, folder: Path, chance: Random) -> None:
    """Begin a deed, kill it at a random moment, and check what is left. Raises AssertionError."""
    shutil.copytree(rehearsal.start, folder)
    step, is_exact = chance.randint(1, rehearsal.step_count), chance.random() < 0.5
    child, pipe = begun(deed, folder, stop_at=step if is_exact else 0)
    told: list[str] = []
    for line in lines(pipe):
        told.append(line)
        if not is_exact and line == STEP and told.count(STEP) == step:
            time.sleep(chance.random() * LONGEST_DELAY_STEPS * rehearsal.step_s)
            os.kill(child, signal.SIGKILL)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert ended in {0, -signal.SIGKILL}, f"the child failed by itself: {ended}"
    deed.check(folder, promises(told))
    shutil.rmtree(folder)


def begun(deed: Deed, folder: Path, *, stop_at: int) -> tuple[int, int]:
    """Begin a deed in a forked child, which kills itself at a step (0: none). Returns its process id and the pipe."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    os.close(reading)
    return _do(deed, folder, writing, stop_at)


def _do(deed: Deed, folder: Path, pipe: int, stop_at: int) -> NoReturn:
    """Be the child."""
    count = 0

    def step(*_: object) -> None:
        nonlocal count
        count += 1
        os.write(pipe, f"{STEP}\n".encode())
        if count == stop_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def promise(*what: object) -> None:
        os.write(pipe, (" ".join(map(str, what)) + "\n").encode())
        step()

    class Watched(sqlite3.Connection):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            self.set_trace_callback(step)

    sqlite3.connect = partial(sqlite3.connect, factory=Watched)  # type: ignore[assignment]  # of one child alone
    sys.addaudithook(lambda event, _: step() if event in FILE_EVENTS else None)
    status = 1
    try:
        deed.do(folder, promise)
        status = 0
    finally:
        if status:
            traceback.print_exc()
        os._exit(status)


def lines(pipe: int) -> Iterator[str]:
    """Give what the child tells, until it is gone."""
    with open(pipe, encoding="utf-8") as told:
        for line in told:
            yield line.rstrip("\n")


def promises(told: Sequence[str]) -> tuple[list[str], ...]:
    """Return what the child told of as kept, word by word."""
    return tuple(line.split() for line in told if line != STEP)


def run(kill_count: int, seed: int, *, only: int | None = None) -> Counter[str]:
    """Kill so many times, and return how often each deed was hit. Raises AssertionError."""
    hit: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="mockint-kills-", dir=MEMORY if MEMORY.is_dir() else None) as name:
        rehearsals = {deed.name: rehearse(deed, Path(name) / deed.name) for deed in DEEDS}
        for number in range(kill_count) if only is None else [only]:
            chance = Random(f"{seed}-{number}")  # noqa: S311 - seeded, so that it can be done again
            [deed] = chance.choices(DEEDS, [deed.weight for deed in DEEDS])
            try:
                kill(deed, rehearsals[deed.name], Path(name) / "killed", chance)
            except Exception as error:
                again = f"python tests/crashing.py --seed {seed} --only {number}"
                raise AssertionError(f"Kill {number}, '{deed.name}': {error}\nAgain: {again}") from error
            hit[deed.name] += 1
    return hit


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, metavar="NUMBER", help="this one kill alone")
    arguments = parser.parse_args()
    began = time.perf_counter()
    hit = run(arguments.kills, arguments.seed, only=arguments.only)
    for name, count in hit.items():
        sys.stdout.write(f"{count:6}  {name}\n")
    sys.stdout.write(f"{hit.total():6}  kills in {time.perf_counter() - began:.0f} s: nothing was lost\n")


if __name__ == "__main__":
    main()
