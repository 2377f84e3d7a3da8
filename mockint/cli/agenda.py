"""What is still to be asked in a session, kept on disk after every step, so that a session can go on another day."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from mockint.follow_ups import is_follow_up

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mockint.model import Question


class Agenda:
    """The questions of a session in their order; one can be put in front again, or asked in between."""

    def __init__(self, questions: Sequence[Question], keep: Callable[[tuple[Question, ...]], None]) -> None:
        """keep: stores what remains."""
        self._waiting = deque(questions)
        self._keep = keep
        self._current: Question | None = None
        self._numbers: dict[str, int] = {}
        self._asked: set[str] = set()
        self._main_count = sum(not is_follow_up(question) for question in questions)
        self._is_stopped = False
        self._keep(self.remaining)

    def questions(self) -> Iterator[Question]:
        """Yield each question when its turn comes."""
        while self._waiting and not self._is_stopped:
            self._current = self._waiting.popleft()
            yield self._current
            self._current = None

    def answered(self) -> None:
        """The question that was asked last has a whole answer."""
        self._current = None
        self._keep(self.remaining)

    def ask_next(self, question: Question) -> None:
        """Put a question in front: the same one again, or a follow-up."""
        self._waiting.appendleft(question)
        self._keep(self.remaining)

    def stop(self) -> None:
        """Ask no more today."""
        self._is_stopped = True

    @property
    def remaining(self) -> tuple[Question, ...]:
        """What has no whole answer yet; an answer that was broken off is asked for again."""
        return (*(() if self._current is None else (self._current,)), *self._waiting)

    @property
    def goes_on(self) -> bool:
        """Whether another question will be asked."""
        return bool(self._waiting) and not self._is_stopped

    def heading(self, question: Question) -> str:
        """What stands above a question: "Question 2 of 6"."""
        again = ", once more" if question.id in self._asked else ""
        self._asked.add(question.id)
        if is_follow_up(question):
            return f"Follow-up{again}"
        number = self._numbers.setdefault(question.id, len(self._numbers) + 1)
        return f"Question {number} of {self._main_count}{again}"
