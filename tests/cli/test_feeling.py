"""One key for how an answer felt: optional, and it counts."""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING

from running import run
from terminal import PATIENCE_S, Terminal, command

from mockint.schedule.recall import Grade

if TYPE_CHECKING:
    from pathlib import Path


def said(home: Path) -> list[tuple[int | None, int]]:
    """How each take felt, and whether its points count."""
    with sqlite3.connect(home / "mockint.db") as database:
        return database.execute("SELECT felt, graded FROM takes ORDER BY id").fetchall()


def test_a_key_says_how_it_felt_and_another_one_corrects_it(home: Path) -> None:
    """Nobody is asked twice: going on without a key is as good."""
    environment = {**os.environ, "MOCKINT_HOME": str(home), "TERM": "xterm", "COLUMNS": "80"}
    words = ["practice", "starter", "--count", "2", "--typed", "--no-voice"]
    terminal = Terminal(command(*words), environment)
    terminal.wait_for("> ")
    terminal.press("I am who I am.\n\n")
    terminal.wait_for("How did it feel?")
    terminal.wait_for("[4] easy")
    terminal.press("4")
    terminal.wait_for("Noted: easy.")
    terminal.press("2")
    terminal.wait_for("Noted: hard.")
    terminal.press("\n")
    terminal.wait_for("> ")
    terminal.press("Not much.\n\n")
    terminal.wait_for("[4] easy")
    terminal.press("\n")
    assert terminal.process.wait(PATIENCE_S) == 0
    assert said(home) == [(Grade.HARD, 1), (None, 1)]


def test_points_that_nobody_wanted_are_left_aside(home: Path) -> None:
    """With --no-grade, or where the settings say so."""
    words = ["practice", "starter", "--samples", "always", "--engine", "none", "--json"]
    assert run(*words, "--no-grade").exit_code == 0
    assert said(home) == [(None, 0)] * 3
    (home / "config.yaml").write_text("grade: false\n", encoding="utf-8")
    assert run(*words).exit_code == 0
    assert said(home)[3:] == [(None, 0)] * 3
    assert run(*words, "--grade").exit_code == 0
    assert said(home)[6:] == [(None, 1)] * 3
