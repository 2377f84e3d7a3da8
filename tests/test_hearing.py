"""How well somebody is heard: a passage with known words and fillers, beside what was heard of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import words
from hypothesis import given
from hypothesis import strategies as st

from mockint.delivery.word_classes import bare_word, is_filled_pause
from mockint.hearing import PASSAGE, HearingCheck, HearingSettings, compare, hearing_caveat, is_the_passage

SAID = "I went, um, to the shop and, uh, bought some bread."
WHERE = "On your microphone"


def check(heard: str, passage: str = SAID) -> HearingCheck:
    return compare(passage, words(heard), engine="test engine 1")


def counts(heard: str) -> tuple[int, int, int]:
    """Return the wrong words, the fillers found, and those that are none."""
    found = check(heard)
    return found.wrong_word_count, found.found_filler_count, found.false_filler_count


def test_the_passage_can_be_read_in_half_a_minute_and_holds_six_fillers() -> None:
    """60 to 80 words, fillers of both kinds."""
    bare = [bare_word(word) for word in PASSAGE.split()]
    assert 60 <= len(bare) <= 80
    assert (bare.count("um"), bare.count("uh"), sum(map(is_filled_pause, bare))) == (3, 3, 6)


def test_what_is_heard_as_it_was_said_is_right() -> None:
    """Case and punctuation are the recogniser's own affair."""
    heard = check("i went um to the shop and uh bought some bread")
    assert (heard.word_count, heard.word_error, heard.missed_words) == (9, 0.0, ())
    assert (heard.planted_filler_count, heard.found_filler_count, heard.false_filler_count) == (2, 2, 0)


@pytest.mark.parametrize(
    ("heard", "expected"),
    [
        ("I went um to the ship and uh bought some bread", (1, 2, 0)),
        ("I went um to shop and uh bought some bread", (1, 2, 0)),
        ("I went um to the old shop and uh bought some bread", (1, 2, 0)),
        ("I went to the shop and uh bought some bread", (0, 1, 0)),
        ("I went um to the shop and uh bought um some bread", (0, 2, 1)),
        ("I went uhm to the shop and er bought some bread", (0, 2, 0)),
        ("I went home to the shop and uh bought some bread", (1, 1, 0)),
        ("I um to the shop and uh bought some bread", (1, 2, 0)),
        ("", (9, 0, 0)),
    ],
)
def test_words_and_fillers_are_counted_apart(heard: str, expected: tuple[int, int, int]) -> None:
    """A filler never stands for a word: "home" for "um" is a filler missed and a word added."""
    assert counts(heard) == expected


def test_the_words_that_were_missed_are_named() -> None:
    """As they stand in the passage, in its order."""
    assert check("I went um to the ship and uh some bread").missed_words == ("shop", "bought")


@given(st.lists(st.sampled_from(["a", "b", "um", "c"]), max_size=12), st.lists(st.sampled_from(["a", "b", "uh"])))
def test_counts_add_up_whatever_is_heard(said: list[str], heard: list[str]) -> None:
    """No word and no filler is lost or counted twice."""
    found = check(" ".join(heard), " ".join([*said, "a"]))
    fillers_heard = heard.count("uh")
    assert found.found_filler_count + found.false_filler_count == fillers_heard
    assert 0 <= found.found_filler_count <= found.planted_filler_count == said.count("um")
    assert len(found.missed_words) <= found.wrong_word_count <= found.word_count + len(heard) - fillers_heard


def test_something_else_is_not_the_passage() -> None:
    """Then nothing can be told of how well it was heard."""
    assert is_the_passage(check("I went to a shop and bought some bread"))
    assert not is_the_passage(check("Tell me about a time when you failed"))


@pytest.mark.parametrize(
    ("found", "caveat"),
    [
        ({}, None),
        ({"found_filler_count": 5}, None),
        ({"found_filler_count": 4}, "On your microphone mockint misses about 2 of 6 fillers."),
        ({"false_filler_count": 1}, None),
        (
            {"false_filler_count": 3},
            "On your microphone mockint hears fillers that are none (3 in 63 words).",
        ),
        ({"wrong_word_count": 9}, None),
        (
            {"wrong_word_count": 12, "found_filler_count": 0},
            "On your microphone mockint misses about 6 of 6 fillers and gets 19% of words wrong.",
        ),
    ],
)
def test_poor_hearing_is_said_in_one_sentence(found: dict[str, int], caveat: str | None) -> None:
    """With the figures; what is as it should be is not mentioned."""
    usual = HearingCheck(
        engine="test engine 1",
        word_count=63,
        wrong_word_count=2,
        missed_words=(),
        planted_filler_count=6,
        found_filler_count=6,
        false_filler_count=0,
    )
    assert hearing_caveat(replace(usual, **found), WHERE) == caveat  # type: ignore[arg-type]  # any of the counts


def test_thresholds_are_the_callers_to_change() -> None:
    """Each has a name."""
    found = check("I went to the shop and uh bought some bread")
    assert hearing_caveat(found, WHERE, HearingSettings(least_found_share=0.5)) is None
