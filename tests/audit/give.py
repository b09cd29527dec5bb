"""Entries of an audit, and what is read of it past every layer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import asyncpg

from app.domain.actor import Level, Role
from tests.application import Application, Caller, runner
from tests.give import Country

MARKED = "marked"  # the subject of the entries that are given here
NOWHERE = 2


@dataclass(frozen=True)
class AuditScenario:
    """An application, the same without the short way for GraphQL, and what lies in it."""

    url: str
    application: Application
    ordinary: Application
    country: Country

    def auditor(self, place: str = "", *, ordinary: bool = False) -> Caller:
        application = self.ordinary if ordinary else self.application
        unit = self.country[place]
        return application.caller(Role.AUDITOR, level=self.country.levels[unit], unit=unit)

    def rows(self, sql: str, *values: Any) -> list[Mapping[str, Any]]:
        """Return rows of the tables, seen by their owner."""
        return runner().run(rows(self.url, sql, *values))

    def entries(self, where: str = "true", *values: Any) -> list[Mapping[str, Any]]:
        return self.rows(f"SELECT * FROM audit_entry WHERE {where} ORDER BY id", *values)


async def rows(url: str, sql: str, *values: Any) -> list[Mapping[str, Any]]:
    connection = await asyncpg.connect(url)
    try:
        found: list[Mapping[str, Any]] = await connection.fetch(sql, *values)
        return found
    finally:
        await connection.close()


async def give_entries(url: str, country: Country) -> None:
    """One entry for each unit of the country, and two for none."""
    for unit in [*country.units.values(), *[None] * NOWHERE]:
        await rows(
            url,
            "INSERT INTO audit_entry (id, act, operation, resource, fields, subject, client, "
            "roles, unit_id) VALUES ($1, 'change', 'model:update', 'model', '{}', $2, 'given', "
            "'{}', $3)",
            uuid4(), MARKED, unit,
        )  # fmt: skip


def below(country: Country, place: str) -> int:
    """Count the given entries that lie in a unit; the country has those of no unit too.

    In a village one sees one's own acts only, and none of these are one's own.
    """
    if place.count(".") == 2:
        return 0
    inside = [path for path in country.units if not place or (path + ".").startswith(place + ".")]
    return len(inside) + (0 if place else NOWHERE)


PLACES = [("", Level.NATIONAL), ("1", Level.PROVINCE), ("2.1", Level.COMMUNE),
          ("1.2.3", Level.VILLAGE)]  # fmt: skip
