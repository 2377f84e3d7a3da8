"""Sound files in, mono float32 at 16 kHz out; recordings survive whatever happens to the program."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from mockint.devices.audiofile import (
    RecordingWriter,
    Resampler,
    as_flac,
    as_small_file,
    read_audio,
    stream_audio,
    to_pcm16,
)
from mockint.errors import AudioFileProblem, StoreProblem
from mockint.model import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from pathlib import Path

    from mockint.model import Recording, Samples

TONE_HZ = 440
PCM16_STEP = 1 / 32_768


def tone(rate_hz: int, duration_s: float = 1.0) -> Samples:
    time_s = np.arange(round(rate_hz * duration_s)) / rate_hz
    return (0.5 * np.sin(2 * np.pi * TONE_HZ * time_s)).astype(np.float32)


# --- reading --------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["wav", "flac", "ogg", "mp3", "aiff"])
@pytest.mark.parametrize("rate_hz", [8_000, 16_000, 22_050, 44_100, 48_000])
def test_every_format_and_rate(suffix: str, rate_hz: int, tmp_path: Path) -> None:
    """A tone comes back as the same tone at 16 kHz: pitch, level and length within what the codec alters."""
    path = tmp_path / f"tone.{suffix}"
    soundfile.write(path, tone(rate_hz), rate_hz)
    recording = read_audio(path).recording
    middle = recording.samples[4_000:12_000]
    loudest_hz = np.abs(np.fft.rfft(middle)).argmax() * SAMPLE_RATE_HZ / len(middle)
    assert recording.samples.dtype == np.float32
    assert recording.duration_s == pytest.approx(1.0, abs=0.1)
    assert loudest_hz == TONE_HZ
    assert np.abs(middle).max() == pytest.approx(0.5, rel=0.1)


@pytest.mark.parametrize("rate_hz", [16_000, 44_100])
@pytest.mark.parametrize("block_s", [0.05, 1.0, 7.3])
def test_stream_is_the_file(rate_hz: int, block_s: float, tmp_path: Path) -> None:
    """Blocks of any length, put together, are what reading at once gives; all but the last have that length."""
    path = tmp_path / "tone.wav"
    soundfile.write(path, tone(rate_hz, 10.0), rate_hz)
    blocks = list(stream_audio(path, block_s))
    np.testing.assert_array_equal(np.concatenate(blocks), read_audio(path).recording.samples)
    assert {len(block) for block in blocks[:-1]} <= {round(block_s * SAMPLE_RATE_HZ)}


def test_resampling_in_pieces_equals_resampling_at_once(speech: Recording) -> None:
    """Cutting the input changes nothing but float noise."""
    at_once = Resampler(44_100).feed(speech.samples, last=True)
    resampler = Resampler(44_100)
    pieces = [resampler.feed(piece) for piece in np.array_split(speech.samples, 37)]
    in_pieces = np.concatenate([*pieces, resampler.feed(np.zeros(0, np.float32), last=True)])
    np.testing.assert_allclose(in_pieces, at_once, atol=1e-6)


def test_reading_starts_no_sooner_and_no_later(tmp_path: Path) -> None:
    """Resampling does not shift time: a click at 0.5 s stays at 0.5 s, within one sample."""
    click = np.zeros(48_000, np.float32)
    click[24_000] = 1.0
    soundfile.write(tmp_path / "click.wav", click, 48_000)
    heard = read_audio(tmp_path / "click.wav").recording.samples
    assert np.abs(heard).argmax() == pytest.approx(8_000, abs=1)


def test_dead_channel_is_left_out(tmp_path: Path) -> None:
    """A microphone on one side of a stereo jack is as loud as a mono one, and that is said."""
    soundfile.write(tmp_path / "half.wav", np.stack([tone(16_000) * 0.001, tone(16_000)], axis=1), 16_000)
    loaded = read_audio(tmp_path / "half.wav")
    np.testing.assert_allclose(loaded.recording.samples, tone(16_000), atol=2 * PCM16_STEP)
    assert loaded.caveats == ("Only 1 of 2 channels carried sound: the silent ones were left out.",)


def test_live_channels_are_averaged(tmp_path: Path) -> None:
    """Two live channels give their mean, without comment."""
    soundfile.write(tmp_path / "both.wav", np.stack([tone(16_000), tone(16_000) / 2], axis=1), 16_000)
    loaded = read_audio(tmp_path / "both.wav")
    np.testing.assert_allclose(loaded.recording.samples, tone(16_000) * 0.75, atol=2 * PCM16_STEP)
    assert loaded.caveats == ()


def test_inverted_channel_does_not_silence_the_other(tmp_path: Path) -> None:
    """Channels that cancel each other are not averaged to nothing."""
    soundfile.write(tmp_path / "inverted.wav", np.stack([tone(16_000), -tone(16_000)], axis=1), 16_000)
    loaded = read_audio(tmp_path / "inverted.wav")
    assert np.abs(loaded.recording.samples).max() == pytest.approx(0.5, abs=0.01)
    assert loaded.caveats == ("The channels cancel each other (one is inverted): only one of them was used.",)


def test_silent_stereo_file_is_silence(tmp_path: Path) -> None:
    """A file of digital silence is silence, not a fault and not half dead."""
    soundfile.write(tmp_path / "silence.wav", np.zeros((16_000, 2)), 16_000)
    loaded = read_audio(tmp_path / "silence.wav")
    np.testing.assert_array_equal(loaded.recording.samples, np.zeros(16_000))
    assert loaded.caveats == ()


def test_samples_beyond_full_scale_are_clipped(tmp_path: Path) -> None:
    """A float file that is too loud comes out within -1..1, as it would sound."""
    soundfile.write(tmp_path / "loud.wav", tone(16_000) * 8, 16_000, subtype="FLOAT")
    samples = read_audio(tmp_path / "loud.wav").recording.samples
    assert (samples.min(), samples.max()) == (-1.0, 1.0)


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("missing.wav", None, "There is no file"),
        ("empty.wav", b"", "is empty"),
        ("text.wav", b"Dear Sir or Madam, ...", "is not a sound file"),
        ("cut.wav", b"RIFF\x24\0\0\0WAVEfmt ", "is not a sound file"),
    ],
)
def test_unreadable_files_are_explained(name: str, content: bytes | None, problem: str, tmp_path: Path) -> None:
    """Each way of not being a sound file has its own sentence and a hint."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(AudioFileProblem, match=problem) as caught:
        read_audio(tmp_path / name)
    assert caught.value.hint


def test_folder_is_no_sound_file(tmp_path: Path) -> None:
    """A folder is called a folder."""
    with pytest.raises(AudioFileProblem, match="is a folder"):
        read_audio(tmp_path)


def test_file_without_samples(tmp_path: Path) -> None:
    """A header with nothing behind it is no sound."""
    soundfile.write(tmp_path / "none.wav", np.zeros(0), 16_000)
    with pytest.raises(AudioFileProblem, match="no samples at all"):
        read_audio(tmp_path / "none.wav")


def test_samples_that_are_no_numbers(tmp_path: Path) -> None:
    """NaN never reaches an analysis."""
    soundfile.write(tmp_path / "nan.wav", np.full(100, np.nan), 16_000, subtype="FLOAT")
    with pytest.raises(AudioFileProblem, match="no numbers"):
        read_audio(tmp_path / "nan.wav")


def test_damaged_file_says_where(tmp_path: Path) -> None:
    """A FLAC file that was cut off half-way is refused with the time up to which it was sound."""
    noise = np.random.default_rng(1).uniform(-0.5, 0.5, 160_000)
    soundfile.write(tmp_path / "whole.flac", noise, 16_000)
    (tmp_path / "cut.flac").write_bytes((tmp_path / "whole.flac").read_bytes()[:150_000])
    with pytest.raises(AudioFileProblem, match=r"is damaged after \d\.\d s"):
        read_audio(tmp_path / "cut.flac")


def test_long_file_streams_in_bounded_memory(tmp_path: Path) -> None:
    """Half an hour at 44.1 kHz stereo (635 MB as floats) takes less than 100 MB more than nothing at all."""
    path, minute = tmp_path / "long.flac", np.stack([tone(44_100, 60.0)] * 2, axis=1)
    with soundfile.SoundFile(path, "w", samplerate=44_100, channels=2) as file:
        for _ in range(30):
            file.write(minute)
    program = (
        "import resource, sys, pathlib, numpy, soundfile, soxr\n"
        "from mockint.devices.audiofile import stream_audio\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "count = sum(len(block) for block in stream_audio(pathlib.Path(sys.argv[1])))\n"
        "print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, path], capture_output=True, text=True, check=True)
    count, grown_kb = map(int, done.stdout.split())
    assert count == 30 * 60 * SAMPLE_RATE_HZ
    assert grown_kb < 100_000


# --- writing --------------------------------------------------------------------------------------


def test_recording_is_a_whole_file_after_every_block(tmp_path: Path) -> None:
    """At any moment, what was written until then can be read."""
    path = tmp_path / "take.wav"
    writer, lengths = RecordingWriter(path), []
    for _ in range(3):
        writer.write(tone(SAMPLE_RATE_HZ, 0.05))
        lengths.append(soundfile.info(path).frames)
    assert lengths == [800, 1_600, 2_400]
    writer.close()


def test_killed_program_loses_at_most_the_last_block(tmp_path: Path) -> None:
    """After kill -9 the file holds every block that `write` had returned for."""
    path = tmp_path / "take.wav"
    program = (
        "import sys, pathlib, numpy\n"
        "from mockint.devices.audiofile import RecordingWriter\n"
        "writer = RecordingWriter(pathlib.Path(sys.argv[1]))\n"
        "for number in range(1000):\n"
        "    writer.write(numpy.full(800, 0.25, numpy.float32))\n"
        "    print(number, flush=True)\n"
        "    if number == 20: input()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as recorder:
        assert recorder.stdout is not None
        while recorder.stdout.readline() != "20\n":
            pass
        recorder.send_signal(signal.SIGKILL)
    samples = read_audio(path).recording.samples
    assert len(samples) == 21 * 800
    assert (samples == 0.25).all()


def test_recording_never_replaces_another(tmp_path: Path) -> None:
    """A file that is there is not overwritten."""
    (tmp_path / "take.wav").write_text("precious")
    with pytest.raises(StoreProblem, match="cannot be written"):
        RecordingWriter(tmp_path / "take.wav")
    assert (tmp_path / "take.wav").read_text() == "precious"


def test_full_disk_keeps_what_was_written(tmp_path: Path) -> None:
    """When no more fits, that is said with the seconds that are kept, and those can be read."""
    path = tmp_path / "take.wav"
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    writer = RecordingWriter(path)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, limits[1]))
        for _ in range(3):
            writer.write(tone(SAMPLE_RATE_HZ, 0.5))
        with pytest.raises(StoreProblem, match="cannot be written") as caught:
            writer.write(tone(SAMPLE_RATE_HZ, 0.5))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, ignored)
    writer.close()
    assert f"The first 1.5 s are kept in {path}." in caught.value.hint
    assert writer.duration_s == 1.5
    assert read_audio(path).recording.duration_s == 1.5


def test_flac_in_memory_is_the_recording_without_loss(speech: Recording, tmp_path: Path) -> None:
    """A page carries it; the file stays as it is."""
    with RecordingWriter(tmp_path / "take.wav") as writer:
        writer.write(speech.samples)
    before = read_audio(tmp_path / "take.wav").recording.samples
    (tmp_path / "page.flac").write_bytes(as_flac(tmp_path / "take.wav"))
    np.testing.assert_array_equal(read_audio(tmp_path / "page.flac").recording.samples, before)
    (tmp_path / "page.flac").write_bytes(as_flac(tmp_path / "take.wav", silence_after_s=0.5))
    longer = read_audio(tmp_path / "page.flac").recording.samples
    np.testing.assert_array_equal(longer, np.concatenate([before, np.zeros(SAMPLE_RATE_HZ // 2, np.float32)]))


def test_a_small_file_is_as_long_as_the_recording_and_sounds_like_it(speech: Recording, tmp_path: Path) -> None:
    """A page to send carries it: a fraction of the bytes, and every word at its time."""
    with RecordingWriter(tmp_path / "take.wav") as writer:
        writer.write(speech.samples)
    data, media_type = as_small_file(tmp_path / "take.wav")
    assert media_type == "audio/mpeg"
    assert len(data) < (tmp_path / "take.wav").stat().st_size / 4
    (tmp_path / "page.mp3").write_bytes(data)
    loaded = read_audio(tmp_path / "page.mp3").recording.samples
    assert len(loaded) == len(speech.samples)
    assert np.corrcoef(loaded, speech.samples)[0, 1] > 0.9


def test_where_no_mp3_can_be_written_the_small_file_is_flac(
    speech: Recording, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some systems build libsndfile without it."""
    with RecordingWriter(tmp_path / "take.wav") as writer:
        writer.write(speech.samples)
    monkeypatch.setattr(soundfile, "available_formats", lambda: {"FLAC": "FLAC"})
    assert as_small_file(tmp_path / "take.wav") == (as_flac(tmp_path / "take.wav"), "audio/flac")


@given(st.lists(st.floats(-2, 2, width=32), max_size=50))
def test_16_bit_samples_keep_their_order(values: list[float]) -> None:
    """Going to 16 bits never wraps around: louder stays louder, and full scale is the end."""
    ordered = to_pcm16(np.array(sorted(values), np.float32))
    assert all(low <= high for low, high in pairwise(ordered.tolist()))
