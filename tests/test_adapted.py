"""Scoring for those who need more time, or who stammer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import delivery, filler, question, span, words

from mockint.adapted import Adaptation, adaptation_in, adapted, as_before
from mockint.model import CountInterval, Delivery, ScorePart
from mockint.own_method import own_method
from mockint.scoring import METHOD, answer_window_s, score

STAMMER = adapted(METHOD, Adaptation(stammer=True))


def stammered() -> Delivery:
    """Blocks, repeats and fillers in nearly every sentence, at half the usual pace."""
    said = words("um I I I um " * 20 + "word " * 60)
    ums = tuple(filler(word) for word in said if word.text == "um")
    plain = delivery(
        words=said,
        fillers=ums,
        filled_pause_count=CountInterval(count=40, at_least=38, low=39, high=41),
        pauses=tuple(span(at, at + 3) for at in range(5, 65, 5)),
        repeats=(span(1, 2),),
    )
    return replace(plain, pace=replace(plain.pace, words_per_minute=70.0))


def parts(spoken: Delivery) -> dict[str, ScorePart]:
    return {part.name: part for part in score(spoken, question(), STAMMER).parts}


def test_what_belongs_to_stammering_is_shown_without_points_and_without_an_aim() -> None:
    """Fillers and pauses have their values, and that is all."""
    scored = parts(stammered())
    for name in ("fillers", "long pauses"):
        assert scored[name].value is not None
        assert scored[name].points is None
        assert scored[name].band.is_open
        assert scored[name].because.endswith("Shown, not scored.")


def test_nobody_who_stammers_is_asked_to_speed_up() -> None:
    """The pace is held against rushing alone."""
    slow = parts(stammered())["pace"]
    assert (slow.points, slow.band.low, slow.band.high) == (30.0, None, 175.0)
    assert slow.because.startswith("70 words a minute; the aim is up to 175.")
    rushed = replace(stammered(), pace=replace(stammered().pace, words_per_minute=230.0))
    assert parts(rushed)["pace"].points == 12.0


def test_neither_praise_nor_goal_speaks_of_fluency() -> None:
    """Fluency is not the aim; length and haste may be."""
    judged = score(delivery(), question(), STAMMER)
    assert judged.strength is not None
    assert "Fluent" not in judged.strength
    assert score(stammered(), question(), STAMMER).focus is None
    hasty = score(delivery(answer=span(0, 30)), question(), STAMMER)
    assert (hasty.focus or "").startswith("Say more")


def test_more_time_stretches_the_window_of_every_question() -> None:
    """With a limit of its own or without."""
    method = adapted(METHOD, Adaptation(time_factor=1.5))
    assert answer_window_s(None, method) == (90.0, 180.0)
    assert answer_window_s(question(time_limit_s=60.0), method) == (45.0, 90.0)


@pytest.mark.parametrize(
    ("adaptation", "version"),
    [
        (Adaptation(), "1"),
        (Adaptation(time_factor=1.0), "1"),
        (Adaptation(stammer=True), "1+stammer"),
        (Adaptation(time_factor=1.5), "1+time1.5"),
        (Adaptation(stammer=True, time_factor=2.0), "1+stammer+time2"),
    ],
)
def test_the_version_tells_the_adaptation(adaptation: Adaptation, version: str) -> None:
    """So progress never draws one line across two of them."""
    assert adapted(METHOD, adaptation).version == version


def test_a_method_of_ones_own_is_adapted_in_the_same_way() -> None:
    """Its own version stays in front."""
    own = own_method({"long_pause_s": 3})
    both = adapted(own, Adaptation(stammer=True, time_factor=1.5))
    assert both.version == f"{own.version}+stammer+time1.5"
    assert both.long_pause_s == 3


def test_a_take_is_scored_again_as_it_was_scored_before() -> None:
    """Whatever the settings say by then; and what they ask for is kept."""
    assert as_before(METHOD, "1+stammer+time1.5") == adapted(METHOD, Adaptation(stammer=True, time_factor=1.5))
    assert as_before(METHOD, "1+6cd01f") == METHOD
    assert as_before(STAMMER, "1") == STAMMER
    assert adapted(STAMMER, Adaptation(stammer=True)) == STAMMER


def test_a_version_that_tells_nothing_is_no_adaptation() -> None:
    """Also an odd one."""
    assert adaptation_in("") == adaptation_in("2+timely") == Adaptation()
