"""Moonshine tiny (English), run directly on ONNX Runtime, so that each token's probability is known.

The weights are those inside moonshine-voice 0.1.0; its own C library is not used. Architecture: Jeffries et al. 2024,
"Moonshine: Speech Recognition for Live Transcription and Voice Commands", arXiv:2410.15608.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from mockint.devices.recognisers.possible_fillers import HeardWord, Step, chances_of, heard_words, without_loops
from mockint.devices.recognisers.weights import MOONSHINE_DECODER, MOONSHINE_ENCODER, MOONSHINE_TOKENS
from mockint.model import SAMPLE_RATE_HZ, Word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mockint.model import Samples

_BEGIN, _END = 1, 2  # token ids
_HEAD_COUNT, _HEAD_SIZE = 8, 36
_WORD_MARK = "\u2581"  # SentencePiece's sign for the space before a word
_UM_PIECES = frozenset({" um", " erm", " hmm", " mm"})
_UH_PIECES = frozenset({" u", " er", " ah"})  # "uh" is written " u" + "h"; no other common word begins with " u"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoonshineSettings:
    """How a chunk is decoded."""

    tokens_per_s_max: float = 6.5
    """Decoding stops there: more is a loop (Moonshine's authors, model card)."""
    shortest_s: float = 0.5
    """Shorter sound is padded with silence to this length: the encoder needs some context."""
    longest_run: int = 4
    """More fillers than this in a row are a loop, too: nobody in 15 minutes of recordings says five."""


class Moonshine:
    """Words of a chunk, fast. It hears um and uh where it hears them well, and has no word times: see `spread`."""

    name = "moonshine tiny (moonshine-voice 0.1.0)"

    def __init__(self, settings: MoonshineSettings | None = None) -> None:
        self._settings = settings or MoonshineSettings()
        self._lock = threading.Lock()
        self._graphs: _Graphs | None = None

    def prepare(self) -> None:
        """Load and verify the weights, once. Raises NoRecogniser."""
        self._loaded()

    def hear(self, samples: Samples) -> list[HeardWord]:
        """Return what is said in a stretch (mono float32, 16 kHz), with the fillers that were nearly written."""
        graphs = self._loaded()
        missing = round(self._settings.shortest_s * SAMPLE_RATE_HZ) - len(samples)
        padded = np.pad(samples, (0, max(0, missing))).astype(np.float32)
        steps = graphs.decode(padded, 1 + int(self._settings.tokens_per_s_max * len(padded) / SAMPLE_RATE_HZ))
        return without_loops(heard_words(steps), self._settings.longest_run)

    def _loaded(self) -> _Graphs:
        with self._lock:
            if self._graphs is None:
                self._graphs = _Graphs()
            return self._graphs


class _Graphs:
    """The encoder, the decoder and the vocabulary."""

    def __init__(self) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        providers = ["CPUExecutionProvider"]
        self._encoder = onnxruntime.InferenceSession(MOONSHINE_ENCODER.read(), options, providers=providers)
        self._decoder = onnxruntime.InferenceSession(MOONSHINE_DECODER.read(), options, providers=providers)
        self._past_names = [item.name for item in self._decoder.get_inputs() if item.name.startswith("past_key_values")]
        self._vocabulary = [token.replace(_WORD_MARK, " ") for token in read_vocabulary(MOONSHINE_TOKENS.read())]
        self._um_ids = [i for i, token in enumerate(self._vocabulary) if token.lower() in _UM_PIECES]
        self._uh_ids = [i for i, token in enumerate(self._vocabulary) if token.lower() in _UH_PIECES]

    def decode(self, samples: Samples, token_count_max: int) -> list[Step]:
        """The likeliest token at each step, with the chances of fillers beside it."""
        mask = np.ones((1, len(samples)), np.int64)
        [states] = self._encoder.run(None, {"input_values": samples[np.newaxis], "attention_mask": mask})
        inputs: dict[str, Any] = {"encoder_attention_mask": mask, "encoder_hidden_states": states}
        empty = np.zeros((1, _HEAD_COUNT, 0, _HEAD_SIZE), np.float32)
        past = dict.fromkeys(self._past_names, empty)
        steps: list[Step] = []
        token = _BEGIN
        for number in range(token_count_max):
            inputs["input_ids"] = np.array([[token]], np.int64)
            inputs["use_cache_branch"] = np.array([number > 0])
            logits, *present = self._decoder.run(None, inputs | past)
            # The encoder's share of the cache is complete after the first step; later steps return it empty.
            past |= {
                name: value
                for name, value in zip(self._past_names, present, strict=True)
                if number == 0 or ".encoder." not in name
            }
            chances = chances_of(logits[0, -1])
            token = int(chances.argmax())
            steps.append(
                Step(
                    piece="" if token == _END else self._vocabulary[token],
                    probability=float(chances[token]),
                    um_chance=float(chances[self._um_ids].sum()),
                    uh_chance=float(chances[self._uh_ids].sum()),
                )
            )
            if token == _END:
                break
        return steps


def read_vocabulary(content: bytes) -> tuple[str, ...]:
    """Read tokenizer.bin: each token is its length (one byte, or two from 128 up) and its UTF-8 bytes."""
    tokens: list[str] = []
    at = 0
    while at < len(content):
        length = content[at]
        at += 1
        if length >= 128:  # noqa: PLR2004 - the format's own mark for a second byte
            length = length - 128 + 128 * content[at]
            at += 1
        tokens.append(content[at : at + length].decode("utf-8", "replace"))
        at += length
    return tuple(tokens)


def spread(words: Sequence[HeardWord], duration_s: float) -> tuple[Word, ...]:
    """Give words without times a share of the sound each, by their letters."""
    letter_count = sum(len(word.text) for word in words)
    placed: list[Word] = []
    start_s = 0.0
    for word in words:
        end_s = start_s + duration_s * len(word.text) / letter_count
        placed.append(Word(text=word.text, start_s=start_s, end_s=end_s, confidence=word.confidence))
        start_s = end_s
    return tuple(placed)
