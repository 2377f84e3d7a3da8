"""The bank of questions that were really asked: a file that only grows, so that what a person edits in it stays."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mockint.afterwards.records import AskedQuestion, Debrief
    from mockint.model import Question

BANK_ID = "real-interviews"
FILE_NAME = f"{BANK_ID}.yaml"
HEAD = f"""\
# Questions that you were asked in real interviews. mockint adds new ones at the end and changes nothing else:
# mend the wording, add hints, or retire a question as you like. Your history is kept by id.
mockint_bank: 1
bank: {{id: {BANK_ID}, title: "Questions that I was really asked", language: en}}
questions:
"""
LONGEST_ID = 48
WORDS_IN_ID = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Additions:
    """What a debrief adds to the bank: `text` goes at the end of its file, and `debrief` knows the ids."""

    text: str
    debrief: Debrief
    new_count: int


def additions(debrief: Debrief, source: str, known: Iterable[Question]) -> Additions:
    """Name each question of a debrief, as it is called in the bank already or anew, and write those that are new.

    known: what the bank holds. A question in other case or punctuation is the same one.
    """
    ids = {_bare(question.text): question.id for question in known}
    taken = {name for question in known for name in (question.id, *question.aliases)}
    named, entries = [], []
    for question in debrief.questions:
        bare = _bare(question.text)
        if bare not in ids:
            ids[bare] = _new_id(question.text, taken)
            taken.add(ids[bare])
            entries.append(_entry(question, ids[bare], source))
        named.append(replace(question, id=ids[bare]))
    return Additions(text="".join(entries), debrief=replace(debrief, questions=tuple(named)), new_count=len(entries))


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _new_id(text: str, taken: set[str]) -> str:
    words = re.findall(r"[a-z0-9]+", text.lower())[:WORDS_IN_ID]
    stem = "-".join(words)[:LONGEST_ID].strip("-") or "question"
    number, new = 1, stem
    while new in taken:
        number += 1
        new = f"{stem}-{number}"
    return new


def _entry(question: AskedQuestion, question_id: str, source: str) -> str:
    fields = {"id": question_id, "text": question.text, "competency": question.competency, "source": source}
    first, *others = (f"{key}: {value if key == 'id' else quoted(value)}" for key, value in fields.items() if value)
    return f"\n  - {first}\n" + "".join(f"    {each}\n" for each in others)


def quoted(text: str) -> str:
    """Write a text for YAML in double quotes, on one line."""
    written: str = yaml.safe_dump(text, default_style='"', allow_unicode=True, width=float("inf"))
    return written.strip()
