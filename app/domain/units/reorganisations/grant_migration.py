"""Migrate grants with the map: grants for an ended unit wait, and give nothing."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text

from app.db.base import now
from app.db.session import Session, execute
from app.db.tables.records import Act
from app.domain.records.service import Change
from app.domain.records.state_machine import AppliedTransition
from app.domain.units.reorganisations.plan import Plan
from app.domain.units.reorganisations.schemas import HeldGrant

CLIENTS = """
SELECT client_id FROM client WHERE unit_id = ANY (:units) AND disabled_at IS NULL
ORDER BY client_id
"""

HELD = """
SELECT g.id, g.role, g.unit_id, g.account_id, g.client_id, coalesce(a.login, c.client_id) AS holder
FROM role_grant g
LEFT JOIN account a ON a.id = g.account_id LEFT JOIN client c ON c.id = g.client_id
WHERE g.unit_id = ANY (:units) AND g.state = 'active'
  AND (g.expires_at IS NULL OR g.expires_at > :now)
ORDER BY g.unit_id, holder, g.role
"""

# Issuing a token locks the row of its holder: locked first, no token is issued meanwhile.
ACCOUNTS = """
SELECT id FROM account WHERE id IN (
  SELECT account_id FROM role_grant WHERE unit_id = ANY (:units) AND state <> 'revoked')
ORDER BY id FOR UPDATE
"""
SYSTEMS = """
SELECT id FROM client WHERE id IN (
  SELECT client_id FROM role_grant WHERE unit_id = ANY (:units) AND state <> 'revoked')
ORDER BY id FOR UPDATE
"""

# By the map as it is now: grants of a unit that does not exist today wait, the others resume.
TURNED = """
UPDATE role_grant g
SET state = CASE WHEN p.stands THEN 'active' ELSE 'waiting' END,
    version = g.version + 1, changed_at = :now, changed_by = :by
FROM (
  SELECT u AS unit_id, EXISTS (
    SELECT FROM unit_version v
    WHERE v.unit_id = u AND v.valid_from <= today() AND v.valid_to > today()) AS stands
  FROM unnest(CAST(:units AS uuid[])) AS u) p
WHERE g.unit_id = p.unit_id AND g.state = CASE WHEN p.stands THEN 'waiting' ELSE 'active' END
RETURNING g.id, g.unit_id, g.version, g.state, coalesce(g.account_id, g.client_id) AS holder
"""

OUTDATED = """
UPDATE auth_session SET version = version + 1, changed_at = :now, changed_by = :by
WHERE ended_at IS NULL AND (account_id = ANY (:holders) OR client_id = ANY (:holders))
"""
STEPS = {"waiting": ("wait", "active"), "active": ("resume", "waiting")}  # with their source state


async def list_clients(session: Session, units: Collection[UUID]) -> list[str]:
    """Return the systems that act for one of these units."""
    return list((await execute(session, text(CLIENTS), {"units": list(units)})).scalars())


async def list_held_grants(session: Session, plan: Plan) -> list[HeldGrant]:
    """Return the grants for the units that end, and the unit that would follow each."""
    values = {"units": list(plan.closing_ids()), "now": now()}
    rows = await execute(session, text(HELD), values)
    following = plan.draft.main_successors()
    return [
        HeldGrant(
            id=row.id, role=row.role, holder=row.holder,
            account_id=row.account_id, client_id=row.client_id,
            unit_id=row.unit_id, unit=plan.snapshot.version_of(row.unit_id).name,
            successor_id=successor.id if (successor := following.get(row.unit_id)) else None,
            successor=successor.name if successor else None,
        )
        for row in rows
    ]  # fmt: skip


async def migrate_grants(
    session: Session, units: Iterable[UUID], subject: str, day: date
) -> list[Change]:
    """Suspend grants whose unit has ended, and resume those whose unit exists again."""
    values = {"units": list(units)}
    for holders in (ACCOUNTS, SYSTEMS):
        await execute(session, text(holders), values)
    noted = {"now": now(), "by": subject}
    changed = (await execute(session, text(TURNED), values | noted)).all()
    holding = {"holders": list({row.holder for row in changed})}
    await execute(session, text(OUTDATED), holding | noted)
    return [_to_change(row, day) for row in changed]


def _to_change(row: Any, day: date) -> Change:
    action, before = STEPS[row.state]
    step = AppliedTransition(action, before, row.state, day)
    return Change("grant", row.id, row.unit_id, Act.TRANSITION, row.version, ["state"], step)
