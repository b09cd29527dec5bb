"""Lists of accounts, clients and grants: walked from both ends, narrowed, out of an index."""

from typing import Any
from uuid import UUID

import asyncpg
import pytest

from app.domain.actor import Level, Role
from tests.access.accounts.give import Town
from tests.application import VIET_NAM, runner
from tests.conftest import copy_database
from tests.reads.plans import find_scanned_tables, plans, sorts

LARGE = {"account", "client", "role_grant", "unit", "unit_version"}
CROWD = """
ALTER TABLE account DISABLE TRIGGER place_row;
ALTER TABLE client DISABLE TRIGGER place_row;
ALTER TABLE role_grant DISABLE TRIGGER place_row;
INSERT INTO account (id, login, name, unit_id, failures,
                     province_id, district_id, commune_id, village_id)
SELECT gen_random_uuid(), 'a.' || u.id || n, 'x', u.id, 0,
       u.province_id, u.district_id, u.commune_id, u.village_id
FROM unit u CROSS JOIN generate_series(1, 3) n WHERE u.commune_id IS NOT NULL;
INSERT INTO client (id, client_id, name, kind, unit_id, redirect_uris,
                    province_id, district_id, commune_id, village_id)
SELECT gen_random_uuid(), 'c.' || id, 'x', 'confidential', unit_id, '{}',
       province_id, district_id, commune_id, village_id FROM account;
INSERT INTO role_grant (id, account_id, role, unit_id, purposes, state,
                        province_id, district_id, commune_id, village_id)
SELECT gen_random_uuid(), id, 'viewer', unit_id, '{}', 'active',
       province_id, district_id, commune_id, village_id FROM account;
"""


@pytest.fixture(scope="module")
def crowded_url(worker: str) -> str:
    """The shipped map with tens of thousands of accounts, clients and grants on it."""
    url = copy_database("atlas", f"holders_{worker}")

    async def crowd() -> None:
        connection = await asyncpg.connect(url)
        await connection.execute(CROWD)
        await connection.execute("VACUUM ANALYZE")
        await connection.close()

    runner().run(crowd())
    return url


async def place(url: str, level: Level) -> Any:
    connection = await asyncpg.connect(url)
    asked = f"SELECT {level}_id FROM account WHERE {level}_id IS NOT NULL ORDER BY id LIMIT 1"
    found = await connection.fetchval(asked)
    await connection.close()
    return found


@pytest.mark.parametrize("name", ["Account", "Client", "Grant"])
@pytest.mark.parametrize("level", [Level.NATIONAL, Level.PROVINCE, Level.COMMUNE])
def test_the_usual_lists_come_out_of_an_index(crowded_url: str, name: str, level: Level) -> None:
    unit = VIET_NAM if level is Level.NATIONAL else runner().run(place(crowded_url, level))
    for nodes in runner().run(plans(crowded_url, name, level, unit)):
        assert not find_scanned_tables(nodes) & LARGE
        assert level is Level.COMMUNE or not sorts(nodes)


@pytest.mark.parametrize(
    ("name", "filters"),
    [("Account", {("login", "eq"): "a.x"}), ("Client", {("client_id", "eq"): "c.x"}),
     ("Grant", {("account_id", "eq"): UUID(int=1)}), ("Grant", {("unit_id", "eq"): VIET_NAM}),
     ("Account", {("unit_id", "eq"): VIET_NAM})],
)  # fmt: skip
def test_one_is_found_without_a_scan(crowded_url: str, name: str, filters: Any) -> None:
    for nodes in runner().run(plans(crowded_url, name, Level.NATIONAL, VIET_NAM, filters=filters)):
        assert not find_scanned_tables(nodes) & LARGE


@pytest.mark.parametrize("path", ["accounts", "clients", "grants"])
def test_a_list_is_walked_to_its_end_at_both_layers(town: Town, path: str) -> None:
    admin = town.admin("2").caller
    for n in range(5):
        town.person(Role.VIEWER, at="2.1")
        data = {"client_id": f"walk-{path}-{n}", "name": "x", "unit": str(town.country["2"])}
        assert admin.post("/api/v1/clients", data).is_success
    whole = [row["id"] for row in admin.get(f"/api/v1/{path}", limit=100).json()["items"]]
    assert len(whole) >= 5
    walked: list[str] = []
    page = admin.get(f"/api/v1/{path}", limit=2).json()
    while True:
        walked += [row["id"] for row in page["items"]]
        if page["next"] is None:
            break
        page = admin.get(f"/api/v1/{path}", limit=2, cursor=page["next"]).json()
    assert walked == whole
    back: list[str] = []
    before: str | None = None
    ask = f"""query($before: String) {{ {path}(last: 2, before: $before) {{
        nodes {{ id }} pageInfo {{ startCursor hasPreviousPage }} }} }}"""
    while True:
        found = admin.ask(ask, before=before)["data"][path]
        back = [row["id"] for row in found["nodes"]] + back
        before = found["pageInfo"]["startCursor"]
        if not found["pageInfo"]["hasPreviousPage"]:
            break
    assert back == whole


def test_lists_are_narrowed(town: Town) -> None:
    somebody, admin = town.person(Role.VIEWER, at="2.2"), town.admin("2").caller

    def ids(path: str, **narrowed: Any) -> list[str]:
        return [row["id"] for row in admin.get(f"/api/v1/{path}", **narrowed).json()["items"]]

    assert ids("accounts", login=somebody.login) == [str(somebody.id)]
    assert ids("grants", account_id=str(somebody.id), role="viewer", state="active")
    assert ids("grants", account_id=str(somebody.id), state="waiting") == []
    off = {"action": "disable", "reason": "x"}
    assert admin.move(f"/api/v1/accounts/{somebody.id}", off).is_success
    assert ids("accounts", login=somebody.login, disabled="false") == []
    assert ids("accounts", login=somebody.login, disabled="true") == [str(somebody.id)]
    query = """query($u: UUID!) {
        grants(where: {unitId: {eq: $u}, role: {eq: VIEWER}}) { totalCount } }"""
    assert admin.ask(query, u=str(town.country["2.2"]))["data"]["grants"]["totalCount"] >= 1
