"""Corrections as JSON, as a page saves them: read and checked, with all faults told at once.

{"mockint_corrections": 1,
 "corrections": [{"take": 12, "kind": "word_changed", "start_s": 41.2, "end_s": 41.5,
                  "old_text": "right", "new_text": "write"}, ...]}
"""

from __future__ import annotations

import difflib
import json
from collections import defaultdict
from math import isfinite
from typing import TYPE_CHECKING, Any, TypeGuard

from mockint.errors import UsageProblem
from mockint.model import Correction, CorrectionKind

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT = "mockint_corrections"
FORMAT_VERSION = 1

_NEEDS = {
    CorrectionKind.WORD_CHANGED: ("old_text", "new_text"),
    CorrectionKind.WORD_DELETED: ("old_text",),
    CorrectionKind.WORD_INSERTED: ("new_text",),
    CorrectionKind.NOT_A_FILLER: ("old_text",),
    CorrectionKind.FILLER_ADDED: ("new_text",),
}
"""The texts of each kind. A file holds what is so, not the way there: nothing in it is taken back."""


def read_corrections(text: str, name: str) -> Mapping[int, tuple[Correction, ...]]:
    """Return the corrections of a file by the number of their take, in the file's order.

    name: what to call the file. Raises UsageProblem with everything that is wrong with it.
    """
    try:
        content = json.loads(text)
    except ValueError as error:
        raise UsageProblem(f"{name} is not JSON: {error}.", "Save it again from the page.") from error
    if not isinstance(content, dict) or content.get(FORMAT) != FORMAT_VERSION:
        raise UsageProblem(f"{name} holds no corrections that this mockint can read.", "Update mockint, if it is old.")
    entries = content.get("corrections")
    if not isinstance(entries, list):
        raise UsageProblem(f"{name} has no list of corrections.", "Save it again from the page.")
    faults = [
        f"{name}: correction {number}: {fault}."
        for number, entry in enumerate(entries, start=1)
        for fault in _faults(entry)
    ]
    if faults:
        raise UsageProblem("\n".join(faults), "Nothing was changed.")
    by_take: dict[int, list[Correction]] = defaultdict(list)
    for entry in entries:
        by_take[entry["take"]].append(_correction(entry))
    return {take: tuple(corrections) for take, corrections in by_take.items()}


def correction_object(take_id: int, correction: Correction) -> dict[str, Any]:
    """Return what `read_corrections` reads: one correction of a take."""
    return {
        "take": take_id,
        "kind": correction.kind.value,
        "start_s": correction.start_s,
        "end_s": correction.end_s,
        "old_text": correction.old_text,
        "new_text": correction.new_text,
    }


def _correction(entry: Mapping[str, Any]) -> Correction:
    kind = CorrectionKind(entry["kind"])
    texts = {name: entry[name].strip() for name in _NEEDS[kind]}
    return Correction(kind=kind, start_s=float(entry["start_s"]), end_s=float(entry["end_s"]), **texts)


def _faults(entry: Any) -> list[str]:
    if not isinstance(entry, dict):
        return ["it must be an object"]
    faults = []
    take = entry.get("take")
    if not isinstance(take, int) or isinstance(take, bool) or take < 1:
        faults.append("'take' must be the number of a take")
    kinds = [kind.value for kind in _NEEDS]
    if entry.get("kind") not in kinds:
        near = difflib.get_close_matches(str(entry.get("kind")), kinds, n=1)
        faults.append(f"'kind' must be one of {', '.join(kinds)}" + (f" (did you mean '{near[0]}'?)" if near else ""))
    else:
        needed = _NEEDS[CorrectionKind(entry["kind"])]
        faults += [f"'{name}' must be text" for name in needed if not _is_text(entry.get(name))]
    start_s, end_s = entry.get("start_s"), entry.get("end_s")
    if not (_is_time(start_s) and _is_time(end_s) and start_s < end_s):
        faults.append("'start_s' and 'end_s' must be seconds, one after the other")
    return faults


def _is_time(value: Any) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and isfinite(value) and value >= 0


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())
