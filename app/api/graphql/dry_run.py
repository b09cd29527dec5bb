"""What a dry run answers, over GraphQL."""

import strawberry
from strawberry.experimental import pydantic

from app.domain.units.reorganisations import schemas

COUNTS = ("plan_hash", "ready", "closing", "opening", "moving", "renaming", "clients")


@pydantic.type(model=schemas.Unmapped, all_fields=True)
class Unmapped:
    """A unit whose parent is divided, and of which nobody has said where it goes."""


@pydantic.type(model=schemas.PlanFault, all_fields=True)
class PlanFault:
    """What is wrong with one word of a draft; the pointer says with which."""


@pydantic.type(model=schemas.HeldGrant, all_fields=True)
class HeldGrant:
    """What somebody is granted for a unit that ends, and the unit that mainly follows it."""


@strawberry.type(description="How many rows of a table would lie elsewhere.")
class Moved:
    table: str
    rows: int


@strawberry.type(description="What a reorganisation would do, before anything is done.")
class DryRun:
    plan_hash: str
    ready: bool
    closing: int
    opening: int
    moving: int
    renaming: int
    records: list[Moved]
    clients: list[str]
    grants: list[HeldGrant]
    unmapped_villages: list[Unmapped]
    faults: list[PlanFault]


def told(found: schemas.DryRun) -> DryRun:
    """A dry run as GraphQL has it: no table of counts, but a list of them."""
    return DryRun(
        **{name: getattr(found, name) for name in COUNTS},
        grants=[HeldGrant.from_pydantic(grant) for grant in found.grants],
        records=[Moved(table=name, rows=rows) for name, rows in found.records.items()],
        unmapped_villages=[Unmapped.from_pydantic(unit) for unit in found.unmapped_villages],
        faults=[PlanFault.from_pydantic(fault) for fault in found.faults],
    )
