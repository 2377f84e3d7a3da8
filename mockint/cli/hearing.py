"""`mockint doctor --voice`: how well mockint hears its user, measured on a passage that the user reads aloud."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from mockint.cli import wiring
from mockint.cli.screen import TerminalScreen
from mockint.delivery.word_classes import bare_word, is_filled_pause
from mockint.errors import Interrupted, MockintError, NoAudioDevice
from mockint.hearing import PASSAGE, HearingCheck, compare, hearing_caveat, is_the_passage
from mockint.model import Question, Take

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from rich.text import Text

    from mockint.cli.keys import Keyboard
    from mockint.cli.settings import Settings
    from mockint.interview import Recogniser
    from mockint.model import Delivery, Result, Samples

LONGEST_READING_S = 120.0
"""The passage takes about half a minute."""

SILENCE_S = 4.0
"""What ends the reading where the settings leave that to a key and nobody is there to press one."""


def check_hearing(
    recogniser: Recogniser, settings: Settings, *, recording: Path | None, device: str | None, as_json: bool
) -> None:
    """Have the passage read (or take a recording of it), compare, store what was found, and show it.

    Raises MockintError.
    """
    from mockint.cli import console
    from mockint.cli.scoring_jobs import score_file

    at = wiring.now()
    if recording is None:
        _show_passage()  # also where there is no microphone: it can be read into any recorder
        microphone = _microphone_name(device)
        with wiring.keyboard(allowed=not as_json) as keyboard:
            delivery = _read_aloud(device, recogniser, settings, keyboard)
    else:
        microphone = None
        delivery = score_file(recording, recogniser, settings.scoring).delivery
    check = _compared(delivery, recogniser)
    with wiring.store() as store:
        store.hearing_checks.add(check, at=at, microphone=microphone)
    if as_json:
        console.print_json(_object(check, microphone, at))
    else:
        console.print_lines(_lines(check, microphone or str(recording), wiring.hearing_where(microphone)))


def _compared(delivery: Delivery, recogniser: Recogniser) -> HearingCheck:
    """Compare what was heard with the passage. Raises MockintError where that would say nothing."""
    if not delivery.words:
        hint = " ".join(delivery.caveats) or "Is it the right microphone? Try: mockint doctor"
        raise MockintError("No word was heard.", hint)
    check = compare(PASSAGE, delivery.words, engine=recogniser.name, caveats=delivery.caveats)
    if not is_the_passage(check):
        raise MockintError(
            f"What was heard is not the passage: {min(check.word_error, 1):.0%} of its words differ.",
            "Read it as it stands. If you did: move closer, or try another microphone. Nothing was stored.",
        )
    return check


# --- reading aloud --------------------------------------------------------------------------------


def _read_aloud(device: str | None, recogniser: Recogniser, settings: Settings, keyboard: Keyboard) -> Delivery:
    """Record the passage in the very way in which an answer is recorded, and keep nothing of the sound."""
    import time

    from mockint.cli import console
    from mockint.interview import StopRule, Tools, conduct

    silence_s = settings.silence if keyboard.is_there else settings.silence or SILENCE_S
    rule = StopRule(key_pressed=keyboard.pressed, silence_s=silence_s or None, time_limit_s=LONGEST_READING_S)
    screen = _ReadingScreen(
        console.messages(), stop_hint="Enter: I have finished", method=settings.scoring, show_first=lambda _: None
    )
    tools = Tools(
        voice=wiring.silent_voice(),
        microphone=wiring.microphone(device),
        live=True,
        recogniser=recogniser,
        keeper=_KeepsNothing(),
        screen=screen,
        now=wiring.now,
        clock_s=time.monotonic,
        stop_rule=lambda _question: rule,
        method=settings.scoring,
    )
    passage = Question(bank_id="mockint", id="hearing-check", text=PASSAGE, time_limit_s=LONGEST_READING_S)
    try:
        for take in conduct([passage], tools):
            if take.result is not None:
                return take.result.delivery
    except Interrupted:
        raise Interrupted("Stopped.", "Nothing is kept of it.") from None
    finally:
        screen.close()
    raise MockintError("Nothing was recorded.", "Is it the right microphone? Try: mockint doctor")


def _show_passage() -> None:
    from rich.text import Text

    from mockint.cli import console

    messages = console.messages()
    messages.print(Text("Read this aloud as you speak in an interview, with the sounds in brackets.\n", style="dim"))
    messages.print(_marked(PASSAGE))
    messages.print(Text("\nBegin when you are ready. The recording is not kept.", style="dim"))


def _microphone_name(device: str | None) -> str:
    try:
        return wiring.microphone_name(device)
    except NoAudioDevice as problem:
        hint = "Or record yourself with anything else: mockint doctor --voice --recording FILE"
        raise NoAudioDevice(problem.problem, f"{problem.hint} {hint}") from problem


class _ReadingScreen(TerminalScreen):
    """The screen of a session, without the question: the passage stands there already."""

    def asking(self, question: Question) -> None:
        """Show nothing more."""


class _KeepsNothing:
    """The stand-in for the store: the sound is heard and forgotten."""

    def begin(self, question: Question, asked_at: datetime) -> _Forgotten:
        """Nothing is opened."""
        return _Forgotten(question, asked_at)

    def add_result(self, take: Take, result: Result, *, result_delay_s: float | None) -> Take:
        """Return the take with its result."""
        from dataclasses import replace

        return replace(take, result=result, result_delay_s=result_delay_s)


class _Forgotten:
    """A recording of which only the length is known."""

    def __init__(self, question: Question, asked_at: datetime) -> None:
        self._question = question
        self._asked_at = asked_at

    def write(self, samples: Samples) -> None:
        """Nothing is written."""

    def keep(self, *, dropped_block_count: int) -> Take:
        """Return a take that is nowhere."""
        return Take(
            id=0,
            uid="",
            session_id=0,
            question=self._question,
            asked_at=self._asked_at,
            duration_s=0.0,
            audio=None,
            dropped_block_count=dropped_block_count,
            result=None,
        )

    def discard(self) -> None:
        """There is nothing."""


# --- what was found -------------------------------------------------------------------------------


def _object(check: HearingCheck, microphone: str | None, at: datetime) -> dict[str, Any]:
    return {
        **asdict(check),
        "word_error": round(check.word_error, 3),
        "microphone": microphone,
        "at": at.isoformat(),
        "caveat": hearing_caveat(check, wiring.hearing_where(microphone)),
    }


def _lines(check: HearingCheck, heard_on: str, where: str) -> Iterator[Text]:
    from rich.text import Text

    yield Text(f"Heard by {check.engine} on {heard_on}:", style="dim")
    yield Text(f"  Words    {check.wrong_word_count} of {check.word_count} wrong ({check.word_error:.0%})")
    if check.missed_words:
        yield Text(f"           not heard as written: {', '.join(check.missed_words)}")
    yield Text(
        f"  Fillers  {check.found_filler_count} of {check.planted_filler_count} found,"
        f" {check.false_filler_count} heard that were none"
    )
    yield from (Text(f"! {caveat}", style="yellow") for caveat in check.caveats)
    poor = hearing_caveat(check, where)
    if poor is None:
        yield Text("You are heard as well as can be expected.", style="green")
        return
    yield Text(f"! {poor} Results will say so.", style="yellow")
    yield Text("Move closer to the microphone, choose another (--device), or another engine (mockint models).")


def _marked(passage: str) -> Text:
    """Render the passage with its fillers in brackets, so that they are seen without colour too."""
    from rich.text import Text

    text = Text()
    for word in passage.split():
        if is_filled_pause(bare_word(word)):
            text.append(f"[{word.rstrip(',')}]", style="bold")
            text.append(", ")
        else:
            text.append(f"{word} ")
    return text
