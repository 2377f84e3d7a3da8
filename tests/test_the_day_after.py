"""From a no back into practice: the whole way, in one sitting, by the commands that a person types."""

from __future__ import annotations

from typing import TYPE_CHECKING

import soundfile
from running import run

from mockint.bank import check_bank
from mockint.devices.voice import Pyttsx3Voice

if TYPE_CHECKING:
    from pathlib import Path

TOLD = {
    "talked-about": "The new warehouse.",
    "could-be-better": "My answer about planning had no end.",
    "asked-hard": "Why did you leave your last job?",
}


def speak(text: str, path: Path) -> None:
    """Record a text, spoken by the synthesiser."""
    path.parent.mkdir(exist_ok=True)
    spoken = Pyttsx3Voice().synthesise(text)
    soundfile.write(path, spoken.samples, spoken.sample_rate_hz)


def test_from_a_no_back_into_practice(home: Path, tmp_path: Path) -> None:
    """Log it, tell it, write to them, practise what was hard, and see it on the time line."""
    run("practice", "--samples", "always", "--engine", "none")
    run("applications", "add", "Acme", "--role", "Analyst", "--date", "2026-01-05")
    run("applications", "met", "Ana Lopez", "--at", "acme", "--email", "ana@example.org", "--date", "yesterday")
    run("applications", "move", "acme", "interview", "--date", "yesterday")

    after_the_no = run("applications", "move", "acme", "rejected").stdout
    assert "3 answers in 1 session so far" in after_the_no
    assert "mockint debrief 1" in after_the_no

    for prompt, text in TOLD.items():
        speak(text, tmp_path / "told" / f"{prompt}.wav")
    told = run("debrief", "acme", "--answers", tmp_path / "told", "--engine", "moonshine")
    assert "1 question is due in practice now: mockint practice real-interviews" in told.stdout
    [debrief] = run("applications", "show", "acme", "--json").objects[0]["debriefs"]
    [question] = debrief["questions"]
    assert (question["text"], question["felt"]) == (TOLD["asked-hard"], "hard")
    assert [each["competency"] for each in debrief["could_be_better"]] == ["planning"]
    assert check_bank(home / "banks" / "real-interviews.yaml") == ()

    thanks = run("letter", "thanks", "acme").stdout
    assert "Dear Ana Lopez," in thanks
    assert "warehouse" in thanks
    feedback = run("letter", "feedback", "acme", "--out", tmp_path / "feedback.eml")
    assert (tmp_path / "feedback.eml").read_text(encoding="utf-8").startswith("Subject: A short question")
    assert "Send it on " in feedback.stderr
    run("followups", "--done", "thanks-1")
    assert {each["name"] for each in run("followups", "--json").objects} == {"feedback-1", "reconnect-1", "apply"}

    due = run("--json").objects[0]["due"]
    assert due[0]["question"] == question["question"]
    assert any("Acme" in str(each) for each in due[1:])  # what could be better brings up more of its competency

    speak("Because I had learned there what I could.", tmp_path / "answers" / f"{question['question']}.wav")
    practised = run("practice", "real-interviews", "--answers", tmp_path / "answers", "--engine", "none", "--json")
    assert [take["question"] for take in practised.objects] == [question["question"]]

    assert "practised once since" in run("applications", "show", "acme").stdout
    assert run("--json").objects[0]["due"][0]["question"] != question["question"]
    progress = run("progress", "--json").objects[0]
    assert progress["takes"] == 4  # what was told in the debrief is no practice
    assert [event["label"] for event in progress["events"]] == ["Interview: Acme, 1 of 1 question hard"]
    assert "Interview: Acme" in run("progress").stdout
    assert "1 question of it is in practice now; 1 felt hard." in run("applications", "perspective", "acme").stdout
