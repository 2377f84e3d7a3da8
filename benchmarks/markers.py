"""Whether discourse markers are told from the same words at work.

    python benchmarks/markers.py DATA.jsonl [--predictions OUT.jsonl] [--no-punctuation]

DATA holds one use of a target word a line: {"id", "target", "label", "left", "text", "right", "gap_before_s",
"gap_after_s"}, where a label is "discourse_marker" or "not_marker" and the gaps are silences in seconds. The words are
handed to the product's own function. Beside it, on the same rows: the rule that asks for a comma or a pause next to the
word, and the one that calls every use a marker.
"""

from __future__ import annotations

import argparse
import json
import math
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from mockint.delivery.discourse_markers import MarkerSettings, find_discourse_markers, weigh_uses
from mockint.model import Span, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from mockint.delivery.discourse_markers import MarkerUse

WORD_S = 0.3
SHORTEST_PAUSE_S = 0.25
PUNCTUATION = ".,;:!?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One use of a target among its words."""

    id: str
    target: str
    is_marker: bool
    words: tuple[Word, ...]
    first: int
    """Index of the target's first word."""
    pauses: tuple[Span, ...]
    team: str
    """The people who met: ES2002a and ES2002d are two meetings of one team."""


def read_rows(path: Path, *, punctuation: bool = True) -> list[Row]:
    """The rows of a data file; without punctuation, also without capitals, like a recogniser that writes neither."""
    if not path.is_file():
        raise SystemExit(f"There is no file {path}")
    with path.open(encoding="utf-8") as lines:
        return [_row(json.loads(line), punctuation=punctuation) for line in lines]


def _row(fields: dict[str, str | float | None], *, punctuation: bool) -> Row:
    words: list[Word] = []
    pauses: list[Span] = []
    now_s = 0.0

    def say(text: object) -> None:
        nonlocal now_s
        for written in str(text).split():
            if not any(map(str.isalnum, written)):  # punctuation of the word before
                if words:
                    last = words.pop()
                    words.append(Word(text=last.text + written, start_s=last.start_s, end_s=last.end_s))
                continue
            words.append(Word(text=written, start_s=now_s, end_s=now_s + WORD_S))
            now_s += WORD_S

    def wait(gap: str | float | None) -> None:
        nonlocal now_s
        gap_s = float(gap or 0.0)
        if gap_s >= SHORTEST_PAUSE_S:
            pauses.append(Span(start_s=now_s, end_s=now_s + gap_s))
            now_s += gap_s

    say(fields["left"])
    wait(fields["gap_before_s"])
    first = len(words)
    say(fields["text"])
    wait(fields["gap_after_s"])
    say(fields["right"])
    if not punctuation:
        words = [Word(text=w.text.strip(PUNCTUATION).lower(), start_s=w.start_s, end_s=w.end_s) for w in words]
    return Row(
        id=str(fields["id"]),
        target=str(fields["target"]),
        is_marker=fields["label"] == "discourse_marker",
        words=tuple(words),
        first=first,
        pauses=tuple(pauses),
        team=str(fields["id"]).partition(".")[0].rstrip("abcd"),
    )


def use_in(row: Row) -> MarkerUse | None:
    """The use that the row asks about, with its cues."""
    return next((use for use in weigh_uses(row.words, row.pauses, MarkerSettings()) if use.first == row.first), None)


def ours(row: Row) -> bool:
    """The product's decision."""
    start_s = row.words[row.first].start_s
    return any(marker.start_s == start_s for marker in find_discourse_markers(row.words, row.pauses))


def comma_or_pause(row: Row) -> bool:
    """Whether a comma or a pause stands beside the target."""
    last = row.first + len(row.target.split()) - 1
    beside = (*row.words[max(0, row.first - 1) : row.first], row.words[min(last, len(row.words) - 1)])
    return bool(row.pauses) or any(word.text.endswith(",") for word in beside)


def always(_: Row) -> bool:
    """Every use is a marker."""
    return True


def kappa(truth: Sequence[bool], guess: Sequence[bool]) -> float:
    """Cohen's kappa: 0 for agreement by chance, 1 for perfect agreement."""
    return kappa_interval(truth, guess)[1]


def kappa_interval(truth: Sequence[bool], guess: Sequence[bool], z: float = 1.96) -> tuple[float, float, float]:
    """The lower end of its 95 % interval, Cohen's kappa, and the upper end (Cohen 1960)."""
    n = len(truth)
    agreed = sum(a == b for a, b in zip(truth, guess, strict=True)) / n
    yes, said = sum(truth) / n, sum(guess) / n
    chance = yes * said + (1 - yes) * (1 - said)
    if chance == 1:
        return 0.0, 0.0, 0.0
    middle, half = (agreed - chance) / (1 - chance), z * math.sqrt(agreed * (1 - agreed) / n) / (1 - chance)
    return middle - half, middle, min(1.0, middle + half)


def report(name: str, rows: Sequence[Row], decide: Callable[[Row], bool]) -> None:
    """Print precision, recall and kappa for each target and for all rows."""
    print(f"\n{name}\n{'target':12s} {'rows':>5s} {'precision':>9s} {'recall':>6s} {'kappa':>6s}  (95 %)")
    guesses = {row.id: decide(row) for row in rows}
    for target in [*sorted({row.target for row in rows}), "all"]:
        chosen = [row for row in rows if target in (row.target, "all")]
        truth = [row.is_marker for row in chosen]
        guess = [guesses[row.id] for row in chosen]
        hits = sum(a and b for a, b in zip(truth, guess, strict=True))
        low, middle, high = kappa_interval(truth, guess)
        print(
            f"{target:12s} {len(chosen):5d} {hits / max(1, sum(guess)):9.3f} {hits / max(1, sum(truth)):6.3f}"
            f" {middle:6.3f}  ({low:.2f} to {high:.2f})"
        )


def report_calibration(rows: Iterable[Row]) -> None:
    """Print how often a stated confidence turns out to be a marker."""
    edges = (0.0, 0.2, 0.5, 0.8, 1.01)
    weighed = [(use.confidence, row.is_marker) for row in rows if (use := use_in(row)) is not None]
    print("\nconfidence   rows  are markers")
    for low, high in pairwise(edges):
        inside = [is_marker for confidence, is_marker in weighed if low <= confidence < high]
        print(f"{low:.1f}-{min(high, 1):.1f}     {len(inside):5d}  {sum(inside) / max(1, len(inside)):.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--predictions", type=Path, help="write {id, label} rows here")
    parser.add_argument("--no-punctuation", action="store_true", help="take commas, full stops and capitals away first")
    arguments = parser.parse_args()
    rows = read_rows(arguments.data, punctuation=not arguments.no_punctuation)
    if arguments.predictions:
        with arguments.predictions.open("w", encoding="utf-8") as out:
            for row in rows:
                label = "discourse_marker" if ours(row) else "not_marker"
                out.write(json.dumps({"id": row.id, "label": label}) + "\n")
    report("mockint", rows, ours)
    report("a comma or a pause beside it", rows, comma_or_pause)
    report("always a marker", rows, always)
    report_calibration(rows)


if __name__ == "__main__":
    main()
