"""The true contents of the tables, read by plain SQL, to judge the answers by."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg

from app.domain.actor import Level

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Facts:
    """The rows of every table that a shape reads."""

    unit: list[Row]
    unit_version: list[Row]
    unit_parent: list[Row]
    unit_succession: list[Row]
    unit_reorganisation: list[Row]
    model_type: list[Row]
    model: list[Row]
    model_host: list[Row]
    model_member: list[Row]
    model_review: list[Row]
    model_review_rule: list[Row]
    model_recognition: list[Row]
    calendar: list[Row]
    deadline_rule: list[Row]
    deadline: list[Row]
    team: list[Row]
    team_member: list[Row]
    team_size_rule: list[Row]
    retention_rule: list[Row]
    committee: list[Row]
    document: list[Row]
    attachment: list[Row]
    organisation: list[Row]
    organisation_identifier: list[Row]
    stated_figure: list[Row]
    tip_desk: list[Row]

    def of(self, table: str) -> list[Row]:
        rows: list[Row] = getattr(self, table)
        return rows

    def hosts(self, model: UUID) -> list[Row]:
        return sorted(
            (host for host in self.model_host if host["model_id"] == model), key=lambda h: h["id"]
        )

    def models_of(self, level: Level, unit: UUID) -> set[UUID]:
        """The models that somebody who serves for this unit may see."""
        if level is Level.NATIONAL:
            return {model["id"] for model in self.model}
        return {host["model_id"] for host in self.model_host if host[f"{level}_id"] == unit}


async def read_facts(url: str) -> Facts:
    connection = await asyncpg.connect(url)
    tables = {name: await connection.fetch(f"SELECT * FROM {name}") for name in _names()}
    await connection.close()
    return Facts(**tables)


def _names() -> list[str]:
    return list(Facts.__dataclass_fields__)
