"""A session whose answers are typed: asked in the same way, kept and scored as text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from mockint.errors import Interrupted
from mockint.interview import StoppedBy, speak
from mockint.typed import judge_typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from mockint.interview import Screen, Voice
    from mockint.model import Question, Result, Take
    from mockint.scoring import ScoringMethod


class Typist(Protocol):
    """Where typed answers come from."""

    @property
    def is_over(self) -> bool:
        """Whether nobody will type any more."""

    def lines(self) -> Iterator[str]:
        """Yield the lines of one answer as they are typed."""


class TypedKeeper(Protocol):
    """Stores typed answers and what was made of them."""

    def keep_typed(self, question: Question, asked_at: datetime, *, text: str, duration_s: float) -> Take:
        """The answer is over: the take is stored before this returns."""

    def add_result(self, take: Take, result: Result, *, result_delay_s: float | None) -> Take:
        """Store what was measured and scored beside the take, and return the take with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedTools:
    """Everything that such a session is handed; see `interview.Tools`."""

    voice: Voice
    typist: Typist
    keeper: TypedKeeper
    screen: Screen
    now: Callable[[], datetime]
    clock_s: Callable[[], float]
    method: ScoringMethod


def conduct_typed(questions: Iterable[Question], tools: TypedTools) -> Iterator[Take]:
    """Ask each question and yield its typed answer, scored and stored, until nobody types any more.

    When Ctrl-C is pressed, the lines that were typed until then are stored before Interrupted leaves.
    """
    for question in questions:
        asked_at = tools.now()
        tools.screen.asking(question)
        speak(question.spoken, tools.voice, tools.screen)
        began_s = tools.clock_s()
        text, stopped_by = _typed(tools.typist)
        ended_s = tools.clock_s()
        hint = ""
        if text:
            take = tools.keeper.keep_typed(question, asked_at, text=text, duration_s=ended_s - began_s)
            tools.screen.answered(question, stopped_by)
            result = judge_typed(text, question, tools.method, duration_s=take.duration_s)
            take = tools.keeper.add_result(take, result, result_delay_s=tools.clock_s() - ended_s)
            hint = f"What you typed is kept as take {take.id}: mockint review {take.id}"
            if stopped_by is not StoppedBy.INTERRUPT:
                yield take
        elif tools.typist.is_over:
            return
        if stopped_by is StoppedBy.INTERRUPT:
            raise Interrupted("Stopped.", hint)


def _typed(typist: Typist) -> tuple[str, StoppedBy]:
    """Take in one answer, and say what ended it."""
    lines: list[str] = []
    stopped_by = StoppedBy.KEY
    try:
        lines.extend(typist.lines())  # adds line by line: what came before Ctrl-C is there
    except KeyboardInterrupt:
        stopped_by = StoppedBy.INTERRUPT
    return "\n".join(lines).strip(), stopped_by
