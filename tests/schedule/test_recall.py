"""What takes say of how well an answer sits: grades, intervals, and the order that does not matter."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockint.schedule.recall import RULE, Grade, Review, Standing, after_one_more, grade_of, standing_of

NOON = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)


def days(count: float) -> timedelta:
    return timedelta(days=count)


def standing(*grades: Grade, apart: float = 3.0) -> Standing:
    """How an answer sits that felt like this, one take every so many days."""
    found = standing_of(Review(asked_at=NOON + days(apart * i), felt=grade) for i, grade in enumerate(grades))
    assert found is not None
    return found


# --- grades ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("share", "length_share", "expected"),
    [
        (1.0, 1.0, Grade.GOOD),
        (0.75, 1.0, Grade.GOOD),
        (0.74, 1.0, Grade.HARD),
        (0.5, 1.0, Grade.HARD),
        (0.49, 1.0, Grade.AGAIN),
        (0.9, 0.49, Grade.HARD),
        (0.9, 0.24, Grade.AGAIN),
        (0.9, None, Grade.GOOD),
    ],
)
def test_the_score_alone_gives_again_hard_or_good(share: float, length_share: float | None, expected: Grade) -> None:
    """An answer that breaks off has few fillers, too: its length holds its grade down. "Easy" no score can tell."""
    assert grade_of(Review(asked_at=NOON, share=share, length_share=length_share)) is expected


@pytest.mark.parametrize(
    ("felt", "share", "expected"),
    [
        (Grade.AGAIN, 1.0, Grade.AGAIN),
        (Grade.HARD, 1.0, Grade.HARD),
        (Grade.EASY, 1.0, Grade.EASY),
        (Grade.EASY, 0.6, Grade.GOOD),
        (Grade.EASY, 0.2, Grade.HARD),
        (Grade.GOOD, 0.6, Grade.GOOD),
    ],
)
def test_who_was_not_content_is_believed_and_who_was_by_one_grade(felt: Grade, share: float, expected: Grade) -> None:
    """The score knows nothing of what was said; the person judges too kindly what felt fluent."""
    assert grade_of(Review(asked_at=NOON, felt=felt, share=share)) is expected


@pytest.mark.parametrize("felt", Grade)
def test_without_points_the_key_alone_counts(felt: Grade) -> None:
    """Nobody is graded by points that nobody wanted."""
    assert grade_of(Review(asked_at=NOON, felt=felt)) is felt


def test_without_points_and_without_a_key_a_take_is_good() -> None:
    """It was practised, and nothing speaks against it."""
    assert grade_of(Review(asked_at=NOON)) is Grade.GOOD


def test_silence_is_no_answer() -> None:
    """Where nobody was heard, the question comes again."""
    assert grade_of(Review(asked_at=NOON, heard=False)) is Grade.AGAIN


# --- intervals ------------------------------------------------------------------------------------


def test_nothing_asked_has_no_standing() -> None:
    """There is no interval before the first take."""
    assert standing_of([]) is None


def test_good_answers_come_ever_later_and_a_bad_one_soon() -> None:
    """Two days, then eleven; one that goes wrong comes tomorrow, or the day after where it went well before."""
    assert standing(Grade.GOOD).interval_days == 2
    assert standing(Grade.GOOD, Grade.GOOD, apart=2).interval_days == 11
    assert standing(Grade.AGAIN).interval_days == 1
    assert standing(Grade.GOOD, Grade.GOOD, Grade.AGAIN).interval_days == 2


def test_the_better_the_grade_the_longer_the_rest() -> None:
    """For one take, and for a take after others."""
    for before in ((), (Grade.GOOD,), (Grade.GOOD, Grade.HARD)):
        intervals = [standing(*before, grade).interval_days for grade in Grade]
        assert intervals == sorted(intervals)
        assert intervals[-1] > intervals[0]


def test_practice_at_about_the_same_hour_is_a_day_apart() -> None:
    """At 19:00 and at 18:30 the day after: not twice on one day."""
    reviews = [Review(asked_at=NOON), Review(asked_at=NOON + days(1) - timedelta(minutes=30))]
    in_whole_days = [Review(asked_at=NOON), Review(asked_at=NOON + days(1))]
    one, other = standing_of(reviews), standing_of(in_whole_days)
    assert one is not None
    assert other is not None
    assert (one.stability_days, one.interval_days) == (other.stability_days, other.interval_days)


def test_quality_is_that_of_the_last_takes() -> None:
    """What went wrong a month ago is past."""
    reviews = [Review(asked_at=NOON + days(i), share=share) for i, share in enumerate((0.1, 0.2, 0.6, 0.7, 0.8))]
    found = standing_of(reviews)
    assert found is not None
    assert found.quality == pytest.approx(0.7)
    assert found.quality_count == 3


REVIEWS = st.lists(
    st.builds(
        Review,
        asked_at=st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1), timezones=st.just(timezone.utc)),
        felt=st.none() | st.sampled_from(Grade),
        share=st.none() | st.floats(0, 1),
        length_share=st.none() | st.floats(0, 1),
        heard=st.booleans(),
    ),
    min_size=1,
    max_size=30,
    unique_by=lambda review: review.asked_at,
)


@given(reviews=REVIEWS, data=st.data())
def test_takes_may_come_in_any_order(reviews: list[Review], data: st.DataObject) -> None:
    """A standing can be drawn again at any time, and is the same. It never rests for less than a day, nor for ever."""
    found = standing_of(reviews)
    assert found == standing_of(data.draw(st.permutations(reviews)))
    assert found is not None
    assert 1 <= found.interval_days <= RULE.longest_interval_days
    assert 1 <= found.difficulty <= 10
    assert found.stability_days > 0


@given(grades=st.lists(st.sampled_from(Grade), min_size=2, max_size=12), gap=st.integers(1, 40))
def test_one_more_take_is_the_same_as_all_takes_anew(grades: list[Grade], gap: int) -> None:
    """What a plan reckons with is what would be drawn from the takes."""
    *before, last = grades
    reckoned = after_one_more(standing(*before, apart=gap), last, NOON + days(gap * len(before)))
    drawn = standing(*grades, apart=gap)
    assert reckoned.interval_days == drawn.interval_days
    assert reckoned.stability_days == pytest.approx(drawn.stability_days)


def test_the_clock_and_chance_are_not_asked() -> None:
    """The same takes give the same standing to the last digit."""
    assert {standing(Grade.GOOD, Grade.HARD, Grade.EASY) for _ in range(20)} == {
        standing(Grade.GOOD, Grade.HARD, Grade.EASY)
    }
