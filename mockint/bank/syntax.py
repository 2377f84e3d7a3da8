"""What YAML cannot read, in the words of somebody who writes a bank: what is wrong, where, and how it was meant."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    Mark = yaml.error.Mark | yaml._yaml.Mark

_INDENT = re.compile(r"\s*(?:- +)*")
_KEY = re.compile(r"(\s*(?:- +)*)(\w+)(:?)(?=\S|\s*$)")
"""A key that YAML does not see as one: no colon behind it, or no space behind the colon."""
_KEY_AND_TEXT = re.compile(r"""(\s*(?:- +)*(?:\w+:)? *)([^\s#].*?)\s*""")
"""A line that can be read after all when its text is put in quotes: KEY: TEXT, or - TEXT."""
_CODE = re.compile(r'(\\(?:[0abtnvfre "/\\N_LP]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}))|\\')
"""A backslash with what it may begin in double quotes (YAML 1.1, section 5.6), or one that begins nothing."""

_NO_SPACE = re.compile(r"\s*-[^\s-]")

_QUOTES = "put the whole text in double quotes"
_CURLY = re.compile("[\u2018-\u201f\xab\xbb]")
"""Quotation marks as word processors write them: letters to YAML."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """What YAML stumbled over. Lines and columns count from 0."""

    line: int
    column: int
    message: str
    hint: str = ""
    mended: str | None = None
    """The line as it was likely meant; None where that cannot be told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stumble:
    """An error as YAML tells it."""

    problem: str
    lines: Sequence[str]
    line: int
    column: int
    began: tuple[int, int]
    """Line and column of what was being read."""
    last: yaml.ScalarToken | None
    """The last text or key that ends before the error."""

    def slip(self, message: str, hint: str = "", mended: str | None = None) -> Slip:
        """Name a slip where YAML met it."""
        return Slip(line=self.line, column=self.column, message=message, hint=hint, mended=mended)


def slip_of(error: yaml.MarkedYAMLError, lines: Sequence[str], tokens: Iterable[yaml.Token]) -> Slip:
    """Say what an error means. lines: of the text; tokens: of the same text, which may end in the same error."""
    mark = error.problem_mark or error.context_mark
    line, column = _within(mark, lines)
    stumble = _Stumble(
        problem=f"{error.context or ''} {error.problem or ''}",
        lines=lines,
        line=line,
        column=column,
        began=_within(error.context_mark or mark, lines),
        last=_last_text(tokens, mark),
    )
    tell = next((tell for sign, tell in _TOLD_BY.items() if sign in stumble.problem), _unknown)
    return tell(stumble)


def _within(mark: Mark | None, lines: Sequence[str]) -> tuple[int, int]:
    """Return line and column of a mark, on a line that there is."""
    if mark is None or not lines:
        return 0, 0
    return (mark.line, mark.column) if mark.line < len(lines) else (len(lines) - 1, 0)


def _last_text(tokens: Iterable[yaml.Token], mark: Mark | None) -> yaml.ScalarToken | None:
    last = None
    try:
        for token in tokens:
            if mark is not None and token.end_mark.index > mark.index:
                break
            if isinstance(token, yaml.ScalarToken):
                last = token
    except yaml.YAMLError:
        pass  # the very error that is to be explained
    return last


# --- one slip after the other ---------------------------------------------------------------------


def _unknown(error: _Stumble) -> Slip:
    return error.slip(f"this is not valid YAML: {error.problem.strip()}")


def _after_the_end(error: _Stumble) -> Slip:
    """The whole document is indented, or there is something else above it."""
    return error.slip("this does not fit the lines above", "begin 'bank', 'questions' and such in the first column")


def _backslash(error: _Stumble) -> Slip:
    mended = _CODE.sub(lambda found: found[1] or r"\\", error.lines[error.line])
    return error.slip(
        "a backslash between double quotes begins a code, and this one is none", "write two for a backslash", mended
    )


def _never_closed(error: _Stumble) -> Slip:
    line, column = error.began
    text = error.lines[line]
    sign = text[column : column + 1]
    name, closing = {"[": ("bracket", "]"), "{": ("brace", "}")}.get(sign, ("quotation mark", sign))
    if name != "quotation mark" and closing in text[column:]:
        return _between(error)
    message = f"a {name} opens here and is never closed"
    return Slip(line=line, column=column, message=message, mended=f"{text.rstrip()}{closing}")


def _between(error: _Stumble) -> Slip:
    hint = "part what is between the brackets by commas, and put texts in double quotes"
    return error.slip("this does not fit between the brackets", hint)


def _no_key(error: _Stumble) -> Slip:
    """A line stands where a key should, and is none."""
    line, column = error.began
    text = error.lines[line]
    if _NO_SPACE.match(text):
        return _hyphen(line, column, text)
    found = _KEY.match(text)
    if found is None or (not found[3] and text[found.end() :].strip()):
        hint = "put it on the line above, or indent it more than the key whose text it goes on with"
        return Slip(line=line, column=column, message="this line is no 'key: value'", hint=hint, mended=f"  {text}")
    missing, behind = ("space", "the colon") if found[3] else ("colon", f"'{found[2]}'")
    mended = f"{found[1]}{found[2]}: {text[found.end() :]}"
    return Slip(line=line, column=found.end(), message=f"a {missing} is missing behind {behind}", mended=mended)


def _colon_inside(error: _Stumble) -> Slip:
    text = error.lines[error.line]
    if error.last is not None and error.last.start_mark.line < error.line <= error.last.end_mark.line:
        began = _begin_of(error.lines[error.last.start_mark.line])
        mended = f"{' ' * began}{text.lstrip()}" if re.match(r"\s*\w+:", text) else None
        hint = "indent it less if it begins with a key, or put the whole text in double quotes"
        return error.slip("this line goes on with the text above, and a colon and a space are in it", hint, mended)
    hint = f'{_QUOTES}, straight ones: "..."' if _CURLY.search(text) else _QUOTES
    message = "a colon and a space begin a value, and this one is inside a text"
    return error.slip(message, hint, _in_quotes(text, error.column))


def _cannot_begin(error: _Stumble) -> Slip:
    line, column = error.began
    text = error.lines[line]
    character = text[column : column + 1]
    if character == "*" and not text[:column].strip():
        return Slip(line=line, column=column, message="'*' begins no entry of a list", hint="write '- '")
    message = f"a text cannot begin with {character!r}"
    hint = f"{_QUOTES}, or begin the list on the next line" if character == "-" else _QUOTES
    return Slip(line=line, column=column, message=message, hint=hint, mended=_in_quotes(text, column))


def _does_not_fit(error: _Stumble) -> Slip:
    """Something stands where only another key or entry can."""
    text = error.lines[error.line]
    before = text[: error.column]
    last = error.last
    is_quoted = last is not None and last.style in ("'", '"') and last.end_mark.line == error.line
    if last is not None and is_quoted and not before[last.end_mark.column :].strip():
        return _closed_too_soon(error, last)
    if before.rstrip().endswith(("]", "}")) and (value := _KEY_AND_TEXT.match(text)) is not None:
        return _cannot_begin(replace(error, began=(error.line, value.start(2))))
    if not before.strip():
        return _hyphen(error.line, error.column, text) if _NO_SPACE.match(text) else _wrong_indent(error)
    return error.slip(
        "this does not fit the lines above", "check the indentation, and that a colon and a space follow each key"
    )


def _hyphen(line: int, column: int, text: str) -> Slip:
    mended = f"{text[:column]}- {text[column + 1 :]}"
    return Slip(line=line, column=column, message="a space is missing behind the hyphen", mended=mended)


def _closed_too_soon(error: _Stumble, last: yaml.ScalarToken) -> Slip:
    """Something follows a closing quotation mark: likely that was meant to open another, or as a part of the text."""
    began = last.start_mark
    if began.line < error.line:
        message = f"a quotation mark opens here and is not closed before line {error.line + 1}"
        closed = f"{error.lines[began.line].rstrip()}{last.style}"
        return Slip(line=began.line, column=began.column, message=message, mended=closed)
    mended = _in_quotes(error.lines[error.line], error.column)
    if last.style == "'":
        return error.slip("the text ends at the apostrophe before this", f"{_QUOTES} instead", mended)
    return error.slip("the text ends at the quotation mark before this", r"inside a text, write \" for one", mended)


def _wrong_indent(error: _Stumble) -> Slip:
    """A line begins in a column in which nothing above it does."""
    text, column = error.lines[error.line], error.column
    is_entry = text[column:].startswith("- ")
    above = [each for each in error.lines[: error.line] if each.strip() and each.lstrip()[0] != "#"]
    columns = [_begin_of(each, of_entry=is_entry) for each in reversed(above)]
    meant = min(columns, key=lambda each: abs(each - column), default=column)
    hint = f"likely {_spaces(meant)} are meant" if meant != column else "check the lines above"
    return error.slip(
        f"this is indented by {_spaces(column)}, which fits no line above", hint, f"{' ' * meant}{text.lstrip()}"
    )


def _begin_of(line: str, *, of_entry: bool = False) -> int:
    found = re.match(r"\s*", line) if of_entry else _INDENT.match(line)
    return 0 if found is None else found.end()


def _spaces(count: int) -> str:
    return "1 space" if count == 1 else f"{count} spaces"


def _in_quotes(line: str, column: int) -> str | None:
    """Return a line with its text in double quotes; None where it has another form."""
    found = _KEY_AND_TEXT.fullmatch(line)
    if found is None or column < found.start(2):
        return None
    text = found[2]
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1]
    return found[1] + json.dumps(text, ensure_ascii=False)


_TOLD_BY: Mapping[str, Callable[[_Stumble], Slip]] = MappingProxyType(
    {
        "unknown escape": _backslash,
        "hexdecimal": _backslash,
        "quoted scalar": _never_closed,
        "flow sequence": _never_closed,
        "flow mapping": _never_closed,
        "flow node": _between,
        "simple key": _no_key,
        "mapping values are": _colon_inside,
        "cannot start any token": _cannot_begin,
        "scanning an alias": _cannot_begin,
        "scanning an anchor": _cannot_begin,
        "scanning a tag": _cannot_begin,
        "scanning a block scalar": _cannot_begin,
        "mapping keys are": _cannot_begin,
        "sequence entries are": _cannot_begin,
        "scanning a directive": _cannot_begin,
        "document start": _after_the_end,
        "block node": _cannot_begin,
        "block mapping": _does_not_fit,
        "block collection": _does_not_fit,
        "block sequence": _does_not_fit,
    }
)
"""What PyYAML and libyaml say -> who tells it in our words; the first that is found."""
