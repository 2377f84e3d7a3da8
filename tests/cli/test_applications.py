"""`mockint applications`: from the first letter to the answer."""

from __future__ import annotations

import os
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from running import run
from terminal import PATIENCE_S, Terminal, command

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("home")


def in_days(days: int) -> str:
    """A day as the commands reckon it: by the clock of this computer."""
    return str(date.today() + timedelta(days=days))


def applications(*words: str) -> list[tuple[object, ...]]:
    """Number, company, role and stage of those listed."""
    listed = run("applications", "list", *words, "--json").objects
    return [(each["application"], each["company"], each["role"], each["stage"]) for each in listed]


def test_an_application_goes_from_stage_to_stage() -> None:
    """Each with its day and a note; filters find it."""
    assert run("applications", "add", "Acme", "--role", "Analyst", "--date", "2026-01-05").exit_code == 0
    run("applications", "add", "Foo")
    run("applications", "move", "acme", "interview", "--date", "yesterday", "--note", "with the team")
    assert applications() == [(1, "Acme", "Analyst", "interview"), (2, "Foo", None, "applied")]
    assert applications("--stage", "interview") == [(1, "Acme", "Analyst", "interview")]
    shown = run("applications", "show", "1").stdout
    assert f"{in_days(-1)}  interview: with the team" in shown
    run("applications", "move", "1", "withdrawn")
    assert applications("--open") == [(2, "Foo", None, "applied")]
    assert "2  Foo" in run("applications").stdout


def test_a_wrong_move_is_taken_back() -> None:
    """And what was noted can be changed."""
    run("applications", "add", "Acme")
    run("applications", "move", "acme", "offer")
    assert "offer on" in run("applications", "move", "acme", "--undo").stdout
    run("applications", "change", "acme", "--company", "Acme Ltd", "--role", "Analyst")
    assert applications() == [(1, "Acme Ltd", "Analyst", "applied")]


def test_a_no_from_before_the_last_step_is_questioned() -> None:
    """The year may be a slip: nothing is lost by it."""
    run("applications", "add", "Acme", "--date", "2026-01-05")
    shown = run("applications", "move", "acme", "rejected", "--date", "2025-01-05")
    assert shown.stdout == "Acme: rejected on 2025-01-05\n"
    assert "Later than that it was applied, on 2026-01-05: so it stands." in shown.stderr
    assert run("applications", "move", "acme", "--undo").exit_code == 0
    assert applications() == [(1, "Acme", None, "applied")]


def test_after_a_no_one_screen_shows_where_one_stands() -> None:
    """From one's own numbers, which are few on the first day; it fits a terminal of 24 lines."""
    run("applications", "add", "Acme", "--role", "Analyst")
    run("applications", "add", "Foo")
    shown = run("applications", "move", "acme", "rejected").stdout
    assert shown.startswith("Acme, Analyst: a no, on ")
    assert "You have not recorded an answer yet" in shown
    assert "Foo: applied" in shown
    assert "mockint debrief 1" in shown
    assert len(shown.splitlines()) < 24
    assert max(map(len, shown.splitlines())) <= 80
    assert run("applications", "perspective", "acme").stdout == shown
    assert run("applications", "move", "acme", "rejected").stdout == shown
    assert run("applications", "show", "1").stdout.count("rejected") == 1


def test_two_applications_at_one_company_are_told_apart() -> None:
    """It is said at once, and asked when it matters."""
    run("applications", "add", "Acme", "--role", "Analyst")
    second = run("applications", "add", "acme", "--role", "Engineer")
    assert "There was one at acme before: 1 (Acme, Analyst)." in second.stderr
    unclear = run("applications", "move", "Acme", "offer")
    assert (unclear.exit_code, unclear.stdout) == (2, "")
    assert "1 (Acme, Analyst); 2 (acme, Engineer)" in unclear.stderr


def test_people_and_when_to_write_to_them() -> None:
    """Those to write to first on top, with the reason that was noted."""
    run("applications", "add", "Acme")
    run("applications", "met", "Ana Lopez", "--at", "acme", "--email", "ana@example.org", "--date", "2026-01-05")
    run("applications", "met", "Ben", "--note", "likes sailing")
    run("applications", "wrote", "ana lopez", "--note", "send her the article")
    ana, ben = run("applications", "people", "--json").objects
    assert (ana["name"], ana["application"], len(ana["contacts"])) == ("Ana Lopez", 1, 2)
    assert ana["write_on"] == in_days(91)
    assert (ben["write_on"], ben["about"]) == (in_days(30), "likes sailing")
    table = run("applications", "people").stdout
    assert table.index("Ben") < table.index("Ana Lopez")
    assert max(map(len, table.splitlines())) <= 80


def test_a_table_goes_out_and_in(tmp_path: Path) -> None:
    """What is known is passed over; nothing in it is a formula."""
    run("applications", "add", "Acme", "--note", "=1+1")
    path = tmp_path / "table.csv"
    assert run("applications", "list", "--csv", path).stdout.strip() == str(path)
    assert ",'=1+1" in path.read_text(encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8") + "Foo,,,,,\n", encoding="utf-8")
    assert run("applications", "import", path).stdout == "1 taken in, 1 known already.\n"
    assert [each[1] for each in applications()] == ["Acme", "Foo"]
    assert run("applications", "list", "--csv", "-").stdout.startswith("company,role,")


def test_each_fault_of_a_table_has_a_line_of_its_own(home: Path, tmp_path: Path) -> None:
    """At a terminal too, where long lines are broken between words."""
    path = tmp_path / "table.csv"
    path.write_text("company,stage\n,applied\nFoo,hired\n", encoding="utf-8")
    terminal = Terminal(command("applications", "import", str(path)), {**os.environ, "MOCKINT_HOME": str(home)})
    terminal.wait_for(f"\r\n{path}:3:")
    assert terminal.process.wait(PATIENCE_S) == 2
    assert applications() == []


def test_forgetting_is_asked_for_twice() -> None:
    """Without --yes nothing is lost."""
    run("applications", "add", "Acme")
    refused = run("applications", "remove", "acme")
    assert (refused.exit_code, len(applications())) == (2, 1)
    assert run("applications", "remove", "acme", "--yes").stdout == "Acme is forgotten.\n"
    assert applications() == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["add", " "], "The company is empty."),
        (["add", "Foo", "--date", "2026-02-30"], "There is no day 2026-02-30."),
        (["add", "Foo", "--date", "tomorrow"], "has not come yet."),
        (["move", "Acme", "--date", "today"], "Name the stage, or --undo."),
        (["move", "Acm", "offer"], "Did you mean 'Acme'?"),
        (["move", "Acme", "offr"], "'offr' is not one of"),
        (["met", "Ana", "--email", "ana"], "'ana' is no e-mail address."),
        (["wrote", "Ana"], "There is nobody called 'Ana' here."),
        (["import", "/nowhere.csv"], "/nowhere.csv cannot be read: No such file or directory."),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(words: list[str], sentence: str) -> None:
    """And nothing is stored."""
    run("applications", "add", "Acme")
    shown = run("applications", *words)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert sentence in shown.stderr
    assert applications() == [(1, "Acme", None, "applied")]
