"""Identities of informants: one combination of the five conditions opens, in both API layers."""

import asyncio
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import httpx
import pytest

from app.bootstrap import migrate
from app.db.embedded.lifecycle import Embedded
from app.domain.confidential.identity import rules
from app.logs import set_up_logs
from app.settings import Settings
from bench.trust_terms import Terms, Verdict
from tests.application import Application, runner
from tests.give import give_country
from tests.tips import identities
from tests.tips.people import IdentityScenario

AT_ONCE, VIEWS = 4, {200: 3, 403: 1}


def identity(terms: Terms) -> Verdict:
    """Each combination at each layer, and four tries at once where three views are left."""
    return _prove(terms, "identity")


def forgiving(terms: Terms) -> Verdict:
    """Control: rules that take any sign-in for a fresh second factor."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rules, "_proved", lambda actor, at: True)
        return _prove(terms, "identity-any-sign-in")


def _prove(terms: Terms, name: str) -> Verdict:
    with _scenario(terms, name) as scenario:
        found = {layer: identities.try_all(scenario, layer) for layer in ("rest", "graphql")}
        three = sum(_race(scenario) == VIEWS for _ in range(terms.times))
    figures: dict[str, Any] = {}
    for layer, told in found.items():
        figures |= {f"{layer}_opened": f"{told['opened']} of {told['tries']}"}
        figures |= {f"{layer}_{what}": told[what] for what in ("audit_rows", "wrong", "leaked")}
    figures["races_with_three_views"] = f"{three}/{terms.times}"
    holds = all(identities.holds(told) for told in found.values()) and three == terms.times
    return Verdict(name, figures, holds)


def _race(scenario: IdentityScenario) -> Counter[int]:
    request, _ = identities.give_request(scenario, identities.Conditions())
    who, path = identities.asker(scenario), f"/api/v1/identity-requests/{request}/open"

    async def at_once() -> list[httpx.Response]:
        sent = (who.application.answer("POST", path, headers=who.headers) for _ in range(AT_ONCE))
        return await asyncio.gather(*sent)

    return Counter(answer.status_code for answer in runner().run(at_once()))


@contextmanager
def _scenario(terms: Terms, name: str) -> Iterator[IdentityScenario]:
    """A small country in a PostgreSQL of its own."""
    os.environ["BINHYEN_TEST_FOLDER"] = str(terms.folder)
    set_up_logs(StringIO())
    server = Embedded(terms.folder / name)
    try:
        url = server.start()
        migrate(Settings(database_url=url))
        country = runner().run(give_country(url))
        with Application.on(url) as application:
            yield IdentityScenario(application, country)
    finally:
        server.stop()
