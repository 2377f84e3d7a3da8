"""The stories that a person tells, as a table with what follows from it, and for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import RenderableType

    from mockint.stories import OveruseRule, Repertoire, Story


def stories_lines(repertoire: Repertoire, *, graded: bool) -> list[RenderableType]:
    """Render the stories, what none was told for, and what is told too often. graded: whether points are shown."""
    lines: list[RenderableType] = []
    if repertoire.stories:
        lines.append(_table(repertoire.stories, graded=graded))
    else:
        lines.append(Text('No story has a name yet. Name one: mockint review 12 --story "The booking form"'))
    if repertoire.untold:
        lines += [Text(), Text("No story yet for:", style="bold"), Padding(Text(", ".join(repertoire.untold)), (0, 2))]
    for story in repertoire.overused:
        lines += [Text(), Text(_too_often(story, repertoire.rule))]
    return lines


def stories_object(repertoire: Repertoire, *, graded: bool) -> dict[str, Any]:
    """Return what `review --stories --json` prints. graded: whether points are shown."""
    return {
        "stories": [
            {
                "name": story.name,
                "competencies": list(story.competencies),
                "told_count": story.told_count,
                "question_count": story.question_count,
                "last_told_at": story.last_told_at.isoformat(),
                **({"best_percent": _percent(story)} if graded else {}),
            }
            for story in repertoire.stories
        ],
        "competencies_without_story": list(repertoire.untold),
        "overused": [story.name for story in repertoire.overused],
    }


def _table(stories: tuple[Story, ...], *, graded: bool) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("STORY", ratio=3, overflow="fold")
    table.add_column("TOLD FOR", ratio=3)
    table.add_column("TIMES", justify="right")
    table.add_column("LAST TOLD", no_wrap=True)
    if graded:
        table.add_column("BEST", justify="right", no_wrap=True)
    for story in stories:
        percent = _percent(story)
        best = [Text("-" if percent is None else f"{percent} %")] if graded else []
        told_for = Text(", ".join(story.competencies) or "-")
        last = story.last_told_at.astimezone().date().isoformat()
        table.add_row(Text(story.name), told_for, Text(str(story.told_count)), Text(last), *best)
    return table


def _percent(story: Story) -> int | None:
    return None if story.best_share is None else round(100 * story.best_share)


def _too_often(story: Story, rule: OveruseRule) -> str:
    return (
        f"You told '{story.name}' for {story.recent_question_count} different questions in your last"
        f" {rule.session_count} sessions. More than {rule.most_questions} is much for one story: prepare another."
    )
