"""How long does it take to check 2,000 questions? A sound bank, and one with a fault in every question.

    python benchmarks/bank_check.py [--questions 2000]

Prints the best of three for the check alone, beside what PyYAML needs to read the same file, and for the whole command.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from mockint.bank import check_bank

if TYPE_CHECKING:
    from collections.abc import Callable

BEST_OF = 3

QUESTION = """
  - id: question-{number}
    text: "What did you do when number {number} went wrong, and why?"
    category: behavioural
    competency: planning
    {key}: 3
    time_limit: 2m
    follow_ups: ["And then?", "Why?"]
    covers: ["what happened", "what you did", "what came of it"]
    star: true
    tips: ["Be short."]
    tags: [one, two]
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=int, default=2000)
    count = parser.parse_args().questions
    with tempfile.TemporaryDirectory() as folder:
        for what, key in (("sound", "difficulty"), ("a fault in every question", "dificulty")):
            path = Path(folder) / "bank.yaml"
            questions = "".join(QUESTION.format(number=number, key=key) for number in range(count))
            path.write_text(f"mockint_bank: 1\nbank: {{id: large, title: Large}}\nquestions:\n{questions}")
            print(f"{count} questions, {what}: {path.stat().st_size / 1e6:.1f} MB, {len(check_bank(path))} faults")
            report("check", partial(check_bank, path))
            report("PyYAML alone (C loader)", partial(yaml.load, path.read_text(), yaml.CSafeLoader))
            report("mockint bank check", partial(command, path))


def command(path: Path) -> None:
    """Run the command as its user does."""
    subprocess.run([sys.executable, "-m", "mockint", "bank", "check", path], capture_output=True, check=False)


def report(what: str, work: Callable[[], object]) -> None:
    """Print the shortest of a few runs."""
    seconds = []
    for _ in range(BEST_OF):
        began_s = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began_s)
    print(f"  {what:<25} {min(seconds):.2f} s")


if __name__ == "__main__":
    main()
