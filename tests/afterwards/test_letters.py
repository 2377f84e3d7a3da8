"""Letters from what was noted: nothing is invented, and nothing in a name can do harm."""

from __future__ import annotations

import email
import email.policy
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from searches import TODAY, application, person

from mockint.afterwards.letters import Letter, LetterKind, copy_templates, draft
from mockint.afterwards.mail import as_eml, as_mailto
from mockint.afterwards.records import Debrief, Stage
from mockint.errors import MockintError

if TYPE_CHECKING:
    from pathlib import Path

INTERVIEWED = application((Stage.APPLIED, TODAY - timedelta(days=9)), (Stage.INTERVIEW, TODAY - timedelta(days=1)))
REJECTED = application((Stage.INTERVIEW, TODAY - timedelta(days=1)), (Stage.REJECTED, TODAY))
LOOKED_BACK = Debrief(
    held_on=TODAY - timedelta(days=1), talked_about=("their warehouse.", "the quarter"), learned=("To ask back first.",)
)
ANA, BEN = person(email="ana@example.org"), person(name="Ben Wu")


def letter(kind: LetterKind, folder: Path, **given: object) -> Letter:
    facts = {"application": INTERVIEWED, "debrief": LOOKED_BACK, "people": (ANA, BEN), **given}
    return draft(kind, today=TODAY, own_templates=folder, **facts)  # type: ignore[arg-type]  # any of the facts


def test_thanks_take_up_what_was_talked_about(tmp_path: Path) -> None:
    """In the person's own words."""
    written = letter(LetterKind.THANKS, tmp_path)
    assert written.subject == "Thank you for the conversation on 9 March"
    assert written.body.startswith("Dear Ana Lopez and Ben Wu,\n\nthank you for your time on Monday, 9 March,")
    assert "the role of Analyst at Acme." in written.body
    assert "what we discussed: their warehouse and the quarter." in written.body
    assert "What I take with me: To ask back first." in written.body
    assert written.missing == ("[your name]",)


def test_what_is_not_known_is_a_placeholder(tmp_path: Path) -> None:
    """It is said which, and nothing stands in for it."""
    bare = application(role=None)
    written = letter(LetterKind.THANKS, tmp_path, application=bare, debrief=None, people=())
    assert written.missing == (
        *("[interview day]", "[name]", "[interview weekday]", "[something that you talked about]", "[your name]"),
    )
    assert "the position at Acme" in written.body
    assert "take with me" not in written.body


@pytest.mark.parametrize("kind", LetterKind)
@pytest.mark.parametrize("known", [True, False])
def test_every_letter_is_short_and_plain(tmp_path: Path, kind: LetterKind, known: bool) -> None:
    """One subject, a greeting, a few lines; no gaps, and no word of the templates' own language."""
    given = {} if known else {"application": None, "debrief": None, "people": ()}
    written = letter(kind, tmp_path, **given)
    assert written.subject
    assert written.body.startswith("Dear ")
    assert "\n\n\n" not in written.body
    assert len(written.body) < 1000
    assert not any(sign in written.subject + written.body for sign in ("{", "}", "None", "Subject:"))


def test_feedback_asks_for_three_things(tmp_path: Path) -> None:
    """What spoke for one, what was missing, what to practise first."""
    body = letter(LetterKind.FEEDBACK, tmp_path, application=REJECTED).body
    assert [line[:3] for line in body.splitlines() if line[:1].isdigit()] == ["1. ", "2. ", "3. "]


def test_a_check_in_asks_where_things_stand_or_says_hello(tmp_path: Path) -> None:
    """While an answer is awaited, and afterwards."""
    assert "May I ask how things stand" in letter(LetterKind.CHECK_IN, tmp_path).body
    friendly = letter(LetterKind.CHECK_IN, tmp_path, application=REJECTED)
    assert "their warehouse and the quarter" in friendly.body
    assert "[one sentence on what is new]" in friendly.missing


def test_declining_an_offer_or_the_rest_of_the_way(tmp_path: Path) -> None:
    """An offer is declined, an application withdrawn."""
    offered = application((Stage.INTERVIEW, TODAY), (Stage.OFFER, TODAY))
    assert "thank you for your offer" in letter(LetterKind.DECLINE, tmp_path, application=offered).body
    assert "withdraw my application" in letter(LetterKind.DECLINE, tmp_path).body


# --- templates of one's own -----------------------------------------------------------------------


def test_own_templates_go_first(tmp_path: Path) -> None:
    """They are copied once, and what was changed in them stays."""
    copied = dict(copy_templates(tmp_path))
    assert tmp_path / "thanks.txt.j2" in copied
    (tmp_path / "thanks.txt.j2").write_text("Subject: Hi {{ name }}\n\nThanks! {{ agreed }}\n", encoding="utf-8")
    assert tmp_path / "thanks.txt.j2" not in dict(copy_templates(tmp_path))
    written = letter(LetterKind.THANKS, tmp_path)
    assert (written.subject, written.body) == ("Hi Ana Lopez and Ben Wu", "Thanks! [agreed]\n")


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("Subject: x\n\n{% if %}", "thanks.txt.j2:3: "),
        ("Subject: x\n\n{{ ''.__class__.__mro__ }}", "thanks.txt.j2:3: A letter can name what is known"),
        ('{{ "a" * 10000000000 }}', "Jinja's 'mul'"),
        ('{{ "%9999999999d" % 1 }}', "Jinja's 'mod'"),
        ("{{ name|center(9999999999) }}", "Jinja's 'filter'"),
        ("{{ name.format(1) }}", "Jinja's 'call'"),
        ("{% set x = x ~ x %}", "Jinja's 'assign'"),
        ("{% for x in range(999999999) %}{% endfor %}", "Jinja's 'for'"),
        ("{% include 'thanks.txt.j2' %}", "Jinja's 'include'"),
        ("{{ name + 1 }}", "thanks.txt.j2 cannot be used: "),
        ("{{ " + "(" * 9999 + "name" + ")" * 9999 + " }}", "thanks.txt.j2 cannot be used: "),
        (b"\xff\xfe", "thanks.txt.j2 cannot be used"),
    ],
)
def test_a_faulty_template_is_said_in_a_sentence(tmp_path: Path, template: str | bytes, said: str) -> None:
    """And no template reaches out of itself, or takes more time or memory than its length is worth."""
    (tmp_path / "thanks.txt.j2").write_bytes(template if isinstance(template, bytes) else template.encode())
    with pytest.raises(MockintError) as problem:
        letter(LetterKind.THANKS, tmp_path)
    assert said in problem.value.problem
    assert "delete it" in problem.value.hint


# --- on its way -----------------------------------------------------------------------------------


def test_an_eml_file_is_an_unsent_message(tmp_path: Path) -> None:
    """To those whose address is known; letters of any script survive."""
    names = (ANA, person(name='Zoë "Z" Müller, PhD', email="zoe@example.org"), BEN)
    written = letter(LetterKind.THANKS, tmp_path, people=names)
    message = email.message_from_bytes(as_eml(written), policy=email.policy.default)
    assert [address.addr_spec for address in message["To"].addresses] == ["ana@example.org", "zoe@example.org"]
    assert message["To"].addresses[1].display_name == 'Zoë "Z" Müller, PhD'
    assert (message["Subject"], message["X-Unsent"]) == (written.subject, "1")
    assert message.get_content().replace("\r\n", "\n") == written.body


def test_an_address_in_any_script_is_written_as_it_is(tmp_path: Path) -> None:
    """In a message of UTF-8, which mail programs open too."""
    written = letter(LetterKind.THANKS, tmp_path, people=(person(name="Jürgen", email="jürgen@bücher.example"),))
    message = email.message_from_bytes(as_eml(written), policy=email.policy.SMTPUTF8)
    assert "Jürgen <jürgen@bücher.example>" in str(message["To"])
    assert message.get_content().replace("\r\n", "\n") == written.body


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Ana\r\nBcc: x@example.org", "ana@example.org"),
        ("Ana\x00\x1b[2J", "ana@example.org"),
        ("Ana", "ana@example.org\r\nBcc: x@example.org"),
        ("Ana", "nobody"),
    ],
)
def test_what_a_backup_of_somebody_else_brings_adds_no_header(tmp_path: Path, name: str, address: str) -> None:
    """What is no address is left out."""
    written = letter(LetterKind.THANKS, tmp_path, people=(person(name=name, email=address),))
    message = email.message_from_bytes(as_eml(written), policy=email.policy.default)
    assert set(message) <= {"Subject", "To", "X-Unsent", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"}
    assert str(message["To"]).isprintable()
    assert "Bcc" not in urlsplit(as_mailto(written)).path


def test_a_mailto_link_holds_the_letter_and_nothing_else(tmp_path: Path) -> None:
    """Signs that part a link are text in it."""
    tricky = person(name="Ana & Ben?cc=x@y.z#", email="ana@example.org")
    written = letter(LetterKind.CONNECT, tmp_path, people=(tricky,))
    link = urlsplit(as_mailto(written))
    assert (link.scheme, link.path, link.fragment) == ("mailto", "ana@example.org", "")
    assert parse_qs(link.query).keys() == {"subject", "body"}
    assert parse_qs(link.query)["body"][0].replace("\r\n", "\n") == written.body
