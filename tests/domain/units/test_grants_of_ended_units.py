"""After any change of the map no grant for an ended unit is active, and no token of it lives."""

import random
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.db.base import now
from app.db.tables.auth import Account, AuthSession, Grant
from app.domain.errors import DomainError
from tests.domain.units.give import Land, astray

DAY = date(2025, 7, 1)
NOT_STANDING = """
SELECT count(*) FROM role_grant g WHERE g.state = :state AND {test} EXISTS (
  SELECT FROM unit_version v WHERE v.unit_id = g.unit_id AND v.valid_from <= today()
  AND v.valid_to > today())
"""


async def people(land: Land) -> dict[UUID, UUID]:
    """Somebody for every unit, with a grant and a session: which session is for which unit."""
    sessions = {}
    for path, unit in land.units.items():
        account = Account(login=f"p.{path.lower()}", name=path, unit_id=unit)
        land.session.add(account)
        await land.session.flush()
        held = AuthSession(account_id=account.id, unit_id=unit,
                           expires_at=now() + timedelta(hours=1))  # fmt: skip
        land.session.add_all([held, Grant(account_id=account.id, role="viewer", unit_id=unit)])
        await land.session.flush()
        sessions[held.id] = unit
    return sessions


def states(land: Land) -> dict[UUID, str]:
    return {row.unit_id: row.state for row in land.rows("SELECT unit_id, state FROM role_grant")}


def versions(land: Land) -> dict[UUID, int]:
    return {row.id: row.version for row in land.rows("SELECT id, version FROM auth_session")}


def act(land: Land, chance: random.Random, done: list[UUID]) -> None:
    """A merger, a division, a transfer or a reversal, by chance; some cannot be carried out."""
    p = chance.choice("AB")
    here, there = chance.sample([f"{p}{n}" for n in "123"], 2)
    parent = str(land.units[p])
    kind = chance.choice(["merge", "divide", "move", "province", "reverse"])
    new = [{"ref": r, "name": f"{r} {chance.random()}", "kind": "commune", "parent": parent}
           for r in "xy"]  # fmt: skip
    units = {name: str(unit) for name, unit in land.units.items()}
    to = {"from_unit": units[here], "to_unit": units[there]}
    said: dict[str, Any] = {
        "merge": {"successions": [to]},
        "divide": {"new_units": new,
                   "successions": [to | {"to_unit": "x", "is_main": True}, to | {"to_unit": "y"}]},
        "move": {"moves": [{"unit": units[f"{here}-1"], "parent": units[there]}]},
        "province": {"successions": [{"from_unit": units["A"], "to_unit": units["B"]}]},
    }  # fmt: skip
    if kind == "reverse" and done:
        land.reverse(done.pop())
    elif kind != "reverse":
        done.append(land.change(effective_on=DAY, **said[kind]))


def try_act(land: Land, chance: random.Random, done: list[UUID]) -> bool:
    """Return whether an act could be carried out; what does not fit the map leaves no trace."""
    before, nested = list(done), land.run(land.session.begin_nested().start())
    try:
        act(land, chance, done)
    except DomainError:
        land.run(nested.rollback())
        land.session.expire_all()
        done[:] = before
        return False
    land.run(nested.commit())
    return True


@pytest.mark.parametrize("seed", range(8))
def test_whatever_happens_to_the_map(land: Land, seed: int) -> None:
    sessions = land.run(people(land))
    done: list[UUID] = []
    chance, carried_out = random.Random(seed), 0
    for _ in range(5):
        states_before, versions_before = states(land), versions(land)
        if not try_act(land, chance, done):
            continue
        carried_out += 1
        assert land.one(NOT_STANDING.format(test="NOT"), state="active") == 0
        assert land.one(NOT_STANDING.format(test=""), state="waiting") == 0
        assert astray(land) == 0
        after, later = states(land), versions(land)
        for session, unit in sessions.items():
            turned = after[unit] != states_before[unit]
            assert (later[session] > versions_before[session]) is turned
    assert carried_out
