"""Corrections as JSON, as a page saves them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from builders import correction_object, delivery, words
from hypothesis import given
from hypothesis import strategies as st

from mockint.corrections_file import MOST_BYTES, TakeCorrections, read_corrections, said_in
from mockint.errors import UsageProblem
from mockint.model import Correction, CorrectionKind

WRITE = Correction(
    kind=CorrectionKind.WORD_CHANGED, start_s=41.2, end_s=41.5, old_text="right", new_text="write a longer one"
)
NO_UM = Correction(kind=CorrectionKind.NOT_A_FILLER, start_s=12.0, end_s=12.4, old_text="um")


UID = "9f86d081884c4d659a2feaa0c55ad015"
TAKE = {"number": 12, "uid": UID, "question": "went-wrong"}


def file_of(*entries: Any, take: Any = TAKE) -> bytes:
    return json.dumps({"mockint_corrections": 2, "take": take, "corrections": entries}).encode()


def first_format(*entries: Any) -> bytes:
    return json.dumps({"mockint_corrections": 1, "corrections": entries}).encode()


def problem(content: bytes) -> str:
    with pytest.raises(UsageProblem) as caught:
        read_corrections(content, "fixes.json")
    return caught.value.problem


def test_what_is_written_can_be_read() -> None:
    """With the name of its take, and in the order of the file."""
    [read] = read_corrections(file_of(correction_object(WRITE), correction_object(NO_UM)), "file")
    assert read == TakeCorrections(number=12, uid=UID, question_id="went-wrong", corrections=(WRITE, NO_UM))


def test_a_file_of_the_first_format_names_takes_by_number() -> None:
    """It may hold several."""
    entries = [{"take": number, **correction_object(each)} for number, each in ((12, WRITE), (3, NO_UM), (12, NO_UM))]
    assert [(read.number, read.uid, read.corrections) for read in read_corrections(first_format(*entries), "file")] == [
        (12, None, (WRITE, NO_UM)),
        (3, None, (NO_UM,)),
    ]


def test_texts_that_a_kind_has_no_use_for_may_be_left_out() -> None:
    """A page need not write nulls."""
    entry = {"kind": "filler_added", "start_s": 1, "end_s": 2, "new_text": " um "}
    [read] = read_corrections(file_of(entry), "file")
    assert read.corrections == (Correction(kind=CorrectionKind.FILLER_ADDED, start_s=1.0, end_s=2.0, new_text="um"),)


def test_every_fault_is_told_at_once_with_its_place() -> None:
    """And nothing is read of a file that has any."""
    told = problem(
        file_of(
            {**correction_object(WRITE), "kind": "word_chnged"},
            {**correction_object(WRITE), "end_s": 41.2, "new_text": " "},
            correction_object(NO_UM),
            "um",
            take={"number": 0, "uid": UID, "question": "x"},
        )
    )
    kinds = "word_changed, word_deleted, word_inserted, not_a_filler, filler_added"
    assert told.splitlines() == [
        "fixes.json: 'number' must be the number of a take.",
        f"fixes.json: correction 1: 'kind' must be one of {kinds} (did you mean 'word_changed'?).",
        "fixes.json: correction 2: 'new_text' must be a short text.",
        "fixes.json: correction 2: 'start_s' and 'end_s' must be seconds, one after the other.",
        "fixes.json: correction 4: it must be an object.",
    ]


def test_of_many_faults_the_first_are_told() -> None:
    """A page of them would help nobody."""
    assert problem(file_of(*["um"] * 1000)).splitlines()[-1] == "And 995 more."


ENTRY = correction_object(NO_UM)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is cut short or damaged: it is no JSON from line 1, column 1 on."),
        (file_of(ENTRY)[:-40], "is cut short or damaged"),
        (b"\xff\xfe{", "is not text"),
        (b"[" * 100_000, "no page writes such JSON"),
        (b"9" * 100_000, "no page writes such JSON"),
        (b" " * (MOST_BYTES + 1), "is larger than any file of corrections"),
        (b'{"mockint_feedback": 1}', "is what a mentor said"),
        (b"[]", "holds no corrections that this mockint can read"),
        (b'{"mockint_corrections": 3, "corrections": []}', "holds no corrections that this mockint can read"),
        (b'{"mockint_corrections": true, "corrections": []}', "holds no corrections that this mockint can read"),
        (b'{"mockint_corrections": 2}', "has no list of corrections"),
        (file_of(), "has no list of corrections"),
        (file_of(*[ENTRY] * 2001), "has 2,001 corrections: no page makes so many"),
        (file_of(ENTRY, take=None), "'take' must be an object"),
        (file_of(ENTRY, take={**TAKE, "uid": "12"}), "'uid' must be the name of a take"),
        (file_of(ENTRY, take={**TAKE, "question": "\x1b[2J"}), "'question' must be the id of a question"),
        (file_of({**ENTRY, "kind": "undo"}), "'kind' must be one of"),
        (file_of({**ENTRY, "kind": ["um"]}), "'kind' must be one of"),
        (file_of({**ENTRY, "start_s": float("nan")}), "must be seconds"),
        (file_of({**ENTRY, "end_s": 10**400}), "must be seconds"),
        (file_of({**ENTRY, "old_text": "\x1b]0;mine\x07"}), "'old_text' must be a short text"),
        (file_of({**ENTRY, "old_text": "\ud800"}), "'old_text' must be a short text"),
        (file_of({**ENTRY, "old_text": "\u202eum"}), "'old_text' must be a short text"),
        (file_of({**ENTRY, "old_text": "um" * 101}), "'old_text' must be a short text"),
        (first_format({**ENTRY, "take": True}), "'take' must be the number of a take"),
        (first_format({**ENTRY, "take": 10**30}), "'take' must be the number of a take"),
    ],
)
def test_a_file_that_is_something_else_is_refused(content: bytes, says: str) -> None:
    """In a sentence, whatever it is."""
    assert says in problem(content)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.fixed_dictionaries(dict.fromkeys(ENTRY, JSON)), JSON)
def test_whatever_a_file_holds_there_is_a_sentence(entry: dict[str, Any], take: Any) -> None:
    """Never a traceback."""
    assert problem(file_of(entry, take=take))


def test_a_file_of_the_first_format_is_of_a_take_in_which_its_words_were_said() -> None:
    """About there, by whichever recogniser; punctuation and case do not matter."""
    said = delivery(words=words("It went Right, um", start_s=40.6))
    other = delivery(words=words("quite another answer", start_s=40.6))
    assert said_in([other, said], [WRITE])
    assert not said_in([other], [WRITE])
    assert not said_in([said], [WRITE, NO_UM])
    inserted = Correction(kind=CorrectionKind.WORD_INSERTED, start_s=1, end_s=2, new_text="so")
    assert said_in([other], [inserted])
