"""Cost of figures: `python -m bench.figures --help`."""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Annotated, Any

import asyncpg
import httpx
import typer
from rich.console import Console
from rich.table import Table

from app.db.session import FIGURE_SETTINGS
from bench import cpu
from bench.figures_by_hand import COUNTS
from bench.figures_country import Country, open_country
from bench.report import RESULTS
from bench.servers import OURS, Server, serving

OUT, SAY = Console(), Console(stderr=True)
WINDOW, TODAY = "calendar_year:2024", "current"
GOALS = {"01": 30.0, "VN": 300.0}  # ms of both, as the design wants them
MIN_SHARE = 0.8  # of the speed of a count by hand
ROUNDS, SECONDS, MOST = 3, 0.6, 40  # of each measurement


@dataclass(frozen=True, slots=True)
class Cost:
    """Cost of a figure and of the count by hand: CPU ms of PostgreSQL, and of the server."""

    indicator: str
    unit: str
    value: float
    by_hand_value: float
    postgres_ms: float
    server_ms: float
    by_hand_ms: float

    @property
    def equal(self) -> bool:
        """Return whether both ways count the same."""
        return self.value == self.by_hand_value

    @property
    def reaches(self) -> bool:
        """Return whether the goals are reached."""
        quick = self.postgres_ms + self.server_ms <= GOALS[self.unit]
        return quick and self.by_hand_ms >= MIN_SHARE * self.postgres_ms


class Meter:
    """Asks both ways, in turn."""

    def __init__(self, country: Country, server: Server) -> None:
        headers = {"authorization": f"Bearer {country.analyst}"}
        self.http = httpx.Client(
            base_url=f"http://127.0.0.1:{server.port}/api/v1", headers=headers, timeout=60
        )
        self.country, self.server, self.loop = country, server, asyncio.new_event_loop()
        self.hand = self.loop.run_until_complete(asyncpg.connect(country.dsn))
        given = {"jit": "off", **FIGURE_SETTINGS}  # those that figures have
        settings = "; ".join(f"SET {name} = '{value}'" for name, value in given.items())
        self.loop.run_until_complete(self.hand.execute(settings))

    def compare(self, indicator: str, unit: str, province: str | None) -> Cost:
        """Compare a figure with the count by hand."""
        sql = COUNTS[indicator].of(province)
        rounds: list[tuple[float, ...]] = []
        for _ in range(ROUNDS):
            value, *ours = self._measure(lambda: self._ask(indicator, unit))
            by_hand, *theirs = self._measure(lambda: self._count(sql))
            rounds.append((*ours, theirs[0]))
        costs = [median(column) for column in zip(*rounds, strict=True)]
        return Cost(indicator, unit, value, by_hand, *costs)

    def _ask(self, indicator: str, unit: str) -> float:
        query = {"indicator": indicator, "unit": unit, "window": WINDOW, "boundary": TODAY}
        answer = self.http.get("/figures", params=query)
        answer.raise_for_status()
        return float(answer.json()["value"] or 0)

    def _count(self, sql: str) -> float:
        return float(self.loop.run_until_complete(self.hand.fetchval(sql)) or 0)

    def _measure(self, ask: Callable[[], float]) -> tuple[float, float, float]:
        """Ask again and again; return the answer, and the CPU ms of PostgreSQL and the server."""
        ask()
        before, begun, times = self._read(), time.monotonic(), 0
        while times < MOST and (times < 2 or time.monotonic() < begun + SECONDS):
            value, times = ask(), times + 1
        spent = [(now - then) * 1000 / times
                 for now, then in zip(self._read(), before, strict=True)]  # fmt: skip
        return value, spent[0], spent[1]

    def _read(self) -> tuple[float, float]:
        return cpu.of_postgres(self.country.postgres), cpu.of_process(self.server.pid)

    def close(self) -> None:
        """Close both ways."""
        self.http.close()
        self.loop.run_until_complete(self.hand.close())
        self.loop.close()


def main(
    rows: Annotated[
        int, typer.Option(min=1000, help="tips, and as many activities; the rest in proportion")
    ] = 100_000,
    folder: Annotated[
        Path | None, typer.Option(help="where the database stays, to be measured again")
    ] = None,
    only: Annotated[str, typer.Option(help="indicators, by commas  [all]")] = "",
) -> None:
    """Measure what figures cost, beside the same counts written by hand in SQL.

    Ends with 1 if a goal is missed, and with 2 if both ways do not count the same.
    """
    wanted = [one for one in COUNTS if not only or one in only.split(",")]
    SAY.print("building the country … (with --folder only once; a million rows take half an hour)")
    with open_country(rows, folder) as country, serving(country.settings, OURS) as servers:
        meter = Meter(country, servers[OURS])
        units = {"01": country.province, "VN": None}
        found = [meter.compare(one, *unit) for one in wanted for unit in units.items()]
        meter.close()
    _tell(found, rows)


def _tell(found: list[Cost], rows: int) -> None:
    table = Table("indicator", "unit", "value", "PostgreSQL ms", "server ms", "by hand ms", "")
    for one in found:
        words = "" if one.reaches else "missed"
        table.add_row(
            one.indicator, one.unit, f"{one.value:,.0f}", f"{one.postgres_ms:.1f}",
            f"{one.server_ms:.1f}", f"{one.by_hand_ms:.1f}",
            words if one.equal else f"by hand {one.by_hand_value:,.0f}",
        )  # fmt: skip
    OUT.print(table)
    about: dict[str, Any] = {"rows": rows, "costs": [asdict(one) for one in found]}
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"figures-{datetime.now():%Y%m%d-%H%M%S}.json"
    path.write_text(json.dumps(about, indent=1))
    SAY.print(f"All of it: {path}", soft_wrap=True)
    if not all(one.equal for one in found):
        raise SystemExit(2)
    if not all(one.reaches for one in found):
        raise SystemExit(1)


if __name__ == "__main__":
    typer.run(main)
