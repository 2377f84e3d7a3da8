"""Filled pauses: what counts of what was claimed, how sure it is, and how many there are."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import signals
from hypothesis import given
from hypothesis import strategies as st

from mockint.delivery.acoustics import Frames, analyse
from mockint.delivery.filled_pauses import (
    FilledPauseSettings,
    count_filled_pauses,
    find_filled_pauses,
    is_written_filled_pause,
    with_filled_pauses,
)
from mockint.model import (
    SAMPLE_RATE_HZ,
    Evidence,
    Filler,
    FillerCandidate,
    FillerKind,
    NoTranscript,
    Recording,
    Transcript,
    Word,
)


def sound(*parts: np.ndarray) -> Frames:
    """Frames of parts, one after another, in a quiet room."""
    samples = np.concatenate(parts)
    room = signals.room_noise(len(samples) / SAMPLE_RATE_HZ + 0.001, level_dbfs=-70.0)[: len(samples)]
    return analyse(Recording(samples=(samples + room).astype(np.float32), sample_rate_hz=SAMPLE_RATE_HZ))


def talk() -> Frames:
    """Six seconds of syllables, with a short silence each second."""
    return sound(*[signals.words(0.8), signals.silence(0.2)] * 6)


def claim(at_s: float, chance: float | None, by: str = "one", text: str = "um") -> FillerCandidate:
    return FillerCandidate(text=text, start_s=at_s, end_s=at_s + 0.3, heard_by=by, confidence=chance)


def transcript(*claims: FillerCandidate, listeners: tuple[str, ...] = (), words: tuple[Word, ...] = ()) -> Transcript:
    return Transcript(words=words, engine="test", filler_candidates=claims, listeners=listeners)


def found(*claims: FillerCandidate, listeners: tuple[str, ...] = ()) -> list[float]:
    """The starts of what counts."""
    return [filler.start_s for filler in find_filled_pauses(talk(), transcript(*claims, listeners=listeners))]


def filler(confidence: float, at_s: float = 1.0) -> Filler:
    return Filler(
        kind=FillerKind.FILLED_PAUSE,
        text="um",
        start_s=at_s,
        end_s=at_s + 0.3,
        confidence=confidence,
        evidence=Evidence.TRANSCRIPT,
    )


@pytest.mark.parametrize("text", ["um", "Um,", "uhm", "uh...", "Uhh", "er", "erm", "ah", "eh", "hmm", "Hm?", "mm"])
def test_these_are_filled_pauses(text: str) -> None:
    """Any spelling and lengthening, with any punctuation."""
    assert is_written_filled_pause(text)


@pytest.mark.parametrize("text", ["mm-hmm", "uh-huh", "number", "umbrella", "her", "a", "oh", "are", ""])
def test_these_are_not(text: str) -> None:
    """Back-channels and words that hold "um" are no filled pauses."""
    assert not is_written_filled_pause(text)


def test_a_claim_that_everybody_shares_counts() -> None:
    """Two listeners that are sure make one filled pause."""
    assert found(claim(2.0, 0.9), claim(2.1, 0.9, by="two")) == [2.0]


def test_a_filler_that_was_nearly_written_counts() -> None:
    """Recognisers leave fillers out: three chances in ten mean that one was said."""
    assert found(claim(2.0, 0.3)) == [2.0]


def test_a_faint_suspicion_does_not_count() -> None:
    """One in twenty is noise."""
    assert found(claim(2.0, 0.05)) == []


def test_a_listener_that_hears_nothing_speaks_against_a_claim() -> None:
    """The same claim counts alone, but not against two who were asked and heard a word."""
    assert found(claim(2.0, 0.4)) == [2.0]
    assert found(claim(2.0, 0.4), listeners=("one", "two", "three")) == []


def test_loops_of_a_decoder_count_once() -> None:
    """Nobody says two filled pauses within a fifth of a second."""
    assert found(claim(2.0, 0.9), claim(2.05, 0.9), claim(2.1, 0.9), claim(3.0, 0.9)) == [2.0, 3.0]


def test_two_in_a_row_count_twice() -> None:
    """Half a second apart, each is one, and each listener's claims are matched one to one."""
    claims = [claim(at_s, 0.9, by=by) for by in ("one", "two") for at_s in (2.0, 2.5)]
    assert found(*claims) == [2.0, 2.5]


def test_nothing_counts_where_there_is_no_sound() -> None:
    """A prompted recogniser invents fillers in silence."""
    frames = sound(signals.words(2.0), signals.silence(3.0), signals.words(1.0))
    assert find_filled_pauses(frames, transcript(claim(3.4, 0.99))) == ()


def test_a_held_sound_is_evidence_of_its_own() -> None:
    """A long steady vowel, with its neighbours' silence, supports what was heard."""
    frames = sound(signals.words(2.0), signals.silence(0.4), signals.vowel(0.5, sound="schwa"), signals.silence(1.0))
    [um] = find_filled_pauses(frames, transcript(claim(2.4, 0.9)))
    assert um.evidence == Evidence.BOTH


def test_without_claims_the_written_words_are_taken() -> None:
    """A recogniser that knows nothing of chances still wrote "um"."""
    words = (Word(text="I", start_s=1.0, end_s=1.2), Word(text="Um,", start_s=2.0, end_s=2.4))
    assert [um.text for um in find_filled_pauses(talk(), transcript(words=words))] == ["um"]


def test_no_transcript_has_no_filled_pauses() -> None:
    """What could not be heard is not counted."""
    assert find_filled_pauses(talk(), NoTranscript(reason="no words", engine="none")) == ()


def test_the_words_hold_exactly_the_filled_pauses_that_count() -> None:
    """One that was written but rejected goes; one that was nearly written comes."""
    words = (Word(text="Uh,", start_s=0.0, end_s=0.2), Word(text="I", start_s=0.5, end_s=0.6))
    said = with_filled_pauses(words, [filler(0.9, at_s=1.0)])
    assert [word.text for word in said] == ["I", "um"]


@given(st.lists(st.tuples(st.floats(0, 5), st.floats(0, 1), st.sampled_from(["one", "two", "three"])), max_size=12))
def test_order_and_distance_hold_for_any_claims(claims: list[tuple[float, float, str]]) -> None:
    """Filled pauses come in order, apart from each other, each at least as sure as the setting asks."""
    settings = FilledPauseSettings()
    fillers = find_filled_pauses(TALK, transcript(*(claim(at_s, chance, by=by) for at_s, chance, by in claims)))
    middles = [(um.start_s + um.end_s) / 2 for um in fillers]
    assert all(b - a >= settings.apart_s - 1e-9 for a, b in pairwise(middles))
    assert all(um.confidence >= settings.counts_from for um in fillers)


TALK = talk()


def test_sure_fillers_are_all_there() -> None:
    """Six that are certain are at least six, and one may have been missed."""
    interval = count_filled_pauses([filler(1.0)] * 6)
    assert (interval.count, interval.at_least, interval.low) == (6, 6, 6)
    assert interval.high in {7, 8}


def test_doubt_lowers_the_least_count() -> None:
    """Ten with even chances are likely five, and surely no more than two can be vouched for."""
    interval = count_filled_pauses([filler(0.5)] * 10)
    assert interval.at_least == 2
    assert interval.low <= 5 <= interval.high


def test_none_found_is_none_at_least() -> None:
    """Nothing heard: nothing claimed."""
    interval = count_filled_pauses([])
    assert (interval.count, interval.at_least, interval.low, interval.high) == (0, 0, 0, 0)


@given(st.lists(st.floats(0.4, 1), max_size=40))
def test_the_interval_is_one(confidences: list[float]) -> None:
    """At least <= low <= found <= high: a score goes by what was found, so that is never outside."""
    interval = count_filled_pauses([filler(confidence) for confidence in confidences])
    assert interval.at_least <= interval.low <= interval.count <= interval.high
