"""How quick is mockint after 100,000 takes of 2,000 questions? The store, and whole commands.

    python benchmarks/scale.py [--takes 100000] [--home DIR]

Fills a new data home (a temporary one unless DIR is named; what DIR already holds is used) with made-up results
of usual size and prints how long each read takes, best of three, beside a bare count(*) by sqlite3 on the same file;
then how long whole commands take, from start to end.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from mockint.bank.writing import bank_text
from mockint.data_folder import DATABASE_NAME
from mockint.model import Band, Delivery, Pace, Question, Result, Score, ScorePart, Span, Word
from mockint.store.bodies import to_json
from mockint.store.home import HOME_VARIABLE, write_private_file
from mockint.store.results import insert_result
from mockint.store.takes import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

BANK_ID = "benchmark"
QUESTION_COUNT = 2_000
TAKES_PER_SESSION = 5
WORD_COUNT = 200
MEASURES = ("pace", "fillers", "long pauses", "length")
BETWEEN_TAKES = timedelta(minutes=20)
COMMANDS = (
    ["--json"],
    ["review"],
    ["progress"],
    ["progress", "--html", "progress.html"],
    ["progress", "--csv"],
    ["data", "recover"],
)
BATCH = 1_000
BEST_OF = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--takes", type=int, default=100_000)
    parser.add_argument("--home", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        home = arguments.home or Path(temporary) / "home"
        if not (home / DATABASE_NAME).exists():
            fill(home, arguments.takes)
        report(home)


def report(home: Path) -> None:
    """Time each read and print a table."""
    database = home / DATABASE_NAME
    print(f"{database.stat().st_size / 1e6:.0f} MB")

    def count() -> None:
        with closing(sqlite3.connect(database)) as connection:
            connection.execute("SELECT count(*) FROM takes").fetchone()

    def use(read: Callable[[Store], object]) -> Callable[[], None]:
        def run() -> None:
            with Store(home) as store:
                read(store)

        return run

    one = question(0)
    for name, run in {
        "sqlite3 alone: count(*) of takes": count,
        "open": use(lambda _: None),
        "open, recover": use(lambda store: store.recover()),
        "open, last session": use(lambda store: store.last_session()),
        "open, last session with its takes": use(last_takes),
        "open, when each question was last asked": use(
            lambda store: store.last_asked(question(i) for i in range(QUESTION_COUNT))
        ),
        "open, take count": use(lambda store: store.take_count()),
        "open, points of one question": use(lambda store: store.points(question=one)),
        "open, points of all takes": use(lambda store: store.points()),
        "open, the newest 20 takes of one question": use(lambda store: store.takes(question=one, last=20)),
        "open, describe": use(lambda store: store.describe()),
    }.items():
        print(f"{best_s(run):8.4f} s  {name}")
    for words in COMMANDS:
        print(f"{best_s(lambda words=words: command(home, words)):8.4f} s  mockint {' '.join(words)}")  # type: ignore[misc]  # a default binds the loop's value


def command(home: Path, words: Sequence[str]) -> None:
    """Run mockint as its user does."""
    subprocess.run(
        [sys.executable, "-m", "mockint", *words],
        env={**os.environ, HOME_VARIABLE: str(home)},
        cwd=home,
        stdout=subprocess.DEVNULL,
        check=True,
    )


def last_takes(store: Store) -> object:
    """Read what `review` shows."""
    session = store.last_session()
    return None if session is None else store.takes(session_id=session.id)


def best_s(run: Callable[[], None]) -> float:
    """The shortest of a few runs, in seconds."""
    times = []
    for _ in range(BEST_OF):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def fill(home: Path, take_count: int, questions: Sequence[Question] = ()) -> None:
    """Write sessions, takes and results up to now, a batch in each transaction. questions: asked in turn."""
    asked = questions or [question(number) for number in range(QUESTION_COUNT)]
    Store(home).close()
    if not questions:
        write_private_file(home / "banks" / f"{BANK_ID}.yaml", bank_text(BANK_ID, "Benchmark", asked).encode())
    ends_at = datetime.now(timezone.utc)
    with closing(sqlite3.connect(home / DATABASE_NAME, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        for start in range(0, take_count, BATCH):
            connection.execute("BEGIN")
            for number in range(start, min(start + BATCH, take_count)):
                at = ends_at - (take_count - number) * BETWEEN_TAKES
                insert_take(connection, number, asked[number % len(asked)], at)
            connection.execute("COMMIT")


def insert_take(connection: sqlite3.Connection, number: int, asked: Question, at: datetime) -> None:
    """Write one take with its result; the first of a session writes the session too."""
    session_id = number // TAKES_PER_SESSION + 1
    text = at.isoformat(timespec="microseconds")
    if number % TAKES_PER_SESSION == 0:
        connection.execute(
            "INSERT INTO sessions (uid, bank_id, mode, started_at, ended_at) VALUES (?, ?, 'practice', ?, ?)",
            (f"session-{session_id}", BANK_ID, text, text),
        )
    cursor = connection.execute(
        "INSERT INTO takes (uid, session_id, bank_id, question_id, asked_at, duration_s, audio, question)"
        " VALUES (?, ?, ?, ?, ?, 90, ?, ?)",
        (f"take-{number}", session_id, asked.bank_id, asked.id, text, f"recordings/{number}.wav", to_json(asked)),
    )
    if cursor.lastrowid is not None:
        insert_result(connection, cursor.lastrowid, result(number), created_at=at, result_delay_s=0.4)


def question(number: int) -> Question:
    """Return a question of usual size."""
    return Question(
        bank_id=BANK_ID,
        id=f"question-{number}",
        text="Tell me about a time when you had to change your mind about something that mattered.",
        tips=("Name the moment when you saw it.", "Say what you do differently since."),
    )


def result(number: int) -> Result:
    """Return a result of usual size, with figures that move."""
    words = tuple(Word(text="something", start_s=i * 0.4, end_s=i * 0.4 + 0.3) for i in range(WORD_COUNT))
    drift = (number % 37) / 37
    return Result(
        delivery=Delivery(
            duration_s=90.0,
            answer=Span(start_s=0.0, end_s=WORD_COUNT * 0.4),
            response_latency_s=0.5,
            words=words,
            words_known=True,
            fillers=(),
            filled_pause_count=None,
            pauses=tuple(Span(start_s=i * 3.0, end_s=i * 3.0 + 0.6) for i in range(25)),
            pace=Pace(words_per_minute=140.0 + drift, articulation_rate_syll_per_s=4.8, phonation_time_ratio=0.8),
            hedges=(),
            repeats=(),
            most_used_words=(("something", WORD_COUNT),),
            engine="benchmark engine 1.0",
            caveats=(),
        ),
        score=Score(method_version="1", parts=tuple(parts(drift)), strength=None, focus=None),
    )


def parts(drift: float) -> Iterator[ScorePart]:
    """Give a part of the score for each measure."""
    for name in MEASURES:
        yield ScorePart(
            name=name,
            points=20.0 + drift,
            max_points=25.0,
            value=100.0 + drift,
            low=95.0 + drift,
            high=105.0 + drift,
            unit="units",
            band=Band(low=90.0, high=110.0),
            because="It is made up.",
        )


if __name__ == "__main__":
    main()
