"""The shape of the database, one named step after another. A step that was released never changes: add another.

Times are UTC in ISO 8601 with microseconds, so that they sort as text. JSON comes last or in a table of its own, so
that a look at the other columns need not read it. History hangs on `bank_id` and `question_id`, never on text.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """One step, run in one transaction together with the record that it ran."""

    name: str
    statements: tuple[str, ...]


_NEW_QUESTION = "SELECT new.bank_id, new.question_id"
_QUESTION_OF_TAKE = "SELECT bank_id, question_id FROM takes WHERE id ="


def _outdates_standing(name: str, event: str, question: str) -> str:
    """Return a trigger (of `0006_felt`) after which the standing of a question has to be drawn anew.

    Its row is deleted and inserted: INSERT OR REPLACE would become whatever the statement outside the trigger says.
    """
    return f"""
        CREATE TRIGGER standing_outdated_by_{name} AFTER {event} BEGIN
            DELETE FROM standings WHERE (bank_id, question_id) IN ({question});
            INSERT INTO standings (bank_id, question_id) {question};
        END
    """  # noqa: S608 - constants only


MIGRATIONS = (
    Migration(
        name="0001_sessions_takes_results",
        statements=(
            """
            CREATE TABLE sessions (
                id INTEGER PRIMARY KEY AUTOINCREMENT,  -- a number is never used for a second session
                uid TEXT NOT NULL UNIQUE,
                bank_id TEXT NOT NULL,
                mode TEXT NOT NULL,
                started_at TEXT NOT NULL,
                ended_at TEXT
            )
            """,
            "CREATE INDEX sessions_by_time ON sessions (started_at)",
            """
            CREATE TABLE takes (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                uid TEXT NOT NULL UNIQUE,
                session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
                bank_id TEXT NOT NULL,
                question_id TEXT NOT NULL,
                competency TEXT,
                asked_at TEXT NOT NULL,
                duration_s REAL,                       -- NULL while it is being recorded
                audio TEXT NOT NULL,                   -- path in the data folder, with forward slashes
                dropped_block_count INTEGER NOT NULL DEFAULT 0,
                note TEXT,
                question TEXT NOT NULL                 -- as it was asked: JSON of model.Question
            )
            """,
            "CREATE INDEX takes_by_session ON takes (session_id, duration_s)",
            "CREATE INDEX takes_by_question ON takes (bank_id, question_id, asked_at, session_id, duration_s)",
            "CREATE INDEX takes_by_time ON takes (asked_at)",
            "CREATE INDEX takes_unfinished ON takes (id) WHERE duration_s IS NULL",
            """
            CREATE TABLE results (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                uid TEXT NOT NULL UNIQUE,
                take_id INTEGER NOT NULL REFERENCES takes (id) ON DELETE CASCADE,
                method_version TEXT NOT NULL,
                engine TEXT NOT NULL,
                created_at TEXT NOT NULL,
                result_delay_s REAL
            )
            """,
            "CREATE INDEX results_by_take ON results (take_id, created_at)",
            """
            CREATE TABLE result_bodies (
                result_id INTEGER PRIMARY KEY REFERENCES results (id) ON DELETE CASCADE,
                body TEXT NOT NULL                     -- JSON of model.Result
            )
            """,
            """
            CREATE TABLE measures (
                result_id INTEGER NOT NULL REFERENCES results (id) ON DELETE CASCADE,
                name TEXT NOT NULL,
                value REAL,                            -- NULL where it could not be told
                low REAL,
                high REAL,
                points REAL,
                max_points REAL NOT NULL,
                PRIMARY KEY (result_id, name)
            ) WITHOUT ROWID
            """,
        ),
    ),
    Migration(
        name="0002_hearing_checks",
        statements=(
            """
            CREATE TABLE hearing_checks (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                uid TEXT NOT NULL UNIQUE,
                at TEXT NOT NULL,
                engine TEXT NOT NULL,
                microphone TEXT,                       -- NULL where a recording was given in its place
                word_count INTEGER NOT NULL,
                wrong_word_count INTEGER NOT NULL,
                planted_filler_count INTEGER NOT NULL,
                found_filler_count INTEGER NOT NULL,
                false_filler_count INTEGER NOT NULL,
                body TEXT NOT NULL                     -- JSON of hearing.HearingCheck
            )
            """,
        ),
    ),
    Migration(
        name="0003_corrections",
        statements=(
            """
            CREATE TABLE corrections (                 -- rows are only ever added
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                uid TEXT NOT NULL UNIQUE,
                take_id INTEGER NOT NULL REFERENCES takes (id) ON DELETE CASCADE,
                kind TEXT NOT NULL,                    -- model.CorrectionKind
                start_s REAL NOT NULL,
                end_s REAL NOT NULL,
                old_text TEXT,
                new_text TEXT,
                created_at TEXT NOT NULL
            )
            """,
            "CREATE INDEX corrections_by_take ON corrections (take_id)",
            "ALTER TABLE results ADD COLUMN corrected INTEGER NOT NULL DEFAULT 0",
        ),
    ),
    Migration(
        name="0004_progress_index",
        statements=(
            # Progress reads all takes, and none of their questions: from a cold disk, in less than half of the time.
            """
            CREATE INDEX takes_for_progress ON takes
                (asked_at, id, session_id, bank_id, question_id, competency, duration_s)
            """,
        ),
    ),
    Migration(
        name="0004_audio_removed",
        statements=(
            # When the recording was removed because its owner keeps none for longer (keep_audio); NULL: it was not.
            "ALTER TABLE takes ADD COLUMN audio_removed_at TEXT",
        ),
    ),
    Migration(
        name="0005_feedback",
        statements=(
            """
            CREATE TABLE feedback (                    -- rows are only ever added
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                uid TEXT NOT NULL UNIQUE,
                take_id INTEGER NOT NULL REFERENCES takes (id) ON DELETE CASCADE,
                answer TEXT NOT NULL,                  -- names one mentor's filling in of one page
                saved_at TEXT NOT NULL,                -- by the mentor's clock: the newest save of an answer holds
                imported_at TEXT NOT NULL,
                body TEXT NOT NULL                     -- JSON of feedback.Feedback
            )
            """,
            "CREATE INDEX feedback_by_take ON feedback (take_id, answer, saved_at)",
        ),
    ),
    Migration(
        name="0006_felt",
        statements=(
            "ALTER TABLE takes ADD COLUMN felt INTEGER",  # schedule.recall.Grade; NULL: the person did not say
            "ALTER TABLE takes ADD COLUMN graded INTEGER NOT NULL DEFAULT 1",  # 0: no points were wanted
            """
            CREATE TABLE standings (                   -- drawn from the takes, anew where the rule is NULL
                bank_id TEXT NOT NULL,
                question_id TEXT NOT NULL,
                rule TEXT,                             -- schedule.recall.RecallRule.version; NULL: out of date
                last_asked_at TEXT,                    -- NULL: no take of it counts
                interval_days INTEGER,
                stability_days REAL,
                difficulty REAL,
                quality REAL,
                quality_count INTEGER,
                PRIMARY KEY (bank_id, question_id)
            ) WITHOUT ROWID
            """,
            "INSERT INTO standings (bank_id, question_id) SELECT DISTINCT bank_id, question_id FROM takes",
            _outdates_standing("new_take", "INSERT ON takes WHEN new.duration_s IS NOT NULL", _NEW_QUESTION),
            _outdates_standing("take", "UPDATE OF duration_s, felt, graded ON takes", _NEW_QUESTION),
            _outdates_standing("lost_take", "DELETE ON takes", "SELECT old.bank_id, old.question_id"),
            _outdates_standing("result", "INSERT ON results", f"{_QUESTION_OF_TAKE} new.take_id"),
            _outdates_standing("lost_result", "DELETE ON results", f"{_QUESTION_OF_TAKE} old.take_id"),
        ),
    ),
    Migration(
        name="0007_session_plan",
        statements=(
            """
            CREATE TABLE session_plans (               -- of sessions that are not finished
                session_id INTEGER PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
                body TEXT NOT NULL                     -- JSON of modes.SessionPlan
            )
            """,
        ),
    ),
    Migration(
        name="0007_typed_answers",
        statements=(
            """
            CREATE TABLE typed_answers (               -- of takes without a recording
                take_id INTEGER PRIMARY KEY REFERENCES takes (id) ON DELETE CASCADE,
                text TEXT NOT NULL
            )
            """,
        ),
    ),
    Migration(
        name="0008_marks",
        statements=(
            """
            CREATE TABLE marks (                       -- rows are only ever added
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                uid TEXT NOT NULL UNIQUE,
                take_id INTEGER NOT NULL REFERENCES takes (id) ON DELETE CASCADE,
                created_at TEXT NOT NULL,
                body TEXT NOT NULL                     -- JSON of story.Marks
            )
            """,
            "CREATE INDEX marks_by_take ON marks (take_id, created_at)",
        ),
    ),
    Migration(
        name="0009_afterwards",
        statements=(
            """
            CREATE TABLE applications (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                uid TEXT NOT NULL UNIQUE,
                company TEXT NOT NULL,
                role TEXT,
                link TEXT,
                note TEXT
            )
            """,
            """
            CREATE TABLE application_steps (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                uid TEXT NOT NULL UNIQUE,
                application_id INTEGER NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
                stage TEXT NOT NULL,                   -- afterwards.records.Stage
                on_day TEXT NOT NULL,                  -- a day as it was meant, without a zone; so are all days here
                note TEXT
            )
            """,
            "CREATE INDEX application_steps_by_application ON application_steps (application_id)",
            """
            CREATE TABLE people (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                uid TEXT NOT NULL UNIQUE,
                name TEXT NOT NULL,
                role TEXT,
                email TEXT,
                application_id INTEGER REFERENCES applications (id) ON DELETE SET NULL
            )
            """,
            "CREATE INDEX people_by_application ON people (application_id, name)",
            """
            CREATE TABLE contacts (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                uid TEXT NOT NULL UNIQUE,
                person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
                on_day TEXT NOT NULL,
                note TEXT
            )
            """,
            "CREATE INDEX contacts_by_person ON contacts (person_id, on_day)",
            """
            CREATE TABLE debriefs (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                uid TEXT NOT NULL UNIQUE,
                application_id INTEGER NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
                held_on TEXT NOT NULL,
                created_at TEXT NOT NULL,
                body TEXT NOT NULL                     -- JSON of afterwards.records.Debrief
            )
            """,
            "CREATE INDEX debriefs_by_application ON debriefs (application_id, held_on)",
            """
            CREATE TABLE follow_up_marks (             -- rows are only ever added
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                uid TEXT NOT NULL UNIQUE,
                kind TEXT NOT NULL,                    -- afterwards.followups.Kind
                subject_uid TEXT NOT NULL,             -- of the step or person that it is about
                until TEXT,                            -- NULL: it is done
                created_at TEXT NOT NULL
            )
            """,
        ),
    ),
    Migration(
        name="0010_stories",
        statements=(
            """
            CREATE TABLE stories (                     -- rows are only ever added
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                uid TEXT NOT NULL UNIQUE,
                take_id INTEGER NOT NULL REFERENCES takes (id) ON DELETE CASCADE,
                created_at TEXT NOT NULL,
                name TEXT                              -- NULL: the take tells none that has a name
            )
            """,
            "CREATE INDEX stories_by_take ON stories (take_id, created_at)",
        ),
    ),
)
"""In the order in which they run."""
