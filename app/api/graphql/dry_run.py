"""The result of a dry run over GraphQL. Written by hand: GraphQL has no tables of counts."""

from typing import Any
from uuid import UUID

import strawberry

from app.api.graphql.context import Info
from app.api.graphql.mutations import run_command
from app.api.graphql.pydantic_types import derive_output_type
from app.domain.units.reorganisations import schemas, service

COUNTS = ("plan_hash", "ready", "closing", "opening", "moving", "renaming", "clients")
Grant: Any = derive_output_type(schemas.HeldGrant)
Fault: Any = derive_output_type(schemas.PlanFault)
Village: Any = derive_output_type(schemas.Unmapped)


@strawberry.type(description="How many rows of a table would lie elsewhere.")
class Moved:
    table: str
    rows: int


@strawberry.type(description="What a reorganisation would do.")
class DryRun:
    plan_hash: str
    ready: bool
    closing: int
    opening: int
    moving: int
    renaming: int
    records: list[Moved]
    clients: list[str]
    grants: list[Grant]
    unmapped_villages: list[Village]
    faults: list[Fault]


async def dry_run(self: Any, info: Info, id: UUID) -> DryRun | None:
    found = await run_command(
        info, schemas.DryRun, lambda session, actor: service.dry_run(session, actor, id)
    )
    return DryRun(
        **{name: getattr(found, name) for name in COUNTS},
        records=[Moved(table=name, rows=rows) for name, rows in found.records.items()],
        grants=[Grant.from_pydantic(grant) for grant in found.grants],
        unmapped_villages=[Village.from_pydantic(unit) for unit in found.unmapped_villages],
        faults=[Fault.from_pydantic(fault) for fault in found.faults],
    )
