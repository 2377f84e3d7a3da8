"""Two takes side by side in the terminal."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from io import StringIO

import pytest
from builders import delivery, filler, question, words
from rich.console import Console

from mockint.alignment import align
from mockint.comparison import Change, Judgement, compare
from mockint.model import Delivery, Question, Result, Take
from mockint.pages.compared import chance_words, comparison_lines, judgement_words, kept_words, what_is_real
from mockint.pages.promised import comparison_object
from mockint.progress import Direction
from mockint.scoring import score, ungraded

FIRST = words("um I led a team of five people and we were late by then")
SECOND = words("I led a team of five people and nobody knew that we were late by then")


def take(number: int, spoken: Delivery, asked: Question | None = None) -> Take:
    asked = asked or question()
    return Take(
        id=number,
        uid=f"uid {number}",
        session_id=1,
        question=asked,
        asked_at=datetime(2026, 3, number, 18, 30, tzinfo=timezone.utc),
        duration_s=spoken.duration_s,
        audio=None,
        dropped_block_count=0,
        result=Result(delivery=spoken, score=score(spoken, asked)),
    )


BEFORE = take(1, delivery(words=FIRST, fillers=(filler(FIRST[0]),)))
AFTER = take(4, delivery(words=SECOND))


def printed(before: Take, after: Take) -> list[str]:
    """The lines as a pipe gets them: 80 columns, no colour."""
    console = Console(file=StringIO(), width=80, markup=False, highlight=False, emoji=False)
    for line in comparison_lines(compare(before, after)):
        console.print(line)
    assert isinstance(console.file, StringIO)
    return [line.rstrip() for line in console.file.getvalue().splitlines()]


def test_words_that_were_kept_dropped_and_added_each_have_their_sign_and_their_time() -> None:
    """No colour is needed to tell them apart."""
    lines = printed(BEFORE, AFTER)
    assert lines[lines.index("  take 1  take 4") :] == [
        "  take 1  take 4",
        "- 0:00            [um]",
        "  0:00    0:00    I led a team of five people and",
        "+         0:02    nobody knew that",
        "  0:02    0:03    we were late by then",
        "[um] filled pause  {like} discourse marker  ~maybe~ hedge",
    ]


def test_other_programs_get_the_words_run_by_run() -> None:
    """Kept, or dropped and added."""
    assert comparison_object(compare(BEFORE, AFTER))["words"] == [
        {"kept": False, "before": "um", "after": ""},
        {"kept": True, "before": "I led a team of five people and", "after": "I led a team of five people and"},
        {"kept": False, "before": "", "after": "nobody knew that"},
        {"kept": True, "before": "we were late by then", "after": "we were late by then"},
    ]


def test_each_measure_has_both_values_and_a_judgement() -> None:
    """And below it what that rests on, and what "real" means."""
    text = "\n".join(printed(BEFORE, AFTER))
    assert "Long pauses  0.0 per minute  0.0 per minute  none" in text
    assert "Fillers      not measured    not measured    cannot be told" in text
    assert '"Real": had you spoken both takes alike' in text


def test_eighty_columns_are_enough() -> None:
    """For long questions, long words and many of them."""
    long = delivery(words=words("a-word-that-nobody-would-ever-say-in-one-breath " * 40))
    asked = question(text="What did you do about it, and why? " * 5)
    assert max(map(len, printed(take(1, long, asked), take(2, AFTER.result.delivery, question(id="two"))))) <= 80  # type: ignore[union-attr]  # it has one


def test_what_stands_in_the_way_is_said_first() -> None:
    """With what to do about it."""
    elsewhere = take(4, delivery(words=SECOND, engine="another"))
    lines = printed(BEFORE, elsewhere)
    assert lines[3].startswith("! Take 1 was heard by test engine 1, take 4 by another:")
    assert "mockint data rescore 1 4." in " ".join(lines)


def test_without_a_result_nothing_is_compared() -> None:
    """It is said which take has none."""
    assert "! Nothing was measured in take 1" in "\n".join(printed(replace(BEFORE, result=None), AFTER))


def test_those_who_want_no_grade_see_none() -> None:
    """The measures are there all the same."""
    plain = [replace(each, result=ungraded(each.result)) for each in (BEFORE, AFTER) if each.result is not None]
    assert any(line.startswith("Score") for line in printed(BEFORE, AFTER))
    assert not any(line.startswith("Score") for line in printed(plain[0], plain[1]))


@pytest.mark.parametrize(
    ("p_value", "says"),
    [
        (0.0001, "fewer than 1 of 100 pairs"),
        (0.012, "1 of 100 pairs"),
        (0.31, "31 of 100 pairs"),
        (0.8, "most pairs"),
    ],
)
def test_a_chance_is_told_in_pairs_of_takes(p_value: float, says: str) -> None:
    """Nobody should have to know what a p is."""
    assert says in chance_words(p_value)


def test_a_judgement_in_words() -> None:
    """Real changes say which way; where both values look alike there is no difference to speak of."""
    change: Change = compare(BEFORE, AFTER).changes[2]
    other = replace(change, after=replace(change.after, value=9.0))
    assert judgement_words(change) == "none"
    assert judgement_words(other) == "within noise"
    real = replace(other, judgement=Judgement.REAL, direction=Direction.WORSE)
    assert judgement_words(real) == "real, for the worse"
    assert judgement_words(replace(real, direction=Direction.NEITHER)) == "real"
    found = replace(compare(BEFORE, AFTER), changes=(real, change))
    assert what_is_real(found) == "1 of 2 measures really changed: long pauses, for the worse."
    assert what_is_real(compare(BEFORE, AFTER)) == "No difference is more than noise."


def test_how_much_was_kept_in_words() -> None:
    """Also where there was nothing to keep."""
    assert kept_words(align(["a", "b"], ["a", "b"])) == "100 % of the words are in both takes."
    assert kept_words(align(["a"], ["b"])) == "The takes have no run of words in common."
    assert kept_words(()) == "There are no words to compare."
