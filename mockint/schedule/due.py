"""Which day each question is due, and why.

What was asked before rests for the interval that `recall` drew from its takes: shorter where its competency is weak,
and never for long before an interview. What was never asked, and what somebody wished for, is due at once.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import ceil
from types import MappingProxyType
from typing import TYPE_CHECKING

from mockint.figures import counted
from mockint.schedule.rule import RULE, ScheduleRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from mockint.model import Question
    from mockint.schedule.recall import Standing

    Key = tuple[str, str]
    """Bank id and question id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Somebody wants something practised: every question that has all of the names given here.

    source: who, as a reader sees it ("your mentor", "the interview at Acme"). since: when, with its zone.
    """

    bank_id: str | None = None
    question_id: str | None = None
    competency: str | None = None
    source: str
    since: datetime

    def fits(self, question: Question) -> bool:
        """Whether a question is one of those that are wished for."""
        return (
            self.bank_id in (None, question.bank_id)
            and self.question_id in (None, *_names(question))
            and self.competency in (None, question.competency)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """The day, and what is known of the person besides the takes."""

    now: datetime
    """With the zone whose midnights part the days."""
    interview_on: date | None = None
    wishes: tuple[Wish, ...] = ()
    bank_ranks: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """Bank id -> whose new questions come first: 0 before 1, and so on; 0 for a bank that is not named."""
    important_rank: int = 1
    """Up to this rank, a bank's questions should have been asked before an interview."""

    @property
    def today(self) -> date:
        """The day."""
        return self.now.date()

    @property
    def days_left(self) -> int | None:
        """Days to the interview, 0 on its day; None where there is none, or it is over."""
        if self.interview_on is None or self.interview_on < self.today:
            return None
        return (self.interview_on - self.today).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One question with the day on which it is due, and what that rests on."""

    question: Question
    due_on: date
    """Today, where it was never asked or is wished for."""
    last_on: date | None
    """The day on which it was last asked; None where it never was."""
    standing: Standing | None
    weight: float
    """1 for most competencies, more for weak ones."""
    is_weak: bool
    """Whether the competency is."""
    wish: Wish | None
    """One that it would fulfil."""
    wish_place: int
    """Of several wishes, the lowest comes first."""
    hastened: bool
    """Whether the interview brings it forward."""
    rank: int
    """That of its bank."""
    important: bool
    """Whether it should have been asked before an interview."""


def due_list(
    questions: Iterable[Question],
    standings: Mapping[Key, Standing],
    situation: Situation,
    rule: ScheduleRule = RULE,
) -> tuple[Due, ...]:
    """Give every question its day, except retired ones, in the given order.

    standings: by bank id and present question id; of a question that was never asked there is none.
    """
    pairs = [(each, standings.get((each.bank_id, each.id))) for each in questions if not each.retired]
    below = below_usual(pairs, rule)
    wished = _wished(pairs, situation.wishes, rule)
    return tuple(
        _due(
            question,
            standing,
            below=below.get(question.competency, 0.0),
            wish=wished.get((question.bank_id, question.id)),
            situation=situation,
            rule=rule,
        )
        for question, standing in pairs
    )


def _due(
    question: Question,
    standing: Standing | None,
    *,
    below: float,
    wish: tuple[int, Wish] | None,
    situation: Situation,
    rule: ScheduleRule,
) -> Due:
    """Give one question its day. wish: the first one that it would fulfil, with its place among the wishes."""
    weight = weight_of(below, rule)
    last_on, due_on, hastened = None, situation.today, False
    if standing is not None:
        last_on = standing.last_asked_at.astimezone(situation.now.tzinfo).date()
        if wish is None:
            due_on = due_day(last_on, standing.interval_days, weight, situation, rule)
            hastened = due_on < due_day(last_on, standing.interval_days, weight, None, rule)
    rank = situation.bank_ranks.get(question.bank_id, 0)
    return Due(
        question=question,
        due_on=due_on,
        last_on=last_on,
        standing=standing,
        weight=weight,
        is_weak=below >= rule.weak_from,
        wish=None if wish is None else wish[1],
        wish_place=0 if wish is None else wish[0],
        hastened=hastened,
        rank=rank,
        important=wish is not None or rank <= situation.important_rank,
    )


def due_day(
    last_on: date, interval_days: int, weight: float, situation: Situation | None, rule: ScheduleRule = RULE
) -> date:
    """Return the day on which a question is due that was asked on `last_on`. situation: None for no interview.

    The nearer the interview, the sooner, and never later.
    """
    days = max(1, round(interval_days / weight))
    if situation is not None and situation.days_left is not None and situation.interview_on is not None:
        days_between = (situation.interview_on - last_on).days
        days = min(days, max(1, ceil(rule.gap_share * days_between)))
    return last_on + timedelta(days=days)


# --- weak competencies ----------------------------------------------------------------------------


def below_usual(
    pairs: Iterable[tuple[Question, Standing | None]], rule: ScheduleRule = RULE
) -> Mapping[str | None, float]:
    """Return how far below your usual quality each competency lies, as a share of the points; above it, below 0.

    Shrunk towards your usual: with few takes, a competency lies near it whatever they were.
    """
    sums: dict[str | None, float] = defaultdict(float)
    counts: dict[str | None, int] = defaultdict(int)
    for question, standing in pairs:
        if standing is not None and standing.quality is not None:
            sums[question.competency] += standing.quality * standing.quality_count
            counts[question.competency] += standing.quality_count
    if not counts:
        return {}
    usual = sum(sums.values()) / sum(counts.values())
    return {
        competency: (usual * counts[competency] - sums[competency]) / (counts[competency] + rule.prior_takes)
        for competency in counts
        if competency is not None
    }


def weight_of(below: float, rule: ScheduleRule = RULE) -> float:
    """Return by how much the interval of a question is divided whose competency lies `below` your usual."""
    return min(rule.most_weight, max(1.0, 1 + rule.weight_per_share * below))


# --- wishes ---------------------------------------------------------------------------------------


def _wished(
    pairs: Sequence[tuple[Question, Standing | None]], wishes: Iterable[Wish], rule: ScheduleRule
) -> Mapping[Key, tuple[int, Wish]]:
    """Return what each question would fulfil that is wished for, with the place of the wish, the newest first.

    Wishes of one moment keep their order. Fulfilled ones are passed over.
    """
    named = {
        (question.bank_id, name): (question, standing) for question, standing in pairs for name in _names(question)
    }
    wished: dict[Key, tuple[int, Wish]] = {}
    for place, wish in enumerate(sorted(wishes, key=lambda wish: wish.since, reverse=True)):
        if wish.bank_id is not None and wish.question_id is not None:  # nearly all are such, and there may be many
            candidates = [named[wish.bank_id, wish.question_id]] if (wish.bank_id, wish.question_id) in named else []
        else:
            candidates = list(pairs)
        fitting = [(question, standing) for question, standing in candidates if wish.fits(question)]
        waiting = [question for question, standing in fitting if not _answered_since(standing, wish)]
        wanted_count = 1 if wish.question_id is not None else rule.questions_for_a_wish
        if len(fitting) - len(waiting) < wanted_count:
            for question in waiting:
                wished.setdefault((question.bank_id, question.id), (place, wish))
    return wished


def _names(question: Question) -> tuple[str, ...]:
    return (question.id, *question.aliases)


def _answered_since(standing: Standing | None, wish: Wish) -> bool:
    return standing is not None and standing.last_asked_at >= wish.since


# --- in words -------------------------------------------------------------------------------------


def reason(due: Due, today: date) -> str:
    """Say in a few words why a question comes now: what weighs most."""
    if due.wish is not None:
        return f"{due.wish.source} asked for it"
    weak = f", {due.question.competency} is weak" if due.is_weak else ""
    if due.last_on is None:
        return f"new{weak}"
    days = (today - due.due_on).days
    if days < 0:
        return f"early: due in {counted(-days, 'day')}"
    if due.hastened:
        return f"before the interview{weak}"
    since = {0: "due today", 1: "due since yesterday"}.get(days, f"due for {days} days")
    return f"{since}{weak}"
