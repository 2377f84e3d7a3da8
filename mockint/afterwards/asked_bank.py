"""The bank of questions that were really asked: a file that only grows, so that what a person edits in it stays."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mockint.afterwards.records import AskedQuestion, Debrief
    from mockint.model import Question

BANK_ID = "real-interviews"
FILE_NAME = f"{BANK_ID}.yaml"
HEAD = f"""\
# Questions that you were asked in real interviews. mockint adds new ones at the end, and changes a wording only where
# you changed it in the debrief. Mend, add hints, or retire a question as you like: your history is kept by id.
mockint_bank: 1
bank: {{id: {BANK_ID}, title: "Questions that I was really asked", language: en}}
questions:
"""
LONGEST_ID = 48
WORDS_IN_ID = 6
SAME_FROM = 0.5
"""So alike are two wordings of one question at least (difflib's ratio)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Additions:
    """What a debrief adds to the bank: `text` goes at the end of its file, and `debrief` knows the ids."""

    text: str
    debrief: Debrief


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
    return Additions(text="".join(entries), debrief=replace(debrief, questions=tuple(named)))


def reworded(bank: str, before: Debrief, after: Debrief) -> str:
    """Return the text of the bank with the wordings that were mended in a debrief, such as what was heard wrong.

    A line that its owner has changed is left alone; the new wording then becomes a question of its own.
    """
    still = {_bare(question.text) for question in after.questions}
    gone = [question.text for question in before.questions if _bare(question.text) not in still]
    there = {_bare(question.text) for question in before.questions}
    for question in after.questions:
        near = [] if _bare(question.text) in there else get_close_matches(question.text, gone, n=1, cutoff=SAME_FROM)
        for old in near:
            gone.remove(old)
            line = _text_line(old)
            if bank.count(line) == 1:
                bank = bank.replace(line, _text_line(question.text))
    return bank


def _text_line(text: str) -> str:
    return f"    text: {quoted(text)}\n"


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
    fields = {"text": question.text, "competency": question.competency, "source": source}
    lines = (f"    {key}: {quoted(value)}\n" for key, value in fields.items() if value)
    plain_id = question_id if isinstance(yaml.safe_load(question_id), str) else quoted(question_id)
    return f"\n  - id: {plain_id}\n" + "".join(lines)


def quoted(text: str) -> str:
    """Write a text for YAML in double quotes, on one line."""
    written: str = yaml.safe_dump(text, default_style='"', allow_unicode=True, width=float("inf"))
    return written.strip()
