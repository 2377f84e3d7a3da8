"""The bank of questions that were really asked grows at its end, and is a bank like any other."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from mockint.afterwards.asked_bank import HEAD, additions, reworded
from mockint.afterwards.records import AskedQuestion, Debrief
from mockint.bank import check_bank, load_bank

if TYPE_CHECKING:
    from pathlib import Path

    from mockint.model import Bank

ACME = "Acme, Analyst, 2026-03-09"


def asked(*texts: str) -> Debrief:
    questions = tuple(AskedQuestion(text=text, competency="planning") for text in texts)
    return Debrief(held_on=date(2026, 3, 9), questions=questions)


def bank_with(folder: Path, text: str) -> Bank:
    path = folder / "bank.yaml"
    path.write_text(text, encoding="utf-8")
    assert check_bank(path) == ()
    return load_bank(path)


def test_a_question_becomes_one_of_the_bank(tmp_path: Path) -> None:
    """With its competency, and the interview it comes from."""
    new = additions(asked("Why did you leave?"), ACME, ())
    [question] = bank_with(tmp_path, HEAD + new.text).questions
    assert (question.id, question.text) == ("why-did-you-leave", "Why did you leave?")
    assert (question.competency, question.source) == ("planning", ACME)
    assert new.debrief.questions[0].id == "why-did-you-leave"


def test_the_same_question_is_not_added_twice(tmp_path: Path) -> None:
    """In other case and punctuation it is the same; its history goes on."""
    first = additions(asked("Why did you leave?"), ACME, ())
    known = bank_with(tmp_path, HEAD + first.text).questions
    second = additions(asked("why did you leave", "Why now?"), "Foo, 2026-04-01", known)
    assert [question.id for question in second.debrief.questions] == ["why-did-you-leave", "why-now"]
    bank = bank_with(tmp_path, HEAD + first.text + second.text)
    assert [question.source for question in bank.questions] == [ACME, "Foo, 2026-04-01"]


def test_ids_are_taken_once(tmp_path: Path) -> None:
    """Questions that begin alike, and those without a letter that an id can hold."""
    texts = ("Tell us about a plan that worked.", "Tell us about a plan that failed.", "为什么?", "为何?")
    new = additions(asked(*texts), ACME, ())
    ids = [question.id for question in bank_with(tmp_path, HEAD + new.text).questions]
    assert ids == ["tell-us-about-a-plan-that", "tell-us-about-a-plan-that-2", "question", "question-2"]


@pytest.mark.parametrize("text", ['He said: "why # {now}?"', "- a list?", "*&!%@`", "yes", "2026-03-09", "<b>x</b>\\n"])
def test_whatever_was_asked_is_a_sound_text(tmp_path: Path, text: str) -> None:
    """Nothing in it is YAML."""
    [question] = bank_with(tmp_path, HEAD + additions(asked(text), text, ()).text).questions
    assert (question.text, question.source) == (text, text)


def test_what_was_heard_wrong_is_mended_in_its_place(tmp_path: Path) -> None:
    """The id stays, and with it the history."""
    heard, meant = asked("Tell us of a planet part."), asked("Tell us of a plan that fell apart.")
    before = HEAD + additions(heard, ACME, ()).text
    [question] = bank_with(tmp_path, reworded(before, heard, meant)).questions
    assert (question.id, question.text) == ("tell-us-of-a-planet-part", "Tell us of a plan that fell apart.")


def test_a_line_that_its_owner_changed_stays(tmp_path: Path) -> None:
    """What a person wrote into the file is theirs."""
    heard, meant = asked("Tell us of a planet part."), asked("Tell us of a plan apart.")
    own = (HEAD + additions(heard, ACME, ()).text).replace("a planet part", "some planet")
    assert reworded(own, heard, meant) == own
    another = HEAD + additions(heard, ACME, ()).text
    assert reworded(another, heard, asked("Why us?")) == another
