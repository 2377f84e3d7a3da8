"""The door to other engines: whatever the SpeechRecognition package can call, chosen by name.

Each of its engines fails in its own way (a module that is missing, a service that is out of reach, nothing understood):
all of that is folded into one value with a reason. Most give no word times; those are then spread over the chunk, and
the transcript says so.
"""

from __future__ import annotations

import os
from enum import Enum
from typing import TYPE_CHECKING, Any

from mockint.devices.recognisers.listening import ChunkFailed, Heard
from mockint.errors import NoRecogniser
from mockint.model import SAMPLE_RATE_HZ, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mockint.model import Samples


class DoorEngine(str, Enum):
    """The engines that can be reached through SpeechRecognition."""

    SPHINX = "sphinx"
    VOSK = "vosk"
    WHISPER = "whisper"
    GOOGLE = "google"
    OPENAI = "openai"
    GROQ = "groq"


SENDS_AUDIO = {
    DoorEngine.GOOGLE: "sends your voice to Google, unencrypted and without any agreement on what happens to it",
    DoorEngine.OPENAI: "sends your voice to OpenAI",
    DoorEngine.GROQ: "sends your voice to Groq",
}
"""What is said each time such an engine is used."""

DOWNLOADS = {DoorEngine.WHISPER: "downloads its weights from the network the first time"}

_NEEDS: dict[DoorEngine, tuple[str, str]] = {
    DoorEngine.SPHINX: ("pocketsphinx", "pip install pocketsphinx"),
    DoorEngine.VOSK: ("vosk", "pip install vosk, then sprc download vosk"),
    DoorEngine.WHISPER: ("whisper", "pip install openai-whisper soundfile"),
    DoorEngine.OPENAI: ("openai", "pip install openai, and set OPENAI_API_KEY"),
    DoorEngine.GROQ: ("groq", "pip install groq, and set GROQ_API_KEY"),
}
"""The module that each engine needs, and how to get it."""

_KEYS = {DoorEngine.OPENAI: "OPENAI_API_KEY", DoorEngine.GROQ: "GROQ_API_KEY"}

_SPHINX_FRAME_S = 0.01
_PCM16_SCALE = 32_767


class SpeechRecognitionEngine:
    """One engine behind the door, as an engine for chunks."""

    def __init__(self, engine: DoorEngine) -> None:
        self._require(engine)
        import speech_recognition

        self._engine = engine
        self._recogniser = speech_recognition.Recognizer()
        self.name = f"{engine.value} through SpeechRecognition {speech_recognition.__version__}"
        self.caveats: tuple[str, ...] = ("This engine deletes most um and uh: filler counts are too low.",)
        if engine is not DoorEngine.SPHINX:
            self.caveats += ("This engine gives no word times: they are estimated.",)

    def prepare(self) -> None:
        """Nothing to load: these engines load at each call."""

    def transcribe(self, samples: Samples) -> Heard:
        """Transcribe one chunk. Raises ChunkFailed."""
        import speech_recognition

        audio = _audio_data(samples)
        try:
            words = self._words(audio, len(samples) / SAMPLE_RATE_HZ)
        except speech_recognition.UnknownValueError:
            return Heard()
        except (speech_recognition.RequestError, speech_recognition.exceptions.SetupError, OSError) as error:
            raise ChunkFailed(f"{self._engine.value}: {error or type(error).__name__}") from error
        return Heard(words=words)

    def _words(self, audio: Any, duration_s: float) -> tuple[Word, ...]:
        if self._engine is DoorEngine.SPHINX:
            decoder = self._recogniser.recognize_sphinx(audio, show_all=True)  # its segments die with it
            return _sphinx_words(decoder.seg())
        recognise: Callable[[Any], str] = getattr(self._recogniser, f"recognize_{self._engine.value}")
        return _spread(recognise(audio).split(), duration_s)

    @staticmethod
    def _require(engine: DoorEngine) -> None:
        """Say what is missing before the first question, not after the first answer."""
        from importlib.util import find_spec

        module, how = _NEEDS.get(engine, ("speech_recognition", "pip install SpeechRecognition"))
        if find_spec(module) is None:
            raise NoRecogniser(f"The engine '{engine.value}' is not installed.", f"Install it: {how}.")
        if engine in _KEYS and not os.environ.get(_KEYS[engine]):
            raise NoRecogniser(f"The engine '{engine.value}' needs a key.", f"Set {_KEYS[engine]}.")


def _audio_data(samples: Samples) -> Any:
    import numpy as np
    import speech_recognition

    pcm = (np.clip(samples, -1, 1) * _PCM16_SCALE).astype("<i2").tobytes()
    return speech_recognition.AudioData(pcm, SAMPLE_RATE_HZ, 2)


def _sphinx_words(segments: Iterable[Any]) -> tuple[Word, ...]:
    """Words from Sphinx's segments; <s>, <sil> and [NOISE] are not words, and "ask(2)" is a spelling of "ask"."""
    return tuple(
        Word(
            text=segment.word.split("(")[0],
            start_s=segment.start_frame * _SPHINX_FRAME_S,
            end_s=(segment.end_frame + 1) * _SPHINX_FRAME_S,
        )
        for segment in segments
        if not segment.word.startswith(("<", "[", "++"))
    )


def _spread(texts: list[str], duration_s: float) -> tuple[Word, ...]:
    """Give words that came without times a share of the chunk by their length in letters."""
    letters = sum(len(text) + 1 for text in texts)
    words, now_s = [], 0.0
    for text in texts:
        share_s = duration_s * (len(text) + 1) / letters
        words.append(Word(text=text, start_s=now_s, end_s=now_s + share_s))
        now_s += share_s
    return tuple(words)
