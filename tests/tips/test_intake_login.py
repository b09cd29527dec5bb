"""The database logins of the operator's guide: enough for tips, and no more."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from app.domain.actor import Level, Role
from tests.application import Application, runner
from tests.databases import run
from tests.give import Country
from tests.tips.fixtures import give_tip


@pytest.fixture
def web(application_url: str, country: Country) -> Iterator[str]:
    """Create a database login that takes tips in and handles them; return its address."""
    name = f"web_{uuid4().hex[:8]}"
    runner().run(run(application_url, f"CREATE ROLE {name} LOGIN PASSWORD 'known'"))
    runner().run(run(application_url, f"GRANT binhyen_runtime TO {name}"))
    more = f"GRANT binhyen_intake, binhyen_informant TO {name} WITH INHERIT FALSE"
    runner().run(run(application_url, more))
    yield f"postgresql://{name}:known@{application_url.rpartition('@')[2]}"
    runner().run(run(application_url, f"DROP ROLE {name}"))


@pytest.mark.parametrize("role", ["binhyen_runtime", ""])
def test_separate_intake_login_takes_tips(
    web: str, application: Application, country: Country, role: str
) -> None:
    tip, _ = give_tip(application, country["2.1"])
    with Application.on(web, database_role=role) as served:
        told = {"text": "Có người lạ.", "unit_code": str(country["1.1"])}
        taken = served.nobody.post("/api/v1/public/tips", told)
        assert taken.status_code == 201
        receipt = {"receipt": taken.json()["receipt"]}
        found = served.nobody.post("/api/v1/public/tips/status", receipt).json()
        assert found["text"] == told["text"]
        wrong = {"receipt": "0" * 20}
        assert served.nobody.post("/api/v1/public/tips/status", wrong).status_code == 404
        for path, there in (("2.1", 200), ("2.2", 404), ("1.1", 404)):
            officer = served.caller(Role.TIP_OFFICER, level=Level.COMMUNE, unit=country[path])
            assert officer.get(f"/api/v1/tips/{tip}").status_code == there
