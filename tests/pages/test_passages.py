"""Two transcripts in passages that stand beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builders import delivery, span, words
from hypothesis import given
from hypothesis import strategies as st

from mockint.pages.passages import PassageSettings, aligned, passages_of
from mockint.pages.review_marks import MarkSettings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mockint.model import Delivery
    from mockint.pages.passages import Passage, Side

LONG_PAUSE_S = 2.0
SHORT = PassageSettings(fewest_words=4, most_words=8, paragraph_words=6)


def cut(before: Delivery, after: Delivery) -> tuple[Passage, ...]:
    runs = aligned(before, after)
    return passages_of(before, after, runs, long_pause_s=LONG_PAUSE_S, marks=MarkSettings(), settings=SHORT)


def shown(side: Side | None) -> list[str]:
    """The paragraphs of one side, what was not kept in brackets."""
    if side is None:
        return []
    return [
        " ".join(
            text if segment.kept else f"[{text}]"
            for segment in paragraph
            for text in [
                " ".join(
                    f"({piece.pause_s:g})" if piece.pause_s is not None else piece.tokens[0].text
                    for piece in segment.pieces
                )
            ]
        )
        for paragraph in side.paragraphs
    ]


def test_a_passage_ends_with_a_sentence_that_was_kept() -> None:
    """So that both takes say the same at its beginning, and what was dropped stands beside what was added."""
    before = delivery(words=words("I led a small team. It went well. We were late by then."))
    after = delivery(words=words("I led a big team. It went well. We were in time."))
    assert [(shown(passage.before), shown(passage.after)) for passage in cut(before, after)] == [
        (["I led a [small] team."], ["I led a [big] team."]),
        (["It went well. We were [late by then.]"], ["It went well. We were [in time.]"]),
    ]


def test_what_only_one_take_has_stands_alone() -> None:
    """In paragraphs, where it is long; with its pauses."""
    said = words("One two three four five six. Seven eight.")
    talkative = delivery(words=said, pauses=(span(0.29, 2.59),))
    silent = delivery(words=(), pauses=())
    [passage] = cut(silent, talkative)
    assert passage.before is None
    assert shown(passage.after) == ["[One (2.3) two three four five six.]", "[Seven eight.]"]
    assert cut(silent, silent) == ()


TEXTS = st.lists(st.sampled_from(["I", "led.", "a", "team", "um", "the?", "end."]), max_size=40).map(" ".join)


@given(TEXTS, TEXTS)
def test_every_word_is_in_one_passage(before: str, after: str) -> None:
    """In order, in both takes, wherever they are cut."""
    passages = cut(delivery(words=words(before)), delivery(words=words(after)))
    assert _texts(passage.before for passage in passages) == before.split()
    assert _texts(passage.after for passage in passages) == after.split()


def _texts(sides: Iterable[Side | None]) -> list[str]:
    return [
        token.text
        for side in sides
        if side is not None
        for paragraph in side.paragraphs
        for segment in paragraph
        for piece in segment.pieces
        for token in piece.tokens
    ]
