"""A session with everything that it is held with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mockint.cli.keys import Keyboard
    from mockint.cli.options import PracticeOptions
    from mockint.cli.settings import Settings
    from mockint.devices.microphone import RecordedAnswers
    from mockint.interview import Microphone, Recogniser
    from mockint.model import Question
    from mockint.modes import SessionPlan
    from mockint.scoring import ScoringMethod
    from mockint.store.takes import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """What hears spoken answers."""

    microphone: Microphone
    recogniser: Recogniser


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSession:
    """A sitting that is about to begin, or to go on."""

    id: int
    plan: SessionPlan
    options: PracticeOptions
    settings: Settings
    method: ScoringMethod
    store: Store
    keyboard: Keyboard
    recorded: RecordedAnswers | None
    """The microphone, where it is recordings; None where a person answers."""
    hearing: Hearing | None
    """None where answers are typed."""

    @property
    def graded(self) -> bool:
        """Whether points are shown."""
        return self.settings.shows_points(self.options.grade)

    @property
    def has_person(self) -> bool:
        """Whether somebody answers who may need time to think."""
        return self.recorded is None

    @property
    def waits(self) -> bool:
        """Whether somebody is there to whom time to think, or a break, is of use."""
        return self.has_person and (self.keyboard.is_there or self.hearing is not None)

    def can_answer(self, question: Question) -> bool:
        """Whether there will be an answer if this question is asked."""
        return self.recorded is None or self.recorded.can_answer(question)
