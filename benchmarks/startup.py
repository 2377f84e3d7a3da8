"""How long the commands take that a person types most, beside what Python and Click take by themselves.

    python benchmarks/startup.py [--repeat 15]

Whole processes, in turn, so that a machine that slows down slows all of them; prints medians and the ratio to
`python -c "import click"`.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COMMANDS = {
    "import click": [sys.executable, "-c", "import click"],
    "mockint --help": [str(Path(sys.executable).with_name("mockint")), "--help"],
    "mockint": [str(Path(sys.executable).with_name("mockint"))],
    "mockint bank list": [str(Path(sys.executable).with_name("mockint")), "bank", "list"],
    "mockint progress": [str(Path(sys.executable).with_name("mockint")), "progress"],
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=15)
    repeat = parser.parse_args().repeat
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "MOCKINT_HOME": home}
        for _ in range(repeat + 1):  # the first round fills the caches and does not count
            for name, words in COMMANDS.items():
                began = time.perf_counter()
                subprocess.run(words, env=environment, capture_output=True, check=True)
                times[name].append(time.perf_counter() - began)
    beside = statistics.median(times["import click"][1:])
    for name, seconds in times.items():
        median = statistics.median(seconds[1:])
        print(f"{name:20s} {median * 1000:6.0f} ms   {median / beside:5.2f} x import click")


if __name__ == "__main__":
    main()
