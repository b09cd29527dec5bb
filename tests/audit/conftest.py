"""An application with an audit of its own: one entry of each unit, and some of no unit."""

from collections.abc import Iterator

import pytest

from tests.application import Application, runner
from tests.audit.give import AuditScenario, give_entries
from tests.conftest import copy_database
from tests.give import give_country


@pytest.fixture(scope="module")
def audit_url(worker: str, request: pytest.FixtureRequest) -> str:
    return copy_database("empty", f"audit_{request.module.__name__.rpartition('.')[2]}_{worker}")


@pytest.fixture(scope="module")
def scenario(audit_url: str) -> Iterator[AuditScenario]:
    country = runner().run(give_country(audit_url))
    runner().run(give_entries(audit_url, country))
    with (
        Application.on(audit_url) as application,
        Application.on(audit_url, bypass=False) as ordinary,
    ):
        yield AuditScenario(audit_url, application, ordinary, country)
