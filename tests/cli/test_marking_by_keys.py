"""Marking a take after its card: one line each, Enter goes on, and nothing has to be said."""

from __future__ import annotations

import io
import os
import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import builders
import pytest
from storytelling import tell_a_story
from terminal import PATIENCE_S, Terminal, command

import mockint
from mockint.cli import console
from mockint.cli.keys import NoKeyboard
from mockint.cli.marking_by_keys import can_be_marked, mark_by_keys
from mockint.store.takes import Store
from mockint.story import PARTS, Marks, PartStart

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLES = Path(mockint.__file__).parent / "sample_answers"
SITUATION, TASK, ACTION, RESULT = PARTS


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    """A data folder with one take of ten seconds that tells a story."""
    tell_a_story(home)
    with Store(home) as opened:
        yield opened


def answer(store: Store, lines: str, monkeypatch: pytest.MonkeyPatch) -> tuple[Marks, str | None]:
    """Mark the take with these lines, and return what is marked then."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
    mark_by_keys(store.take(1), store, NoKeyboard(), console.messages())
    return store.marks.of_take(1), store.stories.of_take(1)


def starts(**words: int) -> tuple[PartStart, ...]:
    """Starts by the letters of their parts, at the words of so many places."""
    by_letter = {part.letter: part for part in PARTS}
    return tuple(PartStart(part=by_letter[letter], start_s=at * builders.WORD_S) for letter, at in words.items())


def test_enter_takes_the_guess_and_leaves_the_rest(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three times Enter: nothing is said of the points, and the story has no name."""
    assert answer(store, "\n\n\n", monkeypatch) == (Marks(starts=starts(s=0, t=4, a=9, r=14)), None)


def test_what_is_written_holds(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any part can be left out; a story that was told before can be named by its number."""
    marks, story = answer(store, "1 3\nS=0:01, r=0:05\nThe booking form\n", monkeypatch)
    assert marks.covers == (1, 3)
    assert marks.starts == (PartStart(part=SITUATION, start_s=1), PartStart(part=RESULT, start_s=5))
    assert story == "The booking form"
    assert answer(store, "none\nnone\n1\n", monkeypatch) == (Marks(covers=(), starts=()), "The booking form")


def test_enter_keeps_what_was_marked_before(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """And shows it, so that it can be mended."""
    before = answer(store, "2\nt=0:02\nThe move\n", monkeypatch)
    assert answer(store, "\n\n\n", monkeypatch) == before


def test_a_guess_that_cannot_be_meant_is_not_offered(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Recognisers may place words after the end: Enter goes on all the same."""
    tell_a_story(home, duration_s=2)
    with Store(home) as store:
        assert answer(store, "\n\n\n", monkeypatch) == (Marks(), None)


def test_where_no_line_comes_any_more_nothing_is_marked(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-D takes no guess for granted."""
    assert answer(store, "", monkeypatch) == (Marks(), None)


def test_what_cannot_be_meant_is_asked_again(
    store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one sentence each; what was kept before stays."""
    lines = ["4", "two", "2", "s=0:05 t=0:02", "s=9:00", "x=1", "t=0:02", "a" * 99, "a\x1b[2J", "The move"]
    marks, story = answer(store, "".join(f"{line}\n" for line in lines), monkeypatch)
    assert marks == Marks(covers=(2,), starts=(PartStart(part=TASK, start_s=2),))
    assert story == "The move"
    said = " ".join(capsys.readouterr().err.split())
    for problem in (
        "There is no 4: the question names 3 things.",
        "'two' names no points.",
        "The task cannot begin before the situation.",
        "The take ends at 0:10.0.",
        "'x=1' is no start of a part.",
        "at most 60 letters, and this one 99.",
        "cannot hold control characters.",
    ):
        assert f"{problem} Again, or Enter to go on." in said


def test_what_wants_neither_points_nor_a_story_is_not_marked() -> None:
    """The key is not offered there."""
    assert can_be_marked(builders.question(star=True))
    assert can_be_marked(builders.question(covers=("what happened",)))
    assert not can_be_marked(builders.question())


def test_a_recorded_answer_is_marked_at_a_terminal(home: Path) -> None:
    """With one key after the card; the menu fits 80 columns, and comes back."""
    environment = {**os.environ, "MOCKINT_HOME": str(home), "TERM": "xterm", "COLUMNS": "80"}
    words = ["practice", "starter", "--question", "went-wrong", "--answers", str(SAMPLES), "--no-voice"]
    terminal = Terminal(command(*words, "--engine", "none"), environment)
    terminal.wait_for("[m] mark what was in it")
    terminal.wait_for("[4] easy")
    [menu] = [line for line in terminal.shown.splitlines() if "[m] mark" in line]
    assert len(menu[menu.index("[Enter]") :].removesuffix("\x1b[0m")) <= 80
    terminal.press("m")
    terminal.wait_for("Which of these did you cover?")
    terminal.wait_for("> ")
    terminal.press("1,3\n")
    terminal.wait_for("Leave out what was not there.")
    terminal.wait_for("> ")
    terminal.press("s=0:01 a=0:13\n")
    terminal.wait_for("Which story was it?")
    terminal.wait_for("> ")
    terminal.press("The booking form\n")
    terminal.wait_for("you covered 2 of 3")
    terminal.wait_for("[4] easy")
    terminal.press("q")
    assert terminal.process.wait(PATIENCE_S) == 0
    with sqlite3.connect(home / "mockint.db") as database:
        assert database.execute("SELECT name FROM stories").fetchall() == [("The booking form",)]
    with Store(home) as store:
        assert store.marks.of_take(1).covers == (1, 3)
