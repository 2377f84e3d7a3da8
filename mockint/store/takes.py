"""Sessions, takes and results: what is kept, in the order that loses nothing.

A take's row is written when its recording begins, completed when the answer ends, and only then scored. A take keeps
every result it ever had; the newest one is current. Nothing is overwritten: answering again makes another take.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from mockint.data_folder import DATABASE_NAME
from mockint.errors import StoreProblem, UsageProblem
from mockint.model import Question, Result, Take
from mockint.store.afterwards import Afterwards
from mockint.store.bodies import as_moment, from_json, readable, to_json
from mockint.store.corrections import insert_corrections, read_corrections
from mockint.store.database import Database
from mockint.store.drills import first_drill_at
from mockint.store.facts import StoreFacts, describe
from mockint.store.feedback import FeedbackFromMentors
from mockint.store.hearing_checks import HearingChecks
from mockint.store.home import HOME_VARIABLE, make_private_folder
from mockint.store.keeping import remove_recordings
from mockint.store.marks import MarksOfTakes
from mockint.store.plans import SessionPlans
from mockint.store.points import NEWEST_RESULT, read_asked_questions, read_measurements, read_points
from mockint.store.recordings import (
    claim,
    holds_sound,
    let_go,
    recorded_s,
    recording_name,
    secure,
    set_aside,
)
from mockint.store.recovery import Recovery, Survey, survey
from mockint.store.results import as_text, insert_result, new_id, read_heard_result, read_results
from mockint.store.sessions import begin_session, end_session, read_last_session, read_session
from mockint.store.standings import Standings
from mockint.store.stories import StoriesOfTakes
from mockint.store.typed_answers import insert_typed_take

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence
    from types import TracebackType

    from filelock import BaseFileLock
    from typing_extensions import Self

    from mockint.model import Correction, Session
    from mockint.progress import TakePoints
    from mockint.store.points import Measurement
    from mockint.store.results import StoredResult


_TAKES = f"""
    SELECT t.id, t.uid, t.session_id, t.asked_at, t.duration_s, t.audio, t.dropped_block_count, t.question,
           r.result_delay_s, b.body, (SELECT text FROM typed_answers WHERE take_id = t.id) AS typed
    FROM takes t LEFT JOIN results r ON r.id = {NEWEST_RESULT} LEFT JOIN result_bodies b ON b.result_id = r.id
    WHERE t.duration_s IS NOT NULL
"""  # noqa: S608 - constants only
_OF_QUESTION = "t.bank_id = :bank_id AND t.question_id IN (SELECT value FROM json_each(:question_ids))"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTake:
    """A take that is about to be spoken, and where its recording goes. Ends in `keep_take` or `discard_take`."""

    id: int
    path: Path
    lock: BaseFileLock


class Store:
    """Everything in one data home. Every method raises StoreProblem where the disk or the database fails."""

    def __init__(self, home: Path) -> None:
        make_private_folder(home)
        self.home = home
        self._database = Database(home / DATABASE_NAME)
        self.afterwards = Afterwards(self._database)
        self.hearing_checks = HearingChecks(self._database)
        self.feedback = FeedbackFromMentors(self._database)
        self.marks = MarksOfTakes(self._database)
        self.plans = SessionPlans(self._database)
        self.standings = Standings(self._database)
        self.stories = StoriesOfTakes(self._database)
        self._begun_session_ids: list[int] = []

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- sessions ---------------------------------------------------------------------------------

    def begin_session(self, *, bank_id: str, mode: str, started_at: datetime) -> Session:
        """Open a sitting."""
        session = begin_session(self._database, bank_id=bank_id, mode=mode, started_at=started_at)
        self._begun_session_ids.append(session.id)
        return session

    def end_session(self, session_id: int, ended_at: datetime) -> Session:
        """Close a sitting: nothing of it is left to be asked."""
        return end_session(self._database, session_id, ended_at)

    def session(self, session_id: int) -> Session:
        """Return one sitting. Raises UsageProblem where there is none of that number."""
        return read_session(self._database, session_id)

    def last_session(self) -> Session | None:
        """Return the newest sitting in which something was answered; a debrief is none."""
        return read_last_session(self._database)

    # --- recording a take -------------------------------------------------------------------------

    def begin_take(self, session_id: int, question: Question, asked_at: datetime) -> NewTake:
        """Make room for an answer: its row and the path to record to. Nothing is at that path yet."""
        uid = uuid4().hex
        name = recording_name(question.id, asked_at.astimezone(timezone.utc), uid)
        path = self.home / name
        lock = claim(path)
        if lock is None:  # the name holds a fresh uid
            raise StoreProblem(f"The recording {path} is in use.", "Try again.")
        with self._database.transaction() as write:
            cursor = write.execute(
                "INSERT INTO takes (uid, session_id, bank_id, question_id, competency, asked_at, audio, question)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    uid,
                    session_id,
                    question.bank_id,
                    question.id,
                    question.competency,
                    as_text(asked_at),
                    name,
                    to_json(question),
                ),
            )
        return NewTake(id=new_id(cursor), path=path, lock=lock)

    def keep_take(self, new: NewTake, *, duration_s: float, dropped_block_count: int) -> Take:
        """The answer is over, and its recording is closed: it and its row are on the disk before this returns."""
        try:
            secure(new.path)
            with self._database.transaction() as write:
                write.execute(
                    "UPDATE takes SET duration_s = ?, dropped_block_count = ? WHERE id = ?",
                    (duration_s, dropped_block_count, new.id),
                )
        except OSError as error:
            raise StoreProblem(
                f"The recording {new.path} cannot be kept: {error.strerror}.",
                f"Make room on the disk, or set {HOME_VARIABLE} to a folder elsewhere.",
            ) from error
        finally:
            let_go(new.path, new.lock)
        return self.take(new.id)

    def keep_typed(
        self, session_id: int, question: Question, asked_at: datetime, *, text: str, duration_s: float
    ) -> Take:
        """Keep an answer that was typed: a take without a recording."""
        with self._database.transaction() as write:
            take_id = insert_typed_take(write, session_id, question, asked_at, text=text, duration_s=duration_s)
        return self.take(take_id)

    def discard_take(self, new: NewTake) -> None:
        """Nothing was said: leave neither row nor recording."""
        self._forget(new.id, new.path)
        let_go(new.path, new.lock)

    def recover(self) -> Recovery:
        """Complete the takes that a crash cut off, as far as they were spoken; those being spoken now are left alone.

        Quick where there are none. A take of which nothing was recorded is dropped; a recording that cannot be played
        is set aside, never deleted.
        """
        unfinished = self._database.rows("SELECT id, audio FROM takes WHERE duration_s IS NULL ORDER BY id")
        outcomes = [self._recover(row["id"], self.home / row["audio"]) for row in unfinished]
        return Recovery(
            takes=tuple(outcome for outcome in outcomes if isinstance(outcome, Take)),
            set_aside=tuple(outcome for outcome in outcomes if isinstance(outcome, Path)),
        )

    def _recover(self, take_id: int, path: Path) -> Take | Path | None:
        """Return the completed take, or where its recording is set aside; None where there is nothing to keep."""
        lock = claim(path)
        if lock is None:
            return None
        try:
            duration_s = recorded_s(path)
            if not duration_s:
                moved_to = set_aside(self.home, path) if holds_sound(path) else None
                self._forget(take_id, path)
                return moved_to
            with self._database.transaction() as write:
                changed = write.execute(
                    "UPDATE takes SET duration_s = ? WHERE id = ? AND duration_s IS NULL", (duration_s, take_id)
                )
        finally:
            let_go(path, lock)
        return self.take(take_id) if changed.rowcount else None

    def _forget(self, take_id: int, path: Path) -> None:
        with self._database.transaction() as write:
            write.execute("DELETE FROM takes WHERE id = ? AND duration_s IS NULL", (take_id,))
        path.unlink(missing_ok=True)

    def remove_recordings(self, *, asked_until: datetime, now: datetime) -> tuple[int, ...]:
        """Remove recordings that their owner keeps no longer, and return the numbers of their takes.

        Sessions that were begun in this store are taken to be over: call it before they begin, or when it is left.
        """
        return remove_recordings(
            self._database, self.home, asked_until=asked_until, now=now, over=self._begun_session_ids
        )

    # --- results ----------------------------------------------------------------------------------

    def add_result(
        self, take_id: int, result: Result, *, created_at: datetime, result_delay_s: float | None = None
    ) -> Take:
        """Store what was made of a take beside what was made of it before; the newest is current."""
        self.take(take_id)
        with self._database.transaction() as write:
            insert_result(write, take_id, result, created_at=created_at, result_delay_s=result_delay_s)
        return self.take(take_id)

    def add_rescored(self, take_id: int, heard: Result, corrected: Result | None, *, created_at: datetime) -> Take:
        """Store what a take is by another engine or method, together with that result as the person corrected it."""
        self.take(take_id)
        with self._database.transaction() as write:
            for result in (heard,) if corrected is None else (heard, corrected):
                insert_result(write, take_id, result, created_at=created_at, result_delay_s=None)
        return self.take(take_id)

    def correct(self, take_id: int, corrections: Sequence[Correction], result: Result, *, created_at: datetime) -> Take:
        """Store corrections together with what they make of the take; everything that was there before stays."""
        self.take(take_id)
        with self._database.transaction() as write:
            insert_corrections(write, take_id, corrections, created_at=created_at)
            insert_result(write, take_id, result, created_at=created_at, result_delay_s=None)
        return self.take(take_id)

    def corrections(self, take_id: int) -> tuple[Correction, ...]:
        """Return everything that the person ever corrected in a take, oldest first, also what was taken back."""
        return read_corrections(self._database, take_id)

    def heard_result(self, take_id: int) -> Result | None:
        """Return the newest result of a take without the person's corrections."""
        return read_heard_result(self._database, take_id)

    def results(self, take_id: int) -> tuple[StoredResult, ...]:
        """Return every result that a take ever had, oldest first."""
        return read_results(self._database, take_id)

    # --- reading ----------------------------------------------------------------------------------

    def take(self, take_id: int) -> Take:
        """Return one take. Raises UsageProblem where there is none of that number."""
        row = self._database.row(f"{_TAKES} AND t.id = ?", (take_id,))
        if row is None:
            raise UsageProblem(f"There is no take {take_id}.", "'mockint review' shows those of the last session.")
        return self._take(row)

    def take_of_uid(self, uid: str) -> Take | None:
        """Return the take that has this name everywhere, or None where it is not in this data folder."""
        row = self._database.row(f"{_TAKES} AND t.uid = ?", (uid,))
        return None if row is None else self._take(row)

    def takes(
        self, *, session_id: int | None = None, question: Question | None = None, last: int | None = None
    ) -> tuple[Take, ...]:
        """Return takes, oldest first: of a session, of a question (also under its former ids), the `last` so many."""
        where, values = _of_question(question)
        if session_id is not None:
            where += " AND t.session_id = :session_id"
            values["session_id"] = session_id
        values["last"] = -1 if last is None else last
        rows = self._database.rows(f"{_TAKES}{where} ORDER BY t.asked_at DESC, t.id DESC LIMIT :last", values)
        return tuple(self._take(row) for row in reversed(rows))

    def take_ids(self) -> tuple[int, ...]:
        """Return the numbers of all takes, oldest first."""
        rows = self._database.rows("SELECT id FROM takes WHERE duration_s IS NOT NULL ORDER BY asked_at, id")
        return tuple(row["id"] for row in rows)

    def audio(self, take_id: int) -> Path:
        """Return where the recording of a take is. Raises StoreProblem where it is gone."""
        take = self.take(take_id)
        if take.audio is None:
            raise StoreProblem(
                f"The recording of take {take_id} is not in the data folder any more.",
                "Its transcript and figures are still there. A backup may hold it: mockint data import.",
            )
        return take.audio

    @readable("A take")
    def last_asked(self, questions: Iterable[Question]) -> dict[str, datetime]:
        """Return when each question was last answered, by its present id; those never answered are left out."""
        asked = {}
        for question in questions:
            where, values = _of_question(question)
            row = self._database.row(
                f"SELECT max(t.asked_at) AS at FROM takes t WHERE t.duration_s IS NOT NULL{where}",  # noqa: S608 - constants only
                values,
            )
            if row is not None and row["at"] is not None:
                asked[question.id] = as_moment(row["at"])
        return asked

    @readable("What is kept of takes")
    def points(self, *, question: Question | None = None) -> TakePoints:
        """Return what the newest result of each take measured, oldest take first: quick for years of practice."""
        return read_points(self._database, *_of_question(question))

    @readable("What is kept of takes")
    def measurements(self, *, question: Question | None = None) -> tuple[Measurement, ...]:
        """Return every part of the newest result of each take, oldest take first."""
        return read_measurements(self._database, *_of_question(question))

    def asked_questions(self) -> tuple[Question, ...]:
        """Return every question that was ever answered, as it was asked last."""
        return read_asked_questions(self._database)

    def first_drill_at(self) -> datetime | None:
        """Return when the first turn of any drill was asked; None where there was none."""
        return first_drill_at(self._database)

    def take_count(self) -> int:
        """Return how many takes there are."""
        return self._database.count("SELECT count(*) FROM takes WHERE duration_s IS NOT NULL")

    def describe(self) -> StoreFacts:
        """Return where the data is and how much there is. Looks at every recording's size."""
        return describe(self._database, self.home)

    def survey(self) -> Survey:
        """Read everything, and say what has come apart: nothing, if all is well."""
        return survey(self._database, self.home)

    @readable("A take")
    def _take(self, row: sqlite3.Row) -> Take:
        what = f"Take {row['id']}"
        audio = self.home / row["audio"]
        return Take(
            id=row["id"],
            uid=row["uid"],
            session_id=row["session_id"],
            question=from_json(row["question"], Question, what),
            asked_at=as_moment(row["asked_at"]),
            duration_s=row["duration_s"],
            audio=audio if audio.exists() else None,
            dropped_block_count=row["dropped_block_count"],
            result=None if row["body"] is None else from_json(row["body"], Result, what),
            result_delay_s=row["result_delay_s"],
            typed=row["typed"],
        )


def _of_question(question: Question | None) -> tuple[str, dict[str, object]]:
    """Return the condition and its values that find a question's takes, also under the ids that it had before."""
    if question is None:
        return "", {}
    ids = json.dumps([question.id, *question.aliases])
    return f" AND {_OF_QUESTION}", {"bank_id": question.bank_id, "question_ids": ids}
