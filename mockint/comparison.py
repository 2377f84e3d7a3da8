"""Two takes side by side: which differences between them are real, and which are within noise.

"Real" means: had both takes been spoken alike, a difference this large, in any of the measures, would come up in fewer
than one of twenty pairs of takes. A measure is tested against what varies within the two takes, and, once there are
enough other takes, also against how far apart this speaker's takes usually lie; the weaker result holds.

Fillers and long pauses are counts of chance events. A recogniser misses some, but the same share in both takes, so the
test of their rates holds for what was heard; that is why takes heard by two engines are never tested.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from math import inf
from types import MappingProxyType
from typing import TYPE_CHECKING

from mockint.differences import Counted, Sampled, change_p, means_p, rates_p, together
from mockint.figures import clock
from mockint.model import FillerKind
from mockint.progress import Direction
from mockint.progress.band import direction
from mockint.scoring import METHOD, plain_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mockint.model import Delivery, Result, ScorePart, Take
    from mockint.scoring import ScoringMethod


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonRule:
    """Every number that a comparison rests on."""

    significance: float = 0.05
    """How many pairs of takes that were spoken alike may have any difference called real, as a share."""
    window_s: float = 10.0
    """The pace of a take is looked at in equal stretches of at least this length: a breath or two of talk each."""
    fewest_windows: int = 3
    """With fewer stretches on either side, how much the pace varies is anyone's guess."""
    hesitation_s: float = 0.5
    """Fillers closer together than this are one hesitation. Chance events come alone: taken one by one, fillers that
    come in twos would make more than the stated share of equal takes differ."""
    own_from_sessions: int = 3
    """As in `progress`: from so many sessions on it is known what is usual for the speaker,"""
    own_from_takes: int = 6
    """given so many takes other than the two: with fewer, Student's t asks for changes that nobody makes."""


RULE = ComparisonRule()


class Judgement(str, Enum):
    """What a difference is."""

    REAL = "real"
    WITHIN_NOISE = "within noise"
    UNKNOWN = "cannot be told"


class Basis(str, Enum):
    """What a difference was held against."""

    RATES = "rates"
    """Two rates of chance events: `differences.rates_p`."""
    STRETCHES = "stretches"
    """What varies from stretch to stretch within the takes, and how well words are heard: `differences.means_p`."""
    OTHER_TAKES = "other takes"
    """How far apart this speaker's takes usually lie: `differences.change_p`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherTakes:
    """What the speaker's other takes measured: those heard by the same engine and scored by the same method."""

    session_count: int = 0
    values: Mapping[str, Sequence[float]] = field(default_factory=lambda: MappingProxyType({}))
    """Measure -> a value for each take that has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One measure in both takes. `why` says on what the judgement rests."""

    before: ScorePart
    after: ScorePart
    judgement: Judgement
    direction: Direction
    why: str
    p_value: float | None = None
    """How often a difference this large, in any of the measures, comes up between takes that were spoken alike."""
    basis: Basis | None = None
    """Of the test that gave the p-value; None where nothing was tested."""

    @property
    def name(self) -> str:
        """What is measured."""
        return self.after.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two takes, the one that was asked earlier first."""

    before: Take
    after: Take
    same_question: bool
    obstacle: str | None
    """Why no difference may be called real; None where nothing stands in the way."""
    notes: tuple[str, ...]
    """What to keep in mind."""
    changes: tuple[Change, ...]
    """One for each measure of the score; none where a take is not scored."""

    @property
    def real(self) -> tuple[Change, ...]:
        """The changes that are real."""
        return tuple(change for change in self.changes if change.judgement is Judgement.REAL)


def compare(
    one: Take,
    other: Take,
    others: OtherTakes | None = None,
    method: ScoringMethod = METHOD,
    rule: ComparisonRule = RULE,
) -> Comparison:
    """Compare two takes, in whatever order they come. method: the one that scored them."""
    before, after = sorted((one, other), key=lambda take: (take.asked_at, take.id))
    obstacle = _obstacle(before, after, method)
    changes: tuple[Change, ...] = ()
    if before.result is not None and after.result is not None:
        pairs = _pairs(before.result, after.result)
        found = {} if obstacle else _tested(before.result, after.result, others or OtherTakes(), method, rule)
        adjusted = together({name: test.p_value for name, test in found.items()})
        changes = tuple(
            _change(pair, found.get(name), adjusted.get(name), obstacle, rule) for name, pair in pairs.items()
        )
    return Comparison(
        before=before,
        after=after,
        same_question=_is_same_question(before, after),
        obstacle=obstacle,
        notes=tuple(_notes(before, after)),
        changes=changes,
    )


# --- each measure ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Test:
    p_value: float
    basis: Basis
    why: str


def _tested(
    before: Result, after: Result, others: OtherTakes, method: ScoringMethod, rule: ComparisonRule
) -> dict[str, _Test]:
    """Return the test of each measure that can be tested, by its name."""
    within = {"pace": _pace, "fillers": _fillers, "long pauses": _long_pauses}
    found = {}
    for name, (one, other) in _pairs(before, after).items():
        if one.value is None or other.value is None:
            continue
        tests = [_among_others(other.value - one.value, others, name, rule)]
        if name in within:
            tests.append(within[name](before.delivery, after.delivery, method, rule))
        weakest = max((test for test in tests if test is not None), key=lambda test: test.p_value, default=None)
        if weakest is not None:
            found[name] = weakest
    return found


def _pace(before: Delivery, after: Delivery, method: ScoringMethod, rule: ComparisonRule) -> _Test | None:
    sides = [_stretches(delivery, method, rule) for delivery in (before, after)]
    counts = [len(side.values) for side in sides]
    if min(counts) < rule.fewest_windows:
        return None
    why = (
        f"Held against how it varies over {counts[0]} and {counts[1]} stretches of {rule.window_s:g} s or more,"
        f" and a word count that is known to {100 * method.pace_error_share:g} %."
    )
    return _Test(means_p(*sides), Basis.STRETCHES, why)


def _stretches(delivery: Delivery, method: ScoringMethod, rule: ComparisonRule) -> Sampled:
    """The pace of each of as many equal stretches of the answer as fit, in words a minute."""
    answer, wpm = delivery.answer, delivery.pace.words_per_minute
    if answer is None or wpm is None:
        return Sampled(values=())
    count = int(answer.duration_s / rule.window_s)
    counts = [0] * count
    for word in plain_words(delivery) if count else ():
        middle_s = (word.start_s + word.end_s) / 2 - answer.start_s
        counts[min(count - 1, max(0, int(middle_s / answer.duration_s * count)))] += 1
    per_minute = 60 * count / answer.duration_s
    return Sampled(values=[each * per_minute for each in counts], error=wpm * method.pace_error_share)


def _fillers(before: Delivery, after: Delivery, method: ScoringMethod, rule: ComparisonRule) -> _Test:
    """Markers that may be none are counted, and not counted: the weaker result holds."""
    words = [len(plain_words(delivery)) for delivery in (before, after)]
    tests = []
    for least in (method.sure_marker_from, 0.0):
        counts = [_hesitation_count(delivery, least, rule) for delivery in (before, after)]
        sides = [Counted(count=count, exposure=exposure) for count, exposure in zip(counts, words, strict=True)]
        why = f"{_hesitations(counts[0])} in {words[0]} words, then {counts[1]} in {words[1]}."
        tests.append(_Test(rates_p(*sides), Basis.RATES, why))
    return max(tests, key=lambda test: test.p_value)


def _hesitation_count(delivery: Delivery, least_confidence: float, rule: ComparisonRule) -> int:
    """How often fillers came, those right after each other taken as one: runs declustering (Smith & Weissman 1994)."""
    end_s = -inf
    count = 0
    for filler in delivery.fillers:
        if filler.kind is FillerKind.FILLED_PAUSE or filler.confidence >= least_confidence:
            count += filler.start_s - end_s >= rule.hesitation_s
            end_s = max(end_s, filler.end_s)
    return count


def _hesitations(count: int) -> str:
    return f"{count} hesitation{'' if count == 1 else 's'} with fillers"


def _long_pauses(before: Delivery, after: Delivery, method: ScoringMethod, _: ComparisonRule) -> _Test | None:
    if before.answer is None or after.answer is None:
        return None
    sides = [
        Counted(
            count=sum(pause.duration_s >= method.long_pause_s for pause in delivery.pauses),
            exposure=answer.duration_s / 60,
        )
        for delivery, answer in ((before, before.answer), (after, after.answer))
    ]
    lengths = (clock(before.answer.duration_s), clock(after.answer.duration_s))
    why = f"{sides[0].count} in {lengths[0]}, then {sides[1].count} in {lengths[1]}."
    return _Test(rates_p(*sides), Basis.RATES, why)


def _among_others(change: float, others: OtherTakes, name: str, rule: ComparisonRule) -> _Test | None:
    values = others.values.get(name, ())
    if others.session_count < rule.own_from_sessions or len(values) < rule.own_from_takes:
        return None
    p_value = change_p(change, values)
    why = f"Held against how far your other {len(values)} takes lie apart."
    return None if p_value is None else _Test(p_value, Basis.OTHER_TAKES, why)


# --- what is said of it ---------------------------------------------------------------------------


def _change(
    pair: tuple[ScorePart, ScorePart],
    test: _Test | None,
    p_value: float | None,
    obstacle: str | None,
    rule: ComparisonRule,
) -> Change:
    before, after = pair
    known = before.value is not None and after.value is not None
    sense = Direction.NEITHER
    if before.value is not None and after.value is not None:
        sense = direction(before.value, after.value, after.band)
    if test is None or p_value is None:
        why = _why_untested(after.name, rule) if known and not obstacle else ""
        return Change(before=before, after=after, judgement=Judgement.UNKNOWN, direction=sense, why=why)
    judgement = Judgement.REAL if p_value <= rule.significance else Judgement.WITHIN_NOISE
    return Change(
        before=before,
        after=after,
        judgement=judgement,
        direction=sense,
        why=test.why,
        p_value=p_value,
        basis=test.basis,
    )


def _why_untested(name: str, rule: ComparisonRule) -> str:
    if name == "pace":
        least_s = rule.fewest_windows * rule.window_s
        return f"Answers under {least_s:g} s are too short to tell how much their pace varies."
    return (
        f"One answer does not show how far yours usually lie apart: that takes {rule.own_from_sessions} sessions"
        f" and {rule.own_from_takes} other takes."
    )


def _pairs(before: Result, after: Result) -> dict[str, tuple[ScorePart, ScorePart]]:
    """The parts of the score that both have, by name; of typed answers those alone that are measured in them."""
    earlier = {part.name: part for part in before.score.parts}
    typed = before.delivery.typed and after.delivery.typed
    return {
        part.name: (earlier[part.name], part)
        for part in after.score.parts
        if part.name in earlier and not (typed and part.value is None and earlier[part.name].value is None)
    }


def _obstacle(before: Take, after: Take, method: ScoringMethod) -> str | None:
    if before.result is None or after.result is None:
        unscored = " and ".join(f"take {take.id}" for take in (before, after) if take.result is None)
        return f"Nothing was measured in {unscored}, so nothing can be compared but the sound."
    one, other = before.result, after.result
    anew = f"To compare them, score both anew: mockint data rescore {before.id} {after.id}."
    if one.score.method_version != other.score.method_version:
        return (
            f"Take {before.id} was scored by method {one.score.method_version}, take {after.id} by method"
            f" {other.score.method_version}: no difference is called real. {anew}"
        )
    if one.delivery.typed != other.delivery.typed:
        typed, said = (before, after) if one.delivery.typed else (after, before)
        return f"Take {typed.id} was typed and take {said.id} spoken: nothing in them can be compared but the words."
    if one.delivery.engine != other.delivery.engine:
        return (
            f"Take {before.id} was heard by {one.delivery.engine}, take {after.id} by {other.delivery.engine}:"
            f" no difference is called real. {anew}"
        )
    if one.score.method_version != method.version:
        return (
            f"Both takes were scored by method {one.score.method_version}, whose numbers are not known any more:"
            f" no difference is called real. {anew}"
        )
    return None


def _notes(before: Take, after: Take) -> Iterator[str]:
    if not _is_same_question(before, after):
        yield "These are two questions: some of what differs may lie in what was asked."
    corrected = [take.result is not None and take.result.corrected for take in (before, after)]
    if any(corrected) and not all(corrected):
        with_them, without = (before, after) if corrected[0] else (after, before)
        yield f"Take {with_them.id} has your corrections and take {without.id} has none: that alone can move fillers."


def _is_same_question(one: Take, other: Take) -> bool:
    """Whether both answer one question, also where its id was another one before."""
    ids = [{take.question.id, *take.question.aliases} for take in (one, other)]
    return one.question.bank_id == other.question.bank_id and bool(ids[0] & ids[1])
