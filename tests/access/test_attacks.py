"""Phishing and impersonation by one administrator; the long form is `./run trust`."""

from random import Random

import pytest

from app.db.tables.auth import GrantState
from app.domain.accounts import rules
from app.domain.actor import Permission
from app.domain.oauth import consent, tokens
from tests.access.accounts.give import Town
from tests.access.attacks import ATTACKS, attack
from tests.application import Application
from tests.dice import make_seed
from tests.give import Country


@pytest.fixture
def town(application: Application, country: Country) -> Town:
    return Town(application, country)


def test_no_attack_succeeds(town: Town) -> None:
    seed = make_seed("impersonation")
    assert attack(town, Random(seed), 2) == {}, f"seed={seed}"


def test_planted_faults_let_the_attacks_succeed(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proof that cannot fail proves nothing."""
    monkeypatch.setattr(rules, "first_state", lambda actor, role: GrantState.ACTIVE)
    for module in (consent, tokens):
        monkeypatch.setattr(module, "serves", lambda db, client, unit: True)
        monkeypatch.setattr(module, "limit_of", lambda client: frozenset(Permission))
    found = attack(town, Random(make_seed("impersonation")), 1)
    assert set(found) == set(ATTACKS)
