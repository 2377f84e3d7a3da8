"""Playing sound to a person, within a time limit whatever the device does."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from mockint.devices.audiofile import Resampler, read_audio
from mockint.devices.soundcard import Direction, choose_device, load_sounddevice
from mockint.errors import NoAudioDevice
from mockint.model import Recording

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType
    from typing import Any

    from mockint.devices.soundcard import SoundDevice
    from mockint.model import Samples

GRACE_S = 5.0
"""How much longer than the sound itself playing may take before the device counts as lost."""

LATENCY_S = 0.4
"""What the device buffers ahead. It bridges a recogniser that is just loading, and does not delay the first sound."""

TAIL_S = LATENCY_S + 0.2
"""Silence after the sound: PortAudio reports the end while the device still holds some, which closing it cuts off."""

_POLL_S = 0.02  # how soon a wish to stop is obeyed


def play_file(path: Path, *, device: str | int | None = None, stop: Callable[[], bool] | None = None) -> None:
    """Play a sound file; see `play`. Raises AudioFileProblem besides."""
    play(read_audio(path).recording, device=device, stop=stop)


def play(recording: Recording, *, device: str | int | None = None, stop: Callable[[], bool] | None = None) -> None:
    """Play it and return when it has been heard, or when `stop` says so. Ctrl-C stops it at once.

    Raises NoAudioDevice where there is no loudspeaker or it stops playing, and UsageProblem for an unknown `device`.
    """
    sounddevice = load_sounddevice()
    loudspeaker = choose_device(Direction.OUTPUT, device)
    played, finished = threading.Event(), threading.Event()
    try:
        stream = _open(sounddevice, loudspeaker, recording, played, finished)
    except sounddevice.PortAudioError as error:
        raise NoAudioDevice(
            f"The loudspeaker {loudspeaker.name} cannot be used: {error}.",
            "Is another program keeping it to itself? `mockint doctor` tries every device.",
        ) from error
    deadline_s = time.monotonic() + recording.duration_s + GRACE_S
    try:
        stream.start()
        while not finished.wait(_POLL_S):
            if stop is not None and stop():
                return
            if time.monotonic() > deadline_s:
                break
        if not played.is_set():
            raise NoAudioDevice(f"The loudspeaker {loudspeaker.name} stopped playing.", "Is it still connected?")
    except sounddevice.PortAudioError as error:
        raise NoAudioDevice(f"The loudspeaker {loudspeaker.name} failed: {error}.", "Is it still connected?") from error
    finally:
        stream.abort(ignore_errors=True)
        stream.close(ignore_errors=True)


def _open(
    sounddevice: ModuleType,
    loudspeaker: SoundDevice,
    recording: Recording,
    played: threading.Event,
    finished: threading.Event,
) -> Any:
    """A stream that plays the recording at its own rate, or at the device's where that is refused.

    `finished` is set when the stream ends, whatever the reason; `played` before that, when all was handed over.
    """
    try:
        return _stream(sounddevice, loudspeaker, recording, played, finished)
    except sounddevice.PortAudioError:
        rate_hz = round(loudspeaker.default_rate_hz)
        samples = Resampler(recording.sample_rate_hz, rate_hz).feed(recording.samples, last=True)
        at_its_rate = Recording(samples=samples, sample_rate_hz=rate_hz)
        return _stream(sounddevice, loudspeaker, at_its_rate, played, finished)


def _stream(
    sounddevice: ModuleType,
    loudspeaker: SoundDevice,
    recording: Recording,
    played: threading.Event,
    finished: threading.Event,
) -> Any:
    samples, position = recording.samples, 0
    end = len(samples) + round(TAIL_S * recording.sample_rate_hz)

    def fill(out: Samples, frame_count: int, _time: object, _status: object) -> None:
        nonlocal position
        piece = samples[position : position + frame_count]
        out[: len(piece)] = piece[:, None]
        out[len(piece) :] = 0
        position += frame_count
        if position >= end:
            played.set()
            raise sounddevice.CallbackStop

    return sounddevice.OutputStream(
        device=loudspeaker.index,
        samplerate=recording.sample_rate_hz,
        channels=min(2, loudspeaker.channel_count),
        dtype="float32",
        latency=LATENCY_S,
        callback=fill,
        finished_callback=finished.set,
    )
