"""How well mockint was found to hear its user: one row for each check. The sound of a check is not kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from mockint.hearing import HearingCheck
from mockint.store.bodies import as_moment, from_json, readable, to_json
from mockint.store.results import as_text

if TYPE_CHECKING:
    from datetime import datetime

    from mockint.store.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCheck:
    """A check with what is known of its making."""

    at: datetime
    microphone: str | None
    """None where a recording was given in its place."""
    check: HearingCheck


class HearingChecks:
    """The checks in one database. Every method raises StoreProblem where the disk or the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, check: HearingCheck, *, at: datetime, microphone: str | None) -> None:
        """Store a check beside the earlier ones."""
        with self._database.transaction() as write:
            write.execute(
                "INSERT INTO hearing_checks (uid, at, engine, microphone, word_count, wrong_word_count,"
                " planted_filler_count, found_filler_count, false_filler_count, body)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    uuid4().hex,
                    as_text(at),
                    check.engine,
                    microphone,
                    check.word_count,
                    check.wrong_word_count,
                    check.planted_filler_count,
                    check.found_filler_count,
                    check.false_filler_count,
                    to_json(check),
                ),
            )

    def newest(self) -> StoredCheck | None:
        """Return the last check, whatever it was made with."""
        return self._first("")

    def newest_of(self, engine: str, microphone: str | None) -> StoredCheck | None:
        """Return the last check with this engine and this microphone: what it found holds for no other."""
        return self._first("WHERE engine = :engine AND microphone IS :microphone", engine=engine, microphone=microphone)

    @readable("A hearing check")
    def _first(self, where: str, **values: str | None) -> StoredCheck | None:
        row = self._database.row(
            f"SELECT at, microphone, body FROM hearing_checks {where} ORDER BY at DESC, id DESC LIMIT 1",  # noqa: S608 - constants only
            values,
        )
        if row is None:
            return None
        return StoredCheck(
            at=as_moment(row["at"]),
            microphone=row["microphone"],
            check=from_json(row["body"], HearingCheck, "A hearing check"),
        )
