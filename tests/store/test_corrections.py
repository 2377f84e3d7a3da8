"""Corrections are kept beside what was heard, which stays as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import builders
import numpy as np
import pytest

from mockint.devices.audiofile import RecordingWriter
from mockint.errors import UsageProblem
from mockint.model import Correction, CorrectionKind, Result, Take
from mockint.scoring import score
from mockint.store.keeper import SessionKeeper
from mockint.store.takes import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOON = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
LATER = NOON + timedelta(days=1)
HEARD = Result(delivery=builders.delivery(), score=score(builders.delivery(), None))
CORRECTED = replace(HEARD, delivery=builders.delivery(words=builders.words("other")), corrected=True)
WRITE = Correction(kind=CorrectionKind.WORD_CHANGED, start_s=1.0, end_s=1.5, old_text="right", new_text="write")
BACK = replace(WRITE, kind=CorrectionKind.UNDO)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store in a new home."""
    with Store(tmp_path / "home") as opened:
        yield opened


@pytest.fixture
def take(store: Store) -> Take:
    """A take that was scored."""
    session = store.begin_session(bank_id="bank", mode="practice", started_at=NOON)
    keeper = SessionKeeper(store, session.id, open_writer=RecordingWriter, now=lambda: NOON)
    recording = keeper.begin(builders.question(), NOON)
    recording.write(np.full(16_000, 0.25, np.float32))
    return keeper.add_result(recording.keep(dropped_block_count=0), HEARD, result_delay_s=0.2)


def test_the_corrected_result_is_current_and_the_heard_one_stays(store: Store, take: Take) -> None:
    """Nothing is overwritten."""
    now = store.correct(take.id, [WRITE], CORRECTED, created_at=LATER)
    assert now.result == CORRECTED
    assert [stored.result for stored in store.results(take.id)] == [HEARD, CORRECTED]
    assert store.heard_result(take.id) == HEARD


def test_corrections_come_back_in_their_order(store: Store, take: Take) -> None:
    """What was taken back is still there, and so is the taking back."""
    store.correct(take.id, [WRITE, WRITE], CORRECTED, created_at=LATER)
    store.correct(take.id, [BACK], HEARD, created_at=LATER)
    assert store.corrections(take.id) == (WRITE, WRITE, BACK)


def test_a_take_heard_anew_keeps_every_result(store: Store, take: Take) -> None:
    """The new one as heard, and as corrected, which is current."""
    store.correct(take.id, [WRITE], CORRECTED, created_at=NOON)
    anew = replace(HEARD, delivery=builders.delivery(engine="another"))
    anew_corrected = replace(CORRECTED, delivery=builders.delivery(engine="another"))
    now = store.add_rescored(take.id, anew, anew_corrected, created_at=LATER)
    assert now.result == anew_corrected
    assert [stored.result for stored in store.results(take.id)] == [HEARD, CORRECTED, anew, anew_corrected]
    assert store.heard_result(take.id) == anew


def test_progress_uses_the_corrected_result(store: Store, take: Take) -> None:
    """The newest result is current, whoever made it."""
    slower = replace(CORRECTED, score=score(builders.delivery(answer=builders.span(0, 45)), None))
    store.correct(take.id, [WRITE], slower, created_at=LATER)
    assert store.points().measures["length"] == [45]


def test_a_take_that_is_not_there_cannot_be_corrected(store: Store) -> None:
    """Nor heard anew; nothing is left behind."""
    with pytest.raises(UsageProblem, match="There is no take 7"):
        store.correct(7, [WRITE], CORRECTED, created_at=NOON)
    with pytest.raises(UsageProblem, match="There is no take 7"):
        store.add_rescored(7, HEARD, None, created_at=NOON)
    assert (store.corrections(7), store.heard_result(7), store.describe().result_count) == ((), None, 0)
