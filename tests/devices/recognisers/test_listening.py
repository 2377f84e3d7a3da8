"""The plumbing around every engine: threads, failures, and nothing heard."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import signals
from faults import fault

import mockint
from mockint.devices.audiofile import read_audio
from mockint.devices.recognisers.choice import EngineName, open_recogniser
from mockint.devices.recognisers.listening import FALLEN_BEHIND_S, ChunkedRecogniser, ChunkFailed, Heard
from mockint.devices.recognisers.voice_activity import VoiceActivity
from mockint.model import SAMPLE_RATE_HZ, NoTranscript, Transcript, Word

if TYPE_CHECKING:
    from mockint.model import Samples

SAMPLE_ANSWERS = Path(mockint.__file__).parent / "sample_answers"


class Engine:
    """An engine that says one word a chunk, fails on the chunks it is told to, and may wait for a signal."""

    name = "test engine 1"
    caveats: tuple[str, ...] = ()

    def __init__(self, *, fail_on: tuple[int, ...] = (), wait_for: threading.Event | None = None) -> None:
        self._fail_on = fail_on
        self._wait_for = wait_for
        self._chunk_count = 0

    def prepare(self) -> None:
        pass

    def transcribe(self, samples: Samples) -> Heard:
        if self._wait_for is not None:
            self._wait_for.wait()
        number = self._chunk_count
        self._chunk_count += 1
        if number in self._fail_on:
            raise ChunkFailed("the line was bad")
        return Heard(words=(Word(text=f"chunk{number}", start_s=0.0, end_s=len(samples) / SAMPLE_RATE_HZ),))


@pytest.fixture(scope="module")
def answer() -> Samples:
    """Half a minute of speech."""
    return read_audio(SAMPLE_ANSWERS / "you-in-a-minute.ogg").recording.samples


def blocks(samples: Samples, count: int = 800) -> list[Samples]:
    return [samples[start : start + count] for start in range(0, len(samples), count)]


def test_words_take_their_place_in_the_answer(answer: Samples) -> None:
    """An engine counts from the start of its chunk; the transcript counts from the start of the answer."""
    heard = ChunkedRecogniser(Engine(), VoiceActivity).transcribe(blocks(answer))
    assert isinstance(heard, Transcript)
    assert len(heard.words) > 1
    assert [word.text for word in heard.words] == [f"chunk{i}" for i in range(len(heard.words))]
    assert all(a.end_s <= b.start_s + 0.01 for a, b in zip(heard.words, heard.words[1:], strict=False))


def test_listening_while_it_is_spoken_gives_the_same_transcript(answer: Samples) -> None:
    """The thread changes when chunks are transcribed, not what is in them."""
    recogniser = ChunkedRecogniser(Engine(), VoiceActivity)
    listening = recogniser.listen()
    for samples in blocks(answer, 1234):
        listening.hear(samples)
    assert listening.finish() == ChunkedRecogniser(Engine(), VoiceActivity).transcribe(blocks(answer))


def test_a_stretch_that_failed_is_said_and_the_rest_is_kept(answer: Samples) -> None:
    """One bad chunk costs its own words only."""
    heard = ChunkedRecogniser(Engine(fail_on=(0,)), VoiceActivity).transcribe(blocks(answer))
    assert isinstance(heard, Transcript)
    assert heard.words[0].text == "chunk1"
    assert "the line was bad" in heard.caveats[0]


def test_where_every_stretch_failed_there_is_no_transcript(answer: Samples) -> None:
    """A failure is a value with its reason; that somebody spoke is still known."""
    heard = ChunkedRecogniser(Engine(fail_on=tuple(range(99))), VoiceActivity).transcribe(blocks(answer))
    assert isinstance(heard, NoTranscript)
    assert (heard.reason, heard.no_speech) == ("the line was bad", False)
    assert heard.speech


@fault(
    "the recogniser hangs",
    says="the recogniser did not finish within",
    kept="the recording; pauses and length are measured",
)
def test_a_recogniser_that_hangs_is_given_up(answer: Samples) -> None:
    """The session goes on; the reason names how long it was waited for."""
    never = threading.Event()
    listening = ChunkedRecogniser(Engine(wait_for=never), VoiceActivity, patience_s=0.05).listen()
    for samples in blocks(answer):
        listening.hear(samples)
    heard = listening.finish()
    never.set()
    assert isinstance(heard, NoTranscript)
    assert heard.reason == "the recogniser did not finish within 0 s"


def two_speeds(thorough: Engine, quick: Engine, patience_s: float = 60.0) -> ChunkedRecogniser:
    return ChunkedRecogniser(thorough, VoiceActivity, quick=quick, patience_s=patience_s)


def test_a_quick_engine_stands_in_until_the_thorough_one_has_heard(answer: Samples) -> None:
    """The first result does not wait for the thorough engine; the last one is the thorough engine's alone."""
    go_on = threading.Event()
    listening = two_speeds(Engine(wait_for=go_on), Engine()).listen()
    for samples in blocks(answer):
        listening.hear(samples)
    first = listening.first()
    go_on.set()
    final = listening.finish()
    assert isinstance(first, Transcript)
    assert isinstance(final, Transcript)
    assert final == ChunkedRecogniser(Engine(), VoiceActivity).transcribe(blocks(answer))
    assert len(first.words) > len(final.words)  # the quick engine hears shorter chunks, one word each


def test_the_first_result_holds_what_the_thorough_engine_has_heard_by_then(answer: Samples) -> None:
    """Quick words only begin where the thorough ones end, so nothing stands there twice."""
    recogniser = two_speeds(Engine(), Engine())
    listening = recogniser.listen()
    for samples in blocks(answer):
        listening.hear(samples)
    thorough = listening.finish()
    first = listening.first()
    assert isinstance(thorough, Transcript)
    assert isinstance(first, Transcript)
    assert [word.text for word in first.words] == [word.text for word in thorough.words]


def test_a_computer_that_is_slower_than_the_speaker_says_by_how_much(answer: Samples) -> None:
    """The first result says how much sound still waits; the final one, which waited for it, does not."""
    go_on = threading.Event()
    listening = two_speeds(Engine(wait_for=go_on), Engine()).listen()
    for samples in blocks(answer):
        listening.hear(samples)
    first = listening.first()
    go_on.set()
    final = listening.finish()
    assert isinstance(first, Transcript)
    assert isinstance(final, Transcript)
    [slow] = first.caveats
    behind_s = float(slow.removeprefix("This computer is ").partition(" s of sound behind")[0])
    assert FALLEN_BEHIND_S < behind_s <= np.ceil(len(answer) / SAMPLE_RATE_HZ)
    assert final.caveats == ()


def test_where_the_thorough_engine_hangs_the_first_result_remains(answer: Samples) -> None:
    """The take has a score, and it says by whom."""
    never = threading.Event()
    listening = two_speeds(Engine(wait_for=never), Engine(), patience_s=0.05).listen()
    for samples in blocks(answer):
        listening.hear(samples)
    first = listening.first()
    final = listening.finish()
    never.set()
    assert isinstance(first, Transcript)
    assert isinstance(final, Transcript)
    assert final.words == first.words
    assert final.caveats == ("Only the quick recogniser finished: the recogniser did not finish within 0 s.",)


def test_where_the_quick_engine_fails_there_is_no_first_result(answer: Samples) -> None:
    """It is waited for the thorough one instead."""
    listening = two_speeds(Engine(), Engine(fail_on=tuple(range(99)))).listen()
    for samples in blocks(answer):
        listening.hear(samples)
    assert listening.first() is None
    assert isinstance(listening.finish(), Transcript)


def test_a_file_is_not_read_further_ahead_than_it_is_heard(answer: Samples) -> None:
    """An hour of sound must not pile up in memory while a slow engine is at its first chunk."""
    go_on = threading.Event()
    listening = ChunkedRecogniser(Engine(wait_for=go_on), VoiceActivity).listen(live=False)
    read: list[int] = []

    def read_on() -> None:
        for samples in blocks(np.tile(answer, 2)):
            listening.hear(samples)
            read.append(len(samples))

    reader = threading.Thread(target=read_on)
    reader.start()
    reader.join(3.0)
    waiting_after_s = sum(read) / SAMPLE_RATE_HZ
    go_on.set()
    reader.join()
    assert waiting_after_s < len(answer) / SAMPLE_RATE_HZ
    assert isinstance(listening.finish(), Transcript)


def _silence() -> Samples:
    return np.zeros(20 * SAMPLE_RATE_HZ, np.float32)


def _white_noise() -> Samples:
    return np.random.default_rng(1).normal(0, 0.05, 20 * SAMPLE_RATE_HZ).astype(np.float32)


def _hum() -> Samples:
    time_s = np.arange(20 * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    harmonics = np.arange(1, 6)[:, None]
    hum: Samples = (0.1 / harmonics * np.sin(2 * np.pi * 50 * harmonics * time_s)).sum(axis=0).astype(np.float32)
    return hum


def _chords() -> Samples:
    time_s = np.arange(20 * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    chord = np.array([[220, 277, 330], [247, 294, 370], [196, 247, 294]])[(time_s // 1.5).astype(int) % 3]
    music: Samples = (0.1 * np.sin(2 * np.pi * chord * time_s[:, None]).sum(axis=1)).astype(np.float32)
    return music


def _bowed_notes() -> Samples:
    """A cello's: a voice activity detector takes some of them for speech."""
    time_s = np.arange(round(0.8 * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    vibrato = 1 + 0.008 * np.sin(2 * np.pi * 5.5 * time_s)
    notes = []
    for step in np.random.default_rng(7).choice([0, 2, 4, 5, 7, 9, 11, 12], 25):
        phase = 2 * np.pi * np.cumsum(130.8 * 2 ** (step / 12) * vibrato) / SAMPLE_RATE_HZ
        note = np.sum([np.sin(n * phase) / n for n in range(1, 16)], axis=0)
        notes.append(note * np.exp(-0.3 * time_s) * np.minimum(1, time_s / 0.01))
    return signals.at_level(np.concatenate(notes), -25)


def _siren() -> Samples:
    """Whisper is sure that it says "whoa", again and again."""
    time_s = np.arange(10 * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    phase = 2 * np.pi * np.cumsum(600 + 300 * np.sin(2 * np.pi * 2 * time_s)) / SAMPLE_RATE_HZ
    return signals.at_level((np.sin(phase) + 0.3 * np.sin(2 * phase)).astype(np.float32), -18)


def _typing() -> Samples:
    return _in_room([signals.click(level_dbfs=-25, seed=seed) for seed in range(100)], every_s=0.19)


def _breathing() -> Samples:
    return _in_room([signals.breath(1.5, level_dbfs=-38, seed=seed) for seed in range(8)], every_s=2.4)


def _doors() -> Samples:
    slam = np.random.default_rng(3).normal(0, 0.5, 8000) * np.exp(-np.arange(8000) / 1500)
    return _in_room([np.convolve(slam, np.ones(60) / 60, "same").astype(np.float32)] * 5, every_s=3.7)


def _traffic() -> Samples:
    return signals.room_noise(20, level_dbfs=-25) + signals.hum(20, mains_hz=60, level_dbfs=-35)


def _buzz() -> Samples:
    time_s = np.arange(20 * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    return signals.at_level(np.sign(np.sin(2 * np.pi * 60 * time_s)), -30)


def _in_room(sounds: list[Samples], *, every_s: float) -> Samples:
    room = signals.room_noise(20, level_dbfs=-60)
    for number, sound in enumerate(sounds):
        begin = round((0.5 + number * every_s) * SAMPLE_RATE_HZ)
        room[begin : begin + len(sound)] += sound
    return room


@pytest.mark.parametrize(
    "sound",
    [_silence, _white_noise, _hum, _chords, _bowed_notes, _siren, _typing, _breathing, _doors, _traffic, _buzz],
)
def test_nothing_is_heard_where_nobody_speaks(sound: object) -> None:
    """Recognisers invent words in silence, noise and music; none of it reaches the transcript."""
    heard = open_recogniser(EngineName.DEFAULT).transcribe(blocks(sound()))  # type: ignore[operator]  # one of the above
    assert isinstance(heard, NoTranscript)
    assert (heard.reason, heard.no_speech) == ("no speech was heard", True)
