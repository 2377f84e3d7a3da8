"""What corrections, or another recogniser or method, changed: for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from mockint.figures import figure, fine_clock, with_unit
from mockint.model import CorrectionKind

if TYPE_CHECKING:
    from mockint.model import Correction, Result, ScorePart


def correction_line(correction: Correction) -> Text:
    """Say what a correction changed, and where."""
    old, new = f'"{correction.old_text}"', f'"{correction.new_text}"'
    said = {
        CorrectionKind.WORD_CHANGED: f"{old} is now {new}",
        CorrectionKind.WORD_DELETED: f"{old} was not said",
        CorrectionKind.WORD_INSERTED: f"{new} was said here",
        CorrectionKind.NOT_A_FILLER: f"{old} is no filler",
        CorrectionKind.FILLER_ADDED: f"{new} is a filler",
        CorrectionKind.UNDO: "the last correction is taken back",
    }
    return Text(f"  {fine_clock(correction.start_s)}  {said[correction.kind]}")


def change_lines(before: Result, after: Result) -> list[Text]:
    """Render each part of the score that changed: value and points, before -> after."""
    earlier = {part.name: part for part in before.score.parts}
    changed = [
        _line(earlier[part.name], part)
        for part in after.score.parts
        if part.name in earlier and _shown(earlier[part.name]) != _shown(part)
    ]
    return changed or [Text("  The score stays as it was.", style="dim")]


def _line(before: ScorePart, after: ScorePart) -> Text:
    old = "unknown" if before.value is None else figure(before.value, before.unit)
    new = "unknown" if after.value is None else with_unit(after.value, after.unit)
    line = Text(f"  {after.name.capitalize():<12}")
    line.append(f"{old} -> {new}", style="bold")
    if before.points is not None or after.points is not None:
        line.append(f"   {_points(before)} -> {_points(after)} of {after.max_points:.0f} points", style="dim")
    return line


def _points(part: ScorePart) -> str:
    return "none" if part.points is None else f"{part.points:.0f}"


def _shown(part: ScorePart) -> tuple[str | None, str]:
    return None if part.value is None else figure(part.value, part.unit), _points(part)
