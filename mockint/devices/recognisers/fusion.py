"""Two listeners make one account of a chunk: the words of the better one, every filler that either claims."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from mockint.delivery.filled_pauses import is_written_filled_pause
from mockint.devices.recognisers.possible_fillers import HeardWord, bare
from mockint.devices.recognisers.voice_activity import VoiceActivity
from mockint.model import SAMPLE_RATE_HZ, FillerCandidate, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from mockint.devices.recognisers.moonshine import Moonshine
    from mockint.devices.recognisers.whisper import Encoded, Whisper
    from mockint.model import Samples

_LEVEL_HOP = SAMPLE_RATE_HZ // 100
_LEVEL_RATE_HZ = 100
_REACH_BEFORE_S, _REACH_AFTER_S = 0.05, 0.15  # Whisper base places words early (median 50 ms), so look further ahead
_LOUD_WITHIN_DB = 15.0  # of the loudest moment of the word; a closure inside a word lies lower, but is short
_LONGEST_CLOSURE_S = 0.15  # silence inside one word: stop closures last up to 0.13 s
_SPEECH_FROM, _SPEECH_BELOW = 0.5, 0.35  # Silero's own hysteresis


@dataclass(frozen=True, slots=True, kw_only=True)
class Segmentation:
    """One way of cutting a chunk at its pauses."""

    longest_pause_s: float
    """A pause this long ends a stretch."""
    kept_s: float
    """Sound kept around each stretch."""


SEGMENTATIONS = {
    "wide": Segmentation(longest_pause_s=0.3, kept_s=1.0),
    "close": Segmentation(longest_pause_s=0.2, kept_s=0.3),
}
"""Moonshine writes other fillers when it hears more or less around them; two opinions are steadier than one."""


def claimed_fillers(words: Iterable[Word], heard_by: str) -> tuple[FillerCandidate, ...]:
    """The filled pauses among the words that `heard_by` wrote, without a chance: a best text has none."""
    return tuple(
        FillerCandidate(text=bare(word.text), start_s=word.start_s, end_s=word.end_s, heard_by=heard_by)
        for word in words
        if is_written_filled_pause(word.text)
    )


def possible_fillers(
    whisper: Whisper, encoded: Encoded, samples: Samples, heard: Sequence[HeardWord], heard_by: str
) -> tuple[FillerCandidate, ...]:
    """Every filler in `heard`, written or nearly, with its place in the chunk and the chance its listener gave it."""
    if all(word.filler_chance is None for word in heard):
        return ()
    timed = whisper.align(encoded, [word.text for word in heard])
    levels = _levels_db(samples)
    return tuple(
        FillerCandidate(
            text=bare(word.text),
            start_s=place.start_s,
            end_s=place.end_s,
            heard_by=heard_by,
            confidence=word.filler_chance,
        )
        for word, place in zip(heard, snapped(timed, levels), strict=True)
        if word.filler_chance is not None
    )


def heard_in_stretches(moonshine: Moonshine, samples: Samples, cut: Segmentation) -> list[HeardWord]:
    """What Moonshine hears in a chunk cut at its pauses, with some sound kept around each stretch."""
    heard: list[HeardWord] = []
    for begin, end in _stretches(samples, cut):
        heard += moonshine.hear(samples[begin:end])
    return heard


def snapped_to_sound(words: Sequence[Word], samples: Samples) -> tuple[Word, ...]:
    """Cut each word down to the sound it lies on: aligned words stretch over the pauses beside them."""
    return snapped(words, _levels_db(samples))


def snapped(words: Sequence[Word], levels_db: npt.NDArray[np.float64]) -> tuple[Word, ...]:
    """Keep of each word the longest stretch of sound within its span; no word begins before the one before it."""
    placed: list[Word] = []
    for word in words:
        start_s, end_s = _loud_part(word.start_s, word.end_s, levels_db)
        earliest_s = placed[-1].start_s if placed else 0.0
        start_s = max(start_s, earliest_s)
        placed.append(replace(word, start_s=start_s, end_s=max(end_s, start_s)))
    return tuple(placed)


def _loud_part(start_s: float, end_s: float, levels_db: npt.NDArray[np.float64]) -> tuple[float, float]:
    begin = max(0, round((start_s - _REACH_BEFORE_S) * _LEVEL_RATE_HZ))
    around = levels_db[begin : round((end_s + _REACH_AFTER_S) * _LEVEL_RATE_HZ)]
    if len(around) == 0:
        return start_s, end_s
    stretches = _runs(around >= around.max() - _LOUD_WITHIN_DB, round(_LONGEST_CLOSURE_S * _LEVEL_RATE_HZ))
    first, last = max(stretches, key=lambda stretch: stretch[1] - stretch[0])
    return (begin + first) / _LEVEL_RATE_HZ, (begin + last) / _LEVEL_RATE_HZ


def _stretches(samples: Samples, cut: Segmentation) -> list[tuple[int, int]]:
    """(begin, end) in samples of the stretches of speech; where two would overlap, they meet half-way."""
    detector = VoiceActivity()
    window = detector.window_samples
    speaking = False
    flags: list[bool] = []
    for probability in detector.feed(samples):
        speaking = probability >= (_SPEECH_BELOW if speaking else _SPEECH_FROM)
        flags.append(speaking)
    spoken = _runs(np.array(flags, dtype=bool), round(cut.longest_pause_s * SAMPLE_RATE_HZ / window))
    kept = round(cut.kept_s * SAMPLE_RATE_HZ)
    if not spoken:
        return [(0, len(samples))]
    # A chunk begins and ends where its cutter, which heard what came before, wanted it to: nothing is cut off there.
    spoken[0] = (0, spoken[0][1])
    spoken[-1] = (spoken[-1][0], -(-len(samples) // window))
    cuts = [0, *((a[1] + b[0]) * window // 2 for a, b in pairwise(spoken)), len(samples)]
    return [
        (max(low, begin * window - kept), min(high, end * window + kept))
        for (begin, end), low, high in zip(spoken, cuts, cuts[1:], strict=False)
    ]


def _runs(flags: npt.NDArray[np.bool_], shortest_gap: int) -> list[tuple[int, int]]:
    """[begin, end) of the stretches that are true; gaps shorter than `shortest_gap` do not part them."""
    edges = np.flatnonzero(np.diff(flags.astype(np.int8), prepend=0, append=0))
    runs: list[tuple[int, int]] = []
    for begin, end in edges.reshape(-1, 2).tolist():
        if runs and begin - runs[-1][1] < shortest_gap:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((begin, end))
    return runs


def _levels_db(samples: Samples) -> npt.NDArray[np.float64]:
    """Level every 10 ms, smoothed over three."""
    count = len(samples) // _LEVEL_HOP
    if count == 0:
        return np.zeros(0)
    power = np.square(samples[: count * _LEVEL_HOP].astype(np.float64).reshape(count, -1)).mean(axis=1)
    smooth = np.convolve(np.pad(power, 1, mode="edge"), np.ones(3) / 3, mode="valid")
    return np.asarray(10 * np.log10(smooth + 1e-10))
