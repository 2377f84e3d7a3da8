"""Whisper, with its real weights."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import signals

import mockint
from mockint.devices.audiofile import read_audio
from mockint.devices.recognisers.chunks import ChunkSettings
from mockint.devices.recognisers.whisper import Whisper
from mockint.errors import NoRecogniser
from mockint.model import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from mockint.model import Samples

ANSWER = Path(mockint.__file__).parent / "sample_answers" / "disagreed-with-colleague.ogg"


@pytest.fixture(scope="module")
def whisper() -> Whisper:
    return Whisper()


@pytest.fixture(scope="module")
def samples() -> Samples:
    """The first twelve seconds of an answer, with a filled pause 1.4 s and one 9.9 s in."""
    return read_audio(ANSWER).recording.samples[: 12 * SAMPLE_RATE_HZ]


def test_words_are_timed_in_order_within_the_chunk(whisper: Whisper, samples: Samples) -> None:
    """The zeros before a chunk are no part of its time."""
    words = whisper.transcribe(whisper.encode(samples))
    assert "colleague" in [word.text.lower().strip(".,") for word in words]
    times = [time for word in words for time in (word.start_s, word.end_s)]
    assert times == sorted(times)
    assert times[0] >= 0
    assert times[-1] <= 12


def test_every_confidence_lies_between_0_and_1(whisper: Whisper, samples: Samples) -> None:
    """Those of words, and the chances of fillers."""
    encoded = whisper.encode(samples)
    chances = [word.confidence for word in whisper.transcribe(encoded)]
    chances += [word.filler_chance for word in whisper.hear(encoded) if word.filler_chance is not None]
    assert all(chance is not None and 0 <= chance <= 1 for chance in chances)


def test_its_prompt_keeps_a_filled_pause(whisper: Whisper, samples: Samples) -> None:
    """Whisper was taught to leave fillers out; primed, it writes or nearly writes the two that are said."""
    heard = whisper.hear(whisper.encode(samples))
    assert len([word for word in heard if word.filler_chance is not None]) >= 2


def test_numbers_are_written_as_they_are_said(whisper: Whisper, samples: Samples) -> None:
    """Words are counted, so no word is a numeral."""
    words = whisper.transcribe(whisper.encode(samples))
    assert not any(character.isdigit() for word in words for character in word.text)


def test_no_word_is_without_a_letter(whisper: Whisper) -> None:
    """Whisper writes dots for music; those are no words."""
    music = np.concatenate([signals.chord(1.5), signals.silence(0.5)])
    words = whisper.transcribe(whisper.encode(music))
    assert all(any(character.isalpha() for character in word.text) for word in words)


def test_a_tenth_of_a_second_is_taken(whisper: Whisper) -> None:
    """Times stay within it, whatever is heard."""
    words = whisper.transcribe(whisper.encode(signals.vowel(0.1)))
    assert all(0 <= word.start_s <= word.end_s <= 0.1 for word in words)


@pytest.mark.parametrize("seconds", [16.5, ChunkSettings().longest_s])
def test_long_chunks_are_heard_to_their_end(whisper: Whisper, seconds: float) -> None:
    """Nothing is lost at the end of the longest chunk."""
    answer = read_audio(ANSWER).recording.samples
    chunk = np.concatenate([signals.silence(30), answer])
    chunk = chunk[-round(seconds * SAMPLE_RATE_HZ) :]
    words = [word.text.lower().strip(".,") for word in whisper.transcribe(whisper.encode(chunk))]
    assert words[-2:] == ["a", "date"]


def test_any_text_can_be_timed(whisper: Whisper, samples: Samples) -> None:
    """One word comes back for each that was asked about, in order, also where it was never said."""
    timed = whisper.align(whisper.encode(samples), ["Okay", "um", "zebra", "a", "colleague"])
    assert [word.text for word in timed] == ["Okay", "um", "zebra", "a", "colleague"]
    starts = [word.start_s for word in timed]
    assert starts == sorted(starts)


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    """At once, not after the first answer."""
    with pytest.raises(NoRecogniser, match="There is no Whisper model"):
        Whisper(tmp_path)


def test_what_goes_on_after_an_apostrophe_is_the_same_word(whisper: Whisper) -> None:
    """The vocabulary has no "o'clock", only its pieces."""
    samples = read_audio(ANSWER.with_name("went-wrong.ogg")).recording.samples[
        17 * SAMPLE_RATE_HZ : 24 * SAMPLE_RATE_HZ
    ]
    assert "o'clock" in [word.text.strip(".,") for word in whisper.transcribe(whisper.encode(samples))]
