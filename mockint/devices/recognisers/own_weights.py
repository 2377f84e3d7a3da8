"""Whisper weights beyond those that are installed: fetched ones and folders that the user named.

Fetched weights are folders in `models/` of the data home. Folders elsewhere are in `models.yaml` there, a name and a
path each. Both are opened by name, as if they were engines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mockint.data_folder import WEIGHTS_FILE, WEIGHTS_FOLDER
from mockint.devices.recognisers.choice import EngineName
from mockint.errors import NoRecogniser, UsageProblem, WeightsProblem

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*", re.IGNORECASE)
_SPECIFICATION = b"WhisperSpec"
_HEADER_BYTE_COUNT = 64  # CTranslate2 begins a model with its format's version and the name of its specification


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWeights:
    """A CTranslate2 Whisper that can be opened by name."""

    name: str
    folder: Path
    fetched: bool
    """False: a folder of the user's own, which mockint never changes."""

    @property
    def is_there(self) -> bool:
        """Whether the folder still holds a model."""
        return (self.folder / "model.bin").is_file()

    @property
    def size_mb(self) -> int:
        """How much the weights take on disk."""
        return round((self.folder / "model.bin").stat().st_size / 1e6) if self.is_there else 0


def own_weights(home: Path) -> tuple[OwnWeights, ...]:
    """All weights of the user's own, by name. Raises WeightsProblem where models.yaml cannot be read."""
    folder = home / WEIGHTS_FOLDER
    fetched = [
        OwnWeights(name=path.name, folder=path, fetched=True)
        for path in (folder.iterdir() if folder.is_dir() else ())
        if path.is_dir() and not path.name.startswith(".")  # what is still being fetched begins with a dot
    ]
    added = [OwnWeights(name=name, folder=Path(path), fetched=False) for name, path in _added(home).items()]
    return tuple(sorted((*fetched, *added), key=lambda weights: weights.name))


def find_own_weights(home: Path, name: str) -> OwnWeights | None:
    """The weights of this name, or None."""
    return next((weights for weights in own_weights(home) if weights.name == name), None)


def add_own_weights(home: Path, folder: Path, name: str | None = None) -> OwnWeights:
    """Record a folder under a name (its own, unless another is given), once it has proved to be a Whisper.

    Raises UsageProblem for a name that is taken or cannot be one, and WeightsProblem.
    """
    folder = folder.expanduser().absolute()
    chosen = name or folder.name
    check_name(home, chosen)
    check_whisper(folder)
    _write_added(home, {**_added(home), chosen: str(folder)})
    return OwnWeights(name=chosen, folder=folder, fetched=False)


def check_name(home: Path, name: str) -> None:
    """Raise UsageProblem where no engine may have this name."""
    if not _NAME.fullmatch(name):
        raise UsageProblem(f"'{name}' cannot be the name of an engine.", "Use letters, digits, '.', '-' and '_'.")
    if name in {engine.value for engine in EngineName} or find_own_weights(home, name) is not None:
        raise UsageProblem(f"There is an engine '{name}' already.", "Choose another name; see 'mockint models'.")


def check_whisper(folder: Path) -> None:
    """Load the model in a folder, and raise WeightsProblem where that is no CTranslate2 Whisper."""
    from mockint.devices.recognisers.whisper import Whisper

    try:
        whisper = Whisper(folder)
    except NoRecogniser as problem:
        raise WeightsProblem(problem.problem, problem.hint) from problem
    if not _says_whisper(folder / "model.bin"):
        raise WeightsProblem(
            f"{folder / 'model.bin'} is no Whisper in CTranslate2's form.",
            "Convert it with ct2-transformers-converter, which comes with ctranslate2.",
        )
    try:
        whisper.prepare()
    except Exception as error:  # CTranslate2 and the tokenizers raise whatever a damaged file makes them stumble upon
        reason = str(error).strip().splitlines() or [type(error).__name__]
        raise WeightsProblem(
            f"The Whisper in {folder} cannot be loaded: {reason[0].rstrip('.')}.", "Its files may be damaged."
        ) from error


def _says_whisper(model: Path) -> bool:
    with model.open("rb") as file:
        return _SPECIFICATION in file.read(_HEADER_BYTE_COUNT)


def _added(home: Path) -> dict[str, str]:
    path = home / WEIGHTS_FILE
    if not path.is_file():
        return {}
    import yaml

    try:
        content: Any = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (yaml.YAMLError, ValueError, RecursionError, OSError) as error:  # no text; a day that is none; brackets
        hint = "Mend the file, or delete it and add the folders again."
        raise WeightsProblem(f"{path} cannot be read.", hint) from error
    if not isinstance(content, dict) or not all(isinstance(folder, str) for folder in content.values()):
        raise WeightsProblem(f"{path} does not hold names and folders.", "Each line has the form 'name: /a/folder'.")
    return {str(name): folder for name, folder in content.items()}


def _write_added(home: Path, added: dict[str, str]) -> None:
    import yaml

    path = home / WEIGHTS_FILE
    unfinished = path.with_name(path.name + ".part")
    try:
        home.mkdir(parents=True, exist_ok=True)
        unfinished.write_text(yaml.safe_dump(added, allow_unicode=True), encoding="utf-8")
        unfinished.replace(path)
    except OSError as error:
        raise WeightsProblem(f"{path} cannot be written: {error.strerror}.", "Check who may write there.") from error
