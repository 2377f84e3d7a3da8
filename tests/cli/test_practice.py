"""`mockint practice`, and what it leaves behind for `review` and `progress`."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from running import run

import mockint

SAMPLES = Path(mockint.__file__).parent / "sample_answers"
pytestmark = pytest.mark.usefixtures("home")

PROMISED = {"file", "duration_s", "engine", "method_version", "words", "fillers", "pauses", "pace", "score", "caveats"}
EVALUATION = Path(mockint.__file__).parents[2] / "shared" / "eval" / "dev"


def said(result: dict[str, Any]) -> str:
    return " ".join(word["text"].lower().strip(".,?") for word in result["words"])


def test_sample_answers_go_the_whole_way(home: Path) -> None:
    """Asked, heard, measured, scored, stored, and shown again: the main job, with the default recogniser."""
    practised = run("practice", "--samples", "always", "--json")
    assert practised.exit_code == 0
    assert [result["question"] for result in practised.objects] == [
        "you-in-a-minute",
        "disagreed-with-colleague",
        "went-wrong",
    ]
    first, second, third = practised.objects
    assert "customer support for about four years" in said(first)
    assert "booking form" in said(second)
    assert "mobile routers" in said(third)
    assert any(filler["kind"] == "filled_pause" for filler in first["fillers"])
    assert any(pause["end_s"] - pause["start_s"] > 2 for pause in second["pauses"])
    assert 100 < first["pace"]["words_per_minute"] < 250
    for result in practised.objects:
        assert result.keys() >= PROMISED | {"take", "session", "question", "asked_at", "result_delay_s"}
        assert Path(result["file"]).is_relative_to(home)

    assert run("review", "--json").objects == practised.objects
    progress = run("progress", "--json").objects[0]
    assert (progress["takes"], progress["sessions"]) == (3, 1)

    transcript = run("review", "last").stdout
    assert "mobile routers" in " ".join(transcript.split())
    assert "Pace" in run("progress").stdout


def test_the_card_has_at_most_ten_lines_of_eighty_columns() -> None:
    """It is read in one glance, in any terminal."""
    shown = run("practice", "--samples", "always", "--engine", "moonshine")
    cards = shown.stdout.strip().split("\n\n")
    assert len(cards) == 3
    for card in cards:
        assert len(card.splitlines()) <= 10
        assert max(len(line) for line in card.splitlines()) <= 80


def test_questions_are_printed_although_nobody_speaks_them() -> None:
    """On stderr: stdout is for results."""
    shown = run("practice", "--samples", "always", "--engine", "none", "--json")
    assert "What should we know about you?" in " ".join(shown.stderr.split())


def test_where_nobody_can_answer_samples_are_used_and_it_is_said() -> None:
    """A pipe is no terminal: `make practice` still shows what mockint does."""
    shown = run("practice", "--samples", "auto", "--engine", "none", "--json")
    assert shown.exit_code == 0
    assert "There is no terminal here. So this session runs on sample answers" in shown.stderr


def test_answering_again_makes_another_take(tmp_path: Path) -> None:
    """Nothing is overwritten, and both takes hang on the question's id."""
    shutil.copy(SAMPLES / "went-wrong.ogg", tmp_path / "went-wrong.ogg")
    for _ in range(2):
        run("practice", "starter", "--answers", tmp_path, "--count", 1, "--engine", "none", "--json")
    shown = [run("review", take, "--json").objects[0] for take in (1, 2)]
    assert [(result["take"], result["question"]) for result in shown] == [(1, "went-wrong"), (2, "went-wrong")]


def test_files_that_bear_no_id_answer_in_order(tmp_path: Path) -> None:
    """FILE by question id, else in natural order; the session ends where the files end."""
    for source, name in (("went-wrong", "take 10"), ("you-in-a-minute", "take 2")):
        shutil.copy(SAMPLES / f"{source}.ogg", tmp_path / f"{name}.ogg")
    shown = run("practice", "starter", "--answers", tmp_path, "--engine", "moonshine", "--json").objects
    assert [result["question"] for result in shown] == ["you-in-a-minute", "what-drew-you"]
    assert "customer support" in said(shown[0])


def test_realtime_feeds_at_the_speed_of_speech_and_tells_the_delay(tmp_path: Path) -> None:
    """The answer was spoken within the time that it lasts, so nearly all of it is transcribed when it ends."""
    samples, rate_hz = soundfile.read(SAMPLES / "went-wrong.ogg")
    soundfile.write(tmp_path / "went-wrong.wav", samples[: 3 * rate_hz], rate_hz)
    [result] = run(
        "practice", "starter", "--answers", tmp_path, "--realtime", "--engine", "moonshine", "--json"
    ).objects
    assert result["result_delay_s"] > 0


def test_an_answer_that_cannot_be_read_keeps_the_takes_before_it(tmp_path: Path) -> None:
    """One sentence, exit 1, and what was given is stored."""
    shutil.copy(SAMPLES / "you-in-a-minute.ogg", tmp_path / "1.ogg")
    (tmp_path / "2.wav").write_text("not sound")
    shown = run("practice", "starter", "--answers", tmp_path, "--engine", "none", "--json")
    assert shown.exit_code == 1
    assert "2.wav is not a sound file that can be read" in shown.stderr
    assert [result["take"] for result in shown.objects] == [1]
    assert [result["take"] for result in run("review", "--json").objects] == [1]


@pytest.mark.parametrize("seconds", [0.05, 0.2, 10])
def test_silence_is_a_take_without_words(tmp_path: Path, seconds: float) -> None:
    """Nothing is invented, nothing is 0: it could not be told."""
    soundfile.write(tmp_path / "a.wav", np.zeros(int(seconds * 16_000)), 16_000)
    [result] = run("practice", "starter", "--answers", tmp_path, "--json").objects
    assert (result["words"], result["fillers"], result["filled_pause_count"]) == ([], [], None)
    assert result["pace"]["words_per_minute"] is None
    assert {part["points"] for part in result["score"]["parts"]} == {None}
    assert "nothing but digital silence" in " ".join(result["caveats"])


def test_without_a_recogniser_pauses_are_still_measured() -> None:
    """What needs no words is not thrown away with them."""
    _, result, _ = run("practice", "--samples", "always", "--engine", "none", "--json").objects
    assert result["words"] == []
    assert any(pause["end_s"] - pause["start_s"] > 2 for pause in result["pauses"])


def test_the_database_holds_what_was_printed(home: Path) -> None:
    """One session, three takes, three results, and a recording for each."""
    run("practice", "--samples", "always", "--engine", "none", "--json")
    with sqlite3.connect(home / "mockint.db") as database:
        counts = {
            table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - one of three words
            for table in ("sessions", "takes", "results")
        }
    assert counts == {"sessions": 1, "takes": 3, "results": 3}
    assert len(list(home.rglob("*.wav"))) == 3


@pytest.mark.parametrize(
    ("words", "exit_code", "sentence"),
    [
        (["startr"], 1, "There is no bank 'startr'."),
        (["starter", "--question", "went-rong"], 2, "Did you mean 'went-wrong'?"),
        (["starter", "--tag", "nothing-has-this"], 2, "No question of 'starter' is tagged 'nothing-has-this'."),
        (["starter", "--answers", "/nowhere"], 2, "There is no folder /nowhere."),
        (["starter", "--samples", "always", "--engine", "vosk"], 4, "The engine 'vosk' is not installed."),
        (["starter", "--samples", "always", "--engine", "wisper"], 2, "Did you mean"),
        (["starter", "--samples", "always", "--weights", "/nowhere"], 4, "There is no Whisper model in /nowhere."),
        (["starter", "--count", "0"], 2, "0 is not in the range"),
        (["--time-limit", "inf"], 2, "'inf' is not a number that can be meant"),
        (["--silence", "nan"], 2, "'nan' is not a number that can be meant"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(words: list[str], exit_code: int, sentence: str) -> None:
    """A sentence, a hint, the promised exit code, on stderr alone."""
    shown = run("practice", *words)
    assert (shown.exit_code, shown.stdout) == (exit_code, "")
    assert sentence in shown.stderr


def test_a_home_that_is_a_file_is_refused(home: Path) -> None:
    """Nobody can store anything there."""
    home.write_text("")
    shown = run("practice", "--samples", "always", "--json")
    assert (shown.exit_code, shown.stdout) == (1, "")
    assert "Set MOCKINT_HOME to a folder that you may write to." in shown.stderr


@pytest.mark.skipif(
    not EVALUATION.is_dir(), reason="needs the evaluation recordings, which are not part of the project"
)
def test_real_speech_gives_words_fillers_pauses_and_pace(tmp_path: Path) -> None:
    """Three recordings of people who never heard of mockint."""
    for clip in ("mfa_acoustic_corpus", "mfa_cold_corpus", "ami_ES2002a_0307p38"):
        shutil.copy(EVALUATION / f"{clip}.flac", tmp_path)
    results = run("practice", "starter", "--answers", tmp_path, "--json").objects
    assert len(results) == 3
    for result in results:
        assert len(result["words"]) > 20
        assert result["fillers"]
        assert result["pauses"]
        assert result["pace"]["words_per_minute"] > 60
        assert sum(part["points"] is not None for part in result["score"]["parts"]) == 4
    assert run("review", "--json").objects == results
