"""What every drill needs: who speaks, what is asked, and a session of its own, which is no interview practice."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mockint.cli import wiring
from mockint.drills import BANK_ID, MODE
from mockint.interview import StopRule, Tools, conduct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mockint.cli.drill_screen import DrillScreen
    from mockint.cli.keys import Keyboard
    from mockint.cli.options import DrillOptions
    from mockint.cli.settings import Settings
    from mockint.interview import Microphone, Recogniser, Voice
    from mockint.model import Bank, Question, Take
    from mockint.store.takes import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """Everything that a drill is handed."""

    options: DrillOptions
    settings: Settings
    store: Store
    keyboard: Keyboard
    bank: Bank


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
