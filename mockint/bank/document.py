"""A YAML file as it stands: its tree of nodes, and everything in it that no file of ours may hold.

Only composed, never constructed, so that no tag can make an object. Anchors, aliases and tags are refused, and
nesting is bounded before anything is built from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml

from mockint.bank.syntax import slip_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    Mark = yaml.error.Mark | yaml._yaml.Mark

LARGEST_BANK_BYTES = 10_000_000
"""A bigger file is no question bank; 2,000 questions take about 1 MB."""

DEEPEST_NESTING = 20
"""A bank nests four levels deep. The composer recurses, so depth is bounded before it runs."""

EXCERPT_CHARACTERS = 64
"""How much of a faulty line is shown: with the line number before it, it fits 80 columns."""

MOST_MENDED_LINES = 20
"""So many lines that YAML cannot read are passed over to check the rest; each costs reading the file again."""

# The C loader is some ten times faster, and is in every wheel of PyYAML; builds without it fall back.
_LOADER: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML allows nowhere, even in quotes (YAML 1.1, section 5.1)."""

_FALSE_INDENT = re.compile(r" *([\t\xa0\u2000-\u200b\u202f\u3000])")
"""A tab, or another blank that is no space: web pages are full of them."""

_LATER = "the rest is checked once this is mended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something wrong in a bank, at a line and column counted from 1."""

    path: Path
    line: int
    column: int
    message: str
    hint: str = ""
    """What to write instead; empty where the message says all."""
    excerpt: str | None = None
    """The line, or the part of it around the column; None where the file has no such line."""
    caret: int = 0
    """The place of the fault in the excerpt, counted from 0."""
    warning: bool = False
    """The bank can be used, but likely does not say what it should."""

    @property
    def sentence(self) -> str:
        """The message with its hint."""
        warning = "warning: " if self.warning else ""
        return f"{warning}{self.message}; {self.hint}" if self.hint else f"{warning}{self.message}"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.sentence}"


@dataclass(slots=True)
class Document:
    """The tree of one YAML file (`root` is None where there is none) and the faults met so far."""

    path: Path
    lines: list[str]
    what: str = "bank"
    """What the file is to hold, as faults name it; `mockint_WHAT: 1` is its first line."""
    root: yaml.Node | None = None
    faults: list[Fault] = field(default_factory=list)

    def blame(self, place: yaml.Node | Mark | None, message: str, hint: str = "", *, warning: bool = False) -> None:
        """Add a fault at a node or mark; at the top of the file where there is neither."""
        mark = place.start_mark if isinstance(place, yaml.Node) else place
        line, column = (mark.line, mark.column) if mark else (0, 0)
        self.blame_at(line, column, message, hint, warning=warning)

    def blame_at(self, line: int, column: int, message: str, hint: str = "", *, warning: bool = False) -> None:
        """Add a fault at a line and column counted from 0."""
        excerpt, caret = _around(self.lines[line], column) if line < len(self.lines) else (None, 0)
        self.faults.append(
            Fault(
                path=self.path,
                line=line + 1,
                column=column + 1,
                message=message,
                hint=hint,
                excerpt=excerpt,
                caret=caret,
                warning=warning,
            )
        )

    def place(self, node: yaml.Node) -> str:
        """Name a node's place in words, for a fault that has two."""
        return f"line {node.start_mark.line + 1}, column {node.start_mark.column + 1}"

    def rest_of_line(self, node: yaml.Node) -> str:
        """Return what stands behind a node on the line where it ends."""
        mark = node.end_mark
        return self.lines[mark.line][mark.column :] if mark.line < len(self.lines) else ""


def _around(line: str, column: int) -> tuple[str, int]:
    """Return what is shown of a line, and where the column is in it; nothing in it can steer a terminal."""
    start = max(0, column - EXCERPT_CHARACTERS // 2) if len(line) > EXCERPT_CHARACTERS else 0
    shown = line[start : start + EXCERPT_CHARACTERS]
    visible = "".join(" " if letter == "\t" else letter if letter.isprintable() else "\ufffd" for letter in shown)
    before, after = "..." if start else "", "..." if start + len(shown) < len(line) else ""
    return f"{before}{visible}{after}", len(before) + column - start


def read_document(path: Path, what: str = "bank") -> Document:
    """Read and compose the file at `path`. Never raises: what is wrong is in the document's faults."""
    document, text = _read(path, what)
    if text is not None:
        _compose(document, text)
    return document


def read_lines(path: Path, what: str) -> Document:
    """Read the file at `path` as lines of text. Never raises: what is wrong is in the document's faults."""
    return _read(path, what)[0]


def _read(path: Path, what: str) -> tuple[Document, str | None]:
    """Return a document without a tree, and the text of the file; None where it is not a text."""
    document = Document(path=path, lines=[], what=what)
    text = _read_text(document)
    if text is not None:
        document.lines = text.splitlines()
        _blame_unreadable(document, text)
    return document, None if document.faults else text


def _blame_unreadable(document: Document, text: str) -> None:
    for number, line in enumerate(text.splitlines(keepends=True)):
        for found in _UNREADABLE.finditer(line):
            if found.group() == "\0":
                document.blame_at(number, found.start(), "this is not a text file")
                return
            document.blame_at(number, found.start(), f"the character {found.group()!a} is not text", "remove it")


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
        document.blame_at(line, column, "this is not UTF-8 text", "save the file with the encoding UTF-8")
        return None


def _line_and_column(text: str, index: int) -> tuple[int, int]:
    lines = f"{text[:index]}.".splitlines()
    return len(lines) - 1, len(lines[-1]) - 1


def _compose(document: Document, text: str) -> None:
    """Build the tree. A line that YAML cannot read is blamed, then read as it was likely meant."""
    lines = text.splitlines()
    mended: set[int] = set()
    while len(mended) < MOST_MENDED_LINES:
        told_count = len(document.faults)
        try:
            if _guard(document, yaml.parse(text, Loader=_LOADER)):
                document.root = next(iter(yaml.compose_all(text, Loader=_LOADER)), None)
            break
        except yaml.MarkedYAMLError as error:
            if _blame_indents(document) or "undefined alias" in str(error.problem):  # blamed as an alias already
                return
            slip = slip_of(error, lines, yaml.scan(text, Loader=_LOADER))
        del document.faults[told_count:]  # the next reading meets them again
        if slip.line in mended:  # another slip in a line that was read as we guess; the first is told
            _blame_unchecked(document, slip.line)
            return
        if slip.mended is None:
            hint = f"{slip.hint}; {_LATER}" if slip.hint else _LATER
            document.blame_at(slip.line, slip.column, slip.message, hint)
            return
        document.blame_at(slip.line, slip.column, slip.message, slip.hint)
        mended.add(slip.line)
        lines[slip.line] = slip.mended
        text = "\n".join(lines)
    else:
        _blame_unchecked(document, slip.line)
    if document.root is None and not document.faults:
        document.blame(None, "the file is empty", f"a {document.what} begins with 'mockint_{document.what}: 1'")


def _blame_unchecked(document: Document, line: int) -> None:
    """YAML cannot read on after a line."""
    document.blame_at(
        line, len(document.lines[line]), "from here on nothing is checked yet", "mend the lines above, then check again"
    )


def _blame_indents(document: Document) -> bool:
    """Blame what looks like spaces before a line and is none; True where there is such a thing."""
    found = [(number, indent) for number, line in enumerate(document.lines) if (indent := _FALSE_INDENT.match(line))]
    for number, indent in found:
        is_tab = indent[1] == "\t"
        message = "a tab indents this line" if is_tab else "a blank that is no space indents this line"
        hint = "YAML wants spaces: use two for each level" if is_tab else "write spaces in its place"
        document.blame_at(number, indent.start(1), message, hint)
    return bool(found)


def _guard(document: Document, events: Iterable[yaml.Event]) -> bool:
    """Blame what a bank may not hold; False where the tree is too deep to be built."""
    depth = document_count = 0
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            document_count += 1
            if document_count > 1:
                hint = f"a {document.what} is one document: remove '---'"
                document.blame(event.start_mark, "a second document begins here", hint)
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
    rule, hint = f"which a {document.what} may not use", "put the text in double quotes if it is meant to begin with it"
    if isinstance(event, yaml.AliasEvent):
        document.blame(event.start_mark, f"'*' makes an alias, {rule}", hint)
    elif event.anchor is not None:
        document.blame(event.start_mark, f"'&' makes an anchor, {rule}", hint)
    if getattr(event, "tag", None) is not None:
        document.blame(event.start_mark, f"'!' makes a tag, {rule}", hint)
