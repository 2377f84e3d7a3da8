"""A session, step by step: what is asked, when an answer ends, and in which order things are kept and shown."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
from builders import question

import mockint
from mockint.devices.audiofile import RecordingWriter
from mockint.devices.microphone import RecordedAnswers
from mockint.devices.recognisers.choice import EngineName, open_recogniser
from mockint.devices.voice import SilentVoice
from mockint.errors import AudioFileProblem, Interrupted, VoiceProblem
from mockint.interview import IN_FLIGHT_S, StoppedBy, StopRule, Tools, conduct
from mockint.scoring import METHOD
from mockint.store.keeper import SessionKeeper
from mockint.store.takes import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mockint.model import Question, Take

SAMPLES = Path(mockint.__file__).parent / "sample_answers"
NOW = datetime(2026, 1, 2, 9, tzinfo=timezone.utc)
QUESTIONS = (question(id="went-wrong"), question(id="you-in-a-minute"))


@dataclass
class Log:
    """A screen that writes down what it is told, and may break off an answer as Ctrl-C does."""

    store: Store
    interrupt_after_s: float = float("inf")
    events: list[str] = field(default_factory=list)

    def asking(self, question: Question) -> None:
        self.events.append(f"asking {question.id}")

    def voice_failed(self, problem: VoiceProblem) -> None:
        self.events.append(f"voice failed: {problem.problem}")

    def answering(self, question: Question, *, level_dbfs: float, elapsed_s: float) -> None:
        if elapsed_s >= self.interrupt_after_s:
            raise KeyboardInterrupt

    def answered(self, question: Question, stopped_by: StoppedBy) -> None:
        self.events.append(f"answered ({stopped_by.value}), {self.store.take_count()} stored")

    def first_result(self, take: Take) -> None:
        self.events.append("first result")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "home") as opened:
        yield opened


def tools(
    store: Store, screen: Log, folder: Path = SAMPLES, *, live: bool = False, time_limit_s: float | None = None
) -> Tools:
    session = store.begin_session(bank_id="bank", mode="practice", started_at=NOW)
    return Tools(
        voice=SilentVoice(),
        microphone=RecordedAnswers(folder, QUESTIONS, realtime=live, clock_s=time.monotonic, sleep_s=time.sleep),
        live=live,
        recogniser=open_recogniser(EngineName.DEFAULT if live else EngineName.NONE),
        keeper=SessionKeeper(store, session.id, open_writer=RecordingWriter, now=lambda: NOW),
        screen=screen,
        now=lambda: NOW,
        clock_s=time.monotonic,
        stop_rule=lambda _: StopRule(key_pressed=lambda: False, time_limit_s=time_limit_s),
        method=METHOD,
    )


def test_each_take_is_finished_before_the_next_question_is_asked(store: Store) -> None:
    """Stored, then scored, then handed over; only then does the interview go on."""
    screen = Log(store)
    for take in conduct(QUESTIONS, tools(store, screen)):
        assert take.result is not None
        screen.events.append(f"take {take.id}, {len(store.takes())} stored with a result")
    assert screen.events == [
        "asking went-wrong",
        "answered (end of sound), 1 stored",
        "take 1, 1 stored with a result",
        "asking you-in-a-minute",
        "answered (end of sound), 2 stored",
        "take 2, 2 stored with a result",
    ]


def test_a_live_answer_has_a_first_result_before_the_thorough_one(store: Store, tmp_path: Path) -> None:
    """It is shown after the take is stored; the delay that is kept is the first one's."""
    samples, rate_hz = soundfile.read(SAMPLES / "went-wrong.ogg")
    soundfile.write(tmp_path / "went-wrong.wav", samples[: 6 * rate_hz], rate_hz)
    screen = Log(store)
    [take] = conduct(QUESTIONS[:1], tools(store, screen, tmp_path, live=True))
    assert screen.events == ["asking went-wrong", "answered (end of sound), 1 stored", "first result"]
    assert take.result_delay_s is not None
    assert take.refined_delay_s is not None
    assert take.result_delay_s <= take.refined_delay_s


def test_an_answer_ends_at_its_time_limit(store: Store) -> None:
    """No block later."""
    screen = Log(store)
    [take] = conduct(QUESTIONS[:1], tools(store, screen, time_limit_s=5.0))
    assert take.duration_s == pytest.approx(5.0, abs=0.05)
    assert screen.events[1] == "answered (time limit), 1 stored"


def test_what_is_still_in_the_sound_card_when_a_key_is_pressed_is_kept(store: Store) -> None:
    """The last syllable was spoken before Enter was pressed, and comes out of the sound card after it."""
    rule = StopRule(key_pressed=lambda: True)
    [take] = conduct(QUESTIONS[:1], replace(tools(store, Log(store)), stop_rule=lambda _: rule))
    assert take.duration_s == pytest.approx(0.05 + IN_FLIGHT_S, abs=0.001)  # the block that ended it, and three more


def test_the_person_prepares_between_the_question_and_the_answer(store: Store) -> None:
    """After the question was spoken, before the microphone listens."""
    screen = Log(store)
    prepared = replace(tools(store, screen), prepare=lambda each: screen.events.append(f"preparing {each.id}"))
    list(conduct(QUESTIONS[:1], prepared))
    assert screen.events[:3] == [
        "asking went-wrong",
        "preparing went-wrong",
        "answered (end of sound), 1 stored",
    ]


def test_ctrl_c_keeps_what_was_said(store: Store) -> None:
    """The take is stored to the last block, without a result; the hint names it."""
    with pytest.raises(Interrupted) as raised:
        list(conduct(QUESTIONS, tools(store, Log(store, interrupt_after_s=3.0))))
    [take] = store.takes()
    assert take.duration_s == pytest.approx(3.0, abs=0.05)
    assert take.result is None
    assert f"kept as take {take.id}" in raised.value.hint


def test_an_answer_that_breaks_off_is_scored_before_the_reason_is_raised(store: Store, tmp_path: Path) -> None:
    """A damaged file plays up to the damage: what came before is a take."""
    samples, rate_hz = soundfile.read(SAMPLES / "went-wrong.ogg")
    soundfile.write(tmp_path / "went-wrong.flac", samples, rate_hz)
    whole = (tmp_path / "went-wrong.flac").read_bytes()
    (tmp_path / "went-wrong.flac").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(AudioFileProblem):
        list(conduct(QUESTIONS[:1], tools(store, Log(store), tmp_path)))
    assert [stored.result is not None for stored in store.takes()] == [True]


def test_a_file_without_sound_leaves_no_take(store: Store, tmp_path: Path) -> None:
    """Nothing was said, so nothing is stored, and the reason is raised."""
    soundfile.write(tmp_path / "went-wrong.wav", np.zeros(0), 16_000)
    with pytest.raises(AudioFileProblem):
        list(conduct(QUESTIONS[:1], tools(store, Log(store), tmp_path)))
    assert store.takes() == ()


# --- when an answer ends --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("elapsed_s", "silent_for_s", "expected"),
    [
        (10, None, None),
        (10, 2.9, None),
        (10, 3.0, StoppedBy.SILENCE),
        (60, 0.0, StoppedBy.TIME_LIMIT),
        (60, 9.0, StoppedBy.TIME_LIMIT),
    ],
)
def test_a_stop_rule(elapsed_s: float, silent_for_s: float | None, expected: StoppedBy | None) -> None:
    """Silence counts only after the speaker has begun; the time limit always."""
    rule = StopRule(key_pressed=lambda: False, silence_s=3.0, time_limit_s=60.0)
    assert rule.check(elapsed_s=elapsed_s, silent_for_s=silent_for_s) == expected


def test_a_key_ends_an_answer_whatever_else_holds() -> None:
    """The person decides."""
    rule = StopRule(key_pressed=lambda: True)
    assert rule.check(elapsed_s=0.1, silent_for_s=None) is StoppedBy.KEY
