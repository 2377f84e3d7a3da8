"""The real engines, on real (if synthetic) speech."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import mockint
from mockint.devices.audiofile import stream_audio
from mockint.devices.recognisers import weights
from mockint.devices.recognisers.choice import EngineName, open_recogniser, warning
from mockint.devices.recognisers.door import DoorEngine, SpeechRecognitionEngine
from mockint.errors import NoRecogniser, UsageProblem
from mockint.model import NoTranscript, Transcript

ANSWER = Path(mockint.__file__).parent / "sample_answers" / "disagreed-with-colleague.ogg"
SAID = (
    "okay a colleague and i disagreed about when to release a new booking form she wanted to wait for one more round of"
    " tests and i i wanted to go ahead i asked her to show me what worried her and it was like a real problem the form"
    " lost your answers if you went back a page so we agreed to fix that one thing and to release on the friday i"
    " learned to ask what somebody is afraid of before i argue about a date"
)


def transcribed(engine: EngineName) -> Transcript:
    heard = open_recogniser(engine).transcribe(stream_audio(ANSWER))
    assert isinstance(heard, Transcript)
    return heard


def plain(heard: Transcript) -> list[str]:
    return [re.sub(r"[^a-z']", "", word.text.lower()) for word in heard.words]


@pytest.mark.parametrize(
    ("engine", "least_share"),
    [(EngineName.DEFAULT, 0.9), (EngineName.MOONSHINE, 0.85), (EngineName.WHISPER_BASE, 0.9), (EngineName.SPHINX, 0.5)],
)
def test_an_engine_hears_most_of_what_was_said(engine: EngineName, least_share: float) -> None:
    """Each engine that needs no network transcribes an answer, words in order of time."""
    heard = transcribed(engine)
    said = SAID.split()
    missing = list(said)
    for word in plain(heard):
        if word in missing:
            missing.remove(word)
    assert 1 - len(missing) / len(said) >= least_share
    starts = [word.start_s for word in heard.words]
    assert starts == sorted(starts)


def test_the_default_engine_hears_the_filled_pauses() -> None:
    """Three are said, and each is claimed by at least one listener where it was said."""
    claimed_at = [candidate.start_s for candidate in transcribed(EngineName.DEFAULT).filler_candidates]
    for said_at_s in (1.4, 9.9, 22.6):
        assert any(abs(said_at_s - at_s) < 0.5 for at_s in claimed_at)


def test_no_engine_at_all_still_hears_where_somebody_speaks() -> None:
    """The stand-in has no words, but the pauses can be measured."""
    heard = open_recogniser(EngineName.NONE).transcribe(stream_audio(ANSWER))
    assert isinstance(heard, NoTranscript)
    assert not heard.no_speech
    assert heard.speech


def test_an_engine_that_sends_audio_away_says_so() -> None:
    """Only engines that stay on this computer need no warning."""
    assert "sends your voice to Google" in str(warning(EngineName.GOOGLE))
    assert warning(EngineName.DEFAULT) is None
    assert warning(EngineName.SPHINX) is None


def test_an_engine_that_is_not_installed_names_what_installs_it() -> None:
    """It is said before the first question, not after the first answer."""
    with pytest.raises(NoRecogniser) as raised:
        SpeechRecognitionEngine(DoorEngine.VOSK)
    assert "pip install vosk" in raised.value.hint


def test_altered_weights_are_refused(tmp_path: Path) -> None:
    """Only the weights that were measured are run."""
    (tmp_path / "fake_weights").mkdir()
    (tmp_path / "fake_weights" / "__init__.py").touch()
    (tmp_path / "fake_weights" / "model.bin").write_bytes(b"not the model")
    fake = weights.WeightFile(package="fake_weights", path="model.bin", sha256="0" * 64)
    with pytest.MonkeyPatch.context() as patched:
        patched.syspath_prepend(tmp_path)
        with pytest.raises(NoRecogniser) as raised:
            fake.read()
    assert "damaged or were altered" in raised.value.problem


def test_a_folder_of_weights_goes_only_with_whisper(tmp_path: Path) -> None:
    """Sphinx has no use for a Whisper."""
    with pytest.raises(UsageProblem):
        open_recogniser(EngineName.SPHINX, tmp_path)
