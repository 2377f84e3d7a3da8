"""From options to a session: which questions, by which rules; or the one that was left unfinished."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from mockint import modes
from mockint.adapted import Adaptation, adapted
from mockint.cli import choosing, wiring
from mockint.cli.choosing import DEFAULT_BANK, Chosen, Wanted
from mockint.cli.open_session import Hearing, OpenSession
from mockint.errors import UsageProblem
from mockint.follow_ups import follow_ups_of, is_follow_up
from mockint.modes import Mode, Rules, SessionPlan

if TYPE_CHECKING:
    from pathlib import Path

    from mockint.cli.keys import Keyboard
    from mockint.cli.options import PracticeOptions
    from mockint.cli.settings import Settings
    from mockint.devices.microphone import RecordedAnswers
    from mockint.model import Question
    from mockint.scoring import ScoringMethod
    from mockint.store.takes import Store

ALL = 10_000
"""More questions than any bank has: then the choice is an order in which to ask them."""


def begin(options: PracticeOptions, settings: Settings, store: Store, keyboard: Keyboard) -> OpenSession:
    """Choose what to ask and open a session, or go on with the one that was left. Nothing is stored if this fails.

    Raises UsageProblem, BankProblem, and NoAudioDevice where nobody could answer.
    """
    if options.resume:
        session_id, plan = _unfinished(options, store)
    else:
        session_id, plan = None, SessionPlan(rules=_rules(options, settings), remaining=())
        chosen = _choose(options, plan.rules, store)
        plan = replace(plan, remaining=tuple(map(plan.rules.as_asked, chosen.questions)))
    if plan.rules.typed:
        _check_typing(options)
    recorded = _recorded(options, plan)
    if recorded is not None:
        plan = replace(plan, remaining=tuple(filter(recorded.can_answer, plan.remaining)))
        if not plan.remaining:
            raise UsageProblem(
                f"{options.answers} holds no answer to what is left to be asked.",
                "Name each recording by its question.",
            )
    hearing = None if plan.rules.typed else _hearing(options, settings, recorded)
    if session_id is None:
        mode = plan.rules.mode.value
        session_id = store.begin_session(bank_id=chosen.bank_id, mode=mode, started_at=wiring.now()).id
    return OpenSession(
        id=session_id,
        plan=plan,
        options=options,
        settings=settings,
        method=_method(plan.rules, settings),
        store=store,
        keyboard=keyboard,
        recorded=recorded,
        hearing=hearing,
    )


def _rules(options: PracticeOptions, settings: Settings) -> Rules:
    """Return the rules of a new session. Raises UsageProblem."""
    mode = Mode(options.mode or Mode.PRACTICE.value)
    if options.takes is not None and mode is not Mode.VIDEO:
        raise UsageProblem(f"--takes has no meaning in the mode {mode.value}.", "It goes with --mode video.")
    if options.more_time and options.time_factor is not None:
        raise UsageProblem("--more-time is --time-factor 1.5.", "Give one of the two.")
    takes = {Mode.PRACTICE: None, Mode.MOCK: 1, Mode.VIDEO: options.takes or 1}[mode]
    return Rules(
        mode=mode,
        takes=takes,
        time_factor=_time_factor(options) or settings.time_factor,
        stammer=options.stammer or settings.stammer,
        typed=options.typed,
    )


def _hearing(options: PracticeOptions, settings: Settings, recorded: RecordedAnswers | None) -> Hearing:
    return Hearing(
        microphone=recorded or wiring.microphone(options.device or settings.microphone),
        recogniser=wiring.recogniser(options.engine or settings.engine, options.weights),
    )


def _check_typing(options: PracticeOptions) -> None:
    """Raise UsageProblem where typed answers cannot be had in this way."""
    if options.answers is not None:
        raise UsageProblem(
            "--typed takes its answers from the keyboard, or from what is piped in, not from recordings.",
            "Leave out --answers, or --typed.",
        )
    if options.no_input and sys.stdin.isatty():
        raise UsageProblem("--typed waits for typing, and --no-input never waits.", "Leave out one, or pipe text in.")


def _method(rules: Rules, settings: Settings) -> ScoringMethod:
    return adapted(settings.scoring, Adaptation(stammer=rules.stammer, time_factor=rules.time_factor))


def _unfinished(options: PracticeOptions, store: Store) -> tuple[int, SessionPlan]:
    """Return the session that was left last. Raises UsageProblem."""
    if options.wanted != Wanted(bank=None, count=None, question=None, tag=None) or options.mode or options.takes:
        raise UsageProblem(
            "--resume goes on with the questions and the mode of the session that was left.",
            "Leave out the bank, --count, --question, --tag, --mode and --takes.",
        )
    found = store.plans.newest()
    if found is None:
        raise UsageProblem("No session waits to be continued.", "Begin one: mockint practice")
    rules = found[1].rules
    is_other_way = (options.typed and not rules.typed) or (options.stammer and not rules.stammer)
    if is_other_way or _time_factor(options) not in (None, rules.time_factor):
        raise UsageProblem(
            "The session that was left goes on by its own rules.",
            "Leave out --typed, --stammer, --more-time and --time-factor, or begin anew without --resume.",
        )
    return found


def _time_factor(options: PracticeOptions) -> float | None:
    return modes.MORE_TIME if options.more_time else options.time_factor


def _choose(options: PracticeOptions, rules: Rules, store: Store) -> Chosen:
    wanted, answers = options.wanted, options.answers
    if rules.mode is not Mode.MOCK or wanted.question is not None:
        return choosing.choose(wanted, store, answers=answers)
    chosen = choosing.choose(replace(wanted, count=ALL), store, answers=answers)
    if answers is None:
        candidates = [*chosen.questions, *_frame(chosen.questions, store)]
        questions = modes.whole_interview(candidates, wanted.count or modes.MOCK_COUNT)
    else:
        questions = _for_recordings(chosen.questions, answers, wanted.count)
    return replace(chosen, questions=questions)


def _frame(questions: tuple[Question, ...], store: Store) -> tuple[Question, ...]:
    """Return openings or closings of the starter bank, where a bank has none of its own."""
    categories = {modes.OPENING, modes.CLOSING} - {question.category for question in questions}
    if not categories:
        return ()
    starter = choosing.choose(Wanted(bank=DEFAULT_BANK, count=ALL, question=None, tag=None), store)
    return tuple(question for question in starter.questions if question.category in categories)


def _for_recordings(questions: tuple[Question, ...], folder: Path, count: int | None) -> tuple[Question, ...]:
    """Return the questions whose id a recording bears; where none does, a whole interview for as many as there are."""
    stems = [path.stem for path in folder.iterdir()] if folder.is_dir() else []
    named = [question for question in questions if question.id in stems]
    if named:
        return modes.in_interview_order(named[:count])
    return modes.whole_interview(questions, min(count or modes.MOCK_COUNT, len(stems)))


def _recorded(options: PracticeOptions, plan: SessionPlan) -> RecordedAnswers | None:
    """Return the recordings that answer; None where a person does."""
    if options.answers is None:
        return None
    follow_ups = [each for question in plan.remaining for each in follow_ups_of(question)]
    if plan.rules.mode is not Mode.MOCK:
        follow_ups = []
    questions = [question for question in plan.remaining if not is_follow_up(question)]
    waiting = [question for question in plan.remaining if is_follow_up(question)]
    return wiring.recorded_answers(
        options.answers, questions, realtime=options.realtime, follow_ups=[*waiting, *follow_ups]
    )
