"""Does a long session leave anything behind? Many takes in one process, each asked, recorded, measured, scored, stored.

    python benchmarks/marathon.py [--takes 500] [--json]

The answers are recordings of a second, the voice is silent and nothing is transcribed, so that what a session itself
holds on to is seen. Prints open files, threads and resident memory after some of the takes. Linux only.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import threading
import time
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mockint.devices.audiofile import RecordingWriter
from mockint.devices.microphone import RecordedAnswers
from mockint.devices.recognisers.choice import EngineName, open_recogniser
from mockint.devices.voice import SilentVoice
from mockint.interview import StopRule, Tools, conduct
from mockint.model import SAMPLE_RATE_HZ, Question
from mockint.scoring import METHOD
from mockint.store.keeper import SessionKeeper
from mockint.store.takes import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mockint.errors import VoiceProblem
    from mockint.interview import StoppedBy
    from mockint.model import Take

BANK_ID = "marathon"
WARM_UP = 10
"""Takes until everything that is loaded once is loaded."""
STEPS = 10
"""How often in all it is looked."""


class Use(NamedTuple):
    """What the process holds after so many takes."""

    takes: int
    open_files: int
    threads: int
    resident_mb: float


class NoScreen:
    """Nobody watches."""

    def asking(self, question: Question) -> None: ...

    def voice_failed(self, problem: VoiceProblem) -> None: ...

    def answering(self, question: Question, *, level_dbfs: float, elapsed_s: float) -> None: ...

    def answered(self, question: Question, stopped_by: StoppedBy) -> None: ...

    def first_result(self, take: Take) -> None: ...


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--takes", type=int, default=500)
    parser.add_argument("--json", action="store_true", dest="as_json", help="one JSON object a line")
    arguments = parser.parse_args()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        for use in session(Path(folder), arguments.takes):
            if arguments.as_json:
                print(json.dumps(use._asdict()))
                continue
            held = f"{use.open_files} open files, {use.threads} threads, {use.resident_mb:.1f} MB"
            print(f"{use.takes:5} takes: {held}")
    print(f"{(time.perf_counter() - began) / arguments.takes:.3f} s a take", file=sys.stderr)


def session(folder: Path, take_count: int) -> Iterator[Use]:
    """Hold a session of so many takes, and tell now and then what the process holds."""
    questions = [Question(bank_id=BANK_ID, id=f"question-{i:04}", text="What did you do?") for i in range(take_count)]
    answers = folder / "answers"
    write_answers(answers, questions)
    looks = {WARM_UP, take_count, *range(0, take_count, max(1, take_count // STEPS))} - set(range(WARM_UP))
    with Store(folder / "home") as store:
        for number, take in enumerate(conduct(questions, tools(store, answers, questions)), start=1):
            assert take.result is not None  # noqa: S101 - else nothing was measured here
            if number in looks:
                yield use_after(number)


def write_answers(folder: Path, questions: list[Question]) -> None:
    """Write a second of sound, under a name for each question."""
    folder.mkdir()
    first, *others = [folder / f"{question.id}.wav" for question in questions]
    with RecordingWriter(first) as writer:
        writer.write(0.25 * np.sin(np.arange(SAMPLE_RATE_HZ) / 10).astype(np.float32))
    for path in others:
        path.hardlink_to(first)


def tools(store: Store, answers: Path, questions: list[Question]) -> Tools:
    """Return what a session needs, as the command puts it together."""

    def now() -> datetime:
        return datetime.now(timezone.utc)

    begun = store.begin_session(bank_id=BANK_ID, mode="practice", started_at=now())
    return Tools(
        voice=SilentVoice(),
        microphone=RecordedAnswers(answers, questions, realtime=False, clock_s=time.monotonic, sleep_s=time.sleep),
        live=False,
        recogniser=open_recogniser(EngineName.NONE),
        keeper=SessionKeeper(store, begun.id, open_writer=RecordingWriter, now=now),
        screen=NoScreen(),
        now=now,
        clock_s=time.monotonic,
        stop_rule=lambda _: StopRule(key_pressed=lambda: False),
        method=METHOD,
    )


def use_after(takes: int) -> Use:
    """Look at this process."""
    resident_pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return Use(
        takes=takes,
        open_files=len(os.listdir("/proc/self/fd")),  # noqa: PTH208 - no more files than these are to be opened
        threads=threading.active_count(),
        resident_mb=resident_pages * os.sysconf("SC_PAGE_SIZE") / 1e6,
    )


if __name__ == "__main__":
    main()
