"""Signing in, page by page, and every way around it that is closed."""

import re
import time
from collections.abc import Callable
from typing import Any

import pytest

from app.db.base import now
from app.db.tables.auth import GrantState
from app.domain.actor import Role
from app.domain.auth.service import HASH
from app.domain.login import queries
from app.domain.login.password_attempts import hash_of, record_outcome, try_password
from app.domain.login.queries import list_grants
from app.domain.login.tries import Visitor
from tests.access.login.give import (
    PASSWORD,
    RETURNS_TO,
    VERIFIER,
    Browser,
    account_of,
    change,
    code_of,
    give_person,
    list_audit_notes,
    reception,
    sessions,
    set_failures,
)
from tests.application import Application, Caller, runner
from tests.cheap_passwords import SHIPPED
from tests.give import Country

Wait = Callable[[float], float]


def test_a_password_is_enough_where_the_role_says_so(
    browser: Browser, client: str, application: Application, country: Country
) -> None:
    person = give_person(application, country["1.1"], Role.RECORDER)
    answer = browser.sign_in(client, person)

    assert code_of(answer)
    assert "state=s-1" in answer.headers["location"]
    assert "iss=" in answer.headers["location"]
    assert browser.cookies.keys() == {"binhyen-device"}
    [held] = sessions(application, person)
    assert (held.unit_id, held.methods) == (country["1.1"], ["pwd"])
    assert list_audit_notes(application, person) == [("sign_in", None)]


def test_the_name_is_read_in_any_case_and_the_password_in_any_composition(
    browser: Browser, client: str, application: Application, country: Country
) -> None:
    import unicodedata

    person = give_person(application, country["1.1"], Role.VIEWER)
    browser.ask(client)
    apart = unicodedata.normalize("NFD", PASSWORD)
    assert apart != PASSWORD

    assert code_of(browser.send(login=f" {person.login.upper()} ", password=apart))


@pytest.mark.parametrize("role", [Role.APPROVER, Role.IDENTITY_CUSTODIAN, Role.UNIT_ADMIN])
def test_a_weighty_role_sets_up_a_second_factor_first(
    browser: Browser, client: str, application: Application, country: Country, role: Role
) -> None:
    person = give_person(application, country["1.1"], role)
    page = browser.sign_in(client, person)
    assert (page.status_code, "Set up the second factor" in page.text) == (200, True)
    found = re.search(r'<code id="secret">([A-Z2-7]{32})</code>', page.text)
    assert found
    person.secret = found[1]
    assert f"secret={person.secret}" in page.text
    assert account_of(application, person).totp_confirmed_at is None

    wrong = browser.send(code="000000")
    assert wrong.status_code == 403
    assert person.secret in wrong.text, "the same secret, for it may be on the phone by now"
    assert code_of(browser.send(code=person.code(time.time())))
    assert account_of(application, person).totp_confirmed_at is not None
    assert [held.methods for held in sessions(application, person)] == [["pwd", "otp"]]
    assert list_audit_notes(application, person) == [
        ("second_factor.enrol", None),
        ("sign_in", None),
    ]


def test_an_enrolled_second_factor_is_required(
    browser: Browser, client: str, application: Application, country: Country
) -> None:
    person = give_person(application, country["1.1"], Role.VIEWER, totp=True)
    page = browser.sign_in(client, person)
    assert "One-time code" in page.text
    assert sessions(application, person) == []

    assert code_of(browser.send(code=person.code(time.time())))
    assert sessions(application, person)[0].methods == ["pwd", "otp"]


def test_a_secret_is_stored_encrypted(application: Application, country: Country) -> None:
    person = give_person(application, country["1.1"], Role.VIEWER, totp=True)
    kept = account_of(application, person).totp_secret

    assert kept
    assert person.secret
    assert person.secret.encode() not in kept


def test_a_secret_of_another_account_is_no_secret_here(
    browser: Browser, client: str, application: Application, country: Country
) -> None:
    one = give_person(application, country["1.1"], Role.VIEWER, totp=True)
    other = give_person(application, country["1.1"], Role.VIEWER, totp=True)
    change(application, one, totp_secret=account_of(application, other).totp_secret)
    browser.sign_in(client, one)

    assert browser.send(code=other.code(time.time())).status_code == 422
    assert sessions(application, one) == []


def test_who_serves_for_several_units_chooses_one(
    browser: Browser, client: str, application: Application, country: Country
) -> None:
    person = give_person(application, country["1.1"], Role.VIEWER, also=[country["2.1"]])
    page = browser.sign_in(client, person)
    assert "Choose the unit" in page.text
    choices = re.findall(r'name="unit" value="([^"]+)"', page.text)
    assert set(choices) == {str(country["1.1"]), str(country["2.1"])}
    assert page.text.count("<legend>") == 1

    strange = browser.send(unit=str(country["2.2"]))
    assert strange.status_code == 403
    assert sessions(application, person) == []
    assert code_of(browser.send(unit=str(country["2.1"])))
    assert sessions(application, person)[0].unit_id == country["2.1"]


def test_a_unit_that_was_taken_away_meanwhile_cannot_be_chosen(
    browser: Browser, client: str, application: Application, country: Country
) -> None:
    person = give_person(application, country["1.1"], Role.VIEWER, also=[country["2.1"]])
    browser.sign_in(client, person)

    async def revoke() -> None:
        async with application.app.state.resources.database.write_transaction() as session:
            for grant in await list_grants(session, person.id):
                if grant.unit_id == country["2.1"]:
                    grant.state = GrantState.REVOKED

    runner().run(revoke())
    assert browser.send(unit=str(country["2.1"])).status_code == 403


def test_an_account_without_grants_sees_a_reason_and_gets_no_code(
    browser: Browser, client: str, application: Application, country: Country
) -> None:
    person = give_person(application, country["1.1"])
    answer = browser.sign_in(client, person)

    assert answer.status_code == 403
    assert "no unit has granted you a role" in answer.text
    assert sessions(application, person) == []


class TestNobodyLearnsWhoIsHere:
    """An unknown name, a wrong password and a disabled account look and cost the same."""

    def test_status_body_and_headers_are_equal(
        self, client: str, application: Application, country: Country
    ) -> None:
        disabled = give_person(application, country["1.1"], Role.VIEWER, disabled_at=now())
        outside = give_person(application, country["1.1"], Role.VIEWER, password_hash=None)
        known = give_person(application, country["1.1"], Role.APPROVER, totp=True)
        tries = [
            (known.login, "not the password"),
            (known.login[::-1], "not the password"),
            (disabled.login, PASSWORD),
            (outside.login, PASSWORD),
            (outside.login, ""),
        ]
        answers = [try_login(application, client, *given) for given in tries]

        assert answers[0]["status"] == 403
        assert all(answer == answers[0] for answer in answers[1:])

    def test_they_are_slowed_down_alike(
        self, client: str, application: Application, country: Country
    ) -> None:
        known = give_person(application, country["1.1"], Role.VIEWER)
        for login in (known.login, "nobody.at.all"):
            answers = [try_login(application, client, login, "not the password") for _ in range(7)]
            assert [answer["status"] for answer in answers] == [403] * 5 + [429] * 2
            assert answers[5]["retry-after"] == "1"

    def test_they_derive_the_same_hash(
        self,
        client: str,
        application: Application,
        country: Country,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        costs: list[list[str]] = []

        def count(password: str, known: str) -> tuple[bool, str | None]:
            costs.append(known.split("$")[1:4])
            return verify(password, known)

        verify = HASH.verify_and_update
        monkeypatch.setattr(HASH, "verify_and_update", count)
        disabled = give_person(application, country["1.1"], Role.VIEWER, disabled_at=now())
        outside = give_person(application, country["1.1"], Role.VIEWER, password_hash=None)
        known = give_person(application, country["1.1"], Role.VIEWER)
        for login in (known.login, disabled.login, outside.login, "nobody.here", "no.more"):
            try_login(application, client, login, "not the password")
        assert len(costs) == 5
        assert all(cost == costs[0] for cost in costs)


def test_a_password_costs_what_owasp_recommends() -> None:
    assert SHIPPED.hash("x").split("$")[1:4] == ["argon2id", "v=19", "m=19456,t=2,p=1"]


def try_login(application: Application, client: str, login: str, password: str) -> dict[str, Any]:
    """Return all that a login attempt shows, without random values and the typed name."""
    browser = Browser(application)
    browser.ask(client)
    answer = browser.send(login=login, password=password)
    body = re.sub(r'name="step" value="[^"]+"', "", answer.text).replace(login, "(login)")
    visible: dict[str, Any] = dict(answer.headers)
    for chance in ("x-request-id", "set-cookie", "content-length"):
        visible.pop(chance)
    length = len(browser.step) if answer.status_code == 403 else 0
    return visible | {"status": answer.status_code, "body": body, "step": length}


class TestSlowDown:
    """Five tries are free; then each waits longer, and never over a minute."""

    def test_waits_grow_and_have_an_end(
        self, client: str, application: Application, country: Country, wait: Wait
    ) -> None:
        person = give_person(application, country["1.1"], Role.VIEWER)
        waits = []
        for _ in range(13):
            browser = Browser(application)  # one that has never signed in
            browser.ask(client)
            assert browser.send(login=person.login, password="x" * 12).status_code == 403
            early = browser.send(login=person.login, password=PASSWORD)
            waits.append(int(early.headers.get("retry-after", 0)))
            if not waits[-1]:
                assert early.status_code == 303  # the right one has forgotten them
                set_failures(application, person, len(waits))
            wait(waits[-1])
        assert waits == [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]

    def test_a_right_password_opens_after_the_wait_and_starts_from_nought(
        self, browser: Browser, client: str, application: Application, country: Country, wait: Wait
    ) -> None:
        person = give_person(application, country["1.1"], Role.VIEWER)
        set_failures(application, person, 40)
        browser.ask(client)
        assert browser.send(login=person.login, password="x" * 12).status_code == 403
        refused = browser.send(login=person.login, password=PASSWORD)
        assert (refused.status_code, refused.headers["retry-after"]) == (429, "60")
        assert "Try again in 60 s" in refused.text
        wait(60)

        assert code_of(browser.send(login=person.login, password=PASSWORD))
        account = account_of(application, person)
        assert (account.failures, account.next_try_at) == (0, None)
        stranger = Browser(application)
        stranger.ask(client)
        assert stranger.send(login=person.login, password="x" * 12).status_code == 403
        assert stranger.send(login=person.login, password=PASSWORD).status_code == 303

    def test_many_at_once_are_no_way_around(
        self, client: str, application: Application, country: Country
    ) -> None:
        person = give_person(application, country["1.1"], Role.VIEWER)
        browser = Browser(application)
        browser.ask(client)
        form = {"step": browser.step, "login": person.login, "password": "x" * 12}
        cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())

        async def together() -> list[int]:
            import asyncio

            tries = (
                application.answer(
                    "POST", "/oauth/authorize", data=form, headers={"cookie": cookie}
                )
                for _ in range(30)
            )
            return [answer.status_code for answer in await asyncio.gather(*tries)]

        statuses = runner().run(together())
        application.client.cookies.clear()
        assert statuses.count(403) == 5
        assert set(statuses) == {403, 429, 503}  # too early, or too many of one address

    def test_a_wrong_code_counts_though_the_password_was_right(
        self, browser: Browser, client: str, application: Application, country: Country
    ) -> None:
        person = give_person(application, country["1.1"], Role.VIEWER, totp=True)
        for n in range(1, 6):
            browser.sign_in(client, person)
            assert browser.send(code="000000").status_code == 403
            assert account_of(application, person).failures == n
        late = browser.send(code=person.code(time.time()))
        assert late.status_code == 429
        assert ("sign_in.refused", "code") in list_audit_notes(application, person)
        browser.sign_in(client, person)
        assert account_of(application, person).failures == 5, (
            "a right password forgets no wrong codes"
        )

    def test_a_refusal_is_noted_for_who_exists_without_what_was_typed(
        self, browser: Browser, client: str, application: Application, country: Country
    ) -> None:
        person = give_person(application, country["1.1"], Role.VIEWER)
        browser.ask(client)
        browser.send(login=person.login, password="tôi gõ nhầm mật khẩu")

        assert list_audit_notes(application, person) == [("sign_in.refused", "password")]


class TestCodes:
    """A one-time code opens once."""

    def test_a_code_opens_once(
        self, client: str, application: Application, country: Country, wait: Wait
    ) -> None:
        person = give_person(application, country["1.1"], Role.VIEWER, totp=True)
        code = person.code(time.time())
        first, second = Browser(application), Browser(application)
        for browser in (first, second):
            browser.sign_in(client, person)
        assert code_of(first.send(code=code))

        assert second.send(code=code).status_code == 403
        wait(30)
        assert code_of(second.send(code=person.code(time.time())))

    @pytest.mark.parametrize(("early", "status"), [(-60, 403), (-30, 303), (30, 303), (60, 403)])
    def test_a_code_may_be_one_time_step_off(
        self, browser: Browser, client: str, application: Application, country: Country, early: int,
        status: int, wait: Wait,
    ) -> None:  # fmt: skip
        wait(30 - time.time() % 30 + 5)  # well inside a step
        person = give_person(application, country["1.1"], Role.VIEWER, totp=True)
        browser.sign_in(client, person)

        assert browser.send(code=person.code(time.time() + early)).status_code == status

    @pytest.mark.parametrize("code", ["", "１２３４５６", "12345", "0" * 200, "\x00", "' OR 1=1"])
    def test_strange_codes_are_just_wrong(
        self, browser: Browser, client: str, application: Application, country: Country, code: str
    ) -> None:
        person = give_person(application, country["1.1"], Role.VIEWER, totp=True)
        browser.sign_in(client, person)

        assert browser.send(code=code).status_code == 403


@pytest.mark.parametrize("login", ["", "\x00", "a" * 200, "nobody\n", "' OR 1=1 --", "\u202e"])
def test_strange_names_are_just_wrong(browser: Browser, client: str, login: str) -> None:
    browser.ask(client)

    assert browser.send(login=login, password="x" * 12).status_code == 403


def test_a_hash_of_an_older_cost_is_renewed(
    browser: Browser, client: str, application: Application, country: Country
) -> None:
    from pwdlib import PasswordHash
    from pwdlib.hashers.argon2 import Argon2Hasher

    cheap = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8192, parallelism=1),))
    person = give_person(
        application, country["1.1"], Role.VIEWER, password_hash=cheap.hash(PASSWORD)
    )
    code_of(browser.sign_in(client, person))

    kept = account_of(application, person).password_hash
    assert kept
    assert HASH.verify_and_update(PASSWORD, kept) == (True, None)


def test_a_code_becomes_a_token_that_says_how_and_for_which_unit(
    browser: Browser, client: str, application: Application, country: Country
) -> None:
    person = give_person(
        application, country["1.1"], Role.RECORDER, Role.APPROVER, also=[country["2"]], totp=True
    )
    browser.sign_in(client, person)
    browser.send(code=person.code(time.time()))
    code = code_of(browser.send(unit=str(country["2"])))
    form = {
        "grant_type": "authorization_code", "code": code, "client_id": client,
        "redirect_uri": RETURNS_TO, "code_verifier": VERIFIER,
    }  # fmt: skip
    answer = application.nobody.send("POST", "/oauth/token", data=form)
    assert answer.status_code == 200, answer.text
    own = Caller(application, {"authorization": f"Bearer {answer.json()['access_token']}"})
    me = own.get("/api/v1/me").json()

    assert (me["subject"], me["client"]) == (str(person.id), client)
    assert (me["unit_id"], me["level"]) == (str(country["2"]), "province")
    assert me["roles"] == ["approver", "recorder"]
    actor = application.app.state.resources.tokens.actor(own.headers["authorization"][7:])
    assert "otp" in actor.methods
    assert application.nobody.send("POST", "/oauth/token", data=form).status_code == 400


def test_a_password_that_was_changed_meanwhile_opens_nothing(
    application: Application, country: Country
) -> None:
    """Nor does the new cost of an old hash overwrite a new password."""
    person = give_person(application, country["1.1"], Role.VIEWER)
    inside = reception(application)

    async def both() -> Any:
        tried = await try_password(
            inside.database, inside.seal, person.login, PASSWORD, Visitor("127.0.0.1")
        )
        assert tried.right
        fresh = await hash_of("một mật khẩu khác hẳn")
        async with inside.database.write_transaction() as session:
            account = await queries.find_account(session, person.id)
            assert account
            account.password_hash = fresh
        async with inside.database.write_transaction() as session:
            return fresh, await record_outcome(session, tried, "an app")

    fresh, settled = runner().run(both())
    assert settled is None
    assert account_of(application, person).password_hash == fresh
