"""Answers that were typed: takes without a recording, whose text is kept in its place."""

from __future__ import annotations

from datetime import timezone
from typing import TYPE_CHECKING
from uuid import uuid4

from mockint.store.bodies import to_json
from mockint.store.recordings import recording_name
from mockint.store.results import as_text, new_id

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from mockint.model import Question


def insert_typed_take(
    write: sqlite3.Connection, session_id: int, question: Question, asked_at: datetime, *, text: str, duration_s: float
) -> int:
    """Write a take and its text within a transaction, and return its number. duration_s: how long typing took."""
    uid = uuid4().hex
    cursor = write.execute(
        # Nothing is at the path of its recording, and nobody is to look for it: as where a recording was removed.
        "INSERT INTO takes (uid, session_id, bank_id, question_id, competency, asked_at, audio, question, duration_s,"
        " audio_removed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            uid,
            session_id,
            question.bank_id,
            question.id,
            question.competency,
            as_text(asked_at),
            recording_name(question.id, asked_at.astimezone(timezone.utc), uid),
            to_json(question),
            duration_s,
            as_text(asked_at),
        ),
    )
    take_id = new_id(cursor)
    write.execute("INSERT INTO typed_answers (take_id, text) VALUES (?, ?)", (take_id, text))
    return take_id
