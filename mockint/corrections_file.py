"""Corrections as JSON, as a page saves them: read and checked, with all faults told at once.

{"mockint_corrections": 2,
 "take": {"number": 12, "uid": "9f86d081884c4d659a2feaa0c55ad015", "question": "went-wrong"},
 "corrections": [{"kind": "word_changed", "start_s": 41.2, "end_s": 41.5,
                  "old_text": "right", "new_text": "write"}, ...]}

The first format had a 1 there, and with each correction only "take": 12, a number that every data folder has. Such a
file is still read; `said_in` tells whether it may be of the take that has that number here.

A file may come from anywhere. Nothing in it is believed, and of a faulty file nothing is taken.
"""

from __future__ import annotations

import difflib
import json
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeGuard

from mockint.delivery.word_classes import bare_word
from mockint.errors import UsageProblem
from mockint.model import Correction, CorrectionKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mockint.model import Delivery, Filler, Take, Word

FORMAT = "mockint_corrections"
FORMAT_VERSION = 2
FORMAT_BY_NUMBER = 1
"""The format that named takes by their number alone."""

MOST_BYTES = 2_000_000
"""Ten times what correcting every word of half an hour would take."""
MOST_CORRECTIONS = 2_000
MOST_LETTERS = 200
MOST_FAULTS_TOLD = 5
LONGEST_TAKE_S = 86_400.0
SAME_PLACE_S = 1.0
"""A word that was corrected stood no further from here, whichever recogniser heard it."""

_NEEDS = {
    CorrectionKind.WORD_CHANGED: ("old_text", "new_text"),
    CorrectionKind.WORD_DELETED: ("old_text",),
    CorrectionKind.WORD_INSERTED: ("new_text",),
    CorrectionKind.NOT_A_FILLER: ("old_text",),
    CorrectionKind.FILLER_ADDED: ("new_text",),
}
"""The texts of each kind. A file holds what is so, not the way there: nothing in it is taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeCorrections:
    """The corrections of one take, in the order of their file."""

    number: int
    """What the take is called in the data folder that the page was made in."""
    uid: str | None
    """What it is called everywhere; None in a file of the first format."""
    question_id: str | None
    corrections: tuple[Correction, ...]


def take_object(take: Take) -> dict[str, Any]:
    """Return how a file names its take."""
    return {"number": take.id, "uid": take.uid, "question": take.question.id}


def said_in(deliveries: Iterable[Delivery], corrections: Iterable[Correction]) -> bool:
    """Whether every word that is corrected was heard about there, by any of the accounts of a take."""
    heard: dict[str, list[float]] = defaultdict(list)
    for delivery in deliveries:
        said: list[Word | Filler] = [*delivery.words, *delivery.fillers]
        for each in said:
            heard[_first_word(each.text)].append(each.start_s)
    return all(
        any(abs(at_s - correction.start_s) <= SAME_PLACE_S for at_s in heard[_first_word(correction.old_text)])
        for correction in corrections
        if correction.old_text is not None
    )


def _first_word(text: str) -> str:
    return bare_word(text.strip().partition(" ")[0])


# --- reading --------------------------------------------------------------------------------------


def read_corrections(content: bytes, name: str) -> tuple[TakeCorrections, ...]:
    """Return the corrections of a file, take by take.

    content: its first bytes, at least one more than `MOST_BYTES` where it is longer; name: what to call it. Raises
    UsageProblem with what is wrong with it.
    """
    value = _parsed(content, name)
    if isinstance(value, dict) and "mockint_feedback" in value:
        raise UsageProblem(f"{name} is what a mentor said.", "Take it in with: mockint feedback import FILE")
    version = value.get(FORMAT) if isinstance(value, dict) else None
    if not isinstance(value, dict) or version not in (FORMAT_VERSION, FORMAT_BY_NUMBER) or isinstance(version, bool):
        raise UsageProblem(f"{name} holds no corrections that this mockint can read.", "Update mockint, if it is old.")
    entries = value.get("corrections")
    if not isinstance(entries, list) or not entries:
        raise UsageProblem(f"{name} has no list of corrections.", "Save it again from the page.")
    if len(entries) > MOST_CORRECTIONS:
        raise UsageProblem(f"{name} has {len(entries):,} corrections: no page makes so many.", "Nothing was changed.")
    by_number = version == FORMAT_BY_NUMBER
    faults = [] if by_number else [f"{name}: {fault}." for fault in _take_faults(value.get("take"))]
    faults += [
        f"{name}: correction {number}: {fault}."
        for number, entry in enumerate(entries, start=1)
        for fault in _faults(entry, by_number=by_number)
    ]
    if faults:
        raise UsageProblem("\n".join(_first(faults)), "Nothing was changed.")
    if by_number:
        return _by_number(entries)
    take = value["take"]
    return (
        TakeCorrections(
            number=take["number"],
            uid=take["uid"],
            question_id=take["question"],
            corrections=tuple(map(_correction, entries)),
        ),
    )


def _parsed(content: bytes, name: str) -> Any:
    again = "Save it again from the page."
    if len(content) > MOST_BYTES:
        raise UsageProblem(f"{name} is larger than any file of corrections.", "Nothing was changed.")
    try:
        return json.loads(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise UsageProblem(f"{name} is not text.", again) from error
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise UsageProblem(f"{name} is cut short or damaged: it is no JSON from {place} on.", again) from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, or lists within lists
        raise UsageProblem(f"{name} is damaged: no page writes such JSON.", again) from error


def _by_number(entries: Sequence[Mapping[str, Any]]) -> tuple[TakeCorrections, ...]:
    by_take: dict[int, list[Correction]] = defaultdict(list)
    for entry in entries:
        by_take[entry["take"]].append(_correction(entry))
    return tuple(
        TakeCorrections(number=number, uid=None, question_id=None, corrections=tuple(corrections))
        for number, corrections in by_take.items()
    )


def _correction(entry: Mapping[str, Any]) -> Correction:
    kind = CorrectionKind(entry["kind"])
    texts = {name: entry[name].strip() for name in _NEEDS[kind]}
    return Correction(kind=kind, start_s=float(entry["start_s"]), end_s=float(entry["end_s"]), **texts)


# --- checking -------------------------------------------------------------------------------------


def _first(faults: Sequence[str]) -> Sequence[str]:
    if len(faults) <= MOST_FAULTS_TOLD:
        return faults
    return [*faults[:MOST_FAULTS_TOLD], f"And {len(faults) - MOST_FAULTS_TOLD:,} more."]


def _take_faults(take: Any) -> Iterator[str]:
    if not isinstance(take, dict):
        yield "'take' must be an object"
        return
    if not _is_number(take.get("number")):
        yield "'number' must be the number of a take"
    if not isinstance(take.get("uid"), str) or not re.fullmatch("[0-9a-f]{32}", take["uid"]):
        yield "'uid' must be the name of a take"
    if not _is_text(take.get("question")):
        yield "'question' must be the id of a question"


def _faults(entry: Any, *, by_number: bool) -> Iterator[str]:
    if not isinstance(entry, dict):
        yield "it must be an object"
        return
    if by_number and not _is_number(entry.get("take")):
        yield "'take' must be the number of a take"
    kinds = [kind.value for kind in _NEEDS]
    kind = entry.get("kind")
    if kind not in kinds:
        near = difflib.get_close_matches(kind, kinds, n=1) if _is_text(kind) else []
        yield f"'kind' must be one of {', '.join(kinds)}" + (f" (did you mean '{near[0]}'?)" if near else "")
    else:
        needed = _NEEDS[CorrectionKind(kind)]
        yield from (f"'{name}' must be a short text" for name in needed if not _is_text(entry.get(name)))
    start_s, end_s = entry.get("start_s"), entry.get("end_s")
    if not (_is_time(start_s) and _is_time(end_s) and start_s < end_s):
        yield "'start_s' and 'end_s' must be seconds, one after the other"


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**63


def _is_time(value: Any) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= LONGEST_TAKE_S


def _is_text(value: Any) -> TypeGuard[str]:
    """Whether this is text that may be shown: a control character could steer the terminal."""
    return isinstance(value, str) and bool(value.strip()) and len(value) <= MOST_LETTERS and value.isprintable()
