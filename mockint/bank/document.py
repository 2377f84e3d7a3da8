"""A YAML file as it stands: its tree of nodes, and everything in it that no file of ours may hold.

Only composed, never constructed, so that no tag can make an object. Anchors, aliases and tags are refused, and
nesting is bounded before anything is built from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    Mark = yaml.error.Mark | yaml._yaml.Mark

LARGEST_BANK_BYTES = 50_000_000
"""A bigger file is no question bank; 2,000 questions take about 1 MB."""

DEEPEST_NESTING = 20
"""A bank nests four levels deep. The composer recurses, so depth is bounded before it runs."""

EXCERPT_CHARACTERS = 100
"""How much of a faulty line is worth showing."""

# The C loader is some ten times faster, and is in every wheel of PyYAML; builds without it fall back.
_LOADER: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML allows nowhere, even in quotes (YAML 1.1, section 5.1)."""

_TAB_INDENT = re.compile(r" *\t")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something wrong in a bank, at a line and column counted from 1. `excerpt` is the line, shortened."""

    path: Path
    line: int
    column: int
    message: str
    excerpt: str | None = None

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message}"


@dataclass(slots=True)
class Document:
    """The tree of one YAML file (`root` is None where there is none) and the faults met so far."""

    path: Path
    lines: list[str]
    what: str = "bank"
    """What the file is to hold, as faults name it; `mockint_WHAT: 1` is its first line."""
    root: yaml.Node | None = None
    faults: list[Fault] = field(default_factory=list)

    def blame(self, place: yaml.Node | Mark | None, message: str) -> None:
        """Add a fault at a node or mark; at the top of the file where there is neither."""
        mark = place.start_mark if isinstance(place, yaml.Node) else place
        line, column = (mark.line, mark.column) if mark else (0, 0)
        self.blame_at(line, column, message)

    def blame_at(self, line: int, column: int, message: str) -> None:
        """Add a fault at a line and column counted from 0."""
        self.faults.append(
            Fault(
                path=self.path,
                line=line + 1,
                column=column + 1,
                message=message,
                excerpt=self.lines[line][:EXCERPT_CHARACTERS] if line < len(self.lines) else None,
            )
        )

    def place(self, node: yaml.Node) -> str:
        """Name a node's place in words, for a fault that has two."""
        return f"line {node.start_mark.line + 1}, column {node.start_mark.column + 1}"


def read_document(path: Path, what: str = "bank") -> Document:
    """Read and compose the file at `path`. Never raises: what is wrong is in the document's faults."""
    document = Document(path=path, lines=[], what=what)
    text = _read_text(document)
    if text is None:
        return document
    document.lines = text.splitlines()
    _blame_unreadable(document, text)
    if not document.faults:
        _compose(document, text)
    return document


def _blame_unreadable(document: Document, text: str) -> None:
    for number, line in enumerate(text.splitlines(keepends=True)):
        for found in _UNREADABLE.finditer(line):
            if found.group() == "\0":
                document.blame_at(number, found.start(), "this is not a text file")
                return
            document.blame_at(number, found.start(), f"the character {found.group()!a} is not text; remove it")


def _read_text(document: Document) -> str | None:
    path = document.path
    try:
        if not path.exists():
            document.blame(None, "there is no such file")
            return None
        if not path.is_file():
            document.blame(None, "this is not a file")
            return None
        with path.open("rb") as file:
            content = file.read(LARGEST_BANK_BYTES + 1)
    except OSError as error:
        document.blame(None, f"the file cannot be read: {error.strerror or error}")
        return None
    if len(content) > LARGEST_BANK_BYTES:
        document.blame(
            None, f"the file is larger than {LARGEST_BANK_BYTES // 1_000_000} MB: too large for a {document.what}"
        )
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig", errors="replace")
        line, column = _line_and_column(before, len(before))
        document.blame_at(line, column, "this is not UTF-8 text; save the file with the encoding UTF-8")
        return None


def _line_and_column(text: str, index: int) -> tuple[int, int]:
    lines = f"{text[:index]}.".splitlines()
    return len(lines) - 1, len(lines[-1]) - 1


def _compose(document: Document, text: str) -> None:
    try:
        if _guard(document, yaml.parse(text, Loader=_LOADER)):
            document.root = next(iter(yaml.compose_all(text, Loader=_LOADER)), None)
    except yaml.MarkedYAMLError as error:
        _blame_syntax(document, error)
        return
    if document.root is None and not document.faults:
        document.blame(None, f"the file is empty; a {document.what} begins with 'mockint_{document.what}: 1'")


def _guard(document: Document, events: Iterable[yaml.Event]) -> bool:
    """Blame what a bank may not hold; False where the tree is too deep to be built."""
    depth = document_count = 0
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            document_count += 1
            if document_count > 1:
                document.blame(
                    event.start_mark, f"a second document begins here; a {document.what} is one document: remove '---'"
                )
                return True
        elif isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST_NESTING:
                document.blame(event.start_mark, f"this is nested more than {DEEPEST_NESTING} levels deep")
                return False
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if isinstance(event, yaml.NodeEvent):
            _blame_references(document, event)
    return True


def _blame_references(document: Document, event: yaml.NodeEvent) -> None:
    rule = f"which a {document.what} may not use; put the text in double quotes if it is meant to begin with it"
    if isinstance(event, yaml.AliasEvent):
        document.blame(event.start_mark, f"'*' makes an alias, {rule}")
    elif event.anchor is not None:
        document.blame(event.start_mark, f"'&' makes an anchor, {rule}")
    if getattr(event, "tag", None) is not None:
        document.blame(event.start_mark, f"'!' makes a tag, {rule}")


def _blame_syntax(document: Document, error: yaml.MarkedYAMLError) -> None:
    """Say in words what a YAML error means. YAML cannot read on after one, so the rest stays unchecked."""
    tabs = [number for number, line in enumerate(document.lines) if _TAB_INDENT.match(line)]
    if tabs:
        for number in tabs:
            column = document.lines[number].index("\t")
            document.blame_at(number, column, "a tab indents this line; YAML wants spaces: use two for each level")
        return
    problem = f"{error.context or ''} {error.problem or ''}"
    if "undefined alias" in problem:
        return  # blamed as an alias already
    mark = error.problem_mark or error.context_mark
    if "quoted scalar" in problem and error.context_mark is not None:
        mark = error.context_mark
    document.blame(mark, _in_words(problem, document, mark))


def _in_words(problem: str, document: Document, mark: Mark | None) -> str:
    if "mapping values are not allowed" in problem:
        return "a colon and a space begin a value, and this one is inside a text: put the whole text in double quotes"
    if "quoted scalar" in problem:
        return "a quotation mark opens here and is never closed"
    if "cannot start any token" in problem and mark is not None and mark.line < len(document.lines):
        character = document.lines[mark.line][mark.column : mark.column + 1]
        return f"a text cannot begin with {character!r}: put it in double quotes"
    if any(sign in problem for sign in ("block mapping", "block sequence", "block collection", "simple key")):
        return (
            "this does not fit the lines above: check the indentation, that each key has a colon,"
            " and that nothing follows a closing quotation mark"
        )
    return f"this is not valid YAML: {problem.strip()}"
