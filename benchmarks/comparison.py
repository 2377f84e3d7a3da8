"""The share of differences between two takes that are called real, where there are none and where there are some.

Prints the share of simulated pairs of takes (half a minute to three each) in which any difference, or that of one
measure, is called real.

    PYTHONPATH=tests .venv/bin/python benchmarks/comparison.py
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timezone
from random import Random

from chance import spoken_by_chance

from mockint.comparison import compare
from mockint.model import Delivery, Question, Result, Take
from mockint.scoring import score

QUESTION = Question(bank_id="bank", id="one", text="What did you do?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """What stays the same from take to take."""

    wpm: float = 150.0
    fillers_per_100: float = 8.0
    echo: float = 0.0
    drift: float = 0.9

    def take(self, random: Random) -> Take:
        """Speak once."""
        spoken: Delivery = spoken_by_chance(
            random, wpm=self.wpm, fillers_per_100=self.fillers_per_100, echo=self.echo, drift=self.drift
        )
        return Take(
            id=random.getrandbits(32),
            uid="",
            session_id=1,
            question=QUESTION,
            asked_at=datetime(2026, 1, 1, tzinfo=timezone.utc),
            duration_s=spoken.duration_s,
            audio=None,
            dropped_block_count=0,
            result=Result(delivery=spoken, score=score(spoken, QUESTION)),
        )


PAIRS = {
    "alike": (Speaker(), Speaker()),
    "alike, 30 % of fillers come in twos": (Speaker(echo=0.3), Speaker(echo=0.3)),
    "alike, 80 % of fillers come in twos": (Speaker(echo=0.8), Speaker(echo=0.8)),
    "alike, tempo drifts over 50 words": (Speaker(drift=0.98), Speaker(drift=0.98)),
    "12 and 4 fillers per 100 words": (Speaker(fillers_per_100=12), Speaker(fillers_per_100=4)),
    "120 and 160 words a minute": (Speaker(wpm=120), Speaker(wpm=160)),
    "110 and 180 words a minute": (Speaker(wpm=110), Speaker(wpm=180)),
}


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=1000)
    count = parser.parse_args().pairs
    for name, (one, other) in PAIRS.items():
        random = Random(1)  # noqa: S311 - the same pairs each time
        found: Counter[str] = Counter()
        for _ in range(count):
            real = compare(one.take(random), other.take(random)).real
            found.update(["any"] * bool(real) + [change.name for change in real])
        shares = ", ".join(f"{measure} {100 * number / count:.1f} %" for measure, number in found.most_common())
        print(f"{name:<40} {shares or 'none'}")


if __name__ == "__main__":
    main()
