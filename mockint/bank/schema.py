"""What a bank may hold: from YAML nodes to `model.Bank`, blaming everything that does not fit on the way."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING

import yaml

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

_STR, _BOOL, _NULL = (f"tag:yaml.org,2002:{name}" for name in ("str", "bool", "null"))
_TRUE = ("yes", "true", "on")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_SECONDS = re.compile(r"(\d{1,6}(?:\.\d{1,6})?) ?s?")
_MINUTES = re.compile(r"(\d{1,4}(?:\.\d{1,6})?) ?m(?:in)?(?: ?([0-5]?\d) ?s)?")
_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)")


def bank_of(document: Document) -> Bank | None:
    """Return the bank in `document`, or None where it has faults: they are in `document.faults`, in file order."""
    bank = _Reader(document).bank(document.root) if document.root is not None else None
    document.faults.sort(key=lambda fault: (fault.line, fault.column))
    return None if document.faults else bank


class _Reader:
    """Reads nodes as what they should be. Each method blames what does not fit and gives None for it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.blame = document.blame
        self.names: dict[str, yaml.Node] = {}
        """Every question id and alias so far."""

    # --- the parts of a bank ----------------------------------------------------------------------

    def bank(self, root: yaml.Node) -> Bank | None:
        if not isinstance(root, yaml.MappingNode):
            self.blame(root, f"a bank begins with 'mockint_bank: {FORMAT_VERSION}', but this is {_kind(root)}")
            return None
        top = self.mapping(root, "the bank", TOP_KEYS, required=("mockint_bank", "bank", "questions"))
        self.version(top.get("mockint_bank"))
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
            self.blame(node, f"'questions' should be a list, each question after a '- ', but this is {_kind(node)}")
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

    # --- shapes -----------------------------------------------------------------------------------

    def mapping(
        self, node: yaml.Node | None, what: str, keys: tuple[str, ...], *, required: tuple[str, ...] = ()
    ) -> dict[str, yaml.Node]:
        """Return the values by key, of the known keys alone."""
        if node is None:
            return {}
        if not isinstance(node, yaml.MappingNode):
            self.blame(node, f"{what} should be 'key: value' lines, but this is {_kind(node)}")
            return {}
        seen: dict[str, yaml.Node] = {}
        fields: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.blame(key, f"a key should be one word, but this is {_kind(key)}")
                continue
            name = key.value
            if name in seen:
                self.blame(key, f"'{name}' is here twice; the first is at {self.document.place(seen[name])}")
                continue
            seen[name] = key
            if name in keys:
                fields[name] = value
            else:
                self.blame(key, f"{what} has no key '{_shorten(name)}'{_did_you_mean(name, keys)}")
        for name in required:
            if name not in fields:
                self.blame(node, f"{what} needs '{name}'")
        return fields

    def texts(self, node: yaml.Node | None, what: str) -> tuple[str, ...]:
        return tuple(text for item in self.items(node, what) if (text := self.text(item, f"an entry of {what}")))

    def items(self, node: yaml.Node | None, what: str) -> list[yaml.Node]:
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.blame(node, f"{what} should be a list, each entry after a '- ', but this is {_kind(node)}")
            return []
        items: list[yaml.Node] = node.value
        return items

    def text(self, node: yaml.Node | None, what: str) -> str | None:
        """Return a text of at least one visible character, its line breaks and runs of spaces made single spaces."""
        if node is None:
            return None
        if not isinstance(node, yaml.ScalarNode):
            self.blame(node, f"{what} should be a text, but {_why_not_text(node)}")
            return None
        if node.tag == _NULL or not node.value.strip():
            self.blame(node, f"{what} is empty")
            return None
        if node.tag != _STR:
            value = _shorten(node.value)
            self.blame(node, f'{what} should be a text, but YAML reads {value} as {_kind(node)}: write "{value}"')
            return None
        text = " ".join(node.value.split())
        if _CONTROL.search(text):
            self.blame(node, f"{what} holds a control character; remove it")
            return None
        return text

    # --- values -----------------------------------------------------------------------------------

    def version(self, node: yaml.Node | None) -> None:
        if node is not None and node.value != str(FORMAT_VERSION):
            said = _shorten(node.value) if isinstance(node, yaml.ScalarNode) else _kind(node)
            self.blame(
                node, f"'mockint_bank' should be {FORMAT_VERSION}, the format that this mockint reads, not {said}"
            )

    def slug(self, node: yaml.Node | None, what: str) -> str | None:
        text = self.text(node, what)
        if text is None or (_SLUG.fullmatch(text) and len(text) <= LONGEST_SLUG):
            return text
        better = "-".join(re.findall(r"[a-z0-9]+", text.lower()))[:LONGEST_SLUG].strip("-")
        rule = f"{what} may hold small letters a-z, digits and single hyphens, {LONGEST_SLUG} characters at most"
        self.blame(node, f"{rule}, not '{_shorten(text)}'" + (f"; try '{better}'" if better else ""))
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
            self.blame(node, f"'language' should be a language code such as en or pt-BR, not '{_shorten(text)}'")
        return text

    def difficulty(self, node: yaml.Node | None) -> int | None:
        if node is None:
            return None
        if isinstance(node, yaml.ScalarNode) and node.value in {str(n) for n in range(EASIEST, HARDEST + 1)}:
            return int(node.value)
        said = _shorten(node.value) if isinstance(node, yaml.ScalarNode) else _kind(node)
        self.blame(node, f"'difficulty' should be a whole number from {EASIEST} to {HARDEST}, not {said or 'empty'}")
        return None

    def yes(self, node: yaml.Node | None, what: str) -> bool:
        if node is None:
            return False
        if node.tag != _BOOL:
            self.blame(node, f"{what} should be true or false, but this is {_kind(node)}")
            return False
        return str(node.value).lower() in _TRUE

    def seconds(self, node: yaml.Node | None, what: str, allowed_s: tuple[float, float]) -> float | None:
        """Return a time in seconds. The node's own text is read: YAML takes an unquoted 2:30 for a number."""
        if node is None:
            return None
        time_s = _seconds(node.value) if isinstance(node, yaml.ScalarNode) else None
        low_s, high_s = allowed_s
        if time_s is None:
            said = f"'{_shorten(node.value)}'" if isinstance(node, yaml.ScalarNode) else _kind(node)
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


# --- words for what is wrong ----------------------------------------------------------------------


def _kind(node: yaml.Node) -> str:
    if isinstance(node, yaml.MappingNode):
        return "'key: value' lines"
    if isinstance(node, yaml.SequenceNode):
        return "a list"
    kinds = {"str": "a text", "bool": "true or false", "null": "empty", "int": "a number", "float": "a number"}
    return kinds.get(node.tag.rpartition(":")[2], "a date" if node.tag.endswith("timestamp") else "something else")


def _why_not_text(node: yaml.Node) -> str:
    if isinstance(node, yaml.MappingNode):
        sign = "braces" if node.flow_style else "a colon and a space"
        return f"{sign} make it a key with a value: put the whole text in double quotes"
    sign = "brackets make" if isinstance(node, yaml.SequenceNode) and node.flow_style else "the hyphens make"
    return f"{sign} it a list: put the whole text in double quotes"


@lru_cache(maxsize=1000)
def _did_you_mean(name: str, keys: tuple[str, ...]) -> str:
    near = get_close_matches(name.lower().replace("-", "_"), keys, n=1)
    return f"; did you mean '{near[0]}'?" if near else f"; it may have {', '.join(keys)}"


def _shorten(text: str, longest: int = 40) -> str:
    return text if len(text) <= longest else f"{text[:longest]}..."
