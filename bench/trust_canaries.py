"""Personal data of cases is sealed: canaries in every text of every request are found nowhere."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import StringIO
from random import Random
from typing import Any
from unittest.mock import patch

from app.bootstrap import migrate
from app.db.embedded.lifecycle import Embedded
from app.domain.confidential.crypto.envelopes import Envelope
from app.logs import set_up_logs
from app.settings import Settings
from bench.trust_canary_life import live_through
from bench.trust_planted import PlantedMarks, Search
from bench.trust_terms import Terms, Verdict
from tests.application import Application, runner
from tests.give import give_country
from tests.matrix import walks
from tests.matrix.cells import Cell, prepare
from tests.matrix.oracle import GOOD, LINES, Line
from tests.matrix.scenario import Scenario

FEATURE = "reintegration"
Path = tuple[str, ...]


class CanarySweep:
    """Plants a canary in each text of each request about cases, at both layers."""

    def __init__(self, scenario: Scenario, dice: Random) -> None:
        self.scenario, self.dice, self.planted = scenario, dice, 0
        self.mark, self.accepted = PlantedMarks().mark, set[Path]()
        self.fields = {line.key: list(find_texts(scenario, line)) for line in find_lines()}

    def plant(self) -> str:
        """Return a canary that nobody else has; all begin with the mark that is sought."""
        self.planted += 1
        return f"{self.mark}{self.planted:06}"

    def run(self, *, purge: bool = True) -> None:
        """Send each request with a canary in each of its texts, and one where none belongs."""
        for line in find_lines():
            for layer in line.layers:
                for path in (*self.fields[line.key], ("no_such_field",)):
                    self._send(line, layer, path)
        live_through(self.scenario, self.plant, purge=purge)

    def _send(self, line: Line, layer: str, path: Path) -> None:
        role = self.dice.choice(sorted(line.may))
        prepared = prepare(self.scenario, Cell(line, layer, frozenset({role}), walks.example(line)))
        data = put_in(prepared.request.data or {}, path, self.plant())
        request = replace(prepared.request, data=data)
        if layer == "GraphQL" and path == ("no_such_field",):
            prepared.who.query(
                f'{{ reintegrationCase(id: "{self.plant()}") {{ {self.plant()} }} }}'
            )
        elif replace(prepared, request=request).refusal(layer) == "ok":
            self.accepted.add((line.name, *path))


def find_lines() -> list[Line]:
    """Find the operations on cases that take a body, by what people wrote down of them."""
    return [
        line for line in LINES
        if line.feature == FEATURE and line.name.startswith(("POST", "PATCH"))
        and line.answers[walks.example(line)] in GOOD
    ]  # fmt: skip


def find_texts(scenario: Scenario, line: Line) -> Iterator[Path]:
    """Find the texts in the body of an operation, by the contract."""
    contract = scenario.application.app.openapi()
    method, path = line.rest.split()
    body = contract["paths"][path][method.lower()].get("requestBody")
    if body:
        yield from _texts(contract, body["content"]["application/json"]["schema"])


def _texts(contract: Any, schema: Any, path: Path = ()) -> Iterator[Path]:
    if name := schema.get("$ref", "").rpartition("/")[2]:
        schema = contract["components"]["schemas"][name]
    for choice in schema.get("anyOf", ()):
        yield from _texts(contract, choice, path)
    for name, part in schema.get("properties", {}).items():
        yield from _texts(contract, part, (*path, name))
    if schema.get("type") == "string" and not schema.keys() & {"enum", "const", "format"}:
        yield path


def put_in(data: dict[str, Any], path: Path, value: str) -> dict[str, Any]:
    """Return data with a value at a path."""
    first, *more = path
    inner = put_in(data.get(first) or {}, tuple(more), value) if more else value
    return data | {first: inner}


def canaries(terms: Terms) -> Verdict:
    """Plant so many canaries through the whole life of cases; search tables, files and log."""
    return _prove(terms, "canaries")


def clear_words(terms: Terms) -> Verdict:
    """Control: what is sealed is stored as it is."""
    with without_seal():
        return _prove(terms, "control-canaries")


@contextmanager
def without_seal() -> Iterator[None]:
    """Let the seals of cases leave their content as it is."""

    def keep(content: bytes, recipients: Any, context: str) -> Envelope:
        return Envelope(content, dict.fromkeys(recipients, ""))

    def open_(content: bytes, *how: Any) -> bytes:
        return content

    seals = "app.domain.reintegration.seals"
    with patch(f"{seals}.encrypt", keep), patch(f"{seals}.decrypt", open_):
        yield


def _prove(terms: Terms, name: str) -> Verdict:
    os.environ["BINHYEN_TEST_FOLDER"] = str(terms.folder)
    log, server = StringIO(), Embedded(terms.folder / name)
    set_up_logs(log)
    try:
        url = server.start()
        migrate(Settings(database_url=url))
        country = runner().run(give_country(url))
        with Application.on(url) as application:
            sweep = CanarySweep(Scenario(application, country), Random(terms.seed))
            while sweep.planted < terms.times:
                sweep.run()
                terms.tell(f"{sweep.planted} canaries")
            return judge(name, sweep, url, log.getvalue(), terms)
    finally:
        server.stop()


def judge(name: str, sweep: CanarySweep, url: str, log: str, terms: Terms) -> Verdict:
    """Search every table, file and line of the log for what was planted."""
    search = Search({sweep.mark: PlantedMarks(sweep.mark).needles[sweep.mark]})
    runner().run(search.tables(url))
    search.look("log", log.encode())
    search.files(terms.folder, but=("compiled", "bin", "lib"))
    terms.tell("\n  ".join(sorted(set(search.found))[:20]))
    figures: dict[str, object] = {"canaries": sweep.planted, "accepted": len(sweep.accepted)}
    figures |= {"texts": sum(map(len, sweep.fields.values())), "seed": terms.seed}
    figures |= {"searched_mb": search.looked_at // 1_000_000, "found": len(set(search.found))}
    figures |= {"where": sorted(set(search.found))[:10]} if search.found else {}
    whole = all(line.key in sweep.fields for line in find_lines())
    return Verdict(name, figures, whole and not search.found)
