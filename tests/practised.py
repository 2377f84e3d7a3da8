"""A data folder with practice in it, made without listening: quick, and with rows in every table that there is."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import builders
import numpy as np

from mockint.data_folder import DATABASE_NAME
from mockint.devices.audiofile import RecordingWriter
from mockint.model import SAMPLE_RATE_HZ, Result
from mockint.scoring import METHOD, score
from mockint.store.keeper import SessionKeeper
from mockint.store.tables import tables
from mockint.store.takes import Store

if TYPE_CHECKING:
    from pathlib import Path

    from mockint.store.tables import Row, Table

NOON = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
ONE_SECOND = np.full(SAMPLE_RATE_HZ, 0.25, np.float32)


def practise(
    home: Path, *, take_count: int = 1, said: str = "word", asked_at: datetime = NOON, is_over: bool = True
) -> tuple[int, ...]:
    """Hold a session of answers of a second each, in which `said` was heard, and return the numbers of its takes."""
    heard = builders.delivery(words=builders.words(f"{said} " * 30))
    question = builders.question(text=f"Tell me about {said}.")
    with Store(home) as store:
        session = store.begin_session(bank_id="bank", mode="practice", started_at=asked_at)
        keeper = SessionKeeper(store, session.id, open_writer=RecordingWriter, now=lambda: asked_at)
        numbers = []
        for number in range(take_count):
            recording = keeper.begin(question, asked_at + timedelta(minutes=number))
            recording.write(ONE_SECOND)
            take = recording.keep(dropped_block_count=0)
            result = Result(delivery=heard, score=score(heard, question, METHOD))
            keeper.add_result(take, result, result_delay_s=0.25)
            numbers.append(take.id)
        if is_over:
            store.end_session(session.id, asked_at + timedelta(hours=1))
    return tuple(numbers)


def fill_every_table(home: Path) -> None:
    """Put a row into each table that has none yet, whatever it is called: each refers to the first row of others."""
    with closing(sqlite3.connect(home / DATABASE_NAME)) as database, database:
        for table in tables(database):
            if database.execute(f'SELECT 1 FROM "{table.name}"').fetchone() is None:  # noqa: S608 - names from the schema
                row = _some_row(database, table)
                assert database.execute(table.insert(row), row).rowcount == 1, table.name


def _some_row(database: sqlite3.Connection, table: Table) -> Row:
    kinds = {name: kind for _, name, kind, *_ in database.execute(f'PRAGMA table_info("{table.name}")')}
    values = {"INTEGER": 1, "REAL": 0.1 + 0.2, "TEXT": f'{{"in":"{table.name}, où ça ?"}}', "BLOB": b"\x00\xff"}
    return {column: values[kinds[column]] for column in table.columns if column != table.number}


def content(home: Path) -> dict[str, list[Row]]:
    """Return all rows of all tables, by the names of their columns."""
    with closing(sqlite3.connect(home / DATABASE_NAME)) as database:
        return {
            table.name: [dict(zip(table.columns, row, strict=True)) for row in database.execute(table.select())]
            for table in tables(database)
        }


def files(home: Path) -> dict[str, bytes]:
    """Return all files of a data folder but the database, by their paths."""
    return {
        path.relative_to(home).as_posix(): path.read_bytes()
        for path in home.rglob("*")
        if path.is_file() and not path.name.startswith(DATABASE_NAME)
    }
