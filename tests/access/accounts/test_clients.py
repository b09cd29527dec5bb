"""Clients: registered, with a secret shown once or keys of their own; rotated, disabled."""

import base64
from typing import Any
from uuid import uuid4

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from app.domain.actor import OWN_CLIENT, Role
from app.domain.auth.keys import new_key
from tests.access.accounts.give import STEP, Town
from tests.application import LOG, Caller

CLIENTS = "/api/v1/clients"
REGISTER = """mutation($data: ClientCreate!) {
    registerClient(data: $data) { id clientId clientSecret } }"""
ROTATE = """mutation($id: UUID!, $v: Int!) {
    rotateSecret(id: $id, expectedVersion: $v) { clientId clientSecret } }"""


def part(number: int) -> str:
    raw = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def on_curve(curve: Any = None) -> dict[str, str]:
    numbers = ec.generate_private_key(curve or ec.SECP256R1()).public_key().public_numbers()
    x, y = part(numbers.x), part(numbers.y)
    return {"kty": "EC", "kid": "k1", "crv": "P-256", "x": x, "y": y}


def of_rsa(bits: int, e: int = 65537) -> dict[str, str]:
    numbers = rsa.generate_private_key(e, bits).public_key().public_numbers()
    return {"kty": "RSA", "kid": "k2", "n": part(numbers.n), "e": part(numbers.e)}


def client_data(town: Town, at: str = "1.1", **more: Any) -> dict[str, Any]:
    unit = str(town.country[at])
    return {"client_id": f"s-{uuid4().hex[:8]}", "name": "Hệ thống tỉnh", "unit": unit} | more


def token(town: Town, made: dict[str, Any], secret: str | None = None) -> httpx.Response:
    return town.application.nobody.send(
        "POST", "/oauth/token",
        data={"grant_type": "client_credentials"},
        auth=(made["client_id"], secret or made["client_secret"]),
    )  # fmt: skip


def coming(town: Town, made: dict[str, Any]) -> Caller:
    answer = token(town, made).json()
    return Caller(town.application, {"authorization": f"Bearer {answer['access_token']}"})


def grant_role(town: Town, made: dict[str, Any], role: Role, at: str = "1.1") -> httpx.Response:
    data = {"client_id": made["id"], "role": role.value, "unit": str(town.country[at])}
    return town.admin("").caller.post("/api/v1/grants", data)


class TestASystem:
    def test_secret_is_shown_once_and_opens_what_is_granted(self, town: Town) -> None:
        admin = town.admin("1")
        answer = admin.caller.post(CLIENTS, client_data(town))
        made = answer.json()
        assert answer.status_code == 201
        assert answer.headers["cache-control"] == "no-store"
        assert grant_role(town, made, Role.VIEWER).status_code == 201
        assert coming(town, made).get("/api/v1/me").json()["roles"] == ["viewer"]
        read = admin.caller.get(f"{CLIENTS}/{made['id']}", expand="grants")
        assert (read.json()["has_secret"], read.json()["has_keys"]) == (True, False)
        assert made["client_secret"] not in read.text

    def test_secret_is_neither_stored_nor_shown_again(self, town: Town) -> None:
        made = town.admin("1").caller.post(CLIENTS, client_data(town)).json()
        secret = made["client_secret"]
        token(town, made)
        for table in ("client", "audit_entry", "outbox", "transition", "kept_answer"):
            rows = town.rows(f"SELECT row_to_json(t)::text AS told FROM {table} t")
            assert not [row for row in rows if secret in row.told]
        assert secret not in LOG.getvalue()
        (kept,) = town.rows("SELECT secret_hash FROM client WHERE id = :id", id=made["id"])
        assert kept.secret_hash.startswith("sha256$")
        assert kept.secret_hash not in LOG.getvalue()

    def test_a_repeated_request_does_not_return_the_secret_again(self, town: Town) -> None:
        admin, data, key = (
            town.admin("1").caller,
            client_data(town),
            {"idempotency-key": uuid4().hex},
        )
        first, again = (admin.post(CLIENTS, data, headers=key).json() for _ in "ab")
        assert again == first | {"client_secret": None}
        camel = {
            "clientId": client_data(town)["client_id"],
            "name": data["name"],
            "unit": data["unit"],
        }
        asked = {"query": REGISTER, "variables": {"data": camel}}
        key = {"idempotency-key": uuid4().hex}
        one, two = (admin.post("/graphql", asked, headers=key).json()["data"]["registerClient"]
                    for _ in "ab")  # fmt: skip
        assert two == one | {"clientSecret": None}
        kept = [
            row.told for row in town.rows("SELECT encode(body, 'escape') AS told FROM kept_answer")
        ]
        assert kept
        assert not [t for t in kept if first["client_secret"] in t or one["clientSecret"] in t]

    def test_the_same_at_graphql(self, town: Town) -> None:
        admin, data = town.admin("1"), client_data(town)
        camel = {"clientId": data["client_id"], "name": data["name"], "unit": data["unit"]}
        made = admin.caller.ask(REGISTER, data=camel)["data"]["registerClient"]
        known = token(town, {"client_id": made["clientId"]}, made["clientSecret"])
        assert (known.status_code, known.json()["error"]) == (400, "unauthorized_client")
        again = admin.caller.ask(ROTATE, id=made["id"], v=1)["data"]["rotateSecret"]
        assert again["clientSecret"] != made["clientSecret"]
        old = token(town, {"client_id": made["clientId"]}, made["clientSecret"])
        assert (old.status_code, old.json()["error"]) == (401, "invalid_client")
        taken = admin.caller.ask(REGISTER, data=camel)["errors"][0]["extensions"]
        assert (taken["status"], taken["code"]) == (409, "client_exists")
        camel["clientId"] = OWN_CLIENT
        own = admin.caller.ask(REGISTER, data=camel)["errors"][0]["extensions"]
        assert (own["status"], own["code"]) == (409, "client_exists")

    def test_another_secret_ends_the_old_one_and_what_came_in_by_it(self, town: Town) -> None:
        admin = town.admin("1")
        made = admin.caller.post(CLIENTS, client_data(town)).json()
        grant_role(town, made, Role.VIEWER)
        old = coming(town, made)
        assert old.get("/api/v1/me").status_code == 200
        fresh = admin.caller.change("POST", f"{CLIENTS}/{made['id']}", None, at="/secret")
        assert fresh.headers["cache-control"] == "no-store"
        assert old.get("/api/v1/me").status_code == 401
        assert token(town, made).status_code == 401
        assert coming(town, fresh.json()).get("/api/v1/me").status_code == 200

    def test_disabled_it_gets_nothing_until_enabled(self, town: Town) -> None:
        admin = town.admin("1")
        made = admin.caller.post(CLIENTS, client_data(town)).json()
        grant_role(town, made, Role.VIEWER)
        came = coming(town, made)
        off = {"action": "disable", "reason": "Rò rỉ khóa"}
        path = f"{CLIENTS}/{made['id']}"
        assert admin.caller.move(path, off).json()["allowed_actions"] == ["enable"]
        assert came.get("/api/v1/me").status_code == 401
        assert token(town, made).status_code == 401
        assert admin.caller.move(path, {"action": "enable"}).is_success
        assert came.get("/api/v1/me").status_code == 401
        assert token(town, made).status_code == 200

    def test_a_revoked_grant_ends_its_tokens(self, town: Town) -> None:
        made = town.admin("1").caller.post(CLIENTS, client_data(town)).json()
        grant = grant_role(town, made, Role.VIEWER).json()
        came = coming(town, made)
        path = f"/api/v1/grants/{grant['id']}"
        assert town.admin("1").caller.move(path, STEP).is_success
        assert came.get("/api/v1/me").status_code == 401
        assert token(town, made).json()["error"] == "unauthorized_client"

    @pytest.mark.parametrize(
        "role",
        [Role.IDENTITY_CUSTODIAN, Role.AUDITOR, Role.INVESTIGATOR, Role.APPROVER, Role.UNIT_ADMIN],
    )
    def test_does_not_hold_what_answers_in_person(self, town: Town, role: Role) -> None:
        made = town.admin("1").caller.post(CLIENTS, client_data(town, "1")).json()
        refused = grant_role(town, made, role, "1")
        assert (refused.status_code, refused.json()["code"]) == (422, "not_for_machines")


class TestKeys:
    def test_with_keys_there_is_no_secret(self, town: Town) -> None:
        admin, keys = town.admin("1"), [on_curve(), of_rsa(2048)]
        made = admin.caller.post(CLIENTS, client_data(town, keys=keys)).json()
        assert made["client_secret"] is None
        read = admin.caller.get(f"{CLIENTS}/{made['id']}").json()
        assert (read["has_secret"], read["has_keys"]) == (False, True)
        (kept,) = town.rows("SELECT keys FROM client WHERE id = :id", id=made["id"])
        assert [key["kid"] for key in kept.keys["keys"]] == ["k1", "k2"]
        assert [key["n"] for key in kept.keys["keys"] if "n" in key] == [keys[1]["n"]]
        rotated = admin.caller.change("POST", f"{CLIENTS}/{made['id']}", None, at="/secret")
        assert (rotated.status_code, rotated.json()["code"]) == (409, "client_has_no_secret")

    @pytest.mark.parametrize(
        "wrong",
        [
            {"d": "c2VjcmV0"}, {"k": "c2VjcmV0"}, {"crv": "P-384"}, {"x": "AA"}, {"y": None},
            {"kty": "oct"}, {"alg": "none"}, {"alg": "RS256"}, {"use": "enc"}, {"x": "!!"},
            {"kid": ""}, {"n": "AQAB"}, {"x": "A"},
        ],
        ids=str,
    )  # fmt: skip
    def test_nothing_else_is_a_key_on_the_curve(self, town: Town, wrong: dict[str, Any]) -> None:
        answer = town.admin("1").caller.post(CLIENTS, client_data(town, keys=[on_curve() | wrong]))
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_fields")
        assert "c2VjcmV0" not in answer.text

    def test_weak_rsa_is_refused(self, town: Town) -> None:
        even = of_rsa(2048)
        even["n"] = part(2**2048)
        for key in (of_rsa(1024), of_rsa(2048, 3), even, of_rsa(2048) | {"d": "AQAB"},
                    of_rsa(2048) | {"alg": "ES256"}, of_rsa(2048) | {"x": "AQAB"}):  # fmt: skip
            assert (
                town.admin("1").caller.post(CLIENTS, client_data(town, keys=[key])).status_code
                == 422
            )

    def test_a_private_key_of_our_own_making_is_refused(self, town: Town) -> None:
        private = new_key()
        assert "d" in private
        answer = town.admin("1").caller.post(CLIENTS, client_data(town, keys=[private]))
        assert answer.status_code == 422
        assert private["d"] not in answer.text + LOG.getvalue()

    def test_two_keys_have_two_names(self, town: Town) -> None:
        answer = town.admin("1").caller.post(
            CLIENTS, client_data(town, keys=[on_curve(), on_curve()])
        )
        assert answer.status_code == 422


class TestRedirects:
    @pytest.mark.parametrize(
        "uri",
        ["https://app.example/back", "https://app.example:8443/back?x=1", "http://127.0.0.1/cb",
         "http://localhost:3000/cb", "http://[::1]:9/cb", "vn.example.app:/back"],
    )  # fmt: skip
    def test_an_app_comes_back_to_a_place_of_its_own(self, town: Town, uri: str) -> None:
        data = client_data(town, kind="public", redirect_uris=[uri])
        made = town.admin("1").caller.post(CLIENTS, data)
        assert (made.status_code, made.json()["client_secret"]) == (201, None)

    @pytest.mark.parametrize(
        "uri",
        ["http://app.example/back", "https://app.example/back#x", "https://*.example/back",
         "https://app.example/*", "javascript:alert(1)", "myapp://back", "https://", "//x/y",
         "https://a@app.example/", "data:text/html,x", "https://app.example/a b", "http://127.1x/",
         "https://app.example\\@evil.example/", "https://ứng.example/", ""],
    )  # fmt: skip
    def test_and_to_no_other(self, town: Town, uri: str) -> None:
        data = client_data(town, kind="public", redirect_uris=[uri])
        assert town.admin("1").caller.post(CLIENTS, data).status_code == 422

    def test_an_app_is_granted_nothing_itself(self, town: Town) -> None:
        data = client_data(town, kind="public", redirect_uris=["https://app.example/back"])
        made = town.admin("1").caller.post(CLIENTS, data).json()
        refused = grant_role(town, made, Role.VIEWER)
        assert (refused.status_code, refused.json()["code"]) == (409, "acts_for_people")

    def test_an_app_without_a_place_or_with_a_key_does_not_fit(self, town: Town) -> None:
        back = ["https://app.example/back"]
        wrong: list[dict[str, Any]] = [{}, {"redirect_uris": back, "keys": [on_curve()]}]
        for more in wrong:
            answer = town.admin("1").caller.post(CLIENTS, client_data(town, kind="public", **more))
            assert (answer.status_code, answer.json()["code"]) == (422, "kind_does_not_fit")
