"""What can go wrong around mockint, as the tests declare it, and the table of it in CONTRIBUTING.

    python tests/faults.py

prints the table. A test that makes such a thing happen is marked with `fault`; that it looks for the sentence which the
user sees is checked, by reading the test (`undeclared`).
"""

from __future__ import annotations

import ast
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Test = TypeVar("Test")

TESTS = Path(__file__).parent
HEADING = "| what goes wrong | what is said | what is kept |\n|---|---|---|\n"


def fault(what: str, *, says: str, kept: str) -> Callable[[Test], Test]:
    """Mark a test that makes something go wrong. says: part of what the user is told, which the test looks for."""

    def mark(test: Test) -> Test:
        return test

    return mark


@dataclass(frozen=True, slots=True, order=True)
class Declared:
    """What a test declares."""

    what: str
    says: str
    kept: str
    test: str
    looks_for_it: bool


def declared() -> list[Declared]:
    """Return what all tests declare, in the order of the alphabet."""
    return sorted(found for path in TESTS.rglob("test_*.py") for found in _declared_in(path))


def table() -> str:
    """Return what belongs into CONTRIBUTING."""
    rows = [f"| {each.what} | {each.says} | {each.kept} |\n" for each in declared()]
    return HEADING + "".join(dict.fromkeys(rows))


def _declared_in(path: Path) -> Iterator[Declared]:
    for test in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(test, ast.FunctionDef):
            continue
        texts = [node.value for line in test.body for node in ast.walk(line) if isinstance(node, ast.Constant)]
        for mark in test.decorator_list:
            if isinstance(mark, ast.Call) and isinstance(mark.func, ast.Name) and mark.func.id == fault.__name__:
                words = {word.arg: ast.literal_eval(word.value) for word in mark.keywords}
                looks_for_it = any(isinstance(text, str) and words["says"] in text for text in texts[1:])
                yield Declared(
                    ast.literal_eval(mark.args[0]),
                    words["says"],
                    words["kept"],
                    f"{path.name}::{test.name}",
                    looks_for_it,
                )


if __name__ == "__main__":
    sys.stdout.write(table())
