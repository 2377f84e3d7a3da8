"""The card after an answer."""

from __future__ import annotations

from datetime import datetime, timezone

from builders import delivery, filler, question, span, words

from mockint.adapted import Adaptation, adapted
from mockint.model import CountInterval, Delivery, FillerKind, Pace, Result, Take
from mockint.pages.card import card, reason_lines, result_lines
from mockint.progress import OwnBand
from mockint.scoring import METHOD, score, ungraded
from mockint.typed import judge_typed

OWN_BANDS = {
    "pace": OwnBand(median=140, low=130, high=150.4, take_count=9),
    "fillers": OwnBand(median=11, low=10.1, high=12.4, take_count=9),
    "long pauses": OwnBand(median=0.5, low=0, high=1.25, take_count=9),
    "length": OwnBand(median=80, low=70, high=100, take_count=9),
}


def stumbling() -> Delivery:
    """An answer with many fillers, a long pause and three caveats."""
    said = words("um " * 15 + "like " * 5 + "word " * 100)
    fillers = [filler(word) for word in said[:15]] + [filler(word, FillerKind.DISCOURSE_MARKER) for word in said[15:20]]
    return delivery(
        words=said,
        fillers=tuple(fillers),
        filled_pause_count=CountInterval(count=15, at_least=13, low=14, high=18),
        pauses=(span(10, 14),),
        caveats=("One. " * 20, "Two.", "Three."),
    )


def take(spoken: Delivery) -> Take:
    asked = question(text="What did you do about it, and why? " * 4)
    return Take(
        id=1234,
        uid="4f2a",
        session_id=1,
        question=asked,
        asked_at=datetime(2026, 3, 1, tzinfo=timezone.utc),
        duration_s=spoken.duration_s,
        audio=None,
        dropped_block_count=0,
        result=Result(delivery=spoken, score=score(spoken, asked)),
    )


def shown(spoken: Delivery, *, graded: bool = True) -> list[str]:
    result = Result(delivery=spoken, score=score(spoken, question()))
    return [line.plain for line in result_lines(result if graded else ungraded(result), OWN_BANDS)]


def test_at_most_ten_lines_of_eighty_columns() -> None:
    """Also with everything that a card can hold."""
    lines = card(take(stumbling()), OWN_BANDS)
    assert len(lines) == 10
    assert max(line.cell_len for line in lines) <= 80


def test_the_fillers_line_shows_the_rate_and_the_likely_count() -> None:
    """The count is of um and uh; the rate is of all fillers."""
    assert shown(stumbling())[1].startswith("  Fillers     19.0/100 words, um 14-18")


def test_what_is_usual_for_the_speaker_stands_beside_the_value() -> None:
    """In the place of the gauge, in the units of the measure."""
    lines = [line.plain for line in card(take(delivery()), OWN_BANDS)]
    usual = [line[40:55].strip() for line in lines[1:5]]
    assert usual == ["usual 130-150", "usual 10.1-12.4", "usual 0.0-1.2", "usual 1:10-1:40"]
    assert "usual: for you" in lines[5]


def test_until_something_is_usual_a_gauge_shows_value_and_aim() -> None:
    """# is the value, = the aim."""
    lines = [line.plain for line in card(take(delivery()))]
    assert lines[1] == "  Pace        140 words/min             --------=#==--- aim 125-175   good 30/30"
    assert not any("usual" in line for line in lines)


def test_without_a_grade_there_are_no_points_no_judgement_and_no_total() -> None:
    """The measures stand for themselves."""
    lines = shown(delivery(), graded=False)
    assert lines[0] == "  Pace        140 words/min             usual 130-150   aim 125-175"
    assert not any(word in line for line in lines for word in ("Score", "good", "30/30"))


def test_what_could_not_be_measured_says_so() -> None:
    """With the reason in the place of the value, and a total that says what it is from."""
    spoken = delivery(words=words("too few"), fillers=())
    lines = shown(spoken)
    assert lines[1] == "  Fillers     2 words are too few to tell a rate (20 are needed)."
    assert lines[4].startswith("  Score       40 of 40 from 2 of 4 parts")


def test_where_nobody_spoke_the_reason_stands_once() -> None:
    """In the caveat, and not with every measure again."""
    nobody = delivery(
        answer=None,
        words=(),
        words_known=False,
        filled_pause_count=None,
        pace=Pace(words_per_minute=None, articulation_rate_syll_per_s=None, phonation_time_ratio=None),
        caveats=("Nobody was heard speaking.",),
    )
    assert [line.plain for line in card(take(nobody))[1:]] == [
        *(f"  {name:<12}not measured" for name in ("Pace", "Fillers", "Long pauses", "Length")),
        "  Score       could not be told",
        "! Nobody was heard speaking.",
    ]


def test_each_part_says_why() -> None:
    """In lines that fit the terminal."""
    spoken = stumbling()
    lines = [line.plain for line in reason_lines(Result(delivery=spoken, score=score(spoken, question())))]
    assert lines[0] == "  Pace: 140 words a minute; the aim is 125-175."
    assert "at least 13, likely 14-18" in lines[1]
    assert max(map(len, lines)) <= 80


def test_what_is_not_scored_is_shown_without_a_gauge_and_without_an_aim() -> None:
    """A stammer is nothing that is aimed at."""
    stammer = adapted(METHOD, Adaptation(stammer=True))
    spoken = stumbling()
    lines = result_lines(Result(delivery=spoken, score=score(spoken, question(), stammer)), OWN_BANDS)
    assert lines[1].plain == "  Fillers     19.0/100 words, um 14-18  shown, not scored"
    assert "from 2 of 4 parts   method 1+stammer" in lines[4].plain


def test_a_typed_answer_says_once_what_is_not_measured() -> None:
    """Also on a card of at most ten lines of eighty columns."""
    text = "I think we, like, moved the office, and maybe the office moved us. Perhaps the office. " * 20
    lines = [line.plain for line in result_lines(judge_typed(text, question(), METHOD, duration_s=60.0))]
    assert lines[0].startswith("  Words       320 words")
    assert lines[1] == "  Not measured, as it was typed: pace, fillers, long pauses, length."
    assert "office 60, moved 40" in lines[5]
    assert len(lines) <= 9
    assert max(map(len, lines)) <= 80


def test_how_long_it_took_to_begin_is_told_and_never_scored() -> None:
    """To think before an answer is no fault."""
    spoken = delivery(response_latency_s=3.25)
    lines = reason_lines(Result(delivery=spoken, score=score(spoken, question())))
    assert lines[-1].plain == "  Before your first word: 3.2 s. Shown, never scored."
    assert score(spoken, question()) == score(delivery(), question())


def test_what_was_said_again_is_told_with_its_times_and_never_scored() -> None:
    """It belongs to a stammer, and to speaking at all."""
    spoken = delivery(repeats=(span(12, 13), span(31, 32)))
    lines = reason_lines(Result(delivery=spoken, score=score(spoken, question())))
    assert lines[-1].plain == "  Repeats and restarts: 2, at 0:12, 0:31. Shown, never scored."
    assert score(spoken, question()).parts == score(delivery(), question()).parts
