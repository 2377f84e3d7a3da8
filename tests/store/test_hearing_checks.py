"""Checks of how well somebody is heard are kept, and asked for by engine and microphone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from mockint.hearing import HearingCheck
from mockint.store.takes import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOON = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
CHECK = HearingCheck(
    engine="engine 1",
    word_count=63,
    wrong_word_count=4,
    missed_words=("booking", "day"),
    planted_filler_count=6,
    found_filler_count=5,
    false_filler_count=0,
    caveats=("The recording is clipped.",),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "home") as opened:
        yield opened


def test_a_check_comes_back_as_it_was(store: Store) -> None:
    """Nothing of it is lost."""
    store.hearing_checks.add(CHECK, at=NOON, microphone="USB")
    newest = store.hearing_checks.newest()
    assert newest is not None
    assert (newest.check, newest.at, newest.microphone) == (CHECK, NOON, "USB")


def test_without_a_check_there_is_none(store: Store) -> None:
    """Nothing is known, and nothing is said."""
    assert store.hearing_checks.newest() is None


def test_a_check_holds_for_its_own_engine_and_microphone(store: Store) -> None:
    """The newest of each; a recording stands for no microphone."""
    other = replace(CHECK, engine="engine 2")
    better = replace(CHECK, found_filler_count=6)
    store.hearing_checks.add(CHECK, at=NOON, microphone="USB")
    store.hearing_checks.add(better, at=NOON + timedelta(days=1), microphone="USB")
    store.hearing_checks.add(other, at=NOON, microphone=None)
    found = store.hearing_checks.newest_of("engine 1", "USB")
    recorded = store.hearing_checks.newest_of("engine 2", None)
    assert found is not None
    assert recorded is not None
    assert (found.check, recorded.check) == (better, other)
    assert store.hearing_checks.newest_of("engine 1", None) is None
    assert store.hearing_checks.newest_of("engine 2", "USB") is None
