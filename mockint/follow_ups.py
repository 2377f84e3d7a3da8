"""Whether a follow-up fits an answer: by its length and by the words that were heard, and by nothing else.

mockint does not understand answers. It asks a follow-up where the answer was short, or where not one content word of
the follow-up came up in it; and it says so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mockint.delivery.word_classes import bare_word
from mockint.delivery.wording import content_roots, content_words, written_words
from mockint.figures import clock
from mockint.scoring import answer_window_s

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mockint.model import Question, Result, Take
    from mockint.scoring import ScoringMethod

FOLLOW_UP_LIMIT_S = 60.0
"""A follow-up asks for one more thing: half of the usual window."""
WORDS = "words"
"""The part of a typed answer's score that stands for its length."""
_MARK = ".follow-up-"
"""No id in a bank holds a full stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A follow-up that fits, and why."""

    question: Question
    because: str


def follow_ups_of(question: Question) -> tuple[Question, ...]:
    """Return the follow-ups of a question as questions of their own; a follow-up has none."""
    return tuple(
        replace(
            question,
            id=f"{question.id}{_MARK}{number}",
            text=text,
            say=None,
            prep_time_s=0.0,
            time_limit_s=FOLLOW_UP_LIMIT_S,
            follow_ups=(),
            covers=(),
            star=False,
            tips=(),
            aliases=(),
        )
        for number, text in enumerate(question.follow_ups, start=1)
    )


def is_follow_up(question: Question) -> bool:
    """Whether the question was asked after another one."""
    return _MARK in question.id


def fitting_follow_up(take: Take, follow_ups: Sequence[Question], method: ScoringMethod) -> FollowUp | None:
    """Return the first of `follow_ups` that fits the answer, or None.

    Where there are no words, as without a recogniser, the length alone decides; where nobody spoke, nothing is asked.
    """
    if take.result is None or not follow_ups:
        return None
    delivery = take.result.delivery
    if delivery.answer is None and not delivery.typed:
        return None
    short = _shortness(take.result, take.question, method)
    if short is not None:
        return FollowUp(question=follow_ups[0], because=short)
    if not delivery.words_known:
        return None
    said = content_roots(delivery.words)
    for follow_up in follow_ups:
        asked = content_words(written_words(follow_up.text))
        if asked and not content_roots(asked) & said:
            named = ", ".join(f'"{bare_word(word.text)}"' for word in asked)
            held = f"did not hold {named}" if len(asked) == 1 else f"held none of {named}"
            return FollowUp(question=follow_up, because=f"your answer {held}")
    return None


def _shortness(result: Result, question: Question, method: ScoringMethod) -> str | None:
    """Say in which way an answer was short, in time or, where it was typed, in words; None where it was not."""
    if result.delivery.typed:
        [part] = [part for part in result.score.parts if part.name == WORDS]
        if part.value is None or part.band.low is None or part.value >= part.band.low:
            return None
        return f"your answer had {part.value:.0f} words, fewer than {part.band.low:.0f}"
    answer = result.delivery.answer
    least_s, _ = answer_window_s(question, method)
    if answer is None or answer.duration_s >= least_s:
        return None
    return f"your answer took {clock(answer.duration_s)}, less than {clock(least_s)}"
