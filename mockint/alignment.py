"""Two transcripts beside each other: which words were kept, which were dropped, and which were added."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from mockint.delivery.word_classes import bare_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from difflib import Match

LONG_FROM = 1000
"""In so many words, those that make up a hundredth of them or more are matched only beside rarer ones: half an hour of
talk then takes a fraction of a second, and not ten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Words that stand together, as places in both transcripts: the same words in both, or what differs there."""

    kept: bool
    before: range
    after: range

    @property
    def edit_count(self) -> int:
        """How many words are to be passed here to come from one match to the next."""
        return 0 if self.kept else max(len(self.before), len(self.after))


def align(before: Sequence[str], after: Sequence[str]) -> tuple[Run, ...]:
    """Return the runs of words, in order: kept ones and others in turns, which hold each word once.

    Case and punctuation do not matter. Words that happen to be alike amid as many or more that differ (an "and the")
    are no part of what was kept: the rule of Fraser's "semantic cleanup", https://neil.fraser.name/writing/diff/.
    """
    one, other = ([bare_word(text) for text in side] for side in (before, after))
    matcher = SequenceMatcher(None, one, other, autojunk=len(other) >= LONG_FROM)
    found = list(_found(matcher.get_matching_blocks()))
    edits = [0, *(run.edit_count for run in found), 0]
    runs: list[Run] = []
    for place, run in enumerate(found):
        is_chance = run.kept and len(run.before) <= min(edits[place], edits[place + 2])
        _append(runs, replace(run, kept=run.kept and not is_chance))
    return tuple(runs)


def kept_share(runs: Sequence[Run]) -> float | None:
    """Return which share of all words, of both transcripts, is in runs that were kept; None without words."""
    total = sum(len(run.before) + len(run.after) for run in runs)
    return sum(len(run.before) + len(run.after) for run in runs if run.kept) / total if total else None


def _found(blocks: Sequence[Match]) -> Iterator[Run]:
    """Yield every match with what differs before it."""
    at_before = at_after = 0
    for block in blocks:
        if at_before < block.a or at_after < block.b:
            yield Run(kept=False, before=range(at_before, block.a), after=range(at_after, block.b))
        at_before, at_after = block.a + block.size, block.b + block.size
        if block.size:  # the last block is empty
            yield Run(kept=True, before=range(block.a, at_before), after=range(block.b, at_after))


def _append(runs: list[Run], run: Run) -> None:
    """Put a run at the end, as one with the last where that is of the same kind."""
    if runs and runs[-1].kept == run.kept:
        last = runs.pop()
        run = replace(
            run,
            before=range(last.before.start, run.before.stop),
            after=range(last.after.start, run.after.stop),
        )
    runs.append(run)
