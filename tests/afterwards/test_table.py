"""Applications as CSV: out, harmless, and in again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from searches import TODAY, application

from mockint.afterwards.records import Stage
from mockint.afterwards.table import as_csv, from_csv
from mockint.errors import UsageProblem

HEADER = "company,role,stage,date,link,note\r\n"


def test_what_goes_out_comes_in_again() -> None:
    """Quotes, commas and other scripts included."""
    noted = replace(application((Stage.INTERVIEW, date(2026, 3, 1))), company='Açme, "Ltd"', note="-5 % travel")
    [read] = from_csv(as_csv([noted]), "table.csv", TODAY)
    assert (read.company, read.role, read.note) == (noted.company, noted.role, noted.note)
    assert (read.step.stage, read.step.on) == (Stage.INTERVIEW, date(2026, 3, 1))


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "'quoted"])
def test_no_cell_is_a_formula(text: str) -> None:
    """A spreadsheet shows it as text; coming back, it is as it was."""
    table = as_csv([replace(application(), note=text)])
    assert table.splitlines()[1].endswith(f",'{text}")
    assert from_csv(table, "table.csv", TODAY)[0].note == text


def test_the_company_is_enough() -> None:
    """Sent today, unless the table says otherwise; a table with semicolons is one too."""
    [plain] = from_csv("Company\nAcme\n", "table.csv", TODAY)
    assert (plain.company, plain.step.stage, plain.step.on) == ("Acme", Stage.APPLIED, TODAY)
    [other] = from_csv("role;company\nAnalyst;Acme\n", "table.csv", TODAY)
    assert (other.company, other.role) == ("Acme", "Analyst")


def test_every_fault_is_told_with_its_line() -> None:
    """And nothing is taken in."""
    rows = "Acme,,intervew,,,\r\n,,,,,\r\nFoo,,,2026-02-30,,\r\nBar,,rejected,2026-03-11,,\r\nBaz,a,applied,,,x,y,z\r\n"
    with pytest.raises(UsageProblem) as problem:
        from_csv(HEADER + rows, "table.csv", TODAY)
    assert problem.value.problem.splitlines() == [
        "table.csv:2: There is no stage 'intervew'. Did you mean 'interview'?",
        "table.csv:3: The company is empty.",
        "table.csv:4: There is no day 2026-02-30. Look at the month and the day.",
        "table.csv:5: 2026-03-11 has not come yet. Today is 2026-03-10.",
        "table.csv:6: There are more cells than columns. Put a text with the delimiter in it in quotes.",
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "The first line should name the columns"),
        ("Acme,Analyst\n", "The first line should name the columns"),
        ("company,rolle\n", "There is no column 'rolle'. Did you mean 'role'?"),
        ("company,salary\n", "There is no column 'salary'. Columns are: company,"),
    ],
)
def test_the_first_line_names_the_columns(text: str, fault: str) -> None:
    """Only those that mockint knows: the others would be lost without a word."""
    with pytest.raises(UsageProblem, match=r"table\.csv:1: ") as problem:
        from_csv(text, "table.csv", TODAY)
    assert fault in problem.value.problem
