"""The second part of the drill against fillers: short turns in which a silent pause takes the place of every um."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from mockint.cli import console, wiring
from mockint.cli.drill_screen import DrillScreen, turn_line
from mockint.cli.drill_session import chosen, in_session, is_live
from mockint.devices.recognisers.cueing import CueingRecogniser
from mockint.drills.effect import usual_rate
from mockint.drills.rule import RULE
from mockint.drills.turns import CueWatch, goal_of, in_a_row, turn_of
from mockint.pages.drill import closing_lines, turn_lines, turn_object

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mockint.cli.drill_session import Drill
    from mockint.drills.turns import Goal, Turn
    from mockint.interview import Microphone
    from mockint.model import Question, Take

TAG = "turn"
INTRODUCTION = (
    "2. Speak. When an um is coming, say nothing: the pause is your whole reply.\n"
    "   Pauses sound longer to you than to anybody else."
)


def take_turns(drill: Drill) -> None:
    """Ask light questions, and show after each turn what came, until the goal is reached or the turns are used up."""
    goal = goal_of(usual_rate(drill.store.points()))
    microphone, questions = chosen(drill, TAG, drill.options.turns or RULE.turn_count)
    screen = DrillScreen(console.messages(), turn_line)
    console.messages().print(Text(f"\n{INTRODUCTION}", style="bold"))
    turns: list[Turn] = []
    try:
        for take in _takes(drill, microphone, questions, screen):
            turns.append(turn_of(take, goal))
            _show(drill, turns, goal)
            is_last = len(turns) == len(questions) or in_a_row(turns) >= RULE.turns_in_a_row
            if is_last or not _goes_on(drill):
                break
    finally:
        screen.close()
    if turns and not drill.options.as_json:
        console.print_lines(["", *closing_lines(turns, goal, in_a_row(turns), RULE)])


def _takes(drill: Drill, microphone: Microphone, questions: Sequence[Question], screen: DrillScreen) -> Iterator[Take]:
    def numbered() -> Iterator[Question]:
        for number, question in enumerate(questions, start=1):
            screen.heading = f"Turn {number} of {len(questions)}"
            yield question

    plain = wiring.recogniser(drill.options.engine or drill.settings.engine, drill.options.weights)
    cueing = CueingRecogniser(plain, watch=CueWatch, cue=screen.cue)
    has_cue = drill.options.cue and is_live(drill)
    return in_session(drill, microphone, numbered(), screen, cueing if has_cue else plain)


def _show(drill: Drill, turns: Sequence[Turn], goal: Goal) -> None:
    row = in_a_row(turns)
    if drill.options.as_json:
        console.print_json(turn_object(turns[-1], goal, len(turns), row))
    else:
        console.print_lines(turn_lines(turns[-1], goal, row, RULE))


def _goes_on(drill: Drill) -> bool:
    if not drill.keyboard.is_there:
        return True
    console.messages().print("[Enter] next turn   [q] quit", style="dim")
    return drill.keyboard.choose("nq") == "n"
