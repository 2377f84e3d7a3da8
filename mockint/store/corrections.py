"""What the person corrected, take by take. Rows are only ever added: taking a correction back is a row too."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from mockint.model import Correction, CorrectionKind
from mockint.store.bodies import readable
from mockint.store.results import as_text

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from datetime import datetime

    from mockint.store.database import Database


def insert_corrections(
    write: sqlite3.Connection, take_id: int, corrections: Iterable[Correction], *, created_at: datetime
) -> None:
    """Write corrections within a transaction, in their order."""
    write.executemany(
        "INSERT INTO corrections (uid, take_id, kind, start_s, end_s, old_text, new_text, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                uuid4().hex,
                take_id,
                correction.kind.value,
                correction.start_s,
                correction.end_s,
                correction.old_text,
                correction.new_text,
                as_text(created_at),
            )
            for correction in corrections
        ],
    )


@readable("What was corrected")
def read_corrections(database: Database, take_id: int) -> tuple[Correction, ...]:
    """Return everything that the person ever corrected in a take, oldest first, also what was taken back."""
    rows = database.rows(
        "SELECT kind, start_s, end_s, old_text, new_text FROM corrections WHERE take_id = ? ORDER BY id", (take_id,)
    )
    return tuple(
        Correction(
            kind=CorrectionKind(row["kind"]),
            start_s=row["start_s"],
            end_s=row["end_s"],
            old_text=row["old_text"],
            new_text=row["new_text"],
        )
        for row in rows
    )
