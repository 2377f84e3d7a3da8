"""The transcript of a page: what is marked, and where paragraphs begin."""

from __future__ import annotations

from dataclasses import replace

from builders import delivery, filler, span, words

from mockint.model import Delivery, FillerKind
from mockint.pages.review_marks import HEDGE, LONG_PAUSE, SHORT_PAUSE, MarkSettings, paragraphs_of, tokens_of

LONG_PAUSE_S = 2.0


def shown(spoken: Delivery) -> list[list[str]]:
    """The paragraphs as words and marks, easy to read."""
    return [
        [
            f"{piece.mark or 'plain'}: {' '.join(token.text for token in piece.tokens) or piece.pause_s}"
            for piece in paragraph.pieces
        ]
        for paragraph in paragraphs_of(spoken, tokens_of(spoken), LONG_PAUSE_S, MarkSettings())
    ]


def test_fillers_and_hedges_are_marked_where_they_were_said() -> None:
    """Words of one filler share one mark."""
    said = words("um you know maybe yes")
    marker = replace(filler(said[1], FillerKind.DISCOURSE_MARKER), text="you know", end_s=said[2].end_s)
    spoken = delivery(words=said, fillers=(filler(said[0]), marker), hedges=(said[3],))
    assert shown(spoken) == [["filled_pause: um", "discourse_marker: you know", f"{HEDGE}: maybe", "plain: yes"]]


def test_a_neighbour_inside_the_time_of_a_hedge_is_none() -> None:
    """As words are timed, a short one may begin and end within the next."""
    for_, about, so, i = words("for about so I")
    for_ = replace(for_, start_s=about.start_s, end_s=about.end_s - 0.1)
    i = replace(i, start_s=so.start_s + 0.1, end_s=so.end_s)
    marker = filler(so, FillerKind.DISCOURSE_MARKER)
    spoken = delivery(words=(for_, about, so, i), fillers=(marker,), hedges=(about,))
    assert shown(spoken) == [["plain: for", f"{HEDGE}: about", "discourse_marker: so", "plain: I"]]


def test_two_fillers_in_a_row_are_two_marks() -> None:
    """Each can be disputed by itself."""
    said = words("um um")
    assert shown(delivery(words=said, fillers=tuple(map(filler, said)))) == [["filled_pause: um", "filled_pause: um"]]


def test_a_filler_that_no_word_stands_for_is_shown_too() -> None:
    """It was found in the sound alone."""
    [um] = words("um", start_s=0.6)
    spoken = delivery(words=words("one two") + words("three", start_s=0.9), fillers=(filler(um),))
    assert shown(spoken) == [["plain: one", "plain: two", "filled_pause: um", "plain: three"]]


def test_pauses_of_a_second_are_shown_and_long_ones_stand_out() -> None:
    """Shorter ones are part of fluent speech."""
    said = words("one") + words("two", start_s=0.8) + words("three", start_s=2.5) + words("four", start_s=5.0)
    spoken = delivery(words=said, pauses=(span(0.3, 0.8), span(1.1, 2.5), span(2.8, 5.0)))
    [line] = shown(spoken)
    assert [piece.partition(":")[0] for piece in line] == ["plain", "plain", SHORT_PAUSE, "plain", LONG_PAUSE, "plain"]


def test_a_paragraph_ends_with_a_sentence_and_a_long_pause() -> None:
    """A long pause in mid-sentence is no new paragraph."""
    said = words("one. two") + words("three.", start_s=3.0) + words("four", start_s=6.0)
    spoken = delivery(words=said, pauses=(span(0.6, 3.0), span(3.3, 6.0)))
    paragraphs = paragraphs_of(spoken, tokens_of(spoken), LONG_PAUSE_S, MarkSettings())
    assert [paragraph.start for paragraph in paragraphs] == ["0:00", "0:06"]


def test_talk_without_a_pause_has_paragraphs_too() -> None:
    """At the end of a sentence, once there are many words."""
    spoken = delivery(words=words("nine words make one sentence here and that ends. " * 20))
    assert [len(paragraph.pieces) for paragraph in paragraphs_of(spoken, tokens_of(spoken), 2.0, MarkSettings())] == [
        72,
        72,
        36,
    ]
