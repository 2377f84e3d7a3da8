"""What is told aloud becomes a debrief."""

from __future__ import annotations

from typing import TYPE_CHECKING

import builders
from searches import TODAY

from mockint.afterwards.records import AskedQuestion, Felt, Improvement
from mockint.afterwards.spoken import BANK_ID, entries, heard_debrief, named_in, prompts
from mockint.bank import find_banks, shipped_banks_folder

if TYPE_CHECKING:
    from mockint.model import Delivery, Word

KNOWN = ("planning", "problem-solving", "teamwork")


def said(*stretches: str, pause_s: float = 2.0) -> Delivery:
    """Stretches of speech with a silence between them."""
    words: list[Word] = []
    at_s = 0.0
    for stretch in stretches:
        words += builders.words(stretch, at_s)
        at_s = words[-1].end_s + pause_s
    return builders.delivery(words=tuple(words))


def test_things_are_parted_by_sentences_and_by_silences() -> None:
    """A short pause parts nothing."""
    assert entries(said("why did you leave? and what now.")) == ("Why did you leave?", "And what now.")
    assert entries(said("their warehouse", "the quarter")) == ("Their warehouse", "The quarter")
    assert entries(said("their", "warehouse", pause_s=0.8)) == ("Their warehouse",)
    assert entries(builders.delivery(words=())) == ()


def test_filled_pauses_are_left_out_and_words_that_look_so_are_not() -> None:
    """Only what was found to be one."""
    words = builders.words("um I asked err back")
    delivery = builders.delivery(words=words, fillers=(builders.filler(words[0]),))
    assert entries(delivery) == ("I asked err back",)


def test_each_prompt_has_its_place() -> None:
    """Hard questions come first; a competency that is named is taken."""
    heard = {
        "went-well": said("I asked back."),
        "could-be-better": said("My problem solving took long."),
        "asked": said("Why us?"),
        "asked-hard": said("Tell us of your planning."),
    }
    debrief = heard_debrief(TODAY, heard, KNOWN)
    assert debrief.went_well == ("I asked back.",)
    assert debrief.could_be_better == (Improvement(text="My problem solving took long.", competency="problem-solving"),)
    assert debrief.questions == (
        AskedQuestion(text="Tell us of your planning.", felt=Felt.HARD, competency="planning"),
        AskedQuestion(text="Why us?", felt=Felt.WELL),
    )
    assert (debrief.learned, debrief.talked_about) == ((), ())


def test_a_competency_is_named_by_whole_words() -> None:
    """Explanning is no planning."""
    assert named_in("My planning, again!", KNOWN) == "planning"
    assert named_in("explanning", KNOWN) is None


def test_no_bank_can_have_the_id_of_the_prompts() -> None:
    """What is told in a debrief never counts as practice of a question."""
    assert {question.bank_id for question in prompts()} == {BANK_ID}
    assert ":" in BANK_ID  # which the id of a bank may not hold
    assert BANK_ID not in {bank.id for bank in find_banks([shipped_banks_folder()]).banks}
