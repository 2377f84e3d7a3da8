"""What is stored as JSON: the question as it was asked, and the result.

Keys that this mockint does not know were written by a newer one: they are passed over.
"""

from __future__ import annotations

import json
import math
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from mockint.errors import StoreProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cattrs.preconf.json import JsonConverter

Body = TypeVar("Body")


def to_json(value: object) -> str:
    """Write a value of the model as JSON. NaN and infinity are no JSON: ValueError."""
    return json.dumps(_converter().unstructure(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def from_json(text: str, kind: type[Body], what: str) -> Body:
    """Read a value of the model. what: how to name it to the user where it cannot be read. Raises StoreProblem."""
    with readable(what):
        value = json.loads(text)
        if r"\ud" in text.lower():  # halves of characters, which nothing can show or write
            json.dumps(value, ensure_ascii=False).encode()
        return _converter().structure(value, kind)


@contextmanager
def readable(what: str) -> Iterator[None]:
    """Raise StoreProblem where what is read from the database was never written by mockint; also a decorator."""
    try:
        yield
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError) as error:
        raise StoreProblem(
            f"{what} cannot be read from the database.",
            "If a newer mockint wrote it, update; otherwise put a backup in its place.",
        ) from error


def as_moment(text: str) -> datetime:
    """Read a moment of time. One without a time zone cannot be put in order with others: ValueError."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text} tells no time zone")
    return moment


@cache
def _converter() -> JsonConverter:
    from cattrs.preconf.json import make_converter  # not needed to say what is due

    converter = make_converter(detailed_validation=False)
    converter.register_structure_hook(float, lambda value, _kind: _finite(value))
    converter.register_structure_hook(datetime, lambda text, _kind: as_moment(text))
    return converter


def _finite(value: Any) -> float:
    """Read a number. Python reads NaN and infinity where JSON has none, and they would end a command much later."""
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(f"{value} is no number")
    return number
