"""A virtual sound card: PulseAudio with a loudspeaker (vspk) and a microphone (vmic) that exist only in memory."""

from __future__ import annotations

import os
import queue
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from mockint.model import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mockint.model import Samples

AVAILABLE = sys.platform == "linux" and shutil.which("pulseaudio") is not None
WHY_NOT = "needs PulseAudio: apt-get install pulseaudio pulseaudio-utils libasound2-plugins libportaudio2"

_ALSA_CONFIG = "</usr/share/alsa/alsa.conf>\npcm.!default { type pulse }\nctl.!default { type pulse }\n"
_PATIENCE_S = 10.0
_CHUNK_BYTES = SAMPLE_RATE_HZ // 10 * 2


class SoundCard:
    """PulseAudio in a folder of its own. Everything that plays or records in this process then uses it alone."""

    def __init__(self) -> None:
        """Set the environment: PortAudio must not have been loaded before."""
        self._folder = Path(tempfile.mkdtemp(prefix="mockint-card-"))
        run = self._folder / "run"
        (run / "pulse").mkdir(parents=True)
        run.chmod(0o700)
        self._pid_file = run / "pulse" / "pid"
        self._socket = run / "socket"
        alsa_config = self._folder / "asound.conf"
        alsa_config.write_text(_ALSA_CONFIG)
        os.environ.update(
            XDG_RUNTIME_DIR=str(run),
            PULSE_RUNTIME_PATH=str(run / "pulse"),
            PULSE_STATE_PATH=str(self._folder / "state"),
            PULSE_SERVER=f"unix:{self._socket}",
            ALSA_CONFIG_PATH=str(alsa_config),
        )

    def start(self) -> None:
        """Return when the card can be used."""
        modules = (
            f"module-native-protocol-unix socket={self._socket} auth-anonymous=1",
            "module-null-sink sink_name=vmic rate=48000 channels=1",
            "module-null-sink sink_name=vspk rate=48000",
        )
        options = ["-n", "--daemonize=yes", "--exit-idle-time=-1", "--disallow-exit", "--use-pid-file=yes"]
        loads = [part for module in modules for part in ("-L", module)]
        subprocess.run(["pulseaudio", *options, *loads], check=True, capture_output=True)
        subprocess.run(["pactl", "set-default-sink", "vspk"], check=True)
        subprocess.run(["pactl", "set-default-source", "vmic.monitor"], check=True)

    def stop(self) -> None:
        """Pull the plug: return when the server is gone."""
        pid = int(self._pid_file.read_text())
        server = os.pidfd_open(pid)
        os.kill(pid, signal.SIGKILL)
        select.select([server], [], [], _PATIENCE_S)
        os.close(server)
        self._pid_file.unlink(missing_ok=True)
        self._socket.unlink(missing_ok=True)

    def remove(self) -> None:
        """Stop, and leave nothing behind."""
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    @staticmethod
    def speak_into_microphone(path: Path) -> subprocess.Popen[bytes]:
        """Play a file into vmic; the process ends when it has been played."""
        return subprocess.Popen(["paplay", "--device=vmic", str(path)])

    @contextmanager
    def ears(self) -> Iterator[Ears]:
        """Listen to vspk from the moment this is entered."""
        command = ["parec", "--device=vspk.monitor", "--format=s16le", "--channels=1", "--latency-msec=20"]
        with subprocess.Popen([*command, f"--rate={SAMPLE_RATE_HZ}"], stdout=subprocess.PIPE) as recorder:
            ears = Ears(recorder)
            try:
                yield ears
            finally:
                recorder.terminate()
                ears.join()


class Ears:
    """What the loudspeaker plays."""

    def __init__(self, recorder: subprocess.Popen[bytes]) -> None:
        """Return when the first sound, even silence, has come through."""
        self._recorder = recorder
        self._chunks: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()
        self._chunks.get(timeout=_PATIENCE_S)

    def heard(self, *, after_s: float = 0.5) -> Samples:
        """Everything since the last call, and what still comes within `after_s`. Mono float32 at 16 kHz."""
        chunks = []
        while not self._chunks.empty():
            chunks.append(self._chunks.get())
        still_to_come = round(after_s * SAMPLE_RATE_HZ * 2 / _CHUNK_BYTES)
        chunks += [self._chunks.get(timeout=_PATIENCE_S) for _ in range(still_to_come)]
        return (np.frombuffer(b"".join(chunks), "<i2") / 32768).astype(np.float32)

    def heard_speech(self, patience_s: float, *, loud_from: float = 0.02, quiet_s: float = 1.0) -> Samples:
        """Wait until somebody has spoken and fallen silent, and return all of it. Mono float32 at 16 kHz."""
        chunks: list[bytes] = []
        spoken, quiet_count = False, 0
        for _ in range(round(patience_s * SAMPLE_RATE_HZ * 2 / _CHUNK_BYTES)):
            chunks.append(self._chunks.get(timeout=_PATIENCE_S))
            loud = np.abs(np.frombuffer(chunks[-1], "<i2")).max() / 32768 >= loud_from
            spoken, quiet_count = spoken or bool(loud), 0 if loud else quiet_count + 1
            if spoken and quiet_count * _CHUNK_BYTES >= quiet_s * SAMPLE_RATE_HZ * 2:
                return (np.frombuffer(b"".join(chunks), "<i2") / 32768).astype(np.float32)
        raise AssertionError(f"nothing was said within {patience_s:.0f} s")

    def join(self) -> None:
        """Wait until nothing more can come."""
        self._thread.join(_PATIENCE_S)

    def _listen(self) -> None:
        assert self._recorder.stdout is not None
        while chunk := self._recorder.stdout.read(_CHUNK_BYTES):
            self._chunks.put(chunk)


def likeness(played: Samples, recorded: Samples) -> float:
    """The highest normalised cross-correlation: 1 where `recorded` holds `played` somewhere, at whatever level."""
    size = 1 << (len(played) + len(recorded)).bit_length()
    products = np.fft.irfft(np.fft.rfft(recorded, size) * np.conj(np.fft.rfft(played, size)), size)
    lag = int(products[: len(recorded)].argmax())
    part = recorded[lag : lag + len(played)]
    scale = float(np.linalg.norm(part) * np.linalg.norm(played))
    return float(products[lag]) / scale if scale else 0.0
