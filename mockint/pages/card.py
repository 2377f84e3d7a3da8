"""The card after an answer: at most ten lines, readable in 80 columns and without colour."""

from __future__ import annotations

from textwrap import wrap
from types import MappingProxyType
from typing import TYPE_CHECKING

from rich.text import Text

from mockint.figures import aim, clock, figure, with_unit
from mockint.pages.terminal import WIDTH
from mockint.scoring import STOPS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockint.model import Delivery, Result, Score, ScorePart, Take
    from mockint.progress import OwnBand

GAUGE_CELLS = 15
MOST_CAVEATS = 2
"""The rest are one key away, in the transcript."""

GOOD_SHARE, FAIR_SHARE = 0.95, 0.6
"""Shares of a part's points from which it is shown as good, or fair: three steps, no finer than the measure."""

NO_OWN_BANDS: Mapping[str, OwnBand] = MappingProxyType({})


def card(take: Take, own_bands: Mapping[str, OwnBand] = NO_OWN_BANDS) -> list[Text]:
    """Render a stored take as the card that follows an answer. own_bands: measure -> what is usual for the speaker."""
    heading = Text(f"Take {take.id}", style="bold")
    heading.append(f"  {take.question.text}", style="not bold")
    heading.truncate(WIDTH, overflow="ellipsis")
    if take.result is None:
        return [heading, Text("Not scored yet.")]
    return [heading, *result_lines(take.result, own_bands), *caveat_lines(take.result.delivery)]


def caveat_lines(delivery: Delivery) -> list[Text]:
    """Render what to keep in mind first of all, a line each."""
    return [_one_line("! ", caveat, "yellow") for caveat in delivery.caveats[:MOST_CAVEATS]]


def result_lines(result: Result, own_bands: Mapping[str, OwnBand] = NO_OWN_BANDS) -> list[Text]:
    """Render the numbers, one strength and one focus."""
    delivery, score = result.delivery, result.score
    if delivery.typed:
        return typed_lines(result)
    lines = [_part_line(part, delivery, own_bands.get(part.name)) for part in score.parts]
    if _is_graded(result):
        lines.append(_total_line(result, own_bands))
    if score.strength:
        lines.append(_one_line("+ ", score.strength, "green"))
    if score.focus:
        lines.append(_one_line("> ", score.focus, "bold"))
    return lines


def typed_lines(result: Result) -> list[Text]:
    """Render a typed answer: its length, its words, and what could not be measured in one line."""
    delivery, score = result.delivery, result.score
    measured = [part for part in score.parts if part.value is not None]
    others = ", ".join(part.name for part in score.parts if part.value is None)
    lines = [_part_line(part, delivery, None) for part in measured]
    lines.append(Text(f"  Not measured, as it was typed: {others}.", style="dim"))
    if _is_graded(result):
        lines.append(_total_line(result, {}))
    for name, words in (
        ("Hedges", [word.text.strip(STOPS) for word in delivery.hedges]),
        ("Markers", [filler.text.strip(STOPS) for filler in delivery.fillers]),
        ("Most used", [f"{text} {count}" for text, count in delivery.most_used_words]),
    ):
        if words:
            lines.append(_one_line(f"  {name:<12}", ", ".join(words), ""))
    if score.strength:
        lines.append(_one_line("+ ", score.strength, "green"))
    if score.focus:
        lines.append(_one_line("> ", score.focus, "bold"))
    return lines


def reason_lines(result: Result) -> list[Text]:
    """Render why each part that was measured is as it is, and what is shown and never scored."""
    reasons = [f"{part.name.capitalize()}: {part.because}" for part in result.score.parts if part.value is not None]
    if result.delivery.response_latency_s is not None:
        reasons.append(f"Before your first word: {result.delivery.response_latency_s:.1f} s. Shown, never scored.")
    if result.delivery.repeats:
        times = ", ".join(clock(repeat.start_s) for repeat in result.delivery.repeats)
        reasons.append(f"Repeats and restarts: {len(result.delivery.repeats)}, at {times}. Shown, never scored.")
    return [
        Text(line, style="dim")
        for reason in reasons
        for line in wrap(reason, WIDTH, initial_indent="  ", subsequent_indent="    ")
    ]


def _is_graded(result: Result) -> bool:
    """Whether there are points, or nothing that could have any."""
    parts = result.score.parts
    return any(part.points is not None for part in parts) or all(part.value is None for part in parts)


def score_in_words(take: Take) -> str:
    """Say the score in a few words."""
    return (None if take.result is None else points_in_words(take.result.score)) or "could not be told"


def points_in_words(score: Score) -> str | None:
    """Say the points of all parts together: "71 of 100"; None where no part has any."""
    graded = score.graded_parts
    if not graded:
        return None
    return f"{sum(part.points or 0 for part in graded):.0f} of {sum(part.max_points for part in graded):.0f}"


def refined_line(first: Take, refined: Take) -> Text | None:
    """Say what a thorough result changed of the quick one before it; None where no shown number did."""
    if first.result is None or refined.result is None:
        return None
    parts = zip(_shown_values(first.result), _shown_values(refined.result), strict=True)
    changed = [f"{name} {before} -> {after}" for (name, before), (_, after) in parts if before != after]
    if not changed:
        return None
    scores = f"score {score_in_words(first)} -> {score_in_words(refined)}"
    return Text(f"Refined: {', '.join(changed)}; {scores}.", style="dim")


def _shown_values(result: Result) -> list[tuple[str, str]]:
    return [
        (part.name, "unknown" if part.value is None else _value(part, result.delivery)) for part in result.score.parts
    ]


def _part_line(part: ScorePart, delivery: Delivery, own: OwnBand | None) -> Text:
    line = Text(f"  {part.name.capitalize():<12}")
    if part.value is None:
        is_told_below = any(part.because.endswith(caveat) for caveat in delivery.caveats[:MOST_CAVEATS])
        line.append("not measured" if is_told_below else part.because, style="dim")
        line.truncate(WIDTH, overflow="ellipsis")
        return line
    line.append(f"{_value(part, delivery):<25} ", style="bold")
    if part.band.is_open:
        return line.append("shown, not scored", style="dim")
    line.append(f"{_gauge(part) if own is None else _usual(own, part):<{GAUGE_CELLS}} ")
    line.append(f"{'aim ' + aim(part):<14}", style="dim")
    if part.points is not None:
        word, style = _judgement(part.points, part.max_points)
        line.append(f"{word:<5}", style=style)
        line.append(f"{part.points:>2.0f}/{part.max_points:.0f}")
    line.rstrip()
    return line


def _judgement(points: float, max_points: float) -> tuple[str, str]:
    """Tell how well a part went, as (word, style): never by colour alone. A part without points is not judged."""
    if not max_points:
        return "", ""
    if points / max_points >= GOOD_SHARE:
        return "good", "green"
    return ("fair", "yellow") if points / max_points >= FAIR_SHARE else ("work", "red")


def _total_line(result: Result, own_bands: Mapping[str, OwnBand]) -> Text:
    points, graded_count = points_in_words(result.score), len(result.score.graded_parts)
    line = Text("  Score       ")
    if points is None:
        return line.append("could not be told", style="dim")
    line.append(points, style="bold")
    if graded_count < len(result.score.parts):
        line.append(f" from {graded_count} of {len(result.score.parts)} parts", style="dim")
    line.append(f"   method {result.score.method_version}", style="dim")
    if own_bands:
        line.append("   usual: for you", style="dim")
    return line.append("   with your corrections" if result.corrected else "", style="dim")


def _value(part: ScorePart, delivery: Delivery) -> str:
    assert part.value is not None  # noqa: S101 - the caller looked
    count = delivery.filled_pause_count
    if part.name != "fillers" or count is None:
        return with_unit(part.value, part.unit)
    likely = f"{count.low}" if count.low == count.high else f"{count.low}-{count.high}"
    return f"{part.value:.1f}/100 words, um {likely}"


def _usual(own: OwnBand, part: ScorePart) -> str:
    return f"usual {figure(own.low, part.unit)}-{figure(own.high, part.unit)}"


def _gauge(part: ScorePart) -> str:
    """Draw where the value stands (#) beside its band (=), on a scale that reaches twice as far as the band."""
    low, high = part.band.low or 0.0, part.band.high or 0.0
    assert part.value is not None  # noqa: S101 - the caller looked
    end = max(high + (high - low), 1e-9)
    cells = ["=" if low <= (cell + 0.5) * end / GAUGE_CELLS <= high else "-" for cell in range(GAUGE_CELLS)]
    cells[min(GAUGE_CELLS - 1, max(0, int(part.value / end * GAUGE_CELLS)))] = "#"
    return "".join(cells)


def _one_line(mark: str, sentence: str, style: str) -> Text:
    line = Text(mark + sentence, style=style)
    line.truncate(WIDTH, overflow="ellipsis")
    return line
