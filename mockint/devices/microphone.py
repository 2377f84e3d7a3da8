"""Where answers come from: a microphone, or a folder of recorded answers that goes the same way."""

from __future__ import annotations

import re
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from mockint.devices.audiofile import SOUND_SUFFIXES, Resampler, stream_audio
from mockint.devices.soundcard import Direction, SoundDevice, choose_device, load_sounddevice
from mockint.errors import NoAudioDevice, UsageProblem
from mockint.model import SAMPLE_RATE_HZ, Block

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from types import ModuleType
    from typing import Any

    from mockint.model import Question, Samples

BLOCK_S = 0.05
"""How much sound is handed over at a time: short enough for a level meter that moves with the voice."""

FIRST_BLOCK_WITHIN_S = 5.0
"""A wireless microphone may take seconds to wake up."""

LOST_AFTER_S = 2.0
"""A device that was delivering and has been silent this long is gone."""


# --- the microphone -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Arrived:
    """What one callback brought: frames of shape (n, channels), and whether the device lost some before them."""

    frames: Samples
    overflowed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Format:
    """How the device is asked to deliver."""

    rate_hz: float
    channel_count: int


class SoundDeviceMicrophone:
    """A microphone through PortAudio, by index or part of its name (None: the system's default)."""

    def __init__(self, device: str | int | None = None) -> None:
        self._wanted = device

    @contextmanager
    def listen(self, question: Question) -> Iterator[Iterator[Block]]:  # noqa: ARG002 - a person answers any question
        """Open the microphone; the blocks go on until it is closed.

        Raises UsageProblem for an unknown device, and NoAudioDevice where it cannot be opened or, from the iterator,
        where it is lost: then everything that came before has been handed over.
        """
        with _open_input(self._wanted) as blocks:
            yield blocks


@contextmanager
def _open_input(wanted: str | int | None) -> Iterator[Iterator[Block]]:
    sounddevice = load_sounddevice()
    device = choose_device(Direction.INPUT, wanted)
    arrived: SimpleQueue[_Arrived] = SimpleQueue()
    stream, form = _open_stream(sounddevice, device, arrived)
    try:
        yield _blocks(arrived, device, form)
    finally:
        stream.abort(ignore_errors=True)
        stream.close(ignore_errors=True)


def _open_stream(sounddevice: ModuleType, device: SoundDevice, arrived: SimpleQueue[_Arrived]) -> tuple[Any, _Format]:
    """A running stream, and the format in which it delivers."""

    def callback(frames: Samples, _frame_count: int, _time: object, status: Any) -> None:
        arrived.put(_Arrived(frames=frames.copy(), overflowed=status.input_overflow))

    form = _accepted_format(sounddevice, device)
    try:
        stream = sounddevice.InputStream(
            device=device.index,
            samplerate=form.rate_hz,
            channels=form.channel_count,
            dtype="float32",
            blocksize=round(form.rate_hz * BLOCK_S),
            callback=callback,
        )
        stream.start()
    except sounddevice.PortAudioError as error:
        raise NoAudioDevice(
            f"The microphone {device.name} cannot be used: {error}.",
            "Is another program keeping it to itself, or is this terminal not allowed to use it? Try `mockint doctor`.",
        ) from error
    return stream, form


def _accepted_format(sounddevice: ModuleType, device: SoundDevice) -> _Format:
    """The format nearest to ours that the device accepts; failing all, its own, whose refusal will tell why."""
    ours = _Format(rate_hz=SAMPLE_RATE_HZ, channel_count=1)
    own_rate = _Format(rate_hz=device.default_rate_hz, channel_count=1)
    own = _Format(rate_hz=device.default_rate_hz, channel_count=device.channel_count)

    def accepts(form: _Format) -> bool:
        try:
            sounddevice.check_input_settings(device.index, form.channel_count, "float32", samplerate=form.rate_hz)
        except sounddevice.PortAudioError:
            return False
        return True

    return next((form for form in (ours, own_rate) if accepts(form)), own)


def _blocks(arrived: SimpleQueue[_Arrived], device: SoundDevice, form: _Format) -> Iterator[Block]:
    resampler = Resampler(form.rate_hz)
    patience_s = FIRST_BLOCK_WITHIN_S
    while True:
        try:
            piece = arrived.get(timeout=patience_s)
        except Empty:
            raise NoAudioDevice(
                f"The microphone {device.name} stopped delivering sound.",
                "Is it still plugged in? What it delivered until then is kept.",
            ) from None
        patience_s = LOST_AFTER_S
        samples = resampler.feed(piece.frames.mean(axis=1))
        if len(samples) or piece.overflowed:
            yield Block(samples=samples, dropped_count=int(piece.overflowed))


# --- how loud is it? ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """How loud a microphone was. None: every sample was zero, as where the system withholds the sound."""

    peak_dbfs: float | None
    rms_dbfs: float | None


def measure_level(device: str | int | None, seconds: float) -> Level:
    """Listen for a moment. Raises NoAudioDevice, and UsageProblem for an unknown device."""
    import numpy as np

    from mockint.delivery.acoustics import level_dbfs

    needed_count, pieces = round(seconds * SAMPLE_RATE_HZ), []
    with _open_input(device) as blocks:
        for block in blocks:
            pieces.append(block.samples)
            needed_count -= len(block.samples)
            if needed_count <= 0:
                break
    samples = np.concatenate(pieces)
    peak = float(np.abs(samples).max())
    if peak == 0:
        return Level(peak_dbfs=None, rms_dbfs=None)
    return Level(peak_dbfs=20 * float(np.log10(peak)), rms_dbfs=level_dbfs(samples))


# --- recorded answers -----------------------------------------------------------------------------


class RecordedAnswers:
    """A folder of sound files that stands in for the microphone: one file an answer.

    A file that bears a question's id (ID.wav, ID.flac ...) answers it; the other questions get the remaining files in
    natural order ("take 2" before "take 10"), each once. With `realtime` the blocks come at the speed of speech,
    otherwise as fast as they are taken.
    """

    def __init__(
        self,
        folder: Path,
        questions: Sequence[Question],
        *,
        follow_ups: Sequence[Question] = (),
        realtime: bool = False,
        clock_s: Callable[[], float],
        sleep_s: Callable[[float], None],
    ) -> None:
        """Match files and questions. Raises UsageProblem where there is no such folder or no sound in it.

        follow_ups: questions that may be asked in between, which only a file that bears their id can answer.
        """
        self._folder = folder
        self._paths = pair_answers(_sound_files(folder), questions, follow_ups)
        self._realtime = realtime
        self._clock_s = clock_s
        self._sleep_s = sleep_s
        self.answerable = tuple(question for question in questions if _key(question) in self._paths)
        """The questions for which there is an answer, in their order: what a session with this folder can ask."""

    def can_answer(self, question: Question) -> bool:
        """Whether there is an answer (left) to this question."""
        return bool(self._paths.get(_key(question)))

    @contextmanager
    def listen(self, question: Question) -> Iterator[Iterator[Block]]:
        """The answer to this question, from its first sample to its last.

        Raises UsageProblem where the folder has no answer (left) for it, AudioFileProblem where it cannot be read.
        """
        left = self._paths.get(_key(question))
        if not left:
            raise UsageProblem(
                f"{self._folder} holds no answer to the question {question.id}.",
                f"Name a recording {question.id}.wav, or put as many recordings there as questions are asked.",
            )
        blocks = stream_audio(left.popleft(), BLOCK_S)
        yield self._at_the_speed_of_speech(blocks) if self._realtime else (Block(samples=each) for each in blocks)

    def _at_the_speed_of_speech(self, blocks: Iterator[Samples]) -> Iterator[Block]:
        """Each block when its last sample would have been spoken, reckoned from the first: no drift."""
        began_s, spoken_count = self._clock_s(), 0
        for samples in blocks:
            spoken_count += len(samples)
            ahead_s = began_s + spoken_count / SAMPLE_RATE_HZ - self._clock_s()
            if ahead_s > 0:
                self._sleep_s(ahead_s)
            yield Block(samples=samples)


def pair_answers(
    paths: Sequence[Path], questions: Sequence[Question], only_by_name: Sequence[Question] = ()
) -> dict[tuple[str, str], deque[Path]]:
    """The files that answer each question (by bank id and question id): those that bear its id, else the next free one.

    A question that gets none is not in the result; those of `only_by_name` get no free one.
    """
    ids = {question.id for question in (*questions, *only_by_name)}
    free = deque(path for path in paths if path.stem not in ids)
    paired: dict[tuple[str, str], deque[Path]] = {}
    for question in questions:
        named = deque(path for path in paths if path.stem == question.id)
        if named:
            paired.setdefault(_key(question), named)
        elif free:
            paired.setdefault(_key(question), deque()).append(free.popleft())
    for question in only_by_name:
        named = deque(path for path in paths if path.stem == question.id)
        if named:
            paired.setdefault(_key(question), named)
    return paired


def _key(question: Question) -> tuple[str, str]:
    return question.bank_id, question.id


def _sound_files(folder: Path) -> list[Path]:
    """The sound files of a folder in natural order; hidden files are not meant."""
    if not folder.is_dir():
        raise UsageProblem(f"There is no folder {folder}.", "Name the folder that holds the recorded answers.")
    paths = [
        path
        for path in folder.iterdir()
        if path.suffix.lower() in SOUND_SUFFIXES and not path.name.startswith(".") and path.is_file()
    ]
    if not paths:
        raise UsageProblem(
            f"{folder} holds no recorded answers.", f"Files that count end in {', '.join(SOUND_SUFFIXES)}."
        )
    return sorted(paths, key=_natural)


def _natural(path: Path) -> list[tuple[int, int | str]]:
    """A key that sorts digits as numbers: answer2 before answer10."""
    parts = re.findall(r"\d+|\D+", path.name.casefold())
    return [(0, int(part)) if part.isdecimal() else (1, part) for part in parts]
