"""`mockint bank`: the questions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mockint.cli import wiring

if TYPE_CHECKING:
    from rich.console import RenderableType

    from mockint.model import Bank, Question


@click.group(name="bank")
def command() -> None:
    """List, show and check question banks.

    Banks are YAML files: those that come with mockint, and your own in the folder `banks` of the data folder
    (`mockint data where` says where that is).
    """


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line for each bank.")
def list_banks(as_json: bool) -> None:
    """List the banks that can be practised."""
    from rich.table import Table

    from mockint.bank import find_banks
    from mockint.cli import console
    from mockint.pages.promised import bank_object

    found = find_banks(wiring.bank_folders())
    for fault in found.faults:
        click.echo(str(fault), err=True)
    if as_json:
        for bank in found.banks:
            console.print_json(bank_object(bank))
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("BANK")
    table.add_column("QUESTIONS", justify="right")
    table.add_column("TITLE")
    for bank in found.banks:
        table.add_row(bank.id, str(len(bank.questions)), bank.title)
    console.print_lines([table])


@command.command("show")
@click.argument("bank")
@click.option("--question", "question_id", metavar="ID", help="Show all that the bank says of one question.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line for each question.")
def show_bank(bank: str, question_id: str | None, as_json: bool) -> None:
    """Show the questions of a BANK, named by its id or its file."""
    from mockint.bank import read_bank
    from mockint.cli import console
    from mockint.pages.promised import question_object

    shown = read_bank(bank, wiring.bank_folders())
    questions = (wiring.find_question(shown, question_id),) if question_id else shown.questions
    if as_json:
        for question in questions:
            console.print_json(question_object(question))
        return
    console.print_lines(_whole_question(questions[0]) if question_id else _overview(shown))


@command.command("check")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
def check_banks(files: tuple[Path, ...]) -> None:
    """Print every fault in bank FILEs at once, as FILE:LINE:COLUMN: message. Exits 1 where there are any."""
    from mockint.bank import check_bank

    faults = [fault for path in files for fault in check_bank(path)]
    for fault in faults:
        click.echo(str(fault))
    if faults:
        raise SystemExit(1)
    click.echo("No faults.", err=True)


def _overview(bank: Bank) -> list[RenderableType]:
    from rich.text import Text

    lines: list[RenderableType] = [Text(f"{bank.title}", style="bold"), Text(str(bank.path), style="dim"), Text()]
    for question in bank.questions:
        line = Text(f"{question.id}  ", style="dim")
        lines += [line, Text(f"  {question.text}", style="not dim")]
    return lines


def _whole_question(question: Question) -> list[RenderableType]:
    from rich.text import Text

    facts = {
        "asks about": question.competency,
        "category": question.category,
        "difficulty": None if question.difficulty is None else f"{question.difficulty} of 5",
        "time": None if question.time_limit_s is None else f"up to {question.time_limit_s:g} s",
        "source": question.source,
    }
    lines: list[RenderableType] = [Text(question.text, style="bold")]
    lines += [Text(f"  {name}: {value}", style="dim") for name, value in facts.items() if value]
    for title, items in (
        ("A strong answer covers", question.covers),
        ("They may go on to ask", question.follow_ups),
        ("Tips", question.tips),
    ):
        if items:
            lines += [Text(title), *(Text(f"  - {item}") for item in items)]
    return lines
