"""Applications as CSV, for a spreadsheet and back. A cell that a spreadsheet would run as a formula is disarmed."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from mockint.afterwards import entries
from mockint.afterwards.records import Stage, Step
from mockint.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from mockint.afterwards.records import Application

COLUMNS = ("company", "role", "stage", "date", "link", "note")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "'")
"""What makes a spreadsheet read a cell as a formula (OWASP, CSV injection), and the sign that disarms it."""
_DELIMITERS = (",", ";", "\t")
"""Spreadsheets in many countries write semicolons."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewApplication:
    """An application that is not stored yet."""

    company: str
    role: str | None
    link: str | None
    note: str | None
    step: Step


def as_csv(applications: Iterable[Application]) -> str:
    """Return a line a application, with its present stage and the day of it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for each in applications:
        cells = (each.company, each.role, each.last.stage.value, each.last.on.isoformat(), each.link, each.note)
        writer.writerow([_disarmed(cell or "") for cell in cells])
    return out.getvalue()


def from_csv(text: str, file: str, today: date) -> tuple[NewApplication, ...]:
    """Read what `as_csv` wrote, or a table of one's own with such columns; only the company is needed.

    file: what to call it. Raises UsageProblem with every fault, each with its line.
    """
    try:
        return _from_csv(text, file, today)
    except csv.Error as error:  # quotation marks that never close, for one
        raise UsageProblem(f"{file} is no table that can be read: {error}.", "Nothing was taken in.") from error


def _from_csv(text: str, file: str, today: date) -> tuple[NewApplication, ...]:
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    names = [(name or "").strip().lower() for name in reader.fieldnames or ()]
    faults = _faults_of_header(names)
    read = []
    if not faults:
        reader.fieldnames = names
        for row in reader:
            one = _application_or_fault(row, today)
            if isinstance(one, str):
                faults.append((reader.line_num, one))
            else:
                read.append(one)
    if faults:
        told = "\n".join(f"{file}:{line}: {fault}" for line, fault in faults)
        raise UsageProblem(told, "Nothing was taken in.")
    return tuple(read)


def _faults_of_header(names: Sequence[str]) -> list[tuple[int, str]]:
    if "company" not in names:
        return [(1, f"The first line should name the columns, company among them: {', '.join(COLUMNS)}.")]
    faults = []
    for name in names:
        if name not in COLUMNS:
            near = get_close_matches(name, COLUMNS, n=1)
            meant = f" Did you mean '{near[0]}'?" if near else f" Columns are: {', '.join(COLUMNS)}."
            faults.append((1, f"There is no column '{name}'.{meant}"))
    return faults


def _application_or_fault(row: Mapping[str | None, str | list[str] | None], today: date) -> NewApplication | str:
    try:
        return _application(row, today)
    except UsageProblem as problem:
        return f"{problem.problem} {problem.hint}".strip()


def _application(row: Mapping[str | None, str | list[str] | None], today: date) -> NewApplication:
    cells = {name: _armed(value.strip()) for name, value in row.items() if name and isinstance(value, str)}
    if None in row:
        raise UsageProblem("There are more cells than columns.", "Put a text with the delimiter in it in quotes.")
    stage = as_stage(cells.get("stage") or Stage.APPLIED.value)
    return NewApplication(
        company=entries.name(cells.get("company", ""), "The company"),
        role=entries.line(cells.get("role"), "The role"),
        link=entries.line(cells.get("link"), "The link"),
        note=entries.line(cells.get("note"), "The note"),
        step=Step(stage=stage, on=entries.step_day(cells.get("date") or "today", stage, today)),
    )


def as_stage(word: str) -> Stage:
    """Read a stage. Raises UsageProblem."""
    stages = [stage.value for stage in Stage]
    if word.lower() not in stages:
        near = get_close_matches(word.lower(), stages, n=1)
        hint = f"Did you mean '{near[0]}'?" if near else f"Stages are: {', '.join(stages)}."
        raise UsageProblem(f"There is no stage '{word}'.", hint)
    return Stage(word.lower())


def _disarmed(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def _armed(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA_STARTS) else cell
