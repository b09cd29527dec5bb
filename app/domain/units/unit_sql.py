"""SQL that finds where units lie on a day, for all statistics by place."""

from collections.abc import Iterator
from datetime import date

from app.db.tables.units import UnitLevel

# The name of the unit that a row has in `unit_id`, as `v`: one look-up a row, and few rows.
NAME_SQL = """LEFT JOIN LATERAL (
    SELECT n.code, n.full_name, n.sort_key FROM unit_version n
    WHERE n.unit_id = {unit} AND n.valid_from <= :{day} AND n.valid_to > :{day} LIMIT 1
  ) v ON true"""


def in_unit_sql(level: UnitLevel, place: str = "l") -> str:
    """Return the test whether a dated place lies in `:unit`, which is of this level."""
    return "true" if level is UnitLevel.NATIONAL else f"{place}.{level.value}_id = :unit"


def name_sql(unit: str, day: str) -> str:
    """Return the join that adds code, name and order of a unit, as `v`, on a day."""
    return NAME_SQL.format(unit=unit, day=day)


class PlacesSql:
    """The places of units on several days, joined; days that are the same are joined once."""

    def __init__(self, **days: date) -> None:
        self.days = days
        first = {day: name for name, day in reversed(days.items())}
        self.names = {name: first[day] for name, day in days.items()}

    def tables(self) -> str:
        """Return the tables to select from."""
        first, *others = dict.fromkeys(self.names.values())
        joined = (f"JOIN unit_place {one} ON {one}.unit_id = {first}.unit_id" for one in others)
        return " ".join((f"unit_place {first}", *joined))

    def tests(self) -> str:
        """Return the tests by which each place holds on its day, a parameter of its name."""
        return " AND ".join(self._tests())

    def _tests(self) -> Iterator[str]:
        for one in dict.fromkeys(self.names.values()):
            yield f"{one}.valid_from <= :{one} AND {one}.valid_to > :{one}"
