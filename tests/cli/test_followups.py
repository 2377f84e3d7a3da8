"""`mockint followups`: what is due, done, put off, and in the calendar."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar
from running import run
from terminal import PATIENCE_S, Terminal, command

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def acme(home: Path) -> Path:
    """An interview yesterday."""
    run("applications", "add", "Acme", "--date", "yesterday")
    run("applications", "move", "acme", "interview", "--date", "yesterday")
    return home


def names() -> list[str]:
    return [each["name"] for each in run("followups", "--json").objects]


def test_what_is_due_stands_under_its_day() -> None:
    """With the command that helps, and the name by which it is marked."""
    shown = run("followups").stdout
    today, _, week = shown.partition("This week")
    assert "mockint letter thanks 1   [thanks-1]" in today
    assert "mockint debrief 1   [debrief-1]" in today
    assert "[apply]" in week
    assert "1 later: mockint followups --all" in shown
    assert "[check-in-1]" in run("followups", "--all").stdout
    assert max(map(len, shown.splitlines())) <= 80


def test_done_and_put_off_by_name() -> None:
    """What is done is gone; what is put off comes later."""
    assert names()[:2] == ["debrief-1", "thanks-1"]
    assert run("followups", "--done", "thanks-1").stdout.startswith("Done: Thank ")
    assert run("followups", "--snooze", "debrief-1", "--until", "tomorrow").exit_code == 0
    assert "thanks-1" not in names()
    assert "Today" not in run("followups").stdout


def test_a_person_one_wrote_to_comes_again_in_a_quarter() -> None:
    """Done means that one was in touch."""
    run("applications", "met", "Ana", "--date", "2026-01-05")
    run("followups", "--done", "reconnect-1")
    [ana] = run("applications", "people", "--json").objects
    assert len(ana["contacts"]) == 2


def test_a_calendar_is_written(tmp_path: Path) -> None:
    """All of it, also what comes later; a name is only a name in it."""
    run("applications", "change", "acme", "--company", "Acme; <b>\nEND:VEVENT")
    path = tmp_path / "mockint.ics"
    assert run("followups", "--ics", path).stdout == f"{path}\n"
    events = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert len(events) == len(names()) == 4
    assert any("Acme; <b> END:VEVENT" in str(event["summary"]) for event in events)


def test_at_a_terminal_one_key_marks_each(acme: Path) -> None:
    """d: done; s: put off; and the rest is left as it is."""
    terminal = Terminal(command("followups"), {**os.environ, "MOCKINT_HOME": str(acme)})
    terminal.wait_for("[q] quit")
    terminal.press("d")
    terminal.wait_for("Done: Write down")
    terminal.wait_for("[q] quit")
    terminal.press("s")
    terminal.wait_for("Put off to")
    assert terminal.process.wait(PATIENCE_S) == 0
    assert "debrief-1" not in names()
    assert "Today" not in run("followups").stdout


def test_nothing_is_due_at_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It says so."""
    monkeypatch.setenv("MOCKINT_HOME", str(tmp_path / "new"))
    assert run("followups").stdout == "Nothing is due this week.\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--done", "thank-1"], "Did you mean 'thanks-1'?"),
        (["--done", "thanks-1", "--done", "nothing"], "Nothing called 'nothing' is due."),
        (["--snooze", "thanks-1", "--until", "yesterday"], "is not later than today."),
        (["--snooze", "thanks-1", "--until", "2026-02-30"], "There is no day 2026-02-30."),
        (["--until", "tomorrow"], "--until goes with --snooze."),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(words: list[str], sentence: str) -> None:
    """And nothing is marked."""
    shown = run("followups", *words)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert sentence in shown.stderr
    assert "thanks-1" in names()
