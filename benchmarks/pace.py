"""How well are syllables and words counted? Against the human transcript of each clip.

    pip install mockint[benchmarks]
    python benchmarks/pace.py DIR

DIR holds clips with a human transcript: for each FILE.json (with "words": [{"text"}] and the count of each one's words
in "speakers") a FILE.flac; clips of at least 8 s in which one speaker says nine words of ten are used. The truth is the
syllables that a pronouncing dictionary (CMUdict, as pocketsphinx ships it) gives for the human words. Beside it stand:
our count from the words that the default recogniser hears; our count from the human words, which shows the spelling
rules alone; and syllable nuclei from the sound by Praat (De Jong & Wempe 2009, doi:10.3758/BRM.41.2.385, with its
defaults).
"""

from __future__ import annotations

import argparse
import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import soundfile

from mockint.delivery.acoustics import analyse
from mockint.delivery.measure import measure
from mockint.delivery.syllables import count_syllables
from mockint.delivery.word_classes import bare_word, is_filled_pause
from mockint.devices.recognisers.choice import EngineName, open_recogniser
from mockint.model import Recording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mockint.devices.recognisers.listening import ChunkedRecogniser
    from mockint.model import Samples

SHORTEST_CLIP_S = 8.0
FEWEST_CLIPS = 3
MAIN_SPEAKER_SHARE = 0.9
BLOCK_SAMPLES = 8_000
SILENCE_BELOW_PEAK_DB, DIP_DB, PITCH_FLOOR_HZ = 25.0, 2.0, 50.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A clip with what its human transcript holds."""

    samples: Samples
    sample_rate_hz: int
    texts: tuple[str, ...]

    @property
    def duration_s(self) -> float:
        return len(self.samples) / self.sample_rate_hz


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="DIR")
    folder = parser.parse_args().folder
    if find_spec("parselmouth") is None or find_spec("pocketsphinx") is None:
        parser.error("what mockint stands beside is missing: pip install mockint[benchmarks]")
    clips = list(read(folder))
    if len(clips) < FEWEST_CLIPS:
        parser.error(
            f"{folder} holds {len(clips)} clips of {SHORTEST_CLIP_S:g} s or more of one speaker with its words"
        )
    recogniser = open_recogniser(EngineName.DEFAULT)
    recogniser.prepare()
    truth = [sum(map(in_dictionary, clip.texts)) for clip in clips]
    heard = [from_recogniser(clip, recogniser) for clip in clips]
    print(f"{len(clips)} clips, {sum(clip.duration_s for clip in clips):.0f} s, {sum(truth)} syllables")
    print(f"{'syllables of':<34} {'correlation of rates':>21} {'bias':>7} {'median error':>13}")
    durations_s = np.array([clip.duration_s for clip in clips])
    report("mockint, words heard", [syllables for syllables, _ in heard], truth, durations_s)
    report("mockint, human words", [sum(map(count_syllables, c.texts)) for c in clips], truth, durations_s)
    report("Praat, De Jong & Wempe", [nuclei(clip) for clip in clips], truth, durations_s)
    print("words of")
    fluent = [sum(not is_filled_pause(bare_word(text)) for text in clip.texts) for clip in clips]
    report("mockint, words heard", [words for _, words in heard], fluent, durations_s)


def read(folder: Path) -> Iterator[Clip]:
    for path in sorted(folder.glob("*.json")):
        clip = json.loads(path.read_text(encoding="utf-8"))
        counts = clip.get("speakers", {}).values()
        if (
            clip["duration_s"] < SHORTEST_CLIP_S
            or max(counts, default=0) < MAIN_SPEAKER_SHARE * sum(counts)
            or not counts
        ):
            continue
        samples, rate_hz = soundfile.read(path.with_suffix(".flac"), dtype="float32")
        yield Clip(samples=samples, sample_rate_hz=rate_hz, texts=tuple(word["text"] for word in clip["words"]))


def report(name: str, counts: Sequence[float], truth: Sequence[float], durations_s: np.ndarray) -> None:
    found, true = np.array(counts), np.array(truth)
    correlation = np.corrcoef(found / durations_s, true / durations_s)[0, 1]
    bias = found.sum() / true.sum() - 1
    error = float(np.median(np.abs(found - true) / true))
    print(f"{name:<34} {correlation:21.2f} {bias:+7.1%} {error:13.1%}")


# --- the counts -----------------------------------------------------------------------------------


def from_recogniser(clip: Clip, recogniser: ChunkedRecogniser) -> tuple[float, float]:
    """Syllables and words as a delivery has them: its rates times the time that they are over."""
    blocks = np.split(clip.samples, range(BLOCK_SAMPLES, len(clip.samples), BLOCK_SAMPLES))
    frames = analyse(Recording(samples=clip.samples, sample_rate_hz=clip.sample_rate_hz))
    delivery = measure(frames, recogniser.transcribe(blocks))
    pace, answer = delivery.pace, delivery.answer
    if answer is None or pace.articulation_rate_syll_per_s is None or pace.words_per_minute is None:
        return 0.0, 0.0
    phonation_s = answer.duration_s * (pace.phonation_time_ratio or 0.0)
    return pace.articulation_rate_syll_per_s * phonation_s, pace.words_per_minute * answer.duration_s / 60


@cache
def dictionary() -> dict[str, int]:
    """Syllables by word: the phones that carry a vowel."""
    import pocketsphinx

    path = Path(pocketsphinx.get_model_path()) / "en-us" / "cmudict-en-us.dict"
    entries = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
    return {word: sum(phone[0] in "AEIOU" for phone in phones) for word, *phones in entries}


def in_dictionary(text: str) -> int:
    """Syllables of a written word; of those that the dictionary lacks, vowel groups."""
    known = dictionary()
    parts = re.findall(r"[a-z']+", text.lower())
    return sum(known.get(part) or known.get(part.strip("'")) or len(re.findall("[aeiouy]+", part)) for part in parts)


def nuclei(clip: Clip) -> int:
    """Peaks of intensity that are loud, voiced and set off by a dip (De Jong & Wempe 2009)."""
    import parselmouth

    sound = parselmouth.Sound(clip.samples.astype(np.float64), clip.sample_rate_hz)
    intensity = sound.to_intensity(minimum_pitch=PITCH_FLOOR_HZ)
    levels_db, times_s = intensity.values[0], intensity.xs()
    pitch = sound.to_pitch_ac(
        time_step=0.02,
        pitch_floor=30,
        max_number_of_candidates=4,
        voicing_threshold=0.25,
        voiced_unvoiced_cost=0.25,
        pitch_ceiling=450,
    )
    threshold_db = max(np.quantile(levels_db, 0.99) - SILENCE_BELOW_PEAK_DB, levels_db.min())
    inner = levels_db[1:-1]
    peaks = 1 + np.flatnonzero((inner > levels_db[:-2]) & (inner >= levels_db[2:]) & (inner > threshold_db))
    set_off = [
        peak
        for peak, following in zip(peaks, [*peaks[1:], None], strict=True)
        if following is None or levels_db[peak] - levels_db[peak:following].min() > DIP_DB
    ]
    return sum(bool(np.isfinite(f0) and f0 > 0) for f0 in (pitch.get_value_at_time(times_s[peak]) for peak in set_off))


if __name__ == "__main__":
    main()
