"""Silero's voice activity detector (v6, MIT), run directly, with its state kept from block to block.

One window is judged at a time, so what it says does not depend on the size of the blocks in which the sound came.

Quiet sound is turned up first. Silero heard nothing at all in an answer whose loud moments lay at -40 dBFS in a room
that could be heard, and most of it 12 dB louder; and it takes some notes of quiet music for speech.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from mockint.devices.recognisers.weights import SILERO_VAD
from mockint.model import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from mockint.model import Samples

_WINDOW_SAMPLES = 512  # 32 ms: the only length that Silero knows at 16 kHz
_CONTEXT_SAMPLES = 64  # of the window before, put in front of each window
_STATE_SHAPE = (1, 1, 128)
_WINDOW_S = _WINDOW_SAMPLES / SAMPLE_RATE_HZ
_LOUD_DBFS = -30.0  # what loud moments are turned up to; at -20, fillers of usual recordings were lost
_MOST_GAIN_DB = 24.0  # the sound of a quiet room at -60 dBFS stays too quiet to be speech
_FORGOTTEN_DB_PER_S = 3.0  # how fast the loudest moment so far is forgotten: a slammed door within some seconds
_SILENT_DBFS = -90.0


@cache
def _session() -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(SILERO_VAD.read(), options, providers=["CPUExecutionProvider"])


class VoiceActivity:
    """Says, window by window, how likely it is that somebody speaks."""

    window_samples = _WINDOW_SAMPLES

    def __init__(self) -> None:
        self._state_h = np.zeros(_STATE_SHAPE, np.float32)
        self._state_c = np.zeros(_STATE_SHAPE, np.float32)
        self._context = np.zeros(_CONTEXT_SAMPLES, np.float32)
        self._left_over = np.zeros(0, np.float32)
        self._loudest_dbfs = _SILENT_DBFS

    def feed(self, samples: Samples) -> list[float]:
        """Take samples (float32, 16 kHz, any number) and return the probabilities of the windows they complete."""
        waiting = np.concatenate([self._left_over, samples])
        whole = len(waiting) - len(waiting) % _WINDOW_SAMPLES
        self._left_over = waiting[whole:]
        return [self._judge(window) for window in waiting[:whole].reshape(-1, _WINDOW_SAMPLES)]

    def _judge(self, window: Samples) -> float:
        with_context = self._gain(window) * np.concatenate([self._context, window])[np.newaxis].astype(np.float32)
        self._context = window[-_CONTEXT_SAMPLES:]
        inputs = {"input": with_context, "h": self._state_h, "c": self._state_c}
        probability, self._state_h, self._state_c = _session().run(None, inputs)
        return float(probability[0, 0]) if probability.ndim > 1 else float(probability[0])

    def _gain(self, window: Samples) -> np.float32:
        """The factor that brings the loudest moments of the last seconds to `_LOUD_DBFS`; never below 1."""
        power = float(np.square(window, dtype=np.float64).mean())
        level_dbfs = 10 * np.log10(max(power, 10 ** (_SILENT_DBFS / 10)))
        self._loudest_dbfs = max(level_dbfs, self._loudest_dbfs - _FORGOTTEN_DB_PER_S * _WINDOW_S)
        gain_db = min(max(_LOUD_DBFS - self._loudest_dbfs, 0.0), _MOST_GAIN_DB)
        return np.float32(10 ** (gain_db / 20))
