"""How well a recogniser hears this speaker on this microphone: a passage that was read aloud, and what was heard of it.

Words and fillers are aligned in one go by least edit distance (Levenshtein 1966), in which a filler never stands for a
word. Word error rate: wrong, missing and added words over the words of the passage, as NIST's SCTK counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mockint.delivery.word_classes import bare_word, is_filled_pause

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mockint.model import Word

PASSAGE = (
    "In my last job, um, I looked after the booking system of a small hospital. One morning, uh, the whole thing "
    "stopped, and nobody could see a doctor. I called the team together, and, um, we agreed on two steps. First we "
    "went, uh, back to pen and paper. Then I found the fault, um, and repaired it before lunch. Since that day, uh, "
    "we test every change twice."
)
"""Every word is common and has one spelling; three of each filler, within and between phrases."""

_IMPOSSIBLE = 2.5  # above the cost of leaving out one and adding the other: a filler is never taken for a word


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingCheck:
    """What was heard of a passage with known words and fillers."""

    engine: str
    word_count: int
    """Of the passage, without its fillers."""
    wrong_word_count: int
    """Words that were heard as others, were not heard, or were never said."""
    missed_words: tuple[str, ...]
    """Those of the passage that were not heard as they stand there, in its order."""
    planted_filler_count: int
    found_filler_count: int
    false_filler_count: int
    caveats: tuple[str, ...] = ()
    """What is known of the recording: too quiet, too noisy ..."""

    @property
    def word_error(self) -> float:
        """Word error rate, 0 for all right; it can exceed 1."""
        return self.wrong_word_count / self.word_count


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingSettings:
    """When a recogniser hears somebody poorly."""

    least_found_share: float = 0.75
    """Of the fillers. Usual is 0.87 (benchmarks/fillers.py): 5 of 6 is as it should be, 4 of 6 is not."""
    most_false_fillers: int = 1
    """One in a passage can be chance."""
    most_word_error: float = 0.15
    """Usual is 0.11 (benchmarks/fillers.py)."""
    not_the_passage_from: float = 0.5
    """With more errors than this, something else was read: nothing can be told."""


def compare(passage: str, words: Sequence[Word], *, engine: str, caveats: tuple[str, ...] = ()) -> HearingCheck:
    """Compare what was heard, fillers included, with the passage that was read. caveats: about the recording."""
    said = _tokens(passage.split())
    heard = _tokens(word.text for word in words)
    pairs = _aligned(said, heard)
    wrong = [(one, other) for one, other in pairs if not _same(one, other)]
    wrong_words = [pair for pair in wrong if not _has_filler(pair)]
    planted_count = sum(map(is_filled_pause, said))
    return HearingCheck(
        engine=engine,
        word_count=len(said) - planted_count,
        wrong_word_count=len(wrong_words),
        missed_words=tuple(one for one, _ in wrong_words if one),
        planted_filler_count=planted_count,
        found_filler_count=planted_count - sum(is_filled_pause(one) for one, _ in wrong),
        false_filler_count=sum(is_filled_pause(other) for _, other in wrong),
        caveats=caveats,
    )


def is_the_passage(check: HearingCheck, settings: HearingSettings | None = None) -> bool:
    """Whether what was heard is the passage at all."""
    return check.word_error < (settings or HearingSettings()).not_the_passage_from


def hearing_caveat(check: HearingCheck, where: str, settings: HearingSettings | None = None) -> str | None:
    """Say what to keep in mind of every result that is heard so; None where the speaker is heard well.

    where: "On your microphone" or the like.
    """
    settings = settings or HearingSettings()
    poor: list[str] = []
    missed_count = check.planted_filler_count - check.found_filler_count
    if check.found_filler_count < settings.least_found_share * check.planted_filler_count:
        poor.append(f"misses about {missed_count} of {check.planted_filler_count} fillers")
    if check.false_filler_count > settings.most_false_fillers:
        poor.append(f"hears fillers that are none ({check.false_filler_count} in {check.word_count} words)")
    if check.word_error > settings.most_word_error:
        poor.append(f"gets {check.word_error:.0%} of words wrong")
    if not poor:
        return None
    return f"{where} mockint {' and '.join(poor)}."


def _tokens(texts: Iterable[str]) -> list[str]:
    return [bare for text in texts for part in text.replace("-", " ").split() if (bare := bare_word(part))]


def _same(one: str, other: str) -> bool:
    return one == other or (is_filled_pause(one) and is_filled_pause(other))


def _has_filler(pair: tuple[str, str]) -> bool:
    return is_filled_pause(pair[0]) or is_filled_pause(pair[1])


def _aligned(said: Sequence[str], heard: Sequence[str]) -> list[tuple[str, str]]:
    """Pairs of what was said and what was heard, in order; an empty string stands for nothing."""
    costs = _costs(said, heard)
    pairs: list[tuple[str, str]] = []
    i, j = len(said), len(heard)
    while i or j:
        if i and j and costs[i][j] == costs[i - 1][j - 1] + _change_cost(said[i - 1], heard[j - 1]):
            i, j = i - 1, j - 1
            pairs.append((said[i], heard[j]))
        elif i and costs[i][j] == costs[i - 1][j] + 1:
            i -= 1
            pairs.append((said[i], ""))
        else:
            j -= 1
            pairs.append(("", heard[j]))
    return pairs[::-1]


def _costs(said: Sequence[str], heard: Sequence[str]) -> list[list[float]]:
    """The least number of changes that turn the first i words said into the first j words heard."""
    costs: list[list[float]] = [[float(j) for j in range(len(heard) + 1)]]
    for i, one in enumerate(said, start=1):
        row = [float(i)]
        for j, other in enumerate(heard, start=1):
            changed = costs[i - 1][j - 1] + _change_cost(one, other)
            row.append(min(changed, costs[i - 1][j] + 1, row[j - 1] + 1))
        costs.append(row)
    return costs


def _change_cost(one: str, other: str) -> float:
    if _same(one, other):
        return 0
    return _IMPOSSIBLE if is_filled_pause(one) != is_filled_pause(other) else 1
