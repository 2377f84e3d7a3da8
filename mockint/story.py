"""Following a strong answer: what of it was covered, and where situation, task, action and result began.

Only the person says so. Phrases that often begin a part are offered as guesses, never taken for granted.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

from mockint.delivery.word_classes import bare_word
from mockint.errors import UsageProblem
from mockint.figures import fine_clock

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mockint.model import Delivery, Question


class StoryPart(str, Enum):
    """The parts of a story, in their order."""

    SITUATION = "situation"
    TASK = "task"
    ACTION = "action"
    RESULT = "result"

    @property
    def letter(self) -> str:
        """How it is named on the command line."""
        return self.value[0]


PARTS = tuple(StoryPart)

RECOMMENDED_S: Mapping[StoryPart, tuple[float, float]] = MappingProxyType(
    {
        StoryPart.SITUATION: (10.0, 15.0),
        StoryPart.TASK: (5.0, 10.0),
        StoryPart.ACTION: (30.0, 45.0),
        StoryPart.RESULT: (30.0, 45.0),
    }
)
RECOMMENDED_BY = "Recommended by guides to structured interviews, for answers of 1:30 to 2:00."

_CUES: Mapping[StoryPart, tuple[str, ...]] = MappingProxyType(
    {
        StoryPart.TASK: (
            *("my job was", "my task was", "my role was", "my goal was", "the goal was", "the problem was"),
            *("i had to", "we had to", "i was asked", "i was responsible", "i needed to", "we needed to"),
        ),
        StoryPart.ACTION: (
            *("so i", "i decided", "what i did", "first i", "the first thing i", "i started", "i began", "i went"),
            *("i called", "i asked", "i talked", "i sat down", "i took", "i set up", "i wrote", "i built", "i made"),
        ),
        StoryPart.RESULT: (
            *("in the end", "as a result", "the result was", "the outcome", "since then", "eventually", "from then on"),
            *("it turned out", "what i learned", "what i learnt", "i learned", "i learnt", "looking back", "it worked"),
        ),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartStart:
    """Where a part of the story begins, in seconds from the first sample of the take."""

    part: StoryPart
    start_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What the person says of a take. None: they have not said."""

    covers: tuple[int, ...] | None = None
    """Which of the things that a strong answer covers are in it, counted from 1 as the question names them."""
    starts: tuple[PartStart, ...] | None = None
    """In order of time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A part of the story as it was told."""

    part: StoryPart
    start_s: float
    duration_s: float

    @property
    def beside_advice(self) -> str:
        """How its length compares with what is recommended, in words."""
        low_s, high_s = RECOMMENDED_S[self.part]
        return "shorter" if self.duration_s < low_s else "longer" if self.duration_s > high_s else "as advised"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """Where a part may begin, and the words that say so."""

    part: StoryPart
    start_s: float
    words: str


def checked(marks: Marks, question: Question, duration_s: float) -> Marks:
    """Return the marks in order. Raises UsageProblem where they cannot be meant of this take."""
    return Marks(
        covers=None if marks.covers is None else _checked_covers(marks.covers, question),
        starts=None if marks.starts is None else _checked_starts(marks.starts, duration_s),
    )


def _checked_covers(numbers: Sequence[int], question: Question) -> tuple[int, ...]:
    if not question.covers:
        raise UsageProblem(
            f"The question '{question.id}' does not say what a strong answer covers.",
            "A bank says it with 'covers'; --star can be marked all the same.",
        )
    for number in numbers:
        if not 1 <= number <= len(question.covers):
            raise UsageProblem(
                f"There is no {number}: the question names {len(question.covers)} things.",
                f"See them: mockint bank show {question.bank_id} --question {question.id}",
            )
    return tuple(sorted(set(numbers)))


def _checked_starts(starts: Sequence[PartStart], duration_s: float) -> tuple[PartStart, ...]:
    in_order = tuple(sorted(starts, key=lambda start: PARTS.index(start.part)))
    for start in in_order:
        if start.start_s >= duration_s:
            raise UsageProblem(f"The take ends at {fine_clock(duration_s)}.", "Give times within it.")
    for earlier, later in pairwise(in_order):
        if earlier.part is later.part:
            raise UsageProblem(f"The {later.part.value} is given twice.", "A part begins once.")
        if earlier.start_s >= later.start_s:
            raise UsageProblem(
                f"The {later.part.value} cannot begin before the {earlier.part.value}.",
                "For example: --star s=0:04 t=0:15 a=0:30 r=1:20",
            )
    return in_order


def stretches(starts: Sequence[PartStart], end_s: float) -> tuple[Stretch, ...]:
    """Return how long each part was told: until the next one begins, the last one to the end of the answer."""
    ends = [*(start.start_s for start in starts[1:]), max(end_s, starts[-1].start_s)] if starts else []
    return tuple(
        Stretch(part=start.part, start_s=start.start_s, duration_s=end - start.start_s)
        for start, end in zip(starts, ends, strict=True)
    )


def guesses(delivery: Delivery) -> tuple[Guess, ...]:
    """Guess where the parts begin: the situation with the first word, the others at their cues, in their order.

    A part without a cue is left out; nothing where no cue was heard at all.
    """
    bare = [bare_word(word.text) for word in delivery.words]
    found: list[Guess] = []
    index = 1
    for part, phrases in _CUES.items():
        cue = _first_cue(bare, index, [phrase.split() for phrase in phrases])
        if cue is not None:
            at, length = cue
            said = " ".join(bare[at : at + length])
            found.append(Guess(part=part, start_s=delivery.words[at].start_s, words=said))
            index = at + length
    if not found:
        return ()
    first = Guess(part=StoryPart.SITUATION, start_s=delivery.words[0].start_s, words=" ".join(bare[:2]))
    return (first, *found)


def _first_cue(words: Sequence[str], start: int, phrases: Sequence[Sequence[str]]) -> tuple[int, int] | None:
    """Return where the first phrase begins from `start` on, and how many words it has."""
    for at in range(start, len(words)):
        for phrase in phrases:
            if list(words[at : at + len(phrase)]) == list(phrase):
                return at, len(phrase)
    return None
