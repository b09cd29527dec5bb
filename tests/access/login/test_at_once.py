"""The same step or the same code, sent many times at the same moment, passes once."""

import asyncio
import time
from typing import Any

from app.domain.actor import Role
from tests.access.login.give import PASSWORD, Browser, account_of, give_person, sessions
from tests.application import Application, runner
from tests.give import Country


def together(application: Application, browsers: list[Browser], **form: str) -> list[int]:
    """The statuses of what these browsers send at the same moment."""

    async def send() -> list[int]:
        answers = await asyncio.gather(*(_send(application, browser, form) for browser in browsers))
        return [answer.status_code for answer in answers]

    statuses = runner().run(send())
    application.client.cookies.clear()
    return sorted(statuses)


async def _send(application: Application, browser: Browser, form: dict[str, str]) -> Any:
    cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    data = {"step": browser.step} | form
    return await application.answer(
        "POST", "/oauth/authorize", data=data, headers={"cookie": cookie}
    )


def test_a_step_sent_by_three_at_once_passes_once(
    browser: Browser, client: str, application: Application, country: Country
) -> None:
    person = give_person(application, country["1.1"], Role.VIEWER)
    browser.ask(client)
    form = {"login": person.login, "password": PASSWORD}

    assert together(application, [browser] * 3, **form) == [200, 422, 422]
    assert sessions(application, person) == []


def test_a_consent_sent_by_three_at_once_gives_one_code(
    browser: Browser, client: str, application: Application, country: Country
) -> None:
    person, browser.agrees = give_person(application, country["1.1"], Role.VIEWER), False
    browser.sign_in(client, person)

    assert together(application, [browser] * 3, decision="allow") == [303, 422, 422]
    assert len(sessions(application, person)) == 1


def test_a_code_sent_by_eight_browsers_at_once_opens_once(
    client: str, application: Application, country: Country
) -> None:
    person = give_person(application, country["1.1"], Role.VIEWER, totp=True)
    browsers = [Browser(application) for _ in range(8)]
    for browser in browsers:
        browser.sign_in(client, person)
    statuses = together(application, browsers, code=person.code(time.time()))

    assert statuses.count(200) == 1, "the page on which the person consents"
    assert set(statuses) <= {200, 403, 429}


def test_an_enrolment_on_two_screens_at_once_keeps_one_secret(
    client: str, application: Application, country: Country
) -> None:
    import re

    person = give_person(application, country["1.1"], Role.APPROVER)
    browsers = [Browser(application), Browser(application)]
    codes = []
    for browser in browsers:
        found = re.search(r'id="secret">(\w+)<', browser.sign_in(client, person).text)
        assert found
        person.secret = found[1]
        codes.append(person.code(time.time()))

    async def both() -> list[int]:
        sent = (
            _send(application, browser, {"code": code})
            for browser, code in zip(browsers, codes, strict=True)
        )
        return sorted(answer.status_code for answer in await asyncio.gather(*sent))

    assert runner().run(both()) == [200, 422]
    application.client.cookies.clear()
    assert account_of(application, person).totp_confirmed_at
