"""A scoring method with numbers of the user's own."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from builders import delivery, question

from mockint.own_method import RULES, faults_in, own_method
from mockint.scoring import METHOD, score


def test_no_changes_are_the_method_itself() -> None:
    """Also where the user writes down the numbers that hold anyway."""
    same = {"pace_points": 30, "window_s": [60, 120], "pace_wpm": [list(pair) for pair in METHOD.pace_wpm]}
    assert (own_method({}), own_method(same)) == (METHOD, METHOD)


def test_a_changed_method_has_a_version_of_its_own_that_stays() -> None:
    """Scores of two methods are never taken for the same; a rerun, or another order, changes nothing."""
    changes = {"long_pause_s": 3, "window_s": [45, 90]}
    method = own_method(changes)
    assert method.version == "1+6cd01f"
    assert own_method(dict(reversed(changes.items()))) == method
    assert own_method({"long_pause_s": 3}).version != method.version
    assert replace(method, version="1") == replace(METHOD, long_pause_s=3.0, window_s=(45.0, 90.0))


def test_changed_numbers_change_the_points() -> None:
    """A curve of the user's own decides what full marks are."""
    method = own_method({"pace_wpm": [[100, 0], [130, 100], [135, 100], [150, 50]], "pace_points": 10})
    pace = score(delivery(), question(), method).parts[0]
    assert pace.points == pytest.approx(10 * (100 - 50 / 3) / 100)
    assert (pace.band.low, pace.band.high) == (130, 135)


def test_every_field_with_a_rule_is_a_field_of_the_method() -> None:
    """And its own default is within the rule."""
    assert RULES.keys() < {field.name for field in fields(METHOD)}
    listed = {
        name: [list(pair) if isinstance(pair, tuple) else pair for pair in value] if isinstance(value, tuple) else value
        for name in RULES
        for value in [getattr(METHOD, name)]
    }
    assert faults_in(listed) == ()


def test_all_faults_are_told_at_once() -> None:
    """One look at the file is enough to mend it."""
    assert faults_in({"pace_point": 30, "long_pause_s": "2", "window_s": [90, 60]}) == (
        "'scoring' has no field 'pace_point' (did you mean 'pace_points'?)",
        "'long_pause_s' must be a number from 0.25 to 60; it is now '2'",
        "'window_s' must be two rising numbers from 1 to 3600, as in [60, 120]; it is now [90, 60]",
    )


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"pace_wpm": []}, "must be a list of at least two [value, percent] pairs"),
        ({"pace_wpm": [[1, 2, 3], [4, 5]]}, "must be a list of at least two [value, percent] pairs"),
        ({"pace_wpm": [[150, 100], [100, 50]]}, "must have values that rise from pair to pair"),
        ({"pace_wpm": [[100, 50], [150, 120]]}, "must have values from 0 to 1000 and percents from 0 to 100"),
        ({"pace_wpm": [[100, 50], [150, 90]]}, "must reach 100 percent somewhere"),
        ({"overlong_shares": [[1.5, 100], [2, 40]]}, "must begin with [1, 100]"),
        ({"fewest_words": 20.5}, "must be a whole number from 1 to 1000"),
        ({"pace_points": True}, "must be a number from 0 to 99"),
        ({"ambiguous_marker_weight": float("nan")}, "must be a number from 0 to 1"),
        ({"version": "2"}, "'scoring' has no field 'version'"),
        (
            dict.fromkeys(["pace_points", "filler_points", "long_pause_points", "length_points"], 0),
            "leaves no part any",
        ),
        ([1], "'scoring' must hold fields"),
    ],
)
def test_what_would_make_no_sense_is_refused(changes: Any, fault: str) -> None:
    """Each number has a range, and a curve has a shape."""
    [told] = faults_in(changes)
    assert fault in told
