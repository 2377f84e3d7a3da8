"""What a bank may hold: from YAML nodes to `model.Bank`, blaming everything that does not fit on the way."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

import yaml

from mockint.bank import fields as table
from mockint.bank.shapes import ShapeReader, kind_of, nearest, number_of, said_by
from mockint.model import Bank, Question

if sys.version_info >= (3, 11):
    from typing import assert_never
else:
    from typing_extensions import assert_never

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mockint.bank.document import Document

_SLUG, _LANGUAGE = re.compile(table.SLUG), re.compile(table.LANGUAGE)

SECONDS = r"([0-9]{1,6}(?:\.[0-9]{1,6})?)(?: ?s)?"
MINUTES = r"([0-9]{1,4}(?:\.[0-9]{1,6})?) ?m(?:in)?(?: ?([0-5]?[0-9]) ?s)?"
CLOCK = r"([0-9]{1,3}):([0-5][0-9])"
OCTAL = r"0[0-9]+(?:\.[0-9]+)?"
"""A number that begins with 0: to YAML 0130 is 88, but 090 is a text."""
_SECONDS, _MINUTES, _CLOCK, _OCTAL = (re.compile(way) for way in (SECONDS, MINUTES, CLOCK, OCTAL))


def bank_of(document: Document) -> Bank | None:
    """Return the bank in `document`, or None where it has faults: they are in `document.faults`, in file order."""
    bank = _Reader(document).bank(document.root) if document.root is not None else None
    document.faults.sort(key=lambda fault: (fault.line, fault.column))
    return None if any(not fault.warning for fault in document.faults) else bank


class _Reader(ShapeReader):
    """Reads the nodes of a bank."""

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self.names: dict[str, yaml.Node] = {}
        """Every question id and alias so far."""

    # --- the parts of a bank ----------------------------------------------------------------------

    def bank(self, root: yaml.Node) -> Bank | None:
        if not isinstance(root, yaml.MappingNode):
            message = f"a bank begins with 'mockint_bank: {table.FORMAT_VERSION}', but this is {kind_of(root)}"
            self.blame(root, message, "for a bank made of a list or of plain lines: mockint bank import FILE")
            return None
        top = self.mapping(root, "the bank", tuple(table.TOP), required=table.TOP_REQUIRED)
        self.version(top.get("mockint_bank"), table.FORMAT_VERSION)
        head = self.values(top.get("bank"), "'bank'", table.BANK)
        defaults = self.values(top.get("defaults"), "'defaults'", table.DEFAULTS)
        bank_id = head.get("id", "")
        return Bank(
            id=bank_id,
            title=head.get("title", ""),
            language=head.get("language", "en"),
            licence=head.get("licence"),
            path=self.document.path,
            questions=self.questions(top.get("questions"), bank_id, defaults),
        )

    def questions(self, node: yaml.Node | None, bank_id: str, defaults: Mapping[str, Any]) -> tuple[Question, ...]:
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode):
            self.blame(node, f"'questions' should be a list, each question after a '- ', but this is {kind_of(node)}")
            return ()
        if not node.value:
            self.blame(node, "'questions' is empty", "a bank needs at least one question")
        blank = {"id": "", "text": "", **defaults}
        found = [self.values(item, "a question", table.QUESTION) for item in node.value]
        self.warn_of_repeats(node.value, [str(values.get("text", "")) for values in found])
        return tuple(Question(bank_id=bank_id, **{**blank, **values}) for values in found)

    def warn_of_repeats(self, nodes: Sequence[yaml.Node], texts: Sequence[str]) -> None:
        """Name questions that are asked in the words of one above: each has a history of its own."""
        first: dict[str, yaml.Node] = {}
        for node, text in zip(nodes, texts, strict=True):
            same = first.setdefault(same_words(text), node)
            if text and same is not node:
                message = f"this question is asked already: the first is at {self.document.place(same)}"
                self.blame(node, message, "each has a history of its own", warning=True)

    def values(self, node: yaml.Node | None, what: str, known: Mapping[str, table.Field]) -> dict[str, Any]:
        """Return what is there and sound, by the name that the model gives it: times are in seconds there."""
        required = tuple(key for key, field in known.items() if field.required)
        nodes = self.mapping(node, what, tuple(known), required=required)
        read = {key: self.value(nodes[key], key, known[key]) for key in known if key in nodes}
        return {
            f"{key}_s" if isinstance(known[key].kind, table.Seconds) else key: value
            for key, value in read.items()
            if value is not None
        }

    def value(self, node: yaml.Node, key: str, field: table.Field) -> Any:
        """Return what the node says, or None where that does not fit."""
        kind, what = field.kind, field.called or f"'{key}'"
        read: Any
        match kind:
            case table.Text():
                read = self.known_text(node, what, kind)
            case table.Texts():
                read = self.texts(node, what)
            case table.Slug():
                read = self.slug(node, what)
            case table.Name():
                read = self.name(node, what)
            case table.Names():
                read = tuple(name for item in self.items(node, f"'{key}'") if (name := self.name(item, what)))
            case table.Language():
                read = self.language(node, what)
            case table.Seconds():
                read = self.seconds(node, what, kind)
            case table.WholeNumber():
                read = self.whole_number(node, what, kind)
            case table.Truth():
                read = self.yes(node, what)
            case _:
                assert_never(kind)
        return read

    # --- values -----------------------------------------------------------------------------------

    def known_text(self, node: yaml.Node, what: str, kind: table.Text) -> str | None:
        text = self.text(node, what)
        near = None if text is None or text in kind.known else nearest(text, kind.known, cutoff=0.8)
        if near is not None:
            message = f"{what} says '{text}', which no bank that comes with mockint says"
            self.blame(node, message, f"did you mean '{near}'?", warning=True)
        return text

    def slug(self, node: yaml.Node, what: str) -> str | None:
        text = self.text(node, what)
        if text is None or (_SLUG.fullmatch(node.value) and len(text) <= table.LONGEST_SLUG):
            return text
        better = slug_of(text)
        rule = f"{what} may hold small letters a-z, digits and single hyphens, {table.LONGEST_SLUG} characters at most"
        self.blame(node, f"{rule}, not '{said_by(node)}'", f"try '{better}'" if better else "")
        return None

    def name(self, node: yaml.Node, what: str) -> str | None:
        """Return a slug that no other question of the bank has as its id or alias."""
        slug = self.slug(node, what)
        if slug is None:
            return None
        if slug in self.names:
            first = self.document.place(self.names[slug])
            self.blame(node, f"{what} '{slug}' is taken: the first is at {first}")
            return None
        self.names[slug] = node
        return slug

    def language(self, node: yaml.Node, what: str) -> str | None:
        text = self.text(node, what)
        if text is None or _LANGUAGE.fullmatch(node.value):
            return text
        self.blame(node, f"{what} should be a language code such as en or pt-BR, not '{said_by(node)}'")
        return None

    def whole_number(self, node: yaml.Node, what: str, kind: table.WholeNumber) -> int | None:
        for number in range(kind.low, kind.high + 1):
            if node.value == str(number) or number_of(node) == number:
                return number
        self.blame(node, f"{what} should be a whole number from {kind.low} to {kind.high}, not {said_by(node)}")
        return None

    def seconds(self, node: yaml.Node, what: str, kind: table.Seconds) -> float | None:
        """Return a time in seconds. An unquoted 2:30 is a number to YAML: 150."""
        time_s = _seconds(node) if isinstance(node, yaml.ScalarNode) else None
        if time_s is None:
            said = f"'{said_by(node)}'" if isinstance(node, yaml.ScalarNode) else kind_of(node)
            rule = f"{what} should be a time such as 90, 90s, 2m, 2m30s or 2:30"
            self.blame(node, f"{rule}, not {said}", _less_zeros(node))
        elif not kind.low_s <= time_s <= kind.high_s:
            self.blame(node, f"{what} should be from {kind.low_s:g} to {kind.high_s:g} seconds, not {time_s:g}")
        else:
            return time_s
        return None


def _seconds(node: yaml.ScalarNode) -> float | None:
    if _OCTAL.fullmatch(node.value):
        return None
    number = number_of(node)
    if number is not None:
        return number
    return seconds_in(node.value)


def seconds_in(text: str) -> float | None:
    """Return the time that a text such as 90, 90s, 2m, 2m30s or 2:30 tells, in seconds; None where it tells none."""
    if found := _SECONDS.fullmatch(text):
        return float(found[1])
    if found := _MINUTES.fullmatch(text) or _CLOCK.fullmatch(text):
        return float(found[1]) * 60 + float(found[2] or 0)
    return None


def same_words(text: str) -> str:
    """Return what two texts have in common that differ in capitals and signs alone."""
    return re.sub(r"\W+", " ", text.casefold()).strip()


def slug_of(text: str) -> str:
    """Return what of a text an id can hold: "What went wrong?" -> "what-went-wrong"; empty where that is nothing."""
    plain = normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "-".join(re.findall("[a-z0-9]+", plain.lower().replace("'", "")))[: table.LONGEST_SLUG].strip("-")


def _less_zeros(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode) or not _OCTAL.fullmatch(node.value):
        return ""
    return f"YAML counts a number that begins with 0 in eights: write {node.value.lstrip('0') or '0'}"
