"""Follow-ups as a calendar that other programs read."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from icalendar import Calendar
from searches import TODAY, application, search

from mockint.afterwards.calendar import calendar
from mockint.afterwards.followups import follow_ups
from mockint.afterwards.records import Stage

NOW = datetime(2026, 3, 10, 9, tzinfo=timezone.utc)


def test_each_is_a_day_with_a_lasting_name() -> None:
    """Taking a newer file in moves what is there, so the uid does not change."""
    found = follow_ups(search(application((Stage.INTERVIEW, TODAY))), TODAY)
    events = Calendar.from_ical(calendar(found, NOW)).walk("VEVENT")
    assert [event["summary"] for event in events] == [each.what for each in found]
    assert [event.decoded("dtstart") for event in events] == [each.due for each in found]
    assert all(event.decoded("dtend") - event.decoded("dtstart") == timedelta(days=1) for event in events)
    again = Calendar.from_ical(calendar(found, NOW + timedelta(days=1))).walk("VEVENT")
    assert [event["uid"] for event in again] == [event["uid"] for event in events]
    assert len({event["uid"] for event in events}) == len(events)


def test_nothing_in_a_name_is_a_line_of_the_calendar() -> None:
    """Line breaks, commas, semicolons, tags and very long names stay text."""
    name = "Acme; <b>Ltd</b>,\r\nEND:VEVENT\r\nBEGIN:VALARM" + " long" * 60
    [first, *_] = follow_ups(search(application((Stage.INTERVIEW, TODAY))), TODAY)
    content = calendar([replace(first, what=name)], NOW)
    read = Calendar.from_ical(content)
    assert [part.name for part in read.walk()] == ["VCALENDAR", "VEVENT"]
    assert read.walk("VEVENT")[0]["summary"] == name.replace("\r\n", "\n")
    assert max(map(len, content.split(b"\r\n"))) <= 75


def test_an_empty_calendar_is_a_calendar() -> None:
    """Nothing is due."""
    assert Calendar.from_ical(calendar((), NOW)).walk("VEVENT") == []
