"""A letter on its way out: as a file that mail programs open, or as a link that opens one."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from typing import TYPE_CHECKING
from urllib.parse import quote

from mockint.afterwards.entries import EMAIL, line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mockint.afterwards.letters import Letter
    from mockint.afterwards.records import Person


def as_eml(letter: Letter) -> bytes:
    """Return an unsent message. Names and subjects are encoded by the email package, so none can add a header.

    Addresses beyond ASCII make it a message in UTF-8 (RFC 6532).
    """
    to = [_address(person.name, email) for person in letter.to for email in _emails(person)]
    message = EmailMessage(policy=SMTP if all(each.addr_spec.isascii() for each in to) else SMTPUTF8)
    message["Subject"] = line(letter.subject, "The subject") or ""
    if to:
        message["To"] = to
    message["X-Unsent"] = "1"  # mail programs open it as a draft
    message.set_content(letter.body)
    return message.as_bytes()


def as_mailto(letter: Letter) -> str:
    """Return the link that opens a mail program with the letter in it (RFC 6068)."""
    to = ",".join(quote(email, safe="@") for person in letter.to for email in _emails(person))
    body = letter.body.replace("\n", "\r\n")
    return f"mailto:{to}?subject={quote(letter.subject, safe='')}&body={quote(body, safe='')}"


def _emails(person: Person) -> Iterator[str]:
    """Give the address, if there is one: what a backup of somebody else brings along may be none."""
    if person.email and EMAIL.fullmatch(person.email):
        yield person.email


def _address(name: str, email: str) -> Address:
    user, _, domain = email.rpartition("@")
    return Address(display_name=line(name, "The name") or "", username=user, domain=domain)
