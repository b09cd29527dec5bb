"""Values as literals of SQL, for statements that go with others in one turn, without arguments.

Text and bytes are written as hexadecimal digits: no value can end its literal.
"""

from datetime import datetime
from uuid import UUID

Bare = str | bytes | UUID | datetime | int | list[str] | None


def write_literal(value: Bare) -> str:
    """Return a value as a literal of its type."""
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, str):
        return f"convert_from('\\x{value.encode().hex()}'::bytea, 'UTF8')"
    if isinstance(value, bytes):
        return f"'\\x{value.hex()}'::bytea"
    if isinstance(value, UUID):
        return f"'{UUID(int=value.int)}'::uuid"
    if isinstance(value, list):
        return f"ARRAY[{list_values(*value)}]::text[]"
    return f"'{value.isoformat()}'::timestamptz"


def list_values(*values: Bare) -> str:
    """Return values as literals, one after the other."""
    return ", ".join(write_literal(value) for value in values)


def call_function(name: str, *values: Bare) -> str:
    """Return the statement that calls a function of the database with these values."""
    return f"SELECT {name}({list_values(*values)})"
