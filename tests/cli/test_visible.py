"""Nothing that is printed can steer the terminal, wherever it comes from."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING

import pytest
from practised import practise
from rich.live import Live
from rich.text import Text
from running import run

from mockint.cli.console import messages
from mockint.cli.visible import escaped, only_visible, visible

if TYPE_CHECKING:
    from pathlib import Path

STEERING = "\x1b[2Jwiped\x1b]0;title\x07 \x9b31m \u202eturned"


def test_each_such_character_is_shown_as_a_sign() -> None:
    """Line breaks, tabs and all scripts stay as they are; a carriage return alone would overwrite the line."""
    assert visible("a\x1b[31mb\rc\x9bd\u202ee") == "a\ufffd[31mb\ufffdc\ufffdd\ufffde"
    assert visible("où\tça?\r\nありがとう 🙂\n") == "où\tça?\r\nありがとう 🙂\n"


def test_json_means_the_same() -> None:
    """Such a character is escaped, so that another program has it as it was."""
    text = escaped(json.dumps({"text": STEERING}, ensure_ascii=False))
    assert (json.loads(text), visible(text)) == ({"text": STEERING}, text)


def test_a_live_line_has_its_colours_and_can_be_drawn_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is in it cannot steer, but rich can."""
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    with only_visible(), Live(Text("red\u202e", style="red"), console=messages(), transient=True) as live:
        live.refresh()
    assert "\x1b[31mred\ufffd\x1b[0m" in terminal.getvalue()
    assert terminal.getvalue().count("\ufffd") == terminal.getvalue().count("red")


@pytest.mark.parametrize("words", [("review",), ("review", "--json"), ("review", "last", "--times"), ("progress",)])
def test_a_stored_answer_cannot_steer(home: Path, words: tuple[str, ...]) -> None:
    """Neither by its question nor by its transcript."""
    practise(home, said=STEERING)
    outcome = run(*words)
    assert (outcome.exit_code, outcome.stdout != "") == (0, True), outcome.stderr
    assert (visible(outcome.stdout), visible(outcome.stderr)) == (outcome.stdout, outcome.stderr)


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("words", [("score", STEERING), ("practice", STEERING), ("bank", "check", STEERING)])
def test_a_complaint_cannot_steer(words: tuple[str, ...]) -> None:
    """It names what somebody else has named: a file out of an archive, for one."""
    outcome = run(*words)
    assert (outcome.exit_code != 0, "wiped" in outcome.stdout + outcome.stderr) == (True, True)
    assert (visible(outcome.stdout), visible(outcome.stderr)) == (outcome.stdout, outcome.stderr)


@pytest.mark.usefixtures("home")
def test_what_is_kept_of_an_application_cannot_steer() -> None:
    """Its name is printed when it is added, and in every list."""
    for words in (("applications", "add", STEERING), ("applications", "list")):
        outcome = run(*words)
        assert (outcome.exit_code, "wiped" in outcome.stdout) == (0, True), outcome.stderr
        assert (visible(outcome.stdout), visible(outcome.stderr)) == (outcome.stdout, outcome.stderr)
