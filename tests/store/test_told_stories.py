"""Which story was told in which take: the newest name holds, and what is no practice is left out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import builders
import pytest
from practised import NOON, practise

from mockint import drills
from mockint.store.takes import Store

if TYPE_CHECKING:
    from pathlib import Path


def test_the_newest_name_of_a_take_holds(home: Path) -> None:
    """It can be taken back; nothing is overwritten."""
    [number] = practise(home)
    with Store(home) as store:
        assert store.stories.of_take(number) is None
        for name in ("The move", "The form"):
            store.stories.keep(number, name, at=NOON)
        assert store.stories.of_take(number) == "The form"
        [telling] = store.stories.tellings()
        assert (telling.story, telling.question_id, telling.asked_at) == ("The form", "one", NOON)
        result = store.take(number).result
        assert result is not None
        parts = [part for part in result.score.parts if part.points is not None]
        share = sum(part.points or 0 for part in parts) / sum(part.max_points for part in parts)
        assert telling.share == pytest.approx(share)
        store.stories.keep(number, None, at=NOON)
        assert (store.stories.of_take(number), store.stories.tellings()) == (None, ())


def test_the_last_sessions_are_those_of_practice(home: Path) -> None:
    """A drill between them is none, and neither is a session in which nothing was answered."""
    for day in range(3):
        practise(home, asked_at=NOON + timedelta(days=day))
    with Store(home) as store:
        drill = store.begin_session(bank_id=drills.BANK_ID, mode="drill", started_at=NOON + timedelta(days=8))
        question = builders.question(bank_id=drills.BANK_ID)
        typed = store.keep_typed(drill.id, question, NOON + timedelta(days=8), text="Well.", duration_s=1)
        store.begin_session(bank_id="bank", mode="practice", started_at=NOON + timedelta(days=9))
        store.stories.keep(typed.id, "The form", at=NOON)
        assert store.stories.last_session_ids(2) == {2, 3}
        assert store.stories.last_session_ids(9) == {1, 2, 3}
        assert store.stories.tellings() == ()
