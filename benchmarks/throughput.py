"""How much faster than real time recordings are scored.

    python benchmarks/throughput.py [FOLDER] [--erm-python PYTHON]

Whole processes on one core (Linux), loading included, for the default engine, for one engine alone, and, beside them in
the same run, for a bare Whisper base that only transcribes and for `erm` with the same weights, where a Python that has
it is named (see `fillers.py`); then two processes on two cores.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from fillers import ERM, whisper_files

from mockint.devices.audiofile import open_audio

SAMPLES = Path(__file__).parents[1] / "mockint" / "sample_answers"
BARE_WHISPER = """
import sys
from mockint.devices.audiofile import read_audio
from mockint.devices.recognisers.weights import WHISPER_BASE_EXTRAS, WHISPER_BASE_MODEL
from pathlib import Path
from faster_whisper import WhisperModel
files = {name: file.read() for name, file in WHISPER_BASE_EXTRAS.items()}
files["model.bin"] = b"".join(part.read() for part in WHISPER_BASE_MODEL)
model = WhisperModel("base", device="cpu", compute_type="int8", cpu_threads=1, files=files)
for path in sys.argv[1:]:
    list(model.transcribe(read_audio(Path(path)).recording.samples, language="en", word_timestamps=True)[0])
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=SAMPLES)
    parser.add_argument("--erm-python", type=Path)
    arguments = parser.parse_args()
    paths = sorted(path for path in arguments.folder.iterdir() if path.suffix in (".flac", ".ogg", ".wav"))
    audio_s = sum(sum(len(block) for block in open_audio(path).blocks(1.0)) for path in paths) / 16_000
    score = [sys.executable, "-m", "mockint", "score", "--json", *map(str, paths)]
    runs = [
        ("default engine, one core", score, "0", ""),
        ("moonshine alone, one core", [*score, "--engine", "moonshine"], "0", ""),
        ("bare Whisper base, one core", [sys.executable, "-c", BARE_WHISPER, *map(str, paths)], "0", ""),
        ("default engine, --jobs 2", [*score, "--jobs", "2"], "0,1", ""),
    ]
    print(f"{len(paths)} files, {audio_s / 60:.1f} minutes of sound")
    with ExitStack() as open_folders:
        if arguments.erm_python is not None:
            weights = Path(open_folders.enter_context(tempfile.TemporaryDirectory()))
            for name, content in whisper_files().items():
                (weights / name).write_bytes(content)
            erm = [str(arguments.erm_python), "-c", ERM, str(weights)]
            runs.insert(3, ("erm, Whisper base, one core", erm, "0", "".join(f"{path}\n" for path in paths)))
        for name, words, cores, typed in runs:
            seconds = timed(words, cores, typed)
            print(f"{name:28s} {seconds:6.1f} s   {audio_s / seconds:5.1f} x real time", flush=True)


def timed(words: list[str], cores: str, typed: str) -> float:
    """Seconds that a command takes on these cores, from start to end."""
    pinned = ["taskset", "-c", cores] if shutil.which("taskset") else []
    with tempfile.TemporaryDirectory() as home:
        began = time.perf_counter()
        environment = {**os.environ, "MOCKINT_HOME": home}
        subprocess.run([*pinned, *words], env=environment, input=typed, text=True, capture_output=True, check=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
