"""Nobody, the wrong role, the wrong unit: for every operation, at both layers."""

from typing import Any
from uuid import uuid4

import pytest

from app.domain.actor import Role
from tests.access.accounts.give import Town

NO = str(uuid4())
UNIT = "UNIT"
OFF = {"action": "disable", "reason": "Nghỉ việc"}
CLIENT = {"client_id": "a-system", "name": "Hệ thống", "unit": UNIT}
PERSON = {"login": "somebody-new", "name": "Lê Văn A", "unit": UNIT}
LINK = {"issuer": "https://id.example", "external_subject": "s-1"}
GRANT = {"account_id": NO, "role": "viewer", "unit": UNIT}
STEP = {"action": "revoke", "reason": "Nghỉ việc"}
Op = tuple[str, str, Any, str, str, Any]
# method, path, body; mutation, its arguments, its values
OPERATIONS: dict[str, Op] = {
    "create_account": ("POST", "accounts", PERSON, "createAccount", "$data: AccountCreate!", {}),
    "change_account": (
        "PATCH", f"accounts/{NO}", {"name": "B"}, "changeAccount",
        "$id: UUID!, $v: Int!, $data: AccountChange!", {"id": NO, "v": 1},
    ),
    "transition_account": (
        "POST", f"accounts/{NO}/transitions", OFF, "transitionAccount",
        "$id: UUID!, $v: Int!, $data: HolderTransition!", {"id": NO, "v": 1},
    ),
    "link_identity": (
        "POST", f"accounts/{NO}/identity", LINK, "linkIdentity",
        "$id: UUID!, $v: Int!, $data: IdentityLink!", {"id": NO, "v": 1},
    ),
    "register_client": ("POST", "clients", CLIENT, "registerClient", "$data: ClientCreate!", {}),
    "rotate_secret": (
        "POST", f"clients/{NO}/secret", None, "rotateSecret",
        "$id: UUID!, $v: Int!", {"id": NO, "v": 1},
    ),
    "transition_client": (
        "POST", f"clients/{NO}/transitions", OFF, "transitionClient",
        "$id: UUID!, $v: Int!, $data: HolderTransition!", {"id": NO, "v": 1},
    ),
    "grant_role": ("POST", "grants", GRANT, "grantRole", "$data: GrantCreate!", {}),
    "transition_grant": (
        "POST", f"grants/{NO}/transitions", STEP, "transitionGrant",
        "$id: UUID!, $v: Int!, $data: GrantTransition!", {"id": NO, "v": 1},
    ),
}  # fmt: skip
READS = ["accounts", "clients", "grants"]


def camel(body: dict[str, Any], unit: str) -> dict[str, Any]:
    def word(name: str) -> str:
        first, *more = name.split("_")
        return first + "".join(part.title() for part in more)

    told = {word(name): unit if value == UNIT else value for name, value in body.items()}
    return told | ({"role": told["role"].upper()} if "role" in told else {})


def ask_both_layers(caller: Any, op: Op, unit: str) -> tuple[int, str, int, str]:
    """Status and code of the refusal at each layer."""
    method, path, body, field, signature, values = op
    sent = body and {name: unit if value == UNIT else value for name, value in body.items()}
    rest = caller.send(method, f"/api/v1/{path}", json=sent)
    values = values | ({"data": camel(body, unit)} if body else {})
    words = {"v": "expectedVersion"}
    given = ", ".join(f"{words.get(name, name)}: ${name}" for name in values)
    query = f"mutation({signature}) {{ {field}({given}) {{ id }} }}"
    answer = caller.query(query, **values)
    told = answer.json()
    if answer.status_code == 401:
        return rest.status_code, rest.json()["code"], 401, told["code"]
    told = told["errors"][0]["extensions"]
    return rest.status_code, rest.json()["code"], told["status"], told["code"]


@pytest.mark.parametrize("name", OPERATIONS)
def test_nobody_and_the_wrong_roles(town: Town, name: str) -> None:
    unit = str(town.country["1"])
    for caller, status, code in (
        (town.application.nobody, 401, "unauthenticated"),
        (town.person(Role.AUDITOR, Role.APPROVER, at="1").caller, 403, "forbidden"),
        (town.person(Role.OPERATOR, at="").caller, 403, "forbidden"),
    ):
        assert ask_both_layers(caller, OPERATIONS[name], unit) == (status, code, status, code)


@pytest.mark.parametrize("name", OPERATIONS)
def test_the_wrong_unit_is_not_there(town: Town, name: str) -> None:
    far = town.person(Role.VIEWER, at="2.1")
    method, path, body, field, signature, values = OPERATIONS[name]
    kind = "grants" if "grants" in path else "clients" if "clients" in path else "accounts"
    theirs = {"grants": far.grants[0], "clients": a_client(town, "2.1"), "accounts": far.id}[kind]
    path, values = path.replace(NO, str(theirs)), values | ({"id": str(theirs)} if values else {})
    body = body and {n: str(far.id) if value == NO else value for n, value in body.items()}
    op = (method, path, body, field, signature, values)
    status, code, at_graphql, same = ask_both_layers(
        town.admin("1").caller, op, str(town.country["2"])
    )
    assert (status, at_graphql) == (404, 404)
    assert code == same
    assert code.endswith("_not_found")


def a_client(town: Town, at: str, **more: Any) -> str:
    data = {"client_id": f"c-{uuid4().hex[:8]}", "name": "Hệ thống", "unit": str(town.country[at])}
    made = town.admin("").caller.post("/api/v1/clients", data | more)
    assert made.status_code == 201, made.text
    id: str = made.json()["id"]
    return id


@pytest.mark.parametrize("path", READS)
@pytest.mark.parametrize("role", Role)
def test_administrators_and_auditors_read_and_nobody_else(
    town: Town, path: str, role: Role
) -> None:
    may = role in (Role.UNIT_ADMIN, Role.AUDITOR)
    caller = town.application.caller(role, level=town.country.levels[town.country["1"]],
                               unit=town.country["1"])  # fmt: skip
    assert caller.get(f"/api/v1/{path}").status_code == (200 if may else 403)
    assert caller.get(f"/api/v1/{path}/{NO}").status_code == (404 if may else 403)
    answer = caller.ask(f"{{ {path} {{ nodes {{ id }} }} }}")
    assert (answer["data"][path] is not None) is may
    assert town.application.nobody.get(f"/api/v1/{path}").status_code == 401


def test_lists_hold_ones_own_units_only(town: Town) -> None:
    people = {at: town.person(Role.VIEWER, at=at) for at in ("", "1", "1.1", "1.1.1", "2", "2.1")}
    machines = {at: a_client(town, at) for at in people}
    sees = {"": set(people), "1": {"1", "1.1", "1.1.1"}, "1.1": {"1.1", "1.1.1"}, "2": {"2", "2.1"}}
    for at, mine in sees.items():
        caller = town.admin(at).caller
        for path, known in (
            ("accounts", {at: str(p.id) for at, p in people.items()}),
            ("clients", machines),
            ("grants", {at: str(p.grants[0]) for at, p in people.items()}),
        ):
            for other, id in known.items():
                found = caller.get(f"/api/v1/{path}/{id}")
                assert found.status_code == (200 if other in mine else 404)
            first = caller.get(f"/api/v1/{path}", limit=100, fields="id").json()["items"]
            ids = {row["id"] for row in first}
            query = f"{{ {path}(first: 100) {{ nodes {{ id }} }} }}"
            assert ids == {row["id"] for row in caller.ask(query)["data"][path]["nodes"]}
            assert ids & set(known.values()) == {known[other] for other in mine}


def test_an_account_is_read_with_what_it_holds_here_and_its_unit(town: Town) -> None:
    somebody = town.person(Role.VIEWER, Role.RECORDER, at="1.1")
    read = town.admin("1").caller.get(f"/api/v1/accounts/{somebody.id}", expand="unit,grants")
    found = read.json()
    assert found["login"] == somebody.login
    assert (found["has_totp"], found["has_password"]) == (False, False)
    assert {grant["role"] for grant in found["grants"]} == {"viewer", "recorder"}
    assert found["allowed_actions"] == ["disable"]
    query = """query($id: ID!) { account(id: $id) {
        login hasTotp unit { id } grants { role state unit { id } } } node(id: $id) { id } }"""
    told = town.admin("1").caller.ask(query, id=str(somebody.id))["data"]
    assert told["account"]["unit"]["id"] == str(town.country["1.1"])
    assert {grant["role"] for grant in told["account"]["grants"]} == {"VIEWER", "RECORDER"}
    assert told["node"]["id"] == str(somebody.id)


@pytest.mark.parametrize("field", ["password_hash", "totp_secret", "external_subject",
                                   "secret_hash", "keys", "failures"])  # fmt: skip
def test_credentials_cannot_be_selected_or_filtered(town: Town, field: str) -> None:
    admin = town.admin("").caller
    for path in ("accounts", "clients"):
        assert admin.get(f"/api/v1/{path}", fields=field).status_code == 400
        assert admin.get(f"/api/v1/{path}", **{field: "x"}).status_code == 400
