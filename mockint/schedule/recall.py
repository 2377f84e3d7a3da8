"""How well the answer to a question sits, told by all its takes, and after how many days it should be given again.

The arithmetic is that of FSRS (the package fsrs), with the parameters that it learned from flashcards: nobody has
published any for spoken answers. One review is one take. Its grade comes from the score and from what the person says:

- The score tells how an answer was spoken, not what was in it. So it never says "easy", and a person who was not
  content is always believed.
- A person who was content is believed one grade beyond the score: what feels fluent is judged too kindly (Bjork,
  Dunlosky & Kornell 2013, "Self-regulated learning: beliefs, techniques, and illusions").
- Where no points are wanted, the person's key alone counts; without it the take counts as good.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fsrs import Card, Scheduler


class Grade(IntEnum):
    """How an answer went. The numbers are those of FSRS."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallRule:
    """Every number that a grade and an interval rest on. Change one, and the version must change with it."""

    version: str = "1"
    """Stored with what was drawn from the takes, so that it is drawn anew by another rule."""

    hard_from_share: float = 0.5
    """With less than half of the points, most measures lie where listeners take offence (see scoring.METHOD)."""
    good_from_share: float = 0.75
    """No more is lost than one whole measure is worth."""
    again_below_length: float = 0.25
    hard_below_length: float = 0.5
    """Shares of the points for length alone: an answer that breaks off after a few words has few fillers, too."""
    quality_of: tuple[float, float, float, float] = (0.25, 0.5, 0.8, 1.0)
    """What again, hard, good and easy stand for beside shares of points: the middle of each range, nearly."""
    recent_takes: int = 3
    """The quality of an answer is that of its last so many takes."""

    desired_recall: float = 0.9
    """When the chance to answer as well as last time falls to this, it is due: the default of FSRS."""
    longest_interval_days: int = 60
    """Interviews come at short notice: nothing rests longer than two months."""


RULE = RecallRule()


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What one take says. `share` and `length_share` are of the points that could be had, 0..1."""

    asked_at: datetime
    felt: Grade | None = None
    """How it felt, where the person said so."""
    share: float | None = None
    """None where no points are wanted, and where nothing could be measured."""
    length_share: float | None = None
    heard: bool = True
    """False where the take was scored, and nobody was heard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How well the answer to one question sits."""

    last_asked_at: datetime
    interval_days: int
    """So long after `last_asked_at` it is due, were nothing else known."""
    stability_days: float
    difficulty: float
    """Stability and difficulty as FSRS defines them; difficulty is 1..10."""
    quality: float | None
    """How well the last takes went, 0..1; None where nothing tells."""
    quality_count: int
    """How many takes tell it."""


def grade_of(review: Review, rule: RecallRule = RULE) -> Grade:
    """Grade one take."""
    scored = _grade_of_score(review, rule)
    if review.felt is None:
        return scored or Grade.GOOD
    if scored is None:
        return review.felt
    return min(review.felt, Grade(min(scored + 1, Grade.EASY)))


def quality_of(review: Review, rule: RecallRule = RULE) -> float | None:
    """How well one take went, 0..1: its share of the points, else what the person says; None where nothing tells."""
    if review.share is not None:
        return review.share
    return None if review.felt is None else rule.quality_of[review.felt - 1]


def standing_of(reviews: Iterable[Review], rule: RecallRule = RULE) -> Standing | None:
    """Return how an answer sits after all its takes, in whatever order they come; None where there are none."""
    from fsrs import Rating

    in_order = sorted(reviews, key=lambda review: review.asked_at)
    if not in_order:
        return None
    card, at = _new_card(), _DAY_ZERO
    before = in_order[0].asked_at
    for review in in_order:
        # Whole days, rounded: practice at 19:00 and at 18:30 the day after is one day apart, not none.
        at += timedelta(days=round((review.asked_at - before) / timedelta(days=1)))
        before = review.asked_at
        card, _ = _scheduler(rule).review_card(card, Rating(grade_of(review, rule)), at)
    known = [quality for review in in_order if (quality := quality_of(review, rule)) is not None][-rule.recent_takes :]
    quality = sum(known) / len(known) if known else None
    return _standing(card, at, last_asked_at=before, quality=quality, quality_count=len(known))


def after_one_more(standing: Standing | None, grade: Grade, at: datetime, rule: RecallRule = RULE) -> Standing:
    """Return how an answer would sit after one more take: what a plan reckons with."""
    from fsrs import Rating, State

    card, elapsed_days = _new_card(), 0
    if standing is not None:
        card.state, card.step, card.last_review = State.Review, None, _DAY_ZERO
        card.stability, card.difficulty = standing.stability_days, standing.difficulty
        elapsed_days = round((at - standing.last_asked_at) / timedelta(days=1))
    reviewed_at = _DAY_ZERO + timedelta(days=elapsed_days)
    card, _ = _scheduler(rule).review_card(card, Rating(grade), reviewed_at)
    return _standing(
        card,
        reviewed_at,
        last_asked_at=at,
        quality=None if standing is None else standing.quality,
        quality_count=0 if standing is None else standing.quality_count,
    )


def _grade_of_score(review: Review, rule: RecallRule) -> Grade | None:
    if not review.heard:
        return Grade.AGAIN
    if review.share is None:
        return None
    length = 1.0 if review.length_share is None else review.length_share
    if review.share < rule.hard_from_share or length < rule.again_below_length:
        return Grade.AGAIN
    if review.share < rule.good_from_share or length < rule.hard_below_length:
        return Grade.HARD
    return Grade.GOOD


# --- FSRS -----------------------------------------------------------------------------------------

_DAY_ZERO = datetime(2000, 1, 1, tzinfo=timezone.utc)
"""Only the days between reviews count, so any day will do as the first."""


@cache
def _scheduler(rule: RecallRule) -> Scheduler:
    """Without steps of minutes, for an answer is practised once a day; without fuzz, for it asks for chance."""
    from fsrs import Scheduler

    return Scheduler(
        desired_retention=rule.desired_recall,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=rule.longest_interval_days,
        enable_fuzzing=False,
    )


def _new_card() -> Card:
    from fsrs import Card

    return Card(card_id=0, due=_DAY_ZERO)  # left to itself, it would look at the clock for both


def _standing(
    card: Card, reviewed_at: datetime, *, last_asked_at: datetime, quality: float | None, quality_count: int
) -> Standing:
    if card.stability is None or card.difficulty is None:
        raise AssertionError("a card that was reviewed has both")
    return Standing(
        last_asked_at=last_asked_at,
        interval_days=(card.due - reviewed_at).days,
        stability_days=card.stability,
        difficulty=card.difficulty,
        quality=quality,
        quality_count=quality_count,
    )
