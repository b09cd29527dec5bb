"""Changes to one's own account, at both layers; the other sessions end."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import httpx
import pyotp
import pytest

from app.domain.actor import Actor, Level, Role
from app.domain.auth.service import open_session
from tests.access.login.give import (
    PASSWORD,
    Browser,
    Person,
    account_of,
    change,
    code_of,
    give_person,
    list_audit_notes,
    reception,
    sessions,
)
from tests.application import Application, Caller, runner
from tests.give import Country

NEW = "một cây làm chẳng nên non"
Wait = Callable[[float], float]
CHANGE = """mutation($data: PasswordChange!) { changePassword(data: $data) { sessionsEnded } }"""
START = """mutation($data: TotpStart!) { startTotp(data: $data) { secret link enrolment } }"""
CONFIRM = """mutation($data: TotpConfirm!) { confirmTotp(data: $data) { sessionsEnded } }"""
WAYS = {
    "/api/v1/me/password": (CHANGE, "changePassword"),
    "/api/v1/me/totp": (START, "startTotp"),
    "/api/v1/me/totp/confirm": (CONFIRM, "confirmTotp"),
}
LAYERS = ["rest", "graphql"]


def caller(application: Application, person: Person, unit: UUID) -> Caller:
    """A person who has signed in, with a session of their own."""

    async def let_in() -> Actor:
        subject = str(person.id)
        actor = Actor(subject, frozenset({Role.VIEWER}), Level.COMMUNE, unit, "an app")
        async with application.app.state.resources.database.write_transaction() as session:
            actor = await open_session(session, actor, minutes=10)
            held = await session.get(SESSION, actor.session)
            held.account_id = person.id
        return replace(actor)

    token = application.app.state.resources.tokens.issue(runner().run(let_in()), minutes=10)
    return Caller(application, {"authorization": f"Bearer {token}"})


def do(layer: str, who: Caller, path: str, **data: Any) -> tuple[Any, str | None]:
    """Return the answer and the code of a refusal, alike at both layers."""
    if layer == "rest":
        answer = who.post(path, data)
        body = answer.json()
        return (body, None) if answer.status_code == 200 else (body, body["code"])
    query, name = WAYS[path]
    answer = who.query(query, data={_camel(key): value for key, value in data.items()})
    body = answer.json()
    if found := (body.get("data") or {}).get(name):
        return {_snake(key): value for key, value in found.items()}, None
    fault = body.get("errors", [body])[0]
    return fault, fault.get("extensions", fault).get("code")


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.title() for part in rest)


def _snake(name: str) -> str:
    return "".join("_" + letter.lower() if letter.isupper() else letter for letter in name)


from app.db.tables.auth import AuthSession as SESSION  # noqa: E402


@pytest.mark.parametrize("layer", LAYERS)
class TestWhoMay:
    def test_nobody_without_a_token(self, layer: str, application: Application) -> None:
        given = {"present_password": PASSWORD, "new_password": NEW}
        assert do(layer, application.nobody, "/api/v1/me/password", **given)[1] == "unauthenticated"
        assert do(layer, application.nobody, "/api/v1/me/totp")[1] == "unauthenticated"

    def test_no_system_and_nobody_from_the_command_line(
        self, layer: str, application: Application, country: Country
    ) -> None:
        for who in ("somebody", str(uuid4())):
            person = Person(uuid4(), who)
            made = give_person(application, country["1.1"], Role.VIEWER)
            signed = caller(application, made, country["1.1"])
            actor = application.app.state.resources.tokens.actor(
                signed.headers["authorization"][7:]
            )
            token = application.app.state.resources.tokens.issue(
                replace(actor, subject=who), minutes=5
            )
            told = do(
                layer, Caller(application, {"authorization": f"Bearer {token}"}), "/api/v1/me/totp"
            )
            assert told[1] == "not_a_person", person


@pytest.mark.parametrize("layer", LAYERS)
class TestPassword:
    def test_a_new_password_ends_the_other_sessions(
        self, layer: str, application: Application, country: Country, client: str, browser: Browser
    ) -> None:
        person = give_person(application, country["1.1"], Role.VIEWER)
        other = caller(application, person, country["1.1"])
        own = caller(application, person, country["1.1"])
        given = {"present_password": PASSWORD, "new_password": NEW}

        assert do(layer, own, "/api/v1/me/password", **given) == ({"sessions_ended": 1}, None)
        assert own.get("/api/v1/me").status_code == 200
        assert other.get("/api/v1/me").status_code == 401
        assert list_audit_notes(application, person) == [("password.change", None)]
        browser.ask(client)
        assert browser.send(login=person.login, password=PASSWORD).status_code == 403
        assert code_of(browser.send(login=person.login, password=NEW))

    def test_the_present_one_is_needed_and_cannot_be_guessed(
        self, layer: str, application: Application, country: Country
    ) -> None:
        person = give_person(application, country["1.1"], Role.VIEWER)
        own = caller(application, person, country["1.1"])
        codes = [
            do(layer, own, "/api/v1/me/password", present_password="x", new_password=NEW)[1]
            for _ in range(6)
        ]
        assert codes == ["wrong_password"] * 5 + ["too_many_tries"]
        assert list_audit_notes(application, person)[0] == ("sign_in.refused", "password")
        assert sessions(application, person)[0].ended_at is None

    @pytest.mark.parametrize(
        ("new", "why"),
        [
            ("ngắn quá", "password_length"),
            ("a" * 201, "too_long"),
            ("password1234", "password_common"),
            ("MatKhau123456", "password_common"),
            ("111111111111111", "password_common"),
        ],
    )
    def test_a_password_that_others_guess_is_refused(
        self, layer: str, application: Application, country: Country, new: str, why: str
    ) -> None:
        person = give_person(application, country["1.1"], Role.VIEWER)
        own = caller(application, person, country["1.1"])
        before = account_of(application, person).password_hash
        body, code = do(
            layer, own, "/api/v1/me/password", present_password=PASSWORD, new_password=new
        )
        if why == "too_long":
            assert code == "invalid_fields"
        else:
            faults = body.get("extensions", body)["errors"]
            assert (code, faults[0]["pointer"]) == ("weak_password", "/new_password")
            assert faults[0]["code"] == why
        assert account_of(application, person).password_hash == before

    def test_the_name_is_no_password(
        self, layer: str, application: Application, country: Country
    ) -> None:
        person = give_person(application, country["1.1"], Role.VIEWER)
        own = caller(application, person, country["1.1"])
        given = {"present_password": PASSWORD, "new_password": person.login + "123"}

        assert do(layer, own, "/api/v1/me/password", **given)[1] == "weak_password"


@pytest.mark.parametrize("layer", LAYERS)
class TestSecondFactor:
    def test_a_first_one_counts_once_its_code_is_confirmed(
        self,
        layer: str,
        application: Application,
        country: Country,
        client: str,
        browser: Browser,
        wait: Wait,
    ) -> None:
        person = give_person(application, country["1.1"], Role.VIEWER)
        other = caller(application, person, country["1.1"])
        own = caller(application, person, country["1.1"])
        started, _ = do(layer, own, "/api/v1/me/totp", password=PASSWORD)
        assert started["link"].startswith("otpauth://totp/")
        assert account_of(application, person).totp_confirmed_at is None
        person.secret = started["secret"]
        given = {"enrolment": started["enrolment"], "code": person.code(time.time())}

        done, code = do(layer, own, "/api/v1/me/totp/confirm", **given)
        assert (done["sessions_ended"], code) == (1, None)
        assert layer == "graphql" or len(done["recovery_codes"]) == 10
        assert other.get("/api/v1/me").status_code == 401
        assert list_audit_notes(application, person) == [("second_factor.change", None)]
        wait(30)
        browser.sign_in(client, person)
        assert code_of(browser.send(code=person.code(time.time())))

    def test_the_password_is_needed(
        self, layer: str, application: Application, country: Country
    ) -> None:
        person = give_person(application, country["1.1"], Role.VIEWER)
        own = caller(application, person, country["1.1"])

        assert do(layer, own, "/api/v1/me/totp")[1] == "wrong_password"
        assert do(layer, own, "/api/v1/me/totp", password="x")[1] == "wrong_password"

    def test_a_new_one_needs_a_code_of_the_present_one(
        self, layer: str, application: Application, country: Country
    ) -> None:
        person = give_person(application, country["1.1"], Role.VIEWER, totp=True)
        own = caller(application, person, country["1.1"])
        started, _ = do(layer, own, "/api/v1/me/totp", password=PASSWORD)
        fresh = pyotp.TOTP(started["secret"])
        given = {"enrolment": started["enrolment"], "code": fresh.now()}

        assert do(layer, own, "/api/v1/me/totp/confirm", **given)[1] == "wrong_code"
        assert account_of(application, person).failures == 1
        given["present_code"] = person.code(time.time())
        assert do(layer, own, "/api/v1/me/totp/confirm", **given)[1] is None

    def test_an_enrolment_of_somebody_else_or_of_long_ago_is_none(
        self, layer: str, application: Application, country: Country, wait: Wait
    ) -> None:
        one = give_person(application, country["1.1"], Role.VIEWER)
        other = give_person(application, country["1.1"], Role.VIEWER)
        own = caller(application, one, country["1.1"])
        stolen, _ = do(
            layer, caller(application, other, country["1.1"]), "/api/v1/me/totp", password=PASSWORD
        )
        started, _ = do(layer, own, "/api/v1/me/totp", password=PASSWORD)
        given = {"enrolment": stolen["enrolment"], "code": pyotp.TOTP(stolen["secret"]).now()}
        assert do(layer, own, "/api/v1/me/totp/confirm", **given)[1] == "start_again"
        wait(301)
        late = pyotp.TOTP(started["secret"]).at(int(time.time()))
        given = {"enrolment": started["enrolment"], "code": late}
        assert do(layer, own, "/api/v1/me/totp/confirm", **given)[1] == "start_again"


def test_a_secret_in_transit_is_stored_by_no_cache(
    application: Application, country: Country
) -> None:
    person = give_person(application, country["1.1"], Role.VIEWER)
    own = caller(application, person, country["1.1"])
    answer: httpx.Response = own.post("/api/v1/me/totp", {"password": PASSWORD})

    assert answer.headers["cache-control"] == "no-store"
    assert reception(application).seal.open("enrolment", answer.json()["enrolment"])[0] == str(
        person.id
    )


def test_a_locked_name_cannot_be_tried_through_a_password_change(
    application: Application, country: Country
) -> None:
    from app.db.base import now

    person = give_person(application, country["1.1"], Role.VIEWER)
    own = caller(application, person, country["1.1"])
    change(application, person, failures=20, next_try_at=now().replace(year=now().year + 1))
    answer = own.post("/api/v1/me/password", {"present_password": PASSWORD, "new_password": NEW})

    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
