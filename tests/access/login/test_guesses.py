"""A guesser is slowed down; the owner of an account and the next citizen are not."""

import asyncio
import time
from collections.abc import Iterator
from math import log2

import httpx
import pytest

from app.domain.actor import Role
from app.domain.login.rules import FREE_TRIES, FREE_TRIES_OF_STRANGERS
from tests.access.login.give import PASSWORD, Browser, Person, code_of, give_person
from tests.application import Application, runner
from tests.give import Country

GUESSES, AT_ONCE = 72, 24
SHOWN = 200  # the page of consent, which follows a right password


@pytest.fixture
def owner(application: Application, country: Country) -> Person:
    return give_person(application, country["1.1"], Role.VIEWER)


async def send(
    application: Application, browser: Browser, login: str, password: str, address: str = ""
) -> httpx.Response:
    """Send a try at a password, as the proxy of this installation passes it on."""
    cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    headers = {"cookie": cookie} | ({"x-forwarded-for": address} if address else {})
    form = {"step": browser.step, "login": login, "password": password}
    answer = await application.answer("POST", "/oauth/authorize", data=form, headers=headers)
    application.client.cookies.clear()
    return answer


def guess(
    application: Application, client: str, owner: Person, own: list[tuple[Browser, str]],
    guessers: list[str],
) -> tuple[list[int], list[int]]:  # fmt: skip
    """Let guesses arrive, and the owner's right password among them; the statuses of both."""
    guesser = Browser(application)
    guesser.ask(client)
    for browser, _ in own:
        browser.ask(client)

    async def together() -> tuple[list[int], list[int]]:
        on_their_way = asyncio.Semaphore(AT_ONCE)

        async def wrong_one(number: int, address: str) -> httpx.Response:
            async with on_their_way:
                password = f"wrong {number}" * 3
                return await send(application, guesser, owner.login, password, address)

        wrong = [
            asyncio.create_task(wrong_one(number, address))
            for number, address in zip(range(GUESSES), guessers * GUESSES, strict=False)
        ]
        await asyncio.wait(wrong[: GUESSES // 4])
        right = [
            asyncio.create_task(send(application, browser, owner.login, PASSWORD, address))
            for browser, address in own
        ]
        return (
            [one.status_code for one in await asyncio.gather(*right)],
            [one.status_code for one in await asyncio.gather(*wrong)],
        )

    return runner().run(together())


@pytest.fixture(scope="module")
def behind_proxy(application_url: str, worker: str) -> Iterator[Application]:
    """An installation that believes its one proxy."""
    with Application.on(application_url, trusted_proxies=1) as found:
        yield found


def list_looked_at(begin: float) -> range:
    """List how many guesses may be looked at: the waits of 1, 2, 4 … seconds may end meanwhile."""
    waited = int(log2(time.monotonic() - begin + 1))
    return range(FREE_TRIES, FREE_TRIES + waited + 1)


def test_a_known_device_is_let_in_from_the_address_of_the_guesser(
    application: Application, client: str, owner: Person
) -> None:
    device = Browser(application)
    assert code_of(device.sign_in(client, owner))
    assert "binhyen-device" in device.cookies
    begin = time.monotonic()
    right, wrong = guess(application, client, owner, [(device, "")], [""])
    assert right == [SHOWN]
    assert (wrong.count(403) in list_looked_at(begin), SHOWN in wrong) == (True, False)
    assert set(wrong) <= {403, 429, 503}


def test_an_owner_from_elsewhere_is_let_in_while_one_address_guesses(
    application: Application, behind_proxy: Application, client: str, owner: Person
) -> None:
    own = [(Browser(behind_proxy), "198.51.100.7")]
    begin = time.monotonic()
    right, wrong = guess(behind_proxy, client, owner, own, ["203.0.113.9"])
    assert right == [SHOWN]
    assert wrong.count(403) in list_looked_at(begin)


def test_guessers_from_everywhere_are_slowed_down_by_name(
    application: Application, behind_proxy: Application, client: str, owner: Person
) -> None:
    """So many addresses have their free tries together; a known device has its own."""
    device = Browser(behind_proxy)
    assert code_of(device.sign_in(client, owner))
    addresses = [f"203.0.113.{n}" for n in range(GUESSES)]
    _, wrong = guess(behind_proxy, client, owner, [], addresses)
    _, more = guess(behind_proxy, client, owner, [], addresses)
    tried = wrong.count(403) + more.count(403)
    assert tried < FREE_TRIES_OF_STRANGERS + 10  # past those, each waits twice as long
    right, _ = guess(behind_proxy, client, owner, [(device, "198.51.100.7")], addresses)
    assert right == [SHOWN]


def test_a_device_of_somebody_else_is_no_device(
    application: Application, client: str, owner: Person, country: Country
) -> None:
    device = Browser(application)
    device.sign_in(client, give_person(application, country["1.1"], Role.VIEWER))
    statuses = []
    for _ in range(FREE_TRIES + 1):
        device.ask(client)
        statuses.append(device.send(login=owner.login, password="x" * 12).status_code)
    assert statuses == [403] * FREE_TRIES + [429]
    stranger = Browser(application)
    stranger.ask(client)
    assert stranger.send(login=owner.login, password=PASSWORD).status_code == 429


def test_a_device_has_its_own_wrong_tries(
    application: Application, client: str, owner: Person
) -> None:
    device = Browser(application)
    device.sign_in(client, owner)
    for _ in range(FREE_TRIES):
        device.ask(client)
        assert device.send(login=owner.login, password="x" * 12).status_code == 403
    device.ask(client)
    assert device.send(login=owner.login, password=PASSWORD).status_code == 429
    stranger = Browser(application)
    stranger.ask(client)
    assert stranger.send(login=owner.login, password=PASSWORD).status_code == 303
