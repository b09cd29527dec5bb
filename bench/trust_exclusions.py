"""Random histories of mergers, splits, moves and offers: no excluded unit reads a tip.

After each history every officer tries to read, with the policies off, and with the service's own
tests off. All are assigned to the tips, so that nothing but exclusion keeps them out.
"""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from random import Random
from typing import Any

from app.bootstrap import migrate
from app.db.embedded.lifecycle import Embedded
from app.logs import set_up_logs
from app.settings import Settings
from bench.trust_exclusion_history import History
from bench.trust_exclusion_nets import NAMES, Nets, list_seen, provide_nets
from bench.trust_terms import Terms, Verdict
from tests.application import VIET_NAM, runner
from tests.databases import run
from tests.give import give_country
from tests.tips.exclusion_scenario import ChangingCountry

STEPS, READER = 4, "reader"
ASSIGN_ALL = """
INSERT INTO tip_assignment (id, tip_id, subject, assigned_by, assigned_on)
SELECT gen_random_uuid(), t.id, s.subject, 'history', today()
FROM tip t CROSS JOIN unnest(CAST(:subjects AS text[])) AS s(subject) WHERE t.id = ANY (:tips)
ON CONFLICT DO NOTHING
"""
# A fault: successions are not followed.
FORGETFUL = """
CREATE OR REPLACE FUNCTION unit_origins(units uuid[], day date DEFAULT today()) RETURNS uuid[]
LANGUAGE sql STABLE AS $$
SELECT array_agg(DISTINCT o.id) FROM unnest(units) AS u CROSS JOIN LATERAL (
  SELECT u AS id UNION SELECT unit_parent_at(u, 'administrative', day)) o $$
"""


def exclusions(terms: Terms) -> Verdict:
    """No officer of an excluded unit reads, however the map changed; each tip has a reader."""
    with _provide_nets(terms) as (_, nets):
        return count_reads(nets, terms)


def forgetful(terms: Terms) -> Verdict:
    """The control: a database that forgets what units came from."""
    with _provide_nets(terms) as (url, nets):
        runner().run(run(url, FORGETFUL))
        return count_reads(nets, terms, "exclusions(forgetful)")


def count_reads(nets: Nets, terms: Terms, name: str = "exclusions") -> Verdict:
    """Count who reads what after so many histories."""
    dice, counts = Random(terms.seed), Counter[str]()
    for number in range(terms.times):
        history = History(ChangingCountry(nets.runtime), nets, dice, counts=counts)
        history.begin()
        for _ in range(dice.randint(1, STEPS)):
            history.take_step()
        for net in NAMES:
            _read_all(history, net)
        if number % 100 == 99:
            terms.tell(f"{number + 1} histories")
    wrong = [f"reads_by_excluded_{net}_alone" for net in NAMES] + ["offers_to_excluded_taken"]
    shown = [*wrong, "tips_without_reader", "reads", "offers_taken", "merge", "join", "split"]
    figures: dict[str, object] = {"histories": terms.times}
    figures |= {one: counts[one] for one in shown} | {"seed": terms.seed}
    holds = not any(counts[one] for one in (*wrong, "tips_without_reader")) and counts["reads"] > 0
    return Verdict(name, figures, holds)


def _read_all(history: History, net: str) -> None:
    """Let an officer of each unit read each tip, and a person by their home in an ended unit."""
    land, tips, seen_by_any = history.land, [*history.excluded], set[Any]()
    land.rows(ASSIGN_ALL, subjects=[READER, history.person], tips=tips)
    with history.nets.only(net) as application:
        for unit in (*history.list_units(), VIET_NAM):
            barred = {t for t, about in history.excluded.items() if history.is_barred(about, unit)}
            officer = land.officer(unit, READER, application=application)
            seen = list_seen(officer, tips, barred)
            _count(history, net, seen, barred)
            seen_by_any |= seen
            if unit in {VIET_NAM, *history.parents.values()}:
                person = land.officer(unit, history.person, application=application)
                barred |= _barred_by_home(history)
                _count(history, net, list_seen(person, tips, barred), barred)
    history.counts["tips_without_reader"] += len({*tips} - seen_by_any)


def _barred_by_home(history: History) -> set[Any]:
    homes = history.homes
    return {
        tip for tip, about in history.excluded.items()
        if any(history.is_barred(about, home) for home in homes)
    }  # fmt: skip


def _count(history: History, net: str, seen: set[Any], barred: set[Any]) -> None:
    history.counts[f"reads_by_excluded_{net}_alone"] += len(seen & barred)
    history.counts["reads"] += len(seen - barred)


@contextmanager
def _provide_nets(terms: Terms) -> Iterator[tuple[str, Nets]]:
    """A small country in a PostgreSQL of its own."""
    os.environ["BINHYEN_TEST_FOLDER"] = str(terms.folder)
    set_up_logs(StringIO())
    server = Embedded(terms.folder / "exclusions")
    try:
        url = server.start()
        migrate(Settings(database_url=url))
        runner().run(give_country(url))
        with provide_nets(url) as nets:
            yield url, nets
    finally:
        server.stop()
