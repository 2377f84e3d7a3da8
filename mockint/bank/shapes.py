"""The shapes that a YAML file may have: key and value lines, lists, texts. Everything else is blamed at its place."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from mockint.bank.document import Document

_STR, _BOOL, _NULL = (f"tag:yaml.org,2002:{name}" for name in ("str", "bool", "null"))
_TRUE = ("yes", "true", "on")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class ShapeReader:
    """Reads nodes as what they should be. Each method blames what does not fit and gives None, or nothing, for it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.blame = document.blame

    def mapping(
        self, node: yaml.Node | None, what: str, keys: tuple[str, ...], *, required: tuple[str, ...] = ()
    ) -> dict[str, yaml.Node]:
        """Return the values by key, of the known keys alone."""
        if node is None:
            return {}
        if not isinstance(node, yaml.MappingNode):
            self.blame(node, f"{what} should be 'key: value' lines, but this is {kind_of(node)}")
            return {}
        seen: dict[str, yaml.Node] = {}
        fields: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.blame(key, f"a key should be one word, but this is {kind_of(key)}")
                continue
            name = key.value
            if name in seen:
                self.blame(key, f"'{name}' is here twice; the first is at {self.document.place(seen[name])}")
                continue
            seen[name] = key
            if name in keys:
                fields[name] = value
            else:
                self.blame(key, f"{what} has no key '{shorten(name)}'{did_you_mean(name, keys)}")
        for name in required:
            if name not in fields:
                self.blame(node, f"{what} needs '{name}'")
        return fields

    def version(self, node: yaml.Node | None, number: int) -> None:
        """Check what `mockint_WHAT` says: the format that this mockint reads."""
        if node is not None and node.value != str(number):
            said = shorten(node.value) if isinstance(node, yaml.ScalarNode) else kind_of(node)
            key = f"mockint_{self.document.what}"
            self.blame(node, f"'{key}' should be {number}, the format that this mockint reads, not {said}")

    def texts(self, node: yaml.Node | None, what: str) -> tuple[str, ...]:
        """Return the texts of a list."""
        return tuple(text for item in self.items(node, what) if (text := self.text(item, f"an entry of {what}")))

    def items(self, node: yaml.Node | None, what: str) -> list[yaml.Node]:
        """Return the entries of a list."""
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.blame(node, f"{what} should be a list, each entry after a '- ', but this is {kind_of(node)}")
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
            value = shorten(node.value)
            self.blame(node, f'{what} should be a text, but YAML reads {value} as {kind_of(node)}: write "{value}"')
            return None
        text = " ".join(node.value.split())
        if _CONTROL.search(text):
            self.blame(node, f"{what} holds a control character; remove it")
            return None
        return text

    def yes(self, node: yaml.Node | None, what: str) -> bool:
        """Return what true or false says; False where nothing is said."""
        if node is None:
            return False
        if node.tag != _BOOL:
            self.blame(node, f"{what} should be true or false, but this is {kind_of(node)}")
            return False
        return str(node.value).lower() in _TRUE


# --- words for what is wrong ----------------------------------------------------------------------


def kind_of(node: yaml.Node) -> str:
    """Name in words what a node is."""
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
def did_you_mean(name: str, keys: tuple[str, ...]) -> str:
    """End a sentence about a key that is not known: with the nearest one, or with all of them."""
    near = get_close_matches(name.lower().replace("-", "_"), keys, n=1)
    return f"; did you mean '{near[0]}'?" if near else f"; it may have {', '.join(keys)}"


def shorten(text: str, longest: int = 40) -> str:
    """Return as much of a text as a message has room for."""
    return text if len(text) <= longest else f"{text[:longest]}..."
