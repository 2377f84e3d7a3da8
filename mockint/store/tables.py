"""The tables as the database itself tells them, and their rows as JSON: a table that comes later needs no code here.

A table holds its rows apart in one of three ways. Most have a `uid`, which names a row in every data folder, beside a
number that counts in this one only. Some hang on a row of another table, such as what was measured on its result. The
rest have a key of their own meaning. A number of another data folder is never taken for a number of this one.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from contextlib import contextmanager
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Any

from mockint.errors import StoreProblem

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping

MIGRATIONS_TABLE = "migrations"
UID = "uid"
BYTES = "base64"
"""What is no text stands in an object that has this key alone."""

Row = dict[str, Any]
"""A row by the names of its columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table, its columns and how its rows are told apart."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    """The columns of its primary key."""
    number: str | None
    """The column that counts the rows of this data folder; None where there is none, or it is another table's."""
    numbers_of: Mapping[str, str]
    """Column -> the other table whose number stands in it."""

    @property
    def has_uid(self) -> bool:
        """Whether its rows have a name that holds in every data folder."""
        return UID in self.columns

    def select(self) -> str:
        """Return the query for all rows, in the order of their key."""
        columns, key = (", ".join(map(_quoted, names)) for names in (self.columns, self.key))
        return f"SELECT {columns} FROM {_quoted(self.name)} ORDER BY {key}"  # noqa: S608 - names from the schema

    def insert(self, row: Row) -> str:
        """Return the statement that inserts a row with these columns, unless one with its key or uid is there."""
        columns, values = ", ".join(map(_quoted, row)), ", ".join(f":{column}" for column in row)
        return f"INSERT OR IGNORE INTO {_quoted(self.name)} ({columns}) VALUES ({values})"  # noqa: S608 - names from the schema

    def find(self, columns: Iterable[str]) -> str:
        """Return the query for the key of the rows that are alike in these columns."""
        alike = " AND ".join(f"{_quoted(column)} IS :{column}" for column in columns)
        return f"SELECT {_quoted(self.key[0])} FROM {_quoted(self.name)} WHERE {alike}"  # noqa: S608 - names from the schema


def tables(connection: sqlite3.Connection) -> tuple[Table, ...]:
    """Return the tables that hold the user's data, each after those that it refers to."""
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite^_%' ESCAPE '^' AND name <> ?"
        " ORDER BY name",
        (MIGRATIONS_TABLE,),
    )
    shapes = {name: _shape(connection, name) for (name,) in names.fetchall()}
    found = {name: _table(name, shapes) for name in shapes}
    order = TopologicalSorter({name: {*table.numbers_of.values()} - {name} for name, table in found.items()})
    try:
        return tuple(found[name] for name in order.static_order())
    except CycleError:  # references are checked when the whole is there
        return tuple(found.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """What SQLite says of a table."""

    columns: tuple[tuple[str, str, int], ...]
    """Name, type, and place in the primary key from 1; 0 for other columns."""
    references: Mapping[str, tuple[str, str | None]]
    """Column -> table and column that it refers to; no column is that table's key."""

    @property
    def key(self) -> tuple[str, ...]:
        """The columns of the primary key, in their order."""
        return tuple(name for _, name in sorted((place, name) for name, _, place in self.columns if place))

    @property
    def number(self) -> str | None:
        """The key, where that is one whole number of the table's own."""
        kinds = [kind.upper() for _, kind, place in self.columns if place]
        return self.key[0] if kinds == ["INTEGER"] and self.key[0] not in self.references else None


def _shape(connection: sqlite3.Connection, name: str) -> _Shape:
    columns = connection.execute("SELECT name, type, pk FROM pragma_table_info(?)", (name,))
    references = connection.execute('SELECT "from", "table", "to" FROM pragma_foreign_key_list(?)', (name,))
    return _Shape(
        columns=tuple((column, kind, place) for column, kind, place in columns),
        references={column: (to_table, to_column) for column, to_table, to_column in references},
    )


def _table(name: str, shapes: Mapping[str, _Shape]) -> Table:
    shape = shapes[name]
    counted = {column: _counted_by(column, shape, shapes) for column in shape.references}
    return Table(
        name=name,
        columns=tuple(column for column, _, _ in shape.columns),
        key=shape.key,
        number=shape.number,
        numbers_of={column: table for column, table in counted.items() if table is not None},
    )


def _counted_by(column: str, shape: _Shape, shapes: Mapping[str, _Shape]) -> str | None:
    """Return the table whose number a column holds, also by way of other tables; None where it holds no number."""
    to_table, to_column = shape.references[column]
    there = shapes[to_table]
    to_column = to_column or there.key[0]
    if to_column in there.references:
        return _counted_by(to_column, there, shapes)
    return to_table if to_column == there.number else None


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@contextmanager
def no_triggers(write: sqlite3.Connection) -> Iterator[None]:
    """Within a transaction: rows come and go as they are, and nothing is drawn from them."""
    triggers = write.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY rowid").fetchall()
    for name, _ in triggers:
        write.execute(f"DROP TRIGGER {_quoted(name)}")
    yield
    for _, sql in triggers:
        write.execute(sql)


# --- rows as JSON ---------------------------------------------------------------------------------


def rows_of(connection: sqlite3.Connection, table: Table) -> Iterator[Row]:
    """Yield the rows of a table, in the order of their key."""
    for row in connection.execute(table.select()):
        yield dict(zip(table.columns, row, strict=True))


def row_to_json(row: Row) -> str:
    """Return a row as one line of JSON. Text that is itself JSON, written as mockint writes it, becomes part of it."""
    return _dumped({column: _opened(value) for column, value in row.items()})


def row_from_json(line: str, table: Table, where: str) -> Row:
    """Read a row, exactly as it was. where: what to call the line where it is none. Raises StoreProblem."""
    problem = StoreProblem(f"{where} is no row of the table {table.name}: it was edited or damaged.")
    try:
        found = json.loads(line)
        if not isinstance(found, dict) or not found or not set(found) <= set(table.columns):
            raise problem
        return {column: _closed(value) for column, value in found.items()}
    except (ValueError, RecursionError) as error:
        raise problem from error


def _opened(value: Any) -> Any:
    if isinstance(value, bytes):
        return {BYTES: b64encode(value).decode()}
    if not isinstance(value, str) or value[:1] not in {"{", "["}:
        return value
    try:
        inner = json.loads(value)
        is_exact = _dumped(inner) == value and not _is_bytes(inner)
    except (ValueError, RecursionError):
        return value
    return inner if is_exact else value


def _closed(value: Any) -> Any:
    if _is_bytes(value):
        return b64decode(value[BYTES], validate=True)
    return _dumped(value) if isinstance(value, dict | list) else value


def _is_bytes(value: Any) -> bool:
    return isinstance(value, dict) and [*value] == [BYTES] and isinstance(value[BYTES], str)


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
