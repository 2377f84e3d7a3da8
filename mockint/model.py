"""The nouns of mockint: frozen values, in seconds, that every other module takes and returns.

Nothing here does any work beyond arithmetic on its own fields. What could not be measured is `None` or
`NoTranscript`, never 0 or an empty string. NumPy is named for type checkers only, so importing this costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    import numpy as np
    import numpy.typing as npt

    Samples = npt.NDArray[np.float32]
    """Mono sound, shape (n,), between -1 and 1."""

SAMPLE_RATE_HZ = 16_000
"""The rate at which mockint records, stores and analyses. Speech recognisers are trained at it."""


# --- time -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of a recording, in seconds from its first sample."""

    start_s: float
    end_s: float

    @property
    def duration_s(self) -> float:
        """How long it lasts."""
        return self.end_s - self.start_s


# --- questions ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One interview question. History hangs on `bank_id` and `id` (and `aliases`), never on the text."""

    bank_id: str
    id: str
    text: str
    say: str | None = None
    category: str | None = None
    competency: str | None = None
    difficulty: int | None = None
    prep_time_s: float | None = None
    time_limit_s: float | None = None
    follow_ups: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    star: bool = False
    tips: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    source: str | None = None
    aliases: tuple[str, ...] = ()
    retired: bool = False

    @property
    def spoken(self) -> str:
        """What the voice says: `say` where the text would not sound right, else the text."""
        return self.say or self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """A YAML file of questions, checked."""

    id: str
    title: str
    language: str
    licence: str | None
    path: Path
    questions: tuple[Question, ...]


# --- what was recorded ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """Sound in memory. samples: float32, shape (n,), mono, -1..1."""

    samples: Samples
    sample_rate_hz: int

    @property
    def duration_s(self) -> float:
        """How long it lasts."""
        return len(self.samples) / self.sample_rate_hz


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A piece of an answer as the microphone hands it over: mono float32 at `SAMPLE_RATE_HZ`."""

    samples: Samples
    dropped_count: int = 0
    """How many blocks the device lost just before this one."""


# --- what was heard -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word as it was said, fillers included.

    `text` keeps the case and punctuation that the recogniser wrote ("Okay,"). `confidence` is 0..1 as the recogniser
    states it, or None; it never enters a score.
    """

    text: str
    start_s: float
    end_s: float
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FillerCandidate:
    """An um or uh that one listener (`heard_by`) claims. Whether it counts is decided in `delivery`."""

    text: str
    start_s: float
    end_s: float
    heard_by: str
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """The words of a take in order of time, with what else the recogniser noticed on the way."""

    words: tuple[Word, ...]
    engine: str
    """Name and version of the engine and weights: what every figure drawn from this holds for."""
    speech: tuple[Span, ...] | None = None
    """Where a voice activity detector heard speech; None where none was used."""
    filler_candidates: tuple[FillerCandidate, ...] = ()
    listeners: tuple[str, ...] = ()
    """Everyone who was asked for candidates (`heard_by`): one that claims none has an opinion too."""
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NoTranscript:
    """There are no words, and this is why."""

    reason: str
    engine: str
    no_speech: bool = False
    """True where the recogniser worked and heard nobody speak; False where it failed."""
    speech: tuple[Span, ...] | None = None


# --- delivery -------------------------------------------------------------------------------------


class FillerKind(str, Enum):
    """A filled pause is a sound (um); a discourse marker is a word that does no work (like)."""

    FILLED_PAUSE = "filled_pause"
    DISCOURSE_MARKER = "discourse_marker"


class Evidence(str, Enum):
    """Where a filler was noticed."""

    TRANSCRIPT = "transcript"
    SOUND = "sound"
    BOTH = "both"
    PERSON = "person"
    """The person who listened again says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filler:
    """A filled pause or discourse marker; `confidence` is the estimated chance that it is one, 0..1."""

    kind: FillerKind
    text: str
    start_s: float
    end_s: float
    confidence: float
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class PaceWindow:
    """The speech rate of one stretch of the answer."""

    start_s: float
    words_per_minute: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How fast. Each figure is None where it could not be told."""

    words_per_minute: float | None
    articulation_rate_syll_per_s: float | None
    phonation_time_ratio: float | None
    windows: tuple[PaceWindow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CountInterval:
    """A count with what is known of it: shown as "at least `at_least`, likely `low`-`high`"."""

    count: int
    at_least: int
    low: int
    high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Everything measured about how a take was spoken."""

    duration_s: float
    answer: Span | None
    """From the first sound of speech to the last; None where nobody spoke."""
    response_latency_s: float | None
    """The wait before the first sound of speech: shown, never scored."""
    words: tuple[Word, ...]
    words_known: bool
    """False where there is no transcript: then no figure that needs words exists."""
    fillers: tuple[Filler, ...]
    filled_pause_count: CountInterval | None
    pauses: tuple[Span, ...]
    """Silent pauses inside the answer, each at least as long as the threshold."""
    pace: Pace
    hedges: tuple[Word, ...]
    repeats: tuple[Span, ...]
    most_used_words: tuple[tuple[str, int], ...]
    engine: str
    caveats: tuple[str, ...]
    typed: bool = False
    """Whether the answer was typed: then what stands for the times of words are their places in the text, and
    `duration_s` is how long typing took."""


# --- score ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """The range of values that earns full marks, or nearly; None is an open end."""

    low: float | None
    high: float | None

    @property
    def is_open(self) -> bool:
        """Whether nothing is aimed at: the measure is shown, and not scored."""
        return self.low is None and self.high is None

    def is_below(self, value: float) -> bool:
        """Whether the value lies below it; nothing lies below an open end."""
        return self.low is not None and value < self.low

    def is_above(self, value: float) -> bool:
        """Whether the value lies above it; nothing lies above an open end."""
        return self.high is not None and value > self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorePart:
    """Points for one measure. `points` and `value` are None where it could not be measured.

    `low` and `high` bound the value: the interval in which the truth likely lies.
    """

    name: str
    points: float | None
    max_points: float
    value: float | None
    low: float | None
    high: float | None
    unit: str
    band: Band
    because: str

    @property
    def is_inside(self) -> bool:
        """Whether there is a value, and it lies inside the band."""
        return self.value is not None and not (self.band.is_below(self.value) or self.band.is_above(self.value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Points with a reason each, by a named, versioned method."""

    method_version: str
    parts: tuple[ScorePart, ...]
    strength: str | None
    """One thing that went well, with the speaker's own words and their time."""
    focus: str | None
    """One thing to work on next, with a goal that can be measured."""

    @property
    def graded_parts(self) -> tuple[ScorePart, ...]:
        """The parts that have points: all of them, unless some could not be measured, or no grade is wanted."""
        return tuple(part for part in self.parts if part.points is not None)


# --- corrections ----------------------------------------------------------------------------------


class CorrectionKind(str, Enum):
    """What the person says of the transcript."""

    WORD_CHANGED = "word_changed"
    WORD_DELETED = "word_deleted"
    WORD_INSERTED = "word_inserted"
    NOT_A_FILLER = "not_a_filler"
    FILLER_ADDED = "filler_added"
    UNDO = "undo"
    """Takes back the newest correction that still holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One thing that the recogniser got wrong, by the person who spoke. It hangs on time and text, not on a result.

    `old_text` is what was heard there, `new_text` what was said; each is None where the kind has no use for it.
    """

    kind: CorrectionKind
    start_s: float
    end_s: float
    old_text: str | None = None
    new_text: str | None = None


# --- sessions and takes ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one method and one engine made of one take. A take keeps every result it ever had."""

    delivery: Delivery
    score: Score
    corrected: bool = False
    """Whether the person's corrections are in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """One recorded answer to one question, as stored. `result` is the newest one, None until it is scored."""

    id: int
    """Its number in this data folder."""
    uid: str
    """What names it everywhere: no take of another data folder has the same."""
    session_id: int
    question: Question
    asked_at: datetime
    duration_s: float
    audio: Path | None
    """None where the recording is not kept any more."""
    dropped_block_count: int
    result: Result | None
    result_delay_s: float | None = None
    """From the last sample of the answer to its first score."""
    typed: str | None = None
    """The answer as it was typed; then there never was a recording, and `duration_s` is how long typing took."""
    refined_delay_s: float | None = None
    """From the last sample to the thorough score, where a quick one came first. Not stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One sitting. `ended_at` is None while it goes on, and where it was cut off."""

    id: int
    bank_id: str
    mode: str
    started_at: datetime
    ended_at: datetime | None
