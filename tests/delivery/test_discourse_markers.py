"""Discourse markers: the word does no work. The same word at work is left alone."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockint.delivery.discourse_markers import MarkerSettings, find_discourse_markers, weigh_uses
from mockint.delivery.marker_cues import CUES, REACH, Surroundings
from mockint.delivery.marker_weights import BIAS, WEIGHTS
from mockint.model import Evidence, FillerKind, Span, Word

LABELLED = Path(__file__).parents[3] / "shared" / "eval" / "text" / "markers_dev.jsonl"
ANY_WORDS = ["like", "so", "you", "know", "I", "mean", "um,", "well.", "right?", "kind", "of", "a", "th-", "5"]


def said(text: str) -> list[Word]:
    """Each word takes half a second."""
    return [Word(text=word, start_s=i / 2, end_s=(i + 1) / 2) for i, word in enumerate(text.split())]


def markers(text: str) -> list[str]:
    return [marker.text for marker in find_discourse_markers(said(text), ())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("we had, like, two hundred", ["like,"]),
        ("it was like really hard", ["like"]),
        ("you could like build a tool", ["like"]),
        ("and like my manager was away", ["like"]),
        ("So, my name is Ada.", ["So,"]),
        ("Okay, so my last job was in sales.", ["Okay,", "so"]),
        ("Well, that was hard.", ["Well,"]),
        ("and well, it broke", ["well,"]),
        ("I think well, we could wait", ["well,"]),
        ("we asked, well, everybody", ["well,"]),
        ("we cut the scope, you know, and shipped it", ["you know,"]),
        ("I mean, they were kind of upset.", ["I mean,", "kind of"]),
        ("it was sort of confusing", ["sort of"]),
        ("we basically started again", ["basically"]),
        ("it was a ticket, or something", ["or something"]),
        ("dashboards and stuff", ["and stuff"]),
        ("a spreadsheet or whatever", ["or whatever"]),
        ("Honestly, nobody knew. Anyway, we shipped it.", ["Honestly,", "Anyway,"]),
        ("You see, the data was wrong.", ["You see,"]),
        ("the case is flat, right? It is curved", ["right?"]),
        ("I'll just go over the numbers", ["just"]),
    ],
)
def test_a_word_that_does_no_work_is_a_marker(text: str, expected: list[str]) -> None:
    """Each of these could be left out without loss."""
    assert markers(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "I like my team",
        "I really like testing",
        "I would like to lead",
        "they don't like it",
        "it looks like rain",
        "I felt like a fraud",
        "something like that",
        "but like I said",
        "it took like five months",
        "we did it so that they could sleep",
        "it was so expensive",
        "I think so.",
        "it went well.",
        "I know the product well.",
        "we planned it well, and it worked out well and on time",
        "I hope that you are well.",
        "is that right?",
        "You know that we won.",
        "they like it and you know it.",
        "we did that as well.",
        "I know Java as well as Python",
        "that is right.",
        "I need it right away",
        "turn right at the door",
        "is it okay if we wait",
        "what kind of job was it",
        "some kind of report",
        "that sort of thing",
        "do you know him",
        "that is what I mean.",
        "or something like that",
        "did you see the data",
        "it is just the beginning",
        "we didn't actually ship it",
    ],
)
def test_the_same_word_at_work_is_none(text: str) -> None:
    """Verbs, comparisons, degrees, kinds and questions need their words."""
    assert markers(text) == []


def test_a_marker_has_the_time_of_its_words_and_the_evidence_of_the_transcript() -> None:
    """Two words make one marker, from the start of the first to the end of the last."""
    [marker] = find_discourse_markers(said("they said, you know, no"), ())

    assert (marker.start_s, marker.end_s) == (1.0, 2.0)
    assert marker.kind is FillerKind.DISCOURSE_MARKER
    assert marker.evidence is Evidence.TRANSCRIPT


@pytest.mark.parametrize(("spelling", "target"), [("kinda", "kind of"), ("ok,", "okay"), ("y'know", "you know")])
def test_spellings_of_a_target_are_known(spelling: str, target: str) -> None:
    """What recognisers write differently is one word to the rules."""
    [use] = weigh_uses(said(f"{spelling} um"), (), MarkerSettings())

    assert use.target == target


def test_filled_pauses_are_stepped_over() -> None:
    """A verb stays a verb with an um before it."""
    assert markers("I really ummm like uh testing") == markers("I really like testing") == []


def test_a_filled_pause_beside_a_word_makes_a_marker_likelier() -> None:
    """Fillers come in clusters."""
    [without] = weigh_uses(said("the result like a table"), (), MarkerSettings())
    [with_um] = weigh_uses(said("the result um like a table"), (), MarkerSettings())

    assert with_um.confidence > without.confidence


def test_a_word_that_was_cut_off_is_stepped_over() -> None:
    """The subject of "like" is found behind the stutter."""
    assert markers("I w- like testing") == []


def test_punctuation_is_not_needed() -> None:
    """A recogniser that writes neither commas nor capitals gets the same answer."""
    assert markers("and i mean it was like really hard you know") == ["i mean", "like", "you know"]


def test_a_long_silence_begins_a_sentence() -> None:
    """After a silence "so" opens what comes; in mid-sentence, before a pronoun, it more likely tells a result."""
    words = said("it broke so they called us")
    [running] = weigh_uses(words, (), MarkerSettings())
    words = words[:2] + [Word(text=w.text, start_s=w.start_s + 2, end_s=w.end_s + 2) for w in words[2:]]
    [after_silence] = weigh_uses(words, [Span(start_s=1.0, end_s=3.0)], MarkerSettings())

    assert after_silence.confidence > running.confidence


def test_uses_below_the_least_confidence_are_left_out() -> None:
    """The threshold is the caller's to set."""
    words = said("I think so.")

    assert find_discourse_markers(words, ()) == ()
    assert len(find_discourse_markers(words, (), MarkerSettings(least_confidence=0.0))) == 1


def test_no_words_hold_no_markers() -> None:
    """An empty transcript is fine."""
    assert find_discourse_markers([], ()) == ()


def test_every_cue_of_every_target_has_a_weight() -> None:
    """The table and the rules name the same cues."""
    nothing = Surroundings(
        before=("",) * REACH,
        after=("",) * REACH,
        comma_before=False,
        comma_after=False,
        break_before=True,
        break_after=True,
        question_before=False,
        question_after=False,
        filled_pause_before=False,
        filled_pause_after=False,
        cut_off_after=False,
        next_ends_sentence=False,
        alone=True,
    )

    assert {target: {BIAS, *cues(nothing)} for target, cues in CUES.items()} == {
        target: set(weights) for target, weights in WEIGHTS.items()
    }


@given(st.lists(st.sampled_from(ANY_WORDS), max_size=30))
def test_any_words_give_markers_in_order_with_a_chance_between_0_and_1(texts: list[str]) -> None:
    """No order of words upsets the rules."""
    found = find_discourse_markers(said(" ".join(texts)), ())

    assert list(found) == sorted(found, key=lambda marker: marker.start_s)
    assert all(0.5 <= marker.confidence <= 1 for marker in found)
    assert all(a.end_s <= b.start_s for a, b in pairwise(found))


@pytest.mark.skipif(not LABELLED.exists(), reason="the labelled rows are not part of the repository")
def test_most_labelled_uses_are_told_right() -> None:
    """On uses in meetings that people have labelled, nine in ten decisions agree."""
    rows = [json.loads(line) for line in LABELLED.read_text(encoding="utf-8").splitlines()]
    right = 0
    for row in rows:
        before, words = said(row["left"]), said(f"{row['left']} {row['text']} {row['right']}")
        found = {marker.start_s for marker in find_discourse_markers(words, ())}
        right += (len(before) / 2 in found) == (row["label"] == "discourse_marker")

    assert right / len(rows) >= 0.9
