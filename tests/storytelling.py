"""A take that tells a story, made without listening."""

from __future__ import annotations

from typing import TYPE_CHECKING

import builders
import numpy as np
from practised import NOON

from mockint.devices.audiofile import RecordingWriter
from mockint.model import SAMPLE_RATE_HZ, Result, Span
from mockint.scoring import METHOD, score
from mockint.store.keeper import SessionKeeper
from mockint.store.takes import Store

if TYPE_CHECKING:
    from pathlib import Path

SPOKEN = "Last May we moved. I had to plan it. So I wrote a list. In the end, nobody noticed."
"""The parts begin with words 0, 4, 9 and 14."""


def tell_a_story(home: Path, *, duration_s: int = 10) -> None:
    """Keep take 1, an answer so long to a question that wants a story and names three points to cover."""
    question = builders.question(covers=("what happened", "what you did", "what came of it"), star=True)
    heard = builders.delivery(
        duration_s=float(duration_s), answer=Span(start_s=0.0, end_s=duration_s - 0.5), words=builders.words(SPOKEN)
    )
    with Store(home) as store:
        session = store.begin_session(bank_id="bank", mode="practice", started_at=NOON)
        keeper = SessionKeeper(store, session.id, open_writer=RecordingWriter, now=lambda: NOON)
        recording = keeper.begin(question, NOON)
        recording.write(np.full(duration_s * SAMPLE_RATE_HZ, 0.25, np.float32))
        take = recording.keep(dropped_block_count=0)
        keeper.add_result(take, Result(delivery=heard, score=score(heard, question, METHOD)), result_delay_s=0.25)
        store.end_session(session.id, NOON)
