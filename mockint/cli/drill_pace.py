"""`mockint drill pace`: a passage read aloud in a minute."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mockint.cli import console, wiring
from mockint.cli.drill_screen import DrillScreen, reading_line
from mockint.cli.drill_session import chosen, in_session
from mockint.drills.pace import pace_by_second, passage_of, seconds_in_band
from mockint.drills.rule import RULE
from mockint.figures import clock
from mockint.pages.drill import reading_lines, reading_object

if TYPE_CHECKING:
    from mockint.cli.drill_session import Drill
    from mockint.drills.pace import Passage
    from mockint.model import Take

TAG = "passage"


def read_passage(drill: Drill) -> None:
    """Show a passage that lasts a minute at the aim, hear it read, and show how the pace went."""
    microphone, questions = chosen(drill, TAG, 1)
    passage = passage_of(questions[0], drill.options.wpm or RULE.pace_wpm)
    question = replace(questions[0], text=passage.text)
    window_s = seconds_in_band(passage, drill.settings.scoring)
    screen = DrillScreen(
        console.messages(), lambda _question, _level_dbfs, elapsed_s: reading_line(passage, window_s, elapsed_s)
    )
    screen.heading = (
        f"Read this aloud: {len(passage.words)} words,"
        f" {clock(passage.duration_s)} at {passage.aim_wpm:.0f} words a minute."
    )
    recogniser = wiring.recogniser(drill.options.engine or drill.settings.engine, drill.options.weights)
    try:
        for take in in_session(
            drill, microphone, iter([question]), screen, recogniser, prepare=lambda _: _look_over(drill)
        ):
            _show(drill, take, passage)
    finally:
        screen.close()


def _look_over(drill: Drill) -> None:
    """Let the person read the passage in silence first."""
    if drill.keyboard.is_there and drill.options.answers is None:
        console.messages().print("\nLook it over. [Enter] begin", style="dim")
        drill.keyboard.choose("n")


def _show(drill: Drill, take: Take, passage: Passage) -> None:
    assert take.result is not None  # noqa: S101 - a session scores each take before it hands it on
    [pace] = (part for part in take.result.score.parts if part.name == "pace")
    windows = pace_by_second(take.result.delivery)
    if drill.options.as_json:
        console.print_json(reading_object(take, pace, passage, windows))
    else:
        console.print_lines(reading_lines(take, pace, passage, windows))
