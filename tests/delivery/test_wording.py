"""Hedges, repeats and restarts, and the words used most."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockint.delivery.wording import (
    content_roots,
    content_words,
    find_hedges,
    find_repeats,
    most_used_words,
    written_words,
)
from mockint.model import Span, Word


def said(text: str, confidence: float | None = None) -> list[Word]:
    """Each word takes one second."""
    return [
        Word(text=word, start_s=float(i), end_s=float(i + 1), confidence=confidence)
        for i, word in enumerate(text.split())
    ]


def hedges(text: str) -> list[str]:
    return [hedge.text for hedge in find_hedges(said(text))]


def repeats(text: str) -> list[tuple[float, float]]:
    return [(span.start_s, span.end_s) for span in find_repeats(said(text))]


# --- hedges ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Maybe we could have asked.", ["Maybe"]),
        ("I think, probably, it was late", ["I think,", "probably,"]),
        ("I guess I was a little bit shy", ["I guess", "a little bit"]),
        ("sorry, I lost the thread", ["sorry,"]),
        ("about ten people", ["about"]),
        ("it took like 5 days", ["like"]),
        ("I um think it did", ["I think"]),
    ],
)
def test_softening_words_are_hedges(text: str, expected: list[str]) -> None:
    """A phrase is one hedge, with filled pauses inside it stepped over."""
    assert hedges(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "that is what I think",
        "I think about it daily",
        "I talked about three projects",
        "I like two of them",
        "a bit of code",
        "I know.",
        "",
    ],
)
def test_the_same_words_at_work_are_none(text: str) -> None:
    """Thinking, topics and liking are no hedges."""
    assert hedges(text) == []


def test_a_hedge_of_several_words_is_one_word_with_their_span() -> None:
    """It is no surer than the least sure of its words."""
    words = [
        Word(text="I", start_s=1.0, end_s=1.25, confidence=0.75),
        Word(text="guess", start_s=1.25, end_s=2.0, confidence=0.5),
    ]

    assert find_hedges(words) == (Word(text="I guess", start_s=1.0, end_s=2.0, confidence=0.5),)


# --- repeats and restarts -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I I was there", [(0, 2)]),
        ("and the the team", [(1, 3)]),
        ("we were, we were late", [(0, 4)]),
        ("I um I was there", [(0, 3)]),
        ("I I I was there", [(0, 3)]),
        ("a proj- project", [(1, 3)]),
        ("th the plan", [(0, 2)]),
        ("the the plan was was good", [(0, 2), (3, 5)]),
    ],
)
def test_what_is_said_again_at_once_is_a_repeat(text: str, expected: list[tuple[float, float]]) -> None:
    """The span covers what was given up and what replaced it, filled pauses between them included."""
    assert repeats(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "very very good",
        "no no",
        "I know that that works",
        "he had had enough",
        "It was good. Good people work there.",
        "call five five two",
        "more and more and more",
        "the TV was on",
        "we were late and we were sorry",
    ],
)
def test_emphasis_grammar_and_digits_are_no_repeats(text: str) -> None:
    """Neither is a word that ends one sentence and begins the next."""
    assert repeats(text) == []


@given(st.lists(st.sampled_from(["I", "was", "the", "th-", "um", "very", "we.", "were,", "5", "-"]), max_size=30))
def test_repeats_come_in_order_and_never_overlap(texts: list[str]) -> None:
    """Whatever was stammered."""
    found = find_repeats(said(" ".join(texts)))

    assert all(isinstance(span, Span) and span.duration_s > 0 for span in found)
    assert all(a.end_s <= b.start_s for a, b in pairwise(found))


# --- the words used most --------------------------------------------------------------------------


def test_content_words_are_counted_whatever_their_case_and_punctuation() -> None:
    """Stop words, filled pauses, numbers and words said once are left out."""
    words = said("The customer, um, wanted two portals. So I built the Customer two um two portals for a customer.")

    assert most_used_words(words) == (("customer", 3), ("portals", 2))


def test_equal_counts_stand_in_the_order_of_first_use() -> None:
    """The list does not jump about."""
    assert most_used_words(said("zebra apple zebra apple")) == (("zebra", 2), ("apple", 2))


def test_the_caller_says_how_many_and_how_often() -> None:
    """Limits are arguments."""
    assert most_used_words(said("zebra apple apple"), limit=1, least_count=1) == (("apple", 2),)


# --- what an answer is about ----------------------------------------------------------------------


def test_a_text_is_about_its_content_words() -> None:
    """Small words, filled pauses and numbers say nothing of it."""
    asked = written_words("How would the two of you, um, have planned that office?")
    assert [word.text for word in content_words(asked)] == ["planned", "office?"]


@pytest.mark.parametrize(("one", "other"), [("planned", "plan"), ("offices", "office"), ("shaping", "shape")])
def test_a_word_meets_itself_whatever_its_ending(one: str, other: str) -> None:
    """The commonest endings, no more."""
    assert content_roots(written_words(one)) == content_roots(written_words(other)) != frozenset()


def test_written_words_stand_at_their_places() -> None:
    """They have no times."""
    assert [(word.text, word.start_s, word.end_s) for word in written_words("So it\nwent.")] == [
        ("So", 0.0, 1.0),
        ("it", 1.0, 2.0),
        ("went.", 2.0, 3.0),
    ]
