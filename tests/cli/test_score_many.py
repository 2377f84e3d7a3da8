"""`mockint score` on folders: several at a time, going on after an interruption, past files that cannot be read."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from running import run

import mockint

SAMPLES = Path(mockint.__file__).parent / "sample_answers"

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three recordings, one of them in a folder of its own, and a file that only looks like one."""
    (tmp_path / "audio" / "more").mkdir(parents=True)
    shutil.copy(SAMPLES / "went-wrong.ogg", tmp_path / "audio" / "a.ogg")
    shutil.copy(SAMPLES / "you-in-a-minute.ogg", tmp_path / "audio" / "b.ogg")
    shutil.copy(SAMPLES / "went-wrong.ogg", tmp_path / "audio" / "more" / "c.ogg")
    (tmp_path / "audio" / "broken.wav").write_text("not sound")
    (tmp_path / "audio" / "notes.txt").write_text("not sound either")
    return tmp_path / "audio"


def test_a_folder_is_all_the_sound_in_it_and_one_bad_file_does_not_stop_the_rest(folder: Path) -> None:
    """Exit code 1 says that not all could be scored; stderr says which."""
    shown = run("score", folder, "--engine", "none", "--json")
    assert shown.exit_code == 1
    assert [Path(result["file"]).name for result in shown.objects] == ["a.ogg", "b.ogg", "c.ogg"]
    assert "broken.wav is not a sound file" in shown.stderr
    assert "1 of 4 files could not be scored." in shown.stderr


def test_several_at_a_time_give_the_same_results(folder: Path) -> None:
    """In whatever order they come."""
    (folder / "broken.wav").unlink()
    alone = run("score", folder, "--engine", "moonshine", "--json").objects
    together = run("score", folder, "--engine", "moonshine", "--json", "--jobs", 2).objects
    assert sorted(together, key=lambda result: result["file"]) == alone


def test_a_run_that_was_interrupted_goes_on_where_it_stopped(folder: Path, tmp_path: Path) -> None:
    """What is in the file is not scored again; a line that was cut off is."""
    (folder / "broken.wav").unlink()
    out = tmp_path / "results.jsonl"
    whole = run("score", folder, "--engine", "none", "--out", out)
    assert (whole.exit_code, whole.stdout) == (0, "")
    lines = out.read_text().splitlines()
    assert len(lines) == 3
    out.write_text(lines[0] + "\n" + lines[1][:100])
    resumed = run("score", folder, "--engine", "none", "--out", out)
    assert "1 of 3 files are in" in resumed.stderr
    assert [json.loads(line) for line in out.read_text().splitlines()] == [json.loads(line) for line in lines]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--out", "notes.txt"], "does not hold results of mockint"),
        (["--out", "no/such/folder/x.jsonl"], "cannot be written"),
    ],
)
def test_a_file_that_results_cannot_go_to_is_named(
    folder: Path, words: list[str], sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is scored into nothing."""
    monkeypatch.chdir(folder)
    (folder / "notes.txt").write_text('{"not": "ours"}\n')
    shown = run("score", "a.ogg", "--engine", "none", *words)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert sentence in shown.stderr


def test_a_folder_without_sound_is_said(tmp_path: Path) -> None:
    """Exit code 2: there is nothing that could be meant."""
    (tmp_path / "empty").mkdir()
    shown = run("score", tmp_path / "empty")
    assert shown.exit_code == 2
    assert "holds no sound files" in shown.stderr
