"""Corrections as JSON, as a page saves them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockint.corrections_file import correction_object, read_corrections
from mockint.errors import UsageProblem
from mockint.model import Correction, CorrectionKind

WRITE = Correction(
    kind=CorrectionKind.WORD_CHANGED, start_s=41.2, end_s=41.5, old_text="right", new_text="write a longer one"
)
NO_UM = Correction(kind=CorrectionKind.NOT_A_FILLER, start_s=12.0, end_s=12.4, old_text="um")


def file_of(*entries: Any) -> str:
    return json.dumps({"mockint_corrections": 1, "corrections": entries})


def test_what_is_written_can_be_read() -> None:
    """By take, in the order of the file."""
    text = file_of(correction_object(12, WRITE), correction_object(3, NO_UM), correction_object(12, NO_UM))
    assert read_corrections(text, "file") == {12: (WRITE, NO_UM), 3: (NO_UM,)}


def test_texts_that_a_kind_has_no_use_for_may_be_left_out() -> None:
    """A page need not write nulls."""
    entry = {"take": 1, "kind": "filler_added", "start_s": 1, "end_s": 2, "new_text": " um "}
    [read] = read_corrections(file_of(entry), "file")[1]
    assert read == Correction(kind=CorrectionKind.FILLER_ADDED, start_s=1.0, end_s=2.0, new_text="um")


def test_every_fault_is_told_at_once_with_its_place() -> None:
    """And nothing is read of a file that has any."""
    with pytest.raises(UsageProblem) as caught:
        read_corrections(
            file_of(
                {**correction_object(0, WRITE), "kind": "word_chnged"},
                {**correction_object(1, WRITE), "end_s": 41.2, "new_text": " "},
                correction_object(1, NO_UM),
                "um",
            ),
            "fixes.json",
        )
    kinds = "word_changed, word_deleted, word_inserted, not_a_filler, filler_added"
    assert caught.value.problem.splitlines() == [
        "fixes.json: correction 1: 'take' must be the number of a take.",
        f"fixes.json: correction 1: 'kind' must be one of {kinds} (did you mean 'word_changed'?).",
        "fixes.json: correction 2: 'new_text' must be text.",
        "fixes.json: correction 2: 'start_s' and 'end_s' must be seconds, one after the other.",
        "fixes.json: correction 4: it must be an object.",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "is not JSON"),
        ("[]", "holds no corrections that this mockint can read"),
        ('{"mockint_corrections": 2, "corrections": []}', "holds no corrections that this mockint can read"),
        ('{"mockint_corrections": 1}', "has no list of corrections"),
        (file_of({"take": 1, "kind": "undo", "start_s": 0, "end_s": 1}), "'kind' must be one of"),
        (file_of({**correction_object(1, NO_UM), "start_s": float("nan")}), "must be seconds"),
        (file_of({**correction_object(1, NO_UM), "take": True}), "must be the number of a take"),
    ],
)
def test_a_file_that_is_something_else_is_refused(text: str, problem: str) -> None:
    """In a sentence."""
    with pytest.raises(UsageProblem, match=problem):
        read_corrections(text, "file")


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.fixed_dictionaries(dict.fromkeys(correction_object(1, WRITE), JSON)))
def test_whatever_a_file_holds_there_is_a_sentence(entry: dict[str, Any]) -> None:
    """Never a traceback."""
    with pytest.raises(UsageProblem):
        read_corrections(file_of(entry), "file")
