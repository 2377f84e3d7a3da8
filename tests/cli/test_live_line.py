"""The live line while somebody answers, and the agenda behind the headings."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from builders import question
from rich.console import Console

from mockint.cli.agenda import Agenda
from mockint.cli.screen import TerminalScreen
from mockint.errors import VoiceProblem
from mockint.follow_ups import follow_ups_of
from mockint.interview import StoppedBy
from mockint.scoring import METHOD

if TYPE_CHECKING:
    from mockint.model import Question

ASKED = question(id="one", time_limit_s=120.0, follow_ups=("And then?",))
OTHER = question(id="two")


@pytest.mark.parametrize(
    ("elapsed_s", "line"),
    [
        (0.0, "0:00 of 2:00  go on        Enter: done"),
        (60.0, "1:00 of 2:00  good length  Enter: done"),
        (95.0, "1:35 of 2:00  wind up      Enter: done"),
        (110.0, "1:50 of 2:00  last words   Enter: done"),
        (120.0, "2:00 of 2:00  over time    Enter: done"),
    ],
)
def test_the_time_stands_in_the_line_in_figures_and_in_words(elapsed_s: float, line: str) -> None:
    """Without colour too, and in eighty columns."""
    shown = io.StringIO()
    console = Console(file=shown, force_terminal=True, no_color=True, width=80)
    screen = TerminalScreen(
        console, stop_hint="Enter: done", method=METHOD, show_first=lambda _: None, limit_s=lambda _: 120.0
    )
    screen.answering(ASKED, level_dbfs=-30.0, elapsed_s=elapsed_s)
    screen.answered(ASKED, StoppedBy.KEY)
    assert line in re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.getvalue())


def test_why_nothing_is_spoken_is_said_once() -> None:
    """Another reason is another sentence."""
    shown = io.StringIO()
    screen = TerminalScreen(
        Console(file=shown, width=80), stop_hint="", method=METHOD, show_first=lambda _: None, limit_s=lambda _: None
    )
    for problem in ("There is no loudspeaker.", "There is no loudspeaker.", "There is no voice."):
        screen.voice_failed(VoiceProblem(problem, "Plug one in."))
    assert shown.getvalue().splitlines() == [
        "(not spoken: There is no loudspeaker. Plug one in.)",
        "(not spoken: There is no voice. Plug one in.)",
    ]


# --- the agenda -----------------------------------------------------------------------------------


class Kept:
    """What remains, as it was stored after each step."""

    def __init__(self) -> None:
        self.steps: list[list[str]] = []

    def __call__(self, remaining: tuple[Question, ...]) -> None:
        self.steps.append([each.id for each in remaining])


def test_what_remains_is_stored_after_every_step() -> None:
    """A question counts as asked when it has a whole answer."""
    kept = Kept()
    agenda = Agenda([ASKED, OTHER], kept)
    asking = agenda.questions()
    assert next(asking) == ASKED
    assert [each.id for each in agenda.remaining] == ["one", "two"]
    agenda.answered()
    agenda.ask_next(follow_ups_of(ASKED)[0])
    assert next(asking).id == "one.follow-up-1"
    agenda.answered()
    assert next(asking) == OTHER
    agenda.answered()
    assert (next(asking, None), agenda.remaining) == (None, ())
    assert kept.steps == [["one", "two"], ["two"], ["one.follow-up-1", "two"], ["two"], []]


def test_whoever_stops_leaves_the_rest() -> None:
    """What has its answer is not left."""
    agenda = Agenda([ASKED, OTHER], Kept())
    asking = agenda.questions()
    next(asking)
    agenda.answered()
    assert agenda.goes_on
    agenda.stop()
    assert (agenda.goes_on, next(asking, None), agenda.remaining) == (False, None, (OTHER,))


def test_a_heading_tells_where_the_session_stands() -> None:
    """Follow-ups are not counted, and a question that is asked again keeps its number."""
    agenda = Agenda([ASKED, OTHER], Kept())
    asked = [ASKED, ASKED, follow_ups_of(ASKED)[0], OTHER]
    assert [agenda.heading(each) for each in asked] == [
        "Question 1 of 2",
        "Question 1 of 2, once more",
        "Follow-up",
        "Question 2 of 2",
    ]
