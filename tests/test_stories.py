"""The stories that a person tells: names that can be kept, what each was told for, and when one is told too often."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import builders
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockint.errors import UsageProblem
from mockint.stories import MOST_LETTERS, OveruseRule, Telling, repertoire, story_name

NOON = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)


def telling(story: str, number: int = 0, **fields: object) -> Telling:
    """The telling of that number: each on a day, in a session and for a question of its own."""
    plain = Telling(
        story=story,
        session_id=number,
        bank_id="bank",
        question_id=f"question-{number}",
        competency=None,
        asked_at=NOON + timedelta(days=number),
        share=None,
    )
    return replace(plain, **fields)  # type: ignore[arg-type]  # any field


# --- names ----------------------------------------------------------------------------------------


def test_a_name_is_kept_on_one_line() -> None:
    """Whatever white space is in it."""
    assert story_name("  The booking\n form ") == "The booking form"
    assert story_name("Où ça ? ありがとう 🙂") == "Où ça ? ありがとう 🙂"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "A story needs a name."),
        (" \n", "A story needs a name."),
        ("a" * 10_240, "A story's name has at most 60 letters, and this one 10,240."),
        ("a\x1b[2J", "A story's name cannot hold control characters."),
        ("a\u202eb", "A story's name cannot hold control characters."),
        ("a\udcffb", "A story's name cannot hold control characters."),
    ],
)
def test_names_that_are_none(text: str, problem: str) -> None:
    """Each says why, and says nothing of what was given: it may be long, or steer the terminal."""
    with pytest.raises(UsageProblem) as raised:
        story_name(text)
    assert raised.value.problem == problem


@given(st.text())
def test_a_name_is_kept_as_it_is_or_not_at_all(text: str) -> None:
    """What was kept is kept again, fits its place in the table, and can be printed."""
    try:
        name = story_name(text)
    except UsageProblem:
        return
    assert (story_name(name), name.isprintable(), 0 < len(name) <= MOST_LETTERS) == (name, True, True)


# --- what they were told for ----------------------------------------------------------------------


def test_a_story_with_what_it_was_told_for() -> None:
    """Under the name that was written last; names that differ in capitals alone are one."""
    found = repertoire(
        [
            telling("the form", 1, competency="teamwork", share=0.7),
            telling("The move", 2, competency="planning"),
            telling("The Form", 3, competency="quality", share=0.6),
            telling("The Form", 4, competency="teamwork", question_id="question-1"),
        ],
        practised=(),
        last_session_ids={3, 4},
    )
    form, move = found.stories
    assert (form.name, form.competencies, form.told_count) == ("The Form", ("quality", "teamwork"), 3)
    assert (form.question_count, form.recent_question_count) == (2, 2)
    assert (form.last_told_at, form.best_share) == (NOON + timedelta(days=4), 0.7)
    assert (move.name, move.recent_question_count, move.best_share) == ("The move", 0, None)


def test_competencies_without_a_story() -> None:
    """Those of questions that want one: nobody needs a story for why they apply."""
    practised = [
        builders.question(id=competency, competency=competency, star=star)
        for competency, star in (("teamwork", True), ("quality", True), ("motivation", False), (None, True))
    ]
    assert repertoire((), practised, ()).untold == ("quality", "teamwork")
    assert repertoire([telling("The form", competency="teamwork")], practised, ()).untold == ("quality",)


def test_a_story_that_is_told_for_too_much() -> None:
    """The same question again is practice; different ones are what counts, and only lately."""
    rule = OveruseRule(session_count=5, most_questions=3)
    tellings = [telling("The form", number) for number in range(4)]
    same = [telling("The form", number, question_id="one") for number in range(9)]
    assert [story.name for story in repertoire(tellings, (), range(4), rule).overused] == ["The form"]
    assert repertoire(tellings, (), range(1, 4), rule).overused == ()
    assert repertoire(same, (), range(9), rule).overused == ()
