"""`mockint` alone: what is due and why, and the one next step."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from answered import answer, result
from running import run

from mockint.bank import find_banks, load_bank, shipped_banks_folder
from mockint.cli import wiring
from mockint.model import Question
from mockint.modes import Rules, SessionPlan
from mockint.store.takes import Store

if TYPE_CHECKING:
    from pathlib import Path

NOON = datetime(2026, 3, 2, 12, tzinfo=timezone(timedelta(hours=1)))
pytestmark = pytest.mark.usefixtures("home")
STARTER = {each.id: each for each in load_bank(shipped_banks_folder() / "starter.yaml").questions}
IN_A_MINUTE = STARTER["you-in-a-minute"]


@pytest.fixture(autouse=True)
def _no_midnight(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is noon, all the time."""
    monkeypatch.setattr(wiring, "now", lambda: NOON)


def answered(home: Path, *questions: Question, days_ago: float, percent: float = 100.0) -> None:
    """Answer questions some days ago."""
    with Store(home) as store:
        for each in questions:
            answer(store, each, at=NOON - timedelta(days=days_ago), scored=result(percent))


def interview_in(days: int) -> str:
    """Note an interview, and return its day."""
    day = (NOON + timedelta(days=days)).date().isoformat()
    assert run("practice", "--interview-on", day).exit_code == 0
    return day


def test_a_newcomer_is_welcomed_and_told_how_to_begin() -> None:
    """Nothing else stands there."""
    shown = run()
    assert shown.stdout.startswith("Welcome.")
    assert "Next: mockint practice " in shown.stdout


def test_what_is_due_has_a_line_and_a_reason_each(home: Path) -> None:
    """And below it stands one next step."""
    answered(home, IN_A_MINUTE, days_ago=4)
    lines = run().stdout.splitlines()
    assert lines[0].startswith("Today: 6 questions, 5 of them new, about ")
    assert lines[1].startswith("  We have your CV")
    assert lines[1].endswith("due for 2 days")
    assert all(line.endswith("new") for line in lines[2:7])
    assert lines[-1] == "Next: mockint practice"
    assert max(map(len, lines)) <= 80


def test_the_same_for_other_programs(home: Path) -> None:
    """One object, and nothing beside it."""
    answered(home, IN_A_MINUTE, days_ago=4)
    day = interview_in(20)
    [found] = run("--json").objects
    assert (found["interview_on"], found["next"], found["done_today"]) == (day, "mockint practice", 0)
    because = {(each["bank"], each["question"]): each["because"] for each in found["due"]}
    assert because["starter", "you-in-a-minute"] == "due for 2 days"


def test_json_stands_after_a_command() -> None:
    """Before it, it would mean something else."""
    shown = run("--json", "progress")
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert "mockint progress ... --json" in shown.stderr


def test_the_interview_stands_first(home: Path) -> None:
    """It is what all of this is for."""
    answered(home, IN_A_MINUTE, days_ago=1)
    interview_in(1)
    assert run().stdout.startswith("Your interview is tomorrow, on ")


def test_after_the_interview_one_is_asked_to_look_back(home: Path) -> None:
    """For a week."""
    answered(home, IN_A_MINUTE, days_ago=1)
    for days_ago, said in ((3, True), (30, False)):
        day = (NOON - timedelta(days=days_ago)).date()
        (home / "config.yaml").write_text(f"interview_on: {day.isoformat()}\n", encoding="utf-8")
        assert ("Look back at it: mockint debrief" in run().stdout) is said


def test_what_was_done_today_is_taken_off(home: Path) -> None:
    """Until the half hour is over."""
    questions = list(STARTER.values())
    answered(home, *questions[:2], days_ago=0)
    assert run().stdout.startswith("Left of today's half hour: 4 questions, all new")
    answered(home, *questions[2:7], days_ago=0)
    assert run().stdout.startswith("Done for today: 7 questions.")


def test_the_day_of_the_interview_ends_with_a_wish(home: Path) -> None:
    """That tomorrow is another day is no comfort then."""
    interview_in(0)
    answered(home, *list(STARTER.values())[:4], days_ago=0)
    assert "Done for today: 4 questions. All the best for your interview.\n" in run().stdout


def test_where_nothing_is_due_the_next_day_is_named(home: Path) -> None:
    """A free day is a free day."""
    (home / "banks").mkdir(parents=True)
    (home / "banks" / "own.yaml").write_text(
        'mockint_bank: 1\nbank: {id: own, title: "Own", language: en}\nquestions: [{id: why, text: "Why?"}]\n',
        encoding="utf-8",
    )
    (home / "config.yaml").write_text("banks: [own]\n", encoding="utf-8")
    answered(home, Question(bank_id="own", id="why", text="Why?"), days_ago=1)
    assert run().stdout.startswith("Nothing is due before ")


def test_a_session_that_was_left_comes_first(home: Path) -> None:
    """Until the day after."""
    answered(home, IN_A_MINUTE, days_ago=1)
    with Store(home) as store:
        session = store.begin_session(bank_id="starter", mode="mock", started_at=NOON)
        store.plans.keep(session.id, SessionPlan(rules=Rules(), remaining=(STARTER["went-wrong"],)))
    assert run().stdout.endswith("Next: mockint practice --resume   (1 question left of your last session)\n")


def test_a_bank_with_faults_is_named_once_and_left_out(home: Path) -> None:
    """On stderr, with the command that tells more."""
    (home / "banks").mkdir(parents=True)
    (home / "banks" / "broken.yaml").write_text("mockint_bank: 1\nbank: {}\nquestions: []\n", encoding="utf-8")
    shown = run()
    assert shown.exit_code == 0
    assert shown.stderr.count("broken.yaml has faults and is left out") == 1


def test_takes_from_the_future_are_told_once(home: Path) -> None:
    """And do not keep a question from being due."""
    answered(home, IN_A_MINUTE, days_ago=4)
    answered(home, IN_A_MINUTE, days_ago=-4000)
    shown = run()
    assert shown.stderr.count("1 take from the future") == 1
    assert "due for 2 days" in shown.stdout


def test_takes_of_questions_that_are_gone_are_no_trouble(home: Path) -> None:
    """Somebody who practised is no newcomer."""
    answered(home, Question(bank_id="gone", id="gone", text="Gone?"), days_ago=4)
    assert run().stdout.startswith("Today: 6 questions, all new")


def test_ten_days_before_an_interview(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody opens mockint each evening and answers what is due, some of it badly: each day has its half hour."""
    shipped = {(bank.id, each.id): each for bank in find_banks(wiring.bank_folders()).banks for each in bank.questions}
    interview_on = interview_in(10)
    met: dict[tuple[str, str], int] = {}
    for number in range(11):
        now = NOON + timedelta(days=number)
        monkeypatch.setattr(wiring, "now", lambda now=now: now)
        [found] = run("--json").objects
        assert found["interview_on"] == interview_on
        due = [(each["bank"], each["question"]) for each in found["due"]]
        is_light = number >= 9
        assert 2 <= len(due) <= 4 if is_light else 5 <= len(due) <= 7
        assert not (is_light and set(due) - met.keys())
        with Store(home) as store:
            for place, key in enumerate(due):
                badly = len(key[1]) % 4 == 0
                at = now + timedelta(minutes=5 * place)
                answer(store, shipped[key], at=at, scored=result(0.0 if badly else 100.0))
                met[key] = met.get(key, 0) + 1
    assert len(met) >= 20
    assert sum(count > 1 for count in met.values()) >= 0.7 * len(met)
