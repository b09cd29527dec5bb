"""Excluded units read no tip, whatever happens to the map; planted faults show."""

from collections.abc import Iterator

import pytest

from bench import trust_exclusions as proof
from bench.trust_exclusion_nets import NAMES, Nets, provide_nets
from bench.trust_terms import Verdict
from tests.application import runner
from tests.conftest import copy_database
from tests.databases import run
from tests.give import give_country
from tests.trust.short import draw_until, terms


@pytest.fixture(scope="module")
def url(worker: str) -> str:
    made = copy_database("empty", f"exclusions_{worker}")
    runner().run(give_country(made))
    return made


@pytest.fixture(scope="module")
def nets(url: str) -> Iterator[Nets]:
    with provide_nets(url) as nets:
        yield nets


def test_excluded_units_read_no_tip_after_random_histories(nets: Nets) -> None:
    found = proof.count_reads(nets, terms(25))
    print(found)
    assert found.holds, found


def test_forgotten_succession_shows(nets: Nets, url: str) -> None:
    (whole,) = runner().run(
        run(url, "SELECT pg_get_functiondef('unit_origins'::regproc) AS written")
    )
    runner().run(run(url, proof.FORGETFUL))
    try:
        found = draw_until(_both_nets_read, lambda drawn: proof.count_reads(nets, drawn), terms(8))
    finally:
        runner().run(run(url, whole["written"]))
    assert _both_nets_read(found), found


def _both_nets_read(found: Verdict) -> bool:
    return all(found.figures[f"reads_by_excluded_{net}_alone"] for net in NAMES)
