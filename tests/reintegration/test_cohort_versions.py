"""Versions of the rule of re-offending: they stand side by side, and none changes another."""

from pathlib import Path
from typing import Any

import pytest

from app.domain.actor import Role
from app.domain.figures.indicators import FILE, Catalogue, FaultyIndicators
from tests.application import Caller
from tests.reintegration.cohorts import leave
from tests.reintegration.scenario import CaseScenario

# the second version of the rule: who is no longer followed counts as a return too
SECOND = """
returns_followed_12,2,,người trở về,people who returned,returns_followed,\
follow_up:12;outcome:reoffended|not_reoffended|censored,,,,,sum,
reoffending_share_12,2,,tỷ lệ tái phạm,share who reoffended,,,,percent,\
returns_reoffended_12@1,returns_followed_12@2,recompute,lower
"""
SHARE = """query ($of: String!, $unit: String!) {
  figure(indicator: $of, unit: $unit, from: "2015-01-01", to: "2015-01-31") {
    version value numerator denominator } }"""


def catalogue(scenario: CaseScenario, file: Path, more: str) -> Catalogue:
    """Return the shipped indicators with lines of a test behind them."""
    file.write_text(FILE.read_text(encoding="utf-8").rstrip() + more, encoding="utf-8")
    shipped = scenario.application.app.state.resources.figures.catalogue
    return Catalogue.of(shipped.measures.values(), shipped.paths, file)


def ask_both(caller: Caller, name: str, unit: str) -> tuple[Any, ...]:
    """Ask for a share in both layers, which say the same."""
    days = {"from": "2015-01-01", "to": "2015-01-31"}
    told = caller.get("/api/v1/figures", indicator=name, unit=unit, **days).json()
    found = tuple(told[part] for part in ("version", "value", "numerator", "denominator"))
    assert tuple(caller.ask(SHARE, of=name, unit=unit)["data"]["figure"].values()) == found
    return found


def test_a_new_rule_recomputes_old_years_beside_the_old_one(
    cohort: CaseScenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave(cohort, months=4, reoffended=False)  # purged too, and censored by both
    viewer, unit = cohort.who("viewer", "1", Role.VIEWER), str(cohort.country["1"])
    before = ask_both(viewer, "reoffending_share_12", unit)
    assert before == (1, 38.89, 14, 36)
    figures = cohort.application.app.state.resources.figures
    both = catalogue(cohort, tmp_path / "indicators.csv", SECOND)
    monkeypatch.setitem(vars(figures), "catalogue", both)
    assert ask_both(viewer, "reoffending_share_12@1", unit) == before
    assert ask_both(viewer, "reoffending_share_12@2", unit) == (2, 34.15, 14, 41)
    assert ask_both(viewer, "reoffending_share_12", unit) == (2, 34.15, 14, 41)
    listed = viewer.get("/api/v1/indicators").json()["items"]
    parts = {one["name"]: one["denominator"] for one in listed}
    assert [parts[f"reoffending_share_12@{n}"] for n in (1, 2)] == [
        "returns_followed_12@1", "returns_followed_12@2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("a,1,,a,a,,,,percent,villages,villages@1,recompute,", "part “villages”"),
        ("a,1,,a,a,,,,percent,villages@1,villages@9,recompute,", "part “villages@9”"),
        ("a,1,,a,a,,,,percent,villages@1,,recompute,", "part “”"),
        ("a,1,,a,a,,,,percent,villages@1,model_coverage@1,recompute,", "part “model_coverage@1”"),
        ("a,1,,a,a,unheard,,,,,,sum,", "“unheard”"),
        ("villages,1,,a,a,villages,,,,,,last,", "villages@1 is defined twice"),
    ],
)
def test_a_definition_that_names_what_is_not_there_stops_the_start(
    scenario: CaseScenario, tmp_path: Path, line: str, named: str
) -> None:
    with pytest.raises(FaultyIndicators, match=named):
        catalogue(scenario, tmp_path / "indicators.csv", f"\n{line}\n")
