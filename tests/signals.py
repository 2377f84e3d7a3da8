"""Speech-like sound whose truth is built: it is known to the sample where a voice begins and ends.

Measures are held to one frame hop (`HOP_S`) on either side of the truth where a sound begins or ends sharply in a quiet
room, and to `EDGE_S` where it fades or the room is loud.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mockint.model import SAMPLE_RATE_HZ, Recording, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from mockint.model import Samples

    Sound = npt.NDArray[np.floating]

HOP_S = 0.010
EDGE_S = 0.030
FORMANTS_HZ = {"a": (730, 1090, 2440), "i": (270, 2290, 3010), "u": (300, 870, 2240), "schwa": (500, 1500, 2500)}
"""The first three formants of American men (Peterson & Barney 1952)."""
FORMANT_WIDTH_HZ = 120.0
FADE_S = 0.010
SPEECH_DBFS = -26.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """Sound with its truth."""

    samples: Samples
    speech: tuple[Span, ...]
    """Where the voice sounds."""

    @property
    def recording(self) -> Recording:
        """The sound as it is analysed."""
        return Recording(samples=self.samples, sample_rate_hz=SAMPLE_RATE_HZ)

    @property
    def pauses(self) -> tuple[Span, ...]:
        """Between the stretches of speech."""
        return tuple(
            Span(start_s=before.end_s, end_s=after.start_s)
            for before, after in zip(self.speech, self.speech[1:], strict=False)
        )

    @property
    def answer(self) -> Span:
        """From the first stretch of speech to the last."""
        return Span(start_s=self.speech[0].start_s, end_s=self.speech[-1].end_s)


# --- sounds of a voice ----------------------------------------------------------------------------


def vowel(duration_s: float, *, sound: str = "a", f0_hz: float = 120.0, level_dbfs: float = SPEECH_DBFS) -> Samples:
    """Harmonics of `f0_hz`, shaped by the formants of `sound`."""
    times_s = _times(duration_s)
    tone = np.zeros_like(times_s)
    for harmonic_hz in np.arange(f0_hz, 4000.0, f0_hz):
        nearness = [1 / (1 + ((harmonic_hz - formant_hz) / FORMANT_WIDTH_HZ) ** 2) for formant_hz in FORMANTS_HZ[sound]]
        tone += (0.02 + sum(nearness)) * np.sin(2 * np.pi * harmonic_hz * times_s + harmonic_hz)
    return _faded(at_level(tone, level_dbfs))


def fricative(duration_s: float, *, level_dbfs: float = SPEECH_DBFS - 12, seed: int = 0) -> Samples:
    """Noise above 3.5 kHz, as in s."""
    return _faded(at_level(_noise_between(duration_s, 3500, 8000, seed), level_dbfs))


def whisper(duration_s: float, *, level_dbfs: float = SPEECH_DBFS - 12, seed: int = 0) -> Samples:
    """A vowel without a voice: noise shaped by formants."""
    bands = [_noise_between(duration_s, hz - 400, hz + 400, seed) for hz in FORMANTS_HZ["a"]]
    return _faded(at_level(np.sum(bands, axis=0), level_dbfs))


def words(duration_s: float, *, f0_hz: float = 120.0, level_dbfs: float = SPEECH_DBFS) -> Samples:
    """Syllables of 0.2 s, vowels in turn, with no silence between."""
    count = max(1, round(duration_s / 0.2))
    sounds = [
        vowel(
            duration_s / count, sound="aiu"[number % 3], f0_hz=f0_hz * (1 + 0.05 * (number % 2)), level_dbfs=level_dbfs
        )
        for number in range(count)
    ]
    return np.concatenate(sounds)


# --- sounds of a room -----------------------------------------------------------------------------


def silence(duration_s: float) -> Samples:
    """Digital silence."""
    return np.zeros(_count(duration_s), dtype=np.float32)


def white_noise(duration_s: float, *, level_dbfs: float, seed: int = 0) -> Samples:
    """Noise with the same power at every frequency."""
    return at_level(np.random.default_rng(seed).standard_normal(_count(duration_s)), level_dbfs)


def room_noise(duration_s: float, *, level_dbfs: float, seed: int = 0) -> Samples:
    """Noise that falls by 3 dB an octave, as in a room."""
    count = _count(duration_s)
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(count))
    spectrum /= np.sqrt(np.maximum(np.fft.rfftfreq(count, 1 / SAMPLE_RATE_HZ), 50.0))
    return at_level(np.fft.irfft(spectrum, count), level_dbfs)


def hum(duration_s: float, *, mains_hz: float = 50.0, level_dbfs: float = -40.0) -> Samples:
    """Mains hum with its first harmonics."""
    times_s = _times(duration_s)
    return at_level(np.sum([np.sin(2 * np.pi * mains_hz * n * times_s) / n for n in (1, 2, 3)], axis=0), level_dbfs)


def chord(duration_s: float, *, level_dbfs: float = SPEECH_DBFS) -> Samples:
    """A major triad with overtones, as from music next door."""
    times_s = _times(duration_s)
    notes = [np.sin(2 * np.pi * hz * n * times_s) / n for hz in (220.0, 277.2, 329.6) for n in (1, 2, 3, 4)]
    return _faded(at_level(np.sum(notes, axis=0), level_dbfs))


def click(*, level_dbfs: float = -20.0, seed: int = 0) -> Samples:
    """A mouse button: 8 ms of noise."""
    return white_noise(0.008, level_dbfs=level_dbfs, seed=seed)


def breath(duration_s: float, *, level_dbfs: float = -48.0, seed: int = 0) -> Samples:
    """Air drawn in: noise that swells and fades."""
    noise = _noise_between(duration_s, 500, 6000, seed)
    return at_level(noise * np.hanning(len(noise)), level_dbfs)


# --- putting sounds together ----------------------------------------------------------------------


def spoken(
    pauses_s: Sequence[float],
    *,
    stretch_s: float = 1.0,
    lead_s: float = 1.0,
    tail_s: float = 1.0,
    room_dbfs: float | None = -65.0,
    f0_hz: float = 120.0,
    level_dbfs: float = SPEECH_DBFS,
    in_pauses: Samples | None = None,
) -> Built:
    """Stretches of speech with the given pauses between them, in a room (None: digital silence).

    `in_pauses` is put into the middle of every pause that has room for it: a click, a breath.
    """
    stretch = words(stretch_s, f0_hz=f0_hz, level_dbfs=level_dbfs)
    sounds = [silence(lead_s), stretch]
    speech = [_span(_count(lead_s), len(stretch))]
    for pause_s in pauses_s:
        gap = silence(pause_s)
        if in_pauses is not None and len(in_pauses) < len(gap):
            begin = (len(gap) - len(in_pauses)) // 2
            gap[begin : begin + len(in_pauses)] = in_pauses
        speech.append(_span(sum(map(len, sounds)) + len(gap), len(stretch)))
        sounds += [gap, stretch]
    samples = np.concatenate([*sounds, silence(tail_s)])
    if room_dbfs is not None:
        samples = samples + room_noise(len(samples) / SAMPLE_RATE_HZ, level_dbfs=room_dbfs)
    return Built(samples=samples.astype(np.float32), speech=tuple(speech))


def as_detector_hears(speech: Sequence[Span], window_s: float = 0.032, late_s: float = 0.05) -> tuple[Span, ...]:
    """The same stretches as a voice activity detector reports them: in whole windows, and ending late."""
    return tuple(
        Span(
            start_s=round(span.start_s / window_s) * window_s, end_s=round((span.end_s + late_s) / window_s) * window_s
        )
        for span in speech
    )


def at_level(samples: Sound, level_dbfs: float) -> Samples:
    """The same sound with this RMS level."""
    return np.asarray(samples / np.sqrt(np.mean(np.square(samples))) * 10 ** (level_dbfs / 20), dtype=np.float32)


def clipped(samples: Samples, gain: float = 20.0) -> Samples:
    """The same sound through an input that is turned up far too high."""
    return np.asarray(np.clip(samples * gain, -1.0, 1.0), dtype=np.float32)


def telephone(samples: Samples) -> Samples:
    """The same sound without anything above 3.4 kHz."""
    spectrum = np.fft.rfft(samples)
    spectrum[np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE_HZ) > 3400] = 0
    return np.fft.irfft(spectrum, len(samples)).astype(np.float32)


def _span(begin: int, length: int) -> Span:
    return Span(start_s=begin / SAMPLE_RATE_HZ, end_s=(begin + length) / SAMPLE_RATE_HZ)


def _count(duration_s: float) -> int:
    return round(duration_s * SAMPLE_RATE_HZ)


def _times(duration_s: float) -> Sound:
    return np.arange(_count(duration_s)) / SAMPLE_RATE_HZ


def _faded(samples: Sound) -> Samples:
    fade = min(round(FADE_S * SAMPLE_RATE_HZ), len(samples) // 2)
    ramp = np.concatenate([np.linspace(0, 1, fade), np.ones(len(samples) - 2 * fade), np.linspace(1, 0, fade)])
    return np.asarray(samples * ramp, dtype=np.float32)


def _noise_between(duration_s: float, low_hz: float, high_hz: float, seed: int) -> Sound:
    count = _count(duration_s)
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(count))
    frequencies_hz = np.fft.rfftfreq(count, 1 / SAMPLE_RATE_HZ)
    spectrum[(frequencies_hz < low_hz) | (frequencies_hz > high_hz)] = 0
    return np.fft.irfft(spectrum, count)
