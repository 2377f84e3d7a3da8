"""The stories that a person tells, by the names that they gave them: for what each was told, and how well.

Interviewers compare notes: a story for each competency serves better than one story for all.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mockint.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from mockint.model import Question

MOST_LETTERS = 60
"""Of a name: it has its place in a table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A take in which a story was told."""

    story: str
    """As the person wrote it."""
    session_id: int
    bank_id: str
    question_id: str
    competency: str | None
    asked_at: datetime
    share: float | None
    """Of the points that could be had, 0..1; None where nothing was scored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OveruseRule:
    """When one story is told for too much: our own rule of thumb, nobody has measured it."""

    session_count: int = 5
    """It looks at so many sessions, the last ones: about a week of practice."""
    most_questions: int = 3
    """One story serves so many questions among them; an interview has hardly more that want a story."""


OVERUSE = OveruseRule()


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A story with what it was told for."""

    name: str
    """As it was written last."""
    competencies: tuple[str, ...]
    """In the order of the alphabet."""
    told_count: int
    question_count: int
    """Different questions."""
    recent_question_count: int
    """Different questions in the last sessions, as many as the rule looks at."""
    last_told_at: datetime
    best_share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Repertoire:
    """All that a person has to tell."""

    stories: tuple[Story, ...]
    """Those told last first."""
    untold: tuple[str, ...]
    """Competencies of practised questions that want a story and for which none was told, by the alphabet."""
    rule: OveruseRule = OVERUSE

    @property
    def overused(self) -> tuple[Story, ...]:
        """Stories that were told for too many different questions lately."""
        return tuple(story for story in self.stories if story.recent_question_count > self.rule.most_questions)


def story_name(text: str) -> str:
    """Return the name as it is kept, on one line. Raises UsageProblem where it is none."""
    name = " ".join(text.split())
    if not name:
        raise UsageProblem("A story needs a name.", 'For example: --story "The booking form"')
    if len(name) > MOST_LETTERS:
        raise UsageProblem(
            f"A story's name has at most {MOST_LETTERS} letters, and this one {len(name):,}.",
            "A few words that remind you of it are enough.",
        )
    if not name.isprintable():
        raise UsageProblem("A story's name cannot hold control characters.", "Write it with letters and signs alone.")
    return name


def repertoire(
    tellings: Iterable[Telling],
    practised: Iterable[Question],
    last_session_ids: Collection[int],
    rule: OveruseRule = OVERUSE,
) -> Repertoire:
    """Put together what was told for what.

    tellings: oldest first; practised: every question that was answered; last_session_ids: of the sessions that the rule
    looks at. Names that differ in capitals alone are one story.
    """
    by_name: dict[str, list[Telling]] = defaultdict(list)
    for telling in tellings:
        by_name[telling.story.casefold()].append(telling)
    stories = [_story(told, last_session_ids) for told in by_name.values()]
    wanted = {question.competency for question in practised if question.star and question.competency is not None}
    told_for = {competency for story in stories for competency in story.competencies}
    return Repertoire(
        stories=tuple(sorted(stories, key=lambda story: story.last_told_at, reverse=True)),
        untold=tuple(sorted(wanted - told_for)),
        rule=rule,
    )


def _story(told: list[Telling], last_session_ids: Collection[int]) -> Story:
    recent = [telling for telling in told if telling.session_id in last_session_ids]
    return Story(
        name=told[-1].story,
        competencies=tuple(sorted({telling.competency for telling in told if telling.competency is not None})),
        told_count=len(told),
        question_count=_question_count(told),
        recent_question_count=_question_count(recent),
        last_told_at=told[-1].asked_at,
        best_share=max((telling.share for telling in told if telling.share is not None), default=None),
    )


def _question_count(tellings: Iterable[Telling]) -> int:
    return len({(telling.bank_id, telling.question_id) for telling in tellings})
