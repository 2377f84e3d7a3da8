"""What a person types is understood, or refused in a sentence."""

from __future__ import annotations

from datetime import date

import pytest
from searches import TODAY, application, person

from mockint.afterwards import entries
from mockint.afterwards.records import Stage
from mockint.errors import UsageProblem

ACME = application()
OTHER_ACME = application(number=4, company="ACME", role="Engineer")
FOO = application(number=5, company="Foo Ltd", role=None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-09", date(2026, 3, 9)),
        ("today", date(2026, 3, 10)),
        (" Yesterday ", date(2026, 3, 9)),
        ("tomorrow", date(2026, 3, 11)),
    ],
)
def test_days(text: str, expected: date) -> None:
    """As on a calendar, or as one says."""
    assert entries.day(text, TODAY) == expected


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2026-02-30", "There is no day 2026-02-30."),
        ("20260309", "'20260309' is no day."),
        ("9.3.2026", "'9.3.2026' is no day."),
        ("", "'' is no day."),
        ("0206-03-09", "The day 0206-03-09 cannot be meant."),
        ("2062-03-09", "The day 2062-03-09 cannot be meant."),
    ],
)
def test_what_is_no_day(text: str, sentence: str) -> None:
    """Impossible days, other ways of writing them, and slips of the year."""
    with pytest.raises(UsageProblem) as problem:
        entries.day(text, TODAY)
    assert problem.value.problem == sentence
    assert problem.value.hint


def test_an_interview_may_be_planned_and_a_no_has_been() -> None:
    """The stage says whether its day may be to come."""
    assert entries.step_day("tomorrow", Stage.INTERVIEW, TODAY) == date(2026, 3, 11)
    with pytest.raises(UsageProblem, match="2026-03-11 has not come yet"):
        entries.step_day("tomorrow", Stage.REJECTED, TODAY)


def test_a_text_is_one_line_without_control_characters() -> None:
    """So that no name can break a table, a letter or a calendar."""
    assert entries.line("  Ana\r\nBcc: x@y.z\x1b[31m\u202e ", "The name") == "Ana Bcc: x@y.z [31m"
    assert entries.line(" \n ", "The name") is None
    with pytest.raises(UsageProblem, match="The name is empty"):
        entries.name(" \n ", "The name")
    with pytest.raises(UsageProblem, match="longer than 500"):
        entries.line("a" * 501, "The name")


@pytest.mark.parametrize(
    "text",
    [
        "ana",
        "ana@",
        "ana@example",
        "ana..lopez@example.org",
        ".ana@example.org",
        "a b@example.org",
        "ana@example.org\nBcc: x@y.z",
        "<a@b.c>",
    ],
)
def test_what_is_no_address(text: str) -> None:
    """Slips, and what would be more than an address."""
    with pytest.raises(UsageProblem, match="is no e-mail address"):
        entries.email(text)


def test_an_address() -> None:
    """Spaces around it are not meant."""
    assert entries.email(" ana.o'hara+jobs@mail.example.org ") == "ana.o'hara+jobs@mail.example.org"
    assert entries.email("") is None


@pytest.mark.parametrize(("wanted", "expected"), [("4", 4), ("foo ltd", 5), ("acme, analyst", 3)])
def test_an_application_by_number_or_name(wanted: str, expected: int) -> None:
    """Case does not matter; company and role together name one of two."""
    assert entries.find_application([ACME, OTHER_ACME, FOO], wanted).id == expected


@pytest.mark.parametrize(
    ("wanted", "sentence", "hint"),
    [
        ("acme", "There are 2 applications at 'Acme'.", "Name a number: 3 (Acme, Analyst); 4 (ACME, Engineer)"),
        ("Foo Lt", "There is no application 'Foo Lt'.", "Did you mean 'Foo Ltd'?"),
        ("Bar Inc", "There is no application 'Bar Inc'.", 'Add it: mockint applications add "Bar Inc"'),
    ],
)
def test_which_application_is_meant_is_asked(wanted: str, sentence: str, hint: str) -> None:
    """Two of one name, a slip, and one that is not there."""
    with pytest.raises(UsageProblem) as problem:
        entries.find_application([ACME, OTHER_ACME, FOO], wanted)
    assert (problem.value.problem, problem.value.hint) == (sentence, hint)


def test_two_people_of_one_name() -> None:
    """They are told apart by number."""
    with pytest.raises(UsageProblem, match="There are 2 people called ana lopez"):
        entries.find_person([person(), person()], "ana lopez")
    assert entries.find_person([person(), person(name="Ben")], "ben").name == "Ben"
