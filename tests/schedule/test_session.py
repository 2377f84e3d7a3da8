"""Today's half hour: what goes into it, in which order, and what never does."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from builders import question
from hypothesis import given, settings
from hypothesis import strategies as st
from practising import NOW, bank, chance, day, ids, lived, stands

from mockint.schedule.due import Situation, Wish, due_list
from mockint.schedule.recall import Grade, RecallRule
from mockint.schedule.rule import RULE
from mockint.schedule.session import choose, choose_at_random, question_s, todays_s

if TYPE_CHECKING:
    from mockint.model import Question
    from mockint.schedule.due import Key
    from mockint.schedule.recall import Standing

NO_INTERVIEW = Situation(now=NOW)


def chosen(
    questions: tuple[Question, ...],
    standings: dict[Key, Standing],
    situation: Situation = NO_INTERVIEW,
    *,
    count: int | None = None,
    fill: bool = False,
) -> list[str]:
    return ids(choose(due_list(questions, standings, situation), situation, count=count, fill=fill))


# --- how much -------------------------------------------------------------------------------------


def test_a_half_hour_holds_about_six_questions() -> None:
    """Of the usual length, answered twice; more short ones, fewer long ones."""
    assert [len(chosen(bank(20, time_limit_s=limit_s), {})) for limit_s in (45.0, 90.0, 120.0, 150.0)] == [10, 6, 5, 4]


def test_a_question_that_takes_an_hour_leaves_room_for_others() -> None:
    """It is reckoned as a third of the session at most."""
    assert len(chosen(bank(20, time_limit_s=3600.0), {})) == 3


def test_so_many_as_are_asked_for() -> None:
    """A count goes before the half hour."""
    assert len(chosen(bank(20), {}, count=12)) == 12


def test_the_last_day_is_light_and_so_is_the_day_itself() -> None:
    """The evening before an interview is no time for a marathon."""
    minutes = [todays_s(Situation(now=NOW, interview_on=day(ahead))) / 60 for ahead in (0, 1, 2)]
    assert minutes == [pytest.approx(10.5), 15, 30]
    assert todays_s(Situation(now=NOW, interview_on=day(-1))) == RULE.session_s


# --- in which order -------------------------------------------------------------------------------


def test_what_has_been_due_longest_comes_first() -> None:
    """The due order is that of the days, not of the bank."""
    standings = {("bank", f"q{i}"): stands(days_ago) for i, days_ago in enumerate((11, 30, 5, 12))}
    assert chosen(bank(4), standings) == ["q1", "q3", "q0"]


def test_every_third_question_is_a_new_one() -> None:
    """While there are some, however much is due."""
    standings = {("bank", f"q{i}"): stands(20) for i in range(10)}
    assert chosen(bank(20, time_limit_s=90.0), standings) == ["q0", "q10", "q1", "q2", "q11", "q3"]


def test_a_wish_comes_before_everything_else() -> None:
    """Also where it was never asked; of several wishes, the newest first."""
    wishes = (
        Wish(bank_id="bank", question_id="q7", source="your mentor", since=NOW - timedelta(days=3)),
        Wish(bank_id="bank", question_id="q2", source="your mentor", since=NOW - timedelta(days=2)),
    )
    standings = {("bank", f"q{i}"): stands(20) for i in range(6)}
    situation = Situation(now=NOW, wishes=wishes)
    assert [each for each in chosen(bank(10), standings, situation) if each in {"q2", "q7"}] == ["q2", "q7"]
    assert chosen(bank(10), standings, situation)[0] == "q2"


def test_new_questions_come_bank_by_bank_and_in_all_directions() -> None:
    """Those of the first rank before all others; in each, the competency first that was met least."""
    own = bank(3, bank_id="own", competency="planning")
    wide = tuple(question(bank_id="wide", id=name, text=name, competency=name[0]) for name in ("a1", "a2", "b1", "c1"))
    situation = Situation(now=NOW, bank_ranks={"own": 0, "wide": 1})
    assert chosen((*wide, *own), {}, situation, count=7) == ["q0", "q1", "a1", "b1", "c1", "a2", "q2"]


def test_a_weak_competency_is_met_first() -> None:
    """Of what was never asked, that is best which is needed most."""
    standings = {
        ("bank", "q0"): stands(0, quality=0.9, takes=6),
        ("bank", "q1"): stands(0, quality=0.2, takes=6),
    }
    questions = (*bank(2), question(id="strong", text="strong", competency="c0"), question(id="weak", competency="c1"))
    assert chosen(questions, standings) == ["weak", "strong"]


def test_where_little_is_due_the_soonest_fill_the_time() -> None:
    """Somebody who wants to practise is never sent away."""
    standings = {("bank", f"q{i}"): stands(days_ago) for i, days_ago in enumerate((1, 3, 2, 10))}
    assert chosen(bank(4), standings) == ["q3"]
    assert chosen(bank(4), standings, fill=True) == ["q3", "q1", "q2", "q0"]


# --- the day before an interview ------------------------------------------------------------------


def test_nothing_new_comes_on_the_last_day() -> None:
    """What is known is gone through again, due or not."""
    standings = {("bank", f"q{i}"): stands(0, interval_days=1) for i in range(4)}
    for ahead in (0, 1):
        asked = chosen(bank(20), standings, Situation(now=NOW, interview_on=day(ahead)))
        assert asked
        assert set(asked) <= {"q0", "q1", "q2", "q3"}


def test_whoever_begins_on_the_last_day_is_asked_something_all_the_same() -> None:
    """The night before is the only one that some people have."""
    assert len(chosen(bank(20), {}, Situation(now=NOW, interview_on=day(1)))) == 2


# --- what never goes together ---------------------------------------------------------------------


def test_two_questions_in_the_same_words_are_never_in_one_session() -> None:
    """Not in other case, not with a word more, not from another bank, not when everything is asked for."""
    same = (
        question(id="one", text="Tell me about a time when you failed at work."),
        question(id="two", text="Tell me about a time when you FAILED at work"),
        question(id="three", text="Tell me about a time you failed at work!", bank_id="other"),
        question(id="four", text="Tell me about a time when you won at work."),
    )
    assert chosen(same, {}, count=10, fill=True) == ["one", "four"]
    assert len(choose_at_random(same, chance(1), count=10)) == 2


def test_competencies_are_mixed_while_there_are_others() -> None:
    """Two questions about one thing, and then something else."""
    planning = bank(6, competency="planning")
    other = tuple(question(id=f"o{i}", text=f"o{i}", competency=f"o{i}") for i in range(3))
    asked = chosen((*planning, *other), {}, count=5)
    assert sum(each.startswith("q") for each in asked) == 2
    assert len(chosen(planning, {}, count=5)) == 5


WORDS = st.sampled_from(["when", "did", "you", "fail", "win", "plan", "lead", "team", "WHEN", "you?"])
QUESTIONS = st.lists(
    st.builds(
        lambda number, words, competency, limit_s: question(
            id=f"q{number}", text=" ".join(words), competency=competency, time_limit_s=limit_s
        ),
        st.integers(0, 10_000),
        st.lists(WORDS, min_size=1, max_size=8),
        st.none() | st.sampled_from(["planning", "teamwork", "learning"]),
        st.none() | st.floats(10, 4000),
    ),
    max_size=25,
    unique_by=lambda each: each.id,
)


@given(questions=QUESTIONS, data=st.data())
def test_a_session_keeps_its_promises(questions: list[Question], data: st.DataObject) -> None:
    """Whatever the questions and their past: no question twice, none alike, no more time than there is."""
    days_ago = data.draw(st.lists(st.none() | st.integers(-2, 90), min_size=len(questions), max_size=len(questions)))
    pairs = zip(questions, days_ago, strict=True)
    standings = {("bank", each.id): stands(ago) for each, ago in pairs if ago is not None}
    ahead = data.draw(st.none() | st.integers(-3, 40))
    situation = Situation(now=NOW, interview_on=None if ahead is None else day(ahead))
    asked = choose(due_list(questions, standings, situation), situation, fill=data.draw(st.booleans()))
    assert len({due.question.id for due in asked}) == len(asked)
    assert len({" ".join(sorted(due.question.text.lower().replace("?", "").split())) for due in asked}) == len(asked)
    assert sum(question_s(due.question) for due in asked) <= todays_s(situation)
    assert asked or not questions or all(due.due_on > NOW.date() for due in due_list(questions, standings, situation))


# --- nothing starves ------------------------------------------------------------------------------


@settings(deadline=None, max_examples=25)
@given(
    count=st.integers(1, 24),
    competencies=st.integers(1, 5),
    limit_s=st.sampled_from([30.0, 90.0, 600.0]),
    grades=st.lists(st.sampled_from(Grade), min_size=1, max_size=7),
)
def test_nothing_starves(count: int, competencies: int, limit_s: float, grades: list[Grade]) -> None:
    """Whoever practises daily meets every question, and meets it again within its longest rest and one turn of all.

    However the answers go: also where some are answered badly for ever.
    """
    questions = tuple(
        question(id=f"q{i}", text=f"{i}", competency=f"c{i % competencies}", time_limit_s=limit_s) for i in range(count)
    )
    bound = RecallRule().longest_interval_days + count
    last = dict.fromkeys((each.id for each in questions), -1)
    for ahead, asked in lived(questions, 150, grade=lambda each: grades[int(each.id[1:]) % len(grades)]):
        for due in asked:
            last[due.question.id] = ahead
        assert all(ahead - at <= bound for at in last.values())
        assert ahead < count or all(at >= 0 for at in last.values())  # at least one new question a day


# --- at random ------------------------------------------------------------------------------------


def test_chance_is_handed_in() -> None:
    """The same seed gives the same session, another one another; retired questions are never in it."""
    questions = (*bank(40), question(id="old", text="old", retired=True))
    one, again, other = ([each.id for each in choose_at_random(questions, chance(seed))] for seed in (1, 1, 2))
    assert one == again != other
    everything = choose_at_random(questions, chance(3), count=100)
    assert {each.id for each in everything} == {f"q{i}" for i in range(40)}


def test_without_chance_the_same_day_gives_the_same_session() -> None:
    """Nothing but the takes and the day decides."""
    standings = {("bank", f"q{i}"): stands(i) for i in range(0, 30, 2)}
    assert len({tuple(chosen(bank(30), standings)) for _ in range(5)}) == 1
