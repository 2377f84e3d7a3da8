"""Histories of practice for tests: a row for each take, turned into the columns that progress takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import numpy as np

from mockint.model import Band
from mockint.progress import Labels, Measure, Origin, QuestionKey, TakePoints, moment, times

if TYPE_CHECKING:
    from collections.abc import Iterable

FILLERS = Measure(name="fillers", unit="per 100 words", band=Band(low=None, high=3.4))
PACE = Measure(name="pace", unit="words/min", band=Band(low=125.0, high=175.0))
START = datetime(2030, 1, 7, 18, 0, tzinfo=timezone.utc)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One take."""

    take_id: int
    session_id: int
    asked_at: datetime
    question: str
    competency: str | None
    origin: Origin
    fillers: float | None
    pace: float | None


def take(
    session: int,
    *,
    fillers: float | None = None,
    pace: float | None = None,
    number: int = 0,
    competency: str | None = None,
    question: str = "why",
    engine: str = "whisper",
    method: str = "1",
) -> Row:
    """Make a take of the session on day `session`; `number` tells the takes of one session apart."""
    return Row(
        take_id=session * 100 + number,
        session_id=session,
        asked_at=START + timedelta(days=session, minutes=number),
        question=question,
        competency=competency,
        origin=Origin(method, engine),
        fillers=fillers,
        pace=pace,
    )


def history(rows: Iterable[Row]) -> TakePoints:
    """Return the takes in the order in which they are given."""
    takes = list(rows)
    return TakePoints(
        take_ids=np.array([row.take_id for row in takes], dtype=np.int64),
        session_ids=np.array([row.session_id for row in takes], dtype=np.int64),
        asked_at=times(row.asked_at for row in takes),
        questions=Labels.of(QuestionKey("starter", row.question) for row in takes),
        competencies=Labels.of(row.competency for row in takes),
        origins=Labels.of(row.origin for row in takes),
        measures={
            "fillers": np.array([row.fillers for row in takes], dtype=np.float64),
            "pace": np.array([row.pace for row in takes], dtype=np.float64),
        },
    )


def rows_of(points: TakePoints) -> list[dict[str, object]]:
    """Return what columns hold, a row for each take; what could not be told is None."""
    return [
        {
            "take": int(points.take_ids[row]),
            "session": int(points.session_ids[row]),
            "asked_at": moment(points.asked_at[row]),
            "question": points.questions.at(row),
            "competency": points.competencies.at(row),
            "origin": points.origins.at(row),
            "measures": {
                name: None if np.isnan(values[row]) else values[row] for name, values in points.measures.items()
            },
        }
        for row in range(len(points))
    ]
