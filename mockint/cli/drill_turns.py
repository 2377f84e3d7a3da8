"""The second part of the drill against fillers: short turns in which a silent pause takes the place of every um."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from rich.text import Text

from mockint.cli import console, wiring
from mockint.cli.drill_screen import DrillScreen, turn_line
from mockint.devices.recognisers.cueing import CueingRecogniser
from mockint.drills import BANK_ID, MODE
from mockint.drills.effect import usual_rate
from mockint.drills.rule import RULE
from mockint.drills.turns import CueWatch, goal_of, in_a_row, turn_of
from mockint.interview import StopRule, Tools, conduct
from mockint.pages.drill import closing_lines, turn_lines, turn_object

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mockint.cli.drill import Drill
    from mockint.drills.turns import Goal, Turn
    from mockint.interview import Microphone, Recogniser, Voice
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


# --- what every drill needs -----------------------------------------------------------------------


def chosen(drill: Drill, tag: str, count: int) -> tuple[Microphone, tuple[Question, ...]]:
    """Return where answers come from, and what to ask: what was asked longest ago, or what there are recordings of."""
    options, settings = drill.options, drill.settings
    questions = [question for question in drill.bank.questions if tag in question.tags]
    if options.answers is None:
        microphone = wiring.microphone(options.device or settings.microphone)
        asked = drill.store.last_asked(questions)
        longest_ago = sorted(
            questions, key=lambda question: asked[question.id].timestamp() if question.id in asked else 0
        )
        return microphone, tuple(longest_ago[:count])
    named = {path.stem for path in options.answers.iterdir()} if options.answers.is_dir() else set()
    by_name = sorted(questions, key=lambda question: question.id not in named)
    recorded = wiring.recorded_answers(options.answers, by_name[:count], realtime=options.realtime)
    return recorded, recorded.answerable


def is_live(drill: Drill) -> bool:
    """Whether answers come at the speed of speech."""
    return drill.options.answers is None or drill.options.realtime


def in_session(
    drill: Drill,
    microphone: Microphone,
    questions: Iterator[Question],
    screen: DrillScreen,
    recogniser: Recogniser,
    *,
    prepare: Callable[[Question], None] = lambda _question: None,
) -> Iterator[Take]:
    """Ask the questions in a session of its own mode, so that its takes do not count as interview practice."""
    session = drill.store.begin_session(bank_id=BANK_ID, mode=MODE, started_at=wiring.now())
    tools = Tools(
        voice=_voice(drill),
        microphone=microphone,
        live=is_live(drill),
        recogniser=recogniser,
        keeper=wiring.session_keeper(drill.store, session.id),
        screen=screen,
        now=wiring.now,
        clock_s=time.monotonic,
        stop_rule=lambda question: _stop_rule(drill, question),
        method=drill.settings.scoring,
        caveats=_hearing_caveats(drill, recogniser.name),
        prepare=prepare,
    )
    try:
        yield from conduct(questions, tools)
    finally:
        drill.store.end_session(session.id, wiring.now())


def _hearing_caveats(drill: Drill, engine: str) -> tuple[str, ...]:
    """What is known of how well this person is heard."""
    device = drill.options.device or drill.settings.microphone
    microphone = wiring.microphone_name(device) if drill.options.answers is None else None
    return wiring.hearing_caveats(drill.store, engine, microphone)


def _voice(drill: Drill) -> Voice:
    if drill.options.no_voice or drill.options.kind == "pace":  # nobody wants to hear the passage first
        return wiring.silent_voice()
    return wiring.voice(drill.settings.voice, drill.settings.rate, drill.settings.speaker)


def _stop_rule(drill: Drill, question: Question) -> StopRule:
    """Silence ends a turn only where no key can: here silence is what is practised."""
    drill.keyboard.pressed()  # what was typed before is not meant
    has_person = drill.options.answers is None
    ends_by_silence = has_person and not drill.keyboard.is_there
    return StopRule(
        key_pressed=drill.keyboard.pressed,
        silence_s=drill.settings.silence or None if ends_by_silence else None,
        time_limit_s=question.time_limit_s if has_person else None,
    )
