"""An application of the small country, and a clean browser for each test."""

import time
from collections.abc import Callable

import pytest

from tests.access.login.give import Browser, give_client
from tests.application import Application
from tests.give import Country


@pytest.fixture(scope="session")
def client(application: Application, country: Country) -> str:
    return give_client(application, country[""])


@pytest.fixture
def browser(application: Application) -> Browser:
    return Browser(application)


@pytest.fixture
def wait(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], float]:
    """Let time pass: the application reads one source of time."""
    shift, plain = [0.0], time.time
    monkeypatch.setattr(time, "time", lambda: plain() + shift[0])

    def forward(seconds: float) -> float:
        shift[0] += seconds
        return time.time()

    return forward
