"""Holding a session: asking what is on the agenda, showing each take, and leaving what remains for another day."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from mockint import modes
from mockint.cli import console, wiring
from mockint.cli.advice import advice_for
from mockint.cli.agenda import Agenda
from mockint.cli.between import Between
from mockint.cli.screen import TerminalScreen
from mockint.cli.showing import Showing, show_interview
from mockint.cli.typist import HINT as TYPING_HINT
from mockint.cli.typist import KeyboardTypist
from mockint.cli.waiting import count_down
from mockint.figures import clock
from mockint.interview import StoppedBy, StopRule, Tools, conduct, speak
from mockint.modes import Mode, SessionPlan
from mockint.typed_interview import TypedTools, conduct_typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.text import Text

    from mockint.cli.open_session import OpenSession
    from mockint.interview import Voice
    from mockint.model import Question, Take


def hold(session: OpenSession) -> None:
    """Conduct the session and show each take as it is finished, or, in a mock interview, all of them at the end."""
    rules = session.plan.rules
    agenda = Agenda(session.plan.remaining, _keep_plan(session))
    showing = Showing(session)
    screen = TerminalScreen(
        console.messages(),
        stop_hint="Enter: I have finished",
        method=session.method,
        show_first=showing.first,
        heading=agenda.heading,
        limit_s=lambda question: _limit_s(session, question),
        advice=_advice(session),
    )
    between, voice = Between(session, agenda), _voice(session)
    _say_rules(session)
    try:
        if rules.mode is Mode.MOCK:
            _remark(modes.WELCOME_BACK if session.options.resume else modes.WELCOME, voice, screen)
        for take in _takes(session, agenda, voice, screen):
            agenda.answered()
            showing.finished(take)
            if not session.graded:
                session.store.standings.leave_score_aside(take.id)
            if screen.stopped_by is not StoppedBy.TROUBLE:  # the reason follows: nothing is asked in between
                between.after(take)
        if rules.mode is Mode.MOCK and not agenda.remaining:
            _remark(modes.GOODBYE, voice, screen)
    finally:
        screen.close()
        _leave(session, agenda)
    if rules.scores_at_end and not agenda.remaining:
        show_interview(session)


def _takes(session: OpenSession, agenda: Agenda, voice: Voice, screen: TerminalScreen) -> Iterator[Take]:
    keeper = wiring.session_keeper(session.store, session.id)
    if session.hearing is None:
        typed = TypedTools(
            voice=voice,
            typist=KeyboardTypist(session.keyboard),
            keeper=keeper,
            screen=screen,
            now=wiring.now,
            clock_s=time.monotonic,
            method=session.method,
        )
        return conduct_typed(agenda.questions(), typed)
    recogniser = session.hearing.recogniser
    tools = Tools(
        voice=voice,
        microphone=session.hearing.microphone,
        live=session.has_person or session.options.realtime,
        recogniser=recogniser,
        keeper=keeper,
        screen=screen,
        now=wiring.now,
        clock_s=time.monotonic,
        stop_rule=lambda question: _stop_rule(session, question),
        method=session.method,
        caveats=_hearing_caveats(session, recogniser.name),
        prepare=lambda question: _prepare(session, question),
    )
    return conduct(agenda.questions(), tools)


def _keep_plan(session: OpenSession) -> Callable[[tuple[Question, ...]], None]:
    def keep(remaining: tuple[Question, ...]) -> None:
        session.store.plans.keep(session.id, SessionPlan(rules=session.plan.rules, remaining=remaining))

    return keep


def _advice(session: OpenSession) -> Callable[[Question], Text | None]:
    """Advice belongs to practice: nobody whispers in a mock interview."""
    if session.plan.rules.mode is not Mode.PRACTICE:
        return lambda _question: None
    return advice_for(session.plan.remaining, session.store)


def _say_rules(session: OpenSession) -> None:
    """Say how the session goes, and what is different from what most people get, so that nobody wonders."""
    messages, rules = console.messages(), session.plan.rules
    if rules.mode is Mode.MOCK:
        messages.print("A mock interview: one take each, sometimes a follow-up, and the scores at the end.")
    if rules.mode is Mode.VIDEO and not rules.typed:
        first = session.plan.remaining[0]
        limit = clock(_limit_s(session, first) or 0)
        takes = "one take" if rules.takes == 1 else f"{rules.takes} takes"
        messages.print(f"A video interview: {clock(rules.prep_s(first))} to think, {limit} to answer, {takes} each.")
    if rules.typed:
        messages.print(f"{TYPING_HINT} Take the time that you need.")
        return
    if rules.stammer:
        messages.print("No silence ends your answer, and stammering is never scored.")
    if rules.time_factor != 1:
        messages.print(f"All times are {rules.time_factor:g} times as long, and so is the aim for length.")


def _leave(session: OpenSession, agenda: Agenda) -> None:
    """End the session where nothing is left to be asked; else say how it goes on."""
    count = len(agenda.remaining)
    if not count:
        session.store.end_session(session.id, wiring.now())
        return
    left = "One question is" if count == 1 else f"{count} questions are"
    console.messages().print(f"\n{left} left for another time: mockint practice --resume")


def _remark(text: str, voice: Voice, screen: TerminalScreen) -> None:
    screen.remark(text)
    speak(text, voice, screen)


SLOW_RATE_WPM = 120
"""Of the voice; three quarters of what people speak in interviews."""


def _voice(session: OpenSession) -> Voice:
    options, settings = session.options, session.settings
    if options.no_voice:
        return wiring.silent_voice()
    rate = options.rate or (SLOW_RATE_WPM if options.slower else settings.rate)
    return wiring.voice(options.voice or settings.voice, rate, settings.speaker)


def _hearing_caveats(session: OpenSession, engine: str) -> tuple[str, ...]:
    """What is known of how well this person is heard; nothing is known of the voice of the sample answers."""
    options = session.options
    if options.answers == wiring.sample_answers_folder():
        return ()
    microphone = (
        wiring.microphone_name(options.device or session.settings.microphone) if options.answers is None else None
    )
    return wiring.hearing_caveats(session.store, engine, microphone)


# --- times ----------------------------------------------------------------------------------------


def _prepare(session: OpenSession, question: Question) -> None:
    """Let the person think, where the mode gives time for that."""
    seconds = session.plan.rules.prep_s(question)
    if seconds and session.waits:
        count_down(
            seconds,
            what="Time to think:",
            hint="Enter: I am ready",
            keyboard=session.keyboard,
            console=console.messages(),
        )


def _limit_s(session: OpenSession, question: Question) -> float | None:
    """When the answer is stopped. In practice a recording is heard to its end."""
    rules = session.plan.rules
    if session.options.time_limit is not None:
        return session.options.time_limit
    return rules.limit_s(question) if session.has_person or rules.cuts_recordings else None


def _silence_s(session: OpenSession) -> float | None:
    """How long a silence ends an answer; None where none does. A recording ends where it ends."""
    if not session.has_person:
        return None
    if session.options.silence is not None:
        return session.options.silence or None
    return session.plan.rules.silence_s(session.settings.silence, can_press_keys=session.keyboard.is_there)


def _stop_rule(session: OpenSession, question: Question) -> StopRule:
    session.keyboard.pressed()  # what was typed while the question was spoken does not end the answer
    return StopRule(
        key_pressed=session.keyboard.pressed,
        silence_s=_silence_s(session),
        time_limit_s=_limit_s(session, question),
    )
