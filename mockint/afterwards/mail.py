"""A letter on its way out: as a file that mail programs open, or as a link that opens one."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from mockint.afterwards.letters import Letter


def as_eml(letter: Letter) -> bytes:
    """Return an unsent message. Names and subjects are encoded by the email package, so none can add a header."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = letter.subject
    to = [Address(display_name=person.name, addr_spec=person.email) for person in letter.to if person.email]
    if to:
        message["To"] = to
    message["X-Unsent"] = "1"  # mail programs open it as a draft
    message.set_content(letter.body)
    return message.as_bytes()


def as_mailto(letter: Letter) -> str:
    """Return the link that opens a mail program with the letter in it (RFC 6068)."""
    to = ",".join(quote(person.email, safe="@") for person in letter.to if person.email)
    body = letter.body.replace("\n", "\r\n")
    return f"mailto:{to}?subject={quote(letter.subject, safe='')}&body={quote(body, safe='')}"
