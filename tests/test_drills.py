"""Drills: which fillers are heard, when a turn is a success, how a passage is cut, and whether it shows later."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from itertools import pairwise
from typing import TYPE_CHECKING

import builders
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockint.drills.effect import comparable, effect_sentence, effect_since, filler_counts, usual_rate
from mockint.drills.pace import pace_by_second, passage_of, seconds_in_band
from mockint.drills.rule import RULE
from mockint.drills.slips import own_slips
from mockint.drills.turns import CueWatch, goal_of, in_a_row, turn_of
from mockint.model import CountInterval, Result
from mockint.progress import Labels, Origin, QuestionKey, TakePoints, Verdict, points_of, times
from mockint.scoring import METHOD, score

if TYPE_CHECKING:
    from mockint.drills.turns import Turn
    from mockint.model import Take

FIRST_DRILL = datetime(2026, 3, 10, tzinfo=timezone.utc)


def take_saying(text: str, *fillers: int, confidence: float = 1.0, **fields: object) -> Take:
    """A scored take in which the words at these places are fillers."""
    said = builders.words(text)
    delivery = builders.delivery(
        words=said,
        fillers=tuple(builders.filler(said[index], confidence=confidence) for index in fillers),
        filled_pause_count=CountInterval(count=len(fillers), at_least=0, low=0, high=len(fillers)),
    )
    result = Result(delivery=delivery, score=score(delivery, None, METHOD))
    return builders.take(result=result, **fields)


# --- hearing one's own fillers --------------------------------------------------------------------


def test_a_filler_is_heard_with_a_second_around_it() -> None:
    """And shown between the words that were said around it; the take bounds the stretch."""
    [slip] = own_slips([take_saying("so I went um to the old station then", 3)])
    assert (slip.before, slip.filler.text, slip.after) == ("so I went", "um", "to the old station")
    assert slip.clip == builders.span(0.0, slip.filler.end_s + 1.0)


def test_fillers_come_from_all_takes_in_turn() -> None:
    """The surest of each take, newest take first, then the next ones: no take is told off alone."""
    older = take_saying("um one uh two er", 0, 2, 4, id=1)
    newer = take_saying("um one", 0, id=2)
    slips = own_slips([older, newer])
    assert [(slip.take.id, slip.filler.text) for slip in slips] == [(2, "um"), (1, "um"), (1, "uh"), (1, "er")]
    assert len(own_slips([take_saying("um " * 30, *range(30))])) == RULE.most_slips


def test_takes_without_result_or_fillers_give_nothing() -> None:
    """There is nothing to hear in them."""
    assert own_slips([builders.take(), take_saying("one two three")]) == ()


# --- turns ----------------------------------------------------------------------------------------


def turns(*filler_counts: int | None, goal: float = 4.0) -> list[Turn]:
    """Turns of fifty words with so many fillers; None for one that is too short to tell."""
    takes = [
        take_saying("one two three") if count is None else take_saying("word " * 50, *range(count))
        for count in filler_counts
    ]
    return [turn_of(take, goal_of(goal)) for take in takes]


def test_a_turn_stays_below_ones_usual_rate_or_does_not() -> None:
    """Rates are those of the scoring method: fillers per 100 words, filled pauses not counted as words."""
    one, three = turns(1, 3)
    assert (one.filler_count, one.word_count, one.is_below) == (1, 49, True)
    assert one.rate == pytest.approx(100 / 49)
    assert three.is_below is False


def test_a_turn_without_fillers_is_always_a_success() -> None:
    """Also for somebody who usually has none."""
    [turn] = turns(0, goal=0.0)
    assert turn.is_below is True


def test_a_turn_of_a_few_words_tells_nothing() -> None:
    """It is neither a success nor a failure, and says why."""
    [turn] = turns(None)
    assert (turn.rate, turn.is_below) == (None, None)
    assert turn.because == "3 words are too few to tell a rate (20 are needed)."


@pytest.mark.parametrize(
    ("fillers", "row"),
    [((), 0), ((1, 0, 1), 3), ((1, 5, 0), 1), ((0, None, 0), 2), ((0, 0, 5), 0), ((None, None), 0)],
)
def test_successes_in_a_row(fillers: tuple[int | None, ...], row: int) -> None:
    """A turn that tells nothing does not break a row."""
    assert in_a_row(turns(*fillers)) == row


def test_the_goal_of_somebody_unknown() -> None:
    """What listeners do not mind; after a take, what is usual for the speaker."""
    assert (goal_of(None).per_100_words, goal_of(None).is_own) == (3.4, False)
    assert (goal_of(5.0).per_100_words, goal_of(5.0).is_own) == (5.0, True)


# --- the cue --------------------------------------------------------------------------------------


def test_a_cue_comes_at_a_new_filler_and_not_too_often() -> None:
    """Two words every twenty seconds at most; a filler that went by in between is not brought up later."""
    watch = CueWatch()
    assert watch.is_due(2.0, []) is False
    assert watch.is_due(5.0, [4.5]) is True
    assert watch.is_due(6.0, [4.5]) is False
    assert watch.is_due(12.0, [4.5, 11.0]) is False
    assert watch.is_due(26.0, [4.5, 11.0]) is False
    assert watch.is_due(27.0, [4.5, 11.0, 26.5]) is True


@given(st.lists(st.tuples(st.floats(0, 60), st.floats(0, 60)), max_size=30))
def test_cues_keep_their_distance(moments: list[tuple[float, float]]) -> None:
    """Whatever is heard whenever."""
    watch = CueWatch()
    cues = [at_s for at_s, end_s in sorted(moments) if watch.is_due(at_s, [end_s])]
    assert all(later - earlier >= RULE.cue_every_s for earlier, later in pairwise(cues))


# --- a passage ------------------------------------------------------------------------------------

TEXT = "One two three four. " * 60


@pytest.mark.parametrize("aim_wpm", [80, 125, 150, 173, 220])
def test_a_passage_lasts_about_a_minute(aim_wpm: float) -> None:
    """As many whole sentences as come nearest; how long it lasts follows from its words."""
    passage = passage_of(builders.question(text=TEXT), aim_wpm)
    assert passage.text.endswith("four.")
    assert passage.duration_s == 60 * len(passage.words) / aim_wpm
    assert abs(passage.duration_s - 60) <= 60 * 2 / aim_wpm
    assert (passage.reached(0), passage.reached(30), passage.reached(1000)) == (
        0,
        int(aim_wpm / 2),
        len(passage.words),
    )


def test_a_passage_that_is_shorter_is_read_whole() -> None:
    """There is no more of it; without full stops it is one sentence."""
    assert passage_of(builders.question(text="One two. Three."), 150).text == "One two. Three."
    assert passage_of(builders.question(text="One two three"), 150).words == ("One", "two", "three")


def test_when_a_passage_is_read_inside_the_band() -> None:
    """The time light is green between the two."""
    passage = passage_of(builders.question(text=TEXT), 150)
    quickest_s, slowest_s = seconds_in_band(passage, METHOD)
    assert quickest_s == 60 * len(passage.words) / 175
    assert slowest_s == 60 * len(passage.words) / 125


def test_pace_second_by_second() -> None:
    """Ten seconds at 200 words a minute, ten at half of that: each second begins a window of ten."""
    quick = builders.words("word " * 33)
    slow = tuple(replace(word, start_s=10 + 0.6 * i, end_s=10.3 + 0.6 * i) for i, word in enumerate(quick[:17]))
    delivery = builders.delivery(words=(*quick, *slow), answer=builders.span(0.0, 20.0))
    windows = pace_by_second(delivery)
    assert [window.start_s for window in windows] == [float(second) for second in range(11)]
    assert windows[0].words_per_minute == pytest.approx(198)
    assert windows[-1].words_per_minute == pytest.approx(102)
    assert windows[5].words_per_minute == pytest.approx(150, abs=6)


def test_a_short_reading_has_no_windows() -> None:
    """Nor one in which nobody spoke."""
    assert pace_by_second(builders.delivery(answer=builders.span(0.0, 9.9))) == ()
    assert pace_by_second(builders.delivery(answer=None)) == ()


# --- whether it shows later -----------------------------------------------------------------------


def points(rates_before: list[float], rates_since: list[float]) -> TakePoints:
    """Takes of 200 words, a day apart, with so many fillers per 100 words before the first drill and since."""
    days = [-day for day in range(len(rates_before), 0, -1)] + list(range(len(rates_since)))
    moments = [FIRST_DRILL + timedelta(days=day) for day in days]
    count = len(days)
    return TakePoints(
        take_ids=np.arange(count),
        session_ids=np.arange(count),
        asked_at=times(moments),
        questions=Labels.of([QuestionKey("bank", "one")] * count),
        competencies=Labels.of([None] * count),
        origins=Labels.of([Origin("1", "test engine 1")] * count),
        measures={
            "fillers": np.array([*rates_before, *rates_since], dtype=float),
            "pace": np.full(count, 150.0),
            "length": np.full(count, 80.0),
        },
    )


def test_half_as_many_fillers_are_a_real_change() -> None:
    """Takes before the first drill beside those since, and a sentence."""
    effect = effect_since(FIRST_DRILL, points([6.0] * 8, [3.0] * 8))
    assert effect.rate_before == pytest.approx(6.0)
    assert effect.rate_since == pytest.approx(3.0)
    assert effect_sentence(effect) == (
        "Fillers since your first drill (10 March 2026): 3.0 per 100 words, 6.0 before, a real change for the better."
    )


def test_a_little_less_is_within_noise() -> None:
    """And is called so."""
    effect = effect_since(FIRST_DRILL, points([4.0] * 6, [3.5] * 6))
    assert effect.verdict is Verdict.WITHIN_NOISE
    assert effect_sentence(effect).endswith("3.5 per 100 words, 4.0 before, within noise.")


def test_takes_that_vary_widely_prove_less() -> None:
    """The same sums are a real change where takes are alike, and noise where each is different."""
    alike = effect_since(FIRST_DRILL, points([5.0] * 6, [3.0] * 6))
    varied = effect_since(FIRST_DRILL, points([1.0, 12.0, 0.0, 11.0, 5.0, 1.0], [0.0, 9.0, 0.0, 8.0, 1.0, 0.0]))
    assert varied.rate_before == pytest.approx(alike.rate_before)
    assert varied.rate_since == pytest.approx(alike.rate_since)
    assert (alike.verdict, varied.verdict) == (Verdict.REAL_CHANGE, Verdict.WITHIN_NOISE)


@pytest.mark.parametrize(("before", "since"), [(0, 9), (4, 9), (9, 4), (9, 0), (0, 0)])
def test_with_few_takes_nothing_is_claimed(before: int, since: int) -> None:
    """Five on each side are needed; where there are none there is no rate."""
    effect = effect_since(FIRST_DRILL, points([9.0] * before, [1.0] * since))
    assert (effect.verdict, effect.p_value) == (Verdict.TOO_FEW, None)
    assert "too few takes to tell" in effect_sentence(effect)


def test_no_fillers_at_all_are_no_change() -> None:
    """Nothing divided by nothing is not asked for."""
    assert effect_since(FIRST_DRILL, points([0.0] * 5, [0.0] * 5)).verdict is Verdict.WITHIN_NOISE


def test_only_the_takes_around_the_drills_count() -> None:
    """The last ten before the first drill, and the newest ten: what was years ago says nothing of it."""
    effect = effect_since(FIRST_DRILL, points([20.0] * 50 + [5.0] * 10, [9.0] * 50 + [5.0] * 10))
    assert effect.rate_before == pytest.approx(5.0)
    assert effect.rate_since == pytest.approx(5.0)


def test_counts_come_from_the_measures_of_takes() -> None:
    """Words are the pace times the length; takes by another engine, and unmeasured ones, are left out."""
    takes = [
        take_saying("word " * 60, 0, 1, 2, id=number, asked_at=FIRST_DRILL + timedelta(days=number))
        for number in range(1, 4)
    ]
    foreign = replace(takes[0].result.delivery, engine="another") if takes[0].result else None
    assert foreign is not None
    other = builders.take(id=9, asked_at=FIRST_DRILL, result=Result(delivery=foreign, score=score(foreign, None)))
    short = take_saying("one two three", id=10, asked_at=FIRST_DRILL + timedelta(days=2, hours=1))
    unmeasured = take_saying("one two", id=11, asked_at=FIRST_DRILL + timedelta(days=9))
    same = comparable(points_of([takes[2], other, short, unmeasured, *takes[:2]]))
    assert same.take_ids.tolist() == [1, 2, 3]
    assert [count.filler_count for count in filler_counts(same)] == pytest.approx([3 * 210 / 57] * 3)
    assert usual_rate(same) == pytest.approx(100 * 3 / 57)
    assert filler_counts(comparable(points_of([]))) == ()
    assert usual_rate(points_of([])) is None
