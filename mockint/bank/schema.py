"""What a bank may hold: from YAML nodes to `model.Bank`, blaming everything that does not fit on the way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from mockint.bank.shapes import ShapeReader, kind_of, shorten
from mockint.model import Bank, Question

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockint.bank.document import Document

FORMAT_VERSION = 1
"""What `mockint_bank` must say: the version of the format that this module reads."""

TIME_LIMIT_RANGE_S = (10.0, 1800.0)
"""From a one-sentence answer to a whole presentation; outside it is a slip of the unit."""
PREP_TIME_RANGE_S = (0.0, 1800.0)
EASIEST, HARDEST = 1, 5
LONGEST_SLUG = 64
"""Ids name files and directories, too."""

TOP_KEYS = ("mockint_bank", "bank", "defaults", "questions")
BANK_KEYS = ("id", "title", "language", "licence")
DEFAULT_KEYS = ("time_limit", "prep_time")
QUESTION_KEYS = (
    *("id", "text", "say", "category", "competency", "difficulty", "prep_time", "time_limit", "follow_ups"),
    *("covers", "star", "tips", "tags", "roles", "source", "aliases", "retired"),
)

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_SECONDS = re.compile(r"(\d{1,6}(?:\.\d{1,6})?) ?s?")
_MINUTES = re.compile(r"(\d{1,4}(?:\.\d{1,6})?) ?m(?:in)?(?: ?([0-5]?\d) ?s)?")
_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)")


def bank_of(document: Document) -> Bank | None:
    """Return the bank in `document`, or None where it has faults: they are in `document.faults`, in file order."""
    bank = _Reader(document).bank(document.root) if document.root is not None else None
    document.faults.sort(key=lambda fault: (fault.line, fault.column))
    return None if document.faults else bank


class _Reader(ShapeReader):
    """Reads the nodes of a bank."""

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self.names: dict[str, yaml.Node] = {}
        """Every question id and alias so far."""

    # --- the parts of a bank ----------------------------------------------------------------------

    def bank(self, root: yaml.Node) -> Bank | None:
        if not isinstance(root, yaml.MappingNode):
            self.blame(root, f"a bank begins with 'mockint_bank: {FORMAT_VERSION}', but this is {kind_of(root)}")
            return None
        top = self.mapping(root, "the bank", TOP_KEYS, required=("mockint_bank", "bank", "questions"))
        self.version(top.get("mockint_bank"), FORMAT_VERSION)
        head = self.mapping(top.get("bank"), "'bank'", BANK_KEYS, required=("id", "title"))
        defaults = self.mapping(top.get("defaults"), "'defaults'", DEFAULT_KEYS)
        bank_id = self.slug(head.get("id"), "the bank's id")
        title = self.text(head.get("title"), "'title'")
        language = self.language(head.get("language"))
        licence = self.text(head.get("licence"), "'licence'")
        questions = self.questions(top.get("questions"), bank_id or "", defaults)
        return Bank(
            id=bank_id or "",
            title=title or "",
            language=language or "en",
            licence=licence,
            path=self.document.path,
            questions=questions,
        )

    def questions(
        self, node: yaml.Node | None, bank_id: str, defaults: Mapping[str, yaml.Node]
    ) -> tuple[Question, ...]:
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode):
            self.blame(node, f"'questions' should be a list, each question after a '- ', but this is {kind_of(node)}")
            return ()
        if not node.value:
            self.blame(node, "'questions' is empty; a bank needs at least one question")
        prep_time_s = self.seconds(defaults.get("prep_time"), "'prep_time'", PREP_TIME_RANGE_S)
        time_limit_s = self.seconds(defaults.get("time_limit"), "'time_limit'", TIME_LIMIT_RANGE_S)
        return tuple(self.question(item, bank_id, prep_time_s, time_limit_s) for item in node.value)

    def question(
        self, node: yaml.Node, bank_id: str, prep_time_s: float | None, time_limit_s: float | None
    ) -> Question:
        fields = self.mapping(node, "a question", QUESTION_KEYS, required=("id", "text"))
        own_prep_time_s = self.seconds(fields.get("prep_time"), "'prep_time'", PREP_TIME_RANGE_S)
        own_time_limit_s = self.seconds(fields.get("time_limit"), "'time_limit'", TIME_LIMIT_RANGE_S)
        return Question(
            bank_id=bank_id,
            id=self.name(fields.get("id"), "the id") or "",
            text=self.text(fields.get("text"), "'text'") or "",
            say=self.text(fields.get("say"), "'say'"),
            category=self.text(fields.get("category"), "'category'"),
            competency=self.text(fields.get("competency"), "'competency'"),
            difficulty=self.difficulty(fields.get("difficulty")),
            prep_time_s=prep_time_s if own_prep_time_s is None else own_prep_time_s,
            time_limit_s=time_limit_s if own_time_limit_s is None else own_time_limit_s,
            follow_ups=self.texts(fields.get("follow_ups"), "'follow_ups'"),
            covers=self.texts(fields.get("covers"), "'covers'"),
            star=self.yes(fields.get("star"), "'star'"),
            tips=self.texts(fields.get("tips"), "'tips'"),
            tags=self.texts(fields.get("tags"), "'tags'"),
            roles=self.texts(fields.get("roles"), "'roles'"),
            source=self.text(fields.get("source"), "'source'"),
            aliases=self.aliases(fields.get("aliases")),
            retired=self.yes(fields.get("retired"), "'retired'"),
        )

    # --- values -----------------------------------------------------------------------------------

    def slug(self, node: yaml.Node | None, what: str) -> str | None:
        text = self.text(node, what)
        if text is None or (_SLUG.fullmatch(text) and len(text) <= LONGEST_SLUG):
            return text
        better = "-".join(re.findall(r"[a-z0-9]+", text.lower()))[:LONGEST_SLUG].strip("-")
        rule = f"{what} may hold small letters a-z, digits and single hyphens, {LONGEST_SLUG} characters at most"
        self.blame(node, f"{rule}, not '{shorten(text)}'" + (f"; try '{better}'" if better else ""))
        return None

    def name(self, node: yaml.Node | None, what: str) -> str | None:
        """Return a slug that no other question of the bank has as its id or alias."""
        slug = self.slug(node, what)
        if slug is None or node is None:
            return None
        if slug in self.names:
            first = self.document.place(self.names[slug])
            self.blame(node, f"{what} '{slug}' is taken: the first is at {first}")
            return None
        self.names[slug] = node
        return slug

    def aliases(self, node: yaml.Node | None) -> tuple[str, ...]:
        return tuple(name for item in self.items(node, "'aliases'") if (name := self.name(item, "the alias")))

    def language(self, node: yaml.Node | None) -> str | None:
        text = self.text(node, "'language'")
        if text is not None and not _LANGUAGE.fullmatch(text):
            self.blame(node, f"'language' should be a language code such as en or pt-BR, not '{shorten(text)}'")
        return text

    def difficulty(self, node: yaml.Node | None) -> int | None:
        if node is None:
            return None
        if isinstance(node, yaml.ScalarNode) and node.value in {str(n) for n in range(EASIEST, HARDEST + 1)}:
            return int(node.value)
        said = shorten(node.value) if isinstance(node, yaml.ScalarNode) else kind_of(node)
        self.blame(node, f"'difficulty' should be a whole number from {EASIEST} to {HARDEST}, not {said or 'empty'}")
        return None

    def seconds(self, node: yaml.Node | None, what: str, allowed_s: tuple[float, float]) -> float | None:
        """Return a time in seconds. The node's own text is read: YAML takes an unquoted 2:30 for a number."""
        if node is None:
            return None
        time_s = _seconds(node.value) if isinstance(node, yaml.ScalarNode) else None
        low_s, high_s = allowed_s
        if time_s is None:
            said = f"'{shorten(node.value)}'" if isinstance(node, yaml.ScalarNode) else kind_of(node)
            self.blame(node, f"{what} should be a time such as 90, 90s, 2m, 2m30s or 2:30, not {said}")
        elif not low_s <= time_s <= high_s:
            self.blame(node, f"{what} should be from {low_s:g} to {high_s:g} seconds, not {time_s:g}")
        else:
            return time_s
        return None


def _seconds(text: str) -> float | None:
    text = text.strip()
    if found := _SECONDS.fullmatch(text):
        return float(found[1])
    if found := _MINUTES.fullmatch(text) or _CLOCK.fullmatch(text):
        return float(found[1]) * 60 + float(found[2] or 0)
    return None
