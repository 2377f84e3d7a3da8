"""What mentors said is kept beside the take: the newest save of an answer holds; the same file changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import builders
import numpy as np
import pytest

from mockint.devices.audiofile import RecordingWriter
from mockint.errors import StoreProblem
from mockint.feedback import Feedback, MentorComment, MentorWish, Rating
from mockint.store.feedback import Arrival, StoredFeedback
from mockint.store.keeper import SessionKeeper
from mockint.store.takes import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mockint.model import Take

NOON = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
LATER = NOON + timedelta(days=1)
SAID = Feedback(
    take_uid="a" * 32,
    answer="c" * 32,
    saved_at=NOON,
    mentor="Anna",
    ratings=(Rating(criterion="content", level=3),),
    keep="The story.",
    change="Begin with the result.",
    comments=(MentorComment(at_s=0.5, text="Slower."),),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "home") as opened:
        yield opened


@pytest.fixture
def take(store: Store) -> Take:
    """A second of sound."""
    session = store.begin_session(bank_id="bank", mode="practice", started_at=NOON)
    keeper = SessionKeeper(store, session.id, open_writer=RecordingWriter, now=lambda: NOON)
    recording = keeper.begin(builders.question(competency="planning"), NOON)
    recording.write(np.full(16_000, 0.25, np.float32))
    return recording.keep(dropped_block_count=0)


@pytest.mark.parametrize("rating", [Rating(criterion="charm", level=1), Rating(criterion="content", level=9)])
def test_feedback_by_another_rubric_is_told(store: Store, take: Take, rating: Rating) -> None:
    """A newer mockint may have written it."""
    store.feedback.add([(take.id, replace(SAID, ratings=(rating,)))], at=LATER)
    with pytest.raises(StoreProblem, match="feedback cannot be read"):
        store.feedback.of_take(take.id)


def test_feedback_comes_back_as_it_was(store: Store, take: Take) -> None:
    """Of its take, and with all others."""
    assert store.feedback.add([(take.id, SAID)], at=LATER) == (Arrival.NEW,)
    assert store.feedback.of_take(take.id) == (SAID,)
    assert store.feedback.all() == (StoredFeedback(take_id=take.id, imported_at=LATER, feedback=SAID),)
    assert store.feedback.of_take(take.id + 1) == ()


def test_the_same_again_changes_nothing(store: Store, take: Take) -> None:
    """Nor does the same that was saved a second time."""
    again = replace(SAID, saved_at=LATER)
    arrivals = [store.feedback.add([(take.id, each)], at=LATER) for each in (SAID, SAID, again)]
    assert arrivals == [(Arrival.NEW,), (Arrival.KNOWN,), (Arrival.KNOWN,)]
    assert store.feedback.of_take(take.id) == (SAID,)


def test_the_newest_save_of_an_answer_holds(store: Store, take: Take) -> None:
    """Whichever came in first; another mentor's stands beside it."""
    first, other = replace(SAID, change="Speak up."), replace(SAID, answer="d" * 32, mentor="Ben")
    second = replace(SAID, saved_at=LATER)
    arrivals = [store.feedback.add([(take.id, each)], at=LATER)[0] for each in (first, other, second, first)]
    assert arrivals == [Arrival.NEW, Arrival.NEW, Arrival.CHANGED, Arrival.OUTDATED]
    assert store.feedback.of_take(take.id) == (other, second)


def test_what_mentors_would_change_can_be_practised(store: Store, take: Take) -> None:
    """Each with its question, and when it came; who would change nothing has no wish."""
    content = replace(SAID, answer="d" * 32, change="")
    store.feedback.add([(take.id, SAID), (take.id, content)], at=LATER)
    assert store.feedback.wishes() == (
        MentorWish(
            bank_id="bank",
            question_id="one",
            competency="planning",
            mentor="Anna",
            text="Begin with the result.",
            at=LATER,
        ),
    )
