"""`mockint debrief`: told, typed, or written in an editor."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import soundfile
from running import run
from terminal import PATIENCE_S, Terminal, command

from mockint.bank import check_bank, load_bank
from mockint.devices.voice import Pyttsx3Voice

if TYPE_CHECKING:
    from typing import Any

BANK = Path("banks") / "real-interviews.yaml"
FILLED_IN = """\
mockint_debrief: 1
application: acme
went_well: [I asked back.]
could_be_better: [{text: The plan had no end., competency: planning}]
questions:
  - {text: Tell us about a plan that fell apart., felt: hard}
"""


@pytest.fixture(autouse=True)
def acme(home: Path) -> Path:
    """An application with an interview yesterday."""
    run("applications", "add", "Acme", "--date", "2026-01-05")
    run("applications", "move", "acme", "interview", "--date", "yesterday")
    return home


@pytest.fixture
def filled_in(tmp_path: Path) -> Path:
    path = tmp_path / "debrief.yaml"
    path.write_text(FILLED_IN, encoding="utf-8")
    return path


def debriefs() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run("applications", "show", "acme", "--json").objects[0]["debriefs"]
    return found


def editor(monkeypatch: pytest.MonkeyPatch, change: str) -> None:
    """An editor that makes one change: an expression on the `text` of the file."""
    script = (
        f"import sys, pathlib; path = pathlib.Path(sys.argv[1]); text = path.read_text(); path.write_text({change})"
    )
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", shlex.join([sys.executable, "-c", script]))


# --- a file ---------------------------------------------------------------------------------------


def test_a_file_is_taken_in_and_its_questions_are_practised(acme: Path, filled_in: Path) -> None:
    """As a bank like any other, which says where each comes from."""
    shown = run("debrief", "--file", filled_in)
    assert shown.exit_code == 0
    assert "1 question is due in practice now: mockint practice real-interviews" in shown.stdout
    [debrief] = debriefs()
    assert (debrief["went_well"], debrief["questions"][0]["felt"]) == (["I asked back."], "hard")
    assert check_bank(acme / BANK) == ()
    [question] = run("bank", "show", "real-interviews", "--json").objects
    assert question["source"] == f"Acme, {debrief['on']}"
    assert filled_in.exists()


def test_a_competency_that_no_question_asks_about_is_told(filled_in: Path) -> None:
    """Else what could have gone better would bring up nothing, and nobody would know."""
    assert "No question asks about" not in run("debrief", "--file", filled_in).stderr
    filled_in.write_text(FILLED_IN.replace("planning", "planing"), encoding="utf-8")
    shown = run("debrief", "--file", filled_in).stderr
    assert "No question asks about 'planing', so none comes up for it. Did you mean 'planning'?" in shown


@pytest.mark.parametrize(
    ("text", "exit_code", "said"),
    [
        ("mockint_debrief: 1\nquestions: why\n", 1, ":2:12: 'questions' should be a list"),
        ("mockint_debrief: 1\napplication: acme\n", 1, "Nothing is filled in yet."),
        ("mockint_debrief: 1\nlearned: [x]\n", 2, "does not say which application it is about."),
        ("mockint_debrief: 1\napplication: foo\nlearned: [x]\n", 2, "There is no application 'foo'."),
    ],
)
def test_a_file_that_cannot_be_taken_in(acme: Path, filled_in: Path, text: str, exit_code: int, said: str) -> None:
    """It is said why, and nothing is stored."""
    filled_in.write_text(text, encoding="utf-8")
    shown = run("debrief", "--file", filled_in)
    assert (shown.exit_code, shown.stdout) == (exit_code, "")
    assert said in shown.stderr
    assert debriefs() == []
    assert not (acme / BANK).exists()


def test_a_bank_that_its_owner_broke_is_not_touched(acme: Path, filled_in: Path) -> None:
    """The debrief waits until it is mended."""
    (acme / BANK).parent.mkdir()
    (acme / BANK).write_text("mockint_bank: 1\n", encoding="utf-8")
    shown = run("debrief", "--file", filled_in)
    assert shown.exit_code == 1
    assert f"mockint bank check {acme / BANK}" in shown.stderr
    assert (acme / BANK).read_text(encoding="utf-8") == "mockint_bank: 1\n"
    assert debriefs() == []


# --- an editor ------------------------------------------------------------------------------------


def test_the_editor_gets_a_form_and_later_what_was_written(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The draft is gone when it is taken in; a changed wording changes in the bank."""
    editor(monkeypatch, "text.replace('questions:\\n  -', 'questions:\\n  - Tell us of a planet.')")
    assert run("debrief", "acme", "--edit").exit_code == 0
    assert list((acme / "drafts").iterdir()) == []
    editor(monkeypatch, "text.replace('of a planet', 'of a plan')")
    assert run("debrief", "acme", "--edit").exit_code == 0
    assert [question["text"] for question in debriefs()[0]["questions"]] == ["Tell us of a plan."]
    assert [question.text for question in load_bank(acme / BANK).questions] == ["Tell us of a plan."]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("sys.exit(3)", "The editor did not work"),
        ("text + 'learned: again\\n'", "fault"),
    ],
)
def test_a_draft_is_kept_whatever_becomes_of_the_editor(
    acme: Path, monkeypatch: pytest.MonkeyPatch, change: str, said: str
) -> None:
    """Its place is said; the next time it is opened again."""
    editor(monkeypatch, change)
    shown = run("debrief", "acme", "--edit", "--person", "Ana")
    assert (shown.exit_code, shown.stdout) == (1, "")
    assert said in shown.stderr
    draft = acme / "drafts" / "debrief-1.yaml"
    assert f"Your draft is kept: {draft}" in shown.stderr
    assert '{name: "Ana"}' in draft.read_text(encoding="utf-8")


def test_an_empty_form_stays_a_draft(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The editor was closed before anything was written; nothing is stored."""
    editor(monkeypatch, "text")
    shown = run("debrief", "acme", "--edit")
    assert (shown.exit_code, debriefs()) == (1, [])
    assert "Nothing is filled in yet." in shown.stderr
    assert (acme / "drafts" / "debrief-1.yaml").exists()


def test_without_an_editor_the_draft_is_kept(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It can be filled in by any other means."""
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "/nowhere/vi")
    shown = run("debrief", "acme", "--edit")
    assert (shown.exit_code, shown.stdout) == (1, "")
    assert "The editor did not work" in shown.stderr
    assert f"mockint debrief --file {acme / 'drafts' / 'debrief-1.yaml'}" in shown.stderr


# --- aloud ----------------------------------------------------------------------------------------


def test_recordings_are_taken_as_what_one_says(tmp_path: Path) -> None:
    """Kept like any answer; but they are no practice, and move no trend."""
    told = Pyttsx3Voice().synthesise("Why did you leave your last job?")
    soundfile.write(tmp_path / "asked-hard.wav", told.samples, told.sample_rate_hz)
    shown = run("debrief", "--answers", tmp_path, "--engine", "moonshine")
    assert shown.exit_code == 0
    [question] = debriefs()[0]["questions"]
    assert (question["text"], question["felt"]) == ("Why did you leave your last job?", "hard")
    assert run("review", "1", "--json").objects[0]["question"] == "asked-hard"
    assert run("progress", "--json").objects[0]["takes"] == 0


def test_at_a_terminal_what_was_heard_can_be_mended(
    acme: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One key opens it in the editor, and what is written there counts."""
    told = Pyttsx3Voice().synthesise("Why did you leave your last job?")
    soundfile.write(tmp_path / "asked-hard.wav", told.samples, told.sample_rate_hz)
    editor(monkeypatch, "text.replace('your last job', 'Foo')")
    words = command("debrief", "acme", "--answers", str(tmp_path), "--engine", "moonshine")
    terminal = Terminal(words, {**os.environ, "MOCKINT_HOME": str(acme)})
    terminal.wait_for("[e] mend it")
    terminal.press("e")
    terminal.wait_for("Next: ")
    assert terminal.process.wait(PATIENCE_S) == 0
    assert debriefs()[0]["questions"][0]["text"] == "Why did you leave Foo?"


def test_what_was_told_is_kept_when_it_cannot_be_stored(acme: Path, tmp_path: Path) -> None:
    """As a draft: here the bank was broken by hand."""
    told = Pyttsx3Voice().synthesise("Why did you leave your last job?")
    soundfile.write(tmp_path / "asked.wav", told.samples, told.sample_rate_hz)
    (acme / BANK).parent.mkdir()
    (acme / BANK).write_text("mockint_bank: 1\n", encoding="utf-8")
    shown = run("debrief", "acme", "--answers", tmp_path, "--engine", "moonshine")
    assert (shown.exit_code, debriefs()) == (1, [])
    assert f"Your draft is kept: {acme / 'drafts' / 'debrief-1.yaml'}" in shown.stderr
    (acme / BANK).unlink()
    mended = run("debrief", "--file", acme / "drafts" / "debrief-1.yaml")
    assert (mended.exit_code, len(debriefs()), list((acme / "drafts").iterdir())) == (0, 1, [])


def test_what_was_understood_is_kept_when_it_breaks_off(acme: Path, tmp_path: Path) -> None:
    """As a draft: here the second recording cannot be read."""
    told = Pyttsx3Voice().synthesise("Why did you leave your last job?")
    soundfile.write(tmp_path / "learned.wav", told.samples, told.sample_rate_hz)
    (tmp_path / "asked.wav").write_bytes(b"no sound")
    shown = run("debrief", "acme", "--answers", tmp_path, "--engine", "moonshine")
    assert (shown.exit_code, shown.stdout, debriefs()) == (1, "", [])
    draft = acme / "drafts" / "debrief-1.yaml"
    assert f"Your draft is kept: {draft}" in shown.stderr
    assert "Why did you leave your last job?" in draft.read_text(encoding="utf-8")


def test_where_no_words_are_understood_nothing_is_made_up(tmp_path: Path, speech: Any) -> None:
    """The recordings are kept."""
    soundfile.write(tmp_path / "learned.wav", speech.samples, speech.sample_rate_hz)
    shown = run("debrief", "--answers", tmp_path, "--engine", "none")
    assert (shown.exit_code, shown.stdout, debriefs()) == (1, "", [])
    assert "No words were understood; the recordings are kept." in shown.stderr


# --- typed ----------------------------------------------------------------------------------------


def test_typing_it_and_stopping_halfway(acme: Path) -> None:
    """What was typed until the end of the input (Ctrl-D) is kept as a draft, with which the editor goes on."""
    terminal = Terminal(command("debrief", "acme"), {**os.environ, "MOCKINT_HOME": str(acme), "TERM": "dumb"})
    for shown, typed in (  # each is typed when its prompt stands there, up to the last space
        ("  > ", "Ana Lopez\r"),
        ("what they do: ", "\r"),
        ("e-mail: ", "ana@\r"),
        ("e-mail: ", "\r"),
        ("  > ", "\r"),
        ("What did you talk about? (The thank-you letter takes it up.)\r\n  > ", "\r"),
        ("What went well?\r\n  > ", "I asked back.\r"),
        ("\n  > ", "\r"),
        ("What could have gone better?\r\n  > ", "I lost the thread.\r"),
        ("which competency, such as planning: ", "\x04"),
    ):
        terminal.wait_for(shown)
        terminal.press(typed)
    terminal.wait_for("Your draft is kept")
    assert terminal.process.wait(PATIENCE_S) == 130
    draft = (acme / "drafts" / "debrief-1.yaml").read_text(encoding="utf-8")
    assert '- {name: "Ana Lopez"}' in draft
    assert '- "I asked back."' in draft
    assert '- {text: "I lost the thread."}' in draft
    again = run("debrief", "acme", "--answers", "/nowhere")
    assert "You began to look back at Acme before." in again.stderr


@pytest.mark.parametrize(
    ("words", "exit_code", "sentence"),
    [
        (["acme"], 2, "There is no terminal to type it into."),
        (["acme", "--edit", "--file", "x"], 2, "Tell it, edit it, or name a file: one of them."),
        (["foo", "--edit"], 2, "There is no application 'foo'."),
        (["acme", "--edit", "--date", "tomorrow"], 2, "has not come yet."),
        (["acme", "--answers", "/nowhere"], 2, "There is no folder /nowhere."),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(words: list[str], exit_code: int, sentence: str) -> None:
    """A sentence, the promised exit code, on stderr alone."""
    shown = run("debrief", *words)
    assert (shown.exit_code, shown.stdout) == (exit_code, "")
    assert sentence in shown.stderr


def test_which_interview_is_meant_is_asked(filled_in: Path) -> None:
    """Unless only one waits to be looked back at."""
    run("applications", "add", "Foo")
    run("applications", "move", "foo", "screen")
    assert "Name its application: 1 (Acme); 2 (Foo)" in run("debrief", "--answers", "/nowhere").stderr
    run("debrief", "--file", filled_in)
    assert "There is no folder /nowhere." in run("debrief", "--answers", "/nowhere").stderr
    twice = run("debrief", "acme", "--answers", "/nowhere").stderr
    assert "Change what you wrote: mockint debrief 1 --edit" in twice
