"""A debrief as a file that a person fills in: written with what is known, read back with every fault at its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from mockint.afterwards.asked_bank import quoted
from mockint.afterwards.entries import EMAIL, past_day
from mockint.afterwards.records import AskedQuestion, Debrief, Felt, Improvement, Participant
from mockint.bank.document import read_document
from mockint.bank.shapes import ShapeReader, kind_of, shorten
from mockint.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from mockint.bank.document import Document, Fault

FORMAT_VERSION = 1
KEYS = (
    *("mockint_debrief", "application", "date", "people", "talked_about"),
    *("went_well", "could_be_better", "learned", "questions"),
)

_HEAD = """\
# Your look back at one interview. Fill in what you remember and leave out the rest; a line that begins
# with "#" is only a remark. Put a text in "double quotes" where it holds a colon.
"""
_REMARKS: Mapping[str, str] = {
    "people": "Who was there, for instance: {name: Ana Lopez, role: team lead, email: ana@example.org}",
    "talked_about": "What you talked about: the thank-you letter takes it up.",
    "went_well": "What went well.",
    "could_be_better": (
        "What could have gone better. Name the competency, and more of it comes up in practice:\n"
        "# {text: I lost the thread, competency: communication}"
    ),
    "learned": "What you learned.",
    "questions": (
        "What you were asked, and how it felt: well, fair or hard. It comes up in practice first:\n"
        "# {text: Why did you leave?, felt: hard, competency: communication}"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DebriefFile:
    """What such a file holds. `application`: its number or company, as written there."""

    application: str | None
    has_day: bool
    """Whether it says when the interview was; where not, the debrief says today."""
    debrief: Debrief


# --- writing --------------------------------------------------------------------------------------


def debrief_text(debrief: Debrief, application: str, about: str) -> str:
    """Return the file that holds a debrief, with room for what is missing. about: who it is, for the reader."""
    head = f"{_HEAD}mockint_debrief: {FORMAT_VERSION}\napplication: {quoted(application)}  # {about}\n"
    parts = [head + f"date: {debrief.held_on.isoformat()}\n"]
    for key, remark in _REMARKS.items():
        entries = [_entry(each) for each in getattr(debrief, key)]
        body = "".join(f"  - {each}\n" for each in entries) or "  -\n"
        parts.append(f"# {remark}\n{key}:\n{body}")
    return "\n".join(parts)


def _entry(value: str | Improvement | AskedQuestion | Participant) -> str:
    if isinstance(value, str):
        return quoted(value)
    fields = {
        key: each.value if isinstance(each, Felt) else each
        for key in ("name", "text", "role", "email", "felt", "competency")
        if (each := getattr(value, key, None))
    }
    return "{" + ", ".join(f"{key}: {quoted(each)}" for key, each in fields.items()) + "}"


# --- reading --------------------------------------------------------------------------------------


def read_debrief(path: Path, today: date) -> tuple[DebriefFile | None, Sequence[Fault]]:
    """Read the file at `path`. Where it has faults there is no debrief; they are told in the order of its lines.

    A warning among them stands in the way of nothing.
    """
    document = read_document(path, "debrief")
    read = _Reader(document, today).file(document.root) if document.root is not None else None
    document.faults.sort(key=lambda fault: (fault.line, fault.column))
    is_sound = all(fault.warning for fault in document.faults)
    return (read if is_sound else None), document.faults


class _Reader(ShapeReader):
    """Reads the nodes of a debrief. What was left empty is nothing: the file is made to be filled in by halves."""

    def __init__(self, document: Document, today: date) -> None:
        super().__init__(document)
        self.today = today

    def file(self, root: yaml.Node) -> DebriefFile:
        top = self.mapping(root, "the debrief", KEYS, required=("mockint_debrief",))
        self.version(top.get("mockint_debrief"), FORMAT_VERSION)
        application = top.get("application")
        return DebriefFile(
            application=self.word(application, "'application'"),
            has_day=not _is_empty(top.get("date")),
            debrief=Debrief(
                held_on=self.day(top.get("date")),
                people=tuple(filter(None, map(self.participant, self.items(top.get("people"), "'people'")))),
                talked_about=self.texts(top.get("talked_about"), "'talked_about'"),
                went_well=self.texts(top.get("went_well"), "'went_well'"),
                could_be_better=tuple(
                    filter(None, map(self.improvement, self.items(top.get("could_be_better"), "'could_be_better'")))
                ),
                learned=self.texts(top.get("learned"), "'learned'"),
                questions=tuple(filter(None, map(self.question, self.items(top.get("questions"), "'questions'")))),
            ),
        )

    def participant(self, node: yaml.Node) -> Participant | None:
        fields = self.fields(node, "a person", "name", ("role", "email"))
        email = fields.get("email")
        if email is not None and not EMAIL.fullmatch(email):
            self.blame(node, f"'{shorten(email)}' is no e-mail address")
        name = fields.pop("name", None)
        return None if name is None else Participant(name=name, **fields)

    def improvement(self, node: yaml.Node) -> Improvement | None:
        fields = self.fields(node, "what could be better", "text", ("competency",))
        text = fields.pop("text", None)
        return None if text is None else Improvement(text=text, **fields)

    def question(self, node: yaml.Node) -> AskedQuestion | None:
        fields = self.fields(node, "a question", "text", ("felt", "competency"))
        text, felt = fields.pop("text", None), fields.pop("felt", "").lower()
        if felt and felt not in {each.value for each in Felt}:
            self.blame(node, f"'felt' should be well, fair or hard, not '{shorten(felt)}'")
            return None
        return None if text is None else AskedQuestion(text=text, felt=Felt(felt) if felt else None, **fields)

    # --- shapes -----------------------------------------------------------------------------------

    def fields(self, node: yaml.Node, what: str, first: str, others: tuple[str, ...]) -> dict[str, str]:
        """Return an entry's texts by key; a text alone is the first of them."""
        if not isinstance(node, yaml.MappingNode):
            text = self.text(node, what)
            return {} if text is None else {first: text}
        nodes = self.mapping(node, what, (first, *others), required=(first,))
        return {key: text for key, value in nodes.items() if (text := self.text(value, f"'{key}'")) is not None}

    def items(self, node: yaml.Node | None, what: str) -> list[yaml.Node]:
        """Return the entries that something was written into."""
        return [] if _is_empty(node) else [each for each in super().items(node, what) if not _is_empty(each)]

    def word(self, node: yaml.Node | None, what: str) -> str | None:
        """Return a text, which may also be a number."""
        if _is_empty(node):
            return None
        if isinstance(node, yaml.ScalarNode):
            return " ".join(str(node.value).split())
        self.blame(node, f"{what} should be a number or a name, but this is {kind_of(node) if node else 'empty'}")
        return None

    def day(self, node: yaml.Node | None) -> date:
        """Return the day of the interview; today where none is named."""
        word = self.word(node, "'date'")
        try:
            return self.today if word is None else past_day(word, self.today)
        except UsageProblem as problem:
            self.blame(node, f"{problem.problem} {problem.hint}".strip())
            return self.today


def _is_empty(node: yaml.Node | None) -> bool:
    if isinstance(node, yaml.ScalarNode):
        return node.tag == "tag:yaml.org,2002:null" or not node.value.strip()
    return node is None
