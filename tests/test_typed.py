"""Typed answers: words and length, and never a figure that only a voice has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from builders import question

from mockint.adapted import Adaptation, adapted
from mockint.scoring import METHOD
from mockint.typed import NOT_MEASURED, judge_typed

if TYPE_CHECKING:
    from mockint.model import Result

TEXT = "I think we, like, moved the office in maybe three weeks. The office was small."


def judged(text: str) -> Result:
    return judge_typed(text, question(), METHOD, duration_s=200.0)


def test_what_only_a_voice_has_is_not_measured() -> None:
    """Not 0: not measured, and why."""
    result = judged(TEXT)
    delivery = result.delivery
    assert (delivery.answer, delivery.response_latency_s, delivery.filled_pause_count) == (None, None, None)
    assert delivery.pace.words_per_minute is None
    spoken = [part for part in result.score.parts if part.name != "words"]
    assert [part.name for part in spoken] == ["pace", "fillers", "long pauses", "length"]
    assert {(part.value, part.points, part.because) for part in spoken} == {(None, None, NOT_MEASURED)}


def test_hedges_markers_and_the_words_used_most_are_found() -> None:
    """They are in the text."""
    delivery = judged(TEXT).delivery
    assert [hedge.text for hedge in delivery.hedges] == ["I think", "maybe"]
    assert [marker.text for marker in delivery.fillers] == ["like,"]
    assert delivery.most_used_words == (("office", 2),)


@pytest.mark.parametrize(
    ("word_count", "points"), [(10, 0.0), (38, 0.0), (94, 10.0), (150, 20.0), (300, 20.0), (450, 14.0), (900, 8.0)]
)
def test_the_length_is_held_against_the_words_that_fill_the_time(word_count: int, points: float) -> None:
    """One to two minutes at 150 words a minute."""
    [part] = [part for part in judged("word " * word_count).score.parts if part.name == "words"]
    assert (part.value, part.band.low, part.band.high) == (word_count, 150.0, 300.0)
    assert part.points == pytest.approx(points, abs=0.1)


def test_more_time_asks_for_no_more_words() -> None:
    """Whoever needs longer to type has not more to say."""
    slow = judge_typed(TEXT, question(), adapted(METHOD, Adaptation(time_factor=2.0)), duration_s=200.0)
    assert slow.score.parts[-1].band == judged(TEXT).score.parts[-1].band


def test_one_strength_or_one_focus_in_words() -> None:
    """Nothing is said of fluency."""
    assert judged("word " * 200).score.strength == "A good length: 200 words, and the aim is 150-300."
    assert judged("word " * 200).score.focus is None
    assert judged("word").score.strength is None
    assert judged("word " * 140).score.strength is None  # near the aim, and the focus says so
    assert (judged("word").score.focus or "").startswith("Write more: at least 150 words (now 1)")
    assert judged("word " * 400).score.focus == "Come to the point sooner: from 400 to at most 300 words."
