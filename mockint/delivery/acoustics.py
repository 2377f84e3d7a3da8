"""Samples -> what can be seen in the sound, frame by frame: level, noise floor, voicing, pitch, spectral change.

Samples come in blocks of any size and are not kept: an answer of half an hour costs its frames alone. Frames are
worked out in groups that begin at fixed places, so the result is the same to the last bit whatever the block sizes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from mockint.model import Recording, Samples

    Floats = npt.NDArray[np.float32]
    Halves = npt.NDArray[np.float16]
    """Levels to 0.06 dB: finer than any ear, in half the memory."""

    Levels = TypeVar("Levels", Floats, Halves)

SILENCE_DBFS = -120.0
"""The level given to digital silence, which has none; 16-bit sound ends near -98 dBFS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcousticSettings:
    """How sound is cut into frames and looked at."""

    hop_s: float = 0.010
    """The distance between frames, and the resolution of every time drawn from them."""
    level_window_s: float = 0.020
    """Short, so that edges of speech stay sharp."""
    pitch_window_s: float = 0.040
    """Three periods of the lowest pitch, as an autocorrelation needs (Boersma 1993)."""
    lowest_hz: float = 80.0
    """Below lie rumble, knocks on the desk and an offset of the microphone: none of it counts in any level."""
    highest_hz: float = 8000.0
    band_count: int = 20
    """Bands are triangles, evenly spaced in mel."""
    pitch_floor_hz: float = 75.0
    pitch_ceiling_hz: float = 600.0
    """Praat's range for speech, with room for a child."""
    pitch_band_hz: float = 4000.0
    """Voiced speech is periodic below this; above, it is mostly breath and noise."""
    octave_cost: float = 0.01
    """Praat's bias towards the higher of two candidates an octave apart (Boersma 1993)."""
    voiced_from: float = 0.45
    """Praat's voicing threshold: the height of the autocorrelation peak."""
    noise_window_s: float = 10.0
    """The noise floor is what the quietest moments of this long around a frame sound like."""
    noise_quantile: float = 0.1
    """How quiet "quietest" is: fluent speech leaves at least 18 % of the time silent."""
    noise_step_s: float = 0.5
    """How often the noise floor is looked at; straight lines between."""
    change_span_s: float = 0.040
    """Spectral change compares the sound this far apart, about half a short vowel."""
    clipped_from: float = 0.98
    """Samples this near full scale, and flat, are clipped."""
    flat_within: float = 0.002
    """Neighbours that differ by less are flat."""
    group_frame_count: int = 100
    """Frames worked out at once: enough for NumPy to be quick, few enough to need little memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frames:
    """What can be seen in a recording, one row every `hop_s`; float32, but for the bands.

    Row i looks at the sound around `(i + 0.5) * hop_s` and stands for the time from `i * hop_s` to `(i + 1) * hop_s`.
    """

    duration_s: float
    hop_s: float
    level_dbfs: Floats
    """(n,) RMS level between the lowest and the highest frequency; full scale is 0, silence `SILENCE_DBFS`."""
    noise_dbfs: Floats
    """(n,) The level of the room, tracked."""
    bands_dbfs: Halves
    """(n, bands) The level in each mel band, lowest first."""
    bands_noise_dbfs: Halves
    """(n, bands) The level of the room in each band, tracked."""
    band_centres_hz: Floats
    """(bands,) Where each band peaks."""
    voicing: Floats
    """(n,) How periodic the sound is, 0..1: the height of the autocorrelation peak. Voiced from about 0.45."""
    f0_hz: Floats
    """(n,) Pitch; NaN where unvoiced."""
    spectral_change_db: Floats
    """(n,) RMS difference over the bands between just after and just before, loudness aside. Low in a held sound."""
    clipped_share: Floats
    """(n,) The share of samples that hit full scale, 0..1."""

    @property
    def count(self) -> int:
        """How many frames there are."""
        return len(self.level_dbfs)


def analyse(recording: Recording, settings: AcousticSettings | None = None) -> Frames:
    """Look at a whole recording at once."""
    analyser = FrameAnalyser(recording.sample_rate_hz, settings)
    analyser.feed(recording.samples)
    return analyser.finish()


def level_dbfs(samples: Samples) -> float:
    """RMS level of mono samples, shape (n,), an offset removed; `SILENCE_DBFS` where there is nothing."""
    if len(samples) == 0:
        return SILENCE_DBFS
    return max(SILENCE_DBFS, float(_to_db(np.var(samples, dtype=np.float64))))


class FrameAnalyser:
    """Looks at sound while it comes in."""

    def __init__(self, sample_rate_hz: int, settings: AcousticSettings | None = None) -> None:
        self._settings = settings or AcousticSettings()
        self._look = _Look(sample_rate_hz, self._settings)
        self._sample_rate_hz = sample_rate_hz
        self._pending: list[Samples] = []
        self._pending_count = 0
        self._sample_count = 0
        self._groups: list[_Group] = []

    def feed(self, samples: Samples) -> None:
        """Take the next samples, mono float32, shape (n,), n >= 0. They are not kept."""
        if len(samples) == 0:
            return
        if self._sample_count == 0:
            # What came before is unknown; going on as it begins keeps an offset from looking like a click.
            self._take(np.full(self._look.margin, samples[0], dtype=np.float32))
        self._take(samples)
        self._sample_count += len(samples)
        group_count = self._settings.group_frame_count
        needed = self._look.sample_count(group_count)
        if self._pending_count < needed:
            return
        pending = np.concatenate(self._pending)
        advance = group_count * self._look.hop
        while len(pending) >= needed:
            self._groups.append(self._look.at(pending[:needed], group_count))
            pending = pending[advance:]
        self._pending = [pending.copy()]
        self._pending_count = len(pending)

    def finish(self) -> Frames:
        """There is no more sound: everything seen in it. The analyser is empty after that."""
        hop = self._look.hop
        frame_count = -(-self._sample_count // hop)
        left_count = frame_count - len(self._groups) * self._settings.group_frame_count
        groups, self._groups = self._groups, []  # handed over: half an hour of them should not be held twice
        # The last frames need less than the look ahead that a group waits for, so they can make up more than a group.
        pending = np.concatenate([np.zeros(0, np.float32), *self._pending])
        while left_count > 0:
            count = min(left_count, self._settings.group_frame_count)
            needed = self._look.sample_count(count)
            padded = np.pad(pending[:needed], (0, max(0, needed - len(pending))), mode="edge")
            groups.append(self._look.at(padded, count))
            pending = pending[count * hop :]
            left_count -= count
        duration_s = self._sample_count / self._sample_rate_hz
        return _frames(groups, duration_s, hop / self._sample_rate_hz, self._look.centres_hz, self._settings)

    def _take(self, samples: Samples) -> None:
        self._pending.append(np.nan_to_num(samples.astype(np.float32)))
        self._pending_count += len(samples)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """What a look at a group of frames gives."""

    level_dbfs: Floats
    bands_dbfs: Halves
    voicing: Floats
    f0_hz: Floats
    clipped_share: Floats


class _Look:
    """Everything about a group of frames that can be told from its samples alone."""

    def __init__(self, sample_rate_hz: int, settings: AcousticSettings) -> None:
        self._rate_hz = sample_rate_hz
        self._settings = settings
        self.hop = round(settings.hop_s * sample_rate_hz)
        self._level_length = round(settings.level_window_s * sample_rate_hz)
        self._pitch_length = round(settings.pitch_window_s * sample_rate_hz)
        self.margin = (self._pitch_length - self.hop + 1) // 2
        """Samples that the first frame's window reaches back beyond the frame itself."""
        self._level_window = _hann(self._level_length)
        self._pitch_window = _hann(self._pitch_length)
        self._level_fft_length = _power_of_two(self._level_length)
        self._shortest_lag = int(sample_rate_hz / settings.pitch_ceiling_hz)
        self._longest_lag = -int(-sample_rate_hz // settings.pitch_floor_hz)
        self._pitch_fft_length = _power_of_two(self._pitch_length + self._longest_lag + 1)
        self.centres_hz, self._band_weights = _mel_bands(sample_rate_hz, self._level_fft_length, settings)
        of_window = self._correlation(self._pitch_window[np.newaxis, :], band_hz=sample_rate_hz)[0]
        self._window_correlation = of_window / of_window[0]

    def sample_count(self, frame_count: int) -> int:
        """How many samples the windows of so many frames span."""
        return (frame_count - 1) * self.hop + self._pitch_length

    def at(self, samples: Samples, frame_count: int) -> _Group:
        """Look at `frame_count` frames whose windows span exactly `samples`."""
        long = np.lib.stride_tricks.sliding_window_view(samples, self._pitch_length)[:: self.hop][:frame_count]
        begin = (self._pitch_length - self._level_length) // 2
        short = long[:, begin : begin + self._level_length]
        power = self._power(short)
        voicing, f0_hz = self._pitch(long)
        return _Group(
            level_dbfs=_level(power.sum(axis=1)),
            bands_dbfs=_level(power @ self._band_weights).astype(np.float16),
            voicing=voicing,
            f0_hz=f0_hz,
            clipped_share=self._clipped(short),
        )

    def _power(self, windows: Floats) -> Floats:
        """Power per frequency bin, scaled so that its sum is the mean square of the sound in the window."""
        window = self._level_window
        spectra = np.fft.rfft(_centred(windows, window) * window, self._level_fft_length, axis=1)
        power = np.square(np.abs(spectra)) * (2 / (self._level_fft_length * np.sum(np.square(window))))
        frequencies_hz = np.fft.rfftfreq(self._level_fft_length, 1 / self._rate_hz)
        settings = self._settings
        audible = (frequencies_hz >= settings.lowest_hz) & (frequencies_hz <= settings.highest_hz)
        return np.where(audible, power, 0.0).astype(np.float32)

    def _pitch(self, windows: Floats) -> tuple[Floats, Floats]:
        """Voicing and pitch from the autocorrelation, the window's own divided out (Boersma 1993)."""
        window = self._pitch_window
        windowed = _centred(windows, window) * window
        # Against the energy at all frequencies, so that the lowest part of a fricative does not pass for a voice.
        energy = np.square(windowed).sum(axis=1, keepdims=True)
        raw = self._correlation(windowed, band_hz=self._settings.pitch_band_hz)
        correlation = raw / np.maximum(energy, np.finfo(np.float32).tiny) / self._window_correlation
        lags = np.arange(self._shortest_lag, self._longest_lag + 1)
        inner = correlation[:, lags]
        peak = (inner >= correlation[:, lags - 1]) & (inner > correlation[:, lags + 1])
        bonus = -self._settings.octave_cost * np.log2(self._settings.pitch_floor_hz * lags / self._rate_hz)
        best = np.argmax(np.where(peak, inner + bonus, -np.inf), axis=1)
        rows = np.arange(len(inner))
        height = np.where(peak[rows, best], inner[rows, best], 0.0)
        voicing = np.clip(height, 0.0, 1.0).astype(np.float32)
        lag = lags[best] + _peak_offset(correlation, rows, lags[best])
        f0_hz = np.where(voicing >= self._settings.voiced_from, self._rate_hz / lag, np.nan).astype(np.float32)
        return voicing, f0_hz

    def _correlation(self, windowed: Floats, band_hz: float) -> Floats:
        spectra = np.fft.rfft(windowed, self._pitch_fft_length, axis=1)
        kept = np.fft.rfftfreq(self._pitch_fft_length, 1 / self._rate_hz) <= band_hz
        power = np.square(np.abs(spectra)) * kept
        return np.asarray(np.fft.irfft(power, self._pitch_fft_length, axis=1)[:, : self._longest_lag + 2])

    def _clipped(self, windows: Floats) -> Floats:
        loud = np.abs(windows[:, 1:]) >= self._settings.clipped_from
        flat = np.abs(np.diff(windows, axis=1)) < self._settings.flat_within
        return np.asarray((loud & flat).mean(axis=1), dtype=np.float32)


def track_floor(levels_dbfs: Levels, hop_s: float, settings: AcousticSettings) -> Levels:
    """The level of the quietest moments around each frame, shape as given: (n,) or (n, bands)."""
    count = len(levels_dbfs)
    if count == 0:
        return levels_dbfs.copy()
    step = round(settings.noise_step_s / hop_s)
    reach = round(settings.noise_window_s / hop_s / 2)
    looked_at = np.arange(0, count + step, step)
    around = [levels_dbfs[max(0, min(at - reach, count - 2 * reach)) : max(at + reach, 2 * reach)] for at in looked_at]
    floors = np.stack([np.quantile(levels, settings.noise_quantile, axis=0) for levels in around])
    tracked = np.empty_like(levels_dbfs)
    shares = (np.arange(step) / step).reshape(-1, *[1] * (levels_dbfs.ndim - 1))
    for number, begin in enumerate(range(0, count, step)):
        line = floors[number] * (1 - shares) + floors[number + 1] * shares
        tracked[begin : begin + step] = line[: count - begin]
    return tracked


def _frames(
    groups: list[_Group], duration_s: float, hop_s: float, centres_hz: Floats, settings: AcousticSettings
) -> Frames:
    empty = np.zeros(0, dtype=np.float32)
    level_dbfs_, voicing, f0_hz, clipped_share = (
        np.concatenate([empty, *(getattr(group, name) for group in groups)])
        for name in ("level_dbfs", "voicing", "f0_hz", "clipped_share")
    )
    bands_dbfs: Halves = np.concatenate(
        [np.zeros((0, len(centres_hz)), np.float16), *(group.bands_dbfs for group in groups)]
    )
    groups.clear()
    bands_noise_dbfs = track_floor(bands_dbfs, hop_s, settings)
    return Frames(
        duration_s=duration_s,
        hop_s=hop_s,
        level_dbfs=level_dbfs_,
        noise_dbfs=track_floor(level_dbfs_, hop_s, settings),
        bands_dbfs=bands_dbfs,
        bands_noise_dbfs=bands_noise_dbfs,
        band_centres_hz=centres_hz,
        voicing=voicing,
        f0_hz=f0_hz,
        spectral_change_db=_spectral_change(bands_dbfs, bands_noise_dbfs, hop_s, settings),
        clipped_share=clipped_share,
    )


def _spectral_change(bands_dbfs: Halves, noise_dbfs: Halves, hop_s: float, settings: AcousticSettings) -> Floats:
    """RMS over the bands of what changed from just before to just after, loudness aside.

    The room is filled up to its floor first, so that its own flicker is no change.
    """
    reach, count = round(settings.change_span_s / hop_s / 2), len(bands_dbfs)
    change_db = np.zeros(count, dtype=np.float32)
    for begin in range(0, count, settings.group_frame_count):
        end = min(begin + settings.group_frame_count, count)
        rows = np.clip(np.arange(begin - reach, end + reach), 0, count - 1)
        heard = np.maximum(bands_dbfs[rows], noise_dbfs[rows], dtype=np.float32)
        shape = heard - heard.mean(axis=1, keepdims=True)
        change_db[begin:end] = np.sqrt(np.square(shape[2 * reach :] - shape[: -2 * reach]).mean(axis=1))
    return change_db


def _mel_bands(rate_hz: int, fft_length: int, settings: AcousticSettings) -> tuple[Floats, Floats]:
    """Centres (bands,) and triangular weights (bins, bands), evenly spaced on O'Shaughnessy's mel scale."""
    low_mel, high_mel = (2595 * np.log10(1 + hz / 700) for hz in (settings.lowest_hz, settings.highest_hz))
    edges_hz = 700 * (10 ** (np.linspace(low_mel, high_mel, settings.band_count + 2) / 2595) - 1)
    bins_hz = np.fft.rfftfreq(fft_length, 1 / rate_hz)[:, np.newaxis]
    rising = (bins_hz - edges_hz[:-2]) / (edges_hz[1:-1] - edges_hz[:-2])
    falling = (edges_hz[2:] - bins_hz) / (edges_hz[2:] - edges_hz[1:-1])
    weights = np.maximum(0.0, np.minimum(rising, falling))
    return edges_hz[1:-1].astype(np.float32), weights.astype(np.float32)


def _peak_offset(correlation: Floats, rows: npt.NDArray[np.int_], at: npt.NDArray[np.int_]) -> Floats:
    """How far the true peak lies from sample `at` of each row, from a parabola through three points; -0.5..0.5."""
    before, peak, after = (correlation[rows, at + step] for step in (-1, 0, 1))
    curve = np.minimum(before - 2 * peak + after, -np.finfo(np.float32).tiny)
    return np.asarray(np.clip(0.5 * (before - after) / curve, -0.5, 0.5), dtype=np.float32)


def _centred(windows: Floats, weights: Floats) -> Floats:
    """Each window without its offset."""
    return np.asarray(windows - (windows @ weights / weights.sum())[:, np.newaxis], dtype=np.float32)


def _hann(length: int) -> Floats:
    return (0.5 - 0.5 * np.cos(2 * np.pi * (np.arange(length) + 0.5) / length)).astype(np.float32)


def _power_of_two(at_least: int) -> int:
    return 1 << (at_least - 1).bit_length()


def _level(power: Floats) -> Floats:
    return np.asarray(np.maximum(_to_db(power), SILENCE_DBFS), dtype=np.float32)


def _to_db(power: Floats | np.floating) -> npt.NDArray[np.floating]:
    return np.asarray(10 * np.log10(np.maximum(power, np.finfo(np.float32).tiny)))
