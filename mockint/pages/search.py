"""A search for work for the terminal: applications, people, one application with all that is known, what is due."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mockint.afterwards.entries import in_words
from mockint.afterwards.followups import next_contact_day, reason_to_write
from mockint.afterwards.records import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from rich.console import RenderableType

    from mockint.afterwards.followups import FollowUp, Search
    from mockint.afterwards.records import Application, AskedQuestion, Debrief, Step

    Practised = Mapping[str, Sequence[date]]
    """Question id -> the days on which it was answered in practice."""

_STYLE = {Stage.OFFER: "green", Stage.REJECTED: "dim", Stage.WITHDRAWN: "dim"}
WEEK_DAYS = 7


def application_lines(applications: Sequence[Application]) -> list[RenderableType]:
    """Render applications as a table."""
    if not applications:
        return [Text("No applications here. Add one: mockint applications add COMPANY --role ROLE")]
    table = _table("", "COMPANY", "ROLE", "STAGE", "ON")
    for each in applications:
        stage = Text(each.last.stage.value, style=_STYLE.get(each.last.stage, ""))
        table.add_row(str(each.id), Text(each.company), Text(each.role or ""), stage, each.last.on.isoformat())
    return [table]


def people_lines(search: Search) -> list[RenderableType]:
    """Render the people whom one met, those to write to first on top."""
    if not search.people:
        return [Text("Nobody here yet. Add somebody whom you met: mockint applications met NAME")]
    companies = {application.id: application.company for application in search.applications}
    table = _table("", "NAME", "MET AT", "LAST IN TOUCH", "WRITE ON", "ABOUT")
    for person in sorted(search.people, key=next_contact_day):
        table.add_row(
            str(person.id),
            Text(person.name),
            Text(companies.get(person.application_id or 0, "")),
            person.contacts[-1].on.isoformat(),
            next_contact_day(person).isoformat(),
            Text(reason_to_write(person, search)),
        )
    return [table]


# --- one application ------------------------------------------------------------------------------


def whole_application(application: Application, search: Search, practised: Practised) -> list[RenderableType]:
    """Render one application: its steps, its people, and what one made of each interview."""
    lines: list[RenderableType] = [Text(f"{application.id}  {application.name}", style="bold")]
    lines += [Text(f"   {text}", style="dim") for text in (application.link, application.note) if text]
    lines += [Text(f"   {_step(step)}") for step in application.steps]
    for person in search.people_of(application):
        known = ", ".join(text for text in (person.role, person.email) if text)
        lines.append(Text(f"   {person.name}" + (f" ({known})" if known else "")))
    for stored in search.debriefs_of(application):
        lines += ["", *_debrief(stored.debrief, search, practised)]
    return lines


def _step(step: Step) -> str:
    return f"{step.on.isoformat()}  {step.stage.value}" + (f": {step.note}" if step.note else "")


def _debrief(debrief: Debrief, search: Search, practised: Practised) -> Iterator[RenderableType]:
    yield Text(f"   Looking back at {in_words(debrief.held_on, weekday=True)}", style="bold")
    sections = (
        ("You talked about", debrief.talked_about),
        ("Went well", debrief.went_well),
        ("Could be better", tuple(_with(each.text, each.competency) for each in debrief.could_be_better)),
        ("You learned", debrief.learned),
    )
    for title, texts in sections:
        for text in texts:
            yield Text(f"   {title}: {text}")
    for question in debrief.questions:
        yield Text(f"   - {_with(question.text, question.felt and question.felt.value)}")
        yield Text(f"     {since_then(question, debrief.held_on, search, practised)}", style="dim")


def _with(text: str, remark: str | None) -> str:
    return f"{text} ({remark})" if remark else text


def since_then(question: AskedQuestion, held_on: date, search: Search, practised: Practised) -> str:
    """Tell what became of a question after an interview: practised or not, and how it felt when asked again."""
    days = [day for day in practised.get(question.id, ()) if day >= held_on]
    times = "once" if len(days) == 1 else f"{len(days)} times"
    said = f"practised {times} since, last on {in_words(days[-1])}" if days else "not practised since"
    for later in (each.debrief for each in search.debriefs if each.debrief.held_on > held_on):
        for again in later.questions:
            if again.id == question.id:
                said += f"; asked again on {in_words(later.held_on)}" + (f", {again.felt.value}" if again.felt else "")
    return said


# --- what is due ----------------------------------------------------------------------------------


def follow_up_lines(follow_ups: Sequence[FollowUp], today: date, *, later: bool) -> list[RenderableType]:
    """Render what is due today and within a week, and what comes later where it is wanted."""
    week = today + timedelta(days=WEEK_DAYS)
    parts = (
        ("Today", [each for each in follow_ups if each.due <= today]),
        ("This week", [each for each in follow_ups if today < each.due < week]),
        ("Later", [each for each in follow_ups if each.due >= week]),
    )
    lines: list[RenderableType] = []
    for title, group in parts:
        if not group or (title == "Later" and not later):
            continue
        lines += [Text(title, style="bold"), *(line for each in group for line in _follow_up(each, today)), ""]
    waiting = parts[2][1]
    if not lines:
        soonest = f" The next thing comes on {in_words(waiting[0].due, weekday=True)}." if waiting else ""
        return [Text(f"Nothing is due this week.{soonest}")]
    if waiting and not later:
        lines.append(Text(f"{len(waiting)} later: mockint followups --all", style="dim"))
    return lines


def _follow_up(follow_up: FollowUp, today: date) -> Iterator[RenderableType]:
    day = f"since {in_words(follow_up.due)}" if follow_up.due < today else f"{in_words(follow_up.due)}"
    when = "" if follow_up.due == today else f" ({day})"
    yield Padding(Text(f"{follow_up.what}{when}"), (0, 0, 0, 2), expand=False)
    yield Text(f"    {follow_up.how}   [{follow_up.name}]", style="dim")


def _table(*titles: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for title in titles:
        table.add_column(title, justify="left" if title else "right", overflow="fold")
    return table
