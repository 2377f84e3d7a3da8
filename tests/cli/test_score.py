"""`mockint score` on what people really have: each file gives a result with its caveats, or one clear sentence."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
import signals
import soundfile
from running import run

from mockint.devices.audiofile import Resampler
from mockint.devices.voice import Pyttsx3Voice
from mockint.model import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    import numpy.typing as npt

    from mockint.model import Samples

PAUSES_S = [0.6, 1.2, 0.5]
DETECTOR_LATE_S = 0.2
"""How late Silero ends a held, synthetic vowel in a bad recording."""
ANSWER = signals.spoken(PAUSES_S, stretch_s=3.0, room_dbfs=-70)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A data folder of its own."""
    monkeypatch.setenv("MOCKINT_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="module")
def spoken() -> Samples:
    """A sentence by the synthesiser, 16 kHz: speech that recognisers understand, with silence around it."""
    said = Pyttsx3Voice().synthesise("I led the team that moved the billing system. It took us three months.")
    resampler = Resampler(said.sample_rate_hz)
    silence = np.zeros(SAMPLE_RATE_HZ, dtype=np.float32)
    return np.concatenate([silence, resampler.feed(said.samples, last=True), silence])


def kept(
    folder: Path,
    samples: npt.NDArray[np.floating],
    rate_hz: int = SAMPLE_RATE_HZ,
    *,
    name: str = "answer.wav",
    subtype: str | None = None,
) -> Path:
    path = folder / name
    soundfile.write(path, samples, rate_hz, subtype=subtype)
    return path


def measured(path: Path) -> dict[str, Any]:
    """What is printed for one file, by the sound alone."""
    outcome = run("score", "--json", "--engine", "none", path)
    assert outcome.exit_code == 0, outcome.stderr
    (printed,) = outcome.objects
    return printed


def told(printed: dict[str, Any], words: str) -> bool:
    return any(words in caveat for caveat in printed["caveats"])


def lengths_s(printed: dict[str, Any]) -> list[float]:
    return [pause["end_s"] - pause["start_s"] for pause in printed["pauses"]]


# --- files of every kind --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "subtype"),
    [
        ("answer.wav", "PCM_16"),
        ("answer.wav", "PCM_24"),
        ("answer.wav", "FLOAT"),
        ("answer.flac", None),
        ("answer.ogg", None),
        ("answer.mp3", None),
    ],
)
def test_every_usual_format_gives_the_same_pauses(tmp_path: Path, name: str, subtype: str | None) -> None:
    """WAV of any depth, FLAC, OGG and MP3, to a few hundredths of a second."""
    printed = measured(kept(tmp_path, ANSWER.samples, name=name, subtype=subtype))
    np.testing.assert_allclose(lengths_s(printed), PAUSES_S, atol=2 * signals.EDGE_S)


@pytest.mark.parametrize("rate_hz", [8_000, 22_050, 44_100, 96_000])
def test_every_sample_rate_gives_the_same_pauses(tmp_path: Path, rate_hz: int) -> None:
    """From a telephone's 8 kHz to a studio's 96 kHz; the telephone is told."""
    resampler = Resampler(SAMPLE_RATE_HZ, rate_hz)
    printed = measured(kept(tmp_path, resampler.feed(ANSWER.samples, last=True), rate_hz))
    np.testing.assert_allclose(lengths_s(printed), PAUSES_S, atol=signals.EDGE_S)
    assert rate_hz != 8_000 or told(printed, "near 4 kHz")


@pytest.mark.parametrize(
    ("channels", "caveat"),
    [
        (lambda samples: (samples, samples), None),
        (lambda samples: (samples, np.zeros_like(samples)), "Only 1 of 2 channels carried sound"),
        (lambda samples: (samples, -samples), "The channels cancel each other"),
    ],
    ids=["both", "one dead", "one inverted"],
)
def test_stereo_is_heard_whatever_its_channels_hold(tmp_path: Path, channels: Any, caveat: str | None) -> None:
    """A dead channel and an inverted one cost nothing but a sentence."""
    printed = measured(kept(tmp_path, np.stack(channels(ANSWER.samples), axis=1)))
    np.testing.assert_allclose(lengths_s(printed), PAUSES_S, atol=signals.EDGE_S)
    assert caveat is None or told(printed, caveat)


# --- sound of every kind --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("disturbed", "caveat"),
    [
        (lambda samples: samples + np.float32(0.2), None),
        (signals.clipped, "clipped"),
        (lambda samples: samples * np.float32(0.03), "very quiet"),
        (lambda samples: samples + noise(samples, -36), "above the room's noise"),
    ],
    ids=["offset", "clipping", "quiet", "noisy"],
)
def test_a_bad_recording_is_measured_and_told(tmp_path: Path, disturbed: Any, caveat: str | None) -> None:
    """Every pause is found, shorter at most by what the detector is late by, and one sentence says what is wrong."""
    printed = measured(kept(tmp_path, disturbed(ANSWER.samples)))
    np.testing.assert_allclose(lengths_s(printed), PAUSES_S, atol=DETECTOR_LATE_S)
    assert caveat is None or told(printed, caveat)


def test_a_child_is_heard(tmp_path: Path, spoken: Samples) -> None:
    """Speech whose pitch and formants are half as high again is speech."""
    child = kept(tmp_path, spoken, round(1.5 * SAMPLE_RATE_HZ))
    assert measured(child)["pace"]["phonation_time_ratio"] is not None


def test_whispering_is_measured_or_said_not_to_be_heard(tmp_path: Path, spoken: Samples) -> None:
    """Whispered speech has no voice: there is an answer, or the sentence that nobody was heard."""
    random = np.random.default_rng(0)
    spectra = np.fft.rfft(np.lib.stride_tricks.sliding_window_view(spoken, 320)[::160] * np.hanning(320))
    noise_phase = np.exp(2j * np.pi * random.random(spectra.shape))
    frames = np.fft.irfft(np.abs(spectra) * noise_phase)
    whispered = np.zeros(len(spoken))
    for number, frame in enumerate(frames):
        whispered[number * 160 : number * 160 + 320] += frame
    printed = measured(kept(tmp_path, whispered))
    assert printed["pace"]["phonation_time_ratio"] is not None or told(printed, "Nobody was heard")


@pytest.mark.parametrize(
    ("samples", "caveat"),
    [
        (ANSWER.samples[20_000:20_800], "Nobody was heard speaking"),
        (signals.silence(5.0), "digital silence"),
        (signals.room_noise(5.0, level_dbfs=-50), "Nobody was heard speaking"),
        (ANSWER.samples * np.float32(0.0001), "turned down"),
    ],
    ids=["0.05 s", "muted", "a room", "a voice that drowns in the last bit"],
)
def test_where_nobody_is_heard_it_says_so(tmp_path: Path, samples: Samples, caveat: str) -> None:
    """A result with a sentence, no pauses, and no rates of 0."""
    printed = measured(kept(tmp_path, samples))
    assert told(printed, caveat)
    assert printed["pauses"] == []
    assert printed["pace"]["words_per_minute"] is None


# --- what is no sound -----------------------------------------------------------------------------


def test_one_bad_file_does_not_keep_the_others_from_being_scored(tmp_path: Path) -> None:
    """Each bad file has its sentence on stderr; the good ones are on stdout; the command fails."""
    good = [kept(tmp_path, ANSWER.samples, name=name) for name in ("good.wav", "better.wav")]
    (tmp_path / "empty.wav").touch()
    (tmp_path / "text.wav").write_text("I led the team.")
    (tmp_path / "cut.wav").write_bytes(good[0].read_bytes()[:30])
    bad = [tmp_path / name for name in ("empty.wav", "text.wav", "cut.wav", "missing.wav")]
    outcome = run("score", "--json", "--engine", "none", bad[0], good[0], *bad[1:], good[1])
    assert outcome.exit_code == 1
    assert [printed["file"] for printed in outcome.objects] == [str(path) for path in good]
    for words in ("is empty", "is not a sound file", "There is no file", "4 of 6 files"):
        assert words in outcome.stderr
    assert "Traceback" not in outcome.stderr


# --- with words -----------------------------------------------------------------------------------


def test_words_are_heard_in_telephone_quality(tmp_path: Path, spoken: Samples) -> None:
    """8 kHz keeps most words, and the caveat says what it costs."""
    telephone = Resampler(SAMPLE_RATE_HZ, 8_000).feed(spoken, last=True)
    outcome = run("score", "--json", "--engine", "moonshine", kept(tmp_path, telephone, 8_000))
    assert outcome.exit_code == 0
    (printed,) = outcome.objects
    assert {"system", "months"} & {word["text"].lower().strip(".,") for word in printed["words"]}
    assert told(printed, "near 4 kHz")


def test_an_hour_is_scored_in_bounded_memory(tmp_path: Path, spoken: Samples) -> None:
    """An hour of mostly silence with words at either end: both are found, and the sound is never held as a whole."""
    path = tmp_path / "hour.flac"
    minute = signals.room_noise(60.0, level_dbfs=-70)
    with soundfile.SoundFile(path, "w", samplerate=SAMPLE_RATE_HZ, channels=1) as file:
        file.write(spoken)
        for _ in range(60):
            file.write(minute)
        file.write(spoken)
    short = kept(tmp_path, spoken, name="short.wav")
    longer, base = (scored_apart(file) for file in (path, short))
    assert longer[0]["duration_s"] > 3600
    assert len(longer[0]["words"]) >= 2 * len(base[0]["words"]) - 2
    assert longer[0]["words"][-1]["start_s"] > 3600
    assert longer[1] - base[1] < HOUR_OF_SAMPLES_MB / 2


HOUR_OF_SAMPLES_MB = 3600 * SAMPLE_RATE_HZ * 4 / 1e6


def scored_apart(path: Path) -> tuple[dict[str, Any], float]:
    """What a process of its own prints for a file, and the most memory (MB) that it ever held."""
    script = (
        "import resource, sys; from mockint.cli.main import main\n"
        "try: main(['score', '--json', '--engine', 'moonshine', sys.argv[1]])\n"
        "finally: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script, path], capture_output=True, text=True, check=True)
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return json.loads(done.stdout), int(done.stderr.split()[-1]) / unit


def noise(samples: Samples, level_dbfs: float) -> Samples:
    return signals.room_noise(len(samples) / SAMPLE_RATE_HZ, level_dbfs=level_dbfs)
