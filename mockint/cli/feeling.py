"""One key for how an answer felt. It counts for when the question comes again; nobody has to press it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockint.schedule.recall import Grade

if TYPE_CHECKING:
    from mockint.model import Take
    from mockint.store.takes import Store

_GRADES = {"1": Grade.AGAIN, "2": Grade.HARD, "3": Grade.GOOD, "4": Grade.EASY}
_WORDS = {Grade.AGAIN: "not there yet", Grade.HARD: "hard", Grade.GOOD: "good", Grade.EASY: "easy"}

KEYS = "".join(_GRADES)
LINE = "How did it feel?   " + "   ".join(f"[{key}] {_WORDS[grade]}" for key, grade in _GRADES.items())


def note(take: Take, key: str, store: Store) -> str:
    """Keep how a take felt; what is pressed last holds. Returns what to say of it."""
    grade = _GRADES[key]
    store.standings.felt(take.id, grade)
    return f"Noted: {_WORDS[grade]}."
