"""A transcript for the terminal: what was said, when, with fillers and pauses marked in the text itself."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rich.text import Text

from mockint.figures import clock, fine_clock
from mockint.model import FillerKind
from mockint.pages.review_marks import tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mockint.model import Delivery, Take
    from mockint.pages.review_marks import Token

LINE_CELLS = 70
COLUMN_COUNT, COLUMN_CELLS = 4, 20
TYPED_LEGEND = "{like} discourse marker  ~maybe~ hedge"
LEGEND = "[um] filled pause  {like} discourse marker  ~maybe~ hedge  (1.2) pause, seconds"

_OPEN_CLOSE = {FillerKind.FILLED_PAUSE: ("[", "]"), FillerKind.DISCOURSE_MARKER: ("{", "}")}
_STYLE = {FillerKind.FILLED_PAUSE: "bold red", FillerKind.DISCOURSE_MARKER: "yellow"}


def take_lines(take: Take, *, every_time: bool = False) -> list[Text]:
    """Render a stored take: its question, its words, and everything that was said of them.

    every_time: with the time of each word, for those who want to correct one.
    """
    lines = [Text(f"Take {take.id}  {take.asked_at:%Y-%m-%d %H:%M}", style="bold"), Text(take.question.text)]
    if take.result is None:
        return [*lines, Text("Not scored yet.")]
    delivery = take.result.delivery
    caveats = [Text(f"! {caveat}", style="yellow") for caveat in delivery.caveats]
    words = timed_lines(delivery) if every_time and not delivery.typed else transcript_lines(delivery)
    return [*lines, Text(), *words, *caveats]


def transcript_lines(delivery: Delivery) -> list[Text]:
    """Render the words of a take in lines, each with the time at which it begins; what was typed has no times."""
    lines: list[Text] = []
    line = Text()
    for start_s, piece in _pieces(delivery):
        if not line or line.cell_len + piece.cell_len + 1 > LINE_CELLS:
            line = Text(f"{'' if delivery.typed else clock(start_s):>5}  ", style="dim")
            line.style = ""
            line.stylize("dim", 0, len(line))
            lines.append(line)
        else:
            line.append(" ")
        line.append_text(piece)
    if lines:
        lines.append(Text(TYPED_LEGEND if delivery.typed else LEGEND, style="dim"))
    return lines


def timed_lines(delivery: Delivery) -> list[Text]:
    """Render the words of a take in columns, each behind the time at which it begins; a long one takes two."""
    lines: list[Text] = []
    for token in tokens_of(delivery):
        cell = Text(f"{fine_clock(token.start_s):>7} ", style="dim")
        cell.append_text(marked(delivery, token))
        width = (cell.cell_len // COLUMN_CELLS + 1) * COLUMN_CELLS
        cell.pad_right(width - cell.cell_len)
        if not lines or lines[-1].cell_len + width > COLUMN_COUNT * COLUMN_CELLS:
            lines.append(Text())
        lines[-1].append_text(cell)
    return lines


def _pieces(delivery: Delivery) -> Iterator[tuple[float, Text]]:
    """Yield words, fillers that no word stands for, and pauses, in order of time."""
    phrases = [tuple(tokens) for _, tokens in groupby(tokens_of(delivery), key=_phrase)]
    spoken = [(tokens[0].start_s, marked(delivery, *tokens)) for tokens in phrases]
    pauses = [(pause.start_s, Text(f"({pause.duration_s:.1f})", style="cyan")) for pause in delivery.pauses]
    yield from sorted([*spoken, *pauses], key=lambda piece: piece[0])


def _phrase(token: Token) -> object:
    """What the tokens of one filler, or of one hedge, have in common; any other stands by itself."""
    return (token.filler, token.hedge) if token.filler is not None or token.hedge else token.index


def marked(delivery: Delivery, *tokens: Token) -> Text:
    """Render a word, a filler that no word stands for, or the words of one filler or hedge, with its mark."""
    text = " ".join(token.text for token in tokens)
    if tokens[0].filler is not None:
        kind = delivery.fillers[tokens[0].filler].kind
        before, after = _OPEN_CLOSE[kind]
        return Text(f"{before}{text}{after}", style=_STYLE[kind])
    return Text(f"~{text}~", style="magenta") if tokens[0].hedge else Text(text)
