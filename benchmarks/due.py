"""How quickly is it known what to ask next? Among 2,000 questions with 10,000 takes, and by `mockint` after years.

    python benchmarks/due.py [--takes 100000] [--repeat 9]

Fills new data homes with made-up results of usual size. Prints medians: reading and choosing, beside reading as many
rows with sqlite3 alone; and whole processes of `mockint`, beside `python -c "import click"`. A process includes
reading the shipped banks.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import scale

from mockint.bank import find_banks, shipped_banks_folder
from mockint.data_folder import DATABASE_NAME
from mockint.model import Question
from mockint.schedule.due import Situation, due_list
from mockint.schedule.session import choose
from mockint.store.takes import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

QUESTION_COUNT = 2_000
TAKE_COUNT = 10_000
COMPETENCY_COUNT = 20
MOCKINT = str(Path(sys.executable).with_name("mockint"))
NOW = datetime.now(timezone.utc)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--takes", type=int, default=100_000)
    parser.add_argument("--repeat", type=int, default=9)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        many = tuple(made_up(number) for number in range(QUESTION_COUNT))
        choosing(filled(Path(folder) / "many", TAKE_COUNT, many), many, arguments.repeat)
        shipped = [each for bank in find_banks([shipped_banks_folder()]).banks for each in bank.questions]
        starting(filled(Path(folder) / "years", arguments.takes, shipped), arguments.takes, arguments.repeat)


def choosing(home: Path, questions: Sequence[Question], repeat: int) -> None:
    """Time what `mockint practice` does between reading the banks and asking."""
    print(f"{len(questions)} questions, {TAKE_COUNT} takes")
    with Store(home) as store:
        drawing_s = seconds(lambda: store.standings.of(questions, now=NOW))
        print(f"{drawing_s * 1000:8.1f} ms  drawing all standings, once after an update of mockint")

        def rows() -> None:
            with closing(sqlite3.connect(home / DATABASE_NAME)) as connection:
                connection.execute("SELECT * FROM standings").fetchall()

        def next_questions() -> None:
            situation = Situation(now=NOW)
            choose(due_list(questions, store.standings.of(questions, now=NOW), situation), situation)

        beside_s = median_s(rows, repeat)
        ours_s = median_s(next_questions, repeat)
    print(f"{beside_s * 1000:8.1f} ms  sqlite3 alone: as many rows")
    print(f"{ours_s * 1000:8.1f} ms  reading and choosing a half hour: {ours_s / beside_s:.1f} x that")


def starting(home: Path, take_count: int, repeat: int) -> None:
    """Time whole processes, in turn, so that a machine that slows down slows both."""
    environment = {**os.environ, "MOCKINT_HOME": str(home)}

    def process(*words: str) -> Callable[[], object]:
        return lambda: subprocess.run(words, env=environment, capture_output=True, check=True)

    first_s = seconds(process(MOCKINT))
    click, alone, helping = [], [], []
    for _ in range(repeat):
        click.append(seconds(process(sys.executable, "-c", "import click")))
        alone.append(seconds(process(MOCKINT)))
        helping.append(seconds(process(MOCKINT, "--help")))
    beside_s = statistics.median(click)
    print(f"{take_count} takes of the shipped questions")
    print(f"{first_s * 1000:8.0f} ms  mockint, the first time after an update")
    print(f"{beside_s * 1000:8.0f} ms  import click")
    for name, times in {"mockint": alone, "mockint --help": helping}.items():
        median = statistics.median(times)
        print(f"{median * 1000:8.0f} ms  {name}: {median / beside_s:.1f} x that")


def filled(home: Path, take_count: int, questions: Sequence[Question]) -> Path:
    """Make a data home with takes of these questions in turn."""
    scale.fill(home, take_count, questions)
    return home


def made_up(number: int) -> Question:
    """Return a question that is unlike the others."""
    return Question(
        bank_id=scale.BANK_ID,
        id=f"question-{number}",
        text=f"Tell me about a time when {number} people and {number * 31 % 997} plans did not go together.",
        competency=f"competency-{number % COMPETENCY_COUNT}",
        time_limit_s=90.0,
    )


def median_s(run: Callable[[], object], repeat: int) -> float:
    """The median of several runs, in seconds."""
    return statistics.median(seconds(run) for _ in range(repeat))


def seconds(run: Callable[[], object]) -> float:
    """How long something takes."""
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
