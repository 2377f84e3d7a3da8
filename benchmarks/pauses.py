"""How well are silent pauses found? Human words, joined by room noise of known length, so that the truth is built.

    python benchmarks/pauses.py DIR

DIR holds word-aligned clips: for each FILE.json (with "words": [{"start_s", "end_s", "speaker"}]) a FILE.flac. Their
words are cut into pieces and joined by room noise, each answer from one voice: pauses of 0.27-2 s, which should be
found, and gaps of 0.08-0.18 s, which should not. Some pauses hold a click or a breath. Each row is a level of room
noise; "fan" is a quiet room in which a fan runs for a third of the answer. Our pauses, with and without the detector's
speech, stand beside Silero alone and an energy split against the loudest moment (what librosa's `effects.split` does).

Word times, by hand or by forced alignment, hide pauses inside words ("the" of 1 s). So what is a piece is told by the
level alone, relative to the speaker, and by nothing that our own method looks at: a piece ends where the voice is 20 dB
below its loud moments for longer than the closure of a stop (130 ms), blips aside. What is fainter is left out, being
neither surely speech nor surely silence.

Settings were chosen on the voices of `--voices tuning` (the default is all others, which nothing was chosen on).
"""

from __future__ import annotations

import argparse
import json
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import soundfile

from mockint.delivery.acoustics import analyse
from mockint.delivery.pauses import find_pauses
from mockint.devices.recognisers.chunks import Chunker
from mockint.devices.recognisers.voice_activity import VoiceActivity
from mockint.model import SAMPLE_RATE_HZ, Recording, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy.typing as npt

    from mockint.model import Samples

    Finder = Callable[[Samples], Sequence[Span]]

SHORTEST_PAUSE_S = 0.25
PAUSE_S = (0.27, 2.0)
GAP_S = (0.08, 0.18)
PAUSE_SHARE = 0.6
TUNING_VOICES = ("michael", "MEE008", "MEE012", "FEE078")
LEAST_PIECE_COUNT = 2
LEAST_OVER_ROOM_DB = 20.0
FAINT_BELOW_LOUD_DB = 20.0
LONGEST_CLOSURE_S = 0.13
LONGEST_BLIP_S = 0.05
SHORTEST_PIECE_S = 0.40
ANNOTATION_ERROR_S = 0.10
SPEECH_DBFS = -26.0
HOP = SAMPLE_RATE_HZ // 100
NOISE_DBFS = (-70.0, -55.0, -45.0, -40.0)
FAN_DBFS, FAN_FROM, FAN_TO = -45.0, 0.45, 0.75
CLICK_SHARE, BREATH_SHARE = 0.2, 0.2
ANSWER_COUNT, PIECE_COUNT = 4, 20
ENERGY_BELOW_PEAK_DB = 30.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--voices", choices=("tuning", "others", "all"), default="others")
    arguments = parser.parse_args()
    voices = pieces_by_voice(arguments.folder, arguments.voices)
    if not voices:
        parser.error(f"{arguments.folder} holds no voice with {LEAST_PIECE_COUNT} pieces that can be cut out")
    count, length_s = sum(map(len, voices.values())), sum(len(p) for v in voices.values() for p in v) / SAMPLE_RATE_HZ
    print(f"{len(voices)} voices, {count} pieces of human speech, {length_s:.0f} s")
    print(f"{'noise':>9}  {'method':<28} {'F1':>5} {'prec.':>6} {'recall':>6} {'median edge error':>18}")
    for noise_dbfs in NOISE_DBFS:
        report(
            f"{noise_dbfs:4.0f} dBFS", [answer for pieces in voices.values() for answer in build(pieces, noise_dbfs)]
        )
    quiet = [answer for pieces in voices.values() for answer in build(pieces, NOISE_DBFS[0])]
    report("fan", [with_fan(sound, truth) for sound, truth in quiet])


def report(name: str, answers: Sequence[tuple[Samples, list[Span]]]) -> None:
    for method, find in METHODS.items():
        print(f"{name:>9}  {method:<28} {judged([(truth, find(sound)) for sound, truth in answers])}")


# --- the material ---------------------------------------------------------------------------------


def pieces_by_voice(folder: Path, which: str) -> dict[str, list[Samples]]:
    """Pieces of at least `SHORTEST_PIECE_S`, by speaker; speakers with a single piece are left out."""
    voices: dict[str, list[Samples]] = {}
    for path in sorted(folder.glob("*.json")):
        for voice, piece in cut(path):
            if which == "all" or (voice in TUNING_VOICES) == (which == "tuning"):
                voices.setdefault(voice, []).append(piece)
    return {voice: pieces for voice, pieces in voices.items() if len(pieces) >= LEAST_PIECE_COUNT}


def cut(path: Path) -> Iterator[tuple[str, Samples]]:
    """The stretches of a clip that are surely speech of one person and nobody else, at one level."""
    clip = json.loads(path.read_text(encoding="utf-8"))
    samples, rate_hz = soundfile.read(path.with_suffix(".flac"), dtype="float32")
    if rate_hz != SAMPLE_RATE_HZ:
        raise SystemExit(f"{path}: {SAMPLE_RATE_HZ} Hz is needed")
    levels_dbfs = analyse(Recording(samples=samples, sample_rate_hz=rate_hz)).level_dbfs
    room_dbfs = np.quantile(levels_dbfs, 0.1)
    spoken = {
        voice: covered([word for word in clip["words"] if word["speaker"] == voice], len(levels_dbfs))
        for voice in sorted({word["speaker"] for word in clip.get("words", [])})
    }
    unsure = covered([*clip.get("nonspeech", []), *clip.get("dont_care", [])], len(levels_dbfs))
    for voice, own in spoken.items():
        alone = own & ~np.any([unsure, *(other for name, other in spoken.items() if name != voice)], axis=0)
        loud_dbfs = np.quantile(levels_dbfs[alone], 0.95) if alone.any() else room_dbfs
        if loud_dbfs - room_dbfs < LEAST_OVER_ROOM_DB:
            continue
        for begin, end in stretches(alone & (levels_dbfs > loud_dbfs - FAINT_BELOW_LOUD_DB)):
            if alone[max(0, begin - 1) : end + 1].all() and end < len(alone):
                gain_db = SPEECH_DBFS - float(np.quantile(levels_dbfs[begin:end], 0.9))
                yield voice, samples[begin * HOP : end * HOP] * 10 ** (gain_db / 20)


def covered(spans: Sequence[dict[str, float]], count: int) -> npt.NDArray[np.bool_]:
    """The frames in which a span lies, give or take the error of annotated times."""
    mask = np.zeros(count, dtype=bool)
    for span in spans:
        first = max(0, int((span["start_s"] - ANNOTATION_ERROR_S) * 100))
        mask[first : int((span["end_s"] + ANNOTATION_ERROR_S) * 100) + 1] = True
    return mask


def stretches(loud: npt.NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """The [begin, end) of loud frames, over gaps no longer than the closure of a stop; blips are not loud."""
    joined: list[list[int]] = []
    for begin, end in np.flatnonzero(np.diff(np.concatenate([[False], loud, [False]]))).reshape(-1, 2).tolist():
        if end - begin < LONGEST_BLIP_S * 100:
            continue
        if joined and begin - joined[-1][1] <= LONGEST_CLOSURE_S * 100:
            joined[-1][1] = end
        else:
            joined.append([begin, end])
    return ((begin, end) for begin, end in joined if end - begin >= SHORTEST_PIECE_S * 100)


def build(pieces: Sequence[Samples], noise_dbfs: float) -> Iterator[tuple[Samples, list[Span]]]:
    """Answers with their pauses: the same pieces, pauses, clicks and breaths at every level of noise."""
    random = np.random.default_rng(1)
    for _ in range(ANSWER_COUNT):
        sounds: list[Samples] = [np.zeros(SAMPLE_RATE_HZ, dtype=np.float32)]
        truth = []
        at = SAMPLE_RATE_HZ
        for number, index in enumerate(random.integers(len(pieces), size=PIECE_COUNT)):
            if number:
                length_s = random.uniform(*(PAUSE_S if random.random() < PAUSE_SHARE else GAP_S))
                silence = np.zeros(int(length_s * SAMPLE_RATE_HZ), dtype=np.float32)
                if length_s >= PAUSE_S[0]:
                    truth.append(Span(start_s=at / SAMPLE_RATE_HZ, end_s=(at + len(silence)) / SAMPLE_RATE_HZ))
                    disturb(silence, random)
                sounds.append(silence)
                at += len(silence)
            sounds.append(pieces[index])
            at += len(pieces[index])
        sounds.append(np.zeros(SAMPLE_RATE_HZ, dtype=np.float32))
        speech = np.concatenate(sounds)
        yield (speech + room_noise(len(speech), noise_dbfs, random)).astype(np.float32), truth


def with_fan(sound: Samples, truth: list[Span]) -> tuple[Samples, list[Span]]:
    """The same answer; a fan runs for some of it."""
    fan = room_noise(len(sound), FAN_DBFS, np.random.default_rng(3))
    fan[: int(FAN_FROM * len(fan))] = 0
    fan[int(FAN_TO * len(fan)) :] = 0
    return sound + fan, truth


def disturb(silence: Samples, random: np.random.Generator) -> None:
    """Put a click, or a breath, into the middle of some pauses."""
    dice = random.random()
    middle = len(silence) // 2
    if dice < CLICK_SHARE:
        length = int(0.008 * SAMPLE_RATE_HZ)
        silence[middle : middle + length] += (0.1 * random.standard_normal(length)).astype(np.float32)
    elif dice < CLICK_SHARE + BREATH_SHARE and len(silence) > 0.5 * SAMPLE_RATE_HZ:
        length = int(0.3 * SAMPLE_RATE_HZ)
        hiss = np.diff(random.standard_normal(length + 1)) * np.hanning(length) * 0.004
        silence[middle - length // 2 : middle - length // 2 + length] += hiss.astype(np.float32)


def room_noise(count: int, level_dbfs: float, random: np.random.Generator) -> Samples:
    """Noise that falls by 3 dB an octave, as in a room."""
    spectrum = np.fft.rfft(random.standard_normal(count))
    spectrum /= np.sqrt(np.maximum(np.fft.rfftfreq(count, 1 / SAMPLE_RATE_HZ), 50.0))
    noise = np.fft.irfft(spectrum, count)
    return (noise / np.std(noise) * 10 ** (level_dbfs / 20)).astype(np.float32)


# --- the methods ----------------------------------------------------------------------------------


def silero_speech(samples: Samples) -> Sequence[Span]:
    """Silero's speech, as every recogniser of mockint hands it over."""
    chunker = Chunker(VoiceActivity())
    for _ in chunker.feed(samples):
        pass
    return chunker.speech


def ours(samples: Samples) -> Sequence[Span]:
    frames = analyse(Recording(samples=samples, sample_rate_hz=SAMPLE_RATE_HZ))
    return find_pauses(frames, silero_speech(samples))


def ours_without_detector(samples: Samples) -> Sequence[Span]:
    return find_pauses(analyse(Recording(samples=samples, sample_rate_hz=SAMPLE_RATE_HZ)), None)


def silero_alone(samples: Samples) -> Sequence[Span]:
    return between(silero_speech(samples))


def energy_split(samples: Samples) -> Sequence[Span]:
    """Frames of 2048 samples, a hop of 512, against the loudest frame."""
    hop, length = 512, 2048
    padded = np.pad(samples, length // 2)
    windows = np.lib.stride_tricks.sliding_window_view(padded, length)[::hop]
    level_db = 10 * np.log10(np.maximum(np.square(windows).mean(axis=1), 1e-10))
    loud = level_db > level_db.max() - ENERGY_BELOW_PEAK_DB
    edges = np.flatnonzero(np.diff(np.concatenate([[False], loud, [False]]))) * hop / SAMPLE_RATE_HZ
    return between([Span(start_s=float(a), end_s=float(b)) for a, b in edges.reshape(-1, 2)])


def between(speech: Sequence[Span]) -> list[Span]:
    gaps = [Span(start_s=a.end_s, end_s=b.start_s) for a, b in pairwise(speech)]
    return [gap for gap in gaps if gap.duration_s >= SHORTEST_PAUSE_S]


METHODS: dict[str, Finder] = {
    "mockint": ours,
    "mockint without detector": ours_without_detector,
    "Silero alone": silero_alone,
    "energy split": energy_split,
}


# --- the figures ----------------------------------------------------------------------------------


def judged(answers: Sequence[tuple[Sequence[Span], Sequence[Span]]]) -> str:
    """F1, precision, recall; a pause is found where the spans share more than half of what they cover together."""
    matched = 0
    errors_s: list[float] = []
    for truth, found in answers:
        for pause in truth:
            best = max(found, key=lambda other: overlap(pause, other), default=None)
            if best is not None and overlap(pause, best) > 0.5:
                matched += 1
                errors_s += [abs(best.start_s - pause.start_s), abs(best.end_s - pause.end_s)]
    precision = matched / max(1, sum(len(found) for _, found in answers))
    recall = matched / max(1, sum(len(truth) for truth, _ in answers))
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    edge_ms = 1000 * float(np.median(errors_s)) if errors_s else float("nan")
    return f"{f1:5.2f} {precision:6.2f} {recall:6.2f} {edge_ms:15.0f} ms"


def overlap(one: Span, other: Span) -> float:
    """What both cover, as a share of what either covers."""
    shared = min(one.end_s, other.end_s) - max(one.start_s, other.start_s)
    return shared / (one.duration_s + other.duration_s - shared)


if __name__ == "__main__":
    main()
