"""Simulated deadlines match the guide."""

from typing import Any

import pytest

from app.domain.deadlines.shipped_rules import load_deadline_rules
from tests.application import runner
from tests.tips.scenario import TipScenario

TEN = "10:00:00+07:00"
EXTENDED = [
    {"at": f"2026-03-20T{TEN}", "authority": "investigating_agency_head"},
    {"at": f"2026-05-20T{TEN}", "authority": "procuracy_head"},
]


@pytest.mark.parametrize(
    ("data", "due_on", "due_at"),
    [
        (
            {"rule": "tip_resolution", "started_at": "2026-01-27T09:00:00+07:00"},
            "2026-02-23", "2026-02-24T00:00:00+07:00",
        ),
        (
            {"rule": "tip_resolution", "started_at": "2026-03-02T08:00:00+07:00",
             "extensions": EXTENDED},
            "2026-07-22", "2026-07-23T00:00:00+07:00",
        ),
        (
            {"rule": "tip_transfer", "started_at": "2026-02-17T23:30:00+07:00"},
            "2026-02-18", "2026-02-18T23:30:00+07:00",
        ),
        (
            {"rule": "tip_transfer_remote", "started_at": "2026-02-17T23:30:00+07:00"},
            "2026-02-19", "2026-02-19T23:30:00+07:00",
        ),
    ],
)  # fmt: skip
def test_simulated_deadline_matches_the_guide(
    scenario: TipScenario, data: dict[str, Any], due_on: str, due_at: str
) -> None:
    async def load() -> None:
        async with scenario.application.behind() as session:
            await load_deadline_rules(session)

    runner().run(load())
    told = scenario.officer.post("/api/v1/deadline-simulations", data).json()
    assert (told["due_on"], told["due_at"]) == (due_on, due_at)
