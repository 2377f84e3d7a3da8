"""How fast the speaker spoke."""

from __future__ import annotations

import pytest
from builders import WORD_S, span, words

from mockint.delivery.pace import PaceSettings, measure_pace
from mockint.delivery.syllables import count_syllables
from mockint.model import Pace, PaceWindow


def test_words_per_minute_are_over_the_whole_answer() -> None:
    """Thirty words in an answer of 12 s with 3 s of pauses: 150 a minute."""
    pace = measure_pace(span(2, 14), words("word " * 30, start_s=2), [span(5, 8)])
    assert pace.words_per_minute == 150


def test_articulation_rate_is_over_phonation_time() -> None:
    """The same thirty syllables over the 9 s that were sound."""
    pace = measure_pace(span(2, 14), words("word " * 30, start_s=2), [span(5, 8)])
    assert pace.articulation_rate_syll_per_s == pytest.approx(30 / 9)
    assert pace.phonation_time_ratio == 0.75


def test_filled_pauses_are_no_words_but_their_syllables_are_spoken() -> None:
    """Um counts for how fast the mouth moves, and not for how fast the answer comes across."""
    pace = measure_pace(span(0, 6), words("Um, I uhhh did it"), [])
    assert pace.words_per_minute == 30
    assert pace.articulation_rate_syll_per_s == pytest.approx(5 / 6)


def test_discourse_markers_are_words() -> None:
    """Like and you know are counted as everything else that is said."""
    assert measure_pace(span(0, 60), words("I, like, you know, did it"), []).words_per_minute == 6


@pytest.mark.parametrize("spoken", [None, ()])
def test_without_words_only_the_share_of_sound_is_known(spoken: tuple[()] | None) -> None:
    """No transcript: no rate, and never 0."""
    assert measure_pace(span(0, 10), spoken, [span(4, 6)]) == Pace(
        words_per_minute=None, articulation_rate_syll_per_s=None, phonation_time_ratio=0.8
    )


def test_an_answer_without_length_has_no_pace() -> None:
    """Nothing is divided by nothing."""
    assert measure_pace(span(1, 1), words("word"), []).words_per_minute is None


def test_windows_of_half_a_minute_tell_where_the_speaker_sped_up() -> None:
    """One window for each 30 s; a last one of less than 10 s is left out."""
    slow = words("word " * 30, start_s=0)  # 9 s of 30
    fast = words("word " * 100, start_s=30)  # 30 s of 30
    rest = words("word " * 10, start_s=60)  # 3 s of 5
    assert measure_pace(span(0, 65), (*slow, *fast, *rest), []).windows == (
        PaceWindow(start_s=0, words_per_minute=60),
        PaceWindow(start_s=30, words_per_minute=200),
    )


def test_a_last_window_is_over_its_own_length() -> None:
    """Twenty words in 12 s are 100 a minute, not 40."""
    pace = measure_pace(span(0, 12), words("word " * 20), [], PaceSettings(window_s=30))
    assert pace.windows == (PaceWindow(start_s=0, words_per_minute=100),)


def test_one_window_over_the_whole_answer_has_its_pace() -> None:
    """Word times are a little off: a word that lies beside the answer is in the window beside it."""
    pace = measure_pace(span(2, 14), words("word " * 45, start_s=1), [])
    assert [window.words_per_minute for window in pace.windows] == [pace.words_per_minute]


def test_the_builder_speaks_200_words_a_minute() -> None:
    """What the other tests rest on."""
    assert measure_pace(span(0, 100 * WORD_S), words("word " * 100), []).words_per_minute == pytest.approx(200)


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("I", 1), ("um", 1), ("like", 1), ("makes", 1), ("asked", 1), ("clothes", 1), ("through", 1), ("choose", 1),
        ("wanted", 2), ("table", 2), ("boxes", 2), ("didn't", 2), ("being", 2), ("every", 2), ("rhythm", 2),
        ("something", 2), ("idea", 3), ("actually", 4), ("material", 4), ("university", 5), ("evaluation", 5),
        ("don't", 1), ("we're", 1), ("Twenty-one,", 3), ("basically", 3), ("interview.", 3), ("various", 3), ("...", 1),
    ],
)  # fmt: skip
def test_syllables_follow_the_spelling(word: str, count: int) -> None:
    """The rules that matter most often, and a word is never without a syllable."""
    assert count_syllables(word) == count
