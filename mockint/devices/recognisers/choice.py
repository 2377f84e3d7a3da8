"""Which recogniser: the engines that a user can name, and how each is opened.

The default lets two engines listen. Moonshine keeps um and uh on voices it never met, and is fast; Whisper base, primed
to keep fillers, makes fewer word errors and says when each word was spoken. Neither needs a network.
"""

from __future__ import annotations

import sys
from enum import Enum
from typing import TYPE_CHECKING

from mockint.devices.recognisers.listening import ChunkedRecogniser, ChunkFailed, Heard
from mockint.errors import NoRecogniser, UsageProblem

if sys.version_info >= (3, 11):
    from typing import assert_never
else:
    from typing_extensions import assert_never

if TYPE_CHECKING:
    from pathlib import Path

    from mockint.devices.recognisers.listening import Engine
    from mockint.model import Samples


class EngineName(str, Enum):
    """What `--engine` takes."""

    DEFAULT = "default"
    MOONSHINE = "moonshine"
    WHISPER_BASE = "whisper-base"
    NONE = "none"
    SPHINX = "sphinx"
    VOSK = "vosk"
    WHISPER = "whisper"
    GOOGLE = "google"
    OPENAI = "openai"
    GROQ = "groq"


def warning(name: EngineName) -> str | None:
    """What a user must be told each time this engine is used: that audio leaves the computer, or weights come in."""
    from mockint.devices.recognisers.door import DOWNLOADS, SENDS_AUDIO, DoorEngine

    if name.value not in {engine.value for engine in DoorEngine}:
        return None
    return SENDS_AUDIO.get(DoorEngine(name.value)) or DOWNLOADS.get(DoorEngine(name.value))


def why_unusable(name: EngineName) -> NoRecogniser | None:
    """Return what stands in the way of an engine on this computer, with what to do about it; None where it works."""
    try:
        _engine(name, None)
    except NoRecogniser as problem:
        return problem
    return None


def open_recogniser(name: EngineName, weights_folder: Path | None = None) -> ChunkedRecogniser:
    """Open a recogniser. Its weights are loaded by `prepare`, or at the first chunk.

    weights_folder: a CTranslate2 Whisper to use in place of the one that is installed. Raises NoRecogniser.
    """
    from mockint.devices.recognisers.listeners import BothListeners, FastListener
    from mockint.devices.recognisers.listening import QUICK_CHUNKS
    from mockint.devices.recognisers.voice_activity import VoiceActivity

    engine = _engine(name, weights_folder)
    quick = engine.quick() if isinstance(engine, BothListeners) else None
    chunks = QUICK_CHUNKS if isinstance(engine, FastListener) else None
    return ChunkedRecogniser(engine, VoiceActivity, quick=quick, chunks=chunks)


def _engine(name: EngineName, weights_folder: Path | None) -> Engine:
    from mockint.devices.recognisers import door, listeners

    if weights_folder is not None and name not in (EngineName.DEFAULT, EngineName.WHISPER_BASE):
        raise UsageProblem(f"The engine '{name.value}' takes no folder of weights.", "Leave out --weights.")
    match name:
        case EngineName.DEFAULT:
            return listeners.best_installed(weights_folder)
        case EngineName.MOONSHINE:
            return listeners.FastListener()
        case EngineName.WHISPER_BASE:
            return listeners.PrimedListener(weights_folder)
        case EngineName.NONE:
            return NoWords()
        case (
            EngineName.SPHINX
            | EngineName.VOSK
            | EngineName.WHISPER
            | EngineName.GOOGLE
            | EngineName.OPENAI
            | EngineName.GROQ
        ):
            return door.SpeechRecognitionEngine(door.DoorEngine(name.value))
        case _:
            assert_never(name)


class NoWords:
    """The stand-in for a recogniser: it hears where somebody speaks, and no words."""

    name = "none"
    caveats: tuple[str, ...] = ()

    def prepare(self) -> None:
        """Nothing to load."""

    def transcribe(self, samples: Samples) -> Heard:  # noqa: ARG002 - the Protocol's signature
        """No words."""
        raise ChunkFailed("no recogniser was asked for")
