"""`mockint bank`, as its user runs it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from running import run

from mockint.bank import load_bank
from mockint.bank.fields import QUESTION
from mockint.bank.template import TEMPLATE

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("home")

FAULTY = """\
mockint_bank: 1
bank: {id: mine, title: Mine}
questions:
  - id: why
    text: Be frank: why this job?
    dificulty: 3
"""


def test_check_shows_the_line_and_the_place(tmp_path: Path) -> None:
    """As compilers do, so that editors can jump there."""
    (tmp_path / "mine.yaml").write_text(FAULTY)
    shown = run("bank", "check", tmp_path / "mine.yaml")
    colon = "a colon and a space begin a value, and this one is inside a text; put the whole text in double quotes"
    assert shown.exit_code == 1
    assert shown.stdout.splitlines() == [
        f"{tmp_path}/mine.yaml:5:19: {colon}",
        "    5 |     text: Be frank: why this job?",
        "      |                   ^",
        f"{tmp_path}/mine.yaml:6:5: a question has no key 'dificulty'; did you mean 'difficulty'?",
        "    6 |     dificulty: 3",
        "      |     ^",
    ]
    assert shown.stderr == "2 faults.\n"


def test_check_as_json(tmp_path: Path) -> None:
    """One object a fault."""
    path = tmp_path / "mine.yaml"
    path.write_text(FAULTY)
    shown = run("bank", "check", path, "--json")
    assert shown.exit_code == 1
    assert shown.objects[1] == {
        "file": str(path),
        "line": 6,
        "column": 5,
        "message": "a question has no key 'dificulty'",
        "hint": "did you mean 'difficulty'?",
        "excerpt": "    dificulty: 3",
        "warning": False,
    }


def test_a_warning_is_no_fault(tmp_path: Path) -> None:
    """The bank can be used, so the check succeeds."""
    path = tmp_path / "mine.yaml"
    path.write_text(FAULTY.replace("Be frank: w", "W").replace("dificulty: 3", "category: behavioral"))
    shown = run("bank", "check", path)
    assert shown.exit_code == 0
    assert ":6:15: warning: 'category' says 'behavioral'" in shown.stdout
    assert shown.stderr == "No faults, 1 warning.\n"


def test_long_lines_are_cut_around_the_place(tmp_path: Path) -> None:
    """Eighty columns are enough, and the caret still points at the place, also behind wide letters."""
    path = tmp_path / "mine.yaml"
    path.write_text(FAULTY.replace("Be frank:", f"{'字' * 90}\x07:").replace("\x07", ""), encoding="utf-8")
    _, excerpt, caret, *_ = run("bank", "check", path).stdout.splitlines()
    before = excerpt[: excerpt.index(": why")]
    assert excerpt.startswith("    5 | ...")
    assert len(caret) == len(before) + before.count("字") + 1


# --- new ------------------------------------------------------------------------------------------


def test_a_new_bank_can_be_practised_as_it_stands(tmp_path: Path) -> None:
    """Its id comes from its file, and everything that a question may have is in it."""
    path = tmp_path / "my-company.yaml"
    assert run("bank", "new", path).exit_code == 0
    assert run("bank", "check", path).stderr == "No faults.\n"
    bank = load_bank(path)
    assert (bank.id, bank.title, len(bank.questions)) == ("my-company", "My company", 2)
    assert [key for key in QUESTION if f"{key}:" not in TEMPLATE] == []


def test_a_new_bank_replaces_nothing(tmp_path: Path) -> None:
    """Neither a file, nor a bank that history hangs on."""
    path = tmp_path / "mine.yaml"
    path.write_text("mine")
    shown = run("bank", "new", path)
    assert (shown.exit_code, path.read_text()) == (1, "mine")
    assert "was not touched" in shown.stderr
    taken = run("bank", "new", "--own", "starter")
    assert taken.exit_code == 2
    assert "There is a bank 'starter' already" in taken.stderr
    assert "my-starter" in taken.stderr


def test_a_new_bank_of_ones_own(home: Path) -> None:
    """It is listed at once; without a name, the bank is printed."""
    assert run("bank", "new", "--own", "my-company").exit_code == 0
    assert "my-company" in [bank["id"] for bank in run("bank", "list", "--json").objects]
    assert (home / "banks" / "my-company.yaml").is_file()
    assert run("bank", "new").stdout.startswith("# A bank of interview questions")
    refused = run("bank", "new", "--own", "My Company")
    assert (refused.exit_code, "For instance: my-company" in refused.stderr) == (2, True)


# --- import ---------------------------------------------------------------------------------------


def test_imported_questions_can_be_practised(tmp_path: Path, home: Path) -> None:
    """They go among one's own banks; what was left out is told by its line."""
    path = tmp_path / "Asked at Acme.txt"
    path.write_text("Why here?\n# heard on the way out\nWhat went wrong?\n")
    shown = run("bank", "import", path)
    assert shown.exit_code == 0
    assert f"Read {path} as plain lines: 2 questions -> {home}/banks/asked-at-acme.yaml" in shown.stdout
    assert shown.stderr == f"{path}:2:1: a line that begins with '#' is a comment: left out\n"
    assert [question["id"] for question in run("bank", "show", "asked-at-acme", "--json").objects] == [
        "why-here",
        "what-went-wrong",
    ]
    again = run("bank", "import", path)
    assert (again.exit_code, "There is a bank 'asked-at-acme' already" in again.stderr) == (2, True)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none.txt", None, "there is no such file"),
        ("empty.txt", b"", "There is no question in"),
        ("sheet.xlsx", b"PK\x03\x04\0\0", "Save the sheet as CSV"),
        ("bank.yaml", b"mockint_bank: 1", "See whether it is a bank: mockint bank check"),
        ("latin.txt", "Für wen?".encode("latin-1"), "this is not UTF-8 text"),
    ],
)
def test_what_cannot_be_imported(tmp_path: Path, home: Path, name: str, content: bytes | None, said: str) -> None:
    """One sentence and what to do; nothing is written."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    shown = run("bank", "import", tmp_path / name)
    assert shown.exit_code == 1
    assert said in shown.stderr
    assert not (home / "banks").exists()


def test_the_schema_is_printed() -> None:
    """For `> bank.schema.json`."""
    assert json.loads(run("bank", "schema").stdout)["title"] == "A bank of interview questions for mockint"


def test_a_question_that_takes_two_lines_is_indented_on_both() -> None:
    """So that ids stand out."""
    lines = run("bank", "show", "starter").stdout.splitlines()
    told = [line for line in lines[3:] if line.startswith("  ")]
    assert len(told) > 24  # there are 24 questions, and most of them are longer than a line
    assert all(line.startswith("  ") or " " not in line for line in lines[3:])
