"""What is due and why, and the days ahead: for the terminal and for other programs."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Any

from rich.text import Text

from mockint.figures import counted
from mockint.pages.terminal import WIDTH
from mockint.schedule.due import reason
from mockint.schedule.session import question_s

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from mockint.schedule.due import Due, Situation
    from mockint.schedule.plan import Plan, PlannedDay

MOST_WHY_CELLS = 40
LAST_DAYS = 2
"""The evening before an interview, nobody needs to hear what there is no time for."""
MOST_LEFT_OUT = 3
"""So many questions that do not fit into a plan are named."""


def day_name(day: date) -> str:
    """Write a day as people say it: Friday 4 December."""
    return f"{day:%A} {day.day} {day:%B}"


def interview_line(situation: Situation) -> Text | None:
    """Say when the interview is, where there is one."""
    if situation.interview_on is None or situation.days_left is None:
        return None
    when = {0: "today", 1: "tomorrow"}.get(situation.days_left, f"in {situation.days_left} days")
    return Text(f"Your interview is {when}, on {day_name(situation.interview_on)}.", style="bold")


def summary(asked: Sequence[Due]) -> str:
    """Say how much it is: "6 questions, 2 of them new, about 29 minutes"."""
    new_count = sum(due.last_on is None for due in asked)
    new = "" if not new_count else ", all new" if new_count == len(asked) else f", {new_count} of them new"
    return f"{counted(len(asked), 'question')}{new}, about {_minutes(asked)} minutes"


def due_lines(asked: Sequence[Due], today: date) -> list[Text]:
    """Render one line a question, with the reason for it."""
    reasons = [reason(due, today) for due in asked]
    why_cells = min(max(map(len, reasons), default=0), MOST_WHY_CELLS)
    return [_due_line(due.question.text, why, why_cells) for due, why in zip(asked, reasons, strict=True)]


def plan_lines(plan: Plan, situation: Situation) -> list[Text]:
    """Render the days ahead: a line a day, and below it what is asked, new questions marked."""
    lines = [line] if (line := interview_line(situation)) is not None else []
    if any(due.last_on is None for day in plan.days for due in day.asked):
        lines.append(Text("If every answer goes well (* new, everything else again):", style="dim"))
    for day in plan.days:
        lines += [Text(), *_day_lines(day)]
    if plan.left_out and len(plan.days) > LAST_DAYS:
        lines += [Text(), *_left_out_lines(plan)]
    return lines


def due_object(due: Due, today: date) -> dict[str, Any]:
    """Return the object that other programs get for a question that is due."""
    return {
        "bank": due.question.bank_id,
        "question": due.question.id,
        "text": due.question.text,
        "competency": due.question.competency,
        "due_on": due.due_on.isoformat(),
        "last_asked_on": None if due.last_on is None else due.last_on.isoformat(),
        "because": reason(due, today),
    }


def day_object(day: PlannedDay) -> dict[str, Any]:
    """Return the object that `practice --plan --json` prints for a day."""
    return {
        "on": day.on.isoformat(),
        "days_to_interview": day.days_left,
        "minutes": round(day.seconds / 60),
        "questions": [due_object(due, day.on) for due in day.asked],
    }


def _due_line(text: str, reason: str, why_cells: int) -> Text:
    question, why = Text(text), Text(reason, style="dim")
    question.truncate(WIDTH - why_cells - 4, overflow="ellipsis", pad=True)
    why.truncate(why_cells, overflow="ellipsis")
    return Text("  ").append_text(question).append("  ").append_text(why)


def _day_lines(day: PlannedDay) -> list[Text]:
    heading = Text(day_name(day.on), style="bold")
    heading.append(f"   {_what_day(day)}", style="not bold")
    names = ", ".join(due.question.id + ("*" if due.last_on is None else "") for due in day.asked)
    wrapped = wrap(names, WIDTH, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
    return [heading, *(Text(line, style="dim") for line in wrapped)]


def _what_day(day: PlannedDay) -> str:
    asked = f"{counted(len(day.asked), 'question')}, {round(day.seconds / 60)} minutes" if day.asked else "nothing due"
    match day.days_left:
        case 0:
            return f"the interview; to warm up: {asked}"
        case 1:
            return f"{asked}: a light day"
        case _:
            return asked


def _left_out_lines(plan: Plan) -> list[Text]:
    count = counted(len(plan.left_out), "important question")
    named = ", ".join(question.id for question in plan.left_out[:MOST_LEFT_OUT])
    end = ", ..." if len(plan.left_out) > MOST_LEFT_OUT else "."
    said = f"{count} more would not fit into half an hour a day: {named}{end}"
    return [Text(line, style="yellow") for line in wrap(said, WIDTH, break_on_hyphens=False)]


def _minutes(asked: Sequence[Due]) -> int:
    return round(sum(question_s(due.question) for due in asked) / 60)
