"""How truly are filled pauses heard, and the words right? mockint's own whole-file path beside the bare engines.

    python benchmarks/fillers.py DIR [--engines ours whisper moonshine erm] [--folds] [--erm-python PYTHON]

DIR holds clips: FILE.flac with FILE.json, which names the words and fillers a person heard and their times. An event
counts where it overlaps an annotated one or their middles lie within the collar; each counts once. What stands in
unintelligible stretches, back-channels, laughter and overlapped speech counts neither way. Words are compared without
fillers on clips of one speaker. `--folds` fits the two numbers of the pool anew without each speaker in turn.

The engines stand bare: Whisper base through faster-whisper, without a prompt; Moonshine tiny through its maker's
library, which times lines only, so words are spread over their line. `erm` (0.4.0, removes fillers from recordings)
runs with the same Whisper weights in its own environment: `python -m venv E && E/bin/pip install erm`, then
`--erm-python E/bin/python`.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import subprocess
import tempfile
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import soundfile

from mockint.delivery.acoustics import analyse
from mockint.delivery.filled_pauses import (
    FilledPauseSettings,
    find_filled_pauses,
    is_written_filled_pause,
    with_filled_pauses,
)
from mockint.devices.recognisers.listeners import BothListeners
from mockint.devices.recognisers.listening import ChunkedRecogniser
from mockint.devices.recognisers.voice_activity import VoiceActivity
from mockint.devices.recognisers.weights import WHISPER_BASE_EXTRAS, WHISPER_BASE_MODEL
from mockint.model import SAMPLE_RATE_HZ, Evidence, Filler, FillerKind, Recording, Transcript, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mockint.delivery.acoustics import Frames
    from mockint.model import NoTranscript, Samples

COLLAR_S = 0.5
SHADE_S = 0.25
AUDIBLE_DB = 30.0
ONE_SPEAKER_SHARE = 0.95
FILLER_TEXT = re.compile(r"^(u+h*m+|u+h+|e+r+m*|a+h+|h+m+|m+h*m*|e+h+|o+h+)$")

Times = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A recording and what a person heard in it."""

    truth: dict[str, Any]
    samples: Samples

    @property
    def voice(self) -> str:
        """Clips that share a voice stay together in a fold: the meeting series, or the speaker."""
        meeting = re.match(r"[A-Z]{2}\d{4}", str(self.truth.get("meeting", "")) or self.truth["id"].partition("_")[2])
        return meeting.group() if meeting else str(self.truth.get("main_speaker", self.truth["id"]))


@dataclass(slots=True)
class Tally:
    """What an engine got right."""

    hits: int = 0
    misses: int = 0
    false: int = 0
    minutes: float = 0.0
    word_errors: int = 0
    words: int = 0
    count_errors: list[float] = field(default_factory=list)

    def line(self, name: str, seconds: float) -> str:
        precision, recall = (self.hits / max(1, self.hits + other) for other in (self.false, self.misses))
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        p_low, p_high = wilson(self.hits, self.hits + self.false)
        r_low, r_high = wilson(self.hits, self.hits + self.misses)
        wer = self.word_errors / max(1, self.words)
        count_error = sum(self.count_errors) / max(1, len(self.count_errors))
        return (
            f"{name:28s} F1 {f1:.3f}  precision {precision:.2f} ({p_low:.2f}-{p_high:.2f})"
            f"  recall {recall:.2f} ({r_low:.2f}-{r_high:.2f})  false/min {self.false / max(self.minutes, 1e-9):.2f}"
            f"  WER {wer:.3f}  word count error {count_error:.3f}"
            f"  {seconds / max(60 * self.minutes, 1e-9):.3f} x real time"
        )


def wilson(successes: int, trials: int, z: float = 1.96) -> tuple[float, float]:
    """Wilson's 95 % interval of a share (Wilson 1927)."""
    if trials == 0:
        return 0.0, 1.0
    share = successes / trials
    middle = (share + z * z / (2 * trials)) / (1 + z * z / trials)
    half = z * math.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials)) / (1 + z * z / trials)
    return middle - half, middle + half


def tally(clip: Clip, words: Sequence[Word], filled_pauses: Sequence[Filler], total: Tally) -> list[bool | None]:
    """Add one clip to `total`; returns for each filled pause whether it is right (None: counts neither way)."""
    truth = clip.truth
    total.minutes += truth["duration_s"] / 60
    judged, missed = judge(truth, [(filler.start_s, filler.end_s) for filler in filled_pauses])
    total.hits += judged.count(True)
    total.false += judged.count(False)
    total.misses += missed
    spoken = truth.get("words", [])
    own = [word for word in spoken if is_main(word, truth)]
    if spoken and len(own) >= ONE_SPEAKER_SHARE * len(spoken) and not truth.get("dont_care"):
        reference, heard = plain(word["text"] for word in spoken), plain(word.text for word in words)
        if reference:
            total.word_errors += edit_distance(reference, heard)
            total.words += len(reference)
            total.count_errors.append(abs(len(heard) - len(reference)) / len(reference))
    return judged


def judge(truth: dict[str, Any], heard: list[Times]) -> tuple[list[bool | None], int]:
    """For each event heard: right, false, or neither; and how many were missed."""
    everyone = truth.get("fillers", [])
    scored = [x for x in everyone if not x.get("overlap") and (is_main(x, truth) or x.get("snr_db", 0) >= AUDIBLE_DB)]
    if truth.get("times") is False or (scored and "start_s" not in scored[0]):
        hits = min(len(scored), len(heard))
        return [i < hits for i in range(len(heard))], len(scored) - hits
    said = [(x["start_s"], x["end_s"]) for x in scored]
    pairs = sorted(
        (abs(sum(a) - sum(b)) / 2, i, j)
        for i, a in enumerate(said)
        for j, b in enumerate(heard)
        if overlap(a, b) > 0 or abs(sum(a) - sum(b)) / 2 <= COLLAR_S
    )
    found: set[int] = set()
    right: set[int] = set()
    for _, i, j in pairs:
        if i not in found and j not in right:
            found.add(i)
            right.add(j)
    shade = [x for kind in ("dont_care", "backchannels", "nonspeech") for x in truth.get(kind, []) if "start_s" in x]
    shade += [x for x in everyone if x not in scored and "start_s" in x]
    shaded = [(x["start_s"] - SHADE_S, x["end_s"] + SHADE_S) for x in shade]
    judged = [
        True if j in right else (None if any(overlap(event, span) > 0 for span in shaded) else False)
        for j, event in enumerate(heard)
    ]
    return judged, len(said) - len(found)


def overlap(a: Times, b: Times) -> float:
    return min(a[1], b[1]) - max(a[0], b[0])


def is_main(item: dict[str, Any], truth: dict[str, Any]) -> bool:
    return bool(item.get("speaker", truth.get("main_speaker")) == truth.get("main_speaker"))


def plain(texts: Any) -> list[str]:
    """Words in lower case without punctuation and fillers."""
    split = (word for text in texts for word in re.sub(r"[^a-z0-9' ]+", " ", text.lower().replace("-", " ")).split())
    return [word for word in split if not FILLER_TEXT.match(word)]


def edit_distance(a: list[str], b: list[str]) -> int:
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]


def read_clips(folder: Path) -> list[Clip]:
    clips = []
    for file in sorted(folder.rglob("*.json")):
        truth = json.loads(file.read_text())
        if not isinstance(truth, dict) or "id" not in truth:
            continue
        samples, rate_hz = soundfile.read(file.with_suffix(".flac"), dtype="float32")
        if rate_hz != SAMPLE_RATE_HZ:
            raise SystemExit(f"{file}: expected sound at {SAMPLE_RATE_HZ} Hz")
        clips.append(Clip(truth=truth, samples=samples))
    if not clips:
        raise SystemExit(f"{folder} holds no clips: FILE.flac, each with a FILE.json")
    return clips


def as_written(words: Sequence[Word]) -> list[Filler]:
    """What an engine wrote is what it heard."""
    return [
        Filler(
            kind=FillerKind.FILLED_PAUSE,
            text=word.text,
            start_s=word.start_s,
            end_s=word.end_s,
            confidence=1.0,
            evidence=Evidence.TRANSCRIPT,
        )
        for word in words
        if is_written_filled_pause(word.text)
    ]


def chunked(engine: Any) -> ChunkedRecogniser:
    engine.prepare()
    return ChunkedRecogniser(engine, VoiceActivity)


def in_blocks(samples: Samples) -> list[Samples]:
    return [samples[at : at + SAMPLE_RATE_HZ] for at in range(0, len(samples), SAMPLE_RATE_HZ)]


def run(name: str, clips: list[Clip], hear: Callable[[Samples], tuple[Sequence[Word], Sequence[Filler]]]) -> None:
    """Print one engine's line."""
    total = Tally()
    began = time.perf_counter()
    for clip in clips:
        tally(clip, *hear(clip.samples), total)
    print(total.line(name, time.perf_counter() - began), flush=True)


def bare_whisper() -> Callable[[Samples], tuple[Sequence[Word], Sequence[Filler]]]:
    """Whisper base as faster-whisper runs it: no prompt, no cutting at pauses."""
    from faster_whisper import WhisperModel

    model = WhisperModel("base", device="cpu", compute_type="int8", cpu_threads=1, files=whisper_files())

    def hear(samples: Samples) -> tuple[Sequence[Word], Sequence[Filler]]:
        segments, _ = model.transcribe(samples, language="en", word_timestamps=True)
        words = [
            Word(text=word.word.strip(), start_s=word.start, end_s=word.end)
            for segment in segments
            for word in segment.words
        ]
        return words, as_written(words)

    return hear


def whisper_files() -> dict[str, bytes]:
    """The weights of Whisper base by the names of their files."""
    return {
        "model.bin": b"".join(part.read() for part in WHISPER_BASE_MODEL),
        **{name: file.read() for name, file in WHISPER_BASE_EXTRAS.items()},
    }


def bare_moonshine() -> Callable[[Samples], tuple[Sequence[Word], Sequence[Filler]]]:
    """Moonshine tiny as its maker's library runs it; words are spread over each line by their letters."""
    from moonshine_voice import ModelArch, Transcriber, get_model_path

    transcriber = Transcriber(get_model_path("tiny-en"), ModelArch.TINY)

    def hear(samples: Samples) -> tuple[Sequence[Word], Sequence[Filler]]:
        words: list[Word] = []
        for line in transcriber.transcribe_without_streaming(samples.tolist(), SAMPLE_RATE_HZ).lines:
            texts = line.text.split()
            edges = np.cumsum([0, *(len(text) for text in texts)]) / max(1, sum(map(len, texts)))
            times = line.start_time + line.duration * edges
            words += [
                Word(text=text, start_s=float(a), end_s=float(b))
                for text, a, b in zip(texts, times, times[1:], strict=False)
            ]
        return words, as_written(words)

    return hear


ERM = """
import json, sys
from erm.acoustic import is_sustained_vowel
from erm.asr import transcribe
from erm.audio import load_audio_mono
from erm.detect import detect_gap_fillers, detect_intraword_fillers, detect_overlong_words
from erm.fillers import DEFAULT_FILLERS, find_fillers
for line in sys.stdin:
    file = line.strip()
    words, duration = transcribe(file, sys.argv[1], device="cpu", compute_type="int8")
    sound, rate = load_audio_mono(file)
    cuts = find_fillers(words, DEFAULT_FILLERS) + detect_gap_fillers(sound, rate, words, duration)
    cuts += detect_intraword_fillers(sound, rate, words)
    cuts += [cut for cut in detect_overlong_words(sound, rate, words)
             if is_sustained_vowel(sound, rate, cut.start, cut.end)]
    print(json.dumps([[[x.text, x.start, x.end] for x in words], [[x.start, x.end] for x in cuts]]), flush=True)
"""
"""What `erm FILE --dry-run` does up to its list of cuts, without its need for ffmpeg."""


def erm(clips: list[Clip], python: Path | None) -> None:
    """Run erm with its own detectors and prompt, and the same Whisper weights."""
    if python is None:
        print("erm: left out (name the Python that has it with --erm-python)")
        return
    with tempfile.TemporaryDirectory() as folder:
        weights = Path(folder) / "whisper"
        weights.mkdir()
        for name, content in whisper_files().items():
            (weights / name).write_bytes(content)
        command = [str(python), "-c", ERM, str(weights)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:

            def hear(samples: Samples) -> tuple[Sequence[Word], Sequence[Filler]]:
                file = Path(folder) / "clip.wav"
                soundfile.write(file, samples, SAMPLE_RATE_HZ)
                assert process.stdin is not None  # noqa: S101 - tells the type checker
                assert process.stdout is not None  # noqa: S101
                print(file, file=process.stdin, flush=True)
                words, cuts = json.loads(process.stdout.readline())
                return (
                    [Word(text=text, start_s=start, end_s=end) for text, start, end in words],
                    as_written([Word(text="um", start_s=start, end_s=end) for start, end in cuts]),
                )

            run("erm, Whisper base", clips, hear)


def ours(clips: list[Clip], *, folds: bool) -> None:
    """Run mockint's own path: every listener, pooled, checked against the sound."""
    recogniser = chunked(BothListeners())
    began = time.perf_counter()
    heard = [
        (
            analyse(Recording(samples=clip.samples, sample_rate_hz=SAMPLE_RATE_HZ)),
            recogniser.transcribe(in_blocks(clip.samples)),
        )
        for clip in clips
    ]
    seconds = time.perf_counter() - began
    print(pooled(clips, heard, FilledPauseSettings()).line("mockint", seconds))
    if folds:
        by_voice = {clip.voice: fitted_without(clip.voice, clips, heard) for clip in clips}
        print(pooled(clips, heard, by_voice).line("mockint, cross-validated", seconds))
        print("fitted on all:", fitted_without(None, clips, heard))


Heard = list[tuple["Frames", "Transcript | NoTranscript"]]


def pooled(clips: list[Clip], heard: Heard, settings: FilledPauseSettings | dict[str, FilledPauseSettings]) -> Tally:
    total = Tally()
    for clip, (frames, transcript) in zip(clips, heard, strict=True):
        own = settings if isinstance(settings, FilledPauseSettings) else settings[clip.voice]
        words = transcript.words if isinstance(transcript, Transcript) else ()
        filled_pauses = find_filled_pauses(frames, transcript, own)
        tally(clip, with_filled_pauses(words, filled_pauses), filled_pauses, total)
    return total


def fitted_without(voice: str | None, clips: list[Clip], heard: Heard) -> FilledPauseSettings:
    """Logistic regression of right or false on the pooled log-odds, without the clips of one voice."""
    everything = FilledPauseSettings(bias=0.0, weight=1.0, counts_from=0.0)  # confidence is then the pool itself
    log_odds: list[float] = []
    right: list[float] = []
    for clip, (frames, transcript) in zip(clips, heard, strict=True):
        if clip.voice == voice:
            continue
        places = find_filled_pauses(frames, transcript, everything)
        places = tuple(sorted(places, key=lambda place: -place.confidence))
        judged = tally(clip, (), places, Tally())
        for place, verdict in zip(places, judged, strict=True):
            if verdict is not None:
                log_odds.append(math.log(place.confidence / (1 - place.confidence)))
                right.append(float(verdict))
    inputs = np.column_stack([np.ones(len(log_odds)), log_odds])
    weights = np.zeros(2)
    for _ in range(25):  # Newton's method
        chances = 1 / (1 + np.exp(-inputs @ weights))
        curvature = (inputs * (chances * (1 - chances))[:, np.newaxis]).T @ inputs
        weights += np.linalg.solve(curvature, inputs.T @ (np.array(right) - chances))
    return replace(FilledPauseSettings(), bias=float(weights[0]), weight=float(weights[1]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--engines", nargs="*", default=["moonshine", "whisper", "erm", "ours"])
    parser.add_argument("--folds", action="store_true")
    parser.add_argument("--erm-python", type=Path)
    arguments = parser.parse_args()
    clips = read_clips(arguments.folder)
    if "moonshine" in arguments.engines:
        run("Moonshine tiny, bare", clips, bare_moonshine())
    if "whisper" in arguments.engines:
        run("Whisper base, bare", clips, bare_whisper())
    if "erm" in arguments.engines:
        erm(clips, arguments.erm_python)
    if "ours" in arguments.engines:
        ours(clips, folds=arguments.folds)


if __name__ == "__main__":
    main()
