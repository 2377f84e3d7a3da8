"""What is printed into a pipe or a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from practised import practise
from running import run

if TYPE_CHECKING:
    from pathlib import Path


def test_no_line_ends_in_blanks(home: Path) -> None:
    """Neither one that was wrapped, nor a row of a table."""
    practise(home)
    assert run("applications", "add", "A company with a long name, which is wrapped").exit_code == 0
    assert run("applications", "move", 1, "rejected").exit_code == 0
    for words in (("review",), ("review", 1, "--times"), ("progress",), ("applications", "list"), ("bank", "list")):
        shown = run(*words)
        assert shown.exit_code == 0, shown.stderr
        assert len(shown.stdout.splitlines()) > 1
        assert [line for line in (shown.stdout + shown.stderr).splitlines() if line != line.rstrip()] == [], words
