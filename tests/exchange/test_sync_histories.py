"""Histories of 2 to 5 devices: what merges, what waits for a person, and nothing comes twice."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest

from app.domain.exchange.sync import merges, queries, rules
from tests.application import Application
from tests.dice import make_dice
from tests.exchange.sync_histories import SyncHistory
from tests.give import Country

HISTORIES = 2
PLANTED = 12  # histories at most in which a planted fault shows


def play(application: Application, country: Country, name: str) -> list[str]:
    return SyncHistory(application, country["1"], make_dice(name)).play()


@pytest.mark.parametrize("number", range(HISTORIES))
def test_histories_of_devices(application: Application, country: Country, number: int) -> None:
    assert play(application, country, f"devices {number}") == []


def overwrite(monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: the last who pushes wins."""
    monkeypatch.setattr(rules.Fields, "find_touched", lambda *_: [])


def repeat(monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: an operation is done as often as it is pushed."""

    async def claim(session: Any, actor: Any, digests: Mapping[UUID, bytes], now: Any) -> set[UUID]:
        return set(digests)

    monkeypatch.setattr(queries, "claim_operations", claim)


def quarrel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: the same value on both sides is a conflict too."""
    whole = rules.merge_fields
    monkeypatch.setattr(
        merges, "merge_fields",
        lambda names, touched, is_same, is_base: whole(names, touched, lambda _: False, is_base),
    )  # fmt: skip


def distrust(monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: a device is in conflict with the first operation of its own queue."""
    whole = rules.merge_fields
    monkeypatch.setattr(
        merges, "merge_fields",
        lambda names, touched, is_same, is_base: whole(names, touched, is_same, lambda _: False),
    )  # fmt: skip


@pytest.mark.parametrize("plant", [overwrite, repeat, quarrel, distrust])
def test_a_planted_fault_is_found(
    application: Application, country: Country, monkeypatch: pytest.MonkeyPatch, plant: Any
) -> None:
    """Not every history has what shows it, such as the same value on both sides."""
    plant(monkeypatch)
    names = (f"planted {plant.__name__} {number}" for number in range(PLANTED))
    assert any(play(application, country, name) for name in names)
