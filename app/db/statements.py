"""Statements of SQLAlchemy as text and arguments of the driver; each form is compiled once."""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

from sqlalchemy import Float, Numeric
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.schema import ExecutableDDLElement
from sqlalchemy.util import LRUCache

_dialect: Any = PGDialect_asyncpg
DRIVER: Any = _dialect.import_dbapi()  # SQLAlchemy's names for the errors of asyncpg
DIALECT: Any = _dialect(dbapi=DRIVER)
FORMS: LRUCache[Any, "Form"] = LRUCache(2_000)
NUMERIC, FLOAT = 1700, 701  # PostgreSQL's own numbers of these types
Processor = Callable[[Any], Any] | None


class Form:
    """A form of statements: those that differ in nothing but their values."""

    __slots__ = ("bound", "compiled", "defaults", "processors", "reading", "sql")

    def __init__(self, compiled: Any) -> None:
        self.compiled, self.sql = compiled, compiled.string
        self.processors = compiled._bind_processors
        self.bound = tuple(compiled.positiontup or ())
        self.reading: dict[str, Any] = {}  # how its rows are read, by who reads them
        self.defaults = _list_defaults(compiled)

    def bind(self, values: Mapping[str, Any], extracted: Any, given: Any) -> tuple[str, list[Any]]:
        """Return the text and the arguments of one statement."""
        compiled, processors = self.compiled, self.processors
        told = compiled.construct_params(
            values, extracted_parameters=extracted, escape_names=False, _collected_params=given
        )
        told.update((name, make()) for name, make in self.defaults)
        if not (compiled.post_compile_params or compiled.literal_execute_params):
            return self.sql, _process(told, self.bound, processors)
        state = compiled._process_parameters_for_postcompile(told)  # lists of IN (…)
        wanted = state.positiontup or ()
        told = {**told, **state.additional_parameters}
        return state.statement, _process(told, wanted, {**processors, **state.processors})


def _list_defaults(compiled: Any) -> list[tuple[str, Callable[[], Any]]]:
    """List what makes the values of columns that a new row leaves to its table class."""
    if not (compiled.isinsert and compiled.insert_prefetch):
        return []
    name = compiled._within_exec_param_key_getter
    made = [(name(column), column.default) for column in compiled.insert_prefetch]
    return [
        (key, partial(default.arg, None) if default.is_callable else partial(_same, default.arg))
        for key, default in made
    ]


def _same(value: Any) -> Any:
    return value


def _process(
    values: Mapping[str, Any], names: Sequence[str], processors: Mapping[str, Any]
) -> list[Any]:
    return [
        processors[name](values[name]) if name in processors else values[name] for name in names
    ]


def find_form(statement: Any, values: Mapping[str, Any]) -> tuple[Form | str, Any, Any]:
    """Return the form of a statement, and the values that stand in it."""
    if isinstance(statement, ExecutableDDLElement):
        return str(statement.compile(dialect=DIALECT)), None, None
    key = statement._generate_cache_key()
    names = sorted(values)
    if key is None:
        return Form(_compile(statement, None, names)), None, None
    known = (key[0], *names)
    form = FORMS.get(known)
    if form is None:
        form = FORMS[known] = Form(_compile(statement, key, names))
    return form, key[1], key[2]


def _compile(statement: Any, key: Any, names: list[str]) -> Any:
    return statement._compiler(DIALECT, cache_key=key, column_keys=names, for_executemany=False)


def bind(statement: Any, values: Mapping[str, Any]) -> tuple[Form | None, str, list[Any]]:
    """Return the form, the text and the arguments of a statement."""
    form, extracted, given = find_form(statement, values)
    if isinstance(form, str):
        return None, form, []
    return form, *form.bind(values, extracted, given)


def result_processor(kind: Any) -> Processor:
    """Return what makes a value of a type of what the driver has read; None where it is that."""
    number = FLOAT if isinstance(kind, Float) else NUMERIC if isinstance(kind, Numeric) else None
    found: Processor = kind._cached_result_processor(DIALECT, number)
    return found


def bind_processor(kind: Any) -> Processor:
    """Return what makes an argument of the driver of a value of a type."""
    found: Processor = kind._cached_bind_processor(DIALECT)
    return found


@lru_cache(4_096)
def row_class(keys: tuple[str, ...]) -> Any:
    """Return the class of rows with these names; what is no name in Python goes by its number."""
    made: Any = namedtuple("Row", keys, rename=True)  # type: ignore[misc]
    return made._make
