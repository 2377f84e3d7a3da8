"""A whole interview in a few lines: how it went, what to keep, what to work on first."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from rich.text import Text

from mockint.figures import aim, clock, counted, with_unit
from mockint.follow_ups import fitting_follow_up, follow_ups_of
from mockint.pages.terminal import WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mockint.interview_summary import InterviewSummary, PartOfAll
    from mockint.model import Take
    from mockint.scoring import ScoringMethod


def summary_lines(summary: InterviewSummary, *, graded: bool) -> list[Text]:
    """Render the summary of an interview. graded: with points."""
    spoken = "" if summary.spoken_s is None else f", {clock(summary.spoken_s)} in all"
    lines = [Text(f"Your interview: {counted(summary.answer_count, 'answer')}{spoken}", style="bold")]
    if graded and summary.max_points:
        lines.append(Text(f"  Score       {summary.points:.0f} of {summary.max_points:.0f}"))
    if summary.keep is not None:
        lines += _wrapped(f"+ Keep your {_said(summary.keep)}", "green")
    if summary.work_on is not None:
        lines += _wrapped(f"> Work first on your {_said(summary.work_on)}", "bold")
    if summary.focus is not None:
        take_id, focus = summary.focus
        lines += _wrapped(f"  Take {take_id}: {focus}", "")
    return lines


def follow_up_line(before: Take, take: Take, method: ScoringMethod) -> Text | None:
    """Say why a take's question was asked, where it is a follow-up to the one before; else None."""
    asked = [question for question in follow_ups_of(before.question) if question.id == take.question.id]
    fitting = fitting_follow_up(before, asked, method)
    if fitting is None:
        return None
    return Text(f"(This follow-up was asked because {fitting.because}.)", style="dim")


def _said(measure: PartOfAll) -> str:
    aimed = f" ({aim(measure.part)})" if measure.has_one_band else ""
    usual = f"typically {with_unit(measure.median, measure.part.unit)}"
    return f"{measure.part.name}: within the aim{aimed} in {measure.inside_count} of {measure.answer_count}, {usual}."


def _wrapped(text: str, style: str) -> Iterator[Text]:
    for line in wrap(text, WIDTH, subsequent_indent="  "):
        yield Text(line, style=style)
