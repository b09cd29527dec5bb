"""An application of the small country, and a clean browser for each test."""

import time
from collections.abc import Callable

import pytest

from tests.access.signing_in.give import Browser, give_client
from tests.give import Country
from tests.house import House


@pytest.fixture(scope="session")
def client(house: House, country: Country) -> str:
    return give_client(house, country[""])


@pytest.fixture
def browser(house: House) -> Browser:
    return Browser(house)


@pytest.fixture
def wait(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], float]:
    """Let time pass: the house reads one clock."""
    shift, plain = [0.0], time.time
    monkeypatch.setattr(time, "time", lambda: plain() + shift[0])

    def forward(seconds: float) -> float:
        shift[0] += seconds
        return time.time()

    return forward
