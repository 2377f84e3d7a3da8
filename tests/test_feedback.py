"""The small file that a mentor sends back: read where it is sound, and refused in a sentence where it is not."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from builders import question
from hypothesis import given
from hypothesis import strategies as st

from mockint.errors import UsageProblem
from mockint.feedback import (
    LIMITS,
    RUBRIC,
    Feedback,
    MentorComment,
    MentorWish,
    Rating,
    check_times,
    criterion,
    open_wish,
    read_feedback,
    too_large,
)

TAKE, OTHER, ANSWER = "a" * 32, "b" * 32, "c" * 32
ENTRY: dict[str, Any] = {
    "take": TAKE,
    "ratings": {"presence": 4, "structure": 2},
    "keep": " The story of the two teams. ",
    "change": "Say first\nwhat came of it.",
    "comments": [{"at_s": 12.5, "text": "Slower here."}, {"at_s": 3, "text": "Good <b>start</b>!"}],
}
FILE: dict[str, Any] = {
    "mockint_feedback": 1,
    "answer": ANSWER,
    "saved_at": "2026-03-02T18:04:05.678Z",
    "mentor": " Anna\n",
    "takes": [ENTRY],
}
READ = Feedback(
    take_uid=TAKE,
    answer=ANSWER,
    saved_at=datetime(2026, 3, 2, 18, 4, 5, 678_000, tzinfo=timezone.utc),
    mentor="Anna",
    ratings=(Rating(criterion="structure", level=2), Rating(criterion="presence", level=4)),
    keep="The story of the two teams.",
    change="Say first\nwhat came of it.",
    comments=(MentorComment(at_s=3.0, text="Good <b>start</b>!"), MentorComment(at_s=12.5, text="Slower here.")),
)


def content(of: Any) -> bytes:
    return json.dumps(of).encode()


def with_entry(**fields: Any) -> bytes:
    return content({**FILE, "takes": [{**ENTRY, **fields}]})


def problem_of(file: bytes) -> str:
    with pytest.raises(UsageProblem) as caught:
        read_feedback(file, "feedback.json")
    return caught.value.problem


def test_what_a_mentor_said_is_read() -> None:
    """Ratings in the order of the rubric, comments in order of time, text as text."""
    assert read_feedback(content(FILE), "file") == (READ,)


def test_whatever_was_left_open_may_be_missing() -> None:
    """A single comment is feedback."""
    entry = {"take": TAKE, "comments": [{"at_s": 1, "text": "Louder."}]}
    [read] = read_feedback(content({**FILE, "mentor": "", "takes": [entry]}), "file")
    assert (read.mentor, read.ratings, read.keep, read.change) == ("", (), "", "")
    assert [comment.text for comment in read.comments] == ["Louder."]


def test_an_answer_of_which_nothing_is_said_is_passed_over() -> None:
    """Of three answers in a page, a mentor may speak of one."""
    takes = [{"take": OTHER, "ratings": {}, "keep": " ", "comments": [{"at_s": 1, "text": ""}]}, ENTRY]
    assert read_feedback(content({**FILE, "takes": takes}), "file") == (READ,)
    assert "says nothing" in problem_of(content({**FILE, "takes": takes[:1]}))


def test_a_file_that_an_editor_saved_again_is_read() -> None:
    """Some put a mark in front."""
    assert read_feedback(b"\xef\xbb\xbf" + content(FILE), "file") == (READ,)


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (content(FILE)[:-20], "feedback.json is not whole: it makes no sense from line 1 on."),
        (b"", "feedback.json is not whole: it makes no sense from line 1 on."),
        (json.dumps(FILE).encode("utf-16"), "feedback.json is not UTF-8 text."),
        (b"[" * 100_000, "feedback.json makes no sense."),
        (b'{"mockint_feedback":' + b"9" * 5000 + b"}", "feedback.json makes no sense."),
        (b"<!DOCTYPE html><title>An answer</title>", "is the page itself, without what was filled in."),
        (content({"mockint_corrections": 1}), "feedback.json holds corrections, not feedback."),
        (content([FILE]), "feedback.json holds no feedback."),
        (content({**FILE, "mockint_feedback": 2}), "holds feedback that this mockint cannot read."),
        (content({**FILE, "mockint_feedback": True}), "holds feedback that this mockint cannot read."),
    ],
)
def test_a_file_that_is_something_else_is_refused(file: bytes, says: str) -> None:
    """In a sentence that says what to do."""
    assert says in problem_of(file)


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (with_entry(ratings={"structur": 3}), "there is no 'structur' here (is it 'structure'?)"),
        (with_entry(ratings={"structure": 5}), "'structure' must be a whole number from 1 to 4"),
        (with_entry(ratings={"structure": True}), "'structure' must be a whole number from 1 to 4"),
        (with_entry(ratings=[3]), "'ratings' must be an object"),
        (with_entry(take="../../etc"), "'take' must be 32 hexadecimal digits"),
        (with_entry(keep=7), "'keep' must be text"),
        (with_entry(keep="x" * 2001), "'keep' must have at most 2000 characters"),
        (with_entry(change="\x1b]0;owned\x07"), "'change' holds control characters, which the page never writes"),
        (with_entry(change="\x9b31m"), "'change' holds control characters"),
        (with_entry(change="\ud800"), "'change' holds control characters"),
        (with_entry(change="\u202egnp.exe"), "'change' holds control characters"),
        (with_entry(score=100), "there is no 'score' here"),
        (with_entry(**{"\x1b[2J": 1}), r"there is no '\x1b[2J' here"),
        (with_entry(comments=[{"at_s": -1, "text": "x"}]), "comment 1: 'at_s' must be seconds"),
        (with_entry(comments=[{"at_s": float("nan"), "text": "x"}]), "comment 1: 'at_s' must be seconds"),
        (with_entry(comments=[{"at_s": 10**400, "text": "x"}]), "comment 1: 'at_s' must be seconds"),
        (with_entry(comments=[{"at_s": 1}]), "comment 1: 'text' is missing"),
        (with_entry(comments=["x"]), "comment 1: it must be an object"),
        (with_entry(comments=[{"at_s": 1, "text": "x"}] * 101), "'comments' must be a list of up to 100"),
        (content({**FILE, "takes": []}), "'takes' must be a list of 1 to 12"),
        (content({**FILE, "takes": [ENTRY, ENTRY]}), "an answer is named twice"),
        (content({**FILE, "takes": ["x"]}), "answer 1: it must be an object"),
        (content({**FILE, "answer": None}), "'answer' must be 32 hexadecimal digits"),
        (content({**FILE, "saved_at": "2026-02-31T18:04:05.678Z"}), "'saved_at' must be a date and time"),
        (content({**FILE, "saved_at": "yesterday"}), "'saved_at' must be a date and time"),
        (content({**FILE, "mentor": {"name": "x"}}), "'mentor' must be text"),
    ],
)
def test_a_file_that_was_changed_is_refused(file: bytes, says: str) -> None:
    """With the place of the fault, and nothing in it that could steer a terminal."""
    problem = problem_of(file)
    assert says in problem
    assert problem.isprintable()


def test_every_fault_is_told_at_once_up_to_ten() -> None:
    """And the others are counted."""
    comments = [{"at_s": "soon", "text": 1}] * 6
    lines = problem_of(with_entry(comments=comments)).splitlines()
    assert lines[0] == "feedback.json: answer 1: comment 1: 'at_s' must be seconds."
    assert (len(lines), lines[-1]) == (11, "... and 2 more.")


def test_a_comment_lies_within_its_answer() -> None:
    """Give or take the rounding of the page."""
    check_times(READ, 12.4995, "file")
    with pytest.raises(UsageProblem, match=r"file: a comment is at 0:12\.5, but the answer ends at 0:10\.0\."):
        check_times(READ, 10.0, "file")


def test_the_largest_feedback_that_a_page_takes_in_can_be_read() -> None:
    """So that nobody writes for an hour in vain: three bytes for each character are the most that UTF-8 needs."""
    comments = [{"at_s": 86_399.999, "text": "\u4e16" * LIMITS.comment_characters}] * LIMITS.comment_count
    text = "\u4e16" * LIMITS.text_characters
    takes = [
        {**ENTRY, "take": f"{number:032x}", "keep": text, "change": text, "comments": comments}
        for number in range(LIMITS.take_count)
    ]
    file = json.dumps({**FILE, "takes": takes}, ensure_ascii=False, indent=1).encode()
    assert len(file) <= LIMITS.file_byte_count
    assert len(read_feedback(file, "file")) == LIMITS.take_count
    assert too_large("file").problem == "file is larger than 5 MB: no feedback is."


def test_a_wish_is_open_until_its_question_was_answered_again() -> None:
    """Also under a former id of the question; of several, the newest counts."""
    noon = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
    wish = MentorWish(bank_id="bank", question_id="one", competency=None, mentor="Anna", text="Slower.", at=noon)
    newer = replace(wish, text="Louder.", at=noon + timedelta(hours=1))
    renamed = question(id="two", aliases=("one",))
    assert open_wish(question(), [newer, wish], None) == newer
    assert open_wish(renamed, [wish], noon - timedelta(hours=1)) == wish
    assert open_wish(question(), [wish, newer], newer.at) is None
    assert open_wish(question(id="three"), [wish], None) is None
    assert open_wish(question(bank_id="other"), [wish], None) is None


def test_the_rubric_can_be_answered() -> None:
    """Each criterion is found by its key, and has levels that differ."""
    for each in RUBRIC:
        assert criterion(each.key) is each
        assert len({level.name for level in each.levels}) == len(each.levels) == 4


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
TEXT = st.text(max_size=20)
COMMENT = st.fixed_dictionaries({"at_s": st.floats() | JSON, "text": TEXT | JSON})
RATINGS = st.dictionaries(st.sampled_from([each.key for each in RUBRIC]), st.integers(-1, 6) | JSON, max_size=3)
TAKES = st.fixed_dictionaries(
    {"take": st.just(TAKE) | JSON},
    optional={"ratings": RATINGS | JSON, "keep": TEXT, "change": JSON | TEXT, "comments": st.lists(COMMENT) | JSON},
)


@given(
    st.fixed_dictionaries(
        {"mockint_feedback": st.just(1), "answer": st.just(ANSWER), "saved_at": st.just(FILE["saved_at"])},
        optional={"mentor": TEXT | JSON, "takes": st.lists(TAKES, max_size=3) | JSON, "more": JSON},
    )
)
def test_whatever_a_file_holds_there_is_feedback_or_a_sentence(file: dict[str, Any]) -> None:
    """Never a traceback, and never a text that could steer a terminal."""
    try:
        read = read_feedback(content(file), "file")
    except UsageProblem as problem:
        said = [problem.problem]
    else:
        said = [text for each in read for text in (each.mentor, each.keep, each.change)]
        said += [comment.text for each in read for comment in each.comments]
        assert all(0 <= comment.at_s < 90_000 for each in read for comment in each.comments)
    assert all("\x1b" not in text and text.encode("utf-8") is not None for text in said)


@given(st.binary(max_size=200) | st.text(st.characters(codec="utf-8"), max_size=100).map(str.encode))
def test_whatever_bytes_come_there_is_a_sentence(file: bytes) -> None:
    """Also for a file that is no text at all."""
    assert problem_of(file)


@given(st.integers(0, len(content(FILE)) - 1))
def test_a_file_that_is_cut_short_anywhere_is_refused(length: int) -> None:
    """It never passes for a shorter one."""
    assert "is not whole" in problem_of(content(FILE)[:length])
