"""The tables tell themselves how their rows are told apart, and any row goes through JSON unchanged."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockint.errors import StoreProblem
from mockint.store.tables import Row, Table, no_triggers, row_from_json, row_to_json, tables

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLE = Table(name="notes", columns=("a", "b"), key=("a",), number="a", numbers_of={})
NUMBERS = st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False)  # SQLite keeps NaN as NULL
PLAIN = st.none() | NUMBERS | st.text(st.characters(exclude_categories=["Cs"])) | st.binary()
"""What a cell of SQLite can hold. A lone surrogate is no text."""
JSON_TEXT = st.builds(
    lambda value, spaced: json.dumps(value, separators=(", ", ": ") if spaced else (",", ":")),
    st.recursive(
        st.none() | st.booleans() | NUMBERS | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    ),
    st.booleans(),
)


@given(st.fixed_dictionaries({"a": PLAIN | JSON_TEXT, "b": PLAIN | JSON_TEXT}))
def test_any_row_comes_back_as_it_was(row: Row) -> None:
    """Numbers with every digit, text with every character, bytes, and JSON however it was written."""
    line = row_to_json(row)
    back = row_from_json(line, TABLE, "A line")
    assert (back, [*map(type, back.values())]) == (row, [*map(type, row.values())])
    assert "\n" not in line


def test_json_within_a_row_is_no_text_within_text() -> None:
    """A person can read it; what only looks like it stays text."""
    row = {"a": '{"said":["um",0.1]}', "b": '{"said": "with a space"}'}
    assert row_to_json(row) == '{"a":{"said":["um",0.1]},"b":"{\\"said\\": \\"with a space\\"}"}'
    assert (
        row_to_json({"a": b"\x00\xff", "b": '{"base64":"AP8="}'})
        == '{"a":{"base64":"AP8="},"b":"{\\"base64\\":\\"AP8=\\"}"}'
    )


@pytest.mark.parametrize("line", ["", "{", "[]", "{}", '{"c":1}', '{"a":{"base64":"%"}}', "[" * 100_000])
def test_a_line_that_is_no_row_is_told(line: str) -> None:
    """In one sentence."""
    with pytest.raises(StoreProblem, match="A line is no row of the table notes"):
        row_from_json(line, TABLE, "A line")


@pytest.fixture
def database() -> Iterator[sqlite3.Connection]:
    """Tables that refer to one another in every way."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.executescript(
            """
            CREATE TABLE parts (plan_id INTEGER REFERENCES plans, place INTEGER, PRIMARY KEY (plan_id, place));
            CREATE TABLE marks (id INTEGER PRIMARY KEY, plan INTEGER, place INTEGER,
                                about INTEGER REFERENCES marks (id),
                                FOREIGN KEY (plan, place) REFERENCES parts (plan_id, place));
            CREATE TABLE plans (id INTEGER PRIMARY KEY, uid TEXT UNIQUE);
            CREATE TABLE names (uid TEXT REFERENCES plans (uid), name TEXT PRIMARY KEY);
            CREATE TABLE migrations (name TEXT PRIMARY KEY);
            CREATE TRIGGER parts_too AFTER INSERT ON plans BEGIN INSERT INTO parts VALUES (new.id, 1); END;
            """
        )
        yield connection


def test_numbers_are_followed_to_the_table_that_counts_them(database: sqlite3.Connection) -> None:
    """Also by way of another table; what is no number stays as it is. Each table comes after those it refers to."""
    found = {table.name: table for table in tables(database)}
    assert (found["parts"].number, found["parts"].numbers_of) == (None, {"plan_id": "plans"})
    assert (found["marks"].number, found["marks"].numbers_of) == ("id", {"plan": "plans", "about": "marks"})
    assert (found["plans"].has_uid, found["names"].numbers_of, "migrations" in found) == (True, {}, False)
    order = [*found]
    assert order.index("plans") < order.index("parts")


def test_without_triggers_rows_come_as_they_are(database: sqlite3.Connection) -> None:
    """Afterwards they act again."""
    database.execute("BEGIN")
    with no_triggers(database):
        database.execute("INSERT INTO plans VALUES (1, 'a')")
    database.execute("INSERT INTO plans VALUES (2, 'b')")
    assert database.execute("SELECT * FROM parts").fetchall() == [(2, 1)]
