"""Filled pauses: um, uh, er, hmm ... from what every listener thought it heard, checked against the sound.

A listener (a recogniser, or one view that it takes of the sound) claims a filled pause with a chance, also where it
wrote another word in the end. Claims of several listeners about one place are pooled by the mean of their
log-odds, the logarithmic opinion pool (Genest & Zidek 1986, doi:10.1214/ss/1177013825), and two fitted numbers turn the
pool into a calibrated chance.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mockint.delivery import word_classes
from mockint.model import CountInterval, Evidence, Filler, FillerCandidate, FillerKind, Transcript, Word

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from mockint.delivery.acoustics import Frames
    from mockint.model import NoTranscript

_PUNCTUATION = re.compile(r"[^a-z]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledPauseSettings:
    """When a claim counts. `bias` and `weight`: logistic regression on 53 events, 9 voices (benchmarks/fillers.py)."""

    bias: float = 2.7
    """Recognisers are taught to leave fillers out, so what they think of one is too low by about this much log-odds."""
    weight: float = 1.8
    """How far the pooled log-odds are to be trusted; 1 would be as they are."""
    counts_from: float = 0.5
    """Likelier than not."""
    chance_floor: float = 0.02
    """What a listener that says nothing is taken to think; chances are kept this far from 0 and 1."""
    chance_unstated: float = 0.8
    """The chance of a written filler where its recogniser states none."""
    same_within_s: float = 0.5
    """Claims of different listeners are about one filled pause where they overlap, or their middles are this close."""
    apart_s: float = 0.2
    """Nobody says two filled pauses closer together: nearer claims of one listener are a loop of its decoder."""
    sound_reach_s: float = 0.15
    """How far beside a claim its sound is looked for: word times are this uncertain."""
    above_room_db: float = 6.0
    """Sound this far above the room is there at all; without any, a claim was made up."""
    held_s: float = 0.12
    """A sound that stays the same this long is held, as in a filled pause (Goto 1999)."""
    held_change_db: float = 6.0
    """The spectral change below which a sound stays the same."""
    voiced_from: float = 0.45
    """Praat's voicing threshold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountSettings:
    """How sure a count is."""

    missed_share: float = 0.13
    """The share of filled pauses that nobody hears (benchmarks/fillers.py)."""
    sure: float = 0.95
    """How likely it is that there are at least `at_least`."""
    likely: float = 0.8
    """How likely it is that the count lies from `low` to `high`."""


@dataclass(slots=True)
class _Place:
    """One place where somebody claims a filled pause."""

    text: str
    start_s: float
    end_s: float
    chances: dict[str, float]

    @property
    def middle_s(self) -> float:
        return (self.start_s + self.end_s) / 2


def is_written_filled_pause(text: str) -> bool:
    """Whether a word as it was written ("Um,") is a filled pause. A back-channel ("mm-hmm") is none."""
    return "-" not in text and word_classes.is_filled_pause(_PUNCTUATION.sub("", text).lower())


def find_filled_pauses(
    frames: Frames, heard: Transcript | NoTranscript, settings: FilledPauseSettings | None = None
) -> tuple[Filler, ...]:
    """The filled pauses of a take in order of time, each with the chance that it is one."""
    settings = settings or FilledPauseSettings()
    if not isinstance(heard, Transcript):
        return ()
    claims = heard.filler_candidates or _written(heard, settings)
    listeners = sorted({*heard.listeners, *(claim.heard_by for claim in claims)})
    fillers: list[Filler] = []
    for place in _places(claims, listeners, settings):
        evidence = _evidence(frames, place, settings)
        chance = _chance(place, listeners, settings)
        if evidence is None or chance < settings.counts_from:
            continue
        fillers.append(
            Filler(
                kind=FillerKind.FILLED_PAUSE,
                text=place.text,
                start_s=place.start_s,
                end_s=place.end_s,
                confidence=chance,
                evidence=evidence,
            )
        )
    return tuple(fillers)


def with_filled_pauses(words: Sequence[Word], filled_pauses: Sequence[Filler]) -> tuple[Word, ...]:
    """The words in order of time with these filled pauses among them, and none that was written but did not count."""
    said = [word for word in words if not is_written_filled_pause(word.text)]
    said += [
        Word(text=filler.text, start_s=filler.start_s, end_s=filler.end_s, confidence=filler.confidence)
        for filler in filled_pauses
    ]
    return tuple(sorted(said, key=lambda word: word.start_s))


def count_filled_pauses(filled_pauses: Sequence[Filler], settings: CountSettings | None = None) -> CountInterval:
    """How many there are: each found one is real with its confidence, and some were missed.

    The likely range always holds the number found, which is what a score goes by.
    """
    settings = settings or CountSettings()
    real = _poisson_binomial([filler.confidence for filler in filled_pauses])
    expected = sum(filler.confidence for filler in filled_pauses)
    missed = _poisson(expected * settings.missed_share / (1 - settings.missed_share))
    total = np.convolve(real, missed)
    tail = (1 - settings.likely) / 2
    found = len(filled_pauses)
    return CountInterval(
        count=found,
        at_least=_quantile(real, 1 - settings.sure),
        low=min(found, _quantile(total, tail)),
        high=max(found, _quantile(total, 1 - tail)),
    )


def _written(heard: Transcript, settings: FilledPauseSettings) -> tuple[FillerCandidate, ...]:
    """Claims drawn from the words alone, for recognisers that make none."""
    return tuple(
        FillerCandidate(
            text=_PUNCTUATION.sub("", word.text).lower(),
            start_s=word.start_s,
            end_s=word.end_s,
            heard_by=heard.engine,
            confidence=settings.chance_unstated if word.confidence is None else word.confidence,
        )
        for word in heard.words
        if is_written_filled_pause(word.text)
    )


def _places(claims: Sequence[FillerCandidate], listeners: list[str], settings: FilledPauseSettings) -> list[_Place]:
    """Bring the claims of all listeners together, place by place, in order of time."""
    places: list[_Place] = []
    for listener in listeners:
        own = [_place(claim, settings) for claim in claims if claim.heard_by == listener]
        _add(places, _apart(own, settings), settings)
    return _apart(places, settings)


def _place(claim: FillerCandidate, settings: FilledPauseSettings) -> _Place:
    chance = settings.chance_unstated if claim.confidence is None else claim.confidence
    return _Place(claim.text, claim.start_s, claim.end_s, {claim.heard_by: chance})


def _add(places: list[_Place], news: list[_Place], settings: FilledPauseSettings) -> None:
    """Add one listener's places: each joins the nearest known place that it may be about, or is a new one."""
    pairs = sorted(
        (abs(new.middle_s - old.middle_s), i, j)
        for i, new in enumerate(news)
        for j, old in enumerate(places)
        if _overlap(new, old) or abs(new.middle_s - old.middle_s) <= settings.same_within_s
    )
    joined: set[int] = set()
    taken: set[int] = set()
    for _, i, j in pairs:
        if i not in joined and j not in taken:
            joined.add(i)
            taken.add(j)
            places[j] = _joined(places[j], news[i])
    places.extend(new for i, new in enumerate(news) if i not in joined)


def _apart(places: list[_Place], settings: FilledPauseSettings) -> list[_Place]:
    """In order of time, with places that are too close together made one."""
    kept: list[_Place] = []
    for place in sorted(places, key=lambda place: place.middle_s):
        if kept and place.middle_s - kept[-1].middle_s < settings.apart_s:
            kept[-1] = _joined(kept[-1], place)
        else:
            kept.append(place)
    return kept


def _joined(one: _Place, other: _Place) -> _Place:
    """One place of two: the surer one gives the text and the time."""
    surer = one if max(one.chances.values()) >= max(other.chances.values()) else other
    chances = {
        listener: max(one.chances.get(listener, 0.0), other.chances.get(listener, 0.0))
        for listener in one.chances | other.chances
    }
    return _Place(surer.text, surer.start_s, surer.end_s, chances)


def _overlap(one: _Place, other: _Place) -> bool:
    return min(one.end_s, other.end_s) > max(one.start_s, other.start_s)


def _chance(place: _Place, listeners: list[str], settings: FilledPauseSettings) -> float:
    """The calibrated chance that the claims about a place are right."""
    floor = settings.chance_floor
    chances = [min(max(place.chances.get(listener, 0.0), floor), 1 - floor) for listener in listeners]
    pooled = sum(math.log(chance / (1 - chance)) for chance in chances) / len(chances)
    return 1 / (1 + math.exp(-(settings.bias + settings.weight * pooled)))


def _evidence(frames: Frames, place: _Place, settings: FilledPauseSettings) -> Evidence | None:
    """What the sound says of a claim: BOTH where a sound is held there, None where there is no sound at all."""
    first = max(0, math.floor((place.start_s - settings.sound_reach_s) / frames.hop_s))
    around = slice(first, max(first + 1, math.ceil((place.end_s + settings.sound_reach_s) / frames.hop_s)))
    sounding = frames.level_dbfs[around] > frames.noise_dbfs[around] + settings.above_room_db
    if not sounding.any():
        return None
    held = (
        sounding
        & (frames.voicing[around] >= settings.voiced_from)
        & (frames.spectral_change_db[around] < settings.held_change_db)
    )
    return Evidence.BOTH if _longest_run(held) * frames.hop_s >= settings.held_s else Evidence.TRANSCRIPT


def _longest_run(flags: npt.NDArray[np.bool_]) -> int:
    edges = np.flatnonzero(np.diff(flags.astype(np.int8), prepend=0, append=0)).reshape(-1, 2)
    return int(np.max(edges[:, 1] - edges[:, 0], initial=0))


def _poisson_binomial(chances: Sequence[float]) -> npt.NDArray[np.float64]:
    """The chance of each number of successes, 0 to len(chances), of independent trials."""
    distribution = np.ones(1)
    for chance in chances:
        distribution = np.convolve(distribution, [1 - chance, chance])
    return distribution


def _poisson(mean: float) -> npt.NDArray[np.float64]:
    """The chance of each number of events, as far as they matter."""
    longest = math.ceil(mean + 10 * math.sqrt(mean)) + 1
    return np.array([math.exp(-mean) * mean**k / math.factorial(k) for k in range(min(longest, 100))])


def _quantile(distribution: npt.NDArray[np.float64], share: float) -> int:
    """The smallest count whose cumulated chance exceeds `share`."""
    return int(np.searchsorted(np.cumsum(distribution) / distribution.sum(), share, side="right"))
