"""The shapes that a YAML file may have: key and value lines, lists, texts. Everything else is blamed at its place."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING

import yaml
from yaml.constructor import SafeConstructor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mockint.bank.document import Document

_STR, _BOOL, _NULL, _INT, _FLOAT = (f"tag:yaml.org,2002:{name}" for name in ("str", "bool", "null", "int", "float"))
_MAP, _SEQ, _DAY = (f"tag:yaml.org,2002:{name}" for name in ("map", "seq", "timestamp"))
_UNQUOTED = frozenset(
    (_STR, _BOOL, _NULL, _INT, _FLOAT, _DAY, *(f"tag:yaml.org,2002:{name}" for name in ("merge", "value")))
)
"""What YAML makes of a text without a tag."""
_TRUE, _FALSE = ("true", "yes", "on"), ("false", "no", "off")

CONTROL = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
"""Characters, as a range of a regular expression, that no text may hold: tab and line breaks are spaces."""
_CONTROL = re.compile(f"[{CONTROL}]")

_SURELY_NO_COMMENT = re.compile(r" +#\S")
_HARDLY_A_COMMENT = re.compile(r" #( |$)")
"""Comments mostly stand two spaces away; behind several words, one that does not was likely meant as text."""

_QUOTES = "put the whole text in double quotes"
_CURLY = "\u2018\u2019\u201a\u201c\u201d\u201e\xab\xbb"
"""Quotation marks as word processors write them."""


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
                twice = f"'{shorten(name)}' is here twice; the first is at {self.document.place(seen[name])}"
                self.blame(key, twice, "another entry begins with '- '" if name == "id" else "")
                continue
            seen[name] = key
            if name in keys:
                fields[name] = value
            else:
                self.blame(key, f"{what} has no key '{shorten(name)}'", did_you_mean(name, keys))
        for name in required:
            if name not in fields:
                self.blame(node, f"{what} needs '{name}'")
        return fields

    def version(self, node: yaml.Node | None, number: int) -> None:
        """Check what `mockint_WHAT` says: the format that this mockint reads."""
        if node is not None and node.value != str(number) and number_of(node) != number:
            key = f"mockint_{self.document.what}"
            self.blame(node, f"'{key}' should be {number}, the format that this mockint reads, not {said_by(node)}")

    def texts(self, node: yaml.Node | None, what: str) -> tuple[str, ...]:
        """Return the texts of a list."""
        return tuple(text for item in self.items(node, what) if (text := self.text(item, f"an entry of {what}")))

    def items(self, node: yaml.Node | None, what: str) -> list[yaml.Node]:
        """Return the entries of a list."""
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.blame(
                node,
                f"{what} should be a list, each entry after a '- ', but this is {kind_of(node)}",
                _in_brackets(node),
            )
            return []
        items: list[yaml.Node] = node.value
        return items

    def text(self, node: yaml.Node | None, what: str) -> str | None:
        """Return a text of at least one visible character, its line breaks and runs of spaces made single spaces."""
        if node is None:
            return None
        if not isinstance(node, yaml.ScalarNode) or node.tag not in _UNQUOTED:
            if node.tag in (_MAP, _SEQ):  # any other tag is blamed already
                self.blame(node, f"{what} should be a text, but {_why_not_text(node)}", _QUOTES)
            return None
        if node.tag == _NULL or not node.value.strip():
            is_comment = node.tag == _NULL and self.document.rest_of_line(node).lstrip().startswith("#")
            self.blame(node, f"{what} is empty", f"'#' begins a comment: {_QUOTES}" if is_comment else "")
            return None
        if node.tag != _STR:
            written = shorten(node.value)
            read = f"YAML reads {written} as {_read_as(node)}"
            self.blame(node, f"{what} should be a text, but {read}", f'write "{written}"')
            return None
        if _CONTROL.search(node.value):
            self.blame(node, f"{what} holds a control character", "remove it")
            return None
        text = " ".join(node.value.split())
        self._warn_of_signs(node, text)
        return text

    def _warn_of_signs(self, node: yaml.ScalarNode, text: str) -> None:
        if node.style:  # in quotes, or a block
            return
        if text[0] in _CURLY and text[-1] in _CURLY:
            message = f"to YAML, {text[0]} and {text[-1]} are letters of the text"
            self.blame(node, message, 'write straight quotation marks: "..."', warning=True)
        rest = self.document.rest_of_line(node)
        if _SURELY_NO_COMMENT.match(rest) or (" " in text and _HARDLY_A_COMMENT.match(rest)):
            column = node.end_mark.column + rest.index("#")
            lost = f"from '#' on, YAML reads a comment, so the text ends at '{text[-20:]}'"
            hint = f"{_QUOTES}, or two spaces before the comment"
            self.document.blame_at(node.end_mark.line, column, lost, hint, warning=True)

    def yes(self, node: yaml.Node | None, what: str) -> bool:
        """Return what true or false says; False where nothing is said."""
        if node is None:
            return False
        if node.tag != _BOOL:
            near = nearest(said_by(node), (*_TRUE, *_FALSE))
            hint = f"did you mean {near}?" if near else ""
            self.blame(node, f"{what} should be true or false, but this is {kind_of(node)}", hint)
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


def said_by(node: yaml.Node) -> str:
    """Return what a node says, as far as a message has room for it."""
    if not isinstance(node, yaml.ScalarNode):
        return kind_of(node)
    return shorten(node.value) or "empty"


def number_of(node: yaml.Node) -> float | None:
    """Return the number that YAML reads in an unquoted value; None where it reads none."""
    if node.tag not in (_INT, _FLOAT) or not isinstance(node, yaml.ScalarNode):
        return None
    numbers = SafeConstructor()
    try:
        return float(numbers.construct_yaml_int(node) if node.tag == _INT else numbers.construct_yaml_float(node))
    except (ValueError, OverflowError):  # "0b_" looks like a number and is none; one of 400 digits is too large
        return None


def _read_as(node: yaml.ScalarNode) -> str:
    """Name what YAML makes of an unquoted text, with the number where that is not the one that stands there."""
    number = number_of(node)
    if number is None or re.fullmatch(r"-?(0|[1-9]\d*)(\.\d+)?", node.value):
        return kind_of(node)
    return f"the number {number:.12g}"


def _in_brackets(node: yaml.Node) -> str:
    """Hint at a list that was written without its brackets."""
    return "put it in brackets: [...]" if isinstance(node, yaml.ScalarNode) and node.value.strip() else ""


def _why_not_text(node: yaml.Node) -> str:
    if isinstance(node, yaml.MappingNode):
        sign = "braces" if node.flow_style else "a colon and a space"
        return f"{sign} make it a key with a value"
    sign = "brackets make" if isinstance(node, yaml.SequenceNode) and node.flow_style else "the hyphens make"
    return f"{sign} it a list"


@lru_cache(maxsize=1000)
def did_you_mean(name: str, keys: tuple[str, ...]) -> str:
    """Hint at the key that was meant: the nearest one, or all of them."""
    near = nearest(name.replace("-", "_"), keys, cutoff=0.6)
    return f"did you mean '{near}'?" if near else f"it may have {', '.join(keys)}"


def nearest(word: str, words: Sequence[str], *, cutoff: float = 0.7) -> str | None:
    """Return the one of `words` that was likely meant by `word`, if any."""
    near = get_close_matches(word.lower(), words, n=1, cutoff=cutoff)
    return near[0] if near else None


def shorten(text: str, longest: int = 40) -> str:
    """Return as much of a text as a message has room for."""
    visible = "".join(letter if letter.isprintable() else "\ufffd" for letter in text[:longest])
    return visible if len(text) <= longest else f"{visible}..."
