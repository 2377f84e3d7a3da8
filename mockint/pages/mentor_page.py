"""The page for a mentor: answers to listen to and a short form, as a single HTML file that saves a small file."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from mockint.feedback import FORMAT, FORMAT_VERSION, LIMITS, RUBRIC
from mockint.figures import aim, with_unit
from mockint.model import FillerKind
from mockint.pages.card import points_in_words
from mockint.pages.html_file import day_in_words, html_file
from mockint.pages.legend import legend
from mockint.pages.pictures import PictureSettings, level_strip
from mockint.pages.review_marks import (
    HEDGE,
    LONG_PAUSE,
    MarkSettings,
    paragraphs_of,
    tokens_of,
    unsure_fillers,
    voice_data,
)
from mockint.scoring import METHOD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mockint.model import Result, Take
    from mockint.pages.html_file import PageSound
    from mockint.scoring import ScoringMethod

PLAIN_NAMES: Mapping[str, str] = MappingProxyType(
    {
        FillerKind.FILLED_PAUSE.value: "filled pause",
        FillerKind.DISCOURSE_MARKER.value: "filler word",
        HEDGE: "softening word",
        LONG_PAUSE: "long pause",
    }
)
"""A mentor need not know the terms of the field."""

COUNT_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedAnswer:
    """A take for a mentor; `sound` is None where the recording does not go along."""

    take: Take
    sound: PageSound | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorPageSettings:
    """Every threshold of the page."""

    marks: MarkSettings = field(default_factory=MarkSettings)
    pictures: PictureSettings = field(default_factory=PictureSettings)
    filling_in_s: float = 120.0
    """What an answer takes a mentor besides listening to it once."""


SETTINGS = MentorPageSettings()


def mentor_page(
    answers: Sequence[SharedAnswer],
    name: str = "",
    method: ScoringMethod = METHOD,
    settings: MentorPageSettings = SETTINGS,
) -> str:
    """Return the page of one to twelve answers.

    It tells what was asked, said and measured, and on which day; nothing of the computer or of whoever spoke.
    name: who asks for feedback, where they want that told.
    """
    return html_file(
        "mentor.html.j2",
        styles=("base.css", "voice.css", "mentor.css"),
        scripts=("voice.js", "mentor.js"),
        asker=name,
        count_word=COUNT_WORDS[len(answers)],
        minutes=_minutes(answers, settings),
        answers=[_answer(answer, method, settings) for answer in answers],
        rubric=RUBRIC,
        limits=LIMITS,
        legend_entries=legend(method, PLAIN_NAMES),
        names=PLAIN_NAMES,
        data=_page_data(answers),
    )


def file_stem(answers: Sequence[SharedAnswer]) -> str:
    """Return what the page, and the file that it saves, are called after: one question, or how many answers."""
    return answers[0].take.question.id if len(answers) == 1 else f"{len(answers)}-answers"


def _minutes(answers: Sequence[SharedAnswer], settings: MentorPageSettings) -> int:
    return ceil(sum(answer.take.duration_s + settings.filling_in_s for answer in answers) / 60)


def _answer(answer: SharedAnswer, method: ScoringMethod, settings: MentorPageSettings) -> dict[str, Any]:
    take, sound = answer.take, answer.sound
    heard = _NOTHING_HEARD if take.result is None else _heard(take.result, method, settings)
    levels = () if sound is None else sound.levels_dbfs
    return {
        **heard,
        "question": take.question,
        "day": day_in_words(take.asked_at),
        "duration_s": take.duration_s,
        "sound": sound,
        "picture": level_strip(levels, take.duration_s, heard["delivery"], method.long_pause_s, settings.pictures),
    }


_NOTHING_HEARD: dict[str, Any] = {"delivery": None, "paragraphs": (), "unsure": (), "measures": (), "points": None}


def _heard(result: Result, method: ScoringMethod, settings: MentorPageSettings) -> dict[str, Any]:
    delivery = result.delivery
    tokens = tokens_of(delivery)
    return {
        "delivery": delivery,
        "paragraphs": paragraphs_of(delivery, tokens, method.long_pause_s, settings.marks) if tokens else (),
        "unsure": unsure_fillers(delivery, method.sure_marker_from),
        "measures": _measures(result),
        "points": points_in_words(result.score),  # None for those who want no grade
    }


def _measures(result: Result) -> list[dict[str, str]]:
    """What the computer counted: without its reasons, which speak to the speaker."""
    return [
        {"name": part.name, "value": with_unit(part.value, part.unit), "aim": aim(part).replace("-", "\N{EN DASH}")}
        for part in result.score.parts
        if part.value is not None
    ]


def _page_data(answers: Sequence[SharedAnswer]) -> dict[str, Any]:
    """What the script works with."""
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "file": f"feedback-{file_stem(answers)}.json",
        "most_comments": LIMITS.comment_count,
        "takes": [{"take": answer.take.uid, **voice_data(answer.take)} for answer in answers],
    }
