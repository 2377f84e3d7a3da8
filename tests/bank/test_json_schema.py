"""The schema for editors says what the loader says, as far as a schema can."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, ValidationError
from jsonschema.validators import extend

from mockint.bank import check_bank, shipped_banks_folder
from mockint.bank.fields import BANK, DEFAULTS, QUESTION
from mockint.bank.json_schema import FILE_NAME, bank_schema, schema_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

UNSAYABLE = re.compile(r"is taken: the first is|should be from .* seconds, not")
"""What the loader minds and a schema cannot say: names that stand twice, and the range of a time that is a text."""


def _pattern(_validator: Any, pattern: str, instance: Any, _schema: Any) -> Iterator[ValidationError]:
    """Match as editors do: in JavaScript "$" is the end of the text, in Python also before a last line break."""
    if isinstance(instance, str) and not re.search(pattern.replace("$", r"\Z"), instance):
        yield ValidationError("does not match")


VALIDATOR: Draft7Validator = extend(Draft7Validator, {"pattern": _pattern})(bank_schema())  # type: ignore[no-untyped-call]  # by its stubs

WORDS = ("why", "two-words", "Two Words", "no", "en", "pt-BR", "3", "", " \n", "a" * 65)
TIMES = ("90", "090", "90 s", "2m30s", "2:30", "1:75", "5h")
TEXTS = st.text(max_size=8) | st.sampled_from((*WORDS, *TIMES))
NUMBERS = st.sampled_from([0, 1, 3, 5, 6, 9, 10, 90, 1800, 1801, -1, 3.0, 1.5, 90.25]) | st.floats(
    allow_nan=False, allow_infinity=False
)
ANYTHING = st.none() | st.booleans() | NUMBERS | TEXTS | st.lists(TEXTS | st.none(), max_size=2)


def mapping(keys: list[str], sound: dict[str, Any]) -> st.SearchStrategy[Any]:
    """A sound mapping with a few keys changed, added or missing; now and then something else altogether."""
    changed = st.dictionaries(st.sampled_from([*keys, "other"]), ANYTHING, max_size=2)
    missing = st.sets(st.sampled_from(sorted(sound)), max_size=1) if sound else st.just(set())
    return st.builds(
        lambda change, drop: {key: value for key, value in {**sound, **change}.items() if key not in drop},
        changed,
        missing | st.just(set()),
    )


QUESTIONS = mapping(list(QUESTION), {"id": "why", "text": "Why?"})
BANKS = st.fixed_dictionaries(
    {
        "mockint_bank": st.sampled_from([1, 1, 1, "1", 1.0, 2, True, None]),
        "bank": mapping(list(BANK), {"id": "mine", "title": "Mine"}),
        "questions": st.lists(QUESTIONS, min_size=1, max_size=2) | ANYTHING,
    },
    optional={"defaults": mapping(list(DEFAULTS), {}), "other": ANYTHING},
)


@given(bank=BANKS)
def test_the_schema_takes_what_the_loader_takes(tmp_path_factory: pytest.TempPathFactory, bank: Any) -> None:
    """And refuses what it refuses."""
    path = tmp_path_factory.mktemp("banks") / "bank.yaml"
    path.write_text(yaml.safe_dump(bank), encoding="utf-8")
    faults = [str(fault) for fault in check_bank(path) if not fault.warning and not UNSAYABLE.search(fault.message)]
    assert (faults == []) == VALIDATOR.is_valid(yaml.safe_load(path.read_text(encoding="utf-8"))), faults


@pytest.mark.parametrize("path", sorted(shipped_banks_folder().glob("*.yaml")), ids=lambda path: path.stem)
def test_the_schema_takes_every_shipped_bank(path: Path) -> None:
    """Nobody who opens one in an editor sees it underlined."""
    assert list(VALIDATOR.iter_errors(yaml.safe_load(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("dificulty", 3),
        ("difficulty", 6),
        ("time_limit", "soon"),
        ("time_limit", 5),
        ("star", "yes"),
        ("tips", "Breathe."),
    ],
)
def test_the_schema_refuses_slips(key: str, value: object) -> None:
    """An editor underlines them while they are written."""
    question = {"id": "why", "text": "Why?", key: value}
    bank = {"mockint_bank": 1, "bank": {"id": "mine", "title": "Mine"}, "questions": [question]}
    assert not VALIDATOR.is_valid(bank)


def test_the_schema_is_a_schema() -> None:
    """By the rules of its own draft."""
    Draft7Validator.check_schema(bank_schema())


def test_every_key_is_explained() -> None:
    """An editor shows what a key is for."""
    rules = bank_schema()["properties"]
    keys = [*rules.values(), *rules["bank"]["properties"].values(), *rules["questions"]["items"]["properties"].values()]
    assert all(key["description"].endswith(".") for key in keys)


def test_the_shipped_schema_is_the_present_one() -> None:
    """Write it anew with: mockint bank schema > question_banks/bank.schema.json."""
    assert (shipped_banks_folder() / FILE_NAME).read_text(encoding="utf-8") == schema_text()
