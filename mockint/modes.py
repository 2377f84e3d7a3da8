"""How a session goes: its mode, its times, and what it asks in which order. Values in, values out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from mockint.model import Question  # noqa: TC001 - plans are stored: their types are needed to read them

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Mode(str, Enum):
    """What kind of sitting it is."""

    PRACTICE = "practice"
    """A card after each take, tips after the first, and as many takes as wanted."""
    MOCK = "mock"
    """A whole interview: time to prepare, one take each, follow-ups, and no score until the end."""
    VIDEO = "video"
    """As recorded video interviews go: little time to prepare, a hard stop, a fixed number of takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeTimes:
    """Every time of the modes, in seconds, before it is made longer for somebody."""

    mock_prep_s: float = 15.0
    """Where the question names none: a moment to think, which no interviewer minds."""
    mock_limit_s: float = 120.0
    """Where the question names none: the end of the usual window (structured-interview guides)."""
    mock_break_s: float = 10.0
    """Between two questions of a mock interview: a sip of water."""
    video_prep_s: float = 30.0
    video_limit_s: float = 120.0
    """30 s and 2 minutes are what recorded video interviews commonly give (HireVue, Spark Hire)."""
    stammer_silence_s: float = 15.0
    """Where nobody can press a key, something has to end an answer: longer than a silent block lasts."""


TIMES = ModeTimes()

MORE_TIME = 1.5
"""Time and a half: the commonest adjustment that examinations grant."""
LONGEST_TIME_FACTOR = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What holds in a session from its first question to its last, also when it was paused in between."""

    mode: Mode = Mode.PRACTICE
    takes: int | None = None
    """How many takes a question may have; None: as many as wanted."""
    time_factor: float = 1.0
    """All times are so many times as long."""
    stammer: bool = False
    typed: bool = False

    @property
    def scores_at_end(self) -> bool:
        """Whether no score is shown before the last answer."""
        return self.mode is Mode.MOCK

    @property
    def cuts_recordings(self) -> bool:
        """Whether a recorded answer is stopped at the time limit too; in practice it is heard to its end."""
        return self.mode is not Mode.PRACTICE

    def as_asked(self, question: Question, times: ModeTimes = TIMES) -> Question:
        """Return the question with the times that the mode gives it, before they are made longer."""
        match self.mode:
            case Mode.PRACTICE:
                return question
            case Mode.MOCK:
                prep_s = times.mock_prep_s if question.prep_time_s is None else question.prep_time_s
                return replace(question, prep_time_s=prep_s, time_limit_s=question.time_limit_s or times.mock_limit_s)
            case Mode.VIDEO:
                return replace(question, prep_time_s=times.video_prep_s, time_limit_s=times.video_limit_s)

    def prep_s(self, question: Question) -> float:
        """How long the person may think before the answer begins; 0 where the mode gives no time for that."""
        if self.mode is Mode.PRACTICE or self.typed:
            return 0.0
        return (question.prep_time_s or 0.0) * self.time_factor

    def limit_s(self, question: Question) -> float | None:
        """How long an answer may last; None for as long as wanted."""
        return None if question.time_limit_s is None else question.time_limit_s * self.time_factor

    def silence_s(self, usual_s: float, *, can_press_keys: bool, times: ModeTimes = TIMES) -> float | None:
        """How long a silence ends an answer, where the person says nothing of it; None where none does."""
        if self.stammer:
            return None if can_press_keys else times.stammer_silence_s
        return usual_s * self.time_factor or None

    def break_s(self, times: ModeTimes = TIMES) -> float:
        """How long the break between two questions is."""
        return times.mock_break_s * self.time_factor if self.mode is Mode.MOCK else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPlan:
    """What is still to be asked in a session, and by which rules: enough to go on another day."""

    rules: Rules
    remaining: tuple[Question, ...]


# --- a whole interview ----------------------------------------------------------------------------

OPENING, CLOSING = "opening", "closing"
"""The categories of questions with which interviews begin and end."""
MOCK_COUNT = 6
"""An opening, four questions and a closing: with follow-ups some twenty minutes."""
FEWEST_WITH_FRAME = 3
"""With fewer questions there is no room for both an opening and a closing."""

WELCOME = "Hello, and welcome. Thank you for taking the time. Let us begin."
WELCOME_BACK = "Welcome back. Let us go on where we stopped."
GOODBYE = "Thank you. That was our last question. Goodbye, and all the best."


def whole_interview(candidates: Sequence[Question], count: int) -> tuple[Question, ...]:
    """Choose a whole interview of `count` questions: an easy opening, what is best to ask now, a closing.

    candidates: what may be asked, what is best to ask first. Fewer come out where there are not so many.
    """
    if count < FEWEST_WITH_FRAME:
        return in_interview_order(candidates[:count])
    openings = sorted(_of(candidates, OPENING), key=_difficulty)[:1]
    closings = _of(candidates, CLOSING)[:1]
    framed = {_key(question) for question in (*openings, *closings)}
    others = [question for question in candidates if _key(question) not in framed]
    body = sorted(others, key=lambda question: question.category in (OPENING, CLOSING))
    room = count - len(openings) - len(closings)
    return in_interview_order([*openings, *body[:room], *closings])


def in_interview_order(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Put openings first and closings last; what is between keeps its order."""
    return tuple(
        sorted(questions, key=lambda question: (question.category == CLOSING) - (question.category == OPENING))
    )


def _of(questions: Iterable[Question], category: str) -> list[Question]:
    return [question for question in questions if question.category == category]


def _difficulty(question: Question) -> int:
    return question.difficulty or 0


def _key(question: Question) -> tuple[str, str]:
    return question.bank_id, question.id


# --- time lights ----------------------------------------------------------------------------------


class TimeLight(str, Enum):
    """How the time stands in an answer's window, as the lights at Toastmasters tell it; the word tells it too."""

    NOT_YET = "go on"
    GREEN = "good length"
    AMBER = "wind up"
    RED = "last words"
    OVER = "over time"


RED_FROM = 0.9
"""Of the window's end: some twelve seconds of two minutes for a last sentence."""


def time_light(elapsed_s: float, window_s: tuple[float, float]) -> TimeLight:
    """Tell how the time stands: green from the window's start, amber from its middle, red close to its end.

    The steps are those of Toastmasters' table topics (1:00, 1:30, 2:00), with red early enough for a last sentence.
    """
    low_s, high_s = window_s
    if elapsed_s < low_s:
        return TimeLight.NOT_YET
    if elapsed_s >= high_s:
        return TimeLight.OVER
    if elapsed_s >= high_s * RED_FROM:
        return TimeLight.RED
    return TimeLight.GREEN if elapsed_s < (low_s + high_s) / 2 else TimeLight.AMBER
