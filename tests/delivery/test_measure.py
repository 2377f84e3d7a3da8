"""One take, measured: what is known, what is not, and what the person is told about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import signals
from builders import words

from mockint.delivery.acoustics import analyse
from mockint.delivery.measure import measure
from mockint.model import SAMPLE_RATE_HZ, FillerKind, NoTranscript, Recording, Transcript, Word
from mockint.pages.terminal import WIDTH

if TYPE_CHECKING:
    from mockint.model import Delivery, Samples, Span

TAKE = signals.spoken([0.5, 1.0, 2.2], stretch_s=4.0, lead_s=1.5)
SAID = words("Um, I built the, you know, the new billing system with three other people and maybe we " * 2, start_s=1.5)


def measured(
    samples: Samples, said: tuple[Word, ...] = SAID, speech: tuple[Span, ...] | None = TAKE.speech
) -> Delivery:
    frames = analyse(Recording(samples=samples, sample_rate_hz=SAMPLE_RATE_HZ))
    return measure(frames, Transcript(words=said, engine="engine", speech=speech))


def unheard(samples: Samples, heard: NoTranscript) -> Delivery:
    return measure(analyse(Recording(samples=samples, sample_rate_hz=SAMPLE_RATE_HZ)), heard)


def speech_in_noise(over_noise_db: float) -> Samples:
    noise = signals.white_noise(len(TAKE.samples) / SAMPLE_RATE_HZ, level_dbfs=signals.SPEECH_DBFS - over_noise_db)
    return TAKE.samples + noise


def test_everything_is_measured_on_a_good_take() -> None:
    """Answer, wait, pauses, pace, fillers and wording are all there."""
    delivery = measured(TAKE.samples)
    assert delivery.answer is not None
    assert delivery.answer.start_s == pytest.approx(1.5, abs=signals.EDGE_S)
    assert delivery.response_latency_s == delivery.answer.start_s
    assert [round(pause.duration_s, 1) for pause in delivery.pauses] == [0.5, 1.0, 2.2]
    assert delivery.pace.words_per_minute is not None
    assert {filler.kind for filler in delivery.fillers} == {FillerKind.FILLED_PAUSE, FillerKind.DISCOURSE_MARKER}
    assert delivery.filled_pause_count is not None
    assert [word.text for word in delivery.hedges] == ["maybe", "maybe"]
    assert [word for word in delivery.words if word.text != "um"] == [word for word in SAID if word.text != "Um,"]
    assert delivery.words_known
    assert delivery.engine == "engine"


def test_fillers_come_in_order_of_time() -> None:
    """Filled pauses and discourse markers stand in one list, as they were said."""
    starts_s = [filler.start_s for filler in measured(TAKE.samples).fillers]
    assert starts_s == sorted(starts_s)


def test_words_stretched_over_a_pause_do_not_hide_it() -> None:
    """Pauses come from the sound: one long word over all of it changes nothing."""
    stretched = (Word(text="so", start_s=0.0, end_s=TAKE.answer.end_s),)
    assert measured(TAKE.samples, stretched).pauses == measured(TAKE.samples).pauses


def test_a_failed_transcript_leaves_what_the_sound_tells() -> None:
    """Pauses and phonation are measured; what needs words is None, and the reason is told."""
    delivery = unheard(TAKE.samples, NoTranscript(reason="the model is missing", engine="engine", speech=TAKE.speech))
    assert len(delivery.pauses) == 3
    assert delivery.pace.phonation_time_ratio == pytest.approx(16 / 19.7, abs=0.01)
    assert delivery.pace.words_per_minute is None
    assert delivery.pace.articulation_rate_syll_per_s is None
    assert delivery.filled_pause_count is None
    assert not delivery.words_known
    assert any("the model is missing" in caveat for caveat in delivery.caveats)


def test_where_no_speech_was_heard_there_is_no_answer() -> None:
    """No answer, no pauses, no pace, and one sentence that says so."""
    silent = NoTranscript(reason="no speech was heard", engine="engine", no_speech=True)
    delivery = unheard(signals.room_noise(5.0, level_dbfs=-45), silent)
    assert delivery.answer is None
    assert delivery.response_latency_s is None
    assert delivery.pauses == ()
    assert delivery.pace.phonation_time_ratio is None
    assert delivery.caveats == ("Nobody was heard speaking.",)


def test_a_microphone_that_is_turned_down_is_named() -> None:
    """Where nobody is heard and nothing is loud, the level is told."""
    silent = NoTranscript(reason="no speech was heard", engine="engine", no_speech=True)
    (caveat,) = unheard(signals.room_noise(5.0, level_dbfs=-70), silent).caveats
    assert "Nobody was heard speaking." in caveat
    assert "turned down" in caveat


def test_a_whisper_is_told_from_silence() -> None:
    """Where there was sound but no speech, the person learns what is not heard."""
    silent = NoTranscript(reason="no speech was heard", engine="engine", no_speech=True)
    room = signals.room_noise(1.0, level_dbfs=-70)
    (caveat,) = unheard(np.concatenate([room, signals.whisper(2.0), room]), silent).caveats
    assert caveat.startswith("Nobody was heard speaking. There was sound")


def test_a_muted_microphone_is_named() -> None:
    """Digital silence has its own sentence."""
    silent = NoTranscript(reason="no speech was heard", engine="engine", no_speech=True)
    delivery = unheard(signals.silence(5.0), silent)
    assert delivery.caveats == ("The recording holds nothing but digital silence: is the microphone muted?",)


def test_words_that_drown_in_the_room_still_make_an_answer() -> None:
    """Where the recogniser heard words that the sound does not show, they say where the answer is."""
    delivery = measured(signals.white_noise(20.0, level_dbfs=-30), speech=())
    assert delivery.answer is not None
    assert (delivery.answer.start_s, delivery.answer.end_s) == (SAID[0].start_s, SAID[-1].end_s)
    assert any("above the room's noise" in caveat for caveat in delivery.caveats)


def test_a_recogniser_s_own_caveats_are_kept() -> None:
    """What the recogniser could not do is told too."""
    frames = analyse(TAKE.recording)
    heard = Transcript(words=SAID, engine="engine", speech=TAKE.speech, caveats=("1 of 3 stretches was lost",))
    assert "1 of 3 stretches was lost" in measure(frames, heard).caveats


@pytest.mark.parametrize(
    ("samples", "told"),
    [
        (TAKE.samples * np.float32(0.02), "very quiet"),
        (signals.clipped(TAKE.samples), "clipped"),
        (speech_in_noise(10.0), "above the room's noise"),
        (signals.telephone(TAKE.samples), "4 kHz"),
        (np.concatenate([signals.silence(0.5), signals.whisper(2.0)] * 6), "whisper"),
    ],
    ids=["quiet", "clipped", "noisy", "telephone", "whisper"],
)
def test_a_bad_recording_is_told(samples: Samples, told: str) -> None:
    """What is wrong with the sound stands in one plain sentence, which a line of the card holds."""
    [caveat] = [caveat for caveat in measured(samples).caveats if told in caveat]
    assert len(f"! {caveat}") <= WIDTH


def test_a_short_answer_is_too_short_to_judge() -> None:
    """A few words decide every rate."""
    built = signals.spoken([], stretch_s=2.0)
    delivery = measured(built.samples, words("I did it"), built.speech)
    assert any("too short" in caveat for caveat in delivery.caveats)


@pytest.mark.parametrize("count", [2, 150])
def test_an_impossible_word_rate_is_doubted(count: int) -> None:
    """Two words in 20 s of speech, or 150: the transcript is doubted, not the speaker."""
    said = tuple(Word(text="word", start_s=1.5 + n * 0.1, end_s=1.6 + n * 0.1) for n in range(count))
    assert any("not plausible" in caveat for caveat in measured(TAKE.samples, said).caveats)


@pytest.mark.parametrize("length_s", [0.0, 0.005, 0.2])
def test_hardly_any_sound_is_measured_without_a_stumble(length_s: float) -> None:
    """An answer that ended at once is no answer."""
    silent = NoTranscript(reason="no speech was heard", engine="engine", no_speech=True)
    assert (
        unheard(signals.room_noise(length_s, level_dbfs=-50) if length_s else signals.silence(0), silent).answer is None
    )
