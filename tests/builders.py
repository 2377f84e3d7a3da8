"""Values for tests, with every field that the test does not speak of filled in."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

from mockint.model import (
    Correction,
    CountInterval,
    Delivery,
    Evidence,
    Filler,
    FillerKind,
    Pace,
    Question,
    Result,
    Span,
    Take,
    Word,
)
from mockint.scoring import score

WORD_S = 0.3
"""How long each word of `words` lasts: 200 words a minute."""


def question(**fields: object) -> Question:
    """A question whose id and text say little."""
    return replace(Question(bank_id="bank", id="one", text="What did you do?"), **fields)  # type: ignore[arg-type]  # any field


def words(text: str, start_s: float = 0.0) -> tuple[Word, ...]:
    """Words of `WORD_S` each, one right after the other."""
    return tuple(
        Word(text=word, start_s=start_s + i * WORD_S, end_s=start_s + (i + 1) * WORD_S)
        for i, word in enumerate(text.split())
    )


def filler(at: Word, kind: FillerKind = FillerKind.FILLED_PAUSE, confidence: float = 1.0) -> Filler:
    """A filler in the place of a word."""
    return Filler(
        kind=kind, text=at.text, start_s=at.start_s, end_s=at.end_s, confidence=confidence, evidence=Evidence.BOTH
    )


def span(start_s: float, end_s: float) -> Span:
    """A stretch of time."""
    return Span(start_s=start_s, end_s=end_s)


def delivery(**fields: object) -> Delivery:
    """An answer of 90 s and 210 words at 140 words a minute, without fillers or pauses."""
    spoken = words("word " * 210)
    plain = Delivery(
        duration_s=90.0,
        answer=Span(start_s=0.0, end_s=90.0),
        response_latency_s=0.0,
        words=spoken,
        words_known=True,
        fillers=(),
        filled_pause_count=CountInterval(count=0, at_least=0, low=0, high=0),
        pauses=(),
        pace=Pace(words_per_minute=140.0, articulation_rate_syll_per_s=4.5, phonation_time_ratio=0.8),
        hedges=(),
        repeats=(),
        most_used_words=(),
        engine="test engine 1",
        caveats=(),
    )
    return replace(plain, **fields)  # type: ignore[arg-type]  # any field


def take(**fields: object) -> Take:
    """A take of `question()` that is not scored yet."""
    plain = Take(
        id=1,
        uid="4f2a",
        session_id=1,
        question=question(),
        asked_at=datetime(2026, 3, 1, tzinfo=timezone.utc),
        duration_s=90.0,
        audio=None,
        dropped_block_count=0,
        result=None,
    )
    return replace(plain, **fields)  # type: ignore[arg-type]  # any field


def scored_take(heard: Delivery, **fields: object) -> Take:
    """A take of which this was heard, scored by the method that ships."""
    plain = take(duration_s=heard.duration_s, **fields)
    return replace(plain, result=Result(delivery=heard, score=score(heard, plain.question)))


def correction_object(correction: Correction) -> dict[str, Any]:
    """One correction as a page saves it."""
    return {
        "kind": correction.kind.value,
        "start_s": correction.start_s,
        "end_s": correction.end_s,
        "old_text": correction.old_text,
        "new_text": correction.new_text,
    }
