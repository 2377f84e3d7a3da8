"""Run every benchmark of speed and size, show what each prints, and write all of it into one table.

    python benchmarks/bench.py [--out bench.txt] [--erm-python PYTHON] [--short]

About an hour, most of it listening at the speed of speech; `--short` leaves out answers of two and five minutes. The
first line says which machine it was and how busy: figures from a busy one are worth little.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import TextIO

HERE = Path(__file__).parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=Path("bench.txt"))
    parser.add_argument("--erm-python", type=Path)
    parser.add_argument("--short", action="store_true")
    arguments = parser.parse_args()
    peer = [] if arguments.erm_python is None else ["--erm-python", str(arguments.erm_python)]
    runs: tuple[tuple[str, list[str]], ...] = (
        ("startup.py", []),
        ("memory.py", []),
        ("scale.py", []),
        ("bank_check.py", []),
        ("throughput.py", peer),
        ("latency.py", ["--seconds", "30", "60", "--repeat", "2"] if arguments.short else []),
    )
    failed = False
    with arguments.out.open("w", encoding="utf-8") as table:
        busy = f", load {os.getloadavg()[0]:.1f} before" if hasattr(os, "getloadavg") else ""
        told(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores{busy}\n", table)
        for script, words in runs:
            told(f"\n{script} {' '.join(words)}\n".replace(" \n", "\n"), table)
            command = [sys.executable, str(HERE / script), *words]
            with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
                assert process.stdout is not None  # noqa: S101 - tells the type checker
                for line in process.stdout:
                    told(line, table)
            failed |= process.returncode != 0
    sys.exit(int(failed))


def told(line: str, table: TextIO) -> None:
    """Show a line and write it."""
    for out in (sys.stdout, table):
        print(line, end="", file=out, flush=True)


if __name__ == "__main__":
    main()
