"""Delivery and question -> score: points with a reason each, by a named and versioned method.

The curves are piecewise linear with flat tops. They rest on published figures (named beside each) and on judgement
where none exist; they are meant to be read, and overridden. Accent, pronunciation and the recogniser's confidence
never count.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from mockint.figures import aim, aim_of, clock, with_unit
from mockint.model import Band, FillerKind, Score, ScorePart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mockint.model import Delivery, Filler, Question, Result, Span, Word

Curve = tuple[tuple[float, float], ...]
"""(value, share of the points in percent) in order of value; straight lines between, flat beyond the ends."""

STOPS = ".,;:?!"
"""What a recogniser writes after a word that nobody says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoringMethod:
    """One scoring method: every number in it. Change one, and the version must change with it."""

    version: str = "1"

    pace_points: float = 30.0
    pace_wpm: Curve = ((70, 20), (100, 65), (125, 100), (175, 100), (195, 80), (230, 40))
    """Flat over what fluent speakers do (P25 130 to P75 169), steep below: slower talkers are rated lower in
    interviews (Feiler & Powell 2015); 100-165 is the product target of Microsoft's Speaker Coach."""
    pace_error_share: float = 0.05
    """How far the word count is off, as a share, on annotated speech: widens the interval of the pace."""

    filler_points: float = 30.0
    fillers_per_100_words: Curve = ((0, 100), (3.4, 100), (5, 80), (8.3, 40), (12, 15))
    """3.4 and 8.3 are 5 and 12 a minute at 145 words a minute: no penalty, and harmful (Laske & DiGennaro Reed
    2024)."""
    ambiguous_marker_weight: float = 0.5
    sure_marker_from: float = 0.8
    """A discourse marker with less confidence than this is ambiguous and weighs less."""
    fewest_words: int = 20
    """With fewer words, a rate per 100 words says nothing."""

    long_pause_points: float = 20.0
    long_pause_s: float = 2.0
    """Speech coaches call 2-3 s in mid-sentence long."""
    long_pauses_per_minute: Curve = ((0, 100), (1, 95), (3, 60), (6, 25))

    length_points: float = 20.0
    shortest_answer_s: float = 15.0
    """An answer this short earns nothing for its length."""
    window_s: tuple[float, float] = (60.0, 120.0)
    """The usual window of an answer, where the question names no limit of its own."""
    overlong_shares: Curve = ((1.0, 100), (1.5, 70), (2.0, 40))
    """(length as a multiple of the window's end, percent)."""
    time_factor: float = 1.0
    """The window of every answer is so many times as long, for those who are given more time."""

    unscored: frozenset[str] = frozenset()
    """Names of measures that are shown and have neither points nor an aim."""
    praises_fluency: bool = True

    fluent_run_words: int = 8
    """A run of this many words without filler, repeat or pause is worth quoting as a strength."""
    fluent_quote_words: int = 3
    """So many of its first words are quoted, and of its last; fewer where they are long."""
    strength_from_share: float = 0.8
    quoted_word_count: int = 4
    sentence_cells: int = 78
    """The strength is one line of a terminal, with two cells before it."""
    band_from_percent: float = 95.0
    """Values that earn at least this much of the points are inside the band."""


METHOD = ScoringMethod()


def score(delivery: Delivery, question: Question | None, method: ScoringMethod = METHOD) -> Score:
    """Score one take. A part that could not be measured has no points and says why."""
    measured = (
        _pace(delivery, method),
        _fillers(delivery, method),
        _long_pauses(delivery, method),
        _length(delivery, question, method),
    )
    parts = tuple(_shown_only(part) if part.name in method.unscored else part for part in measured)
    return Score(
        method_version=method.version,
        parts=parts,
        strength=_strength(delivery, parts, method),
        focus=_focus(delivery, parts, method),
    )


def ungraded(result: Result) -> Result:
    """Return the same measures, bands and reasons without points, for those who want no grade."""
    parts = tuple(replace(part, points=None) for part in result.score.parts)
    return replace(result, score=replace(result.score, parts=parts))


# --- the parts ------------------------------------------------------------------------------------


def _pace(delivery: Delivery, method: ScoringMethod) -> ScorePart:
    value = delivery.pace.words_per_minute
    band = _band(method.pace_wpm, method)
    part = _Part("pace", method.pace_points, "words/min", band)
    if value is None:
        return part.unmeasured(_why_no_words(delivery))
    if too_few := _too_few_words(delivery, method):
        return part.unmeasured(too_few)
    because = f"{value:.0f} words a minute; the aim is {aim_of(band, part.unit)}."
    windows = sorted(delivery.pace.windows, key=lambda window: window.words_per_minute)
    if len(windows) > 1:
        slow, fast = windows[0], windows[-1]
        because += (
            f" Slowest from {clock(slow.start_s)} ({slow.words_per_minute:.0f}),"
            f" fastest from {clock(fast.start_s)} ({fast.words_per_minute:.0f}):"
            f" {_quote_from(delivery, fast.start_s, method)}."
        )
    error = value * method.pace_error_share
    return part.measured(value, value - error, value + error, method.pace_wpm, because)


def _fillers(delivery: Delivery, method: ScoringMethod) -> ScorePart:
    band = Band(low=None, high=_band(method.fillers_per_100_words, method).high)
    part = _Part("fillers", method.filler_points, "per 100 words", band)
    words = plain_words(delivery)
    if delivery.filled_pause_count is None or not delivery.words_known:
        return part.unmeasured(_why_no_words(delivery))
    if too_few := _too_few_words(delivery, method):
        return part.unmeasured(too_few)
    markers = [filler for filler in delivery.fillers if filler.kind is FillerKind.DISCOURSE_MARKER]
    sure = sum(1 for marker in markers if marker.confidence >= method.sure_marker_from)
    unsure = len(markers) - sure
    count = delivery.filled_pause_count
    per_100 = 100 / len(words)
    return part.measured(
        (count.count + sure + unsure * method.ambiguous_marker_weight) * per_100,
        (count.low + sure) * per_100,
        (count.high + len(markers)) * per_100,
        method.fillers_per_100_words,
        _why_fillers(delivery, markers, len(words), method),
    )


def _why_fillers(delivery: Delivery, markers: Sequence[Filler], word_count: int, method: ScoringMethod) -> str:
    count = delivery.filled_pause_count
    assert count is not None  # noqa: S101 - the caller looked
    if not delivery.fillers:
        return f"None heard in {word_count} words."
    likely = f"{count.low}" if count.low == count.high else f"{count.low}-{count.high}"
    sounds = f"at least {count.at_least}, likely {likely}" if count.high else "none heard"
    said = f"um and uh: {sounds}; like, so, you know and such: {len(markers)}; in {word_count} words."
    example = max(delivery.fillers, key=lambda filler: filler.confidence)
    return f"{said} At {clock(example.start_s)}: {_quote_around(delivery, example, method)}"


def _long_pauses(delivery: Delivery, method: ScoringMethod) -> ScorePart:
    band = Band(low=None, high=_band(method.long_pauses_per_minute, method).high)
    part = _Part("long pauses", method.long_pause_points, "per minute", band)
    if delivery.answer is None:
        return part.unmeasured(_why_no_words(delivery))
    long = _long(delivery, method)
    value = len(long) * 60 / delivery.answer.duration_s
    if not long:
        return part.measured(
            value, value, value, method.long_pauses_per_minute, f"No pause of {method.long_pause_s:g} s or more."
        )
    longest = max(long, key=lambda pause: pause.duration_s)
    before = _quote_before(delivery, longest.start_s, method)
    because = (
        f"{len(long)} of {method.long_pause_s:g} s or more;"
        f" the longest, {longest.duration_s:.1f} s, at {clock(longest.start_s)}"
    )
    because += f", after {before}." if before else "."
    return part.measured(value, value, value, method.long_pauses_per_minute, because)


def _long(delivery: Delivery, method: ScoringMethod) -> list[Span]:
    return [pause for pause in delivery.pauses if pause.duration_s >= method.long_pause_s]


def _length(delivery: Delivery, question: Question | None, method: ScoringMethod) -> ScorePart:
    low, high = answer_window_s(question, method)
    part = _Part("length", method.length_points, "s", Band(low=low, high=high))
    if delivery.answer is None:
        return part.unmeasured(_why_no_words(delivery))
    value = delivery.answer.duration_s
    rise: Curve = ((min(method.shortest_answer_s, low / 2), 0.0), (low, 100.0))
    curve = rise + tuple((high * multiple, share) for multiple, share in method.overlong_shares)
    because = f"{clock(value)} from your first word to your last; the aim is {clock(low)}-{clock(high)}."
    if ending := _quote_before(delivery, delivery.answer.end_s, method):
        because += f" You ended at {clock(delivery.answer.end_s)}: {ending}."
    return part.measured(value, value, value, curve, because)


def answer_window_s(question: Question | None, method: ScoringMethod = METHOD) -> tuple[float, float]:
    """The shortest and longest answer, in seconds, that earns full marks for its length."""
    low, high = method.window_s
    if question is not None and question.time_limit_s is not None:
        low, high = min(low, question.time_limit_s / 2), question.time_limit_s
    return low * method.time_factor, high * method.time_factor


# --- one strength, one focus ----------------------------------------------------------------------


def _strength(delivery: Delivery, parts: Sequence[ScorePart], method: ScoringMethod) -> str | None:
    run = _longest_fluent_run(delivery)
    if method.praises_fluency and len(run) >= method.fluent_run_words:
        return _fluent(run, method)
    good = [(part.points / part.max_points, part) for part in parts if part.points is not None and part.max_points]
    if not good:
        return None
    share, best = max(good, key=lambda pair: pair[0])
    if best.value is None or share < method.strength_from_share:
        return None
    held = "and the aim is" if best.points == best.max_points else "near the aim of"
    return f"{best.name.capitalize()}: {with_unit(best.value, best.unit)}, {held} {aim(best)}."


def _fluent(run: Sequence[Word], method: ScoringMethod) -> str:
    """Name a fluent run by as many of its first and last words as fit on the line: a quote is never cut."""
    said = f"Fluent for {len(run)} words at {clock(run[0].start_s)}"
    for count in range(method.fluent_quote_words, 0, -1):
        first, last = (" ".join(word.text for word in words) for words in (run[:count], run[-count:]))
        sentence = f'{said}: "{first} ... {last.rstrip(STOPS)}".'
        if len(sentence) <= method.sentence_cells:
            return sentence
    return f"{said}."


def _focus(delivery: Delivery, parts: Sequence[ScorePart], method: ScoringMethod) -> str | None:
    # Inside the aim there is nothing to work on, though a curve may leave a point to win.
    scored = [part for part in parts if part.points is not None and not part.is_inside]
    part = max(scored, key=lambda part: part.max_points - (part.points or 0), default=None)
    if part is None or part.value is None or part.points == part.max_points:
        return None
    if part.name == "fillers":
        return _filler_goal(delivery, part)
    if part.name == "long pauses":
        return _pause_goal(delivery, part, method)
    too_little = part.band.is_below(part.value)
    if part.name == "pace":
        verb, bound = ("Speed up", "at least") if too_little else ("Slow down", "at most")
        end = part.band.low if too_little else part.band.high
        return f"{verb}: from {part.value:.0f} to {bound} {end:.0f} words a minute."
    now, low, high = (clock(time_s or 0) for time_s in (part.value, part.band.low, part.band.high))
    if too_little:
        return f"Say more: from {now} to at least {low}; add what you did and what came of it."
    return f"Come to the point sooner: from {now} to at most {high}."


def _filler_goal(delivery: Delivery, part: ScorePart) -> str:
    spoken = Counter(filler.text.lower().strip(STOPS) for filler in delivery.fillers)
    [(commonest, count)] = spoken.most_common(1)
    goal = int((part.band.high or 0) * len(plain_words(delivery)) / 100)
    return (
        f'Pause instead of "{commonest}" ({count} of {len(delivery.fillers)} fillers): at most {goal} at this length.'
    )


def _pause_goal(delivery: Delivery, part: ScorePart, method: ScoringMethod) -> str:
    assert delivery.answer is not None  # noqa: S101 - the part was measured
    count = len(_long(delivery, method))
    goal = int((part.band.high or 0) * delivery.answer.duration_s / 60)
    most = f"at most {goal}" if goal else "none"
    return f"Keep pauses under {method.long_pause_s:g} s: {most} longer at this length ({count} here)."


# --- the speaker's own words ----------------------------------------------------------------------


def plain_words(delivery: Delivery) -> tuple[Word, ...]:
    """The words that are not filled pauses: what rates are counted in."""
    sounds = {(filler.start_s, filler.end_s) for filler in delivery.fillers if filler.kind is FillerKind.FILLED_PAUSE}
    return tuple(word for word in delivery.words if (word.start_s, word.end_s) not in sounds)


def _quote_around(delivery: Delivery, filler: Filler, method: ScoringMethod) -> str:
    before = [word.text for word in delivery.words if word.end_s <= filler.start_s + _TOUCH_S]
    after = [word.text for word in delivery.words if word.start_s >= filler.end_s - _TOUCH_S]
    half = method.quoted_word_count // 2
    return '"' + " ".join([*before[-half:], filler.text, *after[:half]]) + '".'


def _quote_from(delivery: Delivery, time_s: float, method: ScoringMethod) -> str:
    after = [word.text for word in delivery.words if (word.start_s + word.end_s) / 2 >= time_s]
    return '"' + " ".join(after[: method.quoted_word_count]).rstrip(STOPS) + '"'


def _quote_before(delivery: Delivery, time_s: float, method: ScoringMethod) -> str | None:
    before = [word.text for word in delivery.words if word.start_s < time_s]
    return '"' + " ".join(before[-method.quoted_word_count :]).rstrip(STOPS) + '"' if before else None


_TOUCH_S = 0.02
"""Neighbouring words may overlap by this much: two hops of the analysis."""


def _longest_fluent_run(delivery: Delivery) -> tuple[Word, ...]:
    stumbles: tuple[Filler | Span, ...] = (*delivery.fillers, *delivery.repeats)
    best: list[Word] = []
    run: list[Word] = []
    for word in delivery.words:
        if _within(stumbles, word):
            run = []
            continue
        if run and _pause_between(delivery.pauses, run[-1], word):
            run = []
        run.append(word)
        best = max(best, list(run), key=len)
    return tuple(best)


def _within(places: Sequence[Filler | Span], word: Word) -> bool:
    middle = (word.start_s + word.end_s) / 2
    return any(place.start_s <= middle <= place.end_s for place in places)


def _pause_between(pauses: Sequence[Span], before: Word, after: Word) -> bool:
    return any(before.start_s < pause.start_s and pause.end_s <= after.end_s for pause in pauses)


# --- arithmetic -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    max_points: float
    unit: str
    band: Band

    def measured(self, value: float, low: float, high: float, curve: Curve, because: str) -> ScorePart:
        blank = self.unmeasured(because)
        return replace(blank, points=self.max_points * at(curve, value) / 100, value=value, low=low, high=high)

    def unmeasured(self, because: str) -> ScorePart:
        return ScorePart(
            name=self.name,
            points=None,
            max_points=self.max_points,
            value=None,
            low=None,
            high=None,
            unit=self.unit,
            band=self.band,
            because=because,
        )


def at(curve: Curve, value: float) -> float:
    """The height of a piecewise linear curve at `value`; flat beyond its ends."""
    if value <= curve[0][0]:
        return curve[0][1]
    for (x0, y0), (x1, y1) in pairwise(curve):
        if value <= x1:
            return y0 + (y1 - y0) * (value - x0) / (x1 - x0)
    return curve[-1][1]


def _shown_only(part: ScorePart) -> ScorePart:
    """Return a measure without points and without an aim: what it is, and no more."""
    because = part.because if part.value is None else f"{part.because} Shown, not scored."
    return replace(part, points=None, band=Band(low=None, high=None), because=because)


def _band(curve: Curve, method: ScoringMethod) -> Band:
    """The values that earn nearly all: a curve that begins with full marks has no lower end, for it is flat there."""
    good = [value for value, percent in curve if percent >= method.band_from_percent]
    return Band(low=None if good[0] == curve[0][0] else good[0], high=good[-1])


def _too_few_words(delivery: Delivery, method: ScoringMethod) -> str | None:
    """Why there is no rate of so few words; None where there are enough."""
    count = len(plain_words(delivery))
    if count >= method.fewest_words:
        return None
    return f"{count} words are too few to tell a rate ({method.fewest_words} are needed)."


def _why_no_words(delivery: Delivery) -> str:
    return "Could not be measured: " + (delivery.caveats[0] if delivery.caveats else "there is no transcript.")
