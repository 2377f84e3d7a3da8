"""`mockint drill`: one's own fillers, short turns, a passage; and that none of it counts as practice."""

from __future__ import annotations

import os
import shutil
import sqlite3
from datetime import datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import builders
import numpy as np
import pytest
from running import run
from terminal import PATIENCE_S, Terminal, command

import mockint
from mockint.bank import find_banks, load_bank, shipped_banks_folder
from mockint.cli.drill_pace import TAG as PASSAGE
from mockint.cli.drill_turns import TAG as TURN
from mockint.devices.audiofile import RecordingWriter
from mockint.drills import BANK_ID
from mockint.drills.pace import passage_of
from mockint.drills.rule import RULE
from mockint.model import SAMPLE_RATE_HZ, CountInterval, Result
from mockint.scoring import score
from mockint.store.keeper import SessionKeeper
from mockint.store.takes import Store

if TYPE_CHECKING:
    from sound_card import SoundCard

SAMPLES = Path(mockint.__file__).parent / "sample_answers"
NOON = datetime(2020, 3, 1, 12, tzinfo=timezone.utc)
DRILL_BANK = load_bank(shipped_banks_folder() / "drills" / f"{BANK_ID}.yaml")


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """Recordings of three turns."""
    folder = tmp_path / "answers"
    folder.mkdir()
    for name in ("you-in-a-minute", "went-wrong", "disagreed-with-colleague"):
        shutil.copy(SAMPLES / f"{name}.ogg", folder)
    return folder


def say_um(home: Path, *, take_count: int = 1) -> None:
    """Practise answers of three seconds with an um in each, without listening to them."""
    words = builders.words("there um yes " + "word " * 27)
    um = words[1]
    delivery = builders.delivery(
        words=words,
        fillers=(builders.filler(um),),
        filled_pause_count=CountInterval(count=1, at_least=1, low=1, high=1),
    )
    question = builders.question(text="What did you do when it all went wrong, and what came of it in the end?")
    result = Result(delivery=delivery, score=score(delivery, question))
    with Store(home) as store:
        session = store.begin_session(bank_id="bank", mode="practice", started_at=NOON)
        keeper = SessionKeeper(store, session.id, open_writer=RecordingWriter, now=lambda: NOON)
        for number in range(take_count):
            recording = keeper.begin(question, NOON + timedelta(minutes=number))
            recording.write(np.full(3 * SAMPLE_RATE_HZ, 0.1, np.float32))
            keeper.add_result(recording.keep(dropped_block_count=0), result, result_delay_s=None)


# --- the bank -------------------------------------------------------------------------------------


def test_the_drill_bank_is_no_interview_bank() -> None:
    """It is not listed; it holds enough for several days, and passages long enough for a quick reader."""
    assert BANK_ID not in [bank.id for bank in find_banks([shipped_banks_folder()]).banks]
    turns = [question for question in DRILL_BANK.questions if TURN in question.tags]
    passages = [question for question in DRILL_BANK.questions if PASSAGE in question.tags]
    assert len(turns) >= 2 * RULE.turn_count
    assert all(20 <= (question.time_limit_s or 0) <= 30 for question in turns)
    assert [len(passage_of(passage, 220).words) for passage in passages] == [pytest.approx(220, abs=12)] * 2


# --- fillers --------------------------------------------------------------------------------------


def test_a_drill_without_a_recogniser_still_shows_pauses(home: Path, answers: Path) -> None:
    """Whatever cannot be told says why; turns are kept as takes of a session of their own mode."""
    shown = run("drill", "--answers", answers, "--engine", "none", "--no-voice", "--json")
    assert shown.exit_code == 0
    assert [turn["drill"]["turn"] for turn in shown.objects] == [1, 2, 3]
    first = shown.objects[0]
    assert (first["part"], first["bank"]) == ("turn", BANK_ID)
    assert first["pauses"]
    assert first["drill"]["fillers_per_100_words"] is None
    assert first["drill"]["below_goal"] is None
    with sqlite3.connect(home / "mockint.db") as database:
        assert database.execute("SELECT mode, ended_at IS NOT NULL FROM sessions").fetchall() == [("drill", 1)]


def test_turns_are_told_at_once_and_do_not_count_as_practice(home: Path, answers: Path) -> None:
    """The fillers by their times, the silent pauses, and how far the goal is; progress knows nothing of it."""
    say_um(home)
    shown = run("drill", "--answers", answers, "--engine", "moonshine", "--turns", 2, "--no-voice")
    assert shown.exit_code == 0
    lines = shown.stdout.splitlines()
    assert any("fillers in" in line and "(your usual rate: 3.4)" in line for line in lines)
    assert any("silent pauses, the longest" in line for line in lines)
    assert lines[-2].startswith("Done: ")
    assert max(len(line) for line in lines) <= 80
    progress = run("progress", "--json").objects[0]
    assert (progress["takes"], progress["sessions"]) == (1, 1)


def test_three_turns_in_a_row_below_the_usual_rate_end_the_drill(tmp_path: Path) -> None:
    """The goal is reached before the turns are used up."""
    folder = tmp_path / "fluent"
    folder.mkdir()
    for number in range(5):
        shutil.copy(SAMPLES / "went-wrong.ogg", folder / f"{number}.ogg")
    shown = run("drill", "--answers", folder, "--engine", "moonshine", "--no-voice", "--json")
    turns = [each["drill"] for each in shown.objects]
    assert [turn["in_a_row"] for turn in turns] == [1, 2, 3]
    assert all(turn["fillers_per_100_words"] < turn["goal_per_100_words"] for turn in turns)


def test_own_fillers_are_listed_where_they_cannot_be_played(home: Path, answers: Path) -> None:
    """With their question, their time, the words around them, and where to hear them."""
    say_um(home, take_count=2)
    shown = run("drill", "--answers", answers, "--engine", "none", "--no-voice", "--turns", 1, "--no-sound")
    assert shown.stdout.splitlines()[:3] == [
        "1 of 2  [um]  at 0:00 of take 2",
        "  What did you do when it all went wrong, and what came of it in the …",
        "  ... there [um] yes word word word ...",
    ]
    assert "mockint review 2 --open" in shown.stderr


def test_own_fillers_for_other_programs(home: Path, answers: Path) -> None:
    """One object each, with the stretch to listen to."""
    say_um(home)
    filler, turn = run("drill", "--answers", answers, "--engine", "none", "--no-voice", "--turns", 1, "--json").objects
    assert (filler["part"], filler["take"], filler["text"]) == ("filler", 1, "um")
    assert filler["clip"] == {"start_s": 0.0, "end_s": 1.6}
    assert turn["part"] == "turn"


def test_progress_tells_what_came_of_drills(home: Path, answers: Path) -> None:
    """In a sentence, as JSON and on its page, once there was a drill; not where it is about a part of the takes."""
    say_um(home, take_count=5)
    assert "first drill" not in run("progress").stdout
    assert run("progress", "--json").objects[0]["drills"] is None
    run("drill", "--answers", answers, "--engine", "none", "--no-voice", "--turns", 1)
    said = "too few takes to tell (5 takes before, 0 since; 5 each are needed)."
    assert said in " ".join(run("progress").stdout.split())
    assert said in Path(run("progress", "--html", home / "page.html").stdout.strip()).read_text(encoding="utf-8")
    told = run("progress", "--json").objects[0]["drills"]
    assert (told["before"]["takes"], told["since"]["takes"], told["verdict"]) == (5, 0, "too few takes to tell")
    assert "first drill" not in run("progress", "--question", "one").stdout


def test_without_any_take_the_drill_begins_with_the_turns(answers: Path) -> None:
    """There is nothing to listen to yet, and that is said."""
    shown = run("drill", "--answers", answers, "--engine", "none", "--no-voice", "--turns", 1)
    assert "There is no filler of yours to listen to yet" in shown.stderr
    assert shown.exit_code == 0


@pytest.mark.parametrize(
    ("words", "exit_code", "said"),
    [
        (("--wpm", 150), 2, "--wpm goes with the drill of your pace"),
        (("breathing",), 2, "'breathing' is not one of"),
        (("--answers", "nowhere"), 2, "There is no folder nowhere."),
        (("pace", "--answers", "nowhere"), 2, "There is no folder nowhere."),
        (("pace", "--wpm", 700), 2, "700"),
    ],
)
def test_wrong_usage(home: Path, words: tuple[str, ...], exit_code: int, said: str) -> None:
    """One sentence, and nothing is stored."""
    shown = run("drill", *words)
    assert (shown.exit_code, shown.stdout) == (exit_code, "")
    assert said in " ".join(shown.stderr.split())


# --- pace -----------------------------------------------------------------------------------------


def test_a_passage_is_read_and_its_pace_told_second_by_second(home: Path, answers: Path) -> None:
    """The passage fits the aim; the take is kept, and progress knows nothing of it."""
    shown = run("drill", "pace", "--answers", answers, "--engine", "moonshine", "--wpm", 140, "--json")
    [result] = shown.objects
    drill = result["drill"]
    assert result["part"] == "passage"
    assert (drill["aim_words_per_minute"], drill["band"]) == (140.0, [125.0, 175.0])
    assert drill["passage_words"] == pytest.approx(140, abs=12)
    assert drill["words_per_minute"] == result["pace"]["words_per_minute"]
    starts = [window["start_s"] for window in drill["by_second"]]
    assert len(starts) > 10
    assert all(later - earlier == pytest.approx(1.0) for earlier, later in pairwise(starts))
    assert "Read this aloud" in shown.stderr
    assert run("progress", "--json").objects[0]["takes"] == 0


def test_a_reading_in_the_terminal(home: Path, answers: Path) -> None:
    """Words a minute beside the band, and one sign for each second."""
    lines = run("drill", "pace", "--answers", answers, "--engine", "moonshine").stdout.splitlines()
    assert "words/min" in lines[0]
    assert "the band of 125-175; you aimed at 150." in lines[0]
    assert set(lines[2].strip()) <= set("-=+")
    assert max(len(line) for line in lines) <= 80


# --- at a terminal --------------------------------------------------------------------------------


def test_a_person_hears_a_filler_disputes_it_and_quits(sound_card: SoundCard, home: Path) -> None:
    """R plays it again, x stores that it is none, also while it plays; q stops before the turns."""
    say_um(home, take_count=2)
    terminal = Terminal(command("drill"), {**os.environ, "TERM": "xterm"})
    terminal.wait_for("this is no filler")
    terminal.press("r")
    terminal.wait_for("Again.")
    terminal.press("x")
    terminal.wait_for('"um" is no filler')
    terminal.wait_for("on to the turns")
    terminal.press("q")
    assert terminal.process.wait(PATIENCE_S) == 0
    disputed, kept = run("review", 2, 1, "--json").objects
    assert (disputed["corrected"], disputed["fillers"]) == (True, [])
    assert (kept["corrected"], len(kept["fillers"])) == (False, 1)


def test_a_person_speaks_a_turn_and_quits(sound_card: SoundCard, home: Path) -> None:
    """Enter ends the turn; it is kept, and nothing more is asked."""
    terminal = Terminal(command("drill", "--no-voice", "--engine", "none"), {**os.environ, "TERM": "xterm"})
    terminal.wait_for("Enter: done")
    terminal.press("\n")
    terminal.wait_for("[q] quit")
    terminal.press("q")
    assert terminal.process.wait(PATIENCE_S) == 0
    [turn] = run("review", "--json").objects
    assert (turn["bank"], turn["session"]) == (BANK_ID, 1)
