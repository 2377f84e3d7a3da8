"""A session, on one page: what to ask, and one finished take at a time.

This module opens no device and no file. It is handed its tools; the Protocols below say what it needs of them, and
`mockint.devices` and `mockint.store` hold the real ones and their stand-ins.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Protocol

from mockint.delivery.acoustics import FrameAnalyser, level_dbfs
from mockint.delivery.measure import measure
from mockint.errors import Interrupted, MockintError, VoiceProblem
from mockint.model import SAMPLE_RATE_HZ, Result
from mockint.scoring import score

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import AbstractContextManager
    from datetime import datetime

    from mockint.delivery.acoustics import Frames
    from mockint.model import Block, NoTranscript, Question, Samples, Take, Transcript
    from mockint.scoring import ScoringMethod


# --- what a session needs of the outside world ----------------------------------------------------


class Voice(Protocol):
    """Says a question aloud."""

    def say(self, text: str) -> None:
        """Speak `text` and return when it has been heard. Raises VoiceProblem; never hangs."""


class Microphone(Protocol):
    """Where answers come from."""

    def listen(self, question: Question) -> AbstractContextManager[Iterator[Block]]:
        """Open for one answer. The blocks end when the source ends; a person's microphone goes on until closed.

        Raises NoAudioDevice where there is none, or (from the iterator) where it is lost in mid-answer.
        """


class Listening(Protocol):
    """One answer being transcribed while it is spoken."""

    @property
    def silent_for_s(self) -> float | None:
        """Seconds since speech was last heard; None before the first speech."""

    def hear(self, samples: Samples) -> None:
        """Take the next samples (mono float32, 16 kHz, any length). Returns at once; never raises for bad sound."""

    def first(self) -> Transcript | NoTranscript | None:
        """There is no more: what can be told at once, before `finish`; None where `finish` is as quick."""

    def finish(self) -> Transcript | NoTranscript:
        """There is no more: wait for what is still to be transcribed and return all of it."""


class Recogniser(Protocol):
    """Turns speech into words with times."""

    @property
    def name(self) -> str:
        """Engine and weights, with versions."""

    def prepare(self) -> None:
        """Begin to load what is slow to load, and return at once."""

    def listen(self, *, live: bool) -> Listening:
        """Begin one answer. live: it comes at the speed of speech, and somebody waits for the first result."""

    def transcribe(self, blocks: Iterable[Samples]) -> Transcript | NoTranscript:
        """Transcribe sound that is already there."""


class Recording(Protocol):
    """A take being kept while it is spoken."""

    def write(self, samples: Samples) -> None:
        """Put the next samples on disk."""

    def keep(self, *, dropped_block_count: int) -> Take:
        """The answer is over: the take is stored before this returns."""

    def discard(self) -> None:
        """Nothing was said at all: leave no take behind."""


class Keeper(Protocol):
    """Stores takes and what was made of them."""

    def begin(self, question: Question, asked_at: datetime) -> Recording:
        """Open a recording for an answer to `question`."""

    def add_result(self, take: Take, result: Result, *, result_delay_s: float | None) -> Take:
        """Store what was measured and scored beside the take, and return the take with it."""


class Screen(Protocol):
    """What the person sees while the session runs."""

    def asking(self, question: Question) -> None:
        """A question is about to be spoken."""

    def voice_failed(self, problem: VoiceProblem) -> None:
        """The question could not be spoken; it is on the screen all the same."""

    def answering(self, question: Question, *, level_dbfs: float, elapsed_s: float) -> None:
        """The answer goes on: called for each block."""

    def answered(self, question: Question, stopped_by: StoppedBy) -> None:
        """The answer is over and stored; its score follows."""

    def first_result(self, take: Take) -> None:
        """A first, quick result of the take; a better one follows within seconds."""


# --- when an answer ends --------------------------------------------------------------------------

IN_FLIGHT_S = 0.15
"""How much of an answer is still on its way: the usual delay of PortAudio's input, 0.1 s, and a block not yet full."""


class StoppedBy(str, Enum):
    """Why an answer ended."""

    KEY = "key"
    SILENCE = "silence"
    TIME_LIMIT = "time limit"
    END_OF_SOUND = "end of sound"
    TROUBLE = "trouble"
    INTERRUPT = "interrupt"


@dataclass(frozen=True, slots=True, kw_only=True)
class StopRule:
    """What ends an answer, besides the end of the sound itself. None switches a rule off."""

    key_pressed: Callable[[], bool]
    silence_s: float | None = None
    time_limit_s: float | None = None

    def check(self, *, elapsed_s: float, silent_for_s: float | None) -> StoppedBy | None:
        """The reason to stop now, or None. Silence counts only after the speaker has begun."""
        if self.key_pressed():
            return StoppedBy.KEY
        if self.time_limit_s is not None and elapsed_s >= self.time_limit_s:
            return StoppedBy.TIME_LIMIT
        if self.silence_s is not None and silent_for_s is not None and silent_for_s >= self.silence_s:
            return StoppedBy.SILENCE
        return None


# --- the session ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """Everything that a session is handed."""

    voice: Voice
    microphone: Microphone
    live: bool
    """Whether answers come at the speed of speech: then a first result is shown before the thorough one."""
    recogniser: Recogniser
    keeper: Keeper
    screen: Screen
    now: Callable[[], datetime]
    """The date and time, with its zone."""
    clock_s: Callable[[], float]
    """A clock that never goes back, for delays."""
    stop_rule: Callable[[Question], StopRule]
    method: ScoringMethod
    caveats: tuple[str, ...] = ()
    """What is known beforehand of everything that is heard in this session."""
    prepare: Callable[[Question], None] = lambda _question: None
    """Return when the person is ready to answer: at once, where the mode gives no time to prepare."""


def conduct(questions: Iterable[Question], tools: Tools) -> Iterator[Take]:
    """Ask each question and yield its take, scored and stored, before the next one is asked.

    When the microphone is lost (NoAudioDevice), an answer cannot be read (AudioFileProblem), the disk is full
    (StoreProblem) or Ctrl-C is pressed (Interrupted), what had been said until then is stored before the error leaves.
    """
    tools.recogniser.prepare()
    for question in questions:
        asked_at = tools.now()
        tools.screen.asking(question)
        speak(question.spoken, tools.voice, tools.screen)
        tools.prepare(question)
        yield from _one_answer(question, asked_at, tools)


def speak(text: str, voice: Voice, screen: Screen) -> None:
    """Say something aloud; where that cannot be done, what is on the screen has to do."""
    try:
        voice.say(text)
    except VoiceProblem as problem:
        screen.voice_failed(problem)


def _one_answer(question: Question, asked_at: datetime, tools: Tools) -> Iterator[Take]:
    answer = _Answer(
        listening=tools.recogniser.listen(live=tools.live),
        analyser=FrameAnalyser(SAMPLE_RATE_HZ),
        recording=tools.keeper.begin(question, asked_at),
    )
    ending = _take_in(answer, question, tools)
    last_sample_s = tools.clock_s()
    if answer.elapsed_s == 0:
        answer.recording.discard()
        answer.listening.finish()
    else:
        take = answer.recording.keep(dropped_block_count=answer.dropped_block_count)
        tools.screen.answered(question, answer.stopped_by)
        if isinstance(ending, Interrupted):
            ending = Interrupted("Stopped.", f"What you said is kept as take {take.id}: mockint review {take.id}")
        else:
            yield _scored(take, answer, last_sample_s, tools)
    if ending is not None:
        raise ending


@dataclass(slots=True)
class _Answer:
    """An answer while it goes on: where its sound goes, and what is known of it."""

    listening: Listening
    analyser: FrameAnalyser
    recording: Recording
    elapsed_s: float = 0.0
    dropped_block_count: int = 0
    stopped_by: StoppedBy = StoppedBy.END_OF_SOUND

    def add(self, block: Block) -> None:
        """To disk first: what comes after may fail."""
        self.recording.write(block.samples)
        self.listening.hear(block.samples)
        self.analyser.feed(block.samples)
        self.elapsed_s += len(block.samples) / SAMPLE_RATE_HZ
        self.dropped_block_count += block.dropped_count


def about_dropped_blocks(count: int) -> tuple[str, ...]:
    """What a person should know of an answer of which the device lost `count` blocks."""
    if not count:
        return ()
    return (f"The sound device dropped {count} block(s) of this answer: words may be missing.",)


def _take_in(answer: _Answer, question: Question, tools: Tools) -> MockintError | None:
    """Listen until the answer ends. What ended it before its time is returned, to be raised when the answer is safe."""
    try:
        with tools.microphone.listen(question) as blocks:
            rule = tools.stop_rule(question)
            for block in blocks:
                answer.add(block)
                tools.screen.answering(question, level_dbfs=level_dbfs(block.samples), elapsed_s=answer.elapsed_s)
                stopped_by = rule.check(elapsed_s=answer.elapsed_s, silent_for_s=answer.listening.silent_for_s)
                if stopped_by is not None:
                    answer.stopped_by = stopped_by
                    break
            if answer.stopped_by is StoppedBy.KEY:
                _hear_out(blocks, answer)
    except MockintError as problem:  # the microphone was lost, a file could not be read, the disk is full
        answer.stopped_by = StoppedBy.TROUBLE
        return problem
    except KeyboardInterrupt:
        answer.stopped_by = StoppedBy.INTERRUPT
        return Interrupted("Stopped.")
    return None


def _hear_out(blocks: Iterator[Block], answer: _Answer) -> None:
    """Take what was said before the key was pressed and was still on its way through the sound card."""
    until_s = answer.elapsed_s + IN_FLIGHT_S
    for block in blocks:
        answer.add(block)
        if answer.elapsed_s >= until_s:
            return


def _scored(take: Take, answer: _Answer, last_sample_s: float, tools: Tools) -> Take:
    """Show a first result at once where there is one, then measure and score thoroughly, and store that."""
    frames = answer.analyser.finish()
    caveats = (*about_dropped_blocks(answer.dropped_block_count), *tools.caveats)
    first_delay_s = None
    first = answer.listening.first()
    if first is not None:
        result = judge(frames, first, take.question, tools.method, caveats)
        tools.screen.first_result(replace(take, result=result))
        first_delay_s = tools.clock_s() - last_sample_s
    result = judge(frames, answer.listening.finish(), take.question, tools.method, caveats)
    delay_s = tools.clock_s() - last_sample_s
    if first_delay_s is None:
        return tools.keeper.add_result(take, result, result_delay_s=delay_s)
    take = tools.keeper.add_result(take, result, result_delay_s=first_delay_s)
    return replace(take, refined_delay_s=delay_s)


def judge(
    frames: Frames,
    heard: Transcript | NoTranscript,
    question: Question | None,
    method: ScoringMethod,
    caveats: tuple[str, ...] = (),
) -> Result:
    """Measure and score one take from what its sound and its transcript hold. caveats: what is known besides."""
    delivery = measure(frames, heard)
    delivery = replace(delivery, caveats=(*delivery.caveats, *caveats))
    return Result(delivery=delivery, score=score(delivery, question, method))


def judge_recording(
    blocks: Iterable[Samples],
    recogniser: Recogniser,
    question: Question | None,
    method: ScoringMethod,
    caveats: tuple[str, ...] = (),
) -> Result:
    """Measure and score sound that is already there, in bounded memory, block by block."""
    analyser = FrameAnalyser(SAMPLE_RATE_HZ)

    def analysed() -> Iterator[Samples]:
        for samples in blocks:
            analyser.feed(samples)
            yield samples

    heard = recogniser.transcribe(analysed())
    return judge(analyser.finish(), heard, question, method, caveats)
