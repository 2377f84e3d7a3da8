"""What the computer's sound system offers: loading PortAudio, and finding a device by number or name.

PortAudio looks for devices once, when `sounddevice` is first imported.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from mockint.errors import NoAudioDevice, UsageProblem

if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

_LIBRARY_HINT = "On Debian and Ubuntu: sudo apt-get install libportaudio2. On Fedora: sudo dnf install portaudio."


class Direction(str, Enum):
    """Which way the sound goes; the value is PortAudio's word for it."""

    INPUT = "input"
    OUTPUT = "output"

    @property
    def noun(self) -> str:
        """What people call such a device."""
        return "microphone" if self is Direction.INPUT else "loudspeaker"


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundDevice:
    """One device as PortAudio lists it."""

    index: int
    name: str
    channel_count: int
    default_rate_hz: float
    is_default: bool


def load_sounddevice() -> ModuleType:
    """The sounddevice module. Raises NoAudioDevice where PortAudio is missing or no sound system answers."""
    try:
        import sounddevice
    except OSError as error:  # raised at import where the library is not installed
        raise NoAudioDevice(
            "The PortAudio library, which mockint records and plays with, is missing.", _LIBRARY_HINT
        ) from error
    module: ModuleType = sounddevice
    return module


def list_devices(direction: Direction) -> list[SoundDevice]:
    """Every device of that direction. Raises NoAudioDevice where there is no sound library, never for an empty list."""
    sounddevice = load_sounddevice()
    default_index = sounddevice.default.device[direction.value]
    channels = f"max_{direction.value}_channels"
    devices: list[dict[str, Any]] = list(sounddevice.query_devices())
    return [
        SoundDevice(
            index=device["index"],
            name=device["name"],
            channel_count=device[channels],
            default_rate_hz=device["default_samplerate"],
            is_default=device["index"] == default_index,
        )
        for device in devices
        if device[channels] > 0
    ]


def choose_device(direction: Direction, wanted: str | int | None) -> SoundDevice:
    """The device that has this index, or this in its name (case aside); None is the system's default.

    Raises NoAudioDevice where there is none at all, UsageProblem where the wish fits none or more than one.
    """
    devices = list_devices(direction)
    if not devices:
        raise NoAudioDevice(
            f"This computer has no {direction.noun}.",
            f"Plug one in, or allow this terminal to use it in the system's privacy settings; `mockint doctor` shows"
            f" every {direction.noun} that can be found.",
        )
    if wanted is None:
        return next((device for device in devices if device.is_default), devices[0])
    if isinstance(wanted, int) or wanted.isdecimal():
        fitting = [device for device in devices if device.index == int(wanted)]
    else:
        fitting = [device for device in devices if wanted.casefold() == device.name.casefold()]
        fitting = fitting or [device for device in devices if wanted.casefold() in device.name.casefold()]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise UsageProblem(f"More than one {direction.noun} is called {wanted}: {_named(fitting)}.", "Give its number.")
    raise UsageProblem(f"There is no {direction.noun} {wanted}.", _suggestion(str(wanted), devices))


def _suggestion(wanted: str, devices: list[SoundDevice]) -> str:
    near = difflib.get_close_matches(wanted, [device.name for device in devices], n=1)
    asked = f"Did you mean {near[0]}? " if near else ""
    return f"{asked}There are: {_named(devices)}."


def _named(devices: list[SoundDevice]) -> str:
    return ", ".join(f"{device.index} {device.name}" for device in devices)
