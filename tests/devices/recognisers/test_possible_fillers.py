"""Fillers that a decoder nearly wrote are kept, at their place among the words."""

from __future__ import annotations

import pytest

from mockint.devices.recognisers.possible_fillers import HeardWord, Step, heard_words, without_loops


def step(piece: str, probability: float = 0.9, um: float = 0.0, uh: float = 0.0) -> Step:
    return Step(piece=piece, probability=probability, um_chance=um, uh_chance=uh)


def texts(*steps: Step) -> list[str]:
    return [word.text for word in heard_words(steps)]


def test_pieces_make_words() -> None:
    """A word begins where a piece begins with a space; its confidence is the mean of its pieces."""
    assert heard_words([step(" Mon", 0.5), step("treal.", 1.0), step("")]) == [
        HeardWord(text="Montreal.", confidence=0.75)
    ]


def test_a_written_filler_keeps_its_chance() -> None:
    """The chance is that of all spellings together."""
    assert heard_words([step(" um", 0.6, um=0.7, uh=0.1), step(",")]) == [
        HeardWord(text="um,", confidence=0.75, filler_chance=0.7 + 0.1)
    ]


def test_a_filler_that_came_second_stands_before_the_word_that_won() -> None:
    """It is marked as not written."""
    heard = heard_words([step(" I"), step(" think", um=0.05, uh=0.2), step("")])
    assert [(word.text, word.written) for word in heard] == [("I", True), ("uh", False), ("think", True)]


def test_a_filler_may_end_the_text() -> None:
    """The last step, which ends the text, has chances too."""
    assert texts(step(" done"), step("", um=0.4)) == ["done", "um"]


def test_noise_is_left_out() -> None:
    """One chance in a hundred is none."""
    assert texts(step(" I", um=0.01), step("")) == ["I"]


def test_chances_inside_a_word_do_not_matter() -> None:
    """Only where a word begins can a filler stand."""
    assert texts(step(" n"), step("umber", um=0.9), step("")) == ["number"]


def test_a_filler_is_not_doubled() -> None:
    """Right after a filler, the chance of another is mostly the same one again."""
    assert texts(step(" um"), step(" so", um=0.3), step("")) == ["um", "so"]


@pytest.mark.parametrize(
    ("pieces", "um", "uh"), [((" um", "brella"), 0.9, 0.0), ((" Um", "pire"), 0.4, 0.0), ((" er", "ror"), 0.0, 0.9)]
)
def test_a_word_that_begins_like_a_filler_is_none(pieces: tuple[str, str], um: float, uh: float) -> None:
    """The decoder's chance of "um" at "umbrella" was the chance of the word itself."""
    first, second = pieces
    heard = heard_words([step(first, 0.5, um=um, uh=uh), step(second, 0.9)])
    assert [(word.text, word.filler_chance) for word in heard] == [((first + second).strip(), None)]


def test_another_filler_before_such_a_word_is_still_heard() -> None:
    """A chance of uh before "umbrella" is no part of that word."""
    heard = heard_words([step(" um", 0.5, um=0.5, uh=0.3), step("brella", 0.9)])
    assert [(word.text, word.filler_chance) for word in heard] == [("uh", 0.3), ("umbrella", None)]


def test_a_loop_of_fillers_counts_once() -> None:
    """Each round makes a decoder surer of the next: only the first says something of the sound."""
    heard = heard_words([step(" so"), *(step(" uh", chance, uh=chance) for chance in (0.2, 0.5, 0.8, 0.9)), step(" I")])
    assert without_loops(heard, longest_run=4) == heard
    assert [(word.text, word.filler_chance) for word in without_loops(heard, longest_run=3)] == [
        ("so", None),
        ("uh", 0.2),
        ("I", None),
    ]
