"""Sends hostile input through every door of mockint (`doors.py`), and looks at what comes of it.

    python tests/hostile.py [--inputs 100000] [--seed 1] [--only NUMBER]

Each input is a valid file that was changed in one to three places: bytes, whole values, numbers, texts that steer
terminals, make HTML, SQL or paths, headers of sound, entries of archives. It may be taken or refused. It may not raise
anything but a MockintError, have a control character shown, take more than `PATIENCE_S` or `MOST_MEMORY`, or have
anything outside its own folder written to. The valid files are the same each time (but for a serial number that
libsndfile draws and a time that it notes), so that a seed and a number do it again.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import shutil
import signal
import struct
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from doors import DOORS, SEPARATOR

from mockint.errors import MockintError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from doors import Door, Mutator

PATIENCE_S = 60
"""So long that only what never ends is a fault, whatever else the machine does."""
MOST_MEMORY = 6 << 30
"""Of address space, most of which libraries reserve and never use."""
MOST_CHANGES = 3
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in there

TEXTS = (
    "\x1b]0;owned\x07",
    "\x1b[2J\x1b[31m",
    "\x9b2J",
    "\r\b\x7f",
    "\u202eexe.fdp",
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "'; DROP TABLE takes; --",
    "{{ 7 * 7 }}",
    "{% for x in range(10**9) %}x{% endfor %}",
    "../../../../etc/passwd",
    "C:\\nul",
    "%s%n%d",
    "=cmd|'/C calc'!A0",
    "[bold]red[/bold]",
    "\x00",
    "A" * 100_000,
    "B" * 200_000,
    "e\u0301" * 300,
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "!!python/object/apply:os.system ['true']",
    "&a [*a, *a]",
    "? ",
    "- - - - -",
    "",
    " ",
)
VALUES: tuple[Any, ...] = (
    *TEXTS,
    None,
    True,
    -1,
    0,
    2**63,
    2**64,
    10**400,
    1e308,
    5e-324,
    float("nan"),
    float("inf"),
    [],
    {},
    [[]],
    {"base64": "%%%"},
    {"base64": "gICA"},
    "9" * 5_000,
    "\ud800",
)
NUMBERS = ("0", "-1", "1e400", "-1e400", "9" * 5_000, "NaN", ".inf", "0x7fffffff", "1_000", "12:34:56", "2026-02-30")
FIELDS = (0, 1, 2, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
CHANGES = {"os.mkdir": 0, "os.remove": 0, "os.rmdir": 0, "os.rename": 1, "os.symlink": 1, "os.link": 1}
"""What changes a folder -> which of its details is the path that is changed."""
_SCALAR = re.compile(rb'"(?:[^"\\]|\\.)*"|(?<=: )[^\n,}\]]+|-?\d+(?:\.\d+)?')


# --- changing what is valid -----------------------------------------------------------------------


def changed_bytes(content: bytes, chance: Random) -> bytes:
    """Flip, insert, remove, double or cut bytes."""
    start = chance.randrange(len(content) + 1)
    end = min(len(content), start + chance.choice((1, 4, 16, 256)))
    kind = chance.randrange(5)
    if kind == 0 and start < len(content):
        return content[:start] + bytes([content[start] ^ 1 << chance.randrange(8)]) + content[start + 1 :]
    if kind == 1:
        return content[:start] + chance.randbytes(end - start) + content[start:]
    if kind == 2:
        return content[:start] + content[end:]
    if kind == 3:
        return content[:end] + content[start:end] * chance.choice((1, 20)) + content[end:]
    return content[:start]


def changed_text(content: bytes, chance: Random) -> bytes:
    """Put something hostile in the place of a value, a number or a line; or change bytes."""
    found = list(_SCALAR.finditer(content))
    kind = chance.randrange(6)
    if kind == 0 or not found:
        return changed_bytes(content, chance)
    place = chance.choice(found)
    if kind == 1:
        new = chance.choice(NUMBERS).encode()
    elif kind == 2:
        new = json.dumps(chance.choice(TEXTS)).encode()
    elif kind == 3:
        new = chance.choice(TEXTS).encode()
    elif kind == 4:
        new = json.dumps(chance.choice(VALUES)).encode()
    else:
        new = chance.choice((b"[" * 50_000, b"{" * 50, b"[" * 30 + b"]" * 30, b"- " * 5_000, chance.choice(found)[0]))
    return content[: place.start()] + new + content[place.end() :]


def changed_json(content: bytes, chance: Random) -> bytes:
    """Put something hostile in the place of one value of JSON; or change it as text."""
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        return changed_text(content, chance)
    if chance.random() < 0.2:
        return changed_text(content, chance)
    return json.dumps(changed_value(value, chance), ensure_ascii=chance.random() < 0.5).encode(errors="replace")


def changed_value(value: Any, chance: Random) -> Any:
    """Change one value somewhere within."""
    if isinstance(value, dict) and value and chance.random() < 0.9:
        key = chance.choice(list(value))
        new_key = chance.choices((key, chance.choice(TEXTS), None), (8, 1, 1))[0]  # None: it is left out
        new = (
            [] if new_key is None else [(new_key, changed_value(value[key], chance) if new_key == key else value[key])]
        )
        return dict(pair for name, each in value.items() for pair in (new if name == key else [(name, each)]))
    if isinstance(value, list) and value and chance.random() < 0.9:
        index = chance.randrange(len(value))
        if chance.random() < 0.1:
            return value * chance.choice((0, 2, 50))
        return [*value[:index], changed_value(value[index], chance), *value[index + 1 :]]
    if isinstance(value, str) and chance.random() < 0.3:
        return value + chance.choice(TEXTS)
    return chance.choice(VALUES)


def changed_header(content: bytes, chance: Random) -> bytes:
    """Put an extreme number into the header of a sound file; or change bytes."""
    if not content or chance.random() < 0.3:
        return changed_bytes(content, chance)
    width, form = chance.choice(((1, "<B"), (2, "<H"), (4, "<I"), (4, ">I")))
    at = chance.randrange(min(len(content), 128))
    number = chance.choice(FIELDS) % (1 << 8 * width)
    return (content[:at] + struct.pack(form, number) + content[at + width :])[: len(content)]


def changed_export(content: bytes, chance: Random) -> bytes:
    """Change one row of one table, or one file; its sums will be true."""
    parts = content.split(SEPARATOR)
    at = chance.randrange(len(parts))
    lines = parts[at].split(b"\n")
    if len(lines) > 1 and parts[at - 1].endswith(b".jsonl"):
        row = chance.randrange(len(lines) - 1)
        lines[row] = changed_json(lines[row], chance)
        parts[at] = b"\n".join(lines)
    else:
        parts[at] = changed_text(parts[at], chance)
    return SEPARATOR.join(parts)


MUTATORS: dict[Mutator, Callable[[bytes, Random], bytes]] = {
    "text": changed_text,
    "json": changed_json,
    "sound": changed_header,
    "export": changed_export,
}


# --- looking at what comes of it ------------------------------------------------------------------


class Find(AssertionError):
    """Something that must not happen."""


def steering(text: str) -> str | None:
    """Return the first character that could steer a terminal; None where there is none."""
    found = re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n)", text)
    return None if found is None else found[0]


def try_one(door: Door, sample: bytes, chance: Random, folder: Path) -> bool:
    """Send one changed file through a door; return whether it was taken. Raises Find."""
    content = sample
    for _ in range(chance.randint(1, MOST_CHANGES)):
        content = MUTATORS[door.mutator](content, chance)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        with limited_time():
            shown = door.enter(content, folder, chance)
    except MockintError:
        return False
    for text in shown:
        character = steering(text)
        if character is not None:
            raise Find(f"{character!r} is shown: {text[:300]!r}")
    return True


@contextmanager
def limited_time() -> Iterator[None]:
    """Raise Find where something takes too long."""

    def give_up(*_: object) -> None:
        raise Find(f"it takes longer than {PATIENCE_S} s")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(PATIENCE_S)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def watch_writing(inside: Path) -> None:
    """From now on, end this process where it writes anything outside a folder."""

    def watch(event: str, details: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = details
            writes = bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)) if flags else "r" not in (mode or "r")
            folder_descriptor = -1
        elif event in CHANGES:
            path, writes, folder_descriptor = details[CHANGES[event]], True, details[-1]
        else:
            return
        if not writes or not isinstance(path, (str, os.PathLike)):
            return
        folder = Path(f"/proc/self/fd/{folder_descriptor}").readlink() if folder_descriptor >= 0 else ""
        where = Path(os.path.abspath(os.path.join(folder, path)))  # noqa: PTH100, PTH118 - resolve would ask the disk
        if inside not in [where, *where.parents] and where.parts[1] not in {"dev", "proc"}:
            sys.stderr.write(f"Find: {event} writes to {where}\n")
            sys.stderr.flush()
            os._exit(1)

    sys.addaudithook(watch)


def run(input_count: int, seed: int, *, only: int | None = None) -> Counter[str]:
    """Send so many inputs through the doors, and count those that were taken and refused. Raises Find."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, resource.RLIM_INFINITY))
    outcomes: Counter[str] = Counter()
    sys.dont_write_bytecode = True
    with tempfile.TemporaryDirectory(prefix="mockint-hostile-", dir=MEMORY if MEMORY.is_dir() else None) as name:
        top = Path(name).resolve()
        os.environ["MOCKINT_HOME"] = str(top / "nobody")
        tempfile.tempdir = str(top)
        os.urandom = Random(0).randbytes  # noqa: S311 - uids, the same each time
        samples = {door.name: door.samples(top / "samples" / door.name) for door in DOORS}
        watch_writing(top)
        for number in range(input_count) if only is None else [only]:
            chance = Random(f"{seed}-{number}")  # noqa: S311 - seeded, so that it can be done again
            [door] = chance.choices(DOORS, [door.weight for door in DOORS])
            try:
                is_taken = try_one(door, chance.choice(samples[door.name]), chance, top / "tried")
            except Exception as error:
                again = f"python tests/hostile.py --seed {seed} --only {number}"
                raise Find(f"Input {number}, {door.name}: {type(error).__name__}: {error}\nAgain: {again}") from error
            outcomes[f"{door.name}, {'taken' if is_taken else 'refused'}"] += 1
    return outcomes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, metavar="NUMBER", help="this one input alone")
    arguments = parser.parse_args()
    began = time.perf_counter()
    outcomes = run(arguments.inputs, arguments.seed, only=arguments.only)
    for name, count in sorted(outcomes.items()):
        sys.stdout.write(f"{count:7}  {name}\n")
    sys.stdout.write(f"{outcomes.total():7}  inputs in {time.perf_counter() - began:.0f} s: none did harm\n")


if __name__ == "__main__":
    main()
