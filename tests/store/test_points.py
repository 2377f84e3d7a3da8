"""What progress reads."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import builders
import numpy as np
import pytest

from mockint.data_folder import DATABASE_NAME
from mockint.devices.audiofile import RecordingWriter
from mockint.model import Result
from mockint.scoring import score
from mockint.store.database import Database
from mockint.store.keeper import SessionKeeper
from mockint.store.points import _query
from mockint.store.takes import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mockint.model import Question

NOON = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
RESULT = Result(delivery=builders.delivery(), score=score(builders.delivery(), None))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path) as opened:
        yield opened


def answer(store: Store, question: Question, asked_at: datetime, result: Result | None = RESULT) -> int:
    """Answer a question with half a second of sound."""
    session = store.begin_session(bank_id=question.bank_id, mode="practice", started_at=asked_at)
    keeper = SessionKeeper(store, session.id, open_writer=RecordingWriter, now=lambda: asked_at)
    recording = keeper.begin(question, asked_at)
    recording.write(np.full(8_000, 0.25, np.float32))
    take = recording.keep(dropped_block_count=0)
    if result is not None:
        keeper.add_result(take, result, result_delay_s=None)
    return take.id


def test_the_questions_of_takes_are_not_read(tmp_path: Path) -> None:
    """Progress finds all it needs of a take in one index, in order of time."""
    Store(tmp_path).close()
    database = Database(tmp_path / DATABASE_NAME)
    plan = [row["detail"] for row in database.rows(f"EXPLAIN QUERY PLAN {_query(0, '')}")]
    database.close()
    assert any("COVERING INDEX takes_for_progress" in line for line in plan)
    assert not any("TEMP B-TREE" in line for line in plan)


def test_every_part_of_the_newest_result_is_measured(store: Store) -> None:
    """In the order of the takes; one that is not scored has none."""
    answer(store, builders.question(competency="planning"), NOON)
    answer(store, builders.question(id="two"), NOON + timedelta(days=1))
    answer(store, builders.question(id="three"), NOON + timedelta(days=2), None)
    measured = store.measurements()
    assert [(each.take, each.measure) for each in measured] == [
        (take, name) for take in (1, 2) for name in ("fillers", "length", "long pauses", "pace")
    ]
    assert (measured[3].value, measured[3].competency, measured[3].corrected) == (140.0, "planning", 0)
    assert {each.take for each in store.measurements(question=builders.question(id="two"))} == {2}


def test_questions_are_told_as_they_were_asked_last(store: Store) -> None:
    """Each once, whether scored or not."""
    answer(store, builders.question(text="In old words?"), NOON)
    answer(store, builders.question(id="two"), NOON + timedelta(days=1), None)
    answer(store, builders.question(text="In new words?"), NOON + timedelta(days=2))
    assert [question.text for question in store.asked_questions()] == ["What did you do?", "In new words?"]
