"""`mockint bank`: the questions."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mockint.cli import wiring
from mockint.errors import BankProblem, UsageProblem
from mockint.figures import counted
from mockint.pages.terminal import WIDTH

if TYPE_CHECKING:
    from rich.console import RenderableType

    from mockint.model import Bank, Question


@click.group(name="bank")
def command() -> None:
    """List, show, check and make question banks.

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
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line for each fault.")
def check_banks(files: tuple[Path, ...], as_json: bool) -> None:
    """Print every fault in bank FILEs at once, as FILE:LINE:COLUMN: message. Exits 1 where there are any.

    A warning is about a bank that can be used, but likely does not say what you meant.
    """
    from mockint.bank import check_bank
    from mockint.cli import console
    from mockint.pages.faults import fault_lines, fault_object

    found = [fault for path in files for fault in check_bank(path)]
    for fault in found:
        if as_json:
            console.print_json(fault_object(fault))
        else:
            click.echo("\n".join(fault_lines(fault)))
    warnings = sum(fault.warning for fault in found)
    faults = len(found) - warnings
    said = [f"{faults or 'No'} fault{'s' * (faults != 1)}", counted(warnings, "warning")]
    click.echo(f"{', '.join(said if warnings else said[:1])}.", err=True)
    if faults:
        raise SystemExit(1)


@command.command("new")
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="[FILE]")
@click.option("--own", "own_id", metavar="ID", help="Put it among your own banks, with this id.")
def new_bank(file: Path | None, own_id: str | None) -> None:
    """Write a bank to begin with into FILE: two questions, and a comment for all that can be said. No file is replaced.

    Without FILE, it is printed.
    """
    from mockint.bank.template import new_bank_text

    if file is not None and own_id is not None:
        raise UsageProblem("Name a FILE or --own, not both.")
    if file is None and own_id is None:
        click.echo(new_bank_text("my-questions", "My questions"), nl=False)
        return
    bank_id = _free_id(own_id, Path(own_id or "") if file is None else file)
    path = file or _own_folder() / f"{bank_id}.yaml"
    _create(path, new_bank_text(bank_id, bank_id.replace("-", " ").capitalize()))
    click.echo(f"Wrote {path}. Put your questions in, then: mockint practice {_named(path, bank_id)}")


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write the bank to FILE.")
@click.option("--id", "own_id", metavar="ID", help="The id of the bank (default: made from the file's name).")
def import_bank(file: Path, out: Path | None, own_id: str | None) -> None:
    """Make a bank of the questions in FILE: a table (CSV) with a header, a Markdown list, or one question a line.

    It goes among your own banks, unless --out says where. What cannot be taken is told by its line; no file is
    replaced. A table may have any column that a bank's question may have; cells with several texts part them by ";".
    """
    from mockint.bank import BANK_SUFFIXES, read_lines
    from mockint.bank.importing import questions_in
    from mockint.bank.writing import bank_text

    if file.suffix in BANK_SUFFIXES:
        raise BankProblem(f"{file} is YAML, as banks are.", f"See whether it is a bank: mockint bank check {file}")
    document = read_lines(file, "list of questions")
    if document.faults:
        raise BankProblem(f"No questions can be read: {document.faults[0]}.", _instead_of(file))
    bank_id = _free_id(own_id, out or file)
    imported = questions_in(document, bank_id)
    for fault in document.faults:
        click.echo(str(fault), err=True)
    if not imported.questions:
        raise BankProblem(f"There is no question in {file}.", "See what can be read: mockint bank import --help")
    path = out or _own_folder() / f"{bank_id}.yaml"
    title = imported.title or bank_id.replace("-", " ").capitalize()
    _create(path, bank_text(bank_id, title, imported.questions))
    count = len(imported.questions)
    click.echo(f"Read {file} as {imported.form.value}: {counted(count, 'question')} -> {path}")
    click.echo(f"Practise: mockint practice {_named(path, bank_id)}")


@command.command("schema")
def print_schema() -> None:
    """Print the JSON Schema of a bank, by which an editor completes and checks while you write."""
    from mockint.bank.json_schema import schema_text

    click.echo(schema_text(), nl=False)


def _free_id(own_id: str | None, path: Path) -> str:
    """Return the id that a new bank gets. Raises UsageProblem where it cannot be one, or is another bank's."""
    from mockint.bank import find_banks, slug_of

    bank_id = slug_of(own_id or path.stem)
    if not bank_id or own_id not in (None, bank_id):
        better = f"For instance: {bank_id}" if bank_id else "For instance: my-questions"
        raise UsageProblem(f"'{own_id or path.stem}' cannot be the id of a bank.", better)
    for bank in find_banks(wiring.bank_folders()).banks:
        if bank.id == bank_id:
            raise UsageProblem(f"There is a bank '{bank_id}' already: {bank.path}.", f"For instance: my-{bank_id}")
    return bank_id


def _create(path: Path, text: str) -> None:
    from mockint.bank import create_bank_file
    from mockint.store.home import make_private_folder

    if path.parent == _own_folder():
        make_private_folder(path.parent)
    create_bank_file(path, text)


def _own_folder() -> Path:
    return wiring.bank_folders()[-1]


def _named(path: Path, bank_id: str) -> str:
    """Name a bank as a command takes it."""
    return bank_id if path.parent == _own_folder() else shlex.quote(str(path))


def _instead_of(file: Path) -> str:
    """Say what to do about a file that cannot be read as text."""
    if file.suffix.lower() in (".xlsx", ".xls", ".ods", ".numbers"):
        return "Save the sheet as CSV (UTF-8) first."
    return "A table (CSV), a Markdown list and plain lines can be read."


def _overview(bank: Bank) -> list[RenderableType]:
    from rich.padding import Padding
    from rich.text import Text

    lines: list[RenderableType] = [Text(f"{bank.title}", style="bold"), Text(str(bank.path), style="dim"), Text()]
    for question in bank.questions:
        line = Text(f"{question.id}  ", style="dim")
        lines += [line, Padding(Text(question.text), (0, 0, 0, 2), expand=False)]
    return lines


def _whole_question(question: Question) -> list[RenderableType]:
    from textwrap import wrap

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
            lines.append(Text(title))
            for item in items:
                lines += map(Text, wrap(item, WIDTH, initial_indent="  - ", subsequent_indent="    "))
    return lines
