"""`mockint progress`: text, a page, a table and JSON."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import builders
import numpy as np
import pytest
from running import run

from mockint.devices.audiofile import RecordingWriter
from mockint.model import CountInterval, Pace, Question, Result
from mockint.scoring import METHOD, score
from mockint.store.keeper import SessionKeeper
from mockint.store.takes import Store
from mockint.typed import judge_typed

SESSION_COUNT = 9
AWKWARD = 'calm, "under\npressure" <b>'
HALF_A_SECOND = np.full(8_000, 0.25, np.float32)


def spoken(words_per_minute: float | None) -> Result:
    """An answer at a pace; None: nobody could make out a word."""
    count = None if words_per_minute is None else CountInterval(count=0, at_least=0, low=0, high=0)
    delivery = builders.delivery(
        words_known=words_per_minute is not None,
        filled_pause_count=count,
        pace=Pace(words_per_minute=words_per_minute, articulation_rate_syll_per_s=4.5, phonation_time_ratio=0.8),
    )
    return Result(delivery=delivery, score=score(delivery, None))


def answer(store: Store, question: Question, asked_at: datetime, result: Result | None) -> None:
    """Hold a session of one take; result: None where it is not scored yet."""
    session = store.begin_session(bank_id="bank", mode="practice", started_at=asked_at)
    keeper = SessionKeeper(store, session.id, open_writer=RecordingWriter, now=lambda: asked_at)
    recording = keeper.begin(question, asked_at)
    recording.write(HALF_A_SECOND)
    take = recording.keep(dropped_block_count=0)
    if result is not None:
        keeper.add_result(take, result, result_delay_s=None)


@pytest.fixture
def practised(home: Path) -> Path:
    """Nine sessions, ever faster, of two questions; then a take without words, and one that is not scored."""
    now = datetime.now(timezone.utc)
    with Store(home) as store:
        for session in range(SESSION_COUNT):
            question = builders.question(id=("one", "two")[session % 2], competency=("planning", AWKWARD)[session % 2])
            answer(store, question, now - timedelta(days=30 - 3 * session), spoken(100.0 + 5 * session))
        answer(store, builders.question(), now - timedelta(hours=2), spoken(None))
        answer(store, builders.question(), now - timedelta(hours=1), None)
    return home


def table(*words: object) -> list[dict[str, str]]:
    """The rows of --csv, by a strict reader."""
    shown = run("progress", "--csv", *words)
    assert (shown.exit_code, shown.stderr) == (0, "")
    return list(csv.DictReader(io.StringIO(shown.stdout, newline=""), strict=True))


# --- text -----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("practised")
def test_text_fits_eighty_columns_and_a_pipe() -> None:
    """No line is longer, none holds colour, and what is real is said in words."""
    shown = run("progress")
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert max(map(len, shown.stdout.splitlines())) <= 80
    assert "\x1b" not in shown.stdout
    assert "10 takes in 10 sessions" in shown.stdout
    assert "+ Pace: 105 to 135 words/min over 9 sessions, a real change, for the better;" in shown.stdout
    assert "SINCE LAST WEEK" in shown.stdout
    assert "▁" in shown.stdout


@pytest.mark.usefixtures("practised")
def test_only_one_question_or_competency() -> None:
    """Told in the first line."""
    assert "5 takes in 5 sessions; competency: planning" in run("progress", "--competency", "planning").stdout
    [two] = run("progress", "--question", "two", "--json").objects
    assert (two["takes"], [each["question"] for each in two["questions"]]) == (4, ["two"])


def test_typed_answers_do_not_hide_the_spoken_ones(practised: Path) -> None:
    """What a voice does is not measured of text: each kind is shown by itself, and said which it is.

    Whichever came last.
    """
    now = datetime.now(timezone.utc)
    with Store(practised) as store:
        typed = judge_typed("I asked what was needed and did it. " * 5, None, METHOD, duration_s=60.0)
        answer(store, builders.question(), now, typed)
    assert "10 takes in 10 sessions; spoken answers" in run("progress").stdout
    with Store(practised) as store:
        answer(store, builders.question(), now, spoken(120.0))
    assert "11 takes in 11 sessions; spoken answers" in run("progress").stdout
    shown = run("progress", "--typed").stdout
    assert "1 take in 1 session; typed answers" in shown
    assert "Words: too few sessions to tell (1 of the 5 that it takes)." in shown


@pytest.mark.usefixtures("practised")
@pytest.mark.parametrize(
    ("words", "problem", "hint"),
    [
        (("--competency", "plannin"), "There are no takes of the competency 'plannin'.", "Did you mean 'planning'?"),
        (("--question", "zebra"), "There are no takes of the question 'zebra'.", "lists those that you have answered"),
        (("--typed",), "There are no typed answers.", "mockint practice --typed"),
        (("--csv", "--json"), "A page, --csv and --json exclude each other.", "mockint progress --open"),
        (("--open", "--csv"), "A page, --csv and --json exclude each other.", "mockint progress --open"),
    ],
)
def test_what_cannot_be_meant_is_told(words: tuple[str, ...], problem: str, hint: str) -> None:
    """A sentence, a hint, and exit code 2."""
    shown = run("progress", *words)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert problem in shown.stderr
    assert hint in shown.stderr


# --- JSON -----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("practised")
def test_json_tells_the_same() -> None:
    """Trends, questions, the week and the days, in one object."""
    [shown] = run("progress", "--json").objects
    pace = next(each for each in shown["measures"] if each["name"] == "pace")
    assert pace["series"][0]["verdict"] == "real change"
    assert {each["name"] for each in shown["since_last_week"]} == {"pace", "fillers", "long pauses", "length"}
    assert sum(shown["takes_on"].values()) == SESSION_COUNT + 1
    assert [each["question"] for each in shown["questions"]] == ["two", "one"]


@pytest.mark.usefixtures("practised")
def test_real_interviews_are_marked(tmp_path: Path) -> None:
    """As the applications know them; those to come are no marks yet."""
    run("applications", "add", "The mill")
    run("applications", "move", 1, "interview", "--date", "yesterday")
    run("applications", "move", 1, "interview", "--date", "tomorrow")
    [shown] = run("progress", "--json").objects
    assert [each["label"] for each in shown["events"]] == ["Interview: The mill"]
    assert "Interview: The mill" in run("progress").stdout
    page = Path(run("progress", "--html", tmp_path / "page.html").stdout.strip())
    assert "Interview: The mill" in page.read_text(encoding="utf-8")


# --- CSV ------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("practised")
def test_the_table_has_a_row_for_each_take_and_measure() -> None:
    """What could not be told is an empty cell, and text comes through as it was."""
    rows = table()
    assert len(rows) == 4 * (SESSION_COUNT + 1)
    paces = [row["value"] for row in rows if row["measure"] == "pace"]
    assert paces == [*(f"{100.0 + 5 * session}" for session in range(SESSION_COUNT)), ""]
    assert {row["competency"] for row in rows} == {"planning", AWKWARD, ""}
    assert all(datetime.fromisoformat(row["asked_at"]).tzinfo is not None for row in rows)


@pytest.mark.usefixtures("practised")
def test_the_table_can_be_of_one_question_or_competency() -> None:
    """As the other forms."""
    assert {row["question"] for row in table("--question", "two")} == {"two"}
    assert {row["competency"] for row in table("--competency", AWKWARD)} == {AWKWARD}


def test_the_table_has_no_points_for_those_who_want_no_grade(practised: Path) -> None:
    """As everywhere else."""
    assert {row["points"] for row in table() if row["measure"] == "length"} == {"20.0"}
    (practised / "config.yaml").write_text("grade: false\n", encoding="utf-8")
    assert {row["points"] for row in table()} == {""}


# --- the page -------------------------------------------------------------------------------------


@pytest.mark.usefixtures("practised")
def test_a_page_is_written_for_its_owner_alone(tmp_path: Path) -> None:
    """What it is called is the one line on stdout."""
    shown = run("progress", "--html", tmp_path / "new" / "page.html")
    assert (shown.exit_code, shown.stderr) == (0, "")
    file = Path(shown.stdout.strip())
    assert file == tmp_path / "new" / "page.html"
    assert "10 takes in 10 sessions" in file.read_text(encoding="utf-8")
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.usefixtures("practised")
def test_a_page_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """Below a file there is no folder; and a folder is no file."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    shown = run("progress", "--html", tmp_path / "file" / "page.html")
    assert (shown.exit_code, shown.stdout) == (1, "")
    assert "cannot be" in shown.stderr
    assert run("progress", "--html", tmp_path).exit_code == 2


@pytest.mark.skipif(os.name != "posix", reason="$BROWSER is read on Unix")
def test_open_shows_the_page_of_the_data_folder_in_the_browser(practised: Path) -> None:
    """Which browser, the system decides."""
    shown = subprocess.run(
        [sys.executable, "-m", "mockint", "progress", "--open"],
        env={**os.environ, "BROWSER": "echo opened %s"},
        capture_output=True,
        text=True,
        check=True,
    )
    page = practised / "pages" / "progress.html"
    assert shown.stdout.split() == [str(page), "opened", page.as_uri()]


# --- nothing yet ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("home")
def test_before_the_first_take_every_form_says_so(tmp_path: Path) -> None:
    """Nothing has failed."""
    said = "No scored takes yet. Record the first one: mockint practice"
    assert run("progress").stdout.strip() == said
    assert run("progress", "--json").objects[0]["takes"] == 0
    assert table() == []
    page = Path(run("progress", "--html", tmp_path / "page.html").stdout.strip())
    assert "No scored takes yet." in page.read_text(encoding="utf-8")


def test_a_take_that_is_not_scored_hides_none_of_the_others(home: Path) -> None:
    """The newest scored one tells what is measured."""
    now = datetime.now(timezone.utc)
    with Store(home) as store:
        answer(store, builders.question(), now - timedelta(hours=2), spoken(140.0))
        answer(store, builders.question(), now - timedelta(hours=1), None)
    assert "1 take in 1 session" in run("progress").stdout
