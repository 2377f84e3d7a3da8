"""What the person corrected: their corrections laid over a delivery, and measured again by the same rules.

A correction names a place in time and what was heard there, so it can be laid over what another recogniser makes of the
same recording. Where that one heard it right, the correction changes nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from mockint.delivery.discourse_markers import find_discourse_markers
from mockint.delivery.filled_pauses import count_filled_pauses
from mockint.delivery.pace import measure_pace
from mockint.delivery.word_classes import bare_word, is_filled_pause
from mockint.delivery.wording import find_hedges, find_repeats, most_used_words
from mockint.errors import UsageProblem
from mockint.figures import fine_clock
from mockint.model import Correction, CorrectionKind, Evidence, Filler, FillerKind, Result, Span, Word
from mockint.scoring import score

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mockint.model import Delivery, Question
    from mockint.scoring import ScoringMethod

    Placed = TypeVar("Placed", Word, Filler, Span, Correction)


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionSettings:
    """How far apart times may be and still mean the same place."""

    reach_s: float = 1.0
    """How far a word may be from the time that the person names: it is read off a screen, or caught by ear."""
    shown_step_s: float = 0.1
    """How finely a screen shows when a word begins: one that begins at the time named, as shown, is the one meant."""
    same_place_s: float = 0.5
    """Two recognisers place one word this close together: their median errors are 0.05 to 0.12 s."""
    inserted_word_s: float = 0.3
    """How long an inserted word is taken to last: 200 words a minute."""


SETTINGS = CorrectionSettings()


# --- laying corrections over a delivery -----------------------------------------------------------


def in_force(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """Return the corrections that were not taken back, oldest first."""
    kept: list[Correction] = []
    for correction in corrections:
        if correction.kind is CorrectionKind.UNDO:
            del kept[-1:]
        else:
            kept.append(correction)
    return tuple(kept)


def apply_corrections(
    delivery: Delivery, corrections: Iterable[Correction], settings: CorrectionSettings = SETTINGS
) -> Delivery:
    """Return the delivery as it is with the corrections: words and fillers, and every figure that is drawn from them.

    What the sound alone tells (pauses, the answer's beginning and end) stays, and so do the caveats.
    """
    holding = in_force(corrections)
    if not holding:
        return delivery
    said = _Said(delivery, settings)
    for correction in holding:
        said.correct(correction)
    words = tuple(said.words)
    filled_pauses = sorted(said.filled_pauses.values(), key=lambda filler: filler.start_s)
    markers = _markers(find_discourse_markers(words, delivery.pauses), words, holding, settings)
    return replace(
        delivery,
        words=words,
        fillers=tuple(sorted((*filled_pauses, *markers), key=lambda filler: filler.start_s)),
        filled_pause_count=count_filled_pauses(filled_pauses),
        pace=delivery.pace if delivery.answer is None else measure_pace(delivery.answer, words, delivery.pauses),
        hedges=find_hedges(words),
        repeats=find_repeats(words),
        most_used_words=most_used_words(words),
    )


def corrected_result(
    heard: Result, question: Question | None, corrections: Sequence[Correction], method: ScoringMethod
) -> Result:
    """Measure and score what was heard as the person corrected it."""
    delivery = apply_corrections(heard.delivery, corrections)
    return Result(delivery=delivery, score=score(delivery, question, method), corrected=bool(in_force(corrections)))


class _Said:
    """The words and filled pauses of a take while they are being corrected."""

    def __init__(self, delivery: Delivery, settings: CorrectionSettings) -> None:
        self.words = list(delivery.words)
        self.filled_pauses = {
            (filler.start_s, filler.end_s): filler
            for filler in delivery.fillers
            if filler.kind is FillerKind.FILLED_PAUSE
        }
        self._settings = settings

    def correct(self, correction: Correction) -> None:
        """Lay one correction over the words; markers are none of its business."""
        old, new = correction.old_text or "", correction.new_text or ""
        kind = correction.kind
        if kind is CorrectionKind.WORD_CHANGED:
            self._change(correction, old, new)
        elif kind is CorrectionKind.WORD_INSERTED:
            if not self._is_there(correction, new):
                self._insert(correction, new)
        elif kind is CorrectionKind.WORD_DELETED or (kind is CorrectionKind.NOT_A_FILLER and _is_sound(old)):
            found = self._find(correction, old)
            if found is not None:
                self._replace(found, ())
        elif kind is CorrectionKind.FILLER_ADDED and _is_sound(new):
            found = self._find(correction, new)
            if found is None:
                self._insert(correction, new)
            else:  # it was heard, and now it is sure
                self._replace(found, self.words[found])

    def _change(self, correction: Correction, old: str, new: str) -> None:
        found = self._find(correction, old)
        if found is None:
            if self._find(correction, new) is not None:  # this recogniser heard it right
                return
            found = self._within(correction)
            if found.start == found.stop:
                self._insert(correction, new)
                return
        covered = self.words[found]
        self._replace(found, _spread(new, Span(start_s=covered[0].start_s, end_s=covered[-1].end_s)))

    def _insert(self, correction: Correction, text: str) -> None:
        """Put words where they were said; they end where the next word begins."""
        index = sum(word.start_s <= correction.start_s for word in self.words)
        end_s = min(correction.end_s, *(word.start_s for word in self.words[index : index + 1]), math.inf)
        self._replace(slice(index, index), _spread(text, Span(start_s=correction.start_s, end_s=end_s)))

    def _replace(self, place: slice, words: Sequence[Word]) -> None:
        for word in self.words[place]:
            self.filled_pauses.pop((word.start_s, word.end_s), None)
        self.words[place] = words
        self.words.sort(key=lambda word: word.start_s)  # an inserted word can lie within another
        for word in words:
            if _is_sound(word.text):
                self.filled_pauses[word.start_s, word.end_s] = _filler(FillerKind.FILLED_PAUSE, word.text, _span(word))

    def _find(self, correction: Correction, text: str) -> slice | None:
        return _find(self.words, text, _middle_s(correction), self._settings.same_place_s)

    def _is_there(self, correction: Correction, text: str) -> bool:
        found = self._find(correction, text)
        return found is not None and any(_overlap(word, correction) for word in self.words[found])

    def _within(self, correction: Correction) -> slice:
        """The words, heard by another recogniser, that stand where the correction is."""
        first = sum(_middle_s(word) < correction.start_s for word in self.words)
        last = sum(_middle_s(word) <= correction.end_s for word in self.words)
        return slice(first, last)


def _markers(
    found: Sequence[Filler], words: Sequence[Word], corrections: Iterable[Correction], settings: CorrectionSettings
) -> list[Filler]:
    """The discourse markers as the person sees them: disputed ones gone, added ones there."""
    markers = list(found)
    for correction in corrections:
        at_s = _middle_s(correction)
        if correction.kind is CorrectionKind.NOT_A_FILLER:
            disputed = _bare(correction.old_text or "")
            markers = [
                marker
                for marker in markers
                if _bare(marker.text) != disputed or abs(_middle_s(marker) - at_s) > settings.same_place_s
            ]
        elif correction.kind is CorrectionKind.FILLER_ADDED and not _is_sound(correction.new_text or ""):
            place = _find(words, correction.new_text or "", at_s, settings.same_place_s)
            there = words[place] if place is not None else (correction,)
            span = Span(start_s=there[0].start_s, end_s=there[-1].end_s)
            markers = [marker for marker in markers if not _overlap(marker, span)]
            markers.append(_filler(FillerKind.DISCOURSE_MARKER, correction.new_text or "", span))
    return markers


# --- from a time that the person names to a correction --------------------------------------------


def change_word(delivery: Delivery, at_s: float, new_text: str, settings: CorrectionSettings = SETTINGS) -> Correction:
    """The word nearest to `at_s` was `new_text`. Raises UsageProblem where there is none."""
    word = _nearest(delivery.words, at_s, "word", settings)
    return _correction(CorrectionKind.WORD_CHANGED, word, old_text=word.text, new_text=_some(new_text))


def delete_word(delivery: Delivery, at_s: float, settings: CorrectionSettings = SETTINGS) -> Correction:
    """The word nearest to `at_s` was not said. Raises UsageProblem where there is none."""
    word = _nearest(delivery.words, at_s, "word", settings)
    return _correction(CorrectionKind.WORD_DELETED, word, old_text=word.text)


def insert_word(delivery: Delivery, at_s: float, new_text: str, settings: CorrectionSettings = SETTINGS) -> Correction:
    """Something was said at `at_s` that is missing. Raises UsageProblem where the take does not last that long."""
    duration_s = settings.inserted_word_s * len(_some(new_text).split())
    span = _span_within(delivery, at_s, duration_s)
    return _correction(CorrectionKind.WORD_INSERTED, span, new_text=_some(new_text))


def dispute_filler(delivery: Delivery, at_s: float, settings: CorrectionSettings = SETTINGS) -> Correction:
    """The filler nearest to `at_s` is none. Raises UsageProblem where there is none."""
    filler = _nearest(delivery.fillers, at_s, "filler", settings)
    return _correction(CorrectionKind.NOT_A_FILLER, filler, old_text=filler.text)


def add_filler(delivery: Delivery, at_s: float, text: str, settings: CorrectionSettings = SETTINGS) -> Correction:
    """There was a filler at `at_s`: um, or a word that did no work. Raises UsageProblem where no such word was said."""
    place = _find(delivery.words, _some(text), at_s, settings.reach_s)
    if place is not None:
        there = delivery.words[place]
        span = Span(start_s=there[0].start_s, end_s=there[-1].end_s)
    elif _is_sound(text):
        span = _span_within(delivery, at_s, settings.inserted_word_s)
    else:
        raise UsageProblem(
            f'"{text}" was not heard within {settings.reach_s:g} s of {fine_clock(at_s)}.',
            "See when each word was said: mockint review TAKE --times",
        )
    return _correction(CorrectionKind.FILLER_ADDED, span, new_text=text)


def undo(corrections: Iterable[Correction]) -> Correction:
    """Take back the newest correction that still holds. Raises UsageProblem where there is none."""
    holding = in_force(corrections)
    if not holding:
        raise UsageProblem("There is no correction to take back.")
    return replace(holding[-1], kind=CorrectionKind.UNDO)


def _nearest(places: Sequence[Placed], at_s: float, what: str, settings: CorrectionSettings) -> Placed:
    def distance_s(place: Placed) -> float:
        return max(place.start_s - at_s, at_s - place.end_s, 0.0)

    def order(place: Placed) -> tuple[bool, float, float]:
        elsewhere = abs(place.start_s - at_s) > settings.shown_step_s / 2
        return elsewhere, distance_s(place), abs(_middle_s(place) - at_s)

    nearest = min(places, key=order, default=None)
    if nearest is None:
        raise UsageProblem(f"There is no {what} in this take.")
    if distance_s(nearest) > settings.reach_s:
        raise UsageProblem(
            f"There is no {what} within {settings.reach_s:g} s of {fine_clock(at_s)}.",
            f"The nearest begins at {fine_clock(nearest.start_s)}. All times: mockint review TAKE --times",
        )
    return nearest


def _span_within(delivery: Delivery, at_s: float, duration_s: float) -> Span:
    if not 0 <= at_s < delivery.duration_s:
        raise UsageProblem(f"The take ends at {fine_clock(delivery.duration_s)}.")
    return Span(start_s=at_s, end_s=at_s + duration_s)


def _correction(
    kind: CorrectionKind, place: Word | Filler | Span, *, old_text: str | None = None, new_text: str | None = None
) -> Correction:
    return Correction(kind=kind, start_s=place.start_s, end_s=place.end_s, old_text=old_text, new_text=new_text)


def _some(text: str) -> str:
    if not text.strip():
        raise UsageProblem("A word needs at least one letter.", "To take a word away: --delete TIME")
    return text.strip()


# --- places and texts -----------------------------------------------------------------------------


def _find(words: Sequence[Word], text: str, at_s: float, reach_s: float) -> slice | None:
    """Where these words were heard, nearest to `at_s` and no further than `reach_s`; None where they were not."""
    wanted = _bare(text)
    length = len(wanted)
    firsts = [
        first
        for first in range(len(words) - length + 1)
        if wanted and tuple(bare_word(word.text) for word in words[first : first + length]) == wanted
    ]

    def distance_s(first: int) -> float:
        return abs((words[first].start_s + words[first + length - 1].end_s) / 2 - at_s)

    nearest = min(firsts, key=distance_s, default=None)
    if nearest is None or distance_s(nearest) > reach_s:
        return None
    return slice(nearest, nearest + length)


def _bare(text: str) -> tuple[str, ...]:
    return tuple(bare_word(word) for word in text.split())


def _is_sound(text: str) -> bool:
    """Whether the text is a filled pause, um or uh."""
    return is_filled_pause(bare_word(text))


def _spread(text: str, span: Span) -> tuple[Word, ...]:
    """The words of a text, evenly over the span: nobody knows better."""
    texts = text.split()
    each_s = span.duration_s / len(texts)
    starts = [span.start_s + i * each_s for i in range(len(texts))]
    return tuple(
        Word(text=word, start_s=start_s, end_s=start_s + each_s) for word, start_s in zip(texts, starts, strict=True)
    )


def _filler(kind: FillerKind, text: str, span: Span) -> Filler:
    return Filler(
        kind=kind, text=text, start_s=span.start_s, end_s=span.end_s, confidence=1.0, evidence=Evidence.PERSON
    )


def _span(place: Word | Correction) -> Span:
    return Span(start_s=place.start_s, end_s=place.end_s)


def _middle_s(place: Word | Filler | Span | Correction) -> float:
    return (place.start_s + place.end_s) / 2


def _overlap(one: Word | Filler | Span | Correction, other: Word | Filler | Span | Correction) -> bool:
    return min(one.end_s, other.end_s) > max(one.start_s, other.start_s)
