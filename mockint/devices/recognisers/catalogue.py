"""What is known of each engine: what it is, its licence, where it runs, and what it measured here.

Figures stand beside what they were measured on, and hold for nothing else. An empty `measured` means "not measured".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from mockint.devices.recognisers.choice import EngineName


class MeasuredOn(str, Enum):
    """What figures were measured on. None of it is part of mockint."""

    DESK = "239 words and 14 fillers of running speech, one speaker close to the microphone"
    DEVELOPMENT = "79 clips, 15.6 min, 53 fillers, desks and meetings; mockint's own two numbers were fitted on them"
    HELD_OUT = "39 clips, 10.9 min, 71 fillers, meetings of other speakers"


class WordTimes(str, Enum):
    """Whether an engine tells when each word was said."""

    YES = "word times"
    ESTIMATED = "word times estimated"
    NONE = "no words"


class Fillers(str, Enum):
    """Whether an engine writes um and uh."""

    KEPT = "keeps um and uh"
    HALF = "keeps half or more of um and uh"
    DELETED = "deletes most um and uh"
    NONE = "no fillers"
    UNKNOWN = "fillers not measured"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What one engine measured on one set. None: not measured there."""

    on: MeasuredOn
    setup: str = ""
    """How the engine was run, where not as mockint runs it."""
    word_error: float | None = None
    """Wrong, missing and added words per word that was said."""
    filler_f1: float | None = None
    filler_precision: float | None = None
    filler_recall: float | None = None
    """Of um and uh as events in time, within 0.5 s."""
    filler_found_share: float | None = None
    """Of the um and uh that were said, where only those were counted."""
    times_real_time: tuple[float, float] | None = None
    """Seconds of work per second of sound, on two cores."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineFacts:
    """One line of the list of engines."""

    name: str
    what: str
    licence: str
    size_mb: int | None
    """Of its weights; None where it has none here, or their size is unknown."""
    word_times: WordTimes
    fillers: Fillers
    runs: str
    """Where the sound goes."""
    measured: tuple[Measured, ...] = ()


HERE = "on this computer"
_SPHINX_DESK = Measured(
    on=MeasuredOn.DESK, word_error=0.67, filler_found_share=0.0, times_real_time=(0.4, 0.7), setup="pocketsphinx 5.1.1"
)
_MAKERS = "through its maker's own library"
_MOONSHINE = (
    Measured(on=MeasuredOn.DESK, setup=_MAKERS, word_error=0.20, filler_found_share=0.5, times_real_time=(0.04, 0.08)),
    Measured(
        on=MeasuredOn.HELD_OUT,
        setup=_MAKERS,
        word_error=0.21,
        filler_f1=0.79,
        filler_precision=0.89,
        filler_recall=0.70,
    ),
    Measured(
        on=MeasuredOn.DEVELOPMENT,
        word_error=0.25,
        filler_f1=0.79,
        filler_precision=0.78,
        filler_recall=0.79,
    ),
)

_PROMPTED = "with a long prompt of fillers"
_BASE = (
    Measured(
        on=MeasuredOn.DESK, setup=_PROMPTED, word_error=0.05, filler_found_share=0.86, times_real_time=(0.11, 0.19)
    ),
    Measured(
        on=MeasuredOn.HELD_OUT,
        setup=_PROMPTED,
        word_error=0.15,
        filler_f1=0.68,
        filler_precision=0.97,
        filler_recall=0.52,
    ),
    Measured(on=MeasuredOn.DEVELOPMENT, word_error=0.11, filler_f1=0.88, filler_precision=0.86, filler_recall=0.91),
)

TINY_EN = (
    Measured(
        on=MeasuredOn.DESK, setup=_PROMPTED, word_error=0.05, filler_found_share=0.93, times_real_time=(0.05, 0.10)
    ),
    Measured(
        on=MeasuredOn.HELD_OUT,
        setup=_PROMPTED,
        word_error=0.21,
        filler_f1=0.65,
        filler_precision=0.83,
        filler_recall=0.54,
    ),
)
_DEFAULT = (
    Measured(
        on=MeasuredOn.DEVELOPMENT,
        word_error=0.11,
        filler_f1=0.92,
        filler_precision=0.98,
        filler_recall=0.87,
        times_real_time=(0.16, 0.17),
    ),
)

ENGINES = (
    EngineFacts(
        name=EngineName.DEFAULT.value,
        what="Moonshine tiny and Whisper base listen together: Whisper's words and times, both ones' fillers.",
        licence="MIT",
        size_mb=189,
        word_times=WordTimes.YES,
        fillers=Fillers.KEPT,
        runs=HERE,
        measured=_DEFAULT,
    ),
    EngineFacts(
        name=EngineName.MOONSHINE.value,
        what="Moonshine tiny alone: the fastest.",
        licence="MIT",
        size_mb=44,
        word_times=WordTimes.ESTIMATED,
        fillers=Fillers.HALF,
        runs=HERE,
        measured=_MOONSHINE,
    ),
    EngineFacts(
        name=EngineName.WHISPER_BASE.value,
        what="Whisper base alone, primed to keep fillers.",
        licence="MIT",
        size_mb=145,
        word_times=WordTimes.YES,
        fillers=Fillers.HALF,
        runs=HERE,
        measured=_BASE,
    ),
    EngineFacts(
        name=EngineName.NONE.value,
        what="No recogniser: pauses and length only.",
        licence="MIT",
        size_mb=None,
        word_times=WordTimes.NONE,
        fillers=Fillers.NONE,
        runs=HERE,
    ),
    EngineFacts(
        name=EngineName.SPHINX.value,
        what="PocketSphinx, through SpeechRecognition.",
        licence="BSD-2-Clause",
        size_mb=36,
        word_times=WordTimes.YES,
        fillers=Fillers.DELETED,
        runs=HERE,
        measured=(_SPHINX_DESK,),
    ),
    EngineFacts(
        name=EngineName.VOSK.value,
        what="Vosk, through SpeechRecognition.",
        licence="Apache-2.0",
        size_mb=None,
        word_times=WordTimes.ESTIMATED,
        fillers=Fillers.UNKNOWN,
        runs=HERE,
    ),
    EngineFacts(
        name=EngineName.WHISPER.value,
        what="OpenAI's own Whisper package, through SpeechRecognition.",
        licence="MIT",
        size_mb=None,
        word_times=WordTimes.ESTIMATED,
        fillers=Fillers.UNKNOWN,
        runs=f"{HERE}; fetches its weights the first time",
    ),
    EngineFacts(
        name=EngineName.GOOGLE.value,
        what="Google's web speech service, through SpeechRecognition.",
        licence="A service",
        size_mb=None,
        word_times=WordTimes.ESTIMATED,
        fillers=Fillers.UNKNOWN,
        runs="sends your voice to Google",
    ),
    EngineFacts(
        name=EngineName.OPENAI.value,
        what="OpenAI's service, through SpeechRecognition.",
        licence="A service",
        size_mb=None,
        word_times=WordTimes.ESTIMATED,
        fillers=Fillers.UNKNOWN,
        runs="sends your voice to OpenAI",
    ),
    EngineFacts(
        name=EngineName.GROQ.value,
        what="Groq's service, through SpeechRecognition.",
        licence="A service",
        size_mb=None,
        word_times=WordTimes.ESTIMATED,
        fillers=Fillers.UNKNOWN,
        runs="sends your voice to Groq",
    ),
)
"""Every engine that comes with mockint or is reached through it, best first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetchable:
    """Whisper weights in CTranslate2's form that can be fetched from a model hub by name."""

    name: str
    repository: str
    what: str
    size_mb: int
    """About: parameters times two bytes (FP16). The hub states the exact size before anything is fetched."""
    measured: tuple[Measured, ...] = ()


HUB = "huggingface.co"
FETCHABLE = (
    Fetchable(
        name="tiny.en",
        repository="Systran/faster-whisper-tiny.en",
        what="Whisper tiny, English only: 39 million parameters (base: 74).",
        size_mb=78,
        measured=TINY_EN,
    ),
    Fetchable(
        name="base.en",
        repository="Systran/faster-whisper-base.en",
        what="Whisper base, English only: 74 million parameters.",
        size_mb=148,
    ),
    Fetchable(
        name="small.en",
        repository="Systran/faster-whisper-small.en",
        what="Whisper small, English only: 244 million parameters.",
        size_mb=486,
    ),
    Fetchable(
        name="medium.en",
        repository="Systran/faster-whisper-medium.en",
        what="Whisper medium, English only: 769 million parameters; for a fast machine.",
        size_mb=1530,
    ),
    Fetchable(
        name="large-v3",
        repository="Systran/faster-whisper-large-v3",
        what="Whisper large v3: 1550 million parameters; for a very fast machine.",
        size_mb=3090,
    ),
    Fetchable(
        name="large-v3-turbo",
        repository="mobiuslabsgmbh/faster-whisper-large-v3-turbo",
        what="Whisper large v3 with a small decoder: 809 million parameters.",
        size_mb=1620,
    ),
    Fetchable(
        name="distil-small.en",
        repository="Systran/faster-distil-whisper-small.en",
        what="Whisper small, distilled: 166 million parameters.",
        size_mb=335,
    ),
    Fetchable(
        name="distil-medium.en",
        repository="Systran/faster-distil-whisper-medium.en",
        what="Whisper medium, distilled: 394 million parameters.",
        size_mb=790,
    ),
    Fetchable(
        name="distil-large-v3",
        repository="Systran/faster-distil-whisper-large-v3",
        what="Whisper large v3, distilled: 756 million parameters.",
        size_mb=1515,
    ),
)
"""All know English and are under the MIT licence; smallest first within each family."""


def fetchable_facts(fetchable: Fetchable) -> EngineFacts:
    """Return what is known of weights that are not here yet."""
    return EngineFacts(
        name=fetchable.name,
        what=fetchable.what,
        licence="MIT",
        size_mb=fetchable.size_mb,
        word_times=WordTimes.YES,
        fillers=Fillers.UNKNOWN,
        runs=f"{HERE}; comes from {HUB} when you fetch it",
        measured=fetchable.measured,
    )


def own_facts(name: str, size_mb: int) -> EngineFacts:
    """Return what is known of weights that the user fetched or added."""
    known = next((fetchable for fetchable in FETCHABLE if fetchable.name == name), None)
    return EngineFacts(
        name=name,
        what="A Whisper of your own, together with Moonshine tiny." if known is None else known.what,
        licence="your own" if known is None else "MIT",
        size_mb=size_mb,
        word_times=WordTimes.YES,
        fillers=Fillers.UNKNOWN,
        runs=HERE,
        measured=() if known is None else known.measured,
    )
