"""What a mentor said of a take, for the terminal."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from mockint.feedback import chosen, criterion
from mockint.figures import fine_clock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import RenderableType

    from mockint.feedback import Feedback, MentorWish, Rating

NOBODY = "your mentor"
"""Where a mentor gave no name."""

ADVICE_CHARACTERS = 200
"""Nobody reads more while a question waits for its answer."""


def feedback_lines(feedback: Feedback) -> list[RenderableType]:
    """Render everything that one mentor said of a take."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    table.add_column()
    for name, text in _rows(feedback):
        table.add_row(Text(f"  {name}"), text)
    return [Text(f"From {feedback.mentor or NOBODY}, {feedback.saved_at:%Y-%m-%d}", style="bold"), table]


def feedback_table(rows: Iterable[tuple[int, Feedback]]) -> Table:
    """Render one line for each feedback, with the number of its take."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("TAKE", justify="right")
    table.add_column("SAVED", no_wrap=True)
    table.add_column("FROM", max_width=16)
    table.add_column("COMMENTS", justify="right")
    table.add_column("ONE THING TO CHANGE")
    for take_id, feedback in rows:
        table.add_row(
            str(take_id),
            f"{feedback.saved_at:%Y-%m-%d}",
            Text(feedback.mentor or "-"),
            str(len(feedback.comments)),
            Text(" ".join(feedback.change.split()) or "-"),
        )
    return table


def advice_line(wish: MentorWish) -> Text:
    """Say what a mentor would change, in a line or two."""
    said = shorten(wish.text, ADVICE_CHARACTERS, placeholder=" ...")
    return Text(f'{wish.mentor or NOBODY.capitalize()} would change: "{said}"', style="cyan")


def _rows(feedback: Feedback) -> Iterator[tuple[str, Text]]:
    for rating in feedback.ratings:
        yield criterion(rating.criterion).title, _rated(rating)
    if feedback.keep:
        yield "Keep", Text(feedback.keep)
    if feedback.change:
        yield "Change", Text(feedback.change)
    for comment in feedback.comments:
        yield fine_clock(comment.at_s), Text(comment.text)


def _rated(rating: Rating) -> Text:
    level = chosen(rating)
    text = Text(f"{rating.level} of {len(criterion(rating.criterion).levels)}  {level.name}. ")
    return text.append(level.anchor, style="dim")
