"""Applications, people, debriefs, and what was said of follow-ups. Days are kept as they were meant, without a zone."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar
from uuid import uuid4

from mockint.afterwards.followups import Kind, Mark, Search
from mockint.afterwards.records import (
    CLOSED,
    Application,
    Contact,
    Debrief,
    Person,
    Stage,
    Step,
    StoredDebrief,
    in_order,
)
from mockint.errors import UsageProblem
from mockint.store.bodies import as_moment, from_json, readable, to_json
from mockint.store.results import as_text, new_id

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from mockint.afterwards.records import Participant
    from mockint.afterwards.table import NewApplication
    from mockint.store.database import Database

Found = TypeVar("Found")


class Afterwards:
    """The search for work in one database. Every method raises StoreProblem where the disk or the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @readable("What is kept of applications and people")
    def search(self) -> Search:
        """Return everything that is known, oldest first."""
        marks = self._database.rows("SELECT kind, subject_uid, until FROM follow_up_marks ORDER BY id")
        return Search(
            applications=self.applications(),
            people=self.people(),
            debriefs=self.debriefs(),
            marks=tuple(
                Mark(kind=Kind(row["kind"]), subject_uid=row["subject_uid"], until=_day(row["until"])) for row in marks
            ),
        )

    # --- applications -----------------------------------------------------------------------------

    @readable("What is kept of applications and people")
    def applications(self) -> tuple[Application, ...]:
        """Return all applications, oldest first."""
        steps: dict[int, list[Step]] = defaultdict(list)
        for row in self._database.rows("SELECT * FROM application_steps ORDER BY id"):
            steps[row["application_id"]].append(_step(row))
        return tuple(
            Application(
                id=row["id"],
                uid=row["uid"],
                company=row["company"],
                role=row["role"],
                link=row["link"],
                note=row["note"],
                steps=in_order(_some(steps[row["id"]])),
            )
            for row in self._database.rows("SELECT * FROM applications ORDER BY id")
        )

    def application(self, application_id: int) -> Application:
        """Return one application. Raises UsageProblem where there is none of that number."""
        for application in self.applications():
            if application.id == application_id:
                return application
        raise UsageProblem(f"There is no application {application_id}.", "See: mockint applications")

    def add_applications(self, new: Sequence[NewApplication]) -> tuple[Application, ...]:
        """Store applications, all of them or none."""
        ids = []
        with self._database.transaction() as write:
            for each in new:
                cursor = write.execute(
                    "INSERT INTO applications (uid, company, role, link, note) VALUES (?, ?, ?, ?, ?)",
                    (uuid4().hex, each.company, each.role, each.link, each.note),
                )
                ids.append(new_id(cursor))
                _insert_step(write, ids[-1], each.step)
        return tuple(self.application(application_id) for application_id in ids)

    def change_application(self, changed: Application) -> Application:
        """Store other words for an application; its steps stay."""
        with self._database.transaction() as write:
            write.execute(
                "UPDATE applications SET company = ?, role = ?, link = ?, note = ? WHERE id = ?",
                (changed.company, changed.role, changed.link, changed.note, changed.id),
            )
        return self.application(changed.id)

    def remove_application(self, application_id: int) -> None:
        """Forget an application with its steps and debriefs. People stay: one knows them all the same."""
        with self._database.transaction() as write:
            write.execute("DELETE FROM applications WHERE id = ?", (application_id,))

    def add_step(self, application_id: int, step: Step, *, today: date) -> Application:
        """Store a move. When an application is closed, what is still planned in it is off; what has been stays."""
        with self._database.transaction() as write:
            if step.stage in CLOSED:
                write.execute(
                    "DELETE FROM application_steps WHERE application_id = ? AND on_day > ?",
                    (application_id, today.isoformat()),
                )
            _insert_step(write, application_id, step)
        return self.application(application_id)

    @readable("What is kept of applications and people")
    def undo_step(self, application_id: int) -> Step:
        """Take back the move that was entered last, and return it. Raises UsageProblem where it is the first one."""
        steps = self._database.rows(
            "SELECT * FROM application_steps WHERE application_id = ? ORDER BY id DESC LIMIT 2", (application_id,)
        )
        if len(steps) == 1:
            raise UsageProblem(
                "An application keeps its first stage.", f"Or remove it: mockint applications remove {application_id}"
            )
        with self._database.transaction() as write:
            write.execute("DELETE FROM application_steps WHERE id = ?", (steps[0]["id"],))
        return _step(steps[0])

    # --- people -----------------------------------------------------------------------------------

    @readable("What is kept of applications and people")
    def people(self) -> tuple[Person, ...]:
        """Return everybody, in the order in which they were met."""
        contacts: dict[int, list[Contact]] = defaultdict(list)
        for row in self._database.rows("SELECT * FROM contacts ORDER BY on_day, id"):
            contacts[row["person_id"]].append(Contact(on=date.fromisoformat(row["on_day"]), note=row["note"]))
        return tuple(
            Person(
                id=row["id"],
                uid=row["uid"],
                name=row["name"],
                role=row["role"],
                email=row["email"],
                application_id=row["application_id"],
                contacts=_some(contacts[row["id"]]),
            )
            for row in self._database.rows("SELECT * FROM people ORDER BY id")
        )

    def meet(self, participant: Participant, application_id: int | None, contact: Contact) -> Person:
        """Store that somebody was met; one who is known there already is met again."""
        with self._database.transaction() as write:
            person_id = _meet(write, participant, application_id, contact)
        return next(person for person in self.people() if person.id == person_id)

    def add_contact(self, person_id: int, contact: Contact) -> None:
        """Store that one was in touch with somebody."""
        with self._database.transaction() as write:
            _insert_contact(write, person_id, contact)

    # --- debriefs ---------------------------------------------------------------------------------

    @readable("What is kept of applications and people")
    def debriefs(self) -> tuple[StoredDebrief, ...]:
        """Return what one made of each interview, oldest interview first."""
        return tuple(
            StoredDebrief(
                id=row["id"],
                uid=row["uid"],
                application_id=row["application_id"],
                created_at=as_moment(row["created_at"]),
                debrief=from_json(row["body"], Debrief, f"Debrief {row['id']}"),
            )
            for row in self._database.rows("SELECT * FROM debriefs ORDER BY held_on, id")
        )

    def keep_debrief(self, application: Application, debrief: Debrief, *, created_at: datetime) -> None:
        """Store a debrief and whom it names; one of the same day is written over.

        That there was an interview on that day is known from now on.
        """
        day, body = debrief.held_on.isoformat(), to_json(debrief)
        with self._database.transaction() as write:
            changed = write.execute(
                "UPDATE debriefs SET body = ? WHERE application_id = ? AND held_on = ?", (body, application.id, day)
            )
            if not changed.rowcount:
                write.execute(
                    "INSERT INTO debriefs (uid, application_id, held_on, created_at, body) VALUES (?, ?, ?, ?, ?)",
                    (uuid4().hex, application.id, day, as_text(created_at), body),
                )
            if debrief.held_on not in {step.on for step in application.talks(until=debrief.held_on)}:
                _insert_step(write, application.id, Step(stage=Stage.INTERVIEW, on=debrief.held_on))
            for participant in debrief.people:
                _meet(write, participant, application.id, Contact(on=debrief.held_on))

    @readable("What is kept of applications and people")
    def answered_on(self, bank_id: str) -> dict[str, list[date]]:
        """Return the days on which each question of a bank was answered in practice, oldest first."""
        days: dict[str, list[date]] = defaultdict(list)
        rows = self._database.rows(
            "SELECT question_id, asked_at FROM takes WHERE bank_id = ? AND duration_s IS NOT NULL ORDER BY asked_at",
            (bank_id,),
        )
        for row in rows:
            days[row["question_id"]].append(as_moment(row["asked_at"]).astimezone().date())
        return dict(days)

    # --- follow-ups -------------------------------------------------------------------------------

    def mark(self, mark: Mark, *, created_at: datetime) -> None:
        """Store that a follow-up is done or put off; what was said of it last holds."""
        with self._database.transaction() as write:
            write.execute(
                "INSERT INTO follow_up_marks (uid, kind, subject_uid, until, created_at) VALUES (?, ?, ?, ?, ?)",
                (
                    uuid4().hex,
                    mark.kind.value,
                    mark.subject_uid,
                    None if mark.until is None else mark.until.isoformat(),
                    as_text(created_at),
                ),
            )


def _some(found: Sequence[Found]) -> tuple[Found, ...]:
    """Return what was found. Raises ValueError where there is nothing, as no application and no person is kept."""
    if not found:
        raise ValueError("nothing was found")
    return tuple(found)


def _step(row: sqlite3.Row) -> Step:
    return Step(stage=Stage(row["stage"]), on=date.fromisoformat(row["on_day"]), note=row["note"], uid=row["uid"])


def _insert_step(write: sqlite3.Connection, application_id: int, step: Step) -> None:
    write.execute(
        "INSERT INTO application_steps (uid, application_id, stage, on_day, note) VALUES (?, ?, ?, ?, ?)",
        (uuid4().hex, application_id, step.stage.value, step.on.isoformat(), step.note),
    )


def _meet(write: sqlite3.Connection, participant: Participant, application_id: int | None, contact: Contact) -> int:
    row = write.execute(
        "SELECT id FROM people WHERE name = ? AND application_id IS ?", (participant.name, application_id)
    ).fetchone()
    if row is None:
        cursor = write.execute(
            "INSERT INTO people (uid, name, role, email, application_id) VALUES (?, ?, ?, ?, ?)",
            (uuid4().hex, participant.name, participant.role, participant.email, application_id),
        )
        person_id = new_id(cursor)
    else:
        person_id = int(row["id"])
        write.execute(
            "UPDATE people SET role = coalesce(?, role), email = coalesce(?, email) WHERE id = ?",
            (participant.role, participant.email, person_id),
        )
    _insert_contact(write, person_id, contact)
    return person_id


def _insert_contact(write: sqlite3.Connection, person_id: int, contact: Contact) -> None:
    """Write down a contact; the same one twice is one."""
    values = (person_id, contact.on.isoformat(), contact.note)
    known = write.execute("SELECT 1 FROM contacts WHERE person_id = ? AND on_day = ? AND note IS ?", values).fetchone()
    if known is None:
        write.execute("INSERT INTO contacts (uid, person_id, on_day, note) VALUES (?, ?, ?, ?)", (uuid4().hex, *values))


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
