"""`mockint letter`: a draft to read, to a file, or into the mail program."""

from __future__ import annotations

import email
import email.policy
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from running import run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def acme(home: Path) -> Path:
    """An interview yesterday with Ana, and a no today."""
    run("applications", "add", "Acme", "--role", "Analyst", "--date", "2026-01-05")
    run("applications", "move", "acme", "interview", "--date", "yesterday")
    run("applications", "met", "Ana Lopez", "--at", "acme", "--email", "ana@example.org", "--date", "yesterday")
    run("applications", "move", "acme", "rejected")
    return home


def test_a_draft_is_printed_and_what_is_missing_is_named() -> None:
    """The letter on stdout, the advice on stderr."""
    shown = run("letter", "thanks", "acme")
    assert shown.stdout.startswith("Subject: Thank you for the conversation on ")
    assert "Dear Ana Lopez," in shown.stdout
    assert shown.stderr == "\nStill to fill in: [something that you talked about], [your name]\n"


def test_feedback_is_better_asked_a_day_or_two_later() -> None:
    """On the day of the no it is said when to send it."""
    assert "Send it on " in run("letter", "feedback", "acme").stderr
    assert "Send it on " not in run("letter", "thanks", "acme").stderr


def test_a_letter_goes_into_a_file(tmp_path: Path) -> None:
    """Plain, or for a mail program."""
    plain, mail = tmp_path / "thanks.txt", tmp_path / "thanks.eml"
    assert run("letter", "thanks", "acme", "--out", plain).stdout == f"{plain}\n"
    assert plain.read_text(encoding="utf-8") == run("letter", "thanks", "acme").stdout
    again = run("letter", "feedback", "acme", "--out", plain)  # what was filled in by hand is not written over
    assert (again.exit_code, again.stdout) == (2, "")
    run("letter", "thanks", "acme", "--out", mail)
    message = email.message_from_bytes(mail.read_bytes(), policy=email.policy.default)
    assert message["To"] == "Ana Lopez <ana@example.org>"


def test_a_letter_goes_to_the_mail_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a link that it opens; nothing is sent."""
    opened = tmp_path / "opened"
    opener = tmp_path / "xdg-open"
    opener.write_text(f'#!/bin/sh\nprintf %s "$1" > {opened}\n', encoding="utf-8")
    opener.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    shown = run("letter", "connect", "--person", "ana lopez", "--mail")
    assert (shown.exit_code, shown.stdout) == (0, "")
    assert unquote(opened.read_text(encoding="utf-8")).startswith("mailto:ana@example.org?subject=Staying in touch&")


@pytest.mark.parametrize("opener", [None, "#!/bin/sh\nexit 3\n"])
def test_where_no_mail_program_opens_a_file_is_advised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opener: str | None
) -> None:
    """Where the system has nothing that opens links, and where it knows no mail program."""
    if opener is not None:
        (tmp_path / "xdg-open").write_text(opener, encoding="utf-8")
        (tmp_path / "xdg-open").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    shown = run("letter", "connect", "acme", "--mail")
    assert (shown.exit_code, shown.stdout) == (1, "")
    assert "No mail program could be opened." in shown.stderr
    assert "--out letter.eml" in shown.stderr


def test_templates_are_copied_and_used(acme: Path) -> None:
    """With a page that tells what they may name; what was changed stays."""
    folder = acme / "letters"
    assert run("letter", "--templates").stdout == f"{folder}\n"
    assert (folder / "README.txt").exists()
    (folder / "thanks.txt.j2").write_text("Subject: Hi\n\nThanks, {{ name }}!\n", encoding="utf-8")
    run("letter", "--templates")
    assert run("letter", "thanks", "acme").stdout == "Subject: Hi\n\nThanks, Ana Lopez!\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "Which letter?"),
        (["thanks"], "To whom?"),
        (["thank", "acme"], "'thank' is not one of"),
        (["thanks", "foo"], "There is no application 'foo'."),
        (["connect", "--person", "Ana Lop"], "Did you mean 'Ana Lopez'?"),
        (["thanks", "acme", "--out", "x", "--mail"], "exclude each other"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(words: list[str], sentence: str) -> None:
    """On stderr alone."""
    shown = run("letter", *words)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert sentence in shown.stderr
