"""The cost of a read: the most rows that it can answer with, the same in every API layer."""

from app.db.bounded_cache import MIB, cache_within
from app.db.query.selection import AnyQuery, Kind, Query, SelectedField, estimate_bytes
from app.db.query.shape import CountField, Shape
from app.domain.errors import OutOfBounds, TooManyRows

Values = dict[str, object]
Weight = tuple[str | int, int, tuple["Weight", ...]]  # count, maximum, weights below each row
MAX_LIST = 100
MAX_ROWS = 5_000


@cache_within(MIB, lambda key, found: estimate_bytes(key))
def _weight(read: Query) -> Weight:
    many = 1 if read.kind is Kind.ONE else read.value("first")
    return many, MAX_LIST, _weights(read, read.shape, read.picks)


def _weights(read: Query, shape: Shape, picks: tuple[SelectedField, ...]) -> tuple[Weight, ...]:
    found: list[Weight] = []
    for pick in picks:
        if link := shape.links.get(pick.name):
            plain = link.most if pick.whole else link.first
            many = (read.value(pick.first) if pick.first else plain) if link.many else 1
            found.append((many, link.most, _weights(read, link.to(), pick.picks)))
        elif isinstance(shape.fields.get(pick.name), CountField):
            found.append((1, 1, ()))  # a statement of its own for each row
        elif pick.picks:
            found.extend(_weights(read, shape, pick.picks))
    return tuple(found)


def check_cost(read: Query, values: Values) -> None:
    """Refuse a read that can answer with too many rows."""
    if _rows(_weight(read), values) > MAX_ROWS:
        raise TooManyRows(most=MAX_ROWS)


def count_rows(query: AnyQuery, values: Values) -> int:
    """Return the most rows that a built query can answer with."""
    reads = (query,) if isinstance(query, Query) else query.reads
    return max(_rows(_weight(read), values) for read in reads)


def _rows(weight: Weight, values: Values) -> int:
    """Return the most rows an answer can hold: the cost of a query, the same in every API layer."""
    many, most, parts = weight
    count = values[many] if isinstance(many, str) else many
    if not isinstance(count, int) or not 0 < count <= most:
        raise OutOfBounds(name="first", least=1, most=most)
    return count * (1 + sum(_rows(part, values) for part in parts))
