"""The screen after a no: from the person's own numbers alone."""

from __future__ import annotations

from datetime import timedelta

from histories import FILLERS, PACE, history, take
from rich.console import Console
from searches import TODAY, application, search

from mockint.afterwards.followups import Search, done, follow_ups
from mockint.afterwards.records import AskedQuestion, Debrief, Felt, Stage
from mockint.pages.perspective import perspective_lines
from mockint.progress import Progress, progress_of

REJECTED = application((Stage.INTERVIEW, TODAY - timedelta(days=1)), (Stage.REJECTED, TODAY))
DEBRIEF = Debrief(
    held_on=TODAY - timedelta(days=1),
    learned=("To ask back first.",),
    questions=(AskedQuestion(text="Why?", felt=Felt.HARD, id="why"), AskedQuestion(text="How?", id="how")),
)


def sessions(count: int) -> Progress:
    """Sessions in which the fillers went down, and the pace stayed as it was."""
    rows = (take(number, fillers=9.0 - number, pace=150.0 + number % 2) for number in range(count))
    return progress_of(history(rows), (FILLERS, PACE))


def screen(found: Search, progress: Progress) -> str:
    """What stands there, in 80 columns."""
    console = Console(width=80, color_system=None)
    with console.capture() as shown:
        for line in perspective_lines(REJECTED, found, progress, follow_ups(found, TODAY), TODAY):
            console.print(line)
    return shown.get()


def test_what_moved_is_said_as_progress_says_it() -> None:
    """What is real, and what is noise; nothing is made of too few sessions."""
    shown = screen(search(REJECTED), sessions(8))
    assert "Fillers: 8.0 to 3.0 per 100 words over 8 sessions, a real change, for the" in shown
    assert "Within noise: pace." in shown
    few = screen(search(REJECTED), sessions(2))
    assert "2 answers in 2 sessions so far; from 5 sessions on it can be told what moved." in few
    assert "You have not recorded an answer yet" in screen(search(REJECTED), sessions(0))


def test_what_the_interview_taught() -> None:
    """In the person's words, and what of it is in practice."""
    shown = screen(search(REJECTED, debriefs=(DEBRIEF,)), sessions(2))
    assert "You learned: To ask back first." in shown
    assert "2 questions of it are in practice now; 1 felt hard." in shown
    assert "Nothing is written down yet." in screen(search(REJECTED), sessions(2))


def test_where_the_search_stands() -> None:
    """What is open by name, as far as it fits; what is planned as such."""
    others = [application(number=number, company=f"Foo {number}") for number in range(4, 10)]
    shown = screen(search(REJECTED, application((Stage.SCREEN, TODAY + timedelta(days=2))), *others), sessions(0))
    assert "Acme, Analyst: screen to come, 12 March" in shown
    assert "Foo 4, Analyst: applied, 10 March" in shown
    assert "and 3 more open" in shown
    assert "Nothing else is open at the moment." in screen(search(REJECTED), sessions(0))


def test_there_is_one_next_step_after_the_other() -> None:
    """Write it down, say thanks, and then practise: never all at once."""
    looked_back = search(REJECTED, debriefs=(DEBRIEF,))
    thanks = next(each for each in follow_ups(looked_back, TODAY) if each.name == "thanks-3")
    thanked = search(REJECTED, debriefs=(DEBRIEF,), marks=(done(thanks, TODAY),))
    steps = ("mockint debrief 3", "mockint letter thanks 3", "mockint practice real-interviews")
    for found, expected in zip((search(REJECTED), looked_back, thanked), steps, strict=True):
        assert [step for step in steps if step in screen(found, sessions(0))] == [expected]
