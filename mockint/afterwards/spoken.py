"""A debrief that is told aloud: what to say in which order, and how what was heard becomes a debrief."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from mockint.afterwards.records import AskedQuestion, Debrief, Felt, Improvement
from mockint.model import Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from mockint.model import Delivery, Word

BANK_ID = "mockint:debrief"
"""No bank can have this id: what is told here is kept like an answer, but is no practice."""

NEW_ENTRY_AFTER_S = 1.5
"""So long a silence between two things that are being listed; within one of them, a pause is shorter."""

_PROMPTS = (
    ("talked-about", "What did you talk about? Name the subjects, with a pause after each."),
    ("went-well", "What went well?"),
    ("could-be-better", "What could have gone better?"),
    ("learned", "What did you learn?"),
    ("asked", "Which questions were you asked that you answered well? Say each, with a pause after it."),
    ("asked-hard", "And which questions were hard? Say each, with a pause after it."),
)


def prompts() -> tuple[Question, ...]:
    """Return what is asked, in its order; a recorded answer bears the id of one of them."""
    return tuple(Question(bank_id=BANK_ID, id=prompt_id, text=text) for prompt_id, text in _PROMPTS)


def heard_debrief(held_on: date, heard: Mapping[str, Delivery], competencies: Iterable[str]) -> Debrief:
    """Make a debrief of what was said to each prompt. competencies: those that a sentence may name."""
    known = tuple(competencies)
    said = {prompt_id: entries(delivery) for prompt_id, delivery in heard.items()}

    def asked(prompt_id: str, felt: Felt) -> tuple[AskedQuestion, ...]:
        return tuple(
            AskedQuestion(text=text, felt=felt, competency=named_in(text, known)) for text in said.get(prompt_id, ())
        )

    return Debrief(
        held_on=held_on,
        talked_about=said.get("talked-about", ()),
        went_well=said.get("went-well", ()),
        could_be_better=tuple(
            Improvement(text=text, competency=named_in(text, known)) for text in said.get("could-be-better", ())
        ),
        learned=said.get("learned", ()),
        questions=(*asked("asked-hard", Felt.HARD), *asked("asked", Felt.WELL)),
    )


def entries(delivery: Delivery) -> tuple[str, ...]:
    """Cut what was said where a sentence ends or a long silence begins. Filled pauses are left out."""
    ums = {(filler.start_s, filler.end_s) for filler in delivery.fillers}
    words = [word for word in delivery.words if (word.start_s, word.end_s) not in ums or not _is_um(word.text)]
    if not words:
        return ()
    groups: list[list[Word]] = [[words[0]]]
    for before, word in pairwise(words):
        if before.text.endswith((".", "?", "!")) or word.start_s - before.end_s >= NEW_ENTRY_AFTER_S:
            groups.append([])
        groups[-1].append(word)
    return tuple(_sentence(group) for group in groups)


def named_in(text: str, competencies: Sequence[str]) -> str | None:
    """Return the competency that a sentence names by its name ("problem solving"), if any."""
    plain = " ".join(re.findall(r"[a-z]+", text.lower()))
    return next((each for each in competencies if f" {each.replace('-', ' ')} " in f" {plain} "), None)


def _is_um(text: str) -> bool:
    from mockint.delivery.word_classes import bare_word, is_filled_pause

    return is_filled_pause(bare_word(text))


def _sentence(words: Sequence[Word]) -> str:
    text = " ".join(word.text for word in words).strip(" ,")
    return text[:1].upper() + text[1:]
