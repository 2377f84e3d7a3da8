"""Puts the parts together: from options and settings to open devices, recogniser and store."""

from __future__ import annotations

import math
import os
import shutil
import sys
import textwrap
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from mockint.data_folder import BANKS_FOLDER
from mockint.errors import MockintError, NoAudioDevice, StoreProblem, UsageProblem, VoiceProblem
from mockint.figures import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime

    from mockint.cli.keys import Keyboard
    from mockint.cli.settings import Settings
    from mockint.devices.microphone import RecordedAnswers
    from mockint.devices.recognisers.listening import ChunkedRecogniser
    from mockint.interview import Microphone, Recogniser, Voice
    from mockint.model import Bank, Question, Result, Take
    from mockint.progress import OwnBand, TakePoints
    from mockint.scoring import ScoringMethod
    from mockint.store.keeper import SessionKeeper
    from mockint.store.recovery import Recovery
    from mockint.store.takes import Store

Command = TypeVar("Command", bound="Callable[..., Any]")


def engine_options(command: Command) -> Command:
    """Add --engine and --weights."""
    command = click.option("--engine", metavar="NAME", help="The recogniser (see: mockint models).")(command)
    return click.option(
        "--weights", type=click.Path(path_type=Path), metavar="FOLDER", help="A Whisper (CTranslate2) of your own."
    )(command)


class FiniteRange(click.FloatRange):
    """A number within a range. 'nan' and 'inf', which Python takes for numbers, are none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number. Raises BadParameter."""
        number: float = super().convert(value, param, ctx)
        if not math.isfinite(number):
            self.fail(f"'{value}' is not a number that can be meant.", param, ctx)
        return number


def grade_option(command: Command) -> Command:
    """Add --grade/--no-grade."""
    return click.option(
        "--grade/--no-grade", default=None, help="With points (the default), or measures and reasons alone."
    )(command)


def take_to_show(take: Take, *, graded: bool) -> Take:
    """Return the take as it is to be shown; what is stored keeps its points."""
    from mockint.scoring import ungraded

    return take if graded or take.result is None else replace(take, result=ungraded(take.result))


def own_bands(take: Take, points: TakePoints) -> Mapping[str, OwnBand]:
    """Return what is usual for the speaker in each measure of the take, going by the takes of `points`."""
    from mockint import progress

    return {} if take.result is None else progress.own_bands(points, take.result)


def home() -> Path:
    """Return the data folder."""
    from mockint.store.home import data_home

    return data_home(os.environ)


def bank_folders() -> tuple[Path, ...]:
    """Return where banks are: those that ship, then the user's own."""
    from mockint.bank import shipped_banks_folder

    return shipped_banks_folder(), home() / BANKS_FOLDER


def find_question(bank: Bank, question_id: str) -> Question:
    """Return a question by its id or one that it had before. Raises UsageProblem."""
    import difflib

    for question in bank.questions:
        if question_id == question.id or question_id in question.aliases:
            return question
    near = difflib.get_close_matches(question_id, [question.id for question in bank.questions], n=1)
    hint = f"Did you mean '{near[0]}'?" if near else f"See 'mockint bank show {bank.id}'."
    raise UsageProblem(f"The bank '{bank.id}' has no question '{question_id}'.", hint)


def settings() -> Settings:
    """Return the user's defaults."""
    from mockint.cli.settings import load_settings

    return load_settings(home())


def recogniser(name: str, weights: Path | None, *, say: bool = True) -> ChunkedRecogniser:
    """Open a recogniser by name, and `say` so where it sends audio away. Raises NoRecogniser or UsageProblem."""
    from mockint.devices.recognisers.choice import EngineName, open_recogniser, warning

    if name not in {engine.value for engine in EngineName}:
        if weights is not None:
            raise UsageProblem(f"The engine '{name}' has weights of its own.", "Leave out --weights or --engine.")
        return open_recogniser(EngineName.DEFAULT, _own_weights_folder(name))
    engine = EngineName(name)
    said = warning(engine)
    if said is not None and say:
        click.echo(f"mockint: the engine '{name}' {said}.", err=True)
    return open_recogniser(engine, weights)


def _own_weights_folder(name: str) -> Path:
    """Return the weights that the user fetched or added under a name. Raises UsageProblem."""
    import difflib

    from mockint.devices.recognisers.catalogue import FETCHABLE
    from mockint.devices.recognisers.choice import EngineName
    from mockint.devices.recognisers.own_weights import own_weights

    own = {weights.name: weights.folder for weights in own_weights(home())}
    if name in own:
        return own[name]
    if name in {fetchable.name for fetchable in FETCHABLE}:
        raise UsageProblem(f"The engine '{name}' is not here yet.", f"Fetch it: mockint models fetch {name}")
    names = [*(engine.value for engine in EngineName), *own]
    near = difflib.get_close_matches(name, names, n=1)
    hint = f"Did you mean '{near[0]}'?" if near else f"Engines are: {', '.join(names)}."
    raise UsageProblem(f"There is no engine '{name}'.", hint)


@contextmanager
def store() -> Iterator[Store]:
    """Open the store, complete what a crash cut off, and let go of recordings that are kept no longer.

    Raises StoreProblem.
    """
    from mockint.store.takes import Store

    if not home().exists():
        from mockint.store.importing import refuse_half_restored

        refuse_half_restored(home().resolve())
    with Store(home()) as opened:
        _say_recovered(opened.recover())
        _keep_audio(opened)
        try:
            yield opened
        finally:
            _keep_audio(opened)


def _say_recovered(recovery: Recovery) -> None:
    """Say what became of the takes that a crash cut off."""
    for take in recovery.takes:
        message = f"mockint: take {take.id} was cut off; the {take.duration_s:.0f} s that were spoken are kept."
        click.echo(message, err=True)
    for path in recovery.set_aside:
        complain(
            StoreProblem(
                f"A recording that was cut off cannot be played. It is kept as {path}.",
                "A sound editor may still read it as raw data: 16 bit, mono, 16000 Hz.",
            )
        )


def _keep_audio(opened: Store) -> None:
    """Remove the recordings that the user's settings do not keep, and say so."""
    try:
        kept_for = settings().keep_audio
    except UsageProblem:  # commands that need the settings say what is wrong with them; until then all is kept
        return
    if kept_for is None:
        return
    removed = opened.remove_recordings(asked_until=now() - kept_for, now=now())
    if removed:
        what = counted(len(removed), "recording")
        click.echo(
            f"mockint: {what} removed, as keep_audio in config.yaml says; transcripts and scores stay.", err=True
        )


def take_named(store: Store, name: str) -> Take:
    """Return a take by its number, or the 'last' one. Raises UsageProblem."""
    if name == "last":
        newest = store.takes(last=1)
        if not newest:
            raise UsageProblem("There are no takes yet.", "Record the first one: mockint practice")
        return newest[0]
    if not name.isdecimal():
        raise UsageProblem(f"'{name}' is no take.", "A take is a number, as on its card, or 'last'.")
    return store.take(int(name))


def keeper(store: Store, bank_id: str, *, mode: str) -> SessionKeeper:
    """Begin a session in the store, and return what keeps its takes."""
    return session_keeper(store, store.begin_session(bank_id=bank_id, mode=mode, started_at=now()).id)


def session_keeper(store: Store, session_id: int) -> SessionKeeper:
    """Return what keeps the takes of a session that has begun."""
    from mockint.devices.audiofile import RecordingWriter
    from mockint.store.keeper import SessionKeeper

    return SessionKeeper(store, session_id, open_writer=RecordingWriter, now=now)


def bank(name_or_path: str) -> Bank:
    """Return a bank by its id or file. Raises BankProblem."""
    from mockint.bank import read_bank

    return read_bank(name_or_path, bank_folders())


def sample_answers_folder() -> Path:
    """Where the sample answers are that come with mockint."""
    import mockint

    return Path(mockint.__file__).parent / "sample_answers"


@contextmanager
def keyboard(*, allowed: bool) -> Iterator[Keyboard]:
    """Read keys where a person sits there and may be asked; else nobody presses anything."""
    from mockint.cli import console
    from mockint.cli.keys import NoKeyboard, terminal_keyboard

    if not allowed or not console.is_interactive():
        yield NoKeyboard()
        return
    with terminal_keyboard() as keys:
        yield keys


def microphone(device: str | None) -> Microphone:
    """Return the microphone. Raises NoAudioDevice or UsageProblem at once, not after the first question."""
    from mockint.devices.microphone import SoundDeviceMicrophone
    from mockint.devices.soundcard import Direction, choose_device

    choose_device(Direction.INPUT, device)
    return SoundDeviceMicrophone(device)


def microphone_name(device: str | None) -> str:
    """Return the whole name of the microphone that would be used. Raises NoAudioDevice or UsageProblem."""
    from mockint.devices.soundcard import Direction, choose_device

    return choose_device(Direction.INPUT, device).name


def hearing_where(microphone: str | None) -> str:
    """Begin the sentence about how well somebody is heard."""
    return "In your recordings" if microphone is None else "On your microphone"


def hearing_caveats(store: Store, engine: str, microphone: str | None) -> tuple[str, ...]:
    """Return what the last check with this engine and microphone (None: recordings) has to say of every result."""
    from mockint.hearing import hearing_caveat

    found = store.hearing_checks.newest_of(engine, microphone)
    caveat = None if found is None else hearing_caveat(found.check, hearing_where(microphone))
    return () if caveat is None else (caveat,)


def recorded_answers(
    folder: Path, questions: Sequence[Question], *, realtime: bool, follow_ups: Sequence[Question] = ()
) -> RecordedAnswers:
    """Return the stand-in for the microphone: a folder of recordings. Raises UsageProblem."""
    import time

    from mockint.devices.microphone import RecordedAnswers

    return RecordedAnswers(
        folder, questions, follow_ups=follow_ups, realtime=realtime, clock_s=time.monotonic, sleep_s=time.sleep
    )


def why_nobody_can_answer(device: str | None) -> str | None:
    """Say why no spoken answer can be had here: no terminal, or no microphone; None where one can."""
    from mockint.cli import console

    if not console.is_interactive():
        return "There is no terminal here."
    try:
        microphone(device)
    except NoAudioDevice as problem:
        return problem.problem
    return None


def voice(name: str | None, rate_wpm: int | None, speaker: str | None) -> Voice:
    """Return the voice that asks; where there is none, the questions are printed only, and that is said once."""
    from mockint.devices.voice import Pyttsx3Voice

    try:
        return Pyttsx3Voice(voice=name, rate_wpm=rate_wpm, device=speaker)
    except VoiceProblem as problem:
        complain(problem)
        return silent_voice()


def silent_voice() -> Voice:
    """Return the stand-in for the voice."""
    from mockint.devices.voice import SilentVoice

    return SilentVoice()


def now() -> datetime:
    """Return the date and time, with the zone of this computer."""
    from datetime import datetime

    return datetime.now().astimezone()


def judged(take: Take, audio: Path, recogniser: Recogniser, method: ScoringMethod) -> Result:
    """Measure and score a stored take anew from its recording. Raises AudioFileProblem."""
    from mockint.devices.audiofile import stream_audio
    from mockint.interview import about_dropped_blocks, judge_recording

    caveats = about_dropped_blocks(take.dropped_block_count)
    return judge_recording(stream_audio(audio), recogniser, take.question, method, caveats)


def scored(take: Take, store: Store, recogniser: Recogniser, method: ScoringMethod) -> Take:
    """Return the take with a result: one that was interrupted before it was scored is scored now, and stored."""
    from mockint.adapted import Adaptation, adapted

    if take.result is not None or take.audio is None:
        return take
    plan = store.plans.of(take.session_id)
    if plan is not None:
        rules = plan.rules
        method = adapted(method, Adaptation(stammer=rules.stammer, time_factor=rules.time_factor))
    return store.add_result(take.id, judged(take, take.audio, recogniser, method), created_at=now())


def complain(problem: MockintError) -> None:
    """Say what went wrong, wherever it is said: a sentence, and the hint below it."""
    for words, indent in ((f"mockint: {problem.problem}", ""), (problem.hint, "  ")):
        if words:
            click.echo(_wrapped(words, indent) if sys.stderr.isatty() else indent + words, err=True)


def _wrapped(words: str, indent: str) -> str:
    """Break lines between words; several faults keep a line each."""
    fill = textwrap.TextWrapper(
        width=min(shutil.get_terminal_size().columns, 100),
        initial_indent=indent,
        subsequent_indent="  ",
        break_long_words=False,
        break_on_hyphens=False,
    ).fill
    return "\n".join(map(fill, words.splitlines()))
