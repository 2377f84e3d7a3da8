"""A debrief told aloud: recorded, transcribed and stored as any answer is, then written down as text."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

from mockint.cli import wiring
from mockint.errors import Interrupted, MockintError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mockint.afterwards.records import Application, Debrief
    from mockint.cli.keys import Keyboard
    from mockint.cli.options import DebriefOptions
    from mockint.model import Delivery, Question, Take
    from mockint.store.takes import Store

SILENCE_S = 8.0
"""Remembering takes longer than answering: twice the silence that ends an answer."""


def hear(application: Application, start: Debrief, options: DebriefOptions, store: Store) -> Debrief:
    """Ask, listen, and return what was understood; at a terminal it can be mended first.

    Raises MockintError where nothing was understood. Where it breaks off, what was understood is kept as a draft.
    """
    from mockint.cli.debrief_draft import from_editor, keep_draft

    heard: dict[str, Delivery] = {}
    is_right = True
    try:
        with wiring.keyboard(allowed=not options.no_input) as keyboard:
            for take in _takes(application, options, store, keyboard):
                if take.result is not None:
                    heard[take.question.id] = take.result.delivery
                    _show(take.result.delivery)
            if keyboard.is_there and _has_words(heard):
                is_right = _is_right(keyboard)
    except MockintError as problem:
        problem.hint = f"{problem.hint} {_kept(application, start, heard)}".strip()
        raise
    except (KeyboardInterrupt, click.Abort):
        raise Interrupted("Stopped.", _kept(application, start, heard)) from None
    if not _has_words(heard):
        raise MockintError(
            "No words were understood; the recordings are kept.",
            f"Write it down instead: mockint debrief {application.id} --edit",
        )
    understood = _understood(start, heard)
    if is_right:
        return understood
    keep_draft(application, understood)
    return from_editor(application, understood)


def _has_words(heard: Mapping[str, Delivery]) -> bool:
    return any(delivery.words for delivery in heard.values())


def _understood(start: Debrief, heard: Mapping[str, Delivery]) -> Debrief:
    from dataclasses import replace

    from mockint.afterwards.spoken import heard_debrief
    from mockint.cli.asked import competencies

    return replace(heard_debrief(start.held_on, heard, competencies()), people=start.people)


def _kept(application: Application, start: Debrief, heard: Mapping[str, Delivery]) -> str:
    """Keep what was understood so far as a draft, and return the hint about it; nothing where there is nothing."""
    from mockint.cli.debrief_draft import how_to_go_on, keep_draft

    if not _has_words(heard):
        return ""
    return how_to_go_on(application, keep_draft(application, _understood(start, heard)))


def _takes(application: Application, options: DebriefOptions, store: Store, keyboard: Keyboard) -> Iterator[Take]:
    """Conduct a session of its own kind: its takes are kept, but they are no practice."""
    from mockint.afterwards.spoken import BANK_ID, prompts
    from mockint.cli import console
    from mockint.cli.screen import TerminalScreen
    from mockint.interview import StopRule, Tools, conduct

    settings, asked = wiring.settings(), prompts()
    if options.answers is not None:
        recorded = wiring.recorded_answers(options.answers, asked, realtime=False)
        asked = tuple(filter(recorded.can_answer, asked))
    microphone = wiring.microphone(options.device or settings.microphone) if options.answers is None else recorded
    screen = TerminalScreen(
        console.messages(),
        stop_hint="Enter: that is all",
        method=settings.scoring,
        show_first=lambda _take: None,
        heading=lambda _question: application.name,
    )

    def stop_rule(_question: Question) -> StopRule:
        return StopRule(key_pressed=keyboard.pressed, silence_s=SILENCE_S if options.answers is None else None)

    tools = Tools(
        voice=wiring.silent_voice(),
        microphone=microphone,
        live=options.answers is None,
        recogniser=wiring.recogniser(options.engine or settings.engine, options.weights),
        keeper=wiring.keeper(store, BANK_ID, mode="debrief"),
        screen=screen,
        now=wiring.now,
        clock_s=time.monotonic,
        stop_rule=stop_rule,
        method=settings.scoring,
    )
    try:
        yield from conduct(asked, tools)
    finally:
        screen.close()


def _show(delivery: Delivery) -> None:
    from mockint.afterwards.spoken import entries

    for text in entries(delivery) or ("(nothing was understood)",):
        click.echo(f"  - {text}", err=True)


def _is_right(keyboard: Keyboard) -> bool:
    click.echo("\n[Enter] keep it   [e] mend it in your editor", err=True)
    return keyboard.choose("ye") == "y"
