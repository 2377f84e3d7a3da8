"""What a mentor says of an answer: what is asked, and the small file that comes back, read and checked.

{"mockint_feedback": 1, "answer": HEX, "saved_at": "2026-03-02T18:04:05.678Z", "mentor": "Anna",
 "takes": [{"take": UID, "ratings": {"structure": 3}, "keep": "...", "change": "...",
            "comments": [{"at_s": 12.3, "text": "..."}]}]}

A file comes from somebody else's computer, so nothing in it is believed: every fault is told, and of a faulty file
nothing is taken. Control characters could steer a terminal: the page never writes them, and here they are faults.
"""

from __future__ import annotations

import difflib
import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from mockint.errors import UsageProblem
from mockint.figures import fine_clock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mockint.model import Question

FORMAT = "mockint_feedback"
FORMAT_VERSION = 1


# --- what is asked --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One step of a criterion: a name, and what a listener would say who means it."""

    name: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One thing that a mentor rates. Level 1 is the first of `levels`."""

    key: str
    title: str
    asks: str
    levels: tuple[Level, ...]


RUBRIC = (
    Criterion(
        key="structure",
        title="Structure",
        asks="Could you follow it?",
        levels=(
            Level(name="I got lost", anchor="I could not say what the point was."),
            Level(name="With some effort", anchor="There was a point, but I had to look for it."),
            Level(name="Easily", anchor="Beginning, middle and end: I could retell it."),
            Level(name="At every step", anchor="I always knew where we were, and nothing was too much."),
        ),
    ),
    Criterion(
        key="content",
        title="Content",
        asks="Did it answer the question?",
        levels=(
            Level(name="Not yet", anchor="It stayed general, or answered something else."),
            Level(name="In part", anchor="I missed an example, or what this person did themselves."),
            Level(name="Yes", anchor="A real example: I know what this person did and how it ended."),
            Level(name="More than that", anchor="A telling example, their part in it, and a result that I believe."),
        ),
    ),
    Criterion(
        key="presence",
        title="Presence",
        asks="How was it to listen?",
        levels=(
            Level(name="Hard work", anchor="I noticed the nerves more than the words."),
            Level(name="Up and down", anchor="Parts sounded sure, others rushed or read out."),
            Level(name="Pleasant", anchor="Calm and natural."),
            Level(name="I wanted more", anchor="Warm and sure: I would like to meet this person."),
        ),
    ),
)
"""Each level says what a listener noticed, so that two listeners mean the same by it (Smith & Kendall 1963). None is
about accent or pronunciation."""


def criterion(key: str) -> Criterion:
    """Return one thing that is rated. Raises KeyError where there is none of that name."""
    return _CRITERIA[key]


_CRITERIA = {each.key: each for each in RUBRIC}


# --- what is said ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """The level that a mentor chose, 1 for the first."""

    criterion: str
    level: int


def chosen(rating: Rating) -> Level:
    """Return the level that a mentor chose. Raises KeyError or ValueError where the rubric has none such."""
    levels = criterion(rating.criterion).levels
    if not 1 <= rating.level <= len(levels):
        raise ValueError(f"{rating.criterion} has no level {rating.level}")
    return levels[rating.level - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorComment:
    """What a mentor says of one moment, in seconds from the first sample."""

    at_s: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What one mentor says of one take. What was left open is missing, or empty."""

    take_uid: str
    answer: str
    """Names one mentor's filling in of one page: saved again, it keeps its name, and the newest save holds."""
    saved_at: datetime
    """By the mentor's clock."""
    mentor: str
    ratings: tuple[Rating, ...]
    keep: str
    change: str
    comments: tuple[MentorComment, ...]
    """In order of time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorWish:
    """The one thing that a mentor would change: worth practising until the question was answered after `at`."""

    bank_id: str
    question_id: str
    competency: str | None
    mentor: str
    text: str
    at: datetime
    """When it came, by this computer's clock."""


def open_wish(question: Question, wishes: Iterable[MentorWish], answered_at: datetime | None) -> MentorWish | None:
    """Return the newest wish for a question that came after its last answer; None where there is none."""
    ids = {question.id, *question.aliases}
    waiting = [
        wish
        for wish in wishes
        if wish.bank_id == question.bank_id
        and wish.question_id in ids
        and (answered_at is None or answered_at < wish.at)
    ]
    return max(waiting, key=lambda wish: wish.at, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackLimits:
    """How much a page takes in. Whatever keeps within these is smaller than `file_byte_count`."""

    take_count: int = 12
    comment_count: int = 100
    """For each take."""
    comment_characters: int = 1000
    text_characters: int = 2000
    """Of what to keep, and of what to change."""
    mentor_characters: int = 80
    file_byte_count: int = 5_000_000
    fault_count: int = 10
    """More are counted only."""


LIMITS = FeedbackLimits()


# --- reading --------------------------------------------------------------------------------------


def read_feedback(content: bytes, name: str, limits: FeedbackLimits = LIMITS) -> tuple[Feedback, ...]:
    """Return what a file says, one value for each take of which it says anything.

    name: what to call the file. Raises UsageProblem with everything that is wrong with it.
    """
    parsed = _parsed(_text(content, name), name)
    faults = list(_faults(parsed, limits))
    if faults:
        shown = [f"{name}: {fault}." for fault in faults[: limits.fault_count]]
        more = len(faults) - len(shown)
        raise UsageProblem(
            "\n".join([*shown, *([f"... and {more} more."] if more else [])]),
            "Nothing was changed. Ask for the file again, as it was saved.",
        )
    said = tuple(feedback for entry in parsed["takes"] if (feedback := _feedback(parsed, entry)) is not None)
    if not said:
        raise UsageProblem(f"{name} says nothing: no field of the page was filled in.", "Nothing was changed.")
    return said


def too_large(name: str, limits: FeedbackLimits = LIMITS) -> UsageProblem:
    """Return the refusal of a file by its size, which is no reason to read it."""
    most_mb = limits.file_byte_count / 1e6
    return UsageProblem(
        f"{name} is larger than {most_mb:.0f} MB: no feedback is.", "Name the small file that the mentor sent back."
    )


def check_times(feedback: Feedback, duration_s: float, name: str) -> None:
    """Raise UsageProblem where a comment is about a moment at which the take was over."""
    for comment in feedback.comments:
        if comment.at_s > duration_s + _ROUNDING_S:
            raise UsageProblem(
                f"{name}: a comment is at {fine_clock(comment.at_s)}, but the answer ends at {fine_clock(duration_s)}.",
                "Nothing was changed. Ask for the file again, as it was saved.",
            )


_ROUNDING_S = 0.001
_LONGEST_S = 86_400
_TOP_KEYS = (FORMAT, "answer", "saved_at", "mentor", "takes")
_TAKE_KEYS = ("take", "ratings", "keep", "change", "comments")
_COMMENT_KEYS = ("at_s", "text")
_SHOWN_CHARACTERS = 40
_SAVED_AT = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)
_UID = re.compile(r"[0-9a-f]{32}", re.ASCII)
_STEERING = frozenset({"Cc", "Cs"})
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""These make a text read as another than it is."""


def _text(content: bytes, name: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageProblem(
            f"{name} is not UTF-8 text.", "Name the file that the mentor sent back, as it was saved."
        ) from error
    if text.lstrip().lower().startswith("<!doctype html"):
        raise UsageProblem(
            f"{name} is the page itself, without what was filled in.",
            "Ask the mentor to press Save at the end of the page, and to send the small file that it saves.",
        )
    return text


def _parsed(text: str, name: str) -> dict[str, Any]:
    again = "Nothing was changed. Ask for the file again: it may have been cut short on its way."
    try:
        parsed = json.loads(text)
    except json.JSONDecodeError as error:
        raise UsageProblem(f"{name} is not whole: it makes no sense from line {error.lineno} on.", again) from error
    except (ValueError, RecursionError) as error:  # numbers of thousands of digits; brackets in brackets
        raise UsageProblem(f"{name} makes no sense.", again) from error
    if isinstance(parsed, dict) and "mockint_corrections" in parsed:
        raise UsageProblem(f"{name} holds corrections, not feedback.", "Take it in with: mockint review --apply FILE")
    if not isinstance(parsed, dict) or FORMAT not in parsed:
        raise UsageProblem(f"{name} holds no feedback.", "Name the file that the mentor sent back.")
    if parsed[FORMAT] != FORMAT_VERSION or isinstance(parsed[FORMAT], bool):
        raise UsageProblem(f"{name} holds feedback that this mockint cannot read.", "Update mockint, if it is old.")
    return parsed


def _feedback(parsed: Mapping[str, Any], entry: Mapping[str, Any]) -> Feedback | None:
    """Return what a checked file says of one take; None where it says nothing."""
    comments = [
        MentorComment(at_s=float(comment["at_s"]), text=comment["text"].strip())
        for comment in entry.get("comments", ())
        if comment["text"].strip()
    ]
    ratings = entry.get("ratings", {})
    feedback = Feedback(
        take_uid=entry["take"],
        answer=parsed["answer"],
        saved_at=datetime.fromisoformat(parsed["saved_at"].replace("Z", "+00:00")),
        mentor=" ".join(parsed.get("mentor", "").split()),
        ratings=tuple(Rating(criterion=each.key, level=ratings[each.key]) for each in RUBRIC if each.key in ratings),
        keep=entry.get("keep", "").strip(),
        change=entry.get("change", "").strip(),
        comments=tuple(sorted(comments, key=lambda comment: comment.at_s)),
    )
    said = feedback.ratings or feedback.keep or feedback.change or feedback.comments
    return feedback if said else None


def _faults(parsed: Mapping[str, Any], limits: FeedbackLimits) -> Iterator[str]:
    yield from _unknown(parsed, _TOP_KEYS)
    if not _is_uid(parsed.get("answer")):
        yield "'answer' must be 32 hexadecimal digits"
    if not _is_moment(parsed.get("saved_at")):
        yield "'saved_at' must be a date and time such as 2026-03-02T18:04:05.678Z"
    yield from _text_faults(parsed, "mentor", limits.mentor_characters)
    takes = parsed.get("takes")
    if not isinstance(takes, list) or not 1 <= len(takes) <= limits.take_count:
        yield f"'takes' must be a list of 1 to {limits.take_count}"
        return
    uids = [entry["take"] for entry in takes if isinstance(entry, dict) and isinstance(entry.get("take"), str)]
    if len(uids) != len(set(uids)):
        yield "an answer is named twice"
    for number, entry in enumerate(takes, start=1):
        yield from (f"answer {number}: {fault}" for fault in _take_faults(entry, limits))


def _take_faults(entry: Any, limits: FeedbackLimits) -> Iterator[str]:
    if not isinstance(entry, dict):
        yield "it must be an object"
        return
    yield from _unknown(entry, _TAKE_KEYS)
    if not _is_uid(entry.get("take")):
        yield "'take' must be 32 hexadecimal digits"
    yield from _rating_faults(entry.get("ratings", {}))
    for key in ("keep", "change"):
        yield from _text_faults(entry, key, limits.text_characters)
    comments = entry.get("comments", [])
    if not isinstance(comments, list) or len(comments) > limits.comment_count:
        yield f"'comments' must be a list of up to {limits.comment_count}"
        return
    for number, comment in enumerate(comments, start=1):
        yield from (f"comment {number}: {fault}" for fault in _comment_faults(comment, limits))


def _rating_faults(ratings: Any) -> Iterator[str]:
    if not isinstance(ratings, dict):
        yield "'ratings' must be an object"
        return
    yield from _unknown(ratings, tuple(_CRITERIA))
    for each in RUBRIC:
        level, most = ratings.get(each.key, 1), len(each.levels)
        if not isinstance(level, int) or isinstance(level, bool) or not 1 <= level <= most:
            yield f"'{each.key}' must be a whole number from 1 to {most}"


def _comment_faults(comment: Any, limits: FeedbackLimits) -> Iterator[str]:
    if not isinstance(comment, dict):
        yield "it must be an object"
        return
    yield from _unknown(comment, _COMMENT_KEYS)
    if not _is_time(comment.get("at_s")):
        yield "'at_s' must be seconds"
    if "text" not in comment:
        yield "'text' is missing"
    yield from _text_faults(comment, "text", limits.comment_characters)


def _text_faults(holder: Mapping[str, Any], key: str, most_characters: int) -> Iterator[str]:
    text = holder.get(key, "")
    if not isinstance(text, str):
        yield f"'{key}' must be text"
    elif len(text) > most_characters:
        yield f"'{key}' must have at most {most_characters} characters"
    elif any(_is_steering(character) for character in text):
        yield f"'{key}' holds control characters, which the page never writes"


def _unknown(holder: Iterable[str], known: Sequence[str]) -> Iterator[str]:
    for key in holder:
        if key not in known:
            shown = key[:_SHOWN_CHARACTERS]
            near = difflib.get_close_matches(shown, known, n=1)
            yield f"there is no {shown!a} here" + (f" (is it '{near[0]}'?)" if near else "")


def _is_steering(character: str) -> bool:
    """Whether a character could do something other than be read."""
    if character in "\n\t":
        return False
    return unicodedata.category(character) in _STEERING or character in _TURNING


def _is_uid(value: Any) -> bool:
    return isinstance(value, str) and _UID.fullmatch(value) is not None


def _is_moment(value: Any) -> bool:
    if not isinstance(value, str) or not _SAVED_AT.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value.replace("Z", "+00:00"))
    except ValueError:  # the 31st of February
        return False
    return True


def _is_time(value: Any) -> bool:
    """Seconds of any recording; neither NaN nor infinity compares so, nor overflows a whole number of any length."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= _LONGEST_S
