"""Read rows of the driver as rows of tables: detached, complete, and one object for each row."""

from collections.abc import Callable, Sequence
from typing import Any, cast

from sqlalchemy import inspect
from sqlalchemy.orm.base import instance_state
from sqlmodel.sql.expression import SelectOfScalar

from app.db.statements import Form, Processor, result_processor, row_class

Known = dict[Any, Any]  # rows that a transaction has read, by their tables and keys
Read = Callable[[Any, Known, bool], Any]


class TableReader:
    """Reads a row of one table from some columns of a result."""

    def __init__(self, table: Any, entries: Sequence[Any], start: int) -> None:
        mapper = inspect(table).mapper
        self.names = [one.key for one in mapper.column_attrs]
        self.width, self.start = len(self.names), start
        _check_order(self.names, entries[start : start + self.width])
        self.make, self.mapper = mapper.class_manager.new_instance, mapper
        self.processors = [
            (n, made)
            for n, entry in enumerate(entries[start : start + self.width])
            if (made := result_processor(entry.type))
        ]
        self.keys = [self.names.index(column.key) for column in mapper.primary_key]

    def read(self, record: Any, known: Known, fresh: bool) -> Any:
        """Return the row, one object for one row; `fresh` renews it."""
        values = list(record[self.start : self.start + self.width])
        key = tuple(values[n] for n in self.keys)
        if None in key:  # of an outer join
            return None
        place = (self.mapper.class_, key)
        row = known.get(place)
        if row is not None and not fresh:
            return row
        for n, process in self.processors:
            values[n] = process(values[n])
        if row is None:
            row = known[place] = self.make()
            instance_state(row).key = (self.mapper.class_, key, None)
        row.__dict__.update(zip(self.names, values, strict=True))
        instance_state(row)._commit_all(row.__dict__)
        return row


def _check_order(names: Sequence[str], entries: Sequence[Any]) -> None:
    for name, entry in zip(names, entries, strict=True):
        if entry.keyname != name and not entry.keyname.startswith(f"{name}_"):
            raise TypeError(f"{entry.keyname} stands where {name} was expected")


def row_key(row: Any) -> tuple[type, tuple[Any, ...]]:
    """Return the table and the key of a row."""
    mapper = instance_state(row).manager.mapper
    return mapper.class_, tuple(getattr(row, str(one.key)) for one in mapper.primary_key)


def find_reader(form: Form, statement: Any) -> tuple[Read, tuple[str, ...]]:
    """Return how the rows of a query are read, and the names of their columns."""
    if (found := form.reading.get("rows")) is None:
        found = form.reading["rows"] = _build_reader(form, statement)
    return cast(tuple[Read, tuple[str, ...]], found)


def _build_reader(form: Form, statement: Any) -> tuple[Read, tuple[str, ...]]:
    entries = form.compiled._result_columns
    readers: list[Read] = []
    start = 0
    asked = statement.column_descriptions
    for one in asked:
        if isinstance(one["expr"], type) or one["expr"] is one["entity"] is not None:
            table = TableReader(one["entity"], entries, start)
            readers.append(table.read)
            start += table.width
        else:
            readers.append(_value_reader(start, result_processor(entries[start].type)))
            start += 1
    if start != len(entries):
        raise TypeError(f"{len(entries)} columns were found where {start} were expected")
    keys = tuple(str(one["name"]) for one in asked)
    if isinstance(statement, SelectOfScalar):
        return readers[0], keys
    make = row_class(keys)
    return lambda record, known, fresh: make([read(record, known, fresh) for read in readers]), keys


def _value_reader(at: int, process: Processor) -> Read:
    if process is None:
        return lambda record, known, fresh: record[at]
    return lambda record, known, fresh: process(record[at])


def read_values(form: Form | None, records: Sequence[Any]) -> tuple[list[Any], tuple[str, ...]]:
    """Return rows that no table class stands for, and the names of their columns."""
    entries = form.compiled._result_columns if form else ()
    if not entries:
        keys = tuple(records[0].keys()) if records else ()
        make = row_class(keys)
        return [make(one) for one in records], keys
    keys = tuple(one.keyname for one in entries)
    make, process = row_class(keys), [result_processor(one.type) for one in entries]
    return [
        make([p(v) if p else v for p, v in zip(process, record, strict=True)]) for record in records
    ], keys
