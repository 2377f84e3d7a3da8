"""Sound files: the only place where samples change their type or their rate.

Whatever a file holds comes out as the rest of mockint knows sound: mono float32 at `SAMPLE_RATE_HZ`. Hour-long files
stream in bounded memory; `read_audio` is the same stream, gathered.
"""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mockint.errors import AudioFileProblem, StoreProblem
from mockint.model import SAMPLE_RATE_HZ, Recording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from types import TracebackType
    from typing import Any

    import numpy as np
    import numpy.typing as npt
    from typing_extensions import Self

    from mockint.model import Samples

    Frames = npt.NDArray[np.float32]
    """Sound as a file or device holds it, shape (n, channels)."""

SOUND_SUFFIXES = (".wav", ".flac", ".ogg", ".mp3", ".opus", ".aiff", ".aif", ".au", ".caf", ".w64")
"""What libsndfile reads and people have. The content decides, not the name: these only tell sound from other files."""

DEAD_CHANNEL_DB = 40.0
"""A channel this far below the loudest one carries cross-talk only: a microphone on one side of a stereo jack."""

CANCELLING_DB = 20.0
"""Channels whose mean is this far below the loudest of them cancel each other: one is wired the wrong way round."""

READ_FRAME_COUNT = 65_536
"""How many frames of a file are in memory at a time."""

_MP3_COMPRESSION = 0.8  # of 0 to 1, which libsndfile makes 40 kbit/s of at 16 kHz
_PCM_SCALE = 32_768  # libsndfile reads 16-bit sample k as k / 32768: the same scale loses nothing on the way back
_CONVERT_HINT = "Convert it to WAV or FLAC, for instance with: ffmpeg -i {} answer.wav"


# --- rates and types ------------------------------------------------------------------------------


class Resampler:
    """Brings mono float32 sound that arrives in pieces to another rate (SoX resampler, high quality)."""

    def __init__(self, from_hz: float, to_hz: float = SAMPLE_RATE_HZ) -> None:
        self._stream: Any = None
        if from_hz != to_hz:
            import soxr

            self._stream = soxr.ResampleStream(from_hz, to_hz, num_channels=1, dtype="float32", quality="HQ")

    def feed(self, samples: Samples, *, last: bool = False) -> Samples:
        """What can be said at the new rate so far; `last` gives the rest, and may come with no samples."""
        if self._stream is None:
            return samples
        resampled: Samples = self._stream.resample_chunk(samples, last=last)
        return resampled


def to_pcm16(samples: Samples) -> npt.NDArray[np.int16]:
    """16-bit samples, as libsndfile reads them back; what lies beyond -1..1 is cut off."""
    import numpy as np

    return np.clip(np.rint(samples * _PCM_SCALE), -_PCM_SCALE, _PCM_SCALE - 1).astype("<i2")


# --- reading --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedAudio:
    """A whole file in memory, with what a listener should know about it."""

    recording: Recording
    caveats: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioFile:
    """A sound file that was opened and looked over; its samples are read when they are asked for."""

    path: Path
    sample_rate_hz: int
    channel_count: int
    used_channels: tuple[int, ...]
    """The channels whose mean is taken."""
    caveats: tuple[str, ...]

    def blocks(self, block_s: float) -> Iterator[Samples]:
        """All of it as mono float32 at `SAMPLE_RATE_HZ`, `block_s` at a time (the last block may be shorter).

        Raises AudioFileProblem where the file turns out to be damaged half-way.
        """
        is_empty = True
        for samples in _regrouped(self._resampled(), round(block_s * SAMPLE_RATE_HZ)):
            is_empty = False
            yield samples
        if is_empty:  # whatever its header says
            raise _no_sound(self.path)

    def _resampled(self) -> Iterator[Samples]:
        import numpy as np

        resampler = Resampler(self.sample_rate_hz)
        for frames in _frames(self.path):
            yield resampler.feed(frames[:, self.used_channels].mean(axis=1))
        yield resampler.feed(np.zeros(0, np.float32), last=True)


def open_audio(path: Path) -> AudioFile:
    """Look a sound file over: whether it can be read, has sound in it, and which channels carry it.

    A file with more than one channel is read through once for that. Raises AudioFileProblem.
    """
    rate_hz, channel_count = _header(path)
    channels, caveats = _live_channels(path, channel_count)
    return AudioFile(
        path=path,
        sample_rate_hz=rate_hz,
        channel_count=channel_count,
        used_channels=channels,
        caveats=tuple(caveats),
    )


def stream_audio(path: Path, block_s: float = 1.0) -> Iterator[Samples]:
    """The sound of a file as mono float32 at `SAMPLE_RATE_HZ`, in bounded memory. Raises AudioFileProblem."""
    return open_audio(path).blocks(block_s)


def read_audio(path: Path) -> LoadedAudio:
    """The whole file as mono float32 at `SAMPLE_RATE_HZ`: what `stream_audio` gives, in one piece.

    Raises AudioFileProblem.
    """
    import numpy as np

    audio = open_audio(path)
    samples = np.concatenate(list(audio.blocks(block_s=1.0)))
    return LoadedAudio(
        recording=Recording(samples=samples, sample_rate_hz=SAMPLE_RATE_HZ),
        caveats=audio.caveats,
    )


def _header(path: Path) -> tuple[int, int]:
    """Sample rate (Hz) and channel count. Raises AudioFileProblem with what a person would do about it."""
    import soundfile

    try:
        with path.open("rb") as file:
            empty = not file.read(1)
    except FileNotFoundError:
        raise AudioFileProblem(f"There is no file {path}.", "Check the name and the folder.") from None
    except IsADirectoryError:
        raise AudioFileProblem(f"{path} is a folder, not a sound file.", "Name the files in it.") from None
    except OSError as error:
        if path.is_dir():  # Windows says "permission denied" of a folder
            raise AudioFileProblem(f"{path} is a folder, not a sound file.", "Name the files in it.") from None
        raise AudioFileProblem(f"{path} cannot be opened: {error.strerror}.", "Check who may read it.") from error
    if empty:
        raise AudioFileProblem(f"{path} is empty.", "Record it again, or copy it again from where it came from.")
    try:
        info = soundfile.info(str(path))
    except soundfile.SoundFileError as error:
        problem = f"{path} is not a sound file that can be read ({_reason(error)})."
        raise AudioFileProblem(problem, _CONVERT_HINT.format(path.name)) from error
    if not info.frames:
        raise _no_sound(path)
    return info.samplerate, info.channels


def _no_sound(path: Path) -> AudioFileProblem:
    return AudioFileProblem(f"{path} holds no sound: it has no samples at all.", "Record it again.")


def _frames(path: Path) -> Iterator[Frames]:
    """The frames of a file, float32, shape (n, channels), a bounded number at a time."""
    import numpy as np
    import soundfile

    done_count, rate_hz = 0, SAMPLE_RATE_HZ
    try:
        with soundfile.SoundFile(str(path)) as file:
            rate_hz = file.samplerate
            while len(frames := file.read(READ_FRAME_COUNT, dtype="float32", always_2d=True)):
                if not np.isfinite(frames).all():
                    raise AudioFileProblem(f"{path} holds samples that are no numbers.", "Export it again as WAV.")
                done_count += len(frames)
                yield np.clip(frames, -1.0, 1.0)
    except soundfile.SoundFileError as error:
        problem = f"{path} is damaged after {done_count / rate_hz:.1f} s ({_reason(error)})."
        raise AudioFileProblem(problem, _CONVERT_HINT.format(path.name)) from error


def _live_channels(path: Path, channel_count: int) -> tuple[tuple[int, ...], list[str]]:
    """Which channels to use, and what to say about it."""
    import numpy as np

    if channel_count == 1:
        return (0,), []
    energy, mean_energy = np.zeros(channel_count), 0.0
    for frames in _frames(path):
        energy += np.square(frames, dtype=np.float64).sum(axis=0)
        mean_energy += float(np.square(frames.mean(axis=1), dtype=np.float64).sum())
    loudest = int(energy.argmax())
    live = tuple(int(c) for c in np.flatnonzero(energy >= energy[loudest] / 10 ** (DEAD_CHANNEL_DB / 10)))
    if len(live) < channel_count:
        return live, [f"Only {len(live)} of {channel_count} channels carried sound: the silent ones were left out."]
    if mean_energy < energy[loudest] / 10 ** (CANCELLING_DB / 10):
        return (loudest,), ["The channels cancel each other (one is inverted): only one of them was used."]
    return live, []


def _regrouped(pieces: Iterable[Samples], length: int) -> Iterator[Samples]:
    """The same samples in blocks of `length`; the last one may be shorter."""
    import numpy as np

    rest = np.zeros(0, np.float32)
    for piece in pieces:
        rest = np.concatenate([rest, piece])
        whole = len(rest) // length * length
        for start in range(0, whole, length):
            yield rest[start : start + length]
        rest = rest[whole:]
    if len(rest):
        yield rest


def _reason(error: Exception) -> str:
    """What libsndfile said, without our path in front and the full stop behind."""
    return str(error).rsplit(": ", 1)[-1].rstrip(".")


# --- writing --------------------------------------------------------------------------------------


class RecordingWriter:
    """Keeps an answer while it is spoken: mono 16-bit WAV at `SAMPLE_RATE_HZ`, a valid file after every block.

    The header is brought up to date after the samples are out of our hands, so a crash or `kill -9` costs at most the
    block that was being written. Raises StoreProblem where the disk does not take any more; what came before is kept.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._written_count = 0
        try:
            self._file = path.open("xb", buffering=0)
            self._file.write(self._header())
        except OSError as error:
            raise self._problem(error) from error

    @property
    def duration_s(self) -> float:
        """How much is safely kept."""
        return self._written_count / SAMPLE_RATE_HZ

    def write(self, samples: Samples) -> None:
        """Put the next samples on disk."""
        try:
            self._write_all(to_pcm16(samples).tobytes())
            self._written_count += len(samples)
            self._file.seek(0)
            self._file.write(self._header())
            self._file.seek(0, os.SEEK_END)
        except OSError as error:
            raise self._problem(error) from error

    def close(self) -> None:
        """Let go of the file. Nothing is lost where this is never called."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _write_all(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:  # an unbuffered write may take less than it was given
            rest = rest[self._file.write(rest) :]

    def _header(self) -> bytes:
        """The canonical 44 bytes of a PCM WAV file (RIFF, fmt, data)."""
        data_bytes = self._written_count * 2
        form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, SAMPLE_RATE_HZ, SAMPLE_RATE_HZ * 2, 2, 16)
        return (
            struct.pack("<4sI4s", b"RIFF", 36 + data_bytes, b"WAVE") + form + struct.pack("<4sI", b"data", data_bytes)
        )

    def _problem(self, error: OSError) -> StoreProblem:
        kept = f"The first {self.duration_s:.1f} s are kept in {self.path}." if self._written_count else ""
        return StoreProblem(
            f"The recording cannot be written: {error.strerror}.",
            f"{kept} Make room on the disk, or set MOCKINT_HOME to a folder elsewhere.".strip(),
        )


def as_flac(path: Path, *, silence_after_s: float = 0.0) -> bytes:
    """Return a mono recording as a 16-bit FLAC file in memory, without loss, and silence behind it.

    Raises AudioFileProblem.
    """
    import io

    import numpy as np
    import soundfile

    rate_hz, _ = _header(path)
    memory = io.BytesIO()
    with soundfile.SoundFile(memory, "w", samplerate=rate_hz, channels=1, format="FLAC", subtype="PCM_16") as flac:
        for frames in _frames(path):
            flac.write(to_pcm16(frames[:, 0]))
        flac.write(np.zeros(round(silence_after_s * rate_hz), dtype=np.int16))
    return memory.getvalue()


def as_small_file(path: Path) -> tuple[bytes, str]:
    """Return a mono recording as a file to send, and its media type. Raises AudioFileProblem.

    MP3 at 40 kbit/s: every browser plays it, and a voice loses nothing that a listener would miss. FLAC, four times as
    large, where libsndfile was built without MP3.
    """
    import io

    import soundfile

    rate_hz, _ = _header(path)
    if "MP3" not in soundfile.available_formats():
        return as_flac(path), "audio/flac"
    memory = io.BytesIO()
    with soundfile.SoundFile(
        memory,
        "w",
        samplerate=rate_hz,
        channels=1,
        format="MP3",
        subtype="MPEG_LAYER_III",
        bitrate_mode="CONSTANT",  # browsers find a second by its share of the bytes
        compression_level=_MP3_COMPRESSION,
    ) as mp3:
        for frames in _frames(path):
            mp3.write(frames[:, 0])
    return memory.getvalue(), "audio/mpeg"
