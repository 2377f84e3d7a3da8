"""Two transcripts beside each other."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockint.alignment import align, kept_share


def test_long_transcripts_are_aligned_like_short_ones() -> None:
    """Common words are kept where they stand beside rarer ones."""
    sentence = "the {0} and the {1} of the {2} "
    before = "".join(sentence.format(f"a{i}", f"b{i}", f"c{i}") for i in range(200)).split()
    after = [*before[:700], "something", "else", *before[700:]]
    assert [(run.kept, len(run.before), len(run.after)) for run in align(before, after)] == [
        (True, 700, 700),
        (False, 0, 2),
        (True, 900, 900),
    ]


TEXTS = st.lists(st.sampled_from(["I", "led", "a", "team", "um", "the", "and"]), max_size=30)


def shown(before: str, after: str) -> list[str]:
    """The runs as text, easy to read: what was kept, or what was dropped -> what was added."""
    one, other = before.split(), after.split()
    lines = []
    for run in align(one, other):
        left, right = " ".join(one[i] for i in run.before), " ".join(other[i] for i in run.after)
        lines.append(f"= {left}" if run.kept else f"{left} -> {right}")
    return lines


def test_kept_dropped_and_added_words_are_told_apart() -> None:
    """Case and punctuation do not matter."""
    assert shown(
        "I led a team of five people, and um we finished early.",
        "I managed a team of five people and we finished two weeks Early",
    ) == [
        "= I",
        "led -> managed",
        "= a team of five people, and",
        "um -> ",
        "= we finished",
        " -> two weeks",
        "= early.",
    ]


def test_words_that_are_alike_by_chance_were_not_kept() -> None:
    """Two answers that have but "the" and "and" in common are two answers."""
    before, after = "Tell me about the thing and the other was good", "We went to the sea and saw the boat in the sun"
    assert shown(before, after) == [f"{before} -> {after}"]


@pytest.mark.parametrize(
    ("before", "after", "runs", "share"),
    [
        ("", "", [], None),
        ("", "a b", [" -> a b"], 0.0),
        ("a b", "", ["a b -> "], 0.0),
        ("a b", "a b", ["= a b"], 1.0),
        ("a b c d", "a b", ["= a b", "c d -> "], 4 / 6),
    ],
)
def test_the_share_that_was_kept(before: str, after: str, runs: list[str], share: float | None) -> None:
    """Of the words of both; unknown where there are none."""
    assert shown(before, after) == runs
    assert kept_share(align(before.split(), after.split())) == share


@given(TEXTS, TEXTS)
def test_every_word_is_in_one_run_and_kept_ones_are_the_same(before: list[str], after: list[str]) -> None:
    """In order, on both sides; kept runs and others take turns."""
    runs = align(before, after)
    assert [i for run in runs for i in run.before] == list(range(len(before)))
    assert [i for run in runs for i in run.after] == list(range(len(after)))
    assert all([before[i] for i in run.before] == [after[i] for i in run.after] for run in runs if run.kept)
    assert all(one.kept != other.kept for one, other in pairwise(runs))
