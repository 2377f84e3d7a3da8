"""Two takes side by side for the terminal: what changed, whether that is real, and the words line by line."""

from __future__ import annotations

from textwrap import wrap
from types import MappingProxyType
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from mockint.alignment import kept_share
from mockint.comparison import RULE, Basis, Judgement
from mockint.figures import clock, with_unit
from mockint.pages.card import score_in_words
from mockint.pages.passages import aligned
from mockint.pages.review_marks import tokens_of
from mockint.pages.terminal import WIDTH
from mockint.pages.transcript import marked
from mockint.progress import Direction

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.console import RenderableType

    from mockint.alignment import Run
    from mockint.comparison import Change, Comparison, ComparisonRule
    from mockint.model import Delivery, ScorePart, Take

TIME_CELLS = 8
LEGEND = "[um] filled pause  {like} discourse marker  ~maybe~ hedge"
CERTAIN_BELOW, MOSTLY_FROM = 0.005, 0.5

TESTS: Mapping[Basis, str] = MappingProxyType(
    {
        Basis.RATES: "two rates of chance events, exactly (Przyborowski & Wilenski 1940)",
        Basis.STRETCHES: "two means of unlike scatter (Welch 1947), with what may be misheard",
        Basis.OTHER_TAKES: "the reliable change (Jacobson & Truax 1991)",
    }
)
"""What each basis is tested by, and whose test that is; all measures of a pair together by Holm 1979."""

_STYLE = {Judgement.REAL: "bold", Judgement.WITHIN_NOISE: "", Judgement.UNKNOWN: "dim"}


def comparison_lines(comparison: Comparison) -> list[RenderableType]:
    """Render a comparison."""
    before, after = comparison.before, comparison.after
    return [
        *_heading(comparison),
        *(Text(line, style="yellow") for line in _remarks(comparison)),
        Text(),
        _table(comparison),
        Text(),
        *(Text(line, style="dim") for change in comparison.changes for line in _reason(change)),
        *(Text(line) for line in wrap(meaning_of_real(), WIDTH)),
        Text(),
        *_words(before, after),
    ]


# --- in words: also for the page ------------------------------------------------------------------


def meaning_of_real(rule: ComparisonRule = RULE) -> str:
    """Say in one line what "real" means."""
    return (
        '"Real": had you spoken both takes alike, a difference this large, in any of the measures, would come up in'
        f" fewer than 1 of {1 / rule.significance:.0f} pairs of takes."
    )


def judgement_words(change: Change) -> str:
    """Say what a difference is: "real, for the better"."""
    if change.judgement is not Judgement.REAL and value_words(change.before) == value_words(change.after):
        return "none" if change.before.value is not None else change.judgement.value
    if change.judgement is not Judgement.REAL or change.direction is Direction.NEITHER:
        return change.judgement.value
    return f"{change.judgement.value}, for the {change.direction.value}"


def chance_words(p_value: float) -> str:
    """Say how often chance does as much."""
    if p_value < CERTAIN_BELOW:
        return "Chance alone does as much in fewer than 1 of 100 pairs of takes."
    if p_value >= MOSTLY_FROM:
        return "Chance alone does as much in most pairs of takes."
    return f"Chance alone does as much in {100 * p_value:.0f} of 100 pairs of takes."


def what_is_real(comparison: Comparison) -> str:
    """Say in one sentence what came of it."""
    if comparison.obstacle is not None:
        return comparison.obstacle
    real = comparison.real
    if not real:
        return "No difference is more than noise."
    names = [
        change.name if change.direction is Direction.NEITHER else f"{change.name}, for the {change.direction.value}"
        for change in real
    ]
    return f"{len(real)} of {len(comparison.changes)} measures really changed: {'; '.join(names)}."


def kept_words(runs: Sequence[Run]) -> str:
    """Say how much of the words both takes share."""
    share = kept_share(runs)
    if share is None:
        return "There are no words to compare."
    if not share:
        return "The takes have no run of words in common."
    return f"{100 * share:.0f} % of the words are in both takes."


def value_words(part: ScorePart) -> str:
    """Say what was measured."""
    return "not measured" if part.value is None else with_unit(part.value, part.unit)


def is_graded(comparison: Comparison) -> bool:
    """Whether there are points to show."""
    return any(part.points is not None for change in comparison.changes for part in (change.before, change.after))


# --- lines ----------------------------------------------------------------------------------------


def _heading(comparison: Comparison) -> Iterator[Text]:
    before, after = comparison.before, comparison.after
    for take in (before, after):
        line = Text(f"Take {take.id:<5}", style="bold")
        length = clock(take.duration_s) if take.typed is None else "typed"
        yield line.append(f"{take.asked_at:%Y-%m-%d %H:%M}  {length}", style="not bold")
        if take is after or not comparison.same_question:
            yield from (Text(text) for text in wrap(take.question.text, WIDTH))


def _remarks(comparison: Comparison) -> Iterator[str]:
    for remark in (comparison.obstacle, *comparison.notes):
        if remark is not None:
            yield from wrap(f"! {remark}", WIDTH, subsequent_indent="  ", break_on_hyphens=False)


def _table(comparison: Comparison) -> RenderableType:
    before, after = comparison.before, comparison.after
    table = Table(box=None, pad_edge=False, header_style="dim")
    for title in ("", f"TAKE {before.id}", f"TAKE {after.id}", "THE DIFFERENCE IS"):
        table.add_column(title)
    for change in comparison.changes:
        table.add_row(
            change.name.capitalize(),
            value_words(change.before),
            value_words(change.after),
            Text(judgement_words(change), style=_STYLE[change.judgement]),
        )
    if is_graded(comparison):
        table.add_row("Score", score_in_words(before), score_in_words(after), Text("what its parts are", style="dim"))
    return table


def _reason(change: Change) -> list[str]:
    if not change.why:
        return []
    chance = "" if change.p_value is None else f" {chance_words(change.p_value)}"
    return wrap(f"{change.name.capitalize()}: {change.why}{chance}", WIDTH, subsequent_indent="  ")


def _words(before: Take, after: Take) -> Iterator[Text]:
    if before.result is None or after.result is None:
        return
    one, other = ([*_timed(take.result.delivery)] for take in (before, after) if take.result is not None)
    runs = aligned(before.result.delivery, after.result.delivery)
    yield Text(kept_words(runs) + (" - was dropped, + was added." if runs else ""), style="bold")
    yield Text(f"  {f'take {before.id}':<{TIME_CELLS}}{f'take {after.id}':<{TIME_CELLS}}", style="dim")
    for run in runs:
        dropped, added = one[run.before.start : run.before.stop], other[run.after.start : run.after.stop]
        if run.kept:
            yield from _lines(" ", (dropped[0][0], added[0][0]), added)
            continue
        if dropped:
            yield from _lines("-", (dropped[0][0], ""), dropped)
        if added:
            yield from _lines("+", ("", added[0][0]), added)
    if runs:
        yield Text(LEGEND, style="dim")


def _timed(delivery: Delivery) -> Iterator[tuple[str, Text]]:
    """Yield everything that was said, each word behind the time at which it begins."""
    for token in tokens_of(delivery):
        yield "" if delivery.typed else clock(token.start_s), marked(delivery, token)


def _lines(mark: str, times: tuple[str, str], words: Sequence[tuple[str, Text]]) -> Iterator[Text]:
    """Yield one run in lines: the mark on each, the times on the first."""
    line = Text(f"{mark} {times[0]:<{TIME_CELLS}}{times[1]:<{TIME_CELLS}}")
    margin = line.cell_len
    for _, word in words:
        if line.cell_len > margin and line.cell_len + 1 + word.cell_len > WIDTH:
            yield line
            line = Text(f"{mark:<{margin}}")
        if line.cell_len > margin:
            line.append(" ")
        line.append_text(word)
    yield line
