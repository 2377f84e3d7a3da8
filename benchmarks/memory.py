"""How much memory a session takes, and how much a long answer adds.

    python benchmarks/memory.py [--minutes 0.5 5 30]

Each answer goes through a session in a process of its own, not at the speed of speech; prints the peak of the resident
set, and beside it that of a process that only imports NumPy and ONNX Runtime.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import soundfile

from mockint.devices.audiofile import read_audio
from mockint.model import SAMPLE_RATE_HZ

SAMPLES = Path(__file__).parents[1] / "mockint" / "sample_answers"
TELL = "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
PEAK = f"import resource, sys\nfrom mockint.cli.main import main\ntry: main()\nfinally: {TELL}"
BARE = f"import resource, sys, numpy, onnxruntime\n{TELL}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, nargs="+", default=[0.5, 5, 30])
    parser.add_argument("--engine", default="default")
    arguments = parser.parse_args()
    bare = peak_mb([sys.executable, "-c", BARE])
    print(f"{'NumPy and ONNX Runtime alone':32s} {bare:6.0f} MB")
    sound = np.concatenate([read_audio(path).recording.samples for path in sorted(SAMPLES.glob("*.ogg"))])
    first = None
    for minutes in arguments.minutes:
        with tempfile.TemporaryDirectory() as folder:
            answer = np.resize(sound, int(minutes * 60 * SAMPLE_RATE_HZ))
            soundfile.write(Path(folder) / "answer.flac", answer, SAMPLE_RATE_HZ, subtype="PCM_16")
            words = ["practice", "starter", "--answers", folder, "--json", "--no-voice", "--engine", arguments.engine]
            peak = peak_mb([sys.executable, "-c", PEAK, *words])
        first = first or peak
        print(
            f"{f'an answer of {minutes:g} minutes':32s} {peak:6.0f} MB   {peak - first:+6.0f} MB   {peak / bare:4.1f} x"
        )


def peak_mb(words: list[str]) -> float:
    """Run a command, which prints its peak (kB, or bytes on macOS) last on stderr."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "MOCKINT_HOME": home}
        shown = subprocess.run(words, env=environment, capture_output=True, text=True, check=True)
    return int(shown.stderr.split()[-1]) / (1e6 if sys.platform == "darwin" else 1e3)


if __name__ == "__main__":
    main()
