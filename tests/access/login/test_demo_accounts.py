"""The people of the demo: one for each role, in development only."""

import time

import pytest
from sqlmodel import update

from app.db.tables.auth import Account
from app.demo.accounts import (
    APPLICATION,
    PASSWORD,
    RETURNS_TO,
    DemoAccount,
    ForbiddenInProduction,
    load_demo_accounts,
)
from app.domain.actor import Role
from tests.access.login.give import Browser, Person, authorization_request, reception
from tests.application import Application, runner


def load(application: Application, environment: str = "development") -> list[DemoAccount]:
    async def write() -> list[DemoAccount]:
        inside = application.app.state.resources
        settings = inside.settings.model_copy(update={"environment": environment})
        async with inside.database.write_transaction() as session:
            people = await load_demo_accounts(session, settings, reception(application).seal)
            # they may have signed in elsewhere in these thirty seconds, and a code opens once
            await session.exec(update(Account).values(totp_last_step=None))
            return people

    return runner().run(write())


def test_there_is_somebody_for_each_role_and_loading_twice_is_loading_once(
    atlas: Application,
) -> None:
    people = load(atlas)

    assert {role for person in people for role in person.roles} == set(Role)
    assert load(atlas) == people


def test_each_of_them_signs_in(atlas: Application) -> None:
    for somebody in load(atlas):
        browser = Browser(atlas)
        query = "&".join(
            f"{n}={v}"
            for n, v in authorization_request(APPLICATION, redirect_uri=RETURNS_TO).items()
        )
        browser.get(f"/oauth/authorize?{query}")
        answer = browser.send(login=somebody.login, password=PASSWORD)
        if somebody.totp_secret:
            person = Person(answer, somebody.login, somebody.totp_secret)  # type: ignore[arg-type]
            answer = browser.send(code=person.code(time.time()))
        assert answer.headers["location"].startswith(RETURNS_TO), somebody.login


def test_in_production_there_are_none(atlas: Application) -> None:
    with pytest.raises(ForbiddenInProduction):
        load(atlas, "production")
