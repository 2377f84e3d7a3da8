"""Today's half hour: what has been due longest, something new in between, and never the same thing twice."""

from __future__ import annotations

import re
from collections import Counter, deque
from math import ceil, inf
from typing import TYPE_CHECKING

from mockint.schedule.rule import RULE, ScheduleRule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from mockint.model import Question
    from mockint.schedule.due import Due, Situation


def todays_s(situation: Situation, rule: ScheduleRule = RULE) -> float:
    """Return how long practice should take today, in seconds: less when the interview is tomorrow or today."""
    match situation.days_left:
        case 0:
            return rule.session_s * rule.interview_day_share
        case 1:
            return rule.session_s * rule.eve_share
        case _:
            return rule.session_s


def question_s(question: Question, rule: ScheduleRule = RULE) -> float:
    """Return how long a question is reckoned to take, all told, in seconds."""
    answer_s = rule.usual_answer_s if question.time_limit_s is None else question.time_limit_s
    whole_s = rule.saying_s + rule.looking_s + rule.rounds * answer_s
    return min(whole_s, rule.longest_share * rule.session_s)


def choose(
    dues: Sequence[Due],
    situation: Situation,
    rule: ScheduleRule = RULE,
    *,
    seconds: float | None = None,
    count: int | None = None,
    fill: bool = False,
) -> tuple[Due, ...]:
    """Choose a session of `seconds`, or of `count` questions; of `todays_s` where neither is given.

    fill: where too little is due, go on with what will be due soonest, as on the day before an interview.
    """
    if seconds is None:
        seconds = todays_s(situation, rule) if count is None else inf
    nearly_there = situation.days_left in (0, 1)
    known = sorted((due for due in dues if due.last_on is not None or due.wish is not None), key=_due_longest)
    waiting = [due for due in known if due.due_on <= situation.today]
    early = [due for due in known if due.due_on > situation.today]
    new = _breadth_first(dues)
    choice = _Choice(rule, seconds=seconds, count=count, new_share=_new_share(dues, situation, rule))
    choice.take_from(waiting, [] if nearly_there else new)
    if fill or nearly_there:
        choice.take_from(early, [])
    if nearly_there:  # nothing new, unless there is too little else
        choice.take_from([], new)
    return tuple(choice.chosen)


def choose_at_random(
    questions: Iterable[Question],
    chance: Callable[[], float],
    rule: ScheduleRule = RULE,
    *,
    count: int | None = None,
) -> tuple[Question, ...]:
    """Choose without regard to what is due. chance: gives a number of 0..1 at each call."""
    shuffled = sorted((each for each in questions if not each.retired), key=lambda _: chance())
    left_s = rule.session_s if count is None else inf
    chosen: list[Question] = []
    apart = _Apart(rule)
    for question in shuffled:
        if len(chosen) == count:
            break
        if question_s(question, rule) <= left_s and apart.has_none_like(question):
            chosen.append(question)
            apart.add(question)
            left_s -= question_s(question, rule)
    return tuple(chosen)


class _Apart:
    """Questions of which no two ask the same thing in the same words, or nearly."""

    def __init__(self, rule: ScheduleRule) -> None:
        self._alike_from = rule.alike_from
        self._words: list[frozenset[str]] = []

    def add(self, question: Question) -> None:
        self._words.append(_words(question))

    def has_none_like(self, question: Question) -> bool:
        words = _words(question)
        return not any(self._are_alike(words, others) for others in self._words)

    def _are_alike(self, words: frozenset[str], others: frozenset[str]) -> bool:
        fewer, more = (words, others) if len(words) < len(others) else (others, words)
        return len(fewer) >= self._alike_from * len(more) and fewer <= more


def _words(question: Question) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", question.text.casefold())) or frozenset((question.text,))


# --- the order of things --------------------------------------------------------------------------


def _due_longest(due: Due) -> tuple[bool, int, date, float]:
    """What was wished for, then what has been due longest, and on one day the weaker competency first.

    Whatever is asked becomes due later than all that waits today: so nothing waits for ever.
    """
    return (due.wish is None, due.wish_place, due.due_on, -due.weight)


def _breadth_first(dues: Iterable[Due]) -> list[Due]:
    """Put what was never asked in order: rank by rank, and in each those competencies first that were met least.

    A weak competency counts as met less often than it was.
    """
    met = Counter(due.question.competency for due in dues if due.last_on is not None)
    new = sorted((due for due in dues if due.last_on is None and due.wish is None), key=lambda due: due.rank)
    places = []
    for due in new:
        places.append((due.rank, met[due.question.competency] / due.weight))
        met[due.question.competency] += 1
    return [due for _, due in sorted(zip(places, new, strict=True), key=lambda placed: placed[0])]


def _new_share(dues: Iterable[Due], situation: Situation, rule: ScheduleRule) -> float:
    """Return which share of a session should be new: before an interview, as much as the important questions need."""
    if situation.days_left is None:
        return rule.new_share
    important = [due.question for due in dues if due.important and due.last_on is None]
    days = max(1, ceil(rule.new_days_share * situation.days_left))
    needed = sum(question_s(question, rule) for question in important) / days / rule.session_s
    fewest = 0.0 if situation.days_left <= rule.last_days else rule.new_share
    return min(max(needed, fewest), rule.most_new_share)


class _Choice:
    """A session while it is being chosen."""

    def __init__(self, rule: ScheduleRule, *, seconds: float, count: int | None, new_share: float) -> None:
        self.chosen: list[Due] = []
        self._new_count = 0
        self._competencies: Counter[str | None] = Counter()
        self._apart = _Apart(rule)
        self._rule = rule
        self._left_s = seconds
        self._count = count
        self._new_share = new_share

    def take_from(self, waiting: Iterable[Due], new: Iterable[Due]) -> None:
        """Take from both queues, each from its front, while there is room: competencies mixed as long as that goes."""
        queues = deque(waiting), deque(new)
        put_off = self._take_by_turns(*queues, most_of_a_competency=self._rule.most_of_a_competency)
        self._take_by_turns(*put_off, most_of_a_competency=inf)

    def _take_by_turns(
        self, waiting: deque[Due], new: deque[Due], *, most_of_a_competency: float
    ) -> tuple[deque[Due], deque[Due]]:
        """Take what can be had; return what was put off because there is so much of its competency already."""
        put_off: tuple[deque[Due], deque[Due]] = (deque(), deque())
        while (waiting or new) and len(self.chosen) != self._count:
            is_turn_of_new = self._new_count < round(self._new_share * (len(self.chosen) + 1))
            is_new = not waiting or (is_turn_of_new and bool(new))
            due = (new if is_new else waiting).popleft()
            competency = due.question.competency
            if competency is not None and self._competencies[competency] >= most_of_a_competency:
                put_off[is_new].append(due)
            elif question_s(due.question, self._rule) <= self._left_s and self._apart.has_none_like(due.question):
                self._take(due)
        return put_off

    def _take(self, due: Due) -> None:
        self.chosen.append(due)
        self._new_count += due.last_on is None
        self._competencies[due.question.competency] += 1
        self._apart.add(due.question)
        self._left_s -= question_s(due.question, self._rule)
