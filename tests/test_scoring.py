"""How delivery becomes a score."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import delivery, filler, question, span, words
from hypothesis import given
from hypothesis import strategies as st

from mockint.model import CountInterval, Delivery, FillerKind, Pace, PaceWindow, Result, ScorePart
from mockint.scoring import METHOD, at, score, ungraded


def part(name: str, spoken: Delivery, **asked: object) -> ScorePart:
    [found] = [part for part in score(spoken, question(**asked)).parts if part.name == name]
    return found


def paced(wpm: float | None) -> Delivery:
    return delivery(pace=Pace(words_per_minute=wpm, articulation_rate_syll_per_s=None, phonation_time_ratio=None))


def with_filled_pauses(count: int, word_count: int = 200) -> Delivery:
    said = words("um " * count + "word " * word_count)
    interval = CountInterval(count=count, at_least=count, low=count, high=count + 2)
    return delivery(words=said, fillers=tuple(filler(word) for word in said[:count]), filled_pause_count=interval)


def test_a_flawless_answer_earns_all_points() -> None:
    """140 words a minute, no filler, no long pause, 1:30: nothing to take off."""
    result = score(delivery(), question())
    assert sum(part.points or 0 for part in result.parts) == 100
    assert result.focus is None


@pytest.mark.parametrize(("wpm", "points"), [(100, 0.65 * 30), (125, 30), (175, 30), (195, 0.8 * 30), (300, 0.4 * 30)])
def test_pace_earns_what_its_curve_says(wpm: float, points: float) -> None:
    """Flat between 125 and 175, steep below, shallow above."""
    assert part("pace", paced(wpm)).points == pytest.approx(points)


def test_the_pace_interval_is_as_wide_as_the_word_count_is_uncertain() -> None:
    """5 % of the words may be wrong, so 5 % of the pace may be."""
    pace = part("pace", paced(150))
    assert (pace.low, pace.value, pace.high) == pytest.approx((142.5, 150, 157.5))


def test_fillers_are_counted_per_100_plain_words() -> None:
    """A filled pause is not itself a word: 10 in 200 words are 5 per 100."""
    assert part("fillers", with_filled_pauses(10)).value == pytest.approx(5)


def test_a_few_fillers_cost_nothing() -> None:
    """Up to 3.4 per 100 words (5 a minute) listeners do not mind."""
    assert part("fillers", with_filled_pauses(6)).points == METHOD.filler_points


def test_the_filler_interval_reaches_as_far_as_the_count() -> None:
    """What may have been missed is in the interval, not in the value."""
    fillers = part("fillers", with_filled_pauses(10))
    assert (fillers.low, fillers.high) == pytest.approx((5, 6))


def test_an_ambiguous_marker_weighs_half() -> None:
    """A "like" that may be doing work counts half; one that surely is not counts in full."""
    said = words("like " * 2 + "word " * 98)
    sure = filler(said[0], FillerKind.DISCOURSE_MARKER, confidence=0.9)
    unsure = filler(said[1], FillerKind.DISCOURSE_MARKER, confidence=0.6)
    assert part("fillers", delivery(words=said, fillers=(sure, unsure))).value == pytest.approx(1.5)


def test_fillers_quote_the_speaker() -> None:
    """The reason names a place in the answer, in the speaker's own words."""
    said = words("so I went um to the " + "word " * 60)
    spoken = delivery(
        words=said, fillers=(filler(said[3]),), filled_pause_count=CountInterval(count=1, at_least=1, low=1, high=1)
    )
    assert 'At 0:00: "I went um to the".' in part("fillers", spoken).because


@pytest.mark.parametrize("name", ["pace", "fillers"])
def test_too_few_words_give_no_rate(name: str) -> None:
    """One um in three words is not 33 per 100, and three words in half a second are not 360 a minute."""
    rate = part(name, with_filled_pauses(1, word_count=3))
    assert (rate.points, rate.value) == (None, None)
    assert "too few" in rate.because


def test_where_only_words_were_heard_no_count_of_sounds_is_made_up() -> None:
    """At least 0, likely 0: that would say nothing."""
    said = words("like " + "word " * 60)
    spoken = delivery(words=said, fillers=(filler(said[0], FillerKind.DISCOURSE_MARKER),))
    assert part("fillers", spoken).because.startswith("um and uh: none heard; like, so, you know and such: 1;")


def test_the_fastest_stretch_and_the_ending_are_quoted() -> None:
    """So that the speaker knows where to listen."""
    said = (*words("slow " * 20), *words("then we ran, and " + "on " * 30 + "it worked.", start_s=30))
    windows = (PaceWindow(start_s=0, words_per_minute=40), PaceWindow(start_s=30, words_per_minute=180))
    spoken = delivery(words=said, answer=span(0, 45), pace=replace(paced(110).pace, windows=windows))
    assert part("pace", spoken).because.endswith('Slowest from 0:00 (40), fastest from 0:30 (180): "then we ran, and".')
    assert part("length", spoken).because.endswith('You ended at 0:45: "on on it worked".')


def test_without_a_transcript_nothing_about_words_is_claimed() -> None:
    """No words known is not the same as no fillers."""
    spoken = delivery(
        words=(),
        words_known=False,
        filled_pause_count=None,
        pace=Pace(words_per_minute=None, articulation_rate_syll_per_s=None, phonation_time_ratio=0.7),
        caveats=("There is no transcript: the recogniser failed.",),
    )
    unmeasured = [part.name for part in score(spoken, question()).parts if part.points is None]
    assert unmeasured == ["pace", "fillers"]
    assert "the recogniser failed" in part("pace", spoken).because


def test_silence_earns_no_points_and_loses_none() -> None:
    """Where nobody spoke there is nothing to score."""
    silent = delivery(
        answer=None,
        words=(),
        words_known=False,
        filled_pause_count=None,
        pace=Pace(words_per_minute=None, articulation_rate_syll_per_s=None, phonation_time_ratio=None),
        caveats=("There is no transcript: no speech was heard.",),
    )
    assert [part.points for part in score(silent, question()).parts] == [None] * 4


def test_only_pauses_of_two_seconds_count_as_long() -> None:
    """Short pauses are part of speaking well."""
    short = delivery(pauses=(span(10, 11.9),))
    long = delivery(pauses=(span(10, 12.1),))
    assert (part("long pauses", short).value, part("long pauses", long).value) == pytest.approx((0, 60 / 90))


def test_the_longest_pause_is_named_with_the_words_before_it() -> None:
    """The reason tells where the silence was."""
    said = (*words("and then we decided"), *words("to go " + "on " * 60, start_s=5))
    spoken = delivery(words=said, pauses=(span(1.2, 5),))
    assert 'the longest, 3.8 s, at 0:01, after "and then we decided".' in part("long pauses", spoken).because


@pytest.mark.parametrize(
    ("answer_s", "limit_s", "points"),
    [(10, None, 0), (60, None, 20), (120, None, 20), (180, None, 14), (240, None, 8), (45, 60, 20), (20, 30, 20)],
)
def test_length_is_judged_by_the_questions_own_window(answer_s: float, limit_s: float | None, points: float) -> None:
    """1:00-2:00 where the question names no limit; else from half the limit (at most a minute) up to it."""
    spoken = delivery(answer=span(0, answer_s))
    assert part("length", spoken, time_limit_s=limit_s).points == pytest.approx(points)


def test_the_strength_quotes_the_longest_fluent_run() -> None:
    """The run is broken by fillers and pauses; its first and last words are quoted."""
    said = words("um we moved the whole release to Friday and told everybody why um yes")
    fillers = (filler(said[0]), filler(said[12]))
    strength = score(delivery(words=said, fillers=fillers), question()).strength
    assert strength == 'Fluent for 11 words at 0:00: "we moved the ... told everybody why".'


def test_what_was_said_twice_is_not_called_fluent() -> None:
    """A repeat breaks the run, as a filler does."""
    said = words("we moved we moved the whole release to Friday and told everybody why")
    strength = score(delivery(words=said, repeats=(span(0.0, 1.2),)), question()).strength
    assert strength == 'Fluent for 9 words at 0:01: "the whole release ... told everybody why".'


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=30), min_size=8, max_size=20))
def test_the_strength_fits_its_line_and_never_ends_within_a_quote(spoken: list[str]) -> None:
    """However long the words are: fewer of them are quoted, in the end none."""
    strength = score(delivery(words=words(" ".join(spoken))), question()).strength
    assert strength is not None
    assert len(strength) <= METHOD.sentence_cells
    assert strength.count('"') in {0, 2}
    assert strength.endswith(".")


def test_without_a_fluent_run_the_best_part_is_the_strength() -> None:
    """Its value and its aim, in one line."""
    said = words("um we did it " * 7)
    fillers = tuple(map(filler, said[::4]))
    strength = score(delivery(words=said, fillers=fillers), question()).strength
    assert strength == "Pace: 140 words/min, and the aim is 125-175."


def test_a_part_that_nearly_reached_its_aim_is_not_said_to_have_reached_it() -> None:
    """It is the best there was all the same."""
    said = words("um we did it " * 7)
    spoken = delivery(words=said, fillers=tuple(map(filler, said[::4])))
    fast = replace(spoken, pace=replace(spoken.pace, words_per_minute=180.0))
    by_pace_alone = replace(METHOD, filler_points=0.0, long_pause_points=0.0, length_points=0.0)
    assert score(fast, question(), by_pace_alone).strength == "Pace: 180 words/min, near the aim of 125-175."


def test_the_focus_is_the_part_that_lost_most_with_a_goal_in_numbers() -> None:
    """One focus only, and one can tell afterwards whether it was reached."""
    assert score(with_filled_pauses(20), question()).focus == (
        'Pause instead of "um" (20 of 20 fillers): at most 6 at this length.'
    )


def test_what_reaches_its_aim_is_no_focus() -> None:
    """One long pause in 90 s leaves a point to win, and nothing to work on."""
    scored = score(delivery(pauses=(span(10, 12.5),)), question())
    assert sum(part.points or 0 for part in scored.parts) < 100
    assert scored.focus is None


def test_the_goal_for_pauses_is_a_number_of_pauses() -> None:
    """As many as the aim allows in an answer of this length."""
    pauses = (span(10, 13), span(20, 23), span(30, 33))
    assert score(delivery(pauses=pauses), question()).focus == (
        "Keep pauses under 2 s: at most 1 longer at this length (3 here)."
    )


def test_the_same_filler_is_counted_once_whatever_its_punctuation() -> None:
    """With a comma or a capital it is one habit all the same."""
    said = words("Like, like um " + "word " * 30)
    markers = [filler(word, FillerKind.DISCOURSE_MARKER) for word in said[:2]]
    focus = score(delivery(words=said, fillers=(*markers, filler(said[2]))), question()).focus
    assert focus == 'Pause instead of "like" (2 of 3 fillers): at most 1 at this length.'


def test_a_part_that_is_worth_nothing_is_measured_all_the_same() -> None:
    """Whoever gives a part no points still sees its value; it is neither strength nor focus."""
    scored = score(delivery(answer=span(0, 5)), question(), replace(METHOD, length_points=0.0))
    assert (scored.parts[-1].points, scored.parts[-1].value, scored.focus) == (0, 5, None)


def test_ungraded_keeps_measures_bands_and_reasons() -> None:
    """For those who want no grade, only the points go."""
    graded = Result(delivery=delivery(), score=score(delivery(), question()))
    shown = ungraded(graded)
    assert [part.points for part in shown.score.parts] == [None] * 4
    assert [replace(part, points=None) for part in graded.score.parts] == list(shown.score.parts)
    assert (shown.delivery, shown.score.strength) == (graded.delivery, graded.score.strength)


def test_the_method_is_named_on_the_score() -> None:
    """A score without its method could not be compared with another."""
    assert score(delivery(), question()).method_version == METHOD.version


@given(st.floats(0, 400))
def test_points_stay_within_their_bounds(wpm: float) -> None:
    """No pace earns less than nothing or more than all."""
    pace = part("pace", paced(wpm))
    assert pace.points is not None
    assert 0 <= pace.points <= pace.max_points


@given(st.floats(-10, 500))
def test_a_curve_never_leaves_the_heights_of_its_points(value: float) -> None:
    """Straight lines between, flat beyond the ends."""
    assert 20 <= at(METHOD.pace_wpm, value) <= 100
