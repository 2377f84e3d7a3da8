"""Questions out of other files: a table (CSV), a Markdown list, or plain lines.

What cannot be taken is blamed at its line, and the rest is taken all the same.
"""

from __future__ import annotations

import csv
import hashlib
import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from mockint.bank import fields as table
from mockint.bank.schema import same_words, seconds_in, slug_of
from mockint.model import Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mockint.bank.document import Document

LONGEST_QUESTION = 500
"""Characters; the longest question that ships has 160. What is longer is a paragraph about something."""
LONGEST_ID = 48
"""So much of a text is made an id: more is no easier to recognise."""

COLUMNS = {
    "question": "text",
    "questions": "text",
    "prompt": "text",
    "kind": "category",
    "type": "category",
    "skill": "competency",
    "level": "difficulty",
    "time": "time_limit",
    "follow_up": "follow_ups",
    "followups": "follow_ups",
    "tip": "tips",
    "tag": "tags",
    "role": "roles",
}
"""What other tables call their columns -> the key of a question."""

_YES, _NO = {"yes", "true", "y", "x", "1"}, {"no", "false", "n", "0", ""}
_BREAK = re.compile(r" {0,3}([-*_] *){3,}")
_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)[ #]*")
_ITEM = re.compile(r"(\s*)(?:[-*+]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?(.*)")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"(\*\*|__|[*_`])(\S.*?)\1")
_NO_MARK = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class Form(str, Enum):
    """How the questions of a file are written."""

    TABLE = "a table"
    MARKDOWN = "a Markdown list"
    LINES = "plain lines"


@dataclass(frozen=True, slots=True)
class _Draft:
    """A question without its bank: the number of its line from 0, and its values by the names of the model."""

    line: int
    values: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What a file held."""

    form: Form
    title: str | None
    """The first heading of a Markdown file."""
    questions: tuple[Question, ...]


def questions_in(document: Document, bank_id: str) -> Imported:
    """Return the questions in the lines of a document; what could not be taken is in its faults."""
    form = _form(document)
    title = None
    if form is Form.TABLE:
        drafts = list(_table(document))
    elif form is Form.MARKDOWN:
        title, drafts = _markdown(document)
    else:
        drafts = list(_plain_lines(document))
    questions = tuple(Question(bank_id=bank_id, **values) for values in _named(drafts, document))
    document.faults.sort(key=lambda fault: fault.line)
    return Imported(form=form, title=title, questions=questions)


def _form(document: Document) -> Form:
    """Tell by the file's ending, or else by what is in it."""
    ending = document.path.suffix.lower()
    filled = [line for line in document.lines if line.strip()]
    if filled and (ending in (".csv", ".tsv") or _separator(filled[0]) is not None):
        is_one_column = not any(separator in line for line in filled for separator in ",;\t")
        return Form.LINES if is_one_column and _key(filled[0]) != "text" else Form.TABLE
    if ending in (".md", ".markdown") or 2 * sum(_ITEM.fullmatch(line) is not None for line in filled) > len(filled):
        return Form.MARKDOWN
    return Form.LINES


# --- tables ---------------------------------------------------------------------------------------


def _separator(header: str) -> str | None:
    """Return what separates the columns of a table; None where no column holds questions."""
    if len(header) > csv.field_size_limit():  # no line of names is, and the reader refuses it
        return None
    for separator in ",;\t":
        names = [_key(name) for name in next(csv.reader([header], delimiter=separator), [])]
        if len(names) > 1 and "text" in names:
            return separator
    return None


def _key(column: str) -> str:
    name = re.sub(r"[^a-z]+", "_", column.strip().strip('"').lower()).strip("_")
    return COLUMNS.get(name, name)


def _table(document: Document) -> Iterator[_Draft]:
    header = next(number for number, line in enumerate(document.lines) if line.strip())
    lines = [f"{line}\n" for line in document.lines[header:]]
    reader = csv.reader(lines, delimiter=_separator(lines[0]) or ",", strict=True)
    keys: list[str] = []
    began = header
    try:
        for cells in reader:
            line, began = began, header + reader.line_num
            if not keys:
                keys = _columns(document, line, cells)
                if "text" not in keys:
                    return
            elif any(cell.strip() for cell in cells):
                yield from _row(document, line, keys, cells)
    except csv.Error as error:
        _leave(document, began, f"the table cannot be read on from here ({error})")


def _columns(document: Document, line: int, cells: Sequence[str]) -> list[str]:
    keys = [_key(cell) for cell in cells]
    if "text" not in keys:
        _leave(document, line, "the first line should name the columns, and one of them should be 'question'")
        return keys
    for index, (key, cell) in enumerate(zip(keys, cells, strict=True)):
        if key not in table.QUESTION:
            _leave(document, line, f"the column '{cell.strip()}' says nothing that a question can have")
        elif key in keys[:index]:
            _leave(document, line, f"the column '{cell.strip()}' is here twice")
            keys[index] = ""
    return keys


def _row(document: Document, line: int, keys: Sequence[str], cells: Sequence[str]) -> Iterator[_Draft]:
    if len(cells) > len(keys):
        _leave(document, line, f"there are {len(cells)} values for {len(keys)} columns: the last ones")
    row = {key: _tidy(cell) for key, cell in zip(keys, cells, strict=False) if key in table.QUESTION}
    text = row.pop("text", "")
    if not _is_question(document, line, text):
        return
    values: dict[str, Any] = {"text": text}
    for key, cell in row.items():
        kind = table.QUESTION[key].kind
        value = _value(kind, cell) if cell else None
        if value is not None:
            values[f"{key}_s" if isinstance(kind, table.Seconds) else key] = value
        elif cell:
            _leave(document, line, f"'{cell[:40]}' does not fit the column '{key}'")
    yield _Draft(line, values)


def _value(kind: table.Kind, cell: str) -> Any:
    """Return what a cell says, or None where that does not fit. Cells with several texts part them by ; or |."""
    if isinstance(kind, table.Texts | table.Names):
        parts = tuple(part for text in re.split(r"[;|\n]", cell) if (part := text.strip()))
        return parts if isinstance(kind, table.Texts) or all(_is_slug(part) for part in parts) else None
    if isinstance(kind, table.Seconds):
        time_s = seconds_in(cell)
        return time_s if time_s is not None and kind.low_s <= time_s <= kind.high_s else None
    if isinstance(kind, table.WholeNumber):
        return next((number for number in range(kind.low, kind.high + 1) if cell == str(number)), None)
    if isinstance(kind, table.Truth):
        return {**dict.fromkeys(_YES, True), **dict.fromkeys(_NO, False)}.get(cell.lower())
    if isinstance(kind, table.Text):
        return next((known for known in kind.known if known == cell.lower()), cell)
    return cell if _is_slug(cell) else None


def _is_slug(text: str) -> bool:
    return re.fullmatch(table.SLUG, text) is not None and len(text) <= table.LONGEST_SLUG


# --- lists and lines ------------------------------------------------------------------------------


def _markdown(document: Document) -> tuple[str | None, list[_Draft]]:
    """Each item is a question, an item within one a follow-up; headings become tags, the first one the title."""
    title, tag = None, ""
    items: list[tuple[int, int, str, str]] = []  # line, indent, text, tag
    is_open = in_code = False
    for number, line in enumerate(document.lines):
        if line.lstrip().startswith("```"):
            in_code, is_open = not in_code, False
        elif in_code or not line.strip() or _BREAK.fullmatch(line):
            is_open = False
        elif heading := _HEADING.fullmatch(line):
            is_open = False
            if title is None and len(heading[1]) == 1 and not items:
                title = _plain(heading[2])
            else:
                tag = slug_of(_plain(heading[2]))
        elif item := _ITEM.fullmatch(line):
            items.append((number, len(item[1].expandtabs()), item[2], tag))
            is_open = True
        elif is_open:
            began, indent, text, tagged = items[-1]
            items[-1] = (began, indent, f"{text} {line.strip()}", tagged)
        else:
            _leave(document, number, "this is not part of the list")
    return title, _questions_with_follow_ups(document, items)


def _questions_with_follow_ups(document: Document, items: Iterable[tuple[int, int, str, str]]) -> list[_Draft]:
    drafts: list[_Draft] = []
    outer = 0
    for line, indent, marked, tag in items:
        text = _plain(marked)
        if drafts and indent > outer + 1:
            values = drafts[-1].values
            values["follow_ups"] = (*values.get("follow_ups", ()), text) if text else values.get("follow_ups", ())
        elif _is_question(document, line, text):
            outer = indent
            drafts.append(_Draft(line, {"text": text, **({"tags": (tag,)} if tag else {})}))
    return drafts


def _plain_lines(document: Document) -> Iterator[_Draft]:
    for number, line in enumerate(document.lines):
        if line.lstrip().startswith("#"):
            _leave(document, number, "a line that begins with '#' is a comment")
        elif line.strip():
            item = _ITEM.fullmatch(line)
            text = _tidy(line if item is None else item[2])
            if _is_question(document, number, text):
                yield _Draft(number, {"text": text})


def _plain(marked: str) -> str:
    """Return a text without Markdown's marks: bold, italics, code, links."""
    return _tidy(_MARKS.sub(r"\2", _MARKS.sub(r"\2", _LINK.sub(r"\1", marked))))


def _tidy(text: str) -> str:
    return " ".join(_NO_MARK.sub(" ", text).split())


def _is_question(document: Document, line: int, text: str) -> bool:
    if not any(letter.isalpha() for letter in text):
        _leave(document, line, "there is no text of a question here")
    elif len(text) > LONGEST_QUESTION:
        _leave(document, line, f"{len(text)} characters are too many for a question ({LONGEST_QUESTION} at most)")
    else:
        return True
    return False


def _leave(document: Document, line: int, why: str) -> None:
    document.blame_at(line, 0, f"{why}: left out")


# --- ids ------------------------------------------------------------------------------------------


def _named(drafts: Iterable[_Draft], document: Document) -> Iterator[Mapping[str, Any]]:
    """Yield the values of each question with an id of its own; one that was there before is left out."""
    lines: dict[str, int] = {}
    taken: set[str] = set()
    for draft in drafts:
        same = same_words(draft.values["text"])
        if same in lines:
            _leave(document, draft.line, f"the same question stands at line {lines[same] + 1}")
            continue
        lines[same] = draft.line
        own = [draft.values.get("id", ""), *draft.values.get("aliases", ())]
        if own[0] in taken:
            _leave(document, draft.line, f"the id '{own[0]}' is taken")
        question_id = own[0] if own[0] and own[0] not in taken else question_id_of(draft.values["text"], taken)
        aliases = tuple(dict.fromkeys(alias for alias in own[1:] if alias not in {*taken, question_id}))
        taken |= {question_id, *aliases}
        yield {**draft.values, "id": question_id, "aliases": aliases}


def question_id_of(text: str, taken: Iterable[str] = ()) -> str:
    """Return an id made from a text: the same for the same text, wherever and whenever it is imported.

    A text that is too long for an id, that has no letters that an id can hold, or whose id is taken by another text,
    gets a few digits of its hash at the end.
    """
    whole = slug_of(text)
    mark = hashlib.sha256(" ".join(text.casefold().split()).encode()).hexdigest()
    if whole and len(whole) <= LONGEST_ID and whole not in taken:
        return whole
    words = whole[: LONGEST_ID - 7].rpartition("-")[0] if len(whole) > LONGEST_ID - 7 else whole
    return next(
        name for length in range(6, len(mark) + 1) if (name := f"{words or 'question'}-{mark[:length]}") not in taken
    )
