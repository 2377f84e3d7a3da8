"""The voice that asks: pyttsx3, or silence.

pyttsx3 speaks into a file in a process of its own (see `speak_once`), and the file is checked and then played like any
other sound. So no utterance can hang, go missing or print into our output, on any system.
"""

from __future__ import annotations

import difflib
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mockint.devices.audiofile import read_audio
from mockint.devices.playback import play
from mockint.errors import AudioFileProblem, NoAudioDevice, UsageProblem, VoiceProblem

if TYPE_CHECKING:
    from typing import Any

    from mockint.model import Recording

SYNTHESIS_LIMIT_S = 20.0
"""eSpeak needs 0.1 s for a question; the first use of SAPI on a Windows machine can take ten seconds."""

USUAL_RATE_WPM = 175
"""eSpeak NG's own pace; pyttsx3 would hurry it to 200."""

_ATTEMPT_COUNT = 2  # an utterance that came out empty succeeds at the second try

_SOUND_SUFFIX = ".aiff" if sys.platform == "darwin" else ".wav"  # what the system's own synthesiser writes

_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # on Windows, a console must not flash up for each question


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceInfo:
    """A voice of the system's synthesiser."""

    id: str
    name: str
    languages: tuple[str, ...]


class SilentVoice:
    """Says nothing: the question is on the screen."""

    def say(self, text: str) -> None:
        """Return at once."""


class Pyttsx3Voice:
    """The system's own synthesiser: eSpeak NG on Linux, NSSpeechSynthesizer on macOS, SAPI on Windows."""

    def __init__(
        self, *, voice: str | None = None, rate_wpm: int | None = None, device: str | int | None = None
    ) -> None:
        """`voice` is an id, a name or a part of one; `device` a loudspeaker as `choose_device` takes it.

        Raises UsageProblem where no voice or more than one fits, VoiceProblem where the voices cannot be listed.
        """
        self._voice_id = None if voice is None else find_voice(voice).id
        self._rate_wpm = USUAL_RATE_WPM if rate_wpm is None else rate_wpm
        self._device = device

    def say(self, text: str) -> None:
        """Speak `text` and return when it has been heard. Raises VoiceProblem; never hangs. Ctrl-C stops it at once."""
        if not text.strip():
            return
        try:
            play(self.synthesise(text), device=self._device)
        except (NoAudioDevice, UsageProblem) as problem:
            raise VoiceProblem(problem.problem, problem.hint) from problem

    def synthesise(self, text: str) -> Recording:
        """`text` as sound. Raises VoiceProblem where no speech comes out of it."""
        job = {"do": "speak", "text": text, "voice": self._voice_id, "rate_wpm": self._rate_wpm}
        with tempfile.TemporaryDirectory(prefix="mockint-voice-", ignore_cleanup_errors=True) as folder:
            for _attempt in range(_ATTEMPT_COUNT):
                spoken = _spoken(Path(folder) / f"speech{_SOUND_SUFFIX}", job)
                if spoken is not None:
                    return spoken
        raise VoiceProblem("The speech synthesiser gave no sound.", "Try another voice, or none: `--no-voice`.")


def list_voices() -> list[VoiceInfo]:
    """Every voice that the system's synthesiser has. Raises VoiceProblem."""
    with tempfile.TemporaryDirectory(prefix="mockint-voice-", ignore_cleanup_errors=True) as folder:
        out = Path(folder) / "voices.json"
        _run({"do": "list", "out": str(out)})
        voices = json.loads(out.read_text(encoding="utf-8"))
    return [VoiceInfo(id=each["id"], name=each["name"], languages=tuple(each["languages"])) for each in voices]


def find_voice(wanted: str) -> VoiceInfo:
    """The voice with this id or name, else the only one with this in its name, case aside.

    Raises UsageProblem with the nearest names, and VoiceProblem where the voices cannot be listed.
    """
    voices, asked = list_voices(), wanted.casefold()
    exact = [voice for voice in voices if asked in (voice.id.casefold(), voice.name.casefold())]
    fitting = exact or [voice for voice in voices if asked in voice.name.casefold()]
    if len(fitting) == 1 or exact:
        return fitting[0]
    if fitting:
        names = ", ".join(voice.name for voice in fitting)
        raise UsageProblem(f"More than one voice is called {wanted}.", f"Say which: {names}.")
    near = difflib.get_close_matches(asked, [voice.name.casefold() for voice in voices], n=3, cutoff=0.4)
    names = ", ".join(voice.name for voice in voices if voice.name.casefold() in near)
    raise UsageProblem(
        f"There is no voice {wanted}.", f"Did you mean {names}?" if names else "See `mockint doctor --voices`."
    )


def _spoken(out: Path, job: dict[str, Any]) -> Recording | None:
    """What the synthesiser wrote, or None where that is no sound."""
    out.unlink(missing_ok=True)
    _run({**job, "out": str(out)})
    try:
        recording = read_audio(out).recording
    except AudioFileProblem:
        return None
    return recording if recording.samples.any() else None


def _run(job: dict[str, Any]) -> None:
    """Have the job done by a process that neither outlives us nor shares our output or our Ctrl-C."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "mockint.devices.speak_once"],
            input=json.dumps(job).encode("ascii"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=SYNTHESIS_LIMIT_S,
            start_new_session=True,
            creationflags=_NO_WINDOW,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise VoiceProblem(
            f"The speech synthesiser did not answer within {SYNTHESIS_LIMIT_S:.0f} s.", "Try `mockint doctor`."
        ) from error
    except OSError as error:
        raise VoiceProblem(f"The speech synthesiser cannot be started: {error.strerror}.") from error
    if done.returncode != 0:
        reason = done.stderr.decode("utf-8", errors="replace").strip().splitlines()
        because = f": {reason[-1]}" if reason else ""
        raise VoiceProblem(f"The speech synthesiser failed{because}.", "Try `mockint doctor`.")
