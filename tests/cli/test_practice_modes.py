"""`mockint practice` in its modes, paused and resumed, typed, with more time, and with a stammer."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import soundfile
from running import Outcome, run
from terminal import PATIENCE_S, Terminal, command

import mockint

if TYPE_CHECKING:
    from sound_card import SoundCard

SAMPLES = Path(mockint.__file__).parent / "sample_answers"
SHORT_S = 2
pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """A folder for recorded answers."""
    folder = tmp_path / "answers"
    folder.mkdir()
    return folder


@pytest.fixture
def interview(tmp_path: Path) -> Path:
    """A bank of three questions without follow-ups."""
    path = tmp_path / "interview.yaml"
    path.write_text(
        "mockint_bank: 1\n"
        "bank: {id: interview, title: An interview}\n"
        "questions:\n"
        "  - {id: goodbye, text: What is left to say?, category: closing}\n"
        "  - {id: work, text: What did you do?}\n"
        "  - {id: hello, text: Who are you?, category: opening}\n"
    )
    return path


def record(folder: Path, *stems: str, seconds: float = SHORT_S) -> None:
    """Put the beginning of a sample answer there under each name."""
    samples, rate_hz = soundfile.read(SAMPLES / "went-wrong.ogg")
    for stem in stems:
        soundfile.write(folder / f"{stem}.wav", samples[: int(seconds * rate_hz)], rate_hz)


def practise(folder: Path, *words: object) -> Outcome:
    return run("practice", "starter", "--answers", folder, "--engine", "none", "--no-voice", "--json", *words)


def type_in(text: str, *words: object) -> Outcome:
    return run("practice", "--typed", "--no-voice", "--json", *words, piped_in=text)


def asked(shown: Outcome) -> list[str]:
    return [result["question"] for result in shown.objects]


def sessions(home: Path) -> list[tuple[str, bool]]:
    """The mode of each session, and whether it has ended."""
    with sqlite3.connect(home / "mockint.db") as database:
        return database.execute("SELECT mode, ended_at IS NOT NULL FROM sessions ORDER BY id").fetchall()


def points(result: dict[str, Any]) -> dict[str, float | None]:
    return {part["name"]: part["points"] for part in result["score"]["parts"]}


# --- a mock interview -----------------------------------------------------------------------------


def test_a_mock_interview_opens_and_closes_and_scores_at_its_end(answers: Path, home: Path) -> None:
    """The opening first whatever the schedule says, the closing last, a welcome, a goodbye, and one summary."""
    record(answers, "last-word", "went-wrong", "you-in-a-minute")
    shown = practise(answers, "--mode", "mock")
    assert asked(shown) == ["you-in-a-minute", "went-wrong", "last-word"]
    order = [
        shown.stderr.index(text)
        for text in ("welcome", "Question 1 of 3", "Question 3 of 3", "Goodbye", "Your interview")
    ]
    assert order == sorted(order)
    assert sessions(home) == [("mock", 1)]


def test_no_card_is_shown_before_the_last_answer(answers: Path) -> None:
    """Then all of them are, and what to work on first."""
    record(answers, "went-wrong", "you-in-a-minute")
    shown = run("practice", "starter", "--answers", answers, "--engine", "none", "--no-voice", "--mode", "mock")
    cards, summary = shown.stdout.split("Your interview: 2 answers")
    assert [f"Take {number}" in cards for number in (1, 2)] == [True, True]
    assert "Work first on your length" in summary
    assert max(len(line) for line in shown.stdout.splitlines()) <= 80


def test_a_recording_that_bears_no_name_makes_a_whole_interview(answers: Path) -> None:
    """An opening for the first, a closing for the last."""
    record(answers, "1", "2", "3")
    first, _, last = asked(practise(answers, "--mode", "mock"))
    assert (first, last) == ("you-in-a-minute", "your-questions")


def test_a_follow_up_is_asked_after_a_short_answer_and_says_why_at_the_end(answers: Path) -> None:
    """With recordings, where one bears its id."""
    record(answers, "you-in-a-minute", "you-in-a-minute.follow-up-1", "went-wrong")
    shown = practise(answers, "--mode", "mock")
    assert asked(shown) == ["you-in-a-minute", "you-in-a-minute.follow-up-1", "went-wrong"]
    assert "Question 2 of 2" in shown.stderr
    text = " ".join(
        run(
            "practice", "starter", "--answers", answers, "--engine", "none", "--no-voice", "--mode", "mock"
        ).stdout.split()
    )
    assert "(This follow-up was asked because your answer took 0:0" in text


def test_a_bank_without_closings_is_closed_by_the_starter_bank() -> None:
    """A whole interview has an end, whatever it is about."""
    shown = type_in("A short answer.\n\n" * 6, "leading-people", "--mode", "mock", "--count", "3")
    main = [result for result in shown.objects if "follow-up" not in result["question"]]
    assert [result["bank"] for result in main] == ["starter", "leading-people", "starter"]


# --- a video interview ----------------------------------------------------------------------------


def test_a_video_interview_stops_hard(answers: Path) -> None:
    """Recordings too: what comes after the limit is not heard."""
    record(answers, "went-wrong", seconds=6)
    [result] = practise(answers, "--mode", "video", "--time-limit", "3").objects
    assert result["duration_s"] == pytest.approx(3.0, abs=0.05)


@pytest.mark.parametrize("mode", ["mock", "practice"])
def test_the_number_of_takes_belongs_to_video_interviews(mode: str) -> None:
    """One sentence says so."""
    shown = run("practice", "--mode", mode, "--takes", "2")
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert f"--takes has no meaning in the mode {mode}." in shown.stderr


# --- practice -------------------------------------------------------------------------------------


def test_after_the_first_take_practice_tells_what_an_answer_can_hold(answers: Path, home: Path) -> None:
    """On stderr; and a session that was gone through has its end."""
    record(answers, "went-wrong")
    shown = run("practice", "starter", "--answers", answers, "--engine", "none", "--no-voice")
    assert "What an answer to this can hold:\n  - what happened and what it cost" in shown.stderr
    assert "Tip: Choose a real one." in shown.stderr
    assert sessions(home) == [("practice", 1)]


# --- going on another day -------------------------------------------------------------------------


def test_what_remains_of_a_session_is_asked_another_day(answers: Path, home: Path) -> None:
    """A recording that cannot be read broke it off: it goes on in its mode, and then has its end."""
    record(answers, "went-wrong", "last-word")
    (answers / "you-in-a-minute.wav").write_text("not sound")
    broken = practise(answers, "--mode", "video")
    assert broken.exit_code == 1
    assert "3 questions are left for another time: mockint practice --resume" in broken.stderr
    assert sessions(home) == [("video", 0)]
    record(answers, "you-in-a-minute")
    shown = run("practice", "--resume", "--answers", answers, "--engine", "none", "--no-voice", "--json")
    assert sorted(asked(shown)) == ["last-word", "went-wrong", "you-in-a-minute"]
    assert {result["session"] for result in shown.objects} == {1}
    assert sessions(home) == [("video", 1)]


def test_recordings_that_answer_nothing_of_it_leave_it_as_it_is(answers: Path, home: Path) -> None:
    """A follow-up waits, and only a recording that bears its id could answer it."""
    record(answers, "went-wrong")
    (answers / "went-wrong.follow-up-1.wav").write_text("not sound")
    assert practise(answers, "--mode", "mock").exit_code == 1
    (answers / "went-wrong.follow-up-1.wav").unlink()
    shown = run("practice", "--resume", "--answers", answers, "--engine", "none", "--no-voice")
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert "holds no answer to what is left to be asked" in shown.stderr
    assert sessions(home) == [("mock", 0)]


def test_what_was_answered_is_not_asked_again(interview: Path) -> None:
    """A mock interview whose second part shows the cards of both."""
    assert type_in("The first answer.\n", interview, "--mode", "mock").stdout == ""
    shown = run("practice", "--resume", "--no-voice", "--json", piped_in="The second.\n\nThe third.\n")
    assert [" ".join(word["text"] for word in result["words"]) for result in shown.objects] == [
        "The first answer.",
        "The second.",
        "The third.",
    ]
    assert len(set(asked(shown))) == 3
    assert run("practice", "--resume").exit_code == 2


def test_where_no_session_waits_that_is_said() -> None:
    """With the way to begin one."""
    shown = run("practice", "--resume")
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert "No session waits to be continued." in shown.stderr


@pytest.mark.parametrize("words", [["starter"], ["--count", "2"], ["--mode", "mock"], ["--tag", "teamwork"]])
def test_a_session_that_goes_on_has_its_questions_already(words: list[str]) -> None:
    """Nothing is quietly passed over."""
    shown = run("practice", "--resume", *words)
    assert shown.exit_code == 2
    assert "--resume goes on with the questions and the mode" in " ".join(shown.stderr.split())


@pytest.mark.parametrize("words", [["--stammer"], ["--more-time"], ["--time-factor", "2"], ["--typed"]])
def test_a_session_that_goes_on_has_its_rules_already(answers: Path, words: list[str]) -> None:
    """Half of an interview scored by other rules than the rest would be worth nothing."""
    record(answers, "went-wrong", "last-word")
    (answers / "you-in-a-minute.wav").write_text("not sound")
    practise(answers)
    shown = run("practice", "--resume", "--answers", answers, *words)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert "The session that was left goes on by its own rules." in shown.stderr


# --- typed ----------------------------------------------------------------------------------------


def test_typed_answers_are_takes_without_sound() -> None:
    """An empty line parts them; nothing that was not measured is 0, and all commands cope."""
    answers = "I led the team.\nI think it went well.\n\n\nMaybe the second.\n"
    shown = type_in(answers, "--count", "2")
    first, second = shown.objects
    assert [word["text"] for word in first["words"]][-4:] == ["think", "it", "went", "well."]
    assert [hedge["text"] for hedge in second["hedges"]] == ["Maybe"]
    for result in shown.objects:
        assert (result["file"], result["duration_s"], result["engine"], result["typed"]) == (None, None, "typed", True)
        assert (result["pace"]["words_per_minute"], result["filled_pause_count"]) == (None, None)
        assert {word["start_s"] for word in result["words"]} == {None}
        assert {points(result)[name] for name in ("pace", "fillers", "long pauses", "length")} == {None}
    assert run("review", "--json").objects == shown.objects
    text = run("review", "1").stdout
    assert "Not measured, as it was typed: pace, fillers, long pauses, length." in text
    assert "0:00" not in text
    assert run("progress", "--json").exit_code == 0


@pytest.mark.parametrize(
    ("words", "exit_code", "sentence"),
    [
        (["review", "1", "--word", "0:01", "x"], 2, "Take 1 was typed: nothing in it could be misheard."),
        (["review", "1", "--html", "page.html"], 2, "Take 1 was typed: a page would have nothing to play."),
        (["review", "1", "--play", "--no-input"], 0, "Take 1 was typed: there is nothing to play."),
        (["data", "rescore", "1", "--engine", "none"], 0, "Take 1 is skipped: it was typed, and has no recording."),
    ],
)
def test_what_needs_a_voice_says_that_there_is_none(words: list[str], exit_code: int, sentence: str) -> None:
    """One sentence each."""
    type_in("I led the team.\n", "--count", "1")
    shown = run(*words)
    assert shown.exit_code == exit_code
    assert sentence in " ".join(shown.stderr.split())


def test_recordings_are_not_typed(answers: Path) -> None:
    """The two exclude each other."""
    record(answers, "1")
    shown = practise(answers, "--typed")
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert "--typed takes its answers from the keyboard" in shown.stderr


# --- more time, and a stammer ---------------------------------------------------------------------


def test_more_time_stretches_limit_and_aim_and_is_another_method(answers: Path) -> None:
    """Half as much again."""
    record(answers, "went-wrong", seconds=6)
    [result] = practise(answers, "--mode", "video", "--more-time").objects
    [length] = [part for part in result["score"]["parts"] if part["name"] == "length"]
    assert length["band"] == [90.0, 180.0]
    assert result["method_version"] == "1+time1.5"


def test_a_stammer_is_shown_and_never_scored(answers: Path) -> None:
    """Also when the take is scored anew; and the card says in words that it is not scored."""
    record(answers, "went-wrong", seconds=6)
    stammered = practise(answers, "--stammer")
    assert "No silence ends your answer" in stammered.stderr
    [result] = stammered.objects
    assert result["method_version"] == "1+stammer"
    assert points(result)["long pauses"] is None
    assert "shown, not scored" in run("review", "1").stdout
    [again] = run("data", "rescore", "1", "--engine", "none", "--force", "--json").objects
    assert again["method_version"] == "1+stammer"


def test_settings_hold_for_every_session(answers: Path, home: Path) -> None:
    """Nobody should have to say it each time."""
    home.mkdir()
    (home / "config.yaml").write_text("stammer: true\ntime_factor: 2\n")
    record(answers, "went-wrong")
    [result] = practise(answers).objects
    assert result["method_version"] == "1+stammer+time2"


def test_a_time_factor_that_is_none_is_refused(home: Path) -> None:
    """In the settings as on the command line."""
    home.mkdir()
    (home / "config.yaml").write_text("time_factor: 0\n")
    assert "'time_factor' must be a number from 1 to 5; it is now 0" in run("practice").stderr
    (home / "config.yaml").write_text("")
    assert run("practice", "--time-factor", "0.5").exit_code == 2
    assert "Give one of the two." in run("practice", "--more-time", "--time-factor", "2").stderr


# --- at a terminal --------------------------------------------------------------------------------


@pytest.fixture
def environment(home: Path) -> dict[str, str]:
    """The environment of a person with an empty data home and a terminal of 80 columns."""
    return {**os.environ, "MOCKINT_HOME": str(home), "TERM": "xterm", "COLUMNS": "80"}


def review(environment: dict[str, str]) -> Outcome:
    shown = subprocess.run(command("review", "--json"), env=environment, capture_output=True, check=True, text=True)
    return Outcome(shown.returncode, shown.stdout, shown.stderr)


def test_a_person_types_pauses_in_the_break_and_goes_on_later(
    environment: dict[str, str], interview: Path, home: Path
) -> None:
    """The key p in the break leaves the rest for another day; Enter cuts the next break short."""
    words = ["practice", str(interview), "--mode", "mock", "--typed", "--no-voice", "--time-factor", "5"]
    first = Terminal(command(*words), environment)  # a break of 50 s: time to press a key on a slow machine
    first.wait_for("> ")
    assert "Who are you?" in first.shown
    first.press("I am who I am.\n\n")
    first.wait_for("The next question comes in")
    first.press("p")
    first.wait_for("2 questions are left for another time")
    assert first.process.wait(PATIENCE_S) == 0
    assert sessions(home) == [("mock", 0)]

    second = Terminal(command("practice", "--resume", "--no-voice"), environment)
    second.wait_for("Question 1 of 2")
    second.wait_for("> ")
    second.press("Not much.\n\n")
    second.wait_for("The next question comes in")
    second.press("\n")
    second.wait_for("Question 2 of 2")
    second.wait_for("> ")
    second.press("Not much.\n\n")
    second.wait_for("Your interview: 3 answers")
    assert second.process.wait(PATIENCE_S) == 0
    assert sessions(home) == [("mock", 1)]
    assert len(review(environment).objects) == 3


def test_ctrl_c_while_typing_keeps_the_lines_and_asks_again_another_day(
    environment: dict[str, str], home: Path
) -> None:
    """Exit code 130; an answer that was broken off is no whole answer."""
    terminal = Terminal(command("practice", "--question", "went-wrong", "--typed", "--no-voice"), environment)
    terminal.wait_for("> ")
    terminal.press("The first line.\n")
    terminal.wait_for("> ")  # the line was read: another one may be typed
    terminal.process.send_signal(signal.SIGINT)
    terminal.wait_for("kept as take 1")
    assert terminal.process.wait(PATIENCE_S) == 130
    assert sessions(home) == [("practice", 0)]
    [result] = review(environment).objects
    assert [word["text"] for word in result["words"]] == ["The", "first", "line."]


def test_in_a_video_interview_one_may_begin_before_the_time_to_think_is_over(
    sound_card: SoundCard, environment: dict[str, str]
) -> None:
    """Enter begins the answer and does not end it: the hard stop does."""
    words = ["practice", "--question", "went-wrong", "--mode", "video", "--time-limit", "2", "--silence", "0"]
    terminal = Terminal(command(*words, "--no-voice", "--engine", "none"), environment)
    terminal.wait_for("A video interview: 0:30 to think, 0:02 to answer, one take each.")
    terminal.wait_for("Enter: I am ready")
    terminal.press("\n")
    terminal.wait_for("Time is up.")
    terminal.wait_for("quit")
    assert "answer again" not in terminal.shown
    terminal.press("q")
    assert terminal.process.wait(PATIENCE_S) == 0
    [result] = review(environment).objects
    assert result["duration_s"] == pytest.approx(2.0, abs=0.1)


def test_a_video_interview_offers_its_takes_and_no_more(environment: dict[str, str], answers: Path, home: Path) -> None:
    """Two recordings of one question are two takes; after the second nobody is asked to answer again."""
    record(answers, "went-wrong")
    (answers / "went-wrong.flac").write_bytes((SAMPLES / "went-wrong.ogg").read_bytes())
    words = ["practice", "starter", "--mode", "video", "--takes", "2", "--answers", str(answers), "--engine", "none"]
    terminal = Terminal(command(*words, "--no-voice", "--time-limit", "2"), environment)
    terminal.wait_for("answer again (1 left)")
    terminal.wait_for("quit")
    terminal.press("a")
    terminal.wait_for("Take 2")
    terminal.wait_for("quit")
    assert "answer again" not in terminal.shown
    terminal.press("\n")
    assert terminal.process.wait(PATIENCE_S) == 0
    assert sessions(home) == [("video", 1)]
