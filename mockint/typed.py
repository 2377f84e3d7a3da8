"""Typed answers, for those who cannot speak, or may not be heard: their words and their length count.

Pace, pauses and filled pauses are not measured: nobody hears them in text. What is typed is never compared with what
is spoken, for its engine is another one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mockint.delivery.discourse_markers import find_discourse_markers
from mockint.delivery.wording import find_hedges, most_used_words, written_words
from mockint.figures import aim
from mockint.model import Band, Delivery, Pace, Result, Score, ScorePart
from mockint.scoring import answer_window_s, at, score

if TYPE_CHECKING:
    from mockint.model import Question
    from mockint.scoring import Curve, ScoringMethod

ENGINE = "typed"
NOT_MEASURED = "Not measured: typed."
SPOKEN_WPM = 150.0
"""The middle of the pace that earns full marks: so many words fill a minute when they are spoken."""


def judge_typed(text: str, question: Question | None, method: ScoringMethod, *, duration_s: float) -> Result:
    """Measure and score one typed answer. duration_s: how long typing took; it is not judged."""
    delivery = typed_delivery(text, duration_s=duration_s)
    return Result(delivery=delivery, score=_score(delivery, question, method))


def typed_delivery(text: str, *, duration_s: float) -> Delivery:
    """Measure the words of a text; what only a voice has is None or empty."""
    words = written_words(text)
    return Delivery(
        typed=True,
        duration_s=duration_s,
        answer=None,
        response_latency_s=None,
        words=words,
        words_known=True,
        fillers=find_discourse_markers(words, ()),
        filled_pause_count=None,
        pauses=(),
        pace=Pace(words_per_minute=None, articulation_rate_syll_per_s=None, phonation_time_ratio=None),
        hedges=find_hedges(words),
        repeats=(),
        most_used_words=most_used_words(words),
        engine=ENGINE,
        caveats=(),
    )


def _score(delivery: Delivery, question: Question | None, method: ScoringMethod) -> Score:
    spoken = score(delivery, question, method)
    words = _words(delivery, question, method)
    unmeasured = (replace(part, because=NOT_MEASURED) for part in spoken.parts)
    return Score(
        method_version=method.version,
        parts=(*unmeasured, words),
        strength=_strength(words),
        focus=_focus(words),
    )


def _words(delivery: Delivery, question: Question | None, method: ScoringMethod) -> ScorePart:
    """Hold the number of words against what fills the window of a spoken answer; more time asks for no more words."""
    low_s, high_s = answer_window_s(question, replace(method, time_factor=1.0))
    low, high = (float(round(seconds / 60 * SPOKEN_WPM, -1)) for seconds in (low_s, high_s))
    least = min(method.shortest_answer_s / 60 * SPOKEN_WPM, low / 2)
    overlong = ((high * multiple, share) for multiple, share in method.overlong_shares)
    curve: Curve = ((least, 0.0), (low, 100.0), *overlong)
    value = float(len(delivery.words))
    return ScorePart(
        name="words",
        points=method.length_points * at(curve, value) / 100,
        max_points=method.length_points,
        value=value,
        low=value,
        high=value,
        unit="words",
        band=Band(low=low, high=high),
        because=f"{value:.0f} words; {low:.0f}-{high:.0f} fill the time of a spoken answer.",
    )


def _strength(part: ScorePart) -> str | None:
    if not part.max_points or part.points != part.max_points:
        return None
    return f"A good length: {part.value:.0f} words, and the aim is {aim(part)}."


def _focus(part: ScorePart) -> str | None:
    if part.value is None or part.points == part.max_points:
        return None
    if part.band.is_below(part.value):
        return f"Write more: at least {part.band.low:.0f} words (now {part.value:.0f}), with what came of what you did."
    return f"Come to the point sooner: from {part.value:.0f} to at most {part.band.high:.0f} words."
