"""What is stored as JSON: read back as it was, and refused where mockint never wrote it."""

from __future__ import annotations

import pytest

from mockint.errors import StoreProblem
from mockint.feedback import MentorComment
from mockint.store.bodies import as_moment, from_json, to_json

SAID = MentorComment(at_s=0.1 + 0.2, text="Où ça ?")


def test_a_body_comes_back_as_it_was() -> None:
    """To the last bit of a number; what a newer mockint adds is passed over."""
    written = to_json(SAID)
    assert from_json(written, MentorComment, "It") == SAID
    assert from_json(written[:-1] + ',"newer":1}', MentorComment, "It") == SAID


@pytest.mark.parametrize(
    "body",
    [
        '{"at_s":NaN,"text":"a"}',
        '{"at_s":"nan","text":"a"}',
        '{"at_s":-Infinity,"text":"a"}',
        '{"at_s":1e400,"text":"a"}',
        '{"at_s":1' + "0" * 400 + ',"text":"a"}',
        '{"at_s":0,"text":"\\ud800"}',
        '{"text":"a"}',
        "[" * 50_000,
        "",
    ],
)
def test_a_body_that_mockint_never_wrote_is_refused(body: str) -> None:
    """An import may bring anything."""
    with pytest.raises(StoreProblem, match="It cannot be read from the database"):
        from_json(body, MentorComment, "It")


@pytest.mark.parametrize("text", ["2026-03-01T12:00:00", "2026-03-01", "noon", ""])
def test_a_moment_without_its_time_zone_is_refused(text: str) -> None:
    """It is neither before nor after any other."""
    assert as_moment("2026-03-01T12:00:00+00:00").hour == 12
    with pytest.raises(ValueError, match=r"time zone|Invalid isoformat"):
        as_moment(text)
