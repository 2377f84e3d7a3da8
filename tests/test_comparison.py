"""Two takes side by side: what is a real difference, and what is noise."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from random import Random

import pytest
from builders import WORD_S, delivery, filler, question, span
from chance import spoken_by_chance

from mockint.comparison import Basis, Change, Comparison, Judgement, OtherTakes, compare
from mockint.delivery.pace import measure_pace
from mockint.model import Delivery, FillerKind, Question, Result, Take, Word
from mockint.progress import Direction
from mockint.scoring import METHOD, ScoringMethod, score
from mockint.typed import judge_typed

NOON = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)


def take(number: int, spoken: Delivery | None, asked: Question | None = None, method: ScoringMethod = METHOD) -> Take:
    """Takes are asked in the order of their numbers."""
    asked = asked or question()
    return Take(
        id=number,
        uid=f"uid {number}",
        session_id=1,
        question=asked,
        asked_at=NOON + timedelta(minutes=number),
        duration_s=0.0 if spoken is None else spoken.duration_s,
        audio=None,
        dropped_block_count=0,
        result=None if spoken is None else Result(delivery=spoken, score=score(spoken, asked, method)),
    )


def answer(
    word_count: int,
    duration_s: float = 90.0,
    *,
    fillers: int = 0,
    unsure: int = 0,
    long_pauses: int = 0,
) -> Delivery:
    """Words at an even pace; every fifth of the first ones is a filler; pauses of 3 s, wherever."""
    step_s = duration_s / word_count
    said = tuple(
        Word(text="word", start_s=i * step_s, end_s=i * step_s + min(step_s, WORD_S)) for i in range(word_count)
    )
    markers = [filler(word, FillerKind.DISCOURSE_MARKER) for word in said[: 5 * (fillers + unsure) : 5]]
    pauses = tuple(span(5.0 * i, 5.0 * i + 3) for i in range(long_pauses))
    whole = span(0, duration_s)
    return delivery(
        duration_s=duration_s,
        answer=whole,
        words=said,
        fillers=(*markers[:fillers], *(replace(marker, confidence=0.6) for marker in markers[fillers:])),
        pauses=pauses,
        pace=measure_pace(whole, said, pauses),
    )


def change(found: Comparison, name: str) -> Change:
    [one] = [change for change in found.changes if change.name == name]
    return one


# --- what is real ---------------------------------------------------------------------------------


def test_many_fewer_fillers_are_a_real_change_for_the_better() -> None:
    """20 in 200 words, then 3: chance seldom does that, even among four measures."""
    found = compare(take(1, answer(200, fillers=20)), take(2, answer(200, fillers=3)))
    fillers = change(found, "fillers")
    assert (fillers.judgement, fillers.direction, fillers.basis) == (Judgement.REAL, Direction.BETTER, Basis.RATES)
    assert fillers.why == "20 hesitations with fillers in 200 words, then 3 in 200."
    assert fillers.p_value is not None
    assert fillers.p_value < 0.002
    assert found.real == (fillers,)


def test_a_few_fewer_are_within_noise() -> None:
    """6 and 3 in 200 words: as often as not."""
    fillers = change(compare(take(1, answer(200, fillers=6)), take(2, answer(200, fillers=3))), "fillers")
    assert (fillers.judgement, fillers.direction) == (Judgement.WITHIN_NOISE, Direction.BETTER)


def test_fillers_that_may_be_none_make_nothing_real() -> None:
    """Counted they would be a change, not counted none: the weaker result holds."""
    found = compare(take(1, answer(200, fillers=2)), take(2, answer(200, fillers=2, unsure=20)))
    assert change(found, "fillers").judgement is Judgement.WITHIN_NOISE
    assert change(found, "fillers").why == "2 hesitations with fillers in 200 words, then 2 in 200."


def test_fillers_right_after_each_other_are_one_hesitation() -> None:
    """Twenty ums in one breath are not twenty chance events."""
    spoken = answer(200)
    stuck = replace(spoken, fillers=tuple(map(filler, spoken.words[:20])))
    fillers = change(compare(take(1, stuck), take(2, spoken)), "fillers")
    assert fillers.judgement is Judgement.WITHIN_NOISE
    assert fillers.why == "1 hesitation with fillers in 180 words, then 0 in 200."


def test_a_rate_is_held_against_its_exposure() -> None:
    """As many long pauses in a fourth of the time are many more a minute."""
    found = compare(take(1, answer(600, 360.0, long_pauses=12)), take(2, answer(150, 90.0, long_pauses=12)))
    pauses = change(found, "long pauses")
    assert (pauses.judgement, pauses.direction) == (Judgement.REAL, Direction.WORSE)
    assert pauses.why == "12 in 6:00, then 12 in 1:30."


def test_a_much_faster_pace_is_real_and_a_little_faster_one_is_not() -> None:
    """Words are counted to about 5 %, so that 140 and 155 words a minute may be the same."""
    slow, little, much = (answer(round(1.5 * wpm)) for wpm in (140, 155, 190))
    assert change(compare(take(1, slow), take(2, little)), "pace").judgement is Judgement.WITHIN_NOISE
    faster = change(compare(take(1, slow), take(2, much)), "pace")
    assert (faster.judgement, faster.direction, faster.basis) == (Judgement.REAL, Direction.WORSE, Basis.STRETCHES)


def test_a_pace_that_varies_within_the_takes_is_harder_to_tell_apart() -> None:
    """The same two means, spoken in fits and starts."""
    steady = [answer(round(1.5 * wpm)) for wpm in (140, 190)]
    fitful = [hurried(each) for each in steady]
    even, uneven = (change(compare(take(1, one), take(2, other)), "pace") for one, other in (steady, fitful))
    assert even.p_value is not None
    assert uneven.p_value is not None
    assert even.p_value < uneven.p_value
    assert uneven.judgement is Judgement.WITHIN_NOISE


def hurried(spoken: Delivery) -> Delivery:
    """The same number of words, all of them in the first half of each 20 seconds."""
    moved = tuple(
        replace(word, start_s=at_s, end_s=at_s + 0.1)
        for word in spoken.words
        for at_s in [word.start_s // 20 * 20 + word.start_s % 20 / 2]
    )
    return replace(spoken, words=moved)


def test_a_short_answer_has_a_pace_that_cannot_be_compared() -> None:
    """It says from what length on it can."""
    pace = change(compare(take(1, answer(60, 25.0)), take(2, answer(300))), "pace")
    assert (pace.judgement, pace.p_value) == (Judgement.UNKNOWN, None)
    assert pace.why == "Answers under 30 s are too short to tell how much their pace varies."


# --- what is usual for the speaker ----------------------------------------------------------------

LENGTHS = (60.0, 64.0, 58.0, 62.0, 61.0, 59.0, 63.0)


def test_a_length_is_held_against_the_other_takes() -> None:
    """One answer has one length: alone it tells nothing of noise."""
    one, other = take(1, answer(150, 60.0)), take(2, answer(300, 120.0))
    alone = change(compare(one, other), "length")
    assert (alone.judgement, alone.direction) == (Judgement.UNKNOWN, Direction.NEITHER)
    assert "that takes 3 sessions and 6 other takes" in alone.why
    among_others = change(compare(one, other, OtherTakes(session_count=3, values={"length": LENGTHS})), "length")
    assert (among_others.judgement, among_others.basis) == (Judgement.REAL, Basis.OTHER_TAKES)


@pytest.mark.parametrize(
    "others",
    [
        OtherTakes(session_count=2, values={"length": LENGTHS}),
        OtherTakes(session_count=3, values={"length": LENGTHS[:5]}),
        OtherTakes(session_count=3, values={"length": [60.0] * 9}),
        OtherTakes(session_count=3),
    ],
)
def test_too_little_is_known_of_the_other_takes(others: OtherTakes) -> None:
    """Too few sessions, too few takes, or no difference among them at all."""
    found = compare(take(1, answer(150, 60.0)), take(2, answer(300, 120.0)), others)
    assert change(found, "length").judgement is Judgement.UNKNOWN


def test_a_speaker_who_varies_much_has_fewer_real_changes() -> None:
    """What would be real by the two takes alone is what this one does every other day."""
    one, other = take(1, answer(200, fillers=20)), take(2, answer(200, fillers=3))
    varied = OtherTakes(session_count=4, values={"fillers": [1.0, 12.0, 3.0, 9.0, 2.0, 14.0, 0.5]})
    fillers = change(compare(one, other, varied), "fillers")
    assert (fillers.judgement, fillers.basis) == (Judgement.WITHIN_NOISE, Basis.OTHER_TAKES)
    assert fillers.why == "Held against how far your other 7 takes lie apart."


# --- what stands in the way -----------------------------------------------------------------------

CLEAR = (answer(200, fillers=20), answer(200, fillers=3))


def test_the_earlier_take_comes_first() -> None:
    """Whichever is named first."""
    one, other = take(1, CLEAR[0]), take(2, CLEAR[1])
    assert compare(other, one) == compare(one, other)


def test_takes_heard_by_two_engines_are_not_compared() -> None:
    """One engine hears ums that the other does not."""
    found = compare(take(1, CLEAR[0]), take(2, replace(CLEAR[1], engine="another")))
    assert found.real == ()
    assert {each.judgement for each in found.changes} == {Judgement.UNKNOWN}
    assert found.obstacle is not None
    assert "heard by test engine 1, take 2 by another" in found.obstacle
    assert "mockint data rescore 1 2" in found.obstacle


def test_takes_scored_by_two_methods_are_not_compared() -> None:
    """Nor are takes of a method whose numbers nobody has."""
    own = replace(METHOD, version="1+abc")
    found = compare(take(1, CLEAR[0], method=own), take(2, CLEAR[1]))
    assert (found.real, "scored by method 1+abc, take 2 by method 1" in (found.obstacle or "")) == ((), True)
    gone = compare(take(1, CLEAR[0], method=own), take(2, CLEAR[1], method=own))
    assert (gone.real, "not known any more" in (gone.obstacle or "")) == ((), True)
    assert compare(take(1, CLEAR[0], method=own), take(2, CLEAR[1], method=own), method=own).real != ()


def test_a_take_that_is_not_scored_has_nothing_to_compare() -> None:
    """It says which."""
    found = compare(take(1, None), take(2, CLEAR[1]))
    assert (found.changes, found.obstacle) == (
        (),
        "Nothing was measured in take 1, so nothing can be compared but the sound.",
    )


def test_what_could_not_be_measured_is_unknown() -> None:
    """Without words there is neither a pace nor a filler; pauses and length are there."""
    silent = replace(
        delivery(words=(), words_known=False, filled_pause_count=None, pauses=()),
        pace=replace(delivery().pace, words_per_minute=None),
    )
    found = compare(take(1, silent), take(2, silent))
    assert [each.judgement for each in found.changes] == [
        Judgement.UNKNOWN,
        Judgement.UNKNOWN,
        Judgement.WITHIN_NOISE,
        Judgement.UNKNOWN,
    ]


def test_what_was_typed_is_compared_with_what_was_typed() -> None:
    """In what can be measured of it; with what was spoken it has but the words in common."""
    pair = []
    for number, text in ((1, "I led a team of five people."), (2, "I led a team of six.")):
        result = judge_typed(text, None, METHOD, duration_s=20.0)
        pair.append(replace(take(number, result.delivery), result=result, typed=text))
    assert [each.name for each in compare(pair[0], pair[1]).changes] == ["words"]
    found = compare(pair[0], take(2, CLEAR[1]))
    assert (found.real, found.obstacle) == (
        (),
        "Take 1 was typed and take 2 spoken: nothing in them can be compared but the words.",
    )


def test_two_questions_and_corrections_are_spoken_of() -> None:
    """They do not forbid a comparison. An id that the question had before is the same question."""
    one, other = take(1, CLEAR[0]), take(2, CLEAR[1], question(id="two"))
    assert (compare(one, other).same_question, compare(one, other).notes) == (
        False,
        ("These are two questions: some of what differs may lie in what was asked.",),
    )
    assert compare(one, take(2, CLEAR[1], question(id="two", aliases=("one",)))).same_question
    assert other.result is not None
    corrected = replace(one, result=replace(other.result, corrected=True))
    assert compare(corrected, take(2, CLEAR[1])).notes == (
        "Take 1 has your corrections and take 2 has none: that alone can move fillers.",
    )


# --- how often it is wrong ------------------------------------------------------------------------


@pytest.mark.parametrize("echo", [0.0, 0.5])
def test_takes_that_were_spoken_alike_seldom_differ(echo: float) -> None:
    """In at most one of twenty pairs is any difference called real, also where fillers come in twos."""
    random = Random(8)  # noqa: S311 - the same pairs each time
    wrong = 0
    for _ in range(200):
        pair = [spoken_by_chance(random, wpm=150, fillers_per_100=8, echo=echo) for _ in range(2)]
        wrong += bool(compare(take(1, pair[0]), take(2, pair[1])).real)
    assert wrong <= 10


def test_takes_that_were_spoken_otherwise_are_mostly_told_apart() -> None:
    """A third of the fillers, and a pace from far below the band: else "within noise" would mean nothing."""
    random = Random(8)  # noqa: S311 - the same pairs each time
    seen = 0
    for _ in range(50):
        before = spoken_by_chance(random, wpm=110, fillers_per_100=12)
        after = spoken_by_chance(random, wpm=170, fillers_per_100=4)
        seen += bool(compare(take(1, before), take(2, after)).real)
    assert seen >= 40
