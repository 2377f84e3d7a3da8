"""What a decoder nearly wrote: the chance of an um or uh at every word, not only where one won.

Recognisers are taught to leave fillers out, so a filler that was said often comes second to the next word. The chance
that the decoder gave it is kept, and `delivery.filled_pauses` weighs it together with what other listeners say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from mockint.delivery.filled_pauses import is_written_filled_pause

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

LEAST_CHANCE = 0.03
"""Below this, what a decoder thinks of a filler is noise."""

_UM_PIECE, _UH_PIECE = re.compile(r"um+|erm|h+m+|mm+"), re.compile(r"u|uh+|er|ah")
"""What a decoder begins a filler with; some words begin with the same piece."""
_NOT_A_LETTER = re.compile(r"[^a-z]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a decoder: the piece of text it wrote, and the chances it gave to fillers there."""

    piece: str
    """Begins with a space where a word begins; empty at the end of the text."""
    probability: float
    um_chance: float
    uh_chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardWord:
    """A word without its time. `filler_chance` is None for ordinary words; `written` is False for what nearly was."""

    text: str
    confidence: float
    filler_chance: float | None = None
    written: bool = True


def chances_of(logits: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """The chance of each token, shape (n,), from a decoder's logits (softmax)."""
    exponentials = np.exp(logits.astype(np.float64) - logits.max())
    chances: npt.NDArray[np.float64] = exponentials / exponentials.sum()
    return chances


def bare(text: str) -> str:
    """The letters of a word, lower case."""
    return _NOT_A_LETTER.sub("", text.lower())


def heard_words(steps: Sequence[Step]) -> list[HeardWord]:
    """Join steps into words, and put a filler that was nearly written where its chance was at least `LEAST_CHANCE`."""
    words: list[list[Step]] = []
    for step in steps:
        if step.piece.startswith(" ") or not step.piece or not words:
            words.append([step])
        else:
            words[-1].append(step)
    heard: list[HeardWord] = []
    for word in words:
        first = word[0]
        text = "".join(step.piece for step in word).strip()
        um_chance, uh_chance = _of_fillers(first, text)
        chance = um_chance + uh_chance
        confidence = sum(step.probability for step in word) / len(word)
        if is_written_filled_pause(text):
            heard.append(HeardWord(text=text, confidence=confidence, filler_chance=max(chance, first.probability)))
            continue
        after_filler = bool(heard) and heard[-1].filler_chance is not None
        if chance >= LEAST_CHANCE and not after_filler:
            nearly = "um" if um_chance > uh_chance else "uh"
            heard.append(HeardWord(text=nearly, confidence=chance, filler_chance=chance, written=False))
        if text:
            heard.append(HeardWord(text=text, confidence=confidence))
    return heard


def without_loops(heard: Sequence[HeardWord], longest_run: int) -> list[HeardWord]:
    """Keep the first of fillers that follow one another more than `longest_run` times: a decoder in a loop.

    Each round makes the next one surer, so only the first chance says anything about the sound.
    """
    kept: list[HeardWord] = []
    for of_fillers, run in groupby(heard, key=lambda word: word.filler_chance is not None):
        words = list(run)
        kept += words[:1] if of_fillers and len(words) > longest_run else words
    return kept


def _of_fillers(first: Step, text: str) -> tuple[float, float]:
    """The chances of um and of uh at the start of a word: "umbrella" begins with "um" too, and that was no filler."""
    if is_written_filled_pause(text):
        return first.um_chance, first.uh_chance
    piece = bare(first.piece)
    return (
        0.0 if _UM_PIECE.fullmatch(piece) else first.um_chance,
        0.0 if _UH_PIECE.fullmatch(piece) else first.uh_chance,
    )
