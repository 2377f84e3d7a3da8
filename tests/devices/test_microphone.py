"""Answers come from a microphone or a folder of recordings, the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
from sound_card import likeness

from mockint.devices.audiofile import read_audio
from mockint.devices.microphone import (
    BLOCK_S,
    RecordedAnswers,
    SoundDeviceMicrophone,
    measure_level,
    pair_answers,
)
from mockint.devices.soundcard import Direction, list_devices
from mockint.errors import AudioFileProblem, NoAudioDevice, UsageProblem
from mockint.model import SAMPLE_RATE_HZ, Question

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sound_card import SoundCard

    from mockint.model import Block, Recording, Samples

QUIET_BLOCK_COUNT = 10  # what is recorded after the player has ended: 0.5 s


class Clock:
    """Time that passes only when somebody sleeps or is slow."""

    def __init__(self) -> None:
        self.now_s = 100.0
        self.slept_s: list[float] = []

    def read(self) -> float:
        return self.now_s

    def sleep(self, duration_s: float) -> None:
        self.slept_s.append(duration_s)
        self.now_s += duration_s


def question(question_id: str) -> Question:
    return Question(bank_id="bank", id=question_id, text="Why?")


def answers(folder: Path, questions: Sequence[Question], *, realtime: bool = False) -> RecordedAnswers:
    clock = Clock()
    return RecordedAnswers(folder, questions, realtime=realtime, clock_s=clock.read, sleep_s=clock.sleep)


def joined(blocks: Sequence[Block]) -> Samples:
    return np.concatenate([block.samples for block in blocks])


# --- the microphone -------------------------------------------------------------------------------


def test_microphone_records_what_was_said(sound_card: SoundCard, speech: Recording, tmp_path: Path) -> None:
    """What is played into the microphone comes out of it, in blocks of mono float32 at 16 kHz, none lost."""
    said = tmp_path / "said.wav"
    soundfile.write(said, speech.samples, SAMPLE_RATE_HZ)
    blocks: list[Block] = []
    with SoundDeviceMicrophone().listen(question("q")) as arriving:
        blocks.append(next(arriving))
        player = sound_card.speak_into_microphone(said)
        quiet_count = 0
        while quiet_count < QUIET_BLOCK_COUNT:
            blocks.append(next(arriving))
            quiet_count += player.poll() is not None
    assert likeness(speech.samples, joined(blocks)) > 0.95
    assert {len(block.samples) for block in blocks} == {round(BLOCK_S * SAMPLE_RATE_HZ)}
    assert sum(block.dropped_count for block in blocks) == 0


def test_lost_microphone_ends_the_answer(fragile_sound_card: SoundCard) -> None:
    """When the device dies in mid-answer, the blocks until then are handed over, and then comes NoAudioDevice."""
    blocks: list[Block] = []
    with SoundDeviceMicrophone().listen(question("q")) as arriving:
        blocks.extend(next(arriving) for _ in range(5))
        fragile_sound_card.stop()
        with pytest.raises(NoAudioDevice, match="stopped delivering sound"):
            blocks.extend(arriving)
    assert len(blocks) >= 5


def test_microphone_can_be_opened_again(sound_card: SoundCard) -> None:
    """Each answer opens the microphone anew."""
    microphone = SoundDeviceMicrophone()
    for _ in range(2):
        with microphone.listen(question("q")) as arriving:
            assert len(next(arriving).samples) == round(BLOCK_S * SAMPLE_RATE_HZ)


def test_microphone_by_part_of_its_name(sound_card: SoundCard) -> None:
    """A device may be named in part, in any case, or by its number."""
    pulse = next(device for device in list_devices(Direction.INPUT) if device.name == "pulse")
    for wanted in ("PUL", str(pulse.index), pulse.index):
        with SoundDeviceMicrophone(wanted).listen(question("q")) as arriving:
            assert len(next(arriving).samples) > 0


def test_unknown_microphone_is_answered_with_the_nearest_name(sound_card: SoundCard) -> None:
    """A slip in a device's name is answered with the name that was meant, and with all there are."""
    with (
        pytest.raises(UsageProblem, match="no microphone defualt") as caught,
        SoundDeviceMicrophone("defualt").listen(question("q")),
    ):
        pass
    assert "Did you mean default?" in caught.value.hint


def test_ambiguous_microphone_is_refused(sound_card: SoundCard) -> None:
    """A name that fits several devices is not guessed at."""
    with (
        pytest.raises(UsageProblem, match="More than one microphone"),
        SoundDeviceMicrophone("u").listen(question("q")),
    ):
        pass


def test_level_of_a_silent_microphone_is_unknown(sound_card: SoundCard) -> None:
    """Nothing but zeros has no level: the system may be withholding the sound."""
    level = measure_level(None, 0.2)
    assert (level.peak_dbfs, level.rms_dbfs) == (None, None)


def test_level_of_a_tone(sound_card: SoundCard, tmp_path: Path) -> None:
    """A sine of amplitude 0.1 has its peak at -20 dBFS and its RMS 3 dB below, within 1 dB."""
    tone = tmp_path / "tone.wav"
    soundfile.write(tone, 0.1 * np.sin(2 * np.pi * 440 * np.arange(10 * 48_000) / 48_000), 48_000)
    player = sound_card.speak_into_microphone(tone)
    with SoundDeviceMicrophone().listen(question("q")) as arriving:
        while not next(arriving).samples.any():
            pass
    level = measure_level(None, 0.5)
    player.terminate()
    player.wait()
    assert level.peak_dbfs == pytest.approx(-20, abs=1)
    assert level.rms_dbfs == pytest.approx(-23, abs=1)


# --- recorded answers -----------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["wav", "flac", "ogg", "mp3"])
@pytest.mark.parametrize("rate_hz", [8_000, 22_050, 44_100, 48_000])
@pytest.mark.parametrize("channel_count", [1, 2])
def test_recorded_answer_of_any_kind(suffix: str, rate_hz: int, channel_count: int, tmp_path: Path) -> None:
    """Any format, rate and number of channels comes out as blocks of mono float32 at 16 kHz."""
    tone = 0.3 * np.sin(2 * np.pi * 440 * np.arange(rate_hz) / rate_hz)
    soundfile.write(tmp_path / f"q.{suffix}", np.stack([tone] * channel_count, axis=1), rate_hz)
    with answers(tmp_path, [question("q")]).listen(question("q")) as arriving:
        blocks = list(arriving)
    expected = (0.3 * np.sin(2 * np.pi * 440 * np.arange(SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ)).astype(np.float32)
    heard = joined(blocks)
    assert {len(block.samples) for block in blocks[:-1]} == {round(BLOCK_S * SAMPLE_RATE_HZ)}
    assert heard.dtype == np.float32
    assert likeness(expected[4_000:12_000], heard) > 0.99


def test_blocks_at_the_speed_of_speech_do_not_drift(tmp_path: Path) -> None:
    """Each block comes when its last sample would have been spoken, however long the listener took for the last one."""
    soundfile.write(tmp_path / "q.wav", np.zeros(SAMPLE_RATE_HZ), SAMPLE_RATE_HZ)
    clock = Clock()
    spoken = RecordedAnswers(tmp_path, [question("q")], realtime=True, clock_s=clock.read, sleep_s=clock.sleep)
    arrivals_s = []
    with spoken.listen(question("q")) as arriving:
        for number, _ in enumerate(arriving):
            arrivals_s.append(clock.now_s - 100.0)
            clock.now_s += 0.03 if number % 2 else 0.0  # a listener that is slow at times
    assert arrivals_s == pytest.approx([BLOCK_S * count for count in range(1, 21)])


def test_late_listener_gets_every_block_at_once(tmp_path: Path) -> None:
    """A listener that fell behind is not made to wait, and loses nothing."""
    soundfile.write(tmp_path / "q.wav", np.zeros(SAMPLE_RATE_HZ), SAMPLE_RATE_HZ)
    clock = Clock()
    spoken = RecordedAnswers(tmp_path, [question("q")], realtime=True, clock_s=clock.read, sleep_s=clock.sleep)
    with spoken.listen(question("q")) as arriving:
        first = next(arriving)
        clock.now_s += 60.0
        blocks = [first, *arriving]
    assert len(clock.slept_s) == 1
    assert len(joined(blocks)) == SAMPLE_RATE_HZ


def test_files_go_by_question_id_then_in_natural_order(tmp_path: Path) -> None:
    """A file that bears a question's id is its answer; the others get the remaining files, 2 before 10, each once."""
    paths = [tmp_path / name for name in ("answer2.wav", "answer10.wav", "team.flac")]
    paired = pair_answers(paths, [question("why"), question("team"), question("how"), question("what")])
    assert {key[1]: [path.name for path in found] for key, found in paired.items()} == {
        "why": ["answer2.wav"],
        "team": ["team.flac"],
        "how": ["answer10.wav"],
    }


def test_a_follow_up_is_answered_only_by_a_file_that_bears_its_id(tmp_path: Path) -> None:
    """And its file answers nothing else."""
    paths = [tmp_path / name for name in ("why.follow-up-1.wav", "1.wav", "2.wav")]
    follow_ups = [question("why.follow-up-1"), question("why.follow-up-2")]
    paired = pair_answers(paths, [question("why")], follow_ups)
    assert {key[1]: [path.name for path in found] for key, found in paired.items()} == {
        "why": ["1.wav"],
        "why.follow-up-1": ["why.follow-up-1.wav"],
    }


def test_folder_is_taken_in_natural_order(tmp_path: Path) -> None:
    """answer2 comes before answer10; files that are not sound, and hidden ones, are left alone."""
    for name, value in (("answer10.wav", 0.1), ("answer2.wav", 0.2), ("notes.txt", 0), ("._answer1.wav", 0)):
        if value:
            soundfile.write(tmp_path / name, np.full(1_600, value), SAMPLE_RATE_HZ)
        else:
            (tmp_path / name).write_text("no sound")
    recorded = answers(tmp_path, [question("a"), question("b")])
    heard = []
    for each in recorded.answerable:
        with recorded.listen(each) as arriving:
            heard.append(round(float(next(arriving).samples[0]), 2))
    assert heard == [0.2, 0.1]


def test_fewer_answers_than_questions(tmp_path: Path) -> None:
    """A session asks what has an answer; asking more is a wrong use that names the file it looked for."""
    soundfile.write(tmp_path / "one.wav", np.zeros(1_600), SAMPLE_RATE_HZ)
    recorded = answers(tmp_path, [question("a"), question("b")])
    assert recorded.answerable == (question("a"),)
    with pytest.raises(UsageProblem, match="no answer to the question b") as caught, recorded.listen(question("b")):
        pass
    assert "b.wav" in caught.value.hint


def test_unreadable_answer_spares_the_others(tmp_path: Path) -> None:
    """A file that is not sound costs its own question only."""
    (tmp_path / "a.wav").write_text("not sound at all")
    soundfile.write(tmp_path / "b.wav", np.zeros(1_600), SAMPLE_RATE_HZ)
    recorded = answers(tmp_path, [question("a"), question("b")])
    with pytest.raises(AudioFileProblem, match=r"a\.wav is not a sound file"), recorded.listen(question("a")):
        pass
    with recorded.listen(question("b")) as arriving:
        assert len(joined(list(arriving))) == 1_600


@pytest.mark.parametrize("exists", [True, False])
def test_folder_without_answers(exists: bool, tmp_path: Path) -> None:
    """A folder that is missing or holds no sound is refused before anything is asked."""
    with pytest.raises(UsageProblem, match="holds no recorded answers" if exists else "There is no folder"):
        answers(tmp_path if exists else tmp_path / "nowhere", [question("a")])


def test_recorded_answer_equals_the_file(speech: Recording, tmp_path: Path) -> None:
    """The blocks together are the file, sample by sample."""
    soundfile.write(tmp_path / "q.wav", speech.samples, SAMPLE_RATE_HZ)
    with answers(tmp_path, [question("q")]).listen(question("q")) as arriving:
        np.testing.assert_array_equal(joined(list(arriving)), read_audio(tmp_path / "q.wav").recording.samples)
