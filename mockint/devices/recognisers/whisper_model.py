"""A Whisper in CTranslate2's form: its encoder, its decoder, and the tokens that its text is made of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from mockint.devices.recognisers.log_mel import log_mel
from mockint.devices.recognisers.possible_fillers import Step, chances_of
from mockint.devices.recognisers.weights import WHISPER_BASE_EXTRAS, WHISPER_BASE_MODEL

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy.typing as npt

    from mockint.model import Samples

MODEL_FILE = "model.bin"
TOKENIZER_FILE = "tokenizer.json"
_ENCODED_FRAME_S = 0.02
_SPACE = "\u0120"  # how the vocabulary writes the space before a word
_NOTE = "\u00e2\u013b"  # and how it begins the signs for music
_UM = re.compile(rf"{_SPACE}?(um+|erm|h+m+|mm+)", re.IGNORECASE)
_UH = re.compile(rf"{_SPACE}?(uh+|er|ah)", re.IGNORECASE)
_NEVER_WRITTEN = re.compile(
    r"[^a-z]*[0-9%$].*"  # words are counted, so "a hundred percent" must not be written "100%"
    rf"|{_SPACE}?{_NOTE}.*"
    rf"""|{_SPACE}?-*["#()*+/:;<=>@[\\\]^_`{{|}}~']*"""  # names of speakers and of noises; but "it's" and "mm-hmm"
)
_WRITTEN = frozenset({"-", "'", _SPACE, ""})
_UNFINISHED = "\ufffd"  # what stands for a part of a letter


class WhisperModel:
    """What CTranslate2 and the tokenizer know together; English throughout."""

    def __init__(self, folder: Path | None, thread_count: int) -> None:
        """Load Whisper base from the installed packages, or any Whisper from a folder. Raises NoRecogniser."""
        import ctranslate2
        import tokenizers

        if folder is None:
            files = {name: file.read() for name, file in WHISPER_BASE_EXTRAS.items()}
            vocabulary = tokenizers.Tokenizer.from_buffer(files[TOKENIZER_FILE])
            files[MODEL_FILE] = b"".join(part.read() for part in WHISPER_BASE_MODEL)
            place: tuple[str, dict[str, bytes] | None] = ("whisper-base", files)
        else:
            vocabulary = tokenizers.Tokenizer.from_file(str(folder / TOKENIZER_FILE))
            place = (str(folder), None)
        self._whisper = ctranslate2.models.Whisper(
            place[0], device="cpu", compute_type="int8", intra_threads=thread_count, inter_threads=1, files=place[1]
        )
        self._text = _Text(vocabulary, multilingual=self._whisper.is_multilingual)

    def mel(self, samples: Samples) -> npt.NDArray[np.float32]:
        """Return (bands, frames of 10 ms) of mono float32 samples at 16 kHz."""
        return log_mel(samples, self._whisper.n_mels)

    def encode(self, mel: npt.NDArray[np.float32]) -> Any:
        """Return what the decoder listens to. mel: (bands, 3000)."""
        import ctranslate2

        return self._whisper.encode(ctranslate2.StorageView.from_array(np.ascontiguousarray(mel[np.newaxis])))

    def tokens(self, text: str) -> list[int]:
        """Return what a text is written with."""
        return self._text.tokens(text)

    def text(self, tokens: Sequence[int]) -> str:
        """Return what tokens say."""
        return self._text.written(tokens)

    def best(self, encoded: Any, prompt: str, token_count_max: int, beam_size: int) -> list[int]:
        """Return the tokens of the likeliest text."""
        result = self._generate(encoded, prompt, token_count_max, beam_size=beam_size)
        return [token for token in result.sequences_ids[0] if token < self._text.end]

    def steps(self, encoded: Any, prompt: str, token_count_max: int) -> list[Step]:
        """Return the likeliest token at each step, with the chances of fillers beside it."""
        result = self._generate(encoded, prompt, token_count_max, return_logits_vocab=True)
        steps: list[Step] = []
        for token, logits in zip([*result.sequences_ids[0], self._text.end], result.logits[0], strict=False):
            chances = chances_of(np.array(logits).ravel())
            steps.append(
                Step(
                    piece=self._text.written([token]),
                    probability=float(chances[token]),
                    um_chance=float(chances[self._text.um_ids].sum()),
                    uh_chance=float(chances[self._text.uh_ids].sum()),
                )
            )
        return steps

    def align(self, encoded: Any, tokens: list[int], frame_count: int) -> list[tuple[str, float, float, float]]:
        """Return each word of `tokens` with its start, end (seconds) and probability; frame_count: of the mel."""
        [result] = self._whisper.align(encoded, self._text.start, [tokens], frame_count)
        token_at = np.array([token for token, _ in result.alignments])
        frame_at = np.array([frame for _, frame in result.alignments])
        begins = frame_at[np.diff(token_at, prepend=-1).astype(bool)] * _ENCODED_FRAME_S
        words = self._text.words(tokens)
        edges = np.cumsum([0, *(len(group) for _, group in words)])
        return [
            (text, float(begins[a]), float(begins[b]), float(np.mean(result.text_token_probs[a:b])))
            for (text, _), a, b in zip(words, edges[:-1], edges[1:], strict=True)
        ]

    def _generate(self, encoded: Any, prompt: str, token_count_max: int, *, beam_size: int = 1, **options: Any) -> Any:
        before = [self._text.earlier, *self._text.tokens(" " + prompt)] if prompt else []
        start = [*before, *self._text.start, self._text.no_times]
        [result] = self._whisper.generate(
            encoded,
            [start],
            beam_size=beam_size,
            max_length=len(start) + token_count_max,
            suppress_tokens=self._text.never_written,
            **options,
        )
        return result


class _Text:
    """The vocabulary: which tokens begin and end a text, which are fillers, which are never written."""

    def __init__(self, vocabulary: Any, *, multilingual: bool) -> None:
        self._vocabulary = vocabulary
        self.end: int = vocabulary.token_to_id("<|endoftext|>")
        self.earlier: int = vocabulary.token_to_id("<|startofprev|>")
        self.no_times: int = vocabulary.token_to_id("<|notimestamps|>")
        signs = ["<|startoftranscript|>", *(["<|en|>", "<|transcribe|>"] if multilingual else [])]
        self.start: list[int] = [vocabulary.token_to_id(sign) for sign in signs]
        words = {token: number for token, number in vocabulary.get_vocab().items() if number < self.end}
        self.um_ids = [number for token, number in words.items() if _UM.fullmatch(token)]
        self.uh_ids = [number for token, number in words.items() if _UH.fullmatch(token)]
        self.never_written = [number for token, number in words.items() if _is_never_written(token)]

    def tokens(self, text: str) -> list[int]:
        ids: list[int] = self._vocabulary.encode(text, add_special_tokens=False).ids
        return ids

    def written(self, tokens: Sequence[int]) -> str:
        """What tokens say, without the signs that begin and end a text."""
        text: str = self._vocabulary.decode([token for token in tokens if token < self.end])
        return text

    def words(self, tokens: Sequence[int]) -> list[tuple[str, list[int]]]:
        """Tokens in groups: one for each word, and one for each punctuation mark that no letter follows."""
        words: list[tuple[str, list[int]]] = []
        for text, group in self._letters(tokens):
            is_sign = not any(letter.isalnum() for letter in text)
            if text.startswith(" ") or is_sign or not words:
                words.append((text, group))
            else:
                words[-1] = (words[-1][0] + text, [*words[-1][1], *group])
        return words

    def _letters(self, tokens: Sequence[int]) -> list[tuple[str, list[int]]]:
        """Tokens in the smallest groups that are whole letters: some letters are written with several."""
        groups: list[tuple[str, list[int]]] = []
        waiting: list[int] = []
        for token in tokens:
            waiting.append(token)
            text = self.written(waiting)
            if _UNFINISHED not in text:
                groups.append((text, waiting))
                waiting = []
        return [*groups, (self.written(waiting), waiting)] if waiting else groups


def _is_never_written(token: str) -> bool:
    return token not in _WRITTEN and _NEVER_WRITTEN.fullmatch(token) is not None
