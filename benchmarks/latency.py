"""How long after the last word the score stands on the screen.

    python benchmarks/latency.py [--seconds 30 60 120 300] [--repeat 3] [--engines default moonshine] [FOLDER]

Feeds answers of these lengths at the speed of speech through the path that a microphone takes, cut off in the middle of
speech, so that no silence at the end hides any work. Prints the delay of the first score and of the refined one, the
CPU time while the answer was spoken, and the same of the quick engine alone beside it. The answers are made of the
sound files in FOLDER (default: the sample answers).
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import soundfile

from mockint.devices.audiofile import read_audio
from mockint.model import SAMPLE_RATE_HZ

SAMPLES = Path(__file__).parents[1] / "mockint" / "sample_answers"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=SAMPLES)
    parser.add_argument("--seconds", type=float, nargs="+", default=[30, 60, 120, 300])
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--engines", nargs="+", default=["default", "moonshine"])
    arguments = parser.parse_args()
    sound = np.concatenate([read_audio(path).recording.samples for path in sorted(arguments.folder.glob("*.*g*"))])
    print(f"{'engine':12s} {'answer':>8s} {'first score after':>24s} {'refined after':>24s} {'CPU':>10s}")
    for engine in arguments.engines:
        first: list[float] = []
        for seconds in arguments.seconds:
            first += row(engine, sound, seconds, arguments.repeat)
        ordered = sorted(first)
        at_95 = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
        print(
            f"{engine:12s} {'all':>8s} median {statistics.median(first):.2f} s,"
            f" 95 % {at_95:.2f} s, of {len(first)} answers"
        )


def row(engine: str, sound: np.ndarray, seconds: float, repeat: int) -> list[float]:
    """Print one row, and return the delays of the first score."""
    with tempfile.TemporaryDirectory() as folder:
        for number in range(repeat):
            begin = number * SAMPLE_RATE_HZ * 7  # so that each answer ends somewhere else
            answer = np.resize(sound[begin:], int(seconds * SAMPLE_RATE_HZ))
            soundfile.write(Path(folder) / f"{number}.flac", answer, SAMPLE_RATE_HZ, subtype="PCM_16")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        results = practised(Path(folder), engine)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    first = [result["result_delay_s"] for result in results]
    refined = [result.get("refined_delay_s", result["result_delay_s"]) for result in results]
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    shares = [f"median {statistics.median(delays):.2f}, most {max(delays):.2f} s" for delays in (first, refined)]
    print(f"{engine:12s} {seconds:6.0f} s {shares[0]:>24s} {shares[1]:>24s} {cpu_s / seconds / repeat:5.2f} core")
    return first


def practised(folder: Path, engine: str) -> list[dict[str, float]]:
    """Hold a session on the answers in a folder, in a process of its own."""
    with tempfile.TemporaryDirectory() as home:
        words = [
            "practice",
            "starter",
            "--answers",
            str(folder),
            "--realtime",
            "--json",
            "--no-voice",
            "--engine",
            engine,
        ]
        shown = subprocess.run(
            [sys.executable, "-m", "mockint", *words],
            env={**os.environ, "MOCKINT_HOME": home},
            capture_output=True,
            text=True,
            check=True,
        )
    return [json.loads(line) for line in shown.stdout.splitlines()]


if __name__ == "__main__":
    main()
