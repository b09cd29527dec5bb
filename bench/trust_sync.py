"""Devices without a network: what they push merges, waits for a person, and comes once."""

from random import Random
from unittest.mock import patch

from app.domain.exchange.sync import rules
from bench.trust_matrix import provide_scenario
from bench.trust_terms import Terms, Verdict
from tests.exchange.sync_histories import REPLAYS, SyncHistory


def sync(terms: Terms) -> Verdict:
    """Play so many histories of 2 to 5 devices; compare each with what it has to come to."""
    return _prove(terms, "sync")


def last_wins(terms: Terms) -> Verdict:
    """Control: the last push overwrites."""
    with patch.object(rules.Fields, "find_touched", lambda *_: []):
        return _prove(terms, "control-sync")


def _prove(terms: Terms, name: str) -> Verdict:
    dice, wrong, devices, operations, waited = Random(terms.seed), list[str](), 0, 0, 0
    with provide_scenario(terms, name) as scenario:
        for _ in range(terms.times):
            history = SyncHistory(scenario.application, scenario.country["1"], dice)
            wrong += history.play()
            devices += len(history.devices)
            operations += len(history.results)
            waited += sum(one["status"] == "conflict" for one in history.results.values())
    terms.tell("\n  ".join(wrong[:10]))
    told: dict[str, object] = {"histories": terms.times, "devices": devices}
    told |= {"operations": operations, "conflicts": waited, "replays_of_each": REPLAYS}
    return Verdict(name, told | {"wrong": len(wrong), "seed": terms.seed}, not wrong)
