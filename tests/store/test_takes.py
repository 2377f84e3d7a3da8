"""What is kept: every take, with the question as it was asked and every result it ever had."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import builders
import numpy as np
import pytest
from histories import rows_of

from mockint.data_folder import DATABASE_NAME
from mockint.devices.audiofile import RecordingWriter, read_audio
from mockint.errors import StoreProblem, UsageProblem
from mockint.model import SAMPLE_RATE_HZ, Band, Result, Score, ScorePart
from mockint.progress import points_of
from mockint.store.keeper import SessionKeeper
from mockint.store.takes import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mockint.model import Question, Take

NOON = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
ONE_SECOND = np.full(SAMPLE_RATE_HZ, 0.25, np.float32)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store in a new home."""
    with Store(tmp_path / "home") as opened:
        yield opened


def keeper(store: Store) -> SessionKeeper:
    """What keeps the takes of a new session."""
    session = store.begin_session(bank_id="bank", mode="practice", started_at=NOON)
    return SessionKeeper(store, session.id, open_writer=RecordingWriter, now=lambda: NOON)


def answer(keeper: SessionKeeper, question: Question | None = None, asked_at: datetime = NOON) -> Take:
    """One second of an answer."""
    recording = keeper.begin(question or builders.question(), asked_at)
    recording.write(ONE_SECOND)
    return recording.keep(dropped_block_count=0)


def result(pace_wpm: float | None = 140.0, method_version: str = "1") -> Result:
    """A result whose score has one part."""
    um = builders.filler(builders.words("um")[0])
    part = ScorePart(
        name="pace",
        points=None if pace_wpm is None else 30.0,
        max_points=30.0,
        value=pace_wpm,
        low=None if pace_wpm is None else pace_wpm - 7,
        high=None if pace_wpm is None else pace_wpm + 7,
        unit="words/min",
        band=Band(low=125.0, high=None),
        because="Très régulier.",
    )
    score = Score(method_version=method_version, parts=(part,), strength=None, focus="Less.")
    return Result(delivery=builders.delivery(fillers=(um,), most_used_words=(("work", 3),)), score=score)


def test_take_is_stored_before_it_is_scored(store: Store) -> None:
    """When the answer ends, the take can be read by anyone, without a result."""
    take = answer(keeper(store))
    with Store(store.home) as another:
        assert another.take(take.id) == take
    assert (take.duration_s, take.result, take.question) == (1.0, None, builders.question())


def test_recording_is_what_was_spoken(store: Store) -> None:
    """The file holds every sample, and its owner alone can read it."""
    take = answer(keeper(store))
    path = store.audio(take.id)
    assert (len(read_audio(path).recording.samples), path.stat().st_mode & 0o777) == (SAMPLE_RATE_HZ, 0o600)
    assert list(path.parent.iterdir()) == [path]


def test_a_take_is_found_by_the_name_that_no_other_has(store: Store) -> None:
    """In whatever data folder it is, and under whatever number."""
    keep = keeper(store)
    first, second = answer(keep), answer(keep)
    assert [store.take_of_uid(uid) for uid in (second.uid, first.uid, "another")] == [second, first, None]


def test_question_is_kept_as_it_was_asked(store: Store) -> None:
    """A take holds the whole question of its day, whatever the bank says later."""
    asked = builders.question(tips=("Be brief.",), time_limit_s=90.0, difficulty=2, text="Où étiez-vous ?")
    assert answer(keeper(store), asked).question == asked


def test_result_comes_back_as_it_was(store: Store) -> None:
    """Delivery and score are read back exactly."""
    keep = keeper(store)
    take = keep.add_result(answer(keep), result(), result_delay_s=0.25)
    assert (take.result, take.result_delay_s) == (result(), 0.25)


def test_newest_result_is_current_and_all_are_kept(store: Store) -> None:
    """Scoring a take again adds a result."""
    take = answer(keeper(store))
    later = NOON + timedelta(days=1)
    store.add_result(take.id, result(method_version="2"), created_at=later)
    now = store.add_result(take.id, result(method_version="1"), created_at=NOON)
    kept = [(stored.created_at, stored.result.score.method_version) for stored in store.results(take.id)]
    assert (now.result, kept) == (result(method_version="2"), [(NOON, "1"), (later, "2")])


def test_keys_of_a_newer_mockint_are_passed_over(store: Store) -> None:
    """A result with a field that this version does not know can still be read."""
    keep = keeper(store)
    take = keep.add_result(answer(keep), result(), result_delay_s=None)
    with closing(sqlite3.connect(store.home / DATABASE_NAME)) as connection:
        body = json.loads(connection.execute("SELECT body FROM result_bodies").fetchone()[0])
        body["delivery"]["loudness"] = 1
        body["mood"] = "calm"
        with connection:
            connection.execute("UPDATE result_bodies SET body = ?", (json.dumps(body),))
    assert store.take(take.id) == take


def test_damaged_result_is_told(store: Store) -> None:
    """A result that is no JSON any more names its take."""
    keep = keeper(store)
    take = keep.add_result(answer(keep), result(), result_delay_s=None)
    with closing(sqlite3.connect(store.home / DATABASE_NAME)) as connection, connection:
        connection.execute("UPDATE result_bodies SET body = '{'")
    with pytest.raises(StoreProblem, match=f"Take {take.id} cannot be read"):
        store.take(take.id)


def test_answering_again_makes_another_take(store: Store) -> None:
    """Nothing is overwritten: each answer has a take and a recording of its own."""
    keep = keeper(store)
    first, second = answer(keep), answer(keep)
    assert store.takes(question=first.question) == (first, second)
    assert first.audio != second.audio


def test_takes_are_found_by_session_question_and_number(store: Store) -> None:
    """Takes come oldest first; `last` gives the newest of them."""
    monday, tuesday = keeper(store), keeper(store)
    one, other = builders.question(), builders.question(id="other")
    first = answer(monday, one, NOON)
    second = answer(monday, other, NOON + timedelta(minutes=5))
    third = answer(tuesday, one, NOON + timedelta(days=1))
    assert store.takes() == (first, second, third)
    assert store.takes(last=2) == (second, third)
    assert store.takes(session_id=first.session_id) == (first, second)
    assert store.takes(session_id=first.session_id, question=one) == (first,)


def test_history_hangs_on_ids_not_on_text(store: Store) -> None:
    """A question that was reworded or renamed keeps its takes; the same id in another bank is another question."""
    take = answer(keeper(store), builders.question(id="old"))
    renamed = builders.question(id="new", text="In other words?", aliases=("old",))
    stranger = builders.question(bank_id="another", id="old")
    assert (store.takes(question=renamed), store.takes(question=stranger)) == ((take,), ())
    assert store.last_asked([renamed, stranger]) == {"new": NOON}


def test_last_session_is_the_newest_with_an_answer(store: Store) -> None:
    """A session in which nothing was said is passed over."""
    take = answer(keeper(store))
    store.begin_session(bank_id="bank", mode="practice", started_at=NOON + timedelta(days=1))
    ended = store.end_session(take.session_id, NOON + timedelta(hours=1))
    assert store.last_session() == ended


def test_new_store_has_no_last_session(store: Store) -> None:
    """Where nothing was ever said, there is none."""
    assert store.last_session() is None


def test_points_are_what_the_newest_result_measured(store: Store) -> None:
    """Each take gives one point, from its current result: the same as from reading the whole take."""
    keep = keeper(store)
    first, second = answer(keep, builders.question(competency="leading")), answer(keep)
    store.add_result(first.id, result(pace_wpm=100.0), created_at=NOON)
    store.add_result(first.id, result(pace_wpm=140.0), created_at=NOON + timedelta(seconds=1))
    store.add_result(second.id, result(pace_wpm=None), created_at=NOON)
    rows = rows_of(store.points())
    assert rows == rows_of(points_of(store.takes()))
    assert [row["measures"] for row in rows] == [{"pace": 140.0}, {"pace": None}]


def test_take_without_a_result_has_no_point(store: Store) -> None:
    """What was not scored is not in a trend."""
    answer(keeper(store))
    assert len(store.points()) == 0


def test_points_are_chosen_by_question(store: Store) -> None:
    """Points come oldest first and can be narrowed down."""
    keep = keeper(store)
    one, other = builders.question(), builders.question(id="other")
    asked = [(other, NOON + timedelta(days=2)), (one, NOON + timedelta(days=1)), (one, NOON)]
    for question, at in asked:
        keep.add_result(answer(keep, question, at), result(), result_delay_s=None)
    assert [row["asked_at"] for row in rows_of(store.points())] == sorted(at for _, at in asked)
    assert len(store.points(question=one)) == 2


def test_recording_deleted_by_hand_is_told(store: Store) -> None:
    """The take stays, without sound; asking for the sound says so."""
    take = answer(keeper(store))
    store.audio(take.id).unlink()
    assert store.take(take.id) == replace(take, audio=None)
    with pytest.raises(StoreProblem, match=f"The recording of take {take.id} is not in the data folder any more"):
        store.audio(take.id)


def test_number_that_is_not_there_is_told(store: Store) -> None:
    """A take or session that does not exist is the command's mistake."""
    with pytest.raises(UsageProblem, match="There is no take 7"):
        store.take(7)
    with pytest.raises(UsageProblem, match="There is no session 7"):
        store.session(7)
    with pytest.raises(UsageProblem, match="There is no take 7"):
        store.add_result(7, result(), created_at=NOON)


def test_number_of_a_discarded_take_is_not_used_again(store: Store) -> None:
    """A number never means another take than it once did."""
    keep = keeper(store)
    first = answer(keep)
    keep.begin(builders.question(), NOON).discard()
    assert answer(keep).id == first.id + 2


def test_store_describes_itself(store: Store) -> None:
    """`data where` tells the folder, the sizes and the counts."""
    keep = keeper(store)
    keep.add_result(answer(keep), result(), result_delay_s=None)
    facts = store.describe()
    assert (facts.home, facts.session_count, facts.take_count, facts.result_count) == (store.home, 1, 1, 1)
    assert (facts.recording_count, facts.recording_byte_count) == (1, 44 + 2 * SAMPLE_RATE_HZ)
