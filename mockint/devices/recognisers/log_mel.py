"""What Whisper's encoder takes: the log of the energy in mel bands, one column every 10 ms.

Radford et al. 2022, arXiv:2212.04356, section 2.2. Bands and their weights are Slaney's (1998, "Auditory Toolbox",
Interval Research Technical Report 1998-010): evenly spaced up to 1 kHz, by equal ratios above it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from mockint.model import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    import numpy.typing as npt

    from mockint.model import Samples

FRAME_S = 0.01
_WINDOW_SAMPLES = 400  # 25 ms
_HOP_SAMPLES = round(FRAME_S * SAMPLE_RATE_HZ)
_LINEAR_HZ_PER_MEL = 200 / 3
_LINEAR_TO_HZ = 1000.0
_RATIO_PER_MEL = 6.4 ** (1 / 27)
_LEAST_POWER = 1e-10
_RANGE = 8.0  # what lies further below the loudest band, in powers of ten, is raised to there


def log_mel(samples: Samples, band_count: int) -> npt.NDArray[np.float32]:
    """Return (bands, frames) for mono float32 samples at 16 kHz; frame i is centred on i * 10 ms."""
    half = _WINDOW_SAMPLES // 2
    followed = np.pad(np.asarray(samples, np.float32), (0, _HOP_SAMPLES))  # as Whisper's users do: a last whole frame
    mirrored = np.pad(followed, half, mode="reflect")
    stretches = np.lib.stride_tricks.sliding_window_view(mirrored, _WINDOW_SAMPLES)[::_HOP_SAMPLES][:-1]
    spectra = np.fft.rfft(stretches * _hann()).astype(np.complex64)
    power = _bands(band_count) @ np.square(np.abs(spectra)).T
    logs = np.log10(np.maximum(power, _LEAST_POWER))
    scaled: npt.NDArray[np.float32] = (np.maximum(logs, logs.max() - _RANGE) + 4.0) / 4.0
    return scaled


@cache
def _hann() -> npt.NDArray[np.float32]:
    return np.hanning(_WINDOW_SAMPLES + 1)[:-1].astype(np.float32)


@cache
def _bands(count: int) -> npt.NDArray[np.float32]:
    """(count, bins): triangles between neighbouring edges, of equal area."""
    mels = np.linspace(0.0, _mel(SAMPLE_RATE_HZ / 2), count + 2)
    edges_hz = _hz(mels)
    bins_hz = np.fft.rfftfreq(_WINDOW_SAMPLES, 1 / SAMPLE_RATE_HZ)
    low, middle, high = (edges_hz[shift : shift + count, np.newaxis] for shift in range(3))
    rising = (bins_hz - low) / (middle - low)
    falling = (high - bins_hz) / (high - middle)
    triangles = np.maximum(0.0, np.minimum(rising, falling))
    return (triangles * 2.0 / (high - low)).astype(np.float32)


def _mel(hz: float) -> float:
    """For frequencies above 1 kHz."""
    return _LINEAR_TO_HZ / _LINEAR_HZ_PER_MEL + float(np.log(hz / _LINEAR_TO_HZ) / np.log(_RATIO_PER_MEL))


def _hz(mels: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    above = mels - _LINEAR_TO_HZ / _LINEAR_HZ_PER_MEL
    bent: npt.NDArray[np.float64] = np.where(
        above < 0, mels * _LINEAR_HZ_PER_MEL, _LINEAR_TO_HZ * _RATIO_PER_MEL ** np.maximum(above, 0.0)
    )
    return bent
