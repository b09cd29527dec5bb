"""The order of what a search finds: those first whose whole name was typed."""

from typing import Any

from sqlalchemy import ColumnElement, Integer, case, func, literal_column

from app.db.query.shape import Order, Row

SEARCH = ("search", "eq")
BAR: Any = literal_column("' | '")  # between the names in a search key
ANY: Any = literal_column("'%'")


def put_exact_first(order: Order, pattern: ColumnElement[str]) -> Order:
    """Return an order with the exact hits of a search in front; they are in that order too."""
    exact, other = (1, 0) if order.descending else (0, 1)

    def key(row: Row) -> list[ColumnElement[Any]]:
        ranks = (literal_column(str(rank), Integer()) for rank in (exact, other))
        rank: Any = case((_is_exact(row, pattern), next(ranks)), else_=next(ranks))
        return [rank, *order.key(row)]

    return Order(key, order.descending)


def _is_exact(row: Row, pattern: ColumnElement[str]) -> ColumnElement[bool]:
    """Test whether a pattern is one of the names whole; it begins and ends with %."""
    typed = func.substr(pattern, 2, func.length(pattern) - literal_column("2"))
    names: ColumnElement[str] = func.concat(BAR, row.search_key, BAR)
    return names.like(func.concat(ANY, BAR, typed, BAR, ANY))
