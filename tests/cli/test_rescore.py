"""`mockint data rescore`: stored takes by the present recogniser and method."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from running import run

from mockint.data_folder import DATABASE_NAME, SETTINGS_FILE

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def practised(home: Path) -> list[dict[str, Any]]:
    """A session of three takes in which nothing was transcribed."""
    return run("practice", "--samples", "always", "--engine", "none", "--json").objects


def result_count(home: Path) -> int:
    with closing(sqlite3.connect(home / DATABASE_NAME)) as database:
        count: int = database.execute("SELECT count(*) FROM results").fetchone()[0]
        return count


def test_a_take_is_heard_anew_and_what_it_was_is_kept(home: Path, practised: list[dict[str, Any]]) -> None:
    """From its recording; the newest result is current."""
    [shown] = run("data", "rescore", 3, "--engine", "moonshine", "--json").objects
    assert (practised[2]["words"], len(shown["words"]) > 20) == ([], True)
    assert shown["engine"] != practised[2]["engine"]
    assert shown["file"] == practised[2]["file"]
    assert run("review", 3, "--json").objects == [shown]
    assert result_count(home) == 4


def test_what_was_scored_so_before_is_skipped(home: Path, practised: list[dict[str, Any]]) -> None:
    """Unless it is forced."""
    again = run("data", "rescore", "--all", "--engine", "none")
    assert (again.exit_code, again.stdout) == (0, "")
    assert again.stderr.count("this recogniser and method scored it before") == len(practised)
    forced = run("data", "rescore", "--all", "--engine", "none", "--force", "--json")
    delay_free = [{key: value for key, value in take.items() if key != "result_delay_s"} for take in practised]
    assert forced.objects == delay_free
    assert result_count(home) == 6


def test_a_changed_method_scores_anew(home: Path, practised: list[dict[str, Any]]) -> None:
    """What changed is shown, part by part."""
    assert practised[2]["method_version"] == "1"
    (home / SETTINGS_FILE).write_text("scoring: {window_s: [10, 40]}", encoding="utf-8")
    shown = run("data", "rescore", 3, "--engine", "none")
    assert "Take 3" in shown.stdout
    assert "-> 20 of 20 points" in shown.stdout
    assert run("review", 3, "--json").objects[0]["method_version"].startswith("1+")
    ungraded = run("data", "rescore", 2, "--engine", "none", "--no-grade")
    assert "The score stays as it was." in ungraded.stdout


@pytest.mark.usefixtures("practised")
def test_corrections_are_laid_over_the_new_transcript(home: Path) -> None:
    """They belong to the take, not to one result; the new result without them is kept too."""
    run("data", "rescore", 1, "--engine", "moonshine")
    run("review", 1, "--filler", "0:05", "um")
    [shown] = run("data", "rescore", 1, "--engine", "moonshine", "--force", "--json").objects
    assert shown["corrected"]
    assert [filler["start_s"] for filler in shown["fillers"] if filler["evidence"] == "person"] == [5.0]
    assert result_count(home) == 3 + 1 + 1 + 2
    [undone] = run("review", 1, "--undo", "--json").objects
    assert (undone["corrected"], undone["engine"]) == (False, shown["engine"])


@pytest.mark.usefixtures("home")
def test_a_transcript_is_not_put_behind_a_result_without_words() -> None:
    """A recogniser that fails takes nothing away."""
    before = run("practice", "--samples", "always", "--engine", "moonshine", "--json").objects[0]
    shown = run("data", "rescore", 1, "--engine", "none")
    assert "Take 1 is skipped: no words were heard now, and it has a transcript." in shown.stderr
    assert run("review", 1, "--json").objects == [before]


def test_takes_without_a_recording_are_skipped_with_the_reason(practised: list[dict[str, Any]]) -> None:
    """The others are scored."""
    os.unlink(practised[1]["file"])  # noqa: PTH108 - a path as JSON has it
    shown = run("data", "rescore", "--all", "--engine", "none", "--force", "--json")
    assert [result["take"] for result in shown.objects] == [1, 3]
    assert "Take 2 is skipped: its recording is not kept any more." in shown.stderr
    assert "Takes: 2 scored anew, 1 skipped." in shown.stderr
    assert shown.exit_code == 0


def test_a_recording_that_cannot_be_read_fails_alone(practised: list[dict[str, Any]]) -> None:
    """It is named, the others are scored, and the command says that not all went well."""
    with open(practised[0]["file"], "w", encoding="utf-8") as file:  # noqa: PTH123 - a path as JSON has it
        file.write("not sound")
    shown = run("data", "rescore", "--all", "--engine", "none", "--force", "--json")
    assert [result["take"] for result in shown.objects] == [2, 3]
    assert shown.exit_code == 1
    assert "1 of 3 takes could not be scored." in shown.stderr


@pytest.mark.usefixtures("practised")
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "Name takes, or all of them."),
        (["1", "--all"], "Name takes, or all of them."),
        (["77"], "There is no take 77."),
        (["1", "--engine", "wisper"], "There is no engine 'wisper'."),
    ],
)
def test_wrong_usage_is_told(words: list[str], sentence: str) -> None:
    """Before anything is done."""
    shown = run("data", "rescore", *words)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert sentence in shown.stderr


def test_without_any_take_there_is_nothing_to_do(home: Path) -> None:
    """And that is no failure."""
    shown = run("data", "rescore", "--all", "--engine", "none")
    assert (shown.exit_code, shown.stdout, shown.stderr) == (0, "", "Takes: no takes.\n")


def test_ctrl_c_stops_between_takes_and_the_same_command_goes_on(home: Path, practised: list[dict[str, Any]]) -> None:
    """What is done is stored and skipped the next time; no take is left half done."""
    run("practice", "--samples", "always", "--engine", "none", "--json")
    words = [sys.executable, "-m", "mockint", "data", "rescore", "--all", "--engine", "moonshine", "--json"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()  # the first take is done
        process.send_signal(signal.SIGINT)
        rest, said = process.stdout.read(), process.stderr.read()
    done_count = 1 + len(rest.splitlines())
    assert process.returncode == 130
    assert f"Stopped after {done_count} of 6 takes ({done_count} scored anew)." in said
    assert result_count(home) == 6 + done_count
    again = run("data", "rescore", "--all", "--engine", "moonshine", "--json")
    assert [result["take"] for result in again.objects] == list(range(done_count + 1, 7))
    assert f"Takes: {6 - done_count} scored anew, {done_count} skipped." in again.stderr
