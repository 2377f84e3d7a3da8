"""A YAML file as it stands: its tree of nodes, and everything in it that no file of ours may hold.

Only composed, never constructed, so that no tag can make an object. Anchors, aliases and tags are refused, and
nesting is bounded before anything is built from it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml

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

_TAB_INDENT = re.compile(r" *\t")

_KEY_AND_TEXT = re.compile(r"""(\s*(?:- +)*(?:\w+:)? *)([^\s"'#].*?)\s*""")
"""A line that can be read after all when its text is put in quotes: KEY: TEXT, or - TEXT."""


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
    """Build the tree. A line that YAML cannot read is blamed, then read as the text that it was meant to be."""
    lines = text.splitlines()
    for _ in range(MOST_MENDED_LINES):
        told_count = len(document.faults)
        try:
            if _guard(document, yaml.parse(text, Loader=_LOADER)):
                document.root = next(iter(yaml.compose_all(text, Loader=_LOADER)), None)
            break
        except yaml.MarkedYAMLError as error:
            mended = _blame_syntax(document, error)
            if mended is None:
                return
            number, lines[number] = mended
            del document.faults[told_count:-1]  # the next reading meets them again
            text = "\n".join(lines)
    else:
        document.blame_at(number, 0, "from here on nothing is checked yet", "mend the lines above, then check again")
    if document.root is None and not document.faults:
        document.blame(None, "the file is empty", f"a {document.what} begins with 'mockint_{document.what}: 1'")


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


def _blame_syntax(document: Document, error: yaml.MarkedYAMLError) -> tuple[int, str] | None:
    """Say in words what a YAML error means, as the last fault of the document.

    Return the number of the line at fault and how it was meant, or None where that cannot be told: YAML cannot read on
    after an error, so the rest then stays unchecked.
    """
    tabs = [number for number, line in enumerate(document.lines) if _TAB_INDENT.match(line)]
    if tabs:
        for number in tabs:
            column = document.lines[number].index("\t")
            document.blame_at(number, column, "a tab indents this line", "YAML wants spaces: use two for each level")
        return None
    problem = f"{error.context or ''} {error.problem or ''}"
    if "undefined alias" in problem:
        return None  # blamed as an alias already
    mark = error.problem_mark or error.context_mark
    if "quoted scalar" in problem and error.context_mark is not None:
        mark = error.context_mark
    message, hint, can_be_mended = _in_words(problem, document, mark)
    document.blame(mark, message, hint)
    return _in_quotes(document, mark) if can_be_mended and mark is not None else None


def _in_words(problem: str, document: Document, mark: Mark | None) -> tuple[str, str, bool]:
    """Return message, hint, and whether quotes around the text mend it."""
    quotes = "put the whole text in double quotes"
    if "mapping values are not allowed" in problem:
        return "a colon and a space begin a value, and this one is inside a text", quotes, True
    if "quoted scalar" in problem:
        return "a quotation mark opens here and is never closed", "", False
    if "cannot start any token" in problem and mark is not None and mark.line < len(document.lines):
        character = document.lines[mark.line][mark.column : mark.column + 1]
        return f"a text cannot begin with {character!r}", quotes, True
    if any(sign in problem for sign in ("block mapping", "block sequence", "block collection", "simple key")):
        hint = "check the indentation, that each key has a colon, and that nothing follows a closing quotation mark"
        return "this does not fit the lines above", hint, False
    return f"this is not valid YAML: {problem.strip()}", "", False


def _in_quotes(document: Document, mark: Mark) -> tuple[int, str] | None:
    """Return the number of a line and the line with its text in double quotes; None where it has another form."""
    line = document.lines[mark.line] if mark.line < len(document.lines) else ""
    found = _KEY_AND_TEXT.fullmatch(line)
    if found is None or mark.column < found.start(2):
        return None
    return mark.line, found[1] + json.dumps(found[2], ensure_ascii=False)
