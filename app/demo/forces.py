"""The forces of the demo: groups and a committee, as published in sum."""

import csv

from app.data import SHIPPED
from app.db.session import Session
from app.db.tables.forces import TeamKind
from app.domain.actor import Actor
from app.domain.forces import committees, service
from app.domain.forces.committee_schemas import CommitteeCreate
from app.domain.forces.schemas import TeamCreate, TeamsCreate
from app.domain.units.shipped_map import Progress

FOLDER = SHIPPED / "demo"
AT_ONCE = 1000
NAMES = {
    TeamKind.PEOPLE_SECURITY_GROUP: "Tổ an ninh nhân dân",
    TeamKind.MEDIATION_GROUP: "Tổ hòa giải",
    TeamKind.SELF_MANAGED_GROUP: "Tổ tự quản về ANTT",
}


async def load_forces(session: Session, actor: Actor, progress: Progress) -> bool:
    """Record groups and committee once, each group a row; False where they are there already."""
    wanted = _groups()
    if await service.has_recorded(session, actor, str(wanted[0].reference)):
        return False
    for done in range(0, len(wanted), AT_ONCE):
        progress("forces", done, len(wanted))
        part = TeamsCreate(teams=wanted[done : done + AT_ONCE])
        await service.create_teams(session, actor, part)
    for row in _rows("committees.csv"):
        await committees.create_committee(session, actor, CommitteeCreate.from_cells(row))
    progress("forces", len(wanted), len(wanted))
    return True


def _groups() -> list[TeamCreate]:
    return [
        TeamCreate.model_validate({
            "kind": row["kind"], "unit": row["unit"], "established_on": row["established_on"],
            "name": f"{NAMES[TeamKind(row['kind'])]} số {n}",
            "reference": f"demo-{row['kind']}-{row['unit']}-{n}",
        })
        for row in _rows("forces.csv")
        for n in range(1, int(row["groups"]) + 1)
    ]  # fmt: skip


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))
