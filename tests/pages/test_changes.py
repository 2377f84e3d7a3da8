"""What corrections, or another recogniser or method, changed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import delivery, span, words

from mockint.model import Correction, CorrectionKind, Delivery, Pace, Result
from mockint.pages.changes import change_lines, correction_line
from mockint.pages.transcript import timed_lines
from mockint.scoring import score, ungraded


def scored(spoken: Delivery) -> Result:
    return Result(delivery=spoken, score=score(spoken, None))


def paced(wpm: float | None) -> Result:
    return scored(
        delivery(pace=Pace(words_per_minute=wpm, articulation_rate_syll_per_s=None, phonation_time_ratio=None))
    )


def lines(before: Result, after: Result) -> list[str]:
    return [line.plain for line in change_lines(before, after)]


def test_each_part_that_changed_is_told_with_its_points() -> None:
    """Before -> after, in the figures of the card."""
    before, after = scored(delivery()), scored(delivery(answer=span(0, 45)))
    assert lines(before, after) == ["  Length      1:30 -> 0:45   20 -> 13 of 20 points"]
    assert lines(paced(100), paced(140)) == ["  Pace        100 -> 140 words/min   20 -> 30 of 30 points"]


def test_without_a_grade_only_values_are_told() -> None:
    """No points, not even none."""
    assert lines(ungraded(paced(100)), ungraded(paced(140))) == ["  Pace        100 -> 140 words/min"]


def test_what_was_unknown_is_no_zero() -> None:
    """It could not be told, and now it can."""
    assert lines(paced(None), paced(140)) == ["  Pace        unknown -> 140 words/min   none -> 30 of 30 points"]


def test_where_nothing_changed_that_is_said() -> None:
    """Also where a figure changed less than anybody is shown."""
    assert lines(paced(140), paced(140.2)) == ["  The score stays as it was."]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (CorrectionKind.WORD_CHANGED, '"old" is now "new"'),
        (CorrectionKind.WORD_DELETED, '"old" was not said'),
        (CorrectionKind.WORD_INSERTED, '"new" was said here'),
        (CorrectionKind.NOT_A_FILLER, '"old" is no filler'),
        (CorrectionKind.FILLER_ADDED, '"new" is a filler'),
        (CorrectionKind.UNDO, "the last correction is taken back"),
    ],
)
def test_a_correction_is_told_with_its_time(kind: CorrectionKind, said: str) -> None:
    """As fine as it must be typed to be found again."""
    made = Correction(kind=kind, start_s=61.25, end_s=61.5, old_text="old", new_text="new")
    assert correction_line(made).plain == f"  1:01.2  {said}"


def test_every_word_has_its_time() -> None:
    """In columns of eighty cells in all, where a long word takes two."""
    spoken = delivery(words=words("responsibilities of a team and of its incomprehensibilities", 59.9))
    assert [line.plain.rstrip() for line in timed_lines(replace(spoken, fillers=()))] == [
        " 0:59.9 responsibilities                 1:00.2 of           1:00.5 a",
        " 1:00.8 team         1:01.1 and          1:01.4 of           1:01.7 its",
        " 1:02.0 incomprehensibilities",
    ]
