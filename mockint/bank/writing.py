"""From questions to the text of a bank file: what is written here, the loader reads back as the same questions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from mockint.bank import fields as table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mockint.model import Question


def bank_text(bank_id: str, title: str, questions: Iterable[Question]) -> str:
    """Write a bank as YAML. Every text is in double quotes, so that none of the traps of YAML is in it."""
    lines = [
        "# Edit freely, but keep the ids: your history is kept by them.",
        f"mockint_bank: {table.FORMAT_VERSION}",
        "",
        "bank:",
        f"  id: {_quoted(bank_id)}",
        f"  title: {_quoted(title)}",
        "",
        "questions:",
    ]
    for question in questions:
        lines += ["", *_question_lines(question)]
    return "\n".join(lines) + "\n"


def _question_lines(question: Question) -> Iterator[str]:
    yield f"  - id: {_quoted(question.id)}"
    for key, field in table.QUESTION.items():
        attribute = f"{key}_s" if isinstance(field.kind, table.Seconds) else key
        value = getattr(question, attribute)
        if key == "id" or value is None or value is False or value == ():
            continue
        if isinstance(value, tuple):
            yield f"    {key}:"
            yield from (f"      - {_quoted(text)}" for text in value)
        else:
            yield f"    {key}: {_written(value)}"


def _written(value: str | float | bool) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return _quoted(value) if isinstance(value, str) else f"{value:.12g}"


def _quoted(text: str) -> str:
    """JSON's strings are YAML's too."""
    return json.dumps(text, ensure_ascii=False)
