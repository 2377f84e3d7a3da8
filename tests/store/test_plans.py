"""Sessions that wait to be continued, and answers that were typed."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from builders import question

from mockint.modes import Mode, Rules, SessionPlan
from mockint.store.takes import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOON = datetime(2026, 1, 2, 12, tzinfo=timezone.utc)
PLAN = SessionPlan(
    rules=Rules(mode=Mode.MOCK, takes=1, time_factor=1.5, stammer=True),
    remaining=(question(id="two", follow_ups=("Why?",), time_limit_s=90.0), question(id="three")),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "home") as opened:
        yield opened


def begin(store: Store, day: int = 0) -> int:
    return store.begin_session(bank_id="bank", mode="mock", started_at=NOON + timedelta(days=day)).id


def test_what_is_left_comes_back_as_it_was(store: Store) -> None:
    """The whole questions: the bank's file may be another one by then."""
    session_id = begin(store)
    store.plans.keep(session_id, PLAN)
    assert store.plans.newest() == (session_id, PLAN)
    assert store.plans.of(session_id) == PLAN


def test_a_plan_takes_the_place_of_the_one_before(store: Store) -> None:
    """Question by question, it gets shorter."""
    session_id = begin(store)
    store.plans.keep(session_id, PLAN)
    shorter = SessionPlan(rules=PLAN.rules, remaining=PLAN.remaining[1:])
    store.plans.keep(session_id, shorter)
    assert store.plans.newest() == (session_id, shorter)


def test_a_session_that_is_over_waits_no_more(store: Store) -> None:
    """Then the one before it is the newest that waits, if any does."""
    first, second = begin(store), begin(store, day=1)
    for session_id in (first, second):
        store.plans.keep(session_id, PLAN)
    assert store.end_session(second, NOON).ended_at == NOON
    assert store.plans.newest() == (first, PLAN)
    store.end_session(first, NOON)
    assert (store.plans.newest(), store.plans.of(first)) == (None, None)


def test_a_typed_answer_is_a_take_without_sound(store: Store) -> None:
    """Whole at once: no recording is looked for, and a crash has nothing to cut off."""
    take = store.keep_typed(begin(store), PLAN.remaining[0], NOON, text="First line.\nSecond line.", duration_s=30.0)
    assert (take.typed, take.audio, take.duration_s) == ("First line.\nSecond line.", None, 30.0)
    assert store.takes() == (take,)
    assert store.recover().takes == ()
    assert store.survey().is_well
    assert store.remove_recordings(asked_until=NOON, now=NOON) == ()
