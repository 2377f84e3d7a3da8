"""Takes in a store that were never spoken: with the points and on the day that a test wants."""

from __future__ import annotations

from typing import TYPE_CHECKING

import builders

from mockint.model import Band, Result, Score, ScorePart
from mockint.scoring import METHOD

if TYPE_CHECKING:
    from datetime import datetime

    from mockint.model import Question
    from mockint.store.takes import Store


def result(percent: float | None, *, length_percent: float | None = 100.0, version: str = METHOD.version) -> Result:
    """A result with so many of the points for pace, and for length, which weigh the same."""
    parts = tuple(
        ScorePart(
            name=name,
            points=None if points is None else points * 0.3,
            max_points=30.0,
            value=points,
            low=None,
            high=None,
            unit="",
            band=Band(low=None, high=None),
            because="",
        )
        for name, points in (("pace", percent), ("length", length_percent))
    )
    score = Score(method_version=version, parts=parts, strength=None, focus=None)
    return Result(delivery=builders.delivery(), score=score)


def answer(store: Store, question: Question, *, at: datetime, scored: Result | None = None) -> int:
    """Answer a question in a session of its own, and return the number of the take."""
    session = store.begin_session(bank_id=question.bank_id, mode="practice", started_at=at)
    new = store.begin_take(session.id, question, at)
    new.path.parent.mkdir(parents=True, exist_ok=True)
    new.path.write_bytes(b"")
    kept = store.keep_take(new, duration_s=60.0, dropped_block_count=0)
    if scored is not None:
        store.add_result(kept.id, scored, created_at=at)
    store.end_session(session.id, at)
    return kept.id
