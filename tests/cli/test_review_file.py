"""`mockint review --html` and `--open`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from running import run


@pytest.fixture
def practised(home: Path) -> Path:
    """A session on the three sample answers; nobody listens, which is quick."""
    assert run("practice", "--samples", "always", "--engine", "none", "--json").exit_code == 0
    return home


def test_a_page_is_written_for_its_owner_alone(practised: Path, tmp_path: Path) -> None:
    """It holds a voice. What it is called is the one line on stdout."""
    shown = run("review", 2, "--html", tmp_path / "new" / "page.html")
    assert (shown.exit_code, shown.stderr) == (0, "")
    file = Path(shown.stdout.strip())
    assert file == tmp_path / "new" / "page.html"
    assert file.read_text(encoding="utf-8").startswith("<!doctype html>")
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600


def test_the_newest_take_is_shown_unless_another_is_named(practised: Path, tmp_path: Path) -> None:
    """Not the whole session, as in the terminal: a page is of one take."""
    file = Path(run("review", "--html", tmp_path / "page.html").stdout.strip())
    assert "<title>Take 3:" in file.read_text(encoding="utf-8")


def test_a_page_is_not_much_larger_than_its_recording(practised: Path, tmp_path: Path) -> None:
    """The recording goes in as FLAC."""
    [take] = run("review", 1, "--json").objects
    file = Path(run("review", 1, "--html", tmp_path / "page.html").stdout.strip())
    assert file.stat().st_size < 1.5 * Path(take["file"]).stat().st_size


@pytest.mark.parametrize("words", [("1", "2"), ("--session", "1"), ("1", "--json"), ("1", "--undo")])
def test_a_page_shows_one_take_and_nothing_else_is_printed(
    practised: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    """Nor is anything corrected on the way: wrong usage, and no file."""
    shown = run("review", *words, "--html", tmp_path / "page.html")
    assert shown.exit_code == 2
    assert not (tmp_path / "page.html").exists()


def test_a_recording_that_is_gone_leaves_a_page_without_sound(practised: Path, tmp_path: Path) -> None:
    """The figures are still there."""
    [take] = run("review", 1, "--json").objects
    Path(take["file"]).unlink()
    file = Path(run("review", 1, "--html", tmp_path / "page.html").stdout.strip())
    page = file.read_text(encoding="utf-8")
    assert "<audio" not in page
    assert "The recording is not here any more" in page


@pytest.mark.skipif(os.name != "posix", reason="$BROWSER is read on Unix")
def test_open_shows_the_page_of_the_data_folder_in_the_browser(practised: Path) -> None:
    """Which browser, the system decides."""
    shown = subprocess.run(
        [sys.executable, "-m", "mockint", "review", "2", "--open"],
        env={**os.environ, "BROWSER": "echo opened %s"},
        capture_output=True,
        text=True,
        check=True,
    )
    page = practised / "pages" / "take-2.html"
    assert shown.stdout.split() == [str(page), "opened", page.as_uri()]
