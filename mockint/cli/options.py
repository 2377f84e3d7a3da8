"""What commands were asked for on the command line: each option by its name, as Click read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mockint.errors import UsageProblem

if TYPE_CHECKING:
    from pathlib import Path

    from mockint.cli.choosing import Wanted
    from mockint.cli.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeOptions:
    """What `mockint practice` was asked for."""

    wanted: Wanted
    mode: str | None
    takes: int | None
    resume: bool
    typed: bool
    stammer: bool
    more_time: bool
    time_factor: float | None
    answers: Path | None
    realtime: bool
    samples: str
    voice: str | None
    rate: int | None
    slower: bool
    no_voice: bool
    device: str | None
    silence: float | None
    time_limit: float | None
    engine: str | None
    weights: Path | None
    grade: bool | None
    as_json: bool
    no_input: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewOptions:
    """What `mockint review` was asked for, besides corrections and marks."""

    takes: tuple[str, ...]
    compare: tuple[str, str] | None
    session_id: int | None
    stories: bool
    play: bool
    times: bool
    html: Path | None
    open_page: bool
    as_json: bool
    no_input: bool
    grade: bool | None
    engine: str | None
    weights: Path | None

    @property
    def as_page(self) -> bool:
        """Whether a page is wanted instead of text."""
        return self.open_page or self.html is not None

    @property
    def names_takes(self) -> bool:
        """Whether it is about certain takes."""
        return bool(self.takes) or self.session_id is not None or self.compare is not None or self.as_page

    def is_graded(self, settings: Settings) -> bool:
        """Whether points are shown."""
        return settings.shows_points(self.grade)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressOptions:
    """What `mockint progress` was asked for."""

    competency: str | None
    question: str | None
    typed: bool
    html: Path | None
    open_page: bool
    as_csv: bool
    as_json: bool

    def __post_init__(self) -> None:
        if sum((self.as_page, self.as_csv, self.as_json)) > 1:
            raise UsageProblem("A page, --csv and --json exclude each other.", "For example: mockint progress --open")

    @property
    def as_page(self) -> bool:
        """Whether a page is wanted instead of text."""
        return self.open_page or self.html is not None

    @property
    def is_of_all(self) -> bool:
        """Whether it is about every take."""
        return self.competency is None and self.question is None and not self.typed


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillOptions:
    """What `mockint drill` was asked for."""

    kind: str
    turns: int | None
    wpm: float | None
    answers: Path | None
    realtime: bool
    cue: bool
    no_sound: bool
    no_voice: bool
    device: str | None
    engine: str | None
    weights: Path | None
    as_json: bool
    no_input: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DebriefOptions:
    """What `mockint debrief` was asked for."""

    application: str | None
    spoken: bool
    answers: Path | None
    edit: bool
    file: Path | None
    day: str | None
    people: tuple[str, ...]
    device: str | None
    engine: str | None
    weights: Path | None
    no_input: bool
