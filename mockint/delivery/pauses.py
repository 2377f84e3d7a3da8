"""Where the speaker sounds and where there is silence, from the sound: never from gaps between words.

Recognisers stretch words over pauses, so word times cannot tell. A level alone takes a click for speech and a quiet
ending for silence; a voice activity detector knows speech but not its exact edges. Together: a stretch of sound counts
where the detector hears speech in it, and it ends where it sinks into the room. Where quiet parts of words drown in the
room, nothing but the detector knows of them: its speech, without what it is early and late by, is sound too.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from mockint.model import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from mockint.delivery.acoustics import Floats, Frames

    Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseSettings:
    """What is silence, and how long it must last to be a pause."""

    shortest_pause_s: float = 0.25
    """Goldman-Eisler 1968; De Jong & Bosker 2013 found 250-300 ms best. Stop gaps last up to 130 ms."""
    sound_above_noise_db: float = 4.0
    """How far the bands must stand above the room, on average, somewhere in a sound."""
    edge_above_noise_db: float = 2.0
    """Where a sound begins and ends: above what the room itself does 95 % of the time."""
    most_per_band_db: float = 30.0
    """One loud band counts for no more than this, so that hum in one band is not speech."""
    detector_early_s: float = 0.03
    detector_late_s: float = 0.06
    """How far a detector's speech reaches beyond the words where the sound no longer tells: Silero judges windows of
    32 ms, begins a window early and ends two late. More would turn stop gaps in noise into pauses."""
    quietest_band_dbfs: float = -95.0
    """No room is quieter than the last bit of 16-bit sound, so that dither beside digital silence is no sound."""
    flicker_quantile: float = 0.1
    """How quiet a moment tells what the room does by itself, as for the noise floor."""
    smoothing_frame_count: int = 3
    edge_blur_s: float = 0.01
    """The level window and the smoothing smear a sound this far beyond each of its edges."""
    bridged_gap_s: float = 0.15
    """Silence inside a word, before the burst of a stop, lasts up to 130 ms."""
    shortest_sound_s: float = 0.06
    """Shorter sounds are clicks, where no detector says otherwise."""
    least_voiced_s: float = 0.05
    """Sounds that are voiced for less at a stretch are breath or noise, where no detector says otherwise."""
    voiced_from: float = 0.4
    """A little below Praat's voicing threshold of 0.45, since room noise lowers the peak."""
    reach_s: float = 0.25
    """How far an unvoiced sound may go on beyond what the detector called speech: a final fricative, not a breath."""
    missed_within_s: float = 2.0
    """Detectors miss a quiet "uh": a voiced sound is speech if it is no farther than this outside detected speech."""


def find_answer(frames: Frames, speech: Sequence[Span] | None, settings: PauseSettings | None = None) -> Span | None:
    """From the first sound of speech to the last; None where nobody spoke."""
    sounds = find_speech_sounds(frames, speech, settings)
    return Span(start_s=sounds[0].start_s, end_s=sounds[-1].end_s) if sounds else None


def find_pauses(
    frames: Frames, speech: Sequence[Span] | None, settings: PauseSettings | None = None
) -> tuple[Span, ...]:
    """The silent pauses inside the answer, in order of time; filled pauses are sound.

    `speech` is where a voice activity detector heard speech, None where there was none.
    """
    settings = settings or PauseSettings()
    sounds = find_speech_sounds(frames, speech, settings)
    gaps = (Span(start_s=a.end_s, end_s=b.start_s) for a, b in pairwise(sounds))
    return tuple(gap for gap in gaps if gap.duration_s >= settings.shortest_pause_s - frames.hop_s / 2)


def find_speech_sounds(
    frames: Frames, speech: Sequence[Span] | None, settings: PauseSettings | None = None
) -> tuple[Span, ...]:
    """The stretches in which the speaker sounds, in order of time, with edges to one frame."""
    settings = settings or PauseSettings()
    above_db = _above_noise(frames, settings)
    sounds = _sounds(above_db, frames.hop_s, settings)
    if speech is None:
        kept = [run for run in sounds if _like_speech(frames, run, settings)]
    else:
        spans = [(int(span.start_s / frames.hop_s), int(-(-span.end_s // frames.hop_s))) for span in speech]
        kept = sorted([*_confirmed(frames, sounds, spans, settings), *_inner(spans, frames.hop_s, settings)])
    shortest_gap = settings.bridged_gap_s / frames.hop_s
    joined: list[tuple[int, int]] = []
    for begin, end in kept:
        if joined and begin - joined[-1][1] < shortest_gap:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return tuple(Span(start_s=begin * frames.hop_s, end_s=end * frames.hop_s) for begin, end in joined)


def _above_noise(frames: Frames, settings: PauseSettings) -> Floats:
    """(n,) How far the bands stand above the room on average, and above what the room does by itself."""
    if frames.count == 0:
        return np.zeros(0, dtype=np.float32)
    above_bands_db = np.maximum(frames.bands_noise_dbfs, settings.quietest_band_dbfs, dtype=np.float32)
    np.subtract(frames.bands_dbfs, above_bands_db, out=above_bands_db)  # in place: an hour of bands is large
    above_db = np.clip(above_bands_db, 0, settings.most_per_band_db, out=above_bands_db).mean(axis=1)
    alone_db = np.quantile(above_db, settings.flicker_quantile)
    return np.asarray(_smoothed(above_db, settings.smoothing_frame_count) - alone_db, dtype=np.float32)


def _sounds(above_db: Floats, hop_s: float, settings: PauseSettings) -> list[tuple[int, int]]:
    """The [begin, end) of whatever stands out of the room."""
    runs = _runs(above_db >= settings.edge_above_noise_db)
    loud = [(begin, end) for begin, end in runs if above_db[begin:end].max() >= settings.sound_above_noise_db]
    blur = round(settings.edge_blur_s / hop_s)
    return [(begin + blur, end - blur) for begin, end in loud if end - begin > 2 * blur]


def _smoothed(values: Floats, frame_count: int) -> Floats:
    padded = np.pad(values, frame_count // 2, mode="edge")
    return np.asarray(np.convolve(padded, np.full(frame_count, 1 / frame_count), mode="valid"), dtype=np.float32)


def _runs(mask: Mask) -> list[tuple[int, int]]:
    """The [begin, end) of each run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]])))
    return [(int(begin), int(end)) for begin, end in edges.reshape(-1, 2)]


def _like_speech(frames: Frames, run: tuple[int, int], settings: PauseSettings) -> bool:
    begin, end = run
    voiced = _runs(frames.voicing[begin:end] >= settings.voiced_from)
    voiced_s = max((to - at for at, to in voiced), default=0) * frames.hop_s
    return (end - begin) * frames.hop_s >= settings.shortest_sound_s and voiced_s >= settings.least_voiced_s


def _inner(spans: list[tuple[int, int]], hop_s: float, settings: PauseSettings) -> list[tuple[int, int]]:
    """What is speech for sure of what the detector called speech, where the sound cannot tell."""
    early, late = round(settings.detector_early_s / hop_s), round(settings.detector_late_s / hop_s)
    return [(begin + early, end - late) for begin, end in spans if end - begin > early + late]


def _confirmed(
    frames: Frames, sounds: list[tuple[int, int]], spans: list[tuple[int, int]], settings: PauseSettings
) -> list[tuple[int, int]]:
    """The sounds that the detector heard speech in, and voiced ones that it missed."""
    if not spans:
        return []
    reach = round(settings.reach_s / frames.hop_s)
    missed = round(settings.missed_within_s / frames.hop_s)
    earliest, latest = spans[0][0] - missed, spans[-1][1] + missed
    kept: list[tuple[int, int]] = []
    for begin, end in sounds:
        heard = [span for span in spans if span[1] > begin and span[0] < end]
        if heard:
            first, last = max(begin, heard[0][0] - reach), min(end, heard[-1][1] + reach)
            first = begin if _like_speech(frames, (begin, first), settings) else first
            last = end if _like_speech(frames, (last, end), settings) else last
            kept += _without_noise(frames, (first, last), heard, settings)
        elif begin >= earliest and end <= latest and _like_speech(frames, (begin, end), settings):
            kept.append((begin, end))
    return kept


def _without_noise(
    frames: Frames, sound: tuple[int, int], heard: list[tuple[int, int]], settings: PauseSettings
) -> list[tuple[int, int]]:
    """A sound in which the detector heard speech, cut where that pauses and nothing is voiced.

    When a fan is switched on, the room stands out of its own floor for some seconds, pauses and all.
    """
    early, late = (round(by_s / frames.hop_s) for by_s in (settings.detector_early_s, settings.detector_late_s))
    shortest = settings.shortest_pause_s / frames.hop_s
    parts = []
    begin, end = sound
    for before, after in pairwise(heard):
        gap = (before[1] - late, after[0] + early)
        if gap[1] - gap[0] >= shortest and not _like_speech(frames, (before[1], after[0]), settings):
            parts.append((begin, gap[0]))
            begin = gap[1]
    return [*parts, (begin, end)]
