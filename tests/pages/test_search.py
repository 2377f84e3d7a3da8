"""A search for work in the terminal."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from rich.console import Console
from searches import TODAY, application, person, search

from mockint.afterwards.followups import follow_ups
from mockint.afterwards.records import AskedQuestion, Debrief, Felt, Stage
from mockint.pages.search import application_lines, follow_up_lines, people_lines, since_then, whole_application

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from rich.console import RenderableType

WHY = AskedQuestion(text="Why?", felt=Felt.HARD, id="why")
FIRST = Debrief(held_on=TODAY - timedelta(days=30), questions=(WHY,))
AGAIN = Debrief(held_on=TODAY, questions=(AskedQuestion(text="why", felt=Felt.WELL, id="why"),))
LONG = "A company with [a long name] " * 6


def shown(lines: Sequence[RenderableType]) -> str:
    """What stands on the screen, in 80 columns."""
    console = Console(width=80, color_system=None, markup=False)
    with console.capture() as captured:
        for line in lines:
            console.print(line)
    return captured.get()


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([], "not practised since"),
        ([TODAY - timedelta(days=31)], "not practised since"),
        ([TODAY], "practised once since, last on 10 March"),
        ([TODAY - timedelta(days=1), TODAY], "practised 2 times since, last on 10 March"),
    ],
)
def test_what_became_of_a_question(days: list[date], expected: str) -> None:
    """Only practice after the interview counts."""
    assert since_then(WHY, FIRST.held_on, search(application()), {"why": days}) == expected


def test_whether_it_still_throws_one() -> None:
    """When it is asked again, it is said how it felt then."""
    found = search(application(), debriefs=(FIRST, AGAIN))
    assert since_then(WHY, FIRST.held_on, found, {}) == "not practised since; asked again on 10 March, well"
    assert since_then(AGAIN.questions[0], AGAIN.held_on, found, {}) == "not practised since"


def test_an_application_is_shown_whole() -> None:
    """Steps, people, and what one made of it."""
    found = search(application((Stage.INTERVIEW, FIRST.held_on)), people=(person(email="a@b.org"),), debriefs=(FIRST,))
    text = shown(whole_application(found.applications[0], found, {}))
    for part in ("3  Acme, Analyst", "2026-02-08  interview", "Ana Lopez (a@b.org)", "- Why? (hard)"):
        assert part in text


def test_long_names_fit_the_screen() -> None:
    """In 80 columns; nothing in them is markup."""
    found = search(application((Stage.INTERVIEW, TODAY), company=LONG), people=(person(name=LONG, note=LONG),))
    lists = application_lines(found.applications), people_lines(found)
    for lines in (*lists, follow_up_lines(follow_ups(found, TODAY), TODAY, later=True)):
        text = shown(lines)
        assert "[a" in text
        assert max(map(len, text.splitlines())) <= 80


def test_what_is_due_by_its_day() -> None:
    """What is overdue says since when; what comes later is only counted."""
    found = follow_ups(search(application((Stage.INTERVIEW, TODAY - timedelta(days=2)))), TODAY)
    text = " ".join(shown(follow_up_lines(found, TODAY, later=False)).split())
    assert text.index("Today") < text.index("(since 8 March)") < text.index("This week") < text.index("1 later:")
    assert shown(follow_up_lines(found[-1:], TODAY, later=False)).startswith("Nothing is due this week. The next")
    assert "Later" in shown(follow_up_lines(found, TODAY, later=True))
