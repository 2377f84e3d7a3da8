"""What a bank may hold as a JSON Schema (draft 7, as editors read it), made from the table that the loader uses.

A schema cannot say everything: that ids are unique, that a time written as a text is in range, and that no key stands
twice is left to `mockint bank check`.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from mockint.bank import fields as table
from mockint.bank.schema import CLOCK, MINUTES, OCTAL, SECONDS
from mockint.bank.shapes import CONTROL

if sys.version_info >= (3, 11):
    from typing import assert_never
else:
    from typing_extensions import assert_never

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE_NAME = "bank.schema.json"

_TEXT = rf"^[^{CONTROL}]*[^\s{CONTROL}][^{CONTROL}]*$"
_TIME = f"^(?!{OCTAL}$)({SECONDS}|{MINUTES}|{CLOCK})$"


def schema_text() -> str:
    """Return the schema of a bank file as it is shipped."""
    return json.dumps(bank_schema(), indent=2, ensure_ascii=False) + "\n"


def bank_schema() -> dict[str, Any]:
    """Return the schema of a bank file."""
    parts = {
        "mockint_bank": {"enum": [table.FORMAT_VERSION, str(table.FORMAT_VERSION)]},
        "bank": _mapping(table.BANK),
        "defaults": _mapping(table.DEFAULTS),
        "questions": {"type": "array", "minItems": 1, "items": _mapping(table.QUESTION)},
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A bank of interview questions for mockint",
        "type": "object",
        "required": list(table.TOP_REQUIRED),
        "additionalProperties": False,
        "properties": {key: {"description": says, **parts[key]} for key, says in table.TOP.items()},
    }


def _mapping(fields: Mapping[str, table.Field]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": [key for key, field in fields.items() if field.required],
        "additionalProperties": False,
        "properties": {key: {"description": field.says, **_value(field.kind)} for key, field in fields.items()},
    }


def _value(kind: table.Kind) -> dict[str, Any]:
    rule: dict[str, Any]
    match kind:
        case table.Text():
            rule = {"type": "string", "pattern": _TEXT}
            if kind.known:  # what editors offer; another text is fine too
                rule = {"anyOf": [{"enum": list(kind.known)}, rule]}
        case table.Texts():
            rule = _list({"type": "string", "pattern": _TEXT})
        case table.Slug() | table.Name():
            rule = _slug()
        case table.Names():
            rule = _list(_slug())
        case table.Language():
            rule = {"type": "string", "pattern": f"^{table.LANGUAGE}$"}
        case table.Seconds():
            number = {"type": "number", "minimum": kind.low_s, "maximum": kind.high_s}
            rule = {"anyOf": [number, {"type": "string", "pattern": _TIME}]}
        case table.WholeNumber():
            numbers = range(kind.low, kind.high + 1)
            rule = {"enum": [*numbers, *map(str, numbers)]}
        case table.Truth():
            rule = {"type": "boolean"}
        case _:
            assert_never(kind)
    return rule


def _slug() -> dict[str, Any]:
    return {"type": "string", "pattern": f"^{table.SLUG}$", "maxLength": table.LONGEST_SLUG}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}
