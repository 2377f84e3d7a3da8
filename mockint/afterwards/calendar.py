"""What is due, as a calendar that any calendar program takes in. icalendar escapes whatever a name may hold."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from mockint.afterwards.followups import FollowUp


def calendar(follow_ups: Iterable[FollowUp], now: datetime) -> bytes:
    """Return an iCalendar file with one whole day for each. Taking it in again moves what is there, by its uid.

    Events, not to-dos: several calendar programs pass to-dos over.
    """
    from icalendar import Calendar, Event

    made = Calendar()
    made.add("prodid", "-//mockint//follow-ups//EN")
    made.add("version", "2.0")
    for each in follow_ups:
        event = Event()
        event.add("uid", f"{each.kind.value}-{each.subject_uid}@mockint")
        event.add("dtstamp", now)
        event.add("dtstart", each.due)
        event.add("dtend", each.due + timedelta(days=1))
        event.add("summary", each.what)
        event.add("description", each.how)
        event.add("transp", "TRANSPARENT")  # a reminder takes nobody's time
        made.add_component(event)
    content: bytes = made.to_ical()
    return content
