"""A change of the map takes teams, their members and committees along; no total changes."""

from collections.abc import Iterator
from datetime import date

import pytest

from app.db.session import Database
from app.db.tables.forces import TeamKind
from app.domain.actor import Role
from app.domain.forces import committees, members, service, tally
from app.domain.forces.committee_schemas import CommitteeCreate
from app.domain.forces.schemas import MemberCreate, TeamCreate
from tests.application import runner
from tests.conftest import copy_database
from tests.domain.units.give import Land, astray
from tests.domain.units.test_reorganisations import DAY, EVE, merge


class TakenBack(Exception):
    """Ends a transaction of which nothing is to stay."""


@pytest.fixture
def land(worker: str) -> Iterator[Land]:
    """A land with a team in a commune and one in a village of it."""
    database = Database.connect(copy_database("empty", f"forces_map_{worker}"), size=2)
    taken = database.write_transaction()
    land = Land(runner().run(taken.__aenter__()))
    for unit in ("A1", "A1-1"):
        settle(land, unit)
    yield land
    runner().run(taken.__aexit__(TakenBack, TakenBack(), None))
    runner().run(database.close())


def settle(land: Land, unit: str) -> None:
    actor = land.actor(Role.APPROVER)
    said = TeamCreate(
        kind=TeamKind.PROTECTION_TEAM, unit=str(land.units[unit]), name="Tổ",
        established_on=date(2024, 7, 1),
    )  # fmt: skip
    team = land.run(service.create_team(land.session, actor, said))
    land.run(members.add_member(land.session, actor, team, MemberCreate(name="Người")))
    steering = CommitteeCreate.model_validate({
        "unit": str(land.units[unit]), "scope": "movement", "name": "BCĐ", "size": 5,
        "chair_position": "Chủ tịch", "established_on": "2024-07-01",
    })  # fmt: skip
    land.run(committees.create_committee(land.session, actor, steering))


def count_teams(land: Land, unit: str, on: date, boundary: str) -> tuple[int, list[str]]:
    asked = tally.tally(land.session, land.actor(Role.VIEWER), unit=unit, on=on, boundary=boundary)
    found = land.run(asked)
    return found.teams, [str(share.name).split()[-1] for share in found.by_commune]


def test_teams_members_and_committees_go_along(land: Land) -> None:
    for table in ("team", "team_member", "committee"):
        assert land.place(land.units["A1"], table) == ("A", "A1", None)
    land.change(**merge())
    for table in ("team", "team_member", "committee"):
        assert land.place(land.units["A1"], table) == ("A", "X", None)
        assert land.place(land.units["A1-1"], table) == ("A", "X", "A1-1")
    assert astray(land) == 0


def test_the_province_counts_the_same_the_day_before_and_after(land: Land) -> None:
    before = count_teams(land, "A", EVE, "as_recorded")
    land.change(**merge())
    assert count_teams(land, "A", EVE, "as_recorded") == before == (2, ["A1"])
    assert count_teams(land, "A", DAY, "as_recorded") == (2, ["X"])
    assert count_teams(land, "A", EVE, f"as_of:{DAY}") == (2, ["X"])
    assert count_teams(land, "A1", DAY, "as_recorded") == (2, ["X"])  # X took the code of A1
    assert count_teams(land, "VN", DAY, "as_recorded") == (2, ["X"])
