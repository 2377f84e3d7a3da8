"""Following a strong answer: marks that can be meant, the split of a story, and guesses that stay guesses."""

from __future__ import annotations

import builders
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockint.errors import UsageProblem
from mockint.story import PARTS, Marks, PartStart, StoryPart, checked, guesses, stretches

SITUATION, TASK, ACTION, RESULT = PARTS
QUESTION = builders.question(covers=("what happened", "what you did", "what came of it"))


def starts(**at_s: float) -> tuple[PartStart, ...]:
    """Starts by the letters of their parts: s, t, a, r."""
    by_letter = {part.letter: part for part in PARTS}
    return tuple(PartStart(part=by_letter[letter], start_s=each) for letter, each in at_s.items())


# --- marks ----------------------------------------------------------------------------------------


def test_marks_are_put_in_order() -> None:
    """However they were given; a point that is named twice is covered once."""
    marks = checked(Marks(covers=(3, 1, 3), starts=starts(r=80, s=4, a=30)), QUESTION, 90)
    assert marks == Marks(covers=(1, 3), starts=starts(s=4, a=30, r=80))


def test_saying_nothing_is_not_saying_none() -> None:
    """None covered is a mark, too."""
    assert checked(Marks(), QUESTION, 90) == Marks()
    assert checked(Marks(covers=()), QUESTION, 90) == Marks(covers=())


@pytest.mark.parametrize(
    ("marks", "problem"),
    [
        (Marks(covers=(4,)), "There is no 4: the question names 3 things."),
        (Marks(covers=(0,)), "There is no 0: the question names 3 things."),
        (Marks(starts=starts(s=10, t=4)), "The task cannot begin before the situation."),
        (Marks(starts=starts(s=4, t=4)), "The task cannot begin before the situation."),
        (Marks(starts=starts(s=4, r=90)), "The take ends at 1:30.0."),
        (Marks(starts=(*starts(a=4), *starts(a=9))), "The action is given twice."),
    ],
)
def test_marks_that_cannot_be_meant(marks: Marks, problem: str) -> None:
    """Each says why."""
    with pytest.raises(UsageProblem) as raised:
        checked(marks, QUESTION, 90)
    assert raised.value.problem == problem


def test_a_question_that_names_nothing_to_cover() -> None:
    """Its story can be marked all the same."""
    with pytest.raises(UsageProblem, match="does not say what a strong answer covers"):
        checked(Marks(covers=(1,)), builders.question(), 90)
    assert checked(Marks(starts=starts(s=0)), builders.question(), 90).starts == starts(s=0)


# --- the split ------------------------------------------------------------------------------------


def test_a_part_lasts_until_the_next_one_begins() -> None:
    """The last one to the end of the answer; a part that was left out takes no time."""
    told = stretches(starts(s=4, t=15, r=80), 90)
    assert [(each.part, each.start_s, each.duration_s) for each in told] == [
        (SITUATION, 4, 11),
        (TASK, 15, 65),
        (RESULT, 80, 10),
    ]
    assert stretches((), 90) == ()


@given(times=st.lists(st.floats(0, 100), min_size=1, max_size=4, unique=True), end_s=st.floats(0, 120))
def test_the_parts_fill_the_story(times: list[float], end_s: float) -> None:
    """No part lasts less than nothing, whatever the recogniser takes for the end of the answer."""
    told = stretches(
        tuple(PartStart(part=part, start_s=at_s) for part, at_s in zip(PARTS, sorted(times), strict=False)), end_s
    )
    assert all(each.duration_s >= 0 for each in told)
    assert sum(each.duration_s for each in told) == pytest.approx(max(end_s, *times) - min(times))


# --- guesses --------------------------------------------------------------------------------------


def guessed(text: str) -> list[tuple[StoryPart, float, str]]:
    """Part, number of its first word, and the words that gave the guess away."""
    delivery = builders.delivery(words=builders.words(text))
    return [(guess.part, round(guess.start_s / builders.WORD_S), guess.words) for guess in guesses(delivery)]


def test_parts_are_guessed_by_how_people_begin_them() -> None:
    """In their order: what comes before the part before it begins nothing."""
    assert guessed("Last May we moved. I had to plan it. So I wrote a list. In the end, nobody noticed.") == [
        (SITUATION, 0, "last may"),
        (TASK, 4, "i had to"),
        (ACTION, 9, "so i"),
        (RESULT, 14, "in the end"),
    ]
    assert guessed("In the end we moved. So I wrote a list.") == [(SITUATION, 0, "in the"), (ACTION, 5, "so i")]


def test_without_any_cue_nothing_is_guessed() -> None:
    """A guess without a ground would be a claim."""
    assert guessed("We are a small team and like it.") == []
    assert guesses(builders.delivery(words=())) == ()
