"""How delivery moves: sessions, trends, verdicts, own bands, competencies, and the words for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import builders
import numpy as np
import pytest
from histories import FILLERS, PACE, START, history, take
from hypothesis import given
from hypothesis import strategies as st

from mockint.model import Band, Result
from mockint.progress import (
    Direction,
    Measure,
    Progress,
    ProgressRule,
    QuestionKey,
    Series,
    Verdict,
    left_out,
    own_bands,
    progress_of,
    what_changed,
)
from mockint.scoring import score

if TYPE_CHECKING:
    from collections.abc import Sequence


def fillers_of(values: Sequence[float]) -> Series:
    """Return the series of one take a session."""
    points = [take(session, fillers=value) for session, value in enumerate(values)]
    return progress_of(history(points), [FILLERS]).trends[0].current


# --- verdicts -------------------------------------------------------------------------------------


def test_steady_fall_over_eight_sessions_is_real() -> None:
    """Eight sessions that fall one by one are a real change, and fewer fillers are better."""
    series = fillers_of([9, 8, 7, 6, 5, 4, 3, 2])
    assert (series.verdict, series.direction) == (Verdict.REAL_CHANGE, Direction.BETTER)
    assert (series.first, series.last) == (8, 3)
    assert series.slope is not None
    assert series.slope.per_step == -1


def test_up_and_down_is_noise() -> None:
    """A last session that is better than the first is no change when those between go both ways."""
    assert fillers_of([6, 3, 8, 2, 7, 4, 9, 5]).verdict is Verdict.WITHIN_NOISE


def test_nothing_at_all_is_noise() -> None:
    """Sessions without any filler have not changed."""
    series = fillers_of([0, 0, 0, 0, 0, 0])
    assert (series.verdict, series.direction) == (Verdict.WITHIN_NOISE, Direction.NEITHER)


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_too_few_sessions_to_tell(count: int) -> None:
    """Below five sessions not even a perfect order could be told from luck."""
    series = fillers_of(list(range(count)))
    assert (series.verdict, series.p_value) == (Verdict.TOO_FEW, None)


def test_many_takes_in_few_sessions_are_still_few() -> None:
    """Takes of one session are alike: thirty of them in two sessions tell nothing about a trend."""
    points = [take(session, number=n, fillers=9.0 - 5 * session - n / 10) for session in (0, 1) for n in range(15)]
    assert progress_of(history(points), [FILLERS]).trends[0].current.verdict is Verdict.TOO_FEW


def test_session_counts_once_as_its_median() -> None:
    """One odd take does not move its session."""
    points = [take(0, number=n, fillers=value) for n, value in enumerate([4.0, 5.0, 60.0])]
    [point] = progress_of(history(points), [FILLERS]).trends[0].current.points
    assert (point.value, point.take_count, point.session_count) == (5.0, 3, 1)


def test_sessions_that_overlap_in_time_stay_whole() -> None:
    """A session counts once, even where another one was held in between."""
    points = [replace(take(0, number=n, fillers=5.0), session_id=n % 2) for n in range(12)]
    assert [point.take_count for point in progress_of(history(points), [FILLERS]).trends[0].current.points] == [6, 6]


@given(
    steps=st.lists(st.floats(0.01, 10), min_size=4, max_size=30),
    sign=st.sampled_from([-1, 1]),
)
def test_series_that_only_rises_or_only_falls_is_real(steps: list[float], sign: int) -> None:
    """From five sessions on, every monotone series is a real change."""
    values = [100.0]
    for step in steps:
        values.append(values[-1] + sign * step)
    assert fillers_of(values).verdict is Verdict.REAL_CHANGE


@pytest.mark.parametrize(("session_count", "takes_each"), [(5, 1), (8, 3), (12, 1), (20, 4)])
def test_noise_is_seldom_called_real(session_count: int, takes_each: int) -> None:
    """Of 500 histories without any trend, in which sessions differ by mood, about one in twenty is called real."""
    chance = np.random.default_rng(session_count)
    alarms = 0
    for _ in range(500):
        moods = [chance.normal(5, 2) for _ in range(session_count)]
        points = [
            take(session, number=n, fillers=chance.normal(mood, 1))
            for session, mood in enumerate(moods)
            for n in range(takes_each)
        ]
        alarms += progress_of(history(points), [FILLERS]).trends[0].current.verdict is Verdict.REAL_CHANGE
    assert alarms <= 37  # 25 expected; 37 is its 99th percentile


# --- what is compared -----------------------------------------------------------------------------


def test_methods_and_engines_are_never_on_one_line() -> None:
    """A fall that comes with another engine is no fall; the engine used last comes last."""
    old = [take(session, fillers=9, engine="moonshine") for session in range(4)]
    new = [take(session, fillers=2) for session in range(4, 8)]
    newer = [take(session, fillers=1, method="2") for session in range(8, 10)]
    [trend] = progress_of(history([*newer, *old, *new]), [FILLERS]).trends
    assert [(s.engine, s.method_version, s.take_count) for s in trend.series] == [
        ("moonshine", "1", 4),
        ("whisper", "1", 4),
        ("whisper", "2", 2),
    ]
    assert {series.verdict for series in trend.series} == {Verdict.TOO_FEW}
    assert trend.current.engine == "whisper"


def test_what_could_not_be_measured_is_left_out() -> None:
    """A take without a figure is no zero, and a measure without any figure has no trend."""
    points = [take(0, fillers=4.0), take(1, fillers=None), take(2, fillers=6.0)]
    progress = progress_of(history(points), [FILLERS, PACE])
    assert [trend.measure.name for trend in progress.trends] == ["fillers"]
    assert [point.value for point in progress.trends[0].current.points] == [4.0, 6.0]
    assert (progress.take_count, progress.session_count) == (3, 3)


def test_no_takes() -> None:
    """Before the first take there is nothing to tell."""
    nothing = Progress(take_count=0, session_count=0, trends=(), competencies=(), questions=())
    assert progress_of(history([]), [FILLERS, PACE]) == nothing
    assert what_changed(nothing) == ()


@given(order=st.permutations(range(9)))
def test_order_of_the_takes_does_not_matter(order: list[int]) -> None:
    """Progress goes by when the takes were asked."""
    points = [take(session, fillers=session % 4, pace=120 + session, competency="teamwork") for session in range(9)]
    mixed = [points[i] for i in order]
    assert progress_of(history(mixed), [FILLERS, PACE]) == progress_of(history(points), [FILLERS, PACE])


def test_many_sessions_are_merged_and_keep_their_trend() -> None:
    """Beyond the limit, neighbouring sessions become one point; the slope still is that of one session."""
    rule = ProgressRule(most_points=10)
    points = [take(session, fillers=float(session)) for session in range(35)]
    series = progress_of(history(points), [FILLERS], rule).trends[0].current
    assert [point.session_count for point in series.points] == [4, 4, 4, 4, 4, 4, 4, 4, 3]
    assert series.session_count == 35
    assert series.slope is not None
    assert series.slope.per_step == pytest.approx(1.0)


# --- the band -------------------------------------------------------------------------------------


def test_best_with_one_open_end_is_the_extreme() -> None:
    """Of fillers, the fewest; of two equal takes, the first."""
    best = fillers_of([4, 1, 6, 1]).best
    assert best is not None
    assert (best.value, best.take_id) == (1, 100)


def test_best_within_two_ends_is_the_nearest_to_the_middle() -> None:
    """Of paces, the one nearest to the middle of the band, not the fastest."""
    points = [take(session, pace=pace) for session, pace in enumerate([90.0, 148.0, 210.0])]
    best = progress_of(history(points), [PACE]).trends[0].current.best
    assert best is not None
    assert best.value == 148.0


@pytest.mark.parametrize(
    ("paces", "expected"),
    [
        ([90, 95, 100, 105, 110, 115], Direction.BETTER),
        ([210, 205, 200, 195, 190, 180], Direction.BETTER),
        ([150, 160, 170, 180, 190, 200], Direction.WORSE),
        ([130, 135, 140, 150, 160, 170], Direction.NEITHER),
    ],
)
def test_direction_is_seen_from_the_band(paces: list[float], expected: Direction) -> None:
    """Nearer to the band is better, further is worse, and inside it faster is neither."""
    points = [take(session, pace=pace) for session, pace in enumerate(paces)]
    assert progress_of(history(points), [PACE]).trends[0].current.direction is expected


def test_own_band_after_three_sessions() -> None:
    """What is usual for a speaker is half of the own takes around their median."""
    assert fillers_of([4, 6]).own_band is None
    own = fillers_of([4, 6, 5, 9, 1]).own_band
    assert own is not None
    assert (own.low, own.median, own.high, own.take_count) == (4, 5, 6, 5)


def test_own_band_follows_the_last_ten_sessions() -> None:
    """What was usual long ago does not count any more."""
    own = fillers_of([50.0] * 20 + [2.0] * 10).own_band
    assert own is not None
    assert (own.low, own.high) == (2, 2)


def test_own_bands_are_of_one_method_and_engine() -> None:
    """What is usual is told by takes that were measured alike; a measure with too few sessions is left out."""
    alike = [take(session, pace=pace, fillers=3.0 if session else None) for session, pace in enumerate([130, 140, 150])]
    others = [take(session, pace=90, method="1+a3f9c2") for session in range(3, 9)]
    spoken = builders.delivery(engine="whisper")
    bands = own_bands(history([*others, *alike]), like=Result(delivery=spoken, score=score(spoken, None)))
    assert {name: (own.low, own.median, own.high) for name, own in bands.items()} == {"pace": (135, 140, 145)}


# --- competencies ---------------------------------------------------------------------------------


def test_competencies_are_summed_up_one_by_one() -> None:
    """Each has its medians and the share of its takes inside the band, by the newest method and engine alone."""
    points = [
        take(0, fillers=40, competency="teamwork", engine="old"),
        take(1, fillers=2, competency="teamwork"),
        take(2, fillers=6, competency="teamwork"),
        take(3, fillers=3, competency="learning"),
        take(4, fillers=3),
    ]
    learning, teamwork = progress_of(history(points), [FILLERS, PACE]).competencies
    assert (learning.key, learning.medians, learning.in_band_shares) == (
        "learning",
        {"fillers": 3},
        {"fillers": 1},
    )
    assert (teamwork.key, teamwork.medians, teamwork.in_band_shares) == (
        "teamwork",
        {"fillers": 4},
        {"fillers": 0.5},
    )
    assert (teamwork.take_count, teamwork.last_asked_at) == (2, START + timedelta(days=2))


# --- words ----------------------------------------------------------------------------------------


def test_words_for_each_verdict() -> None:
    """A sentence says from where to where, over how many sessions, and whether to believe it."""
    falling = [take(session, fillers=9.0 - session, pace=140.0 + session % 2) for session in range(6)]
    fillers, pace = what_changed(progress_of(history(falling), [FILLERS, PACE]))
    moved = "Fillers: 8.0 to 5.0 per 100 words over 6 sessions, a real change, for the better"
    assert fillers == f"{moved}; -1.0 a session (likely -1.0 to -1.0)."
    assert pace == "Pace: 140 to 141 words/min over 6 sessions, within noise."
    assert what_changed(progress_of(history(falling[:1]), [FILLERS])) == (
        "Fillers: too few sessions to tell (1 of the 5 that it takes).",
    )


def test_words_for_takes_that_are_not_compared() -> None:
    """Takes of another engine are counted, so that nobody wonders where they went."""
    points = [take(0, fillers=9, engine="old"), take(1, fillers=2)]
    assert left_out(progress_of(history(points), [FILLERS])) == (
        "Measured by another method or engine, so not compared: 1 take."
    )
    assert left_out(progress_of(history(points[:1]), [FILLERS])) is None


def test_a_measure_without_an_aim_has_neither_best_nor_share() -> None:
    """Where nothing is aimed at, nothing is better or worse; it moves all the same."""
    pace = Measure(name="pace", unit="words/min", band=Band(low=None, high=None))
    points = [take(session, pace=100.0 + session, competency="teamwork") for session in range(6)]
    progress = progress_of(history(points), [pace])
    series = progress.trends[0].current
    assert (series.best, series.verdict, series.direction) == (None, Verdict.REAL_CHANGE, Direction.NEITHER)
    assert (progress.competencies[0].medians, progress.competencies[0].in_band_shares) == ({"pace": 102.5}, {})


# --- questions ------------------------------------------------------------------------------------


def test_questions_come_in_the_order_in_which_they_were_asked_last() -> None:
    """Each with its own takes."""
    points = [take(0, fillers=4, question="why"), take(1, fillers=2, question="who"), take(2, fillers=6)]
    assert [(each.key.question_id, each.take_count) for each in progress_of(history(points), [FILLERS]).questions] == [
        ("who", 1),
        ("why", 2),
    ]


def test_a_renamed_question_keeps_its_takes() -> None:
    """Those under its former name count as its own."""
    points = history([take(0, fillers=4, question="old"), take(1, fillers=2, question="new"), take(2, fillers=6)])
    present = points.renamed({QuestionKey("starter", "old"): QuestionKey("starter", "new")})
    assert [(each.key.question_id, each.take_count) for each in progress_of(present, [FILLERS]).questions] == [
        ("new", 2),
        ("why", 1),
    ]
