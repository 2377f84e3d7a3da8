"""What `mockint practice` asks, and how the choice is overruled."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
from answered import answer, result
from running import run

from mockint.bank import find_banks, load_bank, shipped_banks_folder
from mockint.cli import wiring
from mockint.cli.choosing import SEVERAL_BANKS, Chosen, Wanted, choose
from mockint.errors import UsageProblem
from mockint.feedback import Feedback
from mockint.store.takes import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mockint.model import Question

NOON = datetime(2026, 3, 2, 12, tzinfo=timezone(timedelta(hours=1)))
pytestmark = pytest.mark.usefixtures("home")

ANY = Wanted(bank=None, count=None, question=None, tag=None)
OWN_BANK = """
mockint_bank: 1
bank: {id: own, title: "Own", language: en}
questions:
  - {id: why-us, text: "Why us?", competency: motivation, aliases: [why]}
  - {id: went-wrong, text: "What went wrong at your last place?", retired: true}
"""


@pytest.fixture(autouse=True)
def _no_midnight(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is noon, all the time."""
    monkeypatch.setattr(wiring, "now", lambda: NOON)


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    """The store of a new home."""
    with Store(home) as opened:
        yield opened


def shipped(bank_id: str) -> tuple[Question, ...]:
    return load_bank(shipped_banks_folder() / f"{bank_id}.yaml").questions


def asked(store: Store, **wanted: Any) -> list[str]:
    """The ids that would be asked."""
    return [each.id for each in chosen(store, **wanted).questions]


def chosen(store: Store, **wanted: Any) -> Chosen:
    from dataclasses import replace

    return choose(replace(ANY, **wanted), store)


def answered(store: Store, *questions: Question, days_ago: float) -> None:
    for each in questions:
        answer(store, each, at=NOON - timedelta(days=days_ago), scored=result(100))


def add_own_bank(home: Path) -> None:
    (home / "banks").mkdir(parents=True)
    (home / "banks" / "own.yaml").write_text(OWN_BANK, encoding="utf-8")


# --- today ----------------------------------------------------------------------------------------


def test_the_first_sitting_is_short(store: Store) -> None:
    """Three questions from the bank for everybody."""
    first = chosen(store)
    assert (first.bank_id, len(first.questions)) == ("starter", 3)


def test_after_that_it_is_a_half_hour(store: Store) -> None:
    """What is due, and new ones."""
    answered(store, shipped("starter")[0], days_ago=3)
    found = asked(store)
    assert len(found) == 6
    assert found[0] == "you-in-a-minute"


def test_questions_of_several_banks_make_one_session(store: Store) -> None:
    """It is filed under none of them."""
    answered(store, shipped("starter")[0], shipped("leading-people")[0], days_ago=3)
    found = chosen(store)
    assert {each.bank_id for each in found.questions} == {"starter", "leading-people"}
    assert found.bank_id == SEVERAL_BANKS


def test_own_questions_come_before_shipped_ones(home: Path, store: Store) -> None:
    """Somebody took the trouble to write them down; retired ones are never asked."""
    add_own_bank(home)
    assert asked(store)[0] == "why-us"


def test_a_bank_for_a_trade_waits_until_it_is_practised(store: Store) -> None:
    """A nurse is not asked about code, unless she wants to be."""
    everybody = {bank.id for bank in find_banks([shipped_banks_folder()]).banks}
    ask_all = [each.bank_id for each in chosen(store, count=10_000).questions]
    assert set(ask_all) == everybody
    assert "software-engineering" in ask_all[-120:]
    assert "software-engineering" not in ask_all[:120]
    answered(store, shipped("software-engineering")[0], days_ago=3)
    assert "software-engineering" in [each.bank_id for each in chosen(store, count=10_000).questions][:120]


def test_the_banks_of_the_settings_are_all_that_is_asked(home: Path, store: Store) -> None:
    """A name that is nearly right is named."""
    (home / "config.yaml").write_text("banks: [motivation-and-fit]\n", encoding="utf-8")
    assert chosen(store).bank_id == "motivation-and-fit"
    assert asked(store, question="went-wrong") == ["went-wrong"]
    (home / "config.yaml").write_text("banks: [motivation-and-fitt]\n", encoding="utf-8")
    with pytest.raises(UsageProblem) as raised:
        chosen(store)
    assert raised.value.hint == "Did you mean 'motivation-and-fit'?"


def test_what_was_asked_today_is_not_asked_again(store: Store) -> None:
    """The rest of the half hour is new; when it is over, another one may be had."""
    first = shipped("starter")[:4]
    answered(store, *first, days_ago=0)
    rest = asked(store)
    assert len(rest) == 2
    assert not {each.id for each in first} & set(rest)
    answered(store, *(each for each in shipped("starter") if each.id in rest), days_ago=0)
    assert len(asked(store)) == 6


def test_a_mentor_is_obeyed(store: Store) -> None:
    """What somebody would change comes first, until it was answered again."""
    question = shipped("starter")[8]
    number = answer(store, question, at=NOON - timedelta(days=1), scored=result(100))
    said = Feedback(
        take_uid=store.take(number).uid,
        answer="4f2a",
        saved_at=NOON - timedelta(hours=2),
        mentor="Ada",
        ratings=(),
        comments=(),
        keep="",
        change="Say what you did.",
    )
    store.feedback.add([(number, said)], at=NOON - timedelta(hours=1))
    assert asked(store)[0] == question.id
    answered(store, question, days_ago=0)
    assert question.id not in asked(store)


# --- overruled ------------------------------------------------------------------------------------


def test_a_question_is_found_in_whichever_bank_it_is(home: Path, store: Store) -> None:
    """Also by a name that it had before; where several banks have it, they are named."""
    add_own_bank(home)
    assert chosen(store, question="why").questions[0].id == "why-us"
    assert chosen(store, bank="own", question="went-wrong").bank_id == "own"
    with pytest.raises(UsageProblem) as raised:
        chosen(store, question="went-wrong")
    assert raised.value.hint == "Name the bank, too: starter, own."
    with pytest.raises(UsageProblem, match="No bank has a question 'you-in-a-minit'") as missing:
        chosen(store, question="you-in-a-minit")
    assert missing.value.hint == "Did you mean 'you-in-a-minute'?"


def test_a_topic_is_found_in_all_banks(store: Store) -> None:
    """A competency is named alike everywhere; so are categories and tags."""
    found = chosen(store, tag="planning", count=30).questions
    assert {each.competency for each in found} == {"planning"}
    assert len({each.bank_id for each in found}) > 5
    with pytest.raises(UsageProblem, match="No question is tagged 'planing'") as raised:
        chosen(store, tag="planing")
    assert raised.value.hint == "Did you mean 'planning'?"


def test_a_bank_that_is_named_is_asked_due_or_not(store: Store) -> None:
    """With what comes soonest, where nothing is due."""
    answered(store, *shipped("motivation-and-fit"), days_ago=0)
    assert len(asked(store, bank="motivation-and-fit", count=4)) == 4


def test_chance_can_be_had_again(store: Store) -> None:
    """The same seed, the same questions; without one, the questions of that moment."""
    one, again, other = (asked(store, at_random=True, seed=seed, count=8) for seed in (1, 1, 2))
    assert one == again != other
    assert len(asked(store, at_random=True)) >= 4
    with pytest.raises(UsageProblem, match="nothing is left to chance"):
        chosen(store, seed=1)


def test_a_bank_of_retired_questions_asks_nothing(home: Path, store: Store) -> None:
    """It says so."""
    (home / "banks").mkdir(parents=True)
    (home / "banks" / "own.yaml").write_text(OWN_BANK.replace("aliases: [why]", "retired: true"), encoding="utf-8")
    with pytest.raises(UsageProblem, match="There is no question left to ask"):
        chosen(store, bank="own")


# --- the days ahead -------------------------------------------------------------------------------


def test_an_interview_is_noted_and_planned_for(home: Path) -> None:
    """Nothing is asked; each day has its line, and the day is kept in the settings."""
    day = (NOON + timedelta(days=10)).date()
    shown = run("practice", "--interview-on", day.isoformat())
    assert shown.exit_code == 0
    assert shown.stdout.startswith("Your interview is in 10 days, on ")
    assert shown.stdout.count(" questions, ") == 11
    assert ": a light day" in shown.stdout
    assert max(map(len, shown.stdout.splitlines())) <= 80
    assert f"interview_on: '{day.isoformat()}'" in (home / "config.yaml").read_text(encoding="utf-8")
    assert run("practice", "--interview-on", "none").stdout.startswith("If every answer goes well")


@pytest.mark.parametrize("words", [["--question", "went-wrong"], ["--count", "2"], ["--random"]])
def test_a_plan_passes_nothing_over(home: Path, words: list[str]) -> None:
    """It goes by what is due; and nothing is noted then."""
    shown = run("practice", "--interview-on", "2099-01-01", *words)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert "A plan goes by what is due" in shown.stderr
    assert not (home / "config.yaml").exists()


def test_a_plan_for_other_programs() -> None:
    """One object a day; without an interview, a week."""
    days = [json.loads(line) for line in run("practice", "--plan", "--json").stdout.splitlines()]
    assert len(days) == 7
    assert [day["days_to_interview"] for day in days] == [None] * 7
    assert all(24 <= day["minutes"] <= 30 for day in days)
    assert all(day["questions"] for day in days)


def test_what_does_not_fit_is_named() -> None:
    """Nobody is left to believe that two days are enough for everything; the evening before, nobody is told."""
    for days, said in ((2, True), (1, False)):
        day = (NOON + timedelta(days=days)).date()
        shown = " ".join(run("practice", "--interview-on", day.isoformat()).stdout.split())
        assert ("important questions more would not fit into half an hour a day: " in shown) is said


@pytest.mark.parametrize(
    ("day", "problem"), [("4.12.", "'4.12.' is no day."), ("2020-02-02", "2020-02-02 is over."), ("", "'' is no day.")]
)
def test_a_day_that_cannot_be_is_refused(home: Path, day: str, problem: str) -> None:
    """And nothing is noted."""
    shown = run("practice", "--interview-on", day)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert problem in shown.stderr
    assert not (home / "config.yaml").exists()


def test_the_interview_of_an_application_counts_too(home: Path) -> None:
    """The sooner of the two is planned for."""
    sooner, later = ((NOON + timedelta(days=days)).date().isoformat() for days in (5, 9))
    assert run("practice", "--interview-on", later).exit_code == 0
    assert run("applications", "add", "Acme").exit_code == 0
    assert run("applications", "move", "Acme", "interview", "--date", sooner).exit_code == 0
    assert run("practice", "--plan").stdout.startswith("Your interview is in 5 days")
