"""Every type of input by itself: it takes a value that PostgreSQL can hold, or says why not."""

import unicodedata
from datetime import date, datetime
from random import Random
from typing import Any

from pydantic import TypeAdapter, ValidationError

from app.domain.input_faults import build_field_error
from app.domain.records import types
from app.domain.values import MAX_INTEGER, MIN_INTEGER
from tests.inputs.edges import ALL, TEXTS

TYPES: dict[str, Any] = {
    name: one for name, one in vars(types).items() if hasattr(one, "__metadata__")
}


def make_values(dice: Random, most: int) -> list[Any]:
    """Make values: all edges, then others put together of them."""
    made = list(ALL)
    while len(made) < most:
        first, second = (str(dice.choice(TEXTS))[:200] for _ in range(2))
        made.append(dice.choice([
            first + second, dice.randint(-(2**70), 2**70), dice.uniform(-1e9, 1e9),
            "".join(chr(dice.randrange(0x110000)) for _ in range(dice.randrange(12))),
            f"{dice.randrange(12000):04}-{dice.randrange(14):02}-{dice.randrange(33):02}",
        ]))  # fmt: skip
    return made[:most]


def find_escapes(dice: Random, most: int) -> list[str]:
    """Find values that a type takes although PostgreSQL cannot hold them, or that crash it."""
    found = []
    for name, kind in TYPES.items():
        adapter: TypeAdapter[Any] = TypeAdapter(kind)
        for value in make_values(dice, most):
            try:
                taken = adapter.validate_python(value)
            except ValidationError as error:
                for fault in error.errors():
                    build_field_error(fault).to_dict("vi")
                continue
            except Exception as error:
                found.append(f"{name} crashes with {value!r:.80}: {error!r:.80}")
                continue
            if not can_hold(taken, composed=name != "Secret"):
                found.append(f"{name} takes {value!r:.80}")
    return found


def can_hold(value: Any, *, composed: bool = True) -> bool:
    """Return whether PostgreSQL holds a value, and it is written as this product writes it."""
    if isinstance(value, str):
        encoded = value.encode("utf-8", "replace").decode()
        return "\0" not in value and encoded == value and (not composed or _is_composed(value))
    if isinstance(value, bool) or value is None:
        return True
    if isinstance(value, int):
        return MIN_INTEGER <= value <= MAX_INTEGER
    if isinstance(value, float):
        return abs(value) < 1e300
    if isinstance(value, datetime):
        return value.tzinfo is not None and 1800 <= value.year <= 3000
    return not isinstance(value, date) or 1800 <= value.year < 3000


def _is_composed(value: str) -> bool:
    return unicodedata.is_normalized("NFC", value)
