"""Whether a second voice, of clearly another pitch, takes part in a recording.

Only pitch tells voices apart without a model of voices: the pitch of a man and of a woman differ by some nine semitones
(Traunmüller & Eriksson 1995), while one speaker's own stretches stay within a few. Two voices of like pitch are not
found; so nothing here says that a speaker was alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from mockint.delivery.acoustics import Frames

_SEMITONES = 12.0  # in an octave


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceSettings:
    """When two pitches are two voices. Chosen on the recordings that `benchmarks/voices.py` lists."""

    voiced_from: float = 0.5
    """Praat's voicing threshold, and a little more: noise must not vote."""
    above_room_db: float = 10.0
    """A voice stands out of the room, or its pitch is a guess."""
    stretch_s: float = 1.0
    """Pitch is looked at in stretches with this much voicing: melody and accents even out."""
    shortest_stretch_s: float = 0.3
    longest_gap_s: float = 0.4
    """A pause longer than this ends a stretch: another person may go on."""
    apart_semitones: float = 6.5
    """The least distance of the two pitches."""
    octave_semitones: float = 11.5
    """From here on it is creak or a tracker's error of an octave rather than another voice."""
    spread_semitones: float = 2.5
    """Within one voice, the stretches differ by less (standard deviation)."""
    least_share: float = 0.15
    """Of the voicing, on each side."""
    least_voiced_s: float = 5.0
    """In less, one lively sentence would be a second voice."""


def second_voice_share(frames: Frames, settings: VoiceSettings | None = None) -> float | None:
    """The share of the voicing that is a second voice's, the smaller of two (0..0.5); None where none was found."""
    settings = settings or VoiceSettings()
    pitches, weights = _stretches(frames, settings)
    if len(pitches) < 2 or weights.sum() * frames.hop_s < settings.least_voiced_s:  # noqa: PLR2004 - two voices
        return None
    order = np.argsort(pitches)
    pitches, weights = pitches[order], weights[order]
    low, high = _parted(pitches, weights)
    apart = _middle(pitches[high], weights[high]) - _middle(pitches[low], weights[low])
    share = float(min(weights[low].sum(), weights[high].sum()) / weights.sum())
    spread = max(_spread(pitches[low], weights[low]), _spread(pitches[high], weights[high]))
    if (
        settings.apart_semitones <= apart <= settings.octave_semitones
        and spread <= settings.spread_semitones
        and share >= settings.least_share
    ):
        return share
    return None


def _stretches(frames: Frames, settings: VoiceSettings) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """The median pitch in semitones, and the voicing in frames, of each stretch."""
    voiced = (
        (frames.voicing >= settings.voiced_from)
        & (frames.level_dbfs >= frames.noise_dbfs + settings.above_room_db)
        & np.isfinite(frames.f0_hz)
    )
    rows = np.flatnonzero(voiced)
    gaps = np.diff(rows, prepend=rows[:1]) * frames.hop_s > settings.longest_gap_s
    phrase = np.cumsum(gaps)
    full = round(settings.stretch_s / frames.hop_s)
    pitches: list[float] = []
    weights: list[float] = []
    for number in np.unique(phrase):
        of_phrase = rows[phrase == number]
        for begin in range(0, len(of_phrase), full):
            stretch = of_phrase[begin : begin + full]
            if len(stretch) * frames.hop_s >= settings.shortest_stretch_s:
                pitches.append(float(np.median(_SEMITONES * np.log2(frames.f0_hz[stretch]))))
                weights.append(float(len(stretch)))
    return np.array(pitches), np.array(weights)


def _parted(pitches: npt.NDArray[np.float64], weights: npt.NDArray[np.float64]) -> tuple[slice, slice]:
    """Cut the ordered pitches in two so that each part varies least within itself (Otsu 1979)."""
    total, total_weight = float((pitches * weights).sum()), float(weights.sum())
    below_weight = np.cumsum(weights)[:-1]
    below = np.cumsum(pitches * weights)[:-1]
    between = (below / below_weight - (total - below) / (total_weight - below_weight)) ** 2
    cut = int(np.argmax(between * below_weight * (total_weight - below_weight))) + 1
    return slice(0, cut), slice(cut, None)


def _middle(pitches: npt.NDArray[np.float64], weights: npt.NDArray[np.float64]) -> float:
    """The weighted median of ordered values."""
    half = np.searchsorted(np.cumsum(weights), weights.sum() / 2)
    return float(pitches[half])


def _spread(pitches: npt.NDArray[np.float64], weights: npt.NDArray[np.float64]) -> float:
    mean = np.average(pitches, weights=weights)
    return float(np.sqrt(np.average((pitches - mean) ** 2, weights=weights)))
