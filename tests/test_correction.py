"""What the person corrects, and what becomes of the figures."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
from builders import WORD_S, delivery, filler, span, words
from hypothesis import example, given
from hypothesis import strategies as st

from mockint.correction import (
    add_filler,
    apply_corrections,
    change_word,
    delete_word,
    dispute_filler,
    in_force,
    insert_word,
    undo,
)
from mockint.errors import UsageProblem
from mockint.model import Correction, CorrectionKind, CountInterval, Delivery, Evidence, FillerKind


def spoken(text: str, *, start_s: float = 0.0) -> Delivery:
    """An answer of these words, each um among them a filled pause, as the measures would find it."""
    said = words(text, start_s)
    ums = tuple(filler(word, confidence=0.8) for word in said if word.text == "um")
    plain = delivery(
        words=said,
        fillers=ums,
        duration_s=start_s + len(said) * WORD_S,
        answer=span(start_s, start_s + len(said) * WORD_S),
        filled_pause_count=CountInterval(count=len(ums), at_least=0, low=0, high=2),
    )
    return apply_corrections(plain, [NOTHING])


NOTHING = Correction(kind=CorrectionKind.WORD_DELETED, start_s=0, end_s=0.1, old_text="neversaid")
"""Changes no word, but has everything measured."""


def text_of(delivery: Delivery) -> str:
    return " ".join(word.text for word in delivery.words)


def fillers_of(delivery: Delivery) -> list[tuple[str, FillerKind, float, Evidence]]:
    return [(filler.text, filler.kind, filler.confidence, filler.evidence) for filler in delivery.fillers]


# --- words ----------------------------------------------------------------------------------------


def test_a_changed_word_keeps_its_place() -> None:
    """The text is the person's; nobody knows better than the recogniser when it was said."""
    heard = spoken("I like to right books")
    corrected = apply_corrections(heard, [change_word(heard, 1.0, "write")])
    assert text_of(corrected) == "I like to write books"
    assert [word.start_s for word in corrected.words] == [word.start_s for word in heard.words]
    assert corrected.words[3].confidence is None


def test_one_word_can_become_several() -> None:
    """They share its time, and the speech rate counts them."""
    heard = spoken("the frontend of it")
    corrected = apply_corrections(heard, [change_word(heard, 0.4, "front end")])
    assert text_of(corrected) == "the front end of it"
    assert (heard.pace.words_per_minute, corrected.pace.words_per_minute) == pytest.approx((200, 250))


def test_a_deleted_word_is_gone_from_the_rate() -> None:
    """What was never said is not counted."""
    heard = spoken("thank you thank you")
    corrected = apply_corrections(heard, [delete_word(heard, 0.7), delete_word(heard, 1.0)])
    assert text_of(corrected) == "thank you"
    assert corrected.pace.words_per_minute == pytest.approx(100)


def test_an_inserted_word_stands_where_it_was_said() -> None:
    """Between the words before and after it."""
    heard = spoken("we finished early")
    assert text_of(apply_corrections(heard, [insert_word(heard, 0.59, "two weeks")])) == "we finished two weeks early"


def test_everything_that_hangs_on_words_follows() -> None:
    """Hedges, repeats, most used words and markers are found again by the same rules."""
    heard = spoken("may be we tested the tested test")
    once = change_word(heard, 0.1, "maybe")
    corrected = apply_corrections(heard, [once, delete_word(heard, 0.4), change_word(heard, 1.3, "tested")])
    assert text_of(corrected) == "maybe we tested tested tested test"
    assert [hedge.text for hedge in corrected.hedges] == ["maybe"]
    assert corrected.most_used_words == (("tested", 3),)
    assert len(corrected.repeats) == 1


def test_what_the_sound_tells_stays() -> None:
    """A correction is of words: pauses, answer and caveats are as before."""
    heard = replace(spoken("we did it"), pauses=(span(0.2, 0.5),), caveats=("Quiet.",))
    corrected = apply_corrections(heard, [change_word(heard, 0.1, "they")])
    assert (corrected.pauses, corrected.answer, corrected.caveats) == (heard.pauses, heard.answer, heard.caveats)
    assert corrected.engine == heard.engine


# --- fillers --------------------------------------------------------------------------------------


def test_a_disputed_um_is_gone_with_its_word() -> None:
    """It was no sound at all, so it is no word either."""
    heard = spoken("then um we did um it")
    corrected = apply_corrections(heard, [dispute_filler(heard, 0.5)])
    assert text_of(corrected) == "then we did um it"
    assert corrected.filled_pause_count is not None
    assert [filler.text for filler in corrected.fillers] == ["um"]
    assert corrected.filled_pause_count.count == 1


def test_a_disputed_marker_is_a_word_again() -> None:
    """The word was said, and did work."""
    heard = spoken("it was like, you know, huge")
    before = [filler.text for filler in heard.fillers]
    assert "like," in before
    corrected = apply_corrections(heard, [dispute_filler(heard, 0.7)])
    assert text_of(corrected) == text_of(heard)
    assert [filler.text for filler in corrected.fillers] == [text for text in before if text != "like,"]


def test_an_um_that_was_really_a_word() -> None:
    """Changing it takes the filled pause away."""
    heard = spoken("here I um today")
    corrected = apply_corrections(heard, [change_word(heard, 0.7, "am")])
    assert (text_of(corrected), corrected.fillers) == ("here I am today", ())


def test_an_um_that_nobody_heard_is_added_for_sure() -> None:
    """It becomes a word of the transcript, and the count says at least one."""
    heard = spoken("we did it")
    corrected = apply_corrections(heard, [add_filler(heard, 0.25, "uh")])
    assert text_of(corrected) == "we uh did it"
    assert fillers_of(corrected) == [("uh", FillerKind.FILLED_PAUSE, 1.0, Evidence.PERSON)]
    assert corrected.filled_pause_count is not None
    assert (corrected.filled_pause_count.count, corrected.filled_pause_count.at_least) == (1, 1)
    assert corrected.pace.words_per_minute == heard.pace.words_per_minute


def test_an_um_that_was_heard_can_be_confirmed() -> None:
    """Nothing is doubled; it is only sure now."""
    heard = spoken("so um we did it")
    corrected = apply_corrections(heard, [add_filler(heard, 0.4, "um")])
    assert text_of(corrected) == text_of(heard)
    assert ("um", FillerKind.FILLED_PAUSE, 1.0, Evidence.PERSON) in fillers_of(corrected)
    assert len(corrected.fillers) == len(heard.fillers)


def test_a_word_that_did_no_work_is_added_as_a_marker() -> None:
    """Also a phrase; its words stay."""
    heard = spoken("the plan basically failed at the end of the day")
    added = [add_filler(heard, 0.7, "basically"), add_filler(heard, 2.0, "at the end of the day")]
    corrected = apply_corrections(heard, added)
    assert text_of(corrected) == text_of(heard)
    markers = [(filler.text, filler.confidence) for filler in corrected.fillers]
    assert markers == [("basically", 1.0), ("at the end of the day", 1.0)]


def test_the_last_word_holds() -> None:
    """What was added can be disputed, and what was disputed can be added."""
    heard = spoken("it was like, huge")
    disputed = dispute_filler(heard, 0.7)
    added = add_filler(heard, 0.7, "like")
    assert apply_corrections(heard, [disputed, added]).fillers[0].evidence is Evidence.PERSON
    assert apply_corrections(heard, [added, disputed]).fillers == ()


# --- the place that is meant ----------------------------------------------------------------------


def test_the_nearest_word_within_a_second_is_meant() -> None:
    """Times are read off a screen: a little beside is near enough."""
    heard = spoken("one two three", start_s=10)
    assert [change_word(heard, at_s, "x").old_text for at_s in (9.1, 10.2, 10.4, 11.8)] == [
        "one",
        "one",
        "two",
        "three",
    ]


def test_the_word_that_begins_at_the_time_shown_is_meant() -> None:
    """Two begins at 10.34 and is shown at 0:10.3, where one has not ended yet."""
    heard = delivery(words=(*words("one", start_s=10.04), *words("two", start_s=10.34)), duration_s=11)
    assert change_word(heard, 10.3, "x").old_text == "two"


def test_where_there_is_nothing_near_it_is_said() -> None:
    """With the time of what comes nearest."""
    heard = spoken("one um three", start_s=10)
    with pytest.raises(UsageProblem, match=r"There is no word within 1 s of 0:05\.0") as caught:
        change_word(heard, 5, "x")
    assert caught.value.hint.startswith("The nearest begins at 0:10.0.")
    with pytest.raises(UsageProblem, match="There is no filler in this take"):
        dispute_filler(spoken("one two"), 0.1)
    with pytest.raises(UsageProblem, match=r'"like" was not heard within 1 s of 0:10\.0'):
        add_filler(heard, 10, "like")
    with pytest.raises(UsageProblem, match=r"The take ends at 0:10\.9"):
        insert_word(heard, 11, "x")
    with pytest.raises(UsageProblem, match="at least one letter"):
        change_word(heard, 10, " ")


# --- another recogniser's words -------------------------------------------------------------------


def test_corrections_hold_for_words_that_another_engine_placed_a_little_beside() -> None:
    """They hang on time and text, not on one result."""
    corrections = [change_word(spoken("to right books"), 0.4, "write")]
    assert text_of(apply_corrections(spoken("to right books", start_s=0.3), corrections)) == "to write books"


def test_what_another_engine_heard_right_is_left_alone() -> None:
    """Nothing is doubled or lost."""
    first = spoken("so to right books")
    corrections = [
        change_word(first, 0.7, "write"),
        delete_word(first, 0.1),
        insert_word(first, 0.95, "good"),
        add_filler(first, 0.3, "um"),
    ]
    better = spoken("um to write good books")
    assert text_of(apply_corrections(better, corrections)) == "um to write good books"


def test_what_another_engine_misheard_differently_is_corrected_too() -> None:
    """The words that stand in the place are replaced."""
    corrections = [change_word(spoken("to right books"), 0.4, "write")]
    assert text_of(apply_corrections(spoken("to rye books"), corrections)) == "to write books"


# --- taking back ----------------------------------------------------------------------------------


def test_undo_takes_back_the_newest_that_holds() -> None:
    """Twice takes back two; what then remains is what holds."""
    heard = spoken("one two three")
    made = [change_word(heard, 0.1, "a"), change_word(heard, 0.4, "b"), change_word(heard, 0.7, "c")]
    once = [*made, undo(made)]
    twice = [*once, undo(once)]
    assert (in_force(once), in_force(twice)) == (tuple(made[:2]), tuple(made[:1]))
    assert text_of(apply_corrections(heard, twice)) == "a two three"


def test_with_everything_taken_back_the_delivery_is_as_it_was_heard() -> None:
    """The very same."""
    heard = spoken("one two three")
    made = [change_word(heard, 0.1, "a")]
    assert apply_corrections(heard, [*made, undo(made)]) == heard
    with pytest.raises(UsageProblem, match="no correction to take back"):
        undo([*made, undo(made)])


# --- always ---------------------------------------------------------------------------------------


def correction_of(heard: Delivery, what: str, at_s: float, text: str) -> Correction:
    match what:
        case "change":
            return change_word(heard, at_s, text)
        case "delete":
            return delete_word(heard, at_s)
        case "insert":
            return insert_word(heard, at_s, text)
        case "dispute":
            return dispute_filler(heard, at_s)
        case _:
            return add_filler(heard, at_s, text)


EDITS = st.tuples(
    st.sampled_from(["change", "delete", "insert", "dispute", "add"]),
    st.floats(0, 5),
    st.sampled_from(["um", "a b", "like"]),
)


@given(st.lists(EDITS, max_size=6), st.sampled_from([0.0, 0.2, 3.0]))
@example([("insert", 1.5, "a b"), ("change", 1.625, "a b")], 0.0)
def test_whatever_is_corrected_words_stay_in_order_and_every_filled_pause_has_its_word(
    edits: list[tuple[str, float, str]], later_s: float
) -> None:
    """Also where the corrections are laid over what another engine heard, a little or a lot later."""
    text = "so um we like did um it and like that um right you know the end of it"
    heard = spoken(text)
    made: list[Correction] = []
    for what, at_s, said in edits:
        with suppress(UsageProblem):
            made.append(correction_of(apply_corrections(heard, made), what, at_s, said))
    corrected = apply_corrections(spoken(text, start_s=later_s), made)
    starts = [word.start_s for word in corrected.words]
    assert starts == sorted(starts)
    places = {(word.start_s, word.end_s) for word in corrected.words}
    sounds = [filler for filler in corrected.fillers if filler.kind is FillerKind.FILLED_PAUSE]
    assert all((filler.start_s, filler.end_s) in places for filler in sounds)
    assert corrected.filled_pause_count is not None
    assert corrected.filled_pause_count.count == len(sounds)
