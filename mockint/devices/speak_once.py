"""One job for pyttsx3 in a process of its own: speak into a file, or list the voices.

pyttsx3 prints to stdout, can hang, and can lose its second utterance; a fresh process with a time limit around it does
none of that to us. `voice.py` runs `python -m mockint.devices.speak_once` with the job as JSON on stdin; the result
goes into the job's `out` file. Exit code 1 with a sentence on stderr where it failed.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

_SETTLE_S, _SETTLE_COUNT = 0.005, 200


def main() -> None:
    """Do the job on stdin."""
    job = json.load(sys.stdin)
    engine = _engine()
    if job["do"] == "list":
        Path(job["out"]).write_text(json.dumps(_voices(engine)), encoding="utf-8")
    else:
        _speak(engine, job)


def _engine() -> Any:
    if sys.platform == "linux":
        _bring_espeak()
    import pyttsx3

    return pyttsx3.init()


def _bring_espeak() -> None:
    """Let pyttsx3 find the eSpeak NG that comes with espeakng-loader: it asks the linker for libespeak-ng.so.1.

    The library answers to that name once it is loaded for the whole process.
    """
    import espeakng_loader

    os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
    ctypes.CDLL(espeakng_loader.get_library_path(), mode=ctypes.RTLD_GLOBAL)


def _voices(engine: Any) -> list[dict[str, Any]]:
    return [
        {"id": voice.id, "name": voice.name, "languages": [str(language) for language in voice.languages or ()]}
        for voice in engine.getProperty("voices")
    ]


def _speak(engine: Any, job: dict[str, Any]) -> None:
    finished = threading.Event()
    faults: list[Exception] = []

    def failed(exception: Exception, **_rest: object) -> None:
        faults.append(exception)
        finished.set()

    engine.connect("finished-utterance", lambda **_rest: finished.set())
    engine.connect("error", failed)  # the only way in which pyttsx3 tells of a driver's failure
    if job["voice"] is not None:
        engine.setProperty("voice", job["voice"])
    engine.setProperty("rate", job["rate_wpm"])
    if engine.driver_name == "espeak":
        _settle(engine, job["rate_wpm"])
    engine.save_to_file(job["text"], job["out"])
    engine.runAndWait()
    if engine.driver_name == "espeak":  # the only driver that comes back before the file is written
        finished.wait()
    if faults:
        sys.exit(str(faults[0]))


def _settle(engine: Any, rate_wpm: int) -> None:
    """Wait until eSpeak speaks at this rate: it takes settings in a thread of its own, now and then after the text.

    A rate that it does not have (it knows 80 to 450) is replaced by its nearest one, so the wait is bounded.
    """
    engine.runAndWait()
    for _ in range(_SETTLE_COUNT):
        if engine.getProperty("rate") == rate_wpm:
            return
        time.sleep(_SETTLE_S)


if __name__ == "__main__":
    main()
