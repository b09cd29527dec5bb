"""The demo as it is shipped, to which no other test adds villages: what is counted is published."""

from collections.abc import Iterator

import pytest

from tests.application import Application
from tests.conftest import copy_database


@pytest.fixture(scope="session")
def atlas(worker: str) -> Iterator[Application]:
    with Application.on(copy_database("atlas", f"figures_{worker}")) as atlas:
        yield atlas
