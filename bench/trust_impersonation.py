"""One administrator alone: no invitation, puppet or phishing page makes them read as another."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from random import Random

import pytest

from app.bootstrap import migrate
from app.db.embedded.lifecycle import Embedded
from app.db.tables.auth import GrantState
from app.domain.accounts import rules
from app.logs import set_up_logs
from app.settings import Settings
from bench.trust_terms import Terms, Verdict
from tests.access.accounts.give import Town
from tests.access.attacks import ATTACKS, attack
from tests.application import Application, runner
from tests.give import give_country


def impersonation(terms: Terms) -> Verdict:
    """Each attack so many times, by administrators of two levels on officers of all roles."""
    return _prove(terms, "impersonation")


def alone(terms: Terms) -> Verdict:
    """Control: grants of trust that hold without a second person."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rules, "first_state", lambda actor, role: GrantState.ACTIVE)
        return _prove(terms, "impersonation-alone")


def _prove(terms: Terms, name: str) -> Verdict:
    with _town(terms, name) as town:
        found = attack(town, Random(terms.seed), terms.times)
    tried = f"{len(ATTACKS)}x{terms.times}"
    figures: dict[str, object] = {
        "attacks": tried,
        "succeeded": dict(found) or 0,
        "seed": terms.seed,
    }
    return Verdict(name, figures, not found)


@contextmanager
def _town(terms: Terms, name: str) -> Iterator[Town]:
    """A small country in a PostgreSQL of its own."""
    os.environ["BINHYEN_TEST_FOLDER"] = str(terms.folder)
    set_up_logs(StringIO())
    server = Embedded(terms.folder / name)
    try:
        url = server.start()
        migrate(Settings(database_url=url))
        country = runner().run(give_country(url))
        with Application.on(url) as application:
            yield Town(application, country)
    finally:
        server.stop()
