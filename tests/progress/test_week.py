"""What changed since last week, and on which days there was practice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from histories import FILLERS, PACE, START, history, take

from mockint.progress import (
    CALENDAR_WEEKS,
    Direction,
    Event,
    Verdict,
    nothing_to_compare,
    practice_days,
    report_of,
    since_last_week,
    week_changes,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from histories import Row

    from mockint.progress import WeekChange

NOW = START + timedelta(days=35)


def changed(rows: Sequence[Row]) -> WeekChange:
    """Return what fillers did since last week."""
    [change] = week_changes(history(rows), [FILLERS], NOW)
    return change


def test_two_sessions_below_all_eight_before_are_a_real_change() -> None:
    """2 of the 45 ways to choose two of ten sessions are as extreme: p = 0.044."""
    before = [take(20 + session, fillers=8 + session / 20) for session in range(8)]
    week = [take(31, fillers=3), take(33, fillers=4)]
    change = changed([*before, *week])
    assert (change.verdict, change.direction) == (Verdict.REAL_CHANGE, Direction.BETTER)
    assert change.p_value == pytest.approx(2 / 45)
    [sentence] = since_last_week([change])
    figures, _, verdict = sentence.partition(", a ")
    assert figures == "Fillers: 3.5 per 100 words this week (2 sessions), 8.2 in the 4 weeks before (8)"
    assert verdict == "real change, for the better."


def test_sessions_that_overlap_are_noise() -> None:
    """A median that moved is no change where the sessions lie among each other."""
    before = [take(20 + session, fillers=4 + session % 3) for session in range(8)]
    change = changed([*before, take(31, fillers=4), take(33, fillers=5.5)])
    assert change.verdict is Verdict.WITHIN_NOISE
    assert since_last_week([change])[0].endswith("within noise.")


def test_too_few_sessions_could_never_differ() -> None:
    """One against five: even the most extreme order has p = 0.33."""
    before = [take(20 + session, fillers=8) for session in range(5)]
    change = changed([*before, take(31, fillers=1)])
    assert (change.verdict, change.p_value) == (Verdict.TOO_FEW, None)
    assert since_last_week([change])[0].endswith("too few sessions to tell.")


def test_many_takes_of_one_session_count_once() -> None:
    """Thirty takes of a good evening are one session."""
    before = [take(20 + session, fillers=8) for session in range(8)]
    assert changed([*before, *(take(31, number=n, fillers=1) for n in range(30))]).verdict is Verdict.TOO_FEW


def test_a_week_is_never_held_against_another_engine() -> None:
    """Sessions of another engine are left out."""
    before = [take(20 + session, fillers=8, engine="old") for session in range(8)]
    change = changed([*before, take(31, fillers=1), take(33, fillers=2)])
    assert (change.before.session_count, change.this_week.session_count) == (0, 2)
    assert since_last_week([change])[0].endswith("nothing to compare it with in the 4 weeks before.")
    assert str(nothing_to_compare([change])).startswith("Nothing to compare this week with:")


def test_what_is_older_than_five_weeks_does_not_count() -> None:
    """The weeks before are four."""
    assert changed([take(-1, fillers=9), take(1, fillers=5), take(30, fillers=4)]).before.session_count == 1


def test_nothing_to_compare_this_week_is_one_sentence() -> None:
    """Not one for each measure."""
    changes = week_changes(history([take(20, fillers=8, pace=140)]), [FILLERS, PACE], NOW)
    assert nothing_to_compare(changes) == "No scored takes in the last 7 days."
    both = week_changes(history([take(20, fillers=8), take(33, fillers=8)]), [FILLERS, PACE], NOW)
    assert nothing_to_compare(both) is None


def test_what_was_not_measured_this_week_is_said() -> None:
    """A take without words has no pace."""
    changes = week_changes(history([take(20, fillers=8, pace=140), take(32, fillers=8)]), [FILLERS, PACE], NOW)
    assert since_last_week(changes)[1] == "Pace: could not be measured this week."


# --- days -----------------------------------------------------------------------------------------


def test_days_are_those_of_the_speaker() -> None:
    """A take after midnight belongs to the new day where the speaker lives, whatever the day is in Greenwich."""
    late = replace(take(0, fillers=1), asked_at=datetime(2030, 1, 7, 23, 30, tzinfo=timezone.utc))
    east = timezone(timedelta(hours=2))
    points = history([late, take(3, number=1, fillers=1), take(3, number=2, fillers=1)])
    assert practice_days(points, date(2030, 1, 8), lambda at: at.astimezone(east).date()) == {
        date(2030, 1, 8): 1,
        date(2030, 1, 10): 2,
    }


def test_a_report_begins_its_calendar_on_a_monday_and_sorts_its_events() -> None:
    """So many weeks, the present one included."""
    events = [Event(on=date(2030, 2, 1), label="second"), Event(on=date(2030, 1, 1), label="first")]
    shown = report_of(
        history([take(0, fillers=1)]),
        [FILLERS],
        now=NOW,
        day_of=datetime.date,
        question_texts={},
        events=events,
    )
    assert (shown.first_day.weekday(), (shown.today - shown.first_day).days // 7) == (0, CALENDAR_WEEKS - 1)
    assert [event.label for event in shown.events] == ["first", "second"]


def test_a_report_of_nothing() -> None:
    """Before the first take there is nothing to tell."""
    shown = report_of(history([]), [], now=NOW, day_of=datetime.date, question_texts={})
    assert (shown.changes, dict(shown.takes_on), shown.progress.trends) == ((), {}, ())
