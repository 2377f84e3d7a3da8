"""How well each answer sits, as it is kept: always what its takes say, whoever wrote them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import builders
import pytest
from answered import answer, result

from mockint.adapted import Adaptation, adapted
from mockint.data_folder import DATABASE_NAME
from mockint.schedule.recall import Grade, Review, standing_of
from mockint.scoring import METHOD
from mockint.store.database import Database
from mockint.store.migrations import MIGRATIONS
from mockint.store.takes import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mockint.model import Question, Result
    from mockint.schedule.recall import Standing

NOON = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
LATER = NOON + timedelta(days=100)
ONE = builders.question()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store in a new home."""
    with Store(tmp_path / "home") as opened:
        yield opened


def take(store: Store, question: Question = ONE, *, day: float = 0.0, scored: Result | None = None) -> int:
    """Answer a question on a day, and return the number of the take."""
    return answer(store, question, at=NOON + timedelta(days=day), scored=scored)


def stands(store: Store, question: Question = ONE, now: datetime = LATER) -> Standing | None:
    return store.standings.of([question], now=now).get((question.bank_id, question.id))


def drawn(*reviews: tuple[float, Grade]) -> Standing | None:
    """How an answer sits after takes on these days that went like this, leaving quality aside."""
    return standing_of(Review(asked_at=NOON + timedelta(days=day), felt=grade) for day, grade in reviews)


def assert_sits_like(found: Standing | None, expected: Standing | None) -> None:
    """Compare what intervals rest on."""
    assert found is not None
    assert expected is not None
    for name in ("last_asked_at", "interval_days", "stability_days", "difficulty"):
        assert getattr(found, name) == getattr(expected, name), name


# --- what takes say -------------------------------------------------------------------------------


def test_a_question_that_was_never_asked_has_no_standing(store: Store) -> None:
    """Nothing is known of it."""
    assert stands(store) is None


def test_a_standing_is_drawn_from_all_takes(store: Store) -> None:
    """Each counts by its score, on its day."""
    for day, percent in ((0, 100), (2, 20), (4, 100)):
        take(store, day=day, scored=result(percent))
    assert_sits_like(stands(store), drawn((0, Grade.GOOD), (2, Grade.HARD), (4, Grade.GOOD)))
    found = stands(store)
    assert found is not None
    assert found.quality == pytest.approx((1 + 0.6 + 1) / 3)
    assert found.quality_count == 3


def test_a_take_that_was_never_scored_is_no_evidence(store: Store) -> None:
    """One that was interrupted is asked again; unless the person says how it felt."""
    number = take(store)
    assert stands(store) is None
    store.standings.felt(number, Grade.HARD)
    assert_sits_like(stands(store), drawn((0, Grade.HARD)))


def test_an_answer_without_any_sound_of_speech_comes_again_soon(store: Store) -> None:
    """Nothing could be measured."""
    take(store, scored=result(None, length_percent=None))
    assert_sits_like(stands(store), drawn((0, Grade.AGAIN)))


def test_an_answer_that_breaks_off_is_held_down_by_its_length(store: Store) -> None:
    """Full marks for pace do not help."""
    take(store, scored=result(100, length_percent=20))
    assert_sits_like(stands(store), drawn((0, Grade.AGAIN)))


def test_only_the_key_counts_where_no_points_are_wanted(store: Store) -> None:
    """Not for grades, and not for weak competencies."""
    number = take(store, scored=result(0))
    store.standings.leave_score_aside(number)
    assert_sits_like(stands(store), drawn((0, Grade.GOOD)))
    found = stands(store)
    assert found is not None
    assert found.quality is None
    store.standings.felt(number, Grade.EASY)
    assert_sits_like(stands(store), drawn((0, Grade.EASY)))


def test_stammering_is_never_graded_by_the_score(store: Store) -> None:
    """The method that says so leaves it to the person."""
    version = adapted(METHOD, Adaptation(stammer=True)).version
    number = take(store, scored=result(0, version=version))
    assert_sits_like(stands(store), drawn((0, Grade.GOOD)))
    store.standings.felt(number, Grade.HARD)
    assert_sits_like(stands(store), drawn((0, Grade.HARD)))


# --- what changes them ----------------------------------------------------------------------------


def test_a_standing_follows_every_change(store: Store) -> None:
    """Another take, how it felt, a result by another method: each is seen at once."""
    first = take(store, scored=result(100))
    assert_sits_like(stands(store), drawn((0, Grade.GOOD)))
    take(store, day=3, scored=result(60))
    assert_sits_like(stands(store), drawn((0, Grade.GOOD), (3, Grade.GOOD)))
    store.standings.felt(first, Grade.AGAIN)
    assert_sits_like(stands(store), drawn((0, Grade.AGAIN), (3, Grade.GOOD)))
    store.add_result(first, result(10), created_at=LATER)
    store.standings.felt(first, Grade.EASY)  # which the score of now, hard, lets count as good
    assert_sits_like(stands(store), drawn((0, Grade.GOOD), (3, Grade.GOOD)))


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM takes WHERE id = 2",
        "DELETE FROM sessions WHERE id = 2",
        "DELETE FROM results WHERE take_id = 2",
        "UPDATE takes SET felt = 3 WHERE id = 1; DELETE FROM takes WHERE id = 2",
    ],
)
def test_what_is_erased_is_forgotten(store: Store, statement: str) -> None:
    """Whoever erases it, and however."""
    take(store, scored=result(100))
    take(store, day=5, scored=result(100))
    before = stands(store)
    with closing(sqlite3.connect(store.home / DATABASE_NAME)) as other, other:
        other.execute("PRAGMA foreign_keys = ON")
        other.executescript(statement)
    assert stands(store) != before
    assert_sits_like(stands(store), drawn((0, Grade.GOOD)))


@pytest.mark.parametrize("conflict", ["", "OR IGNORE", "OR REPLACE"])
def test_takes_that_another_program_puts_in_count(store: Store, conflict: str) -> None:
    """An import says what is to happen to rows that are there already; triggers are not to mind."""
    take(store, scored=result(100))
    assert stands(store) is not None
    with closing(sqlite3.connect(store.home / DATABASE_NAME)) as other, other:
        columns = "session_id, bank_id, question_id, duration_s, audio, question"
        other.execute(
            f"INSERT {conflict} INTO takes ({columns}, uid, asked_at, felt)"  # noqa: S608 - words of this test
            f" SELECT {columns}, 'another', ?, 2 FROM takes",
            ((NOON + timedelta(days=4)).isoformat(timespec="microseconds"),),
        )
    assert_sits_like(stands(store), drawn((0, Grade.GOOD), (4, Grade.HARD)))


def test_a_database_of_before_brings_its_history(tmp_path: Path) -> None:
    """Years of practice count from the first day on."""
    names = [migration.name for migration in MIGRATIONS]
    home = tmp_path / "home"
    with Store(home) as store:
        take(store, scored=result(100))
        take(store, day=2, scored=result(100))
        expected = stands(store)
    before = tmp_path / "before.db"
    Database(before, MIGRATIONS[: names.index("0006_felt")]).close()
    with closing(sqlite3.connect(before)) as old, old:
        old.execute("ATTACH ? AS full", (str(home / DATABASE_NAME),))
        for table in ("sessions", "takes", "results", "measures"):
            columns = ", ".join(row[1] for row in old.execute(f"PRAGMA main.table_info({table})"))
            old.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM full.{table}")  # noqa: S608 - names of this test
    before.replace(home / DATABASE_NAME)
    for beside in ("-wal", "-shm"):
        (home / (DATABASE_NAME + beside)).unlink(missing_ok=True)
    with Store(home) as store:
        assert stands(store) == expected


# --- names and clocks -----------------------------------------------------------------------------


def test_history_follows_a_question_through_its_names(store: Store) -> None:
    """Renamed once, and practised under both names."""
    old = builders.question(id="old")
    renamed = builders.question(id="new", text="In other words?", aliases=("old",))
    take(store, old, scored=result(100))
    assert_sits_like(stands(store, renamed), drawn((0, Grade.GOOD)))
    take(store, renamed, day=3, scored=result(100))
    assert_sits_like(stands(store, renamed), drawn((0, Grade.GOOD), (3, Grade.GOOD)))


def test_a_question_that_is_gone_takes_nothing_with_it(store: Store) -> None:
    """Its takes stay, and nothing else stumbles over them; when it comes back, so does its history."""
    gone = builders.question(id="gone")
    take(store, gone, scored=result(100))
    take(store, scored=result(100))
    assert store.standings.of([ONE], now=LATER).keys() == {("bank", "one")}
    assert store.take_count() == 2
    assert stands(store, gone) is not None


def test_the_same_id_in_another_bank_is_another_question(store: Store) -> None:
    """History hangs on both."""
    take(store, scored=result(100))
    assert stands(store, builders.question(bank_id="other")) is None


def test_takes_from_the_future_wait_for_their_time(store: Store) -> None:
    """A clock that was wrong once makes no question rest for years; the takes are counted, so that it can be said."""
    take(store, scored=result(100))
    take(store, day=5000, scored=result(100))
    now = NOON + timedelta(days=1)
    assert_sits_like(stands(store, now=now), drawn((0, Grade.GOOD)))
    assert store.standings.from_the_future(now) == 1
    assert store.standings.from_the_future(NOON + timedelta(days=4999.5)) == 0


def test_clocks_may_differ_by_hours(store: Store) -> None:
    """A take that is a few hours ahead was given now."""
    take(store, day=0.2, scored=result(100))
    assert stands(store, now=NOON) is not None
    assert store.standings.from_the_future(NOON) == 0
