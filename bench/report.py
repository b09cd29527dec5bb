"""The figures: a table for people, a JSON file for comparing runs."""

import json
import platform
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from bench.cases import Case
from bench.measurement import MAX_FOREIGN, Round, Sample
from bench.rounds import FEWEST, Rounds
from bench.servers import OURS, PLAIN

RESULTS = Path(__file__).parent / "results"
FIGURES: dict[str, Callable[[Sample], float]] = {
    "server_ms": lambda sample: sample.server_us / 1000,
    "postgres_ms": lambda sample: sample.postgres_us / 1000,
    "per_second": lambda sample: sample.window.answered / sample.window.seconds,
    "p50_ms": lambda sample: sample.window.p50,
    "p99_ms": lambda sample: sample.window.p99,
}
RATIOS: dict[str, Callable[[Sample], float]] = {
    "server": lambda sample: sample.server_us,
    "with_postgres": lambda sample: sample.server_us + sample.postgres_us,
}


def spread(values: Sequence[float]) -> dict[str, float]:
    """The median of some values, the least and the most."""
    return {"median": median(values), "least": min(values), "most": max(values)}


def summary(case: Case, rounds: Rounds) -> dict[str, Any]:
    """The figures of a case, way by way; of the ways beside ours also the ratio in each round."""
    counted_rounds = rounds.counted_rounds
    ways: dict[str, Any] = {}
    for name in case.asks if counted_rounds else ():
        figures = {
            f: spread([of(one[name]) for one in counted_rounds]) for f, of in FIGURES.items()
        }
        times = {
            r: spread([of(one[name]) / of(one[OURS]) for one in counted_rounds])
            for r, of in RATIOS.items()
        }
        ways[name] = figures | {"times_ours": times}
    return {
        "title": case.title, "goal": case.goal, "good": len(rounds.good),
        "rejected": len(rounds.rejected), "ways": ways,
        "good_samples": _samples(rounds.good), "rejected_samples": _samples(rounds.rejected),
    }  # fmt: skip


def _samples(rounds: list[Round]) -> list[Any]:
    return [{name: asdict(sample) for name, sample in one.items()} for one in rounds]


def print_table(console: Console, found: dict[str, Any]) -> None:
    """Medians, below each the least and the most: what it costs, then how fast it is."""
    cost = _table("CPU ms a request", "server", "PostgreSQL", "× ours", "× ours, both")
    speed = _table("how fast", "a second", "p50 ms", "p99 ms")
    for title, case in found.items():
        for name, way in case["ways"].items():
            told = (title if name == OURS else "", name)
            cells = [_cell(way[figure]) for figure in FIGURES]
            ratios = [_cell(way["times_ours"][ratio]) for ratio in RATIOS if name != OURS]
            cost.add_row(*told, *cells[:2], *ratios)
            speed.add_row(*told, *cells[2:])
    console.print(cost, speed)
    _print_goals(console, found)


def _table(title: str, *heads: str) -> Table:
    table = Table(title=f"{title}: median, least-most", title_justify="left", box=SIMPLE)
    for head in ("", "", *heads):
        table.add_column(head, justify="right" if head else "left")
    return table


def _print_goals(console: Console, found: dict[str, Any]) -> None:
    for case in found.values():
        told = f"{case['title']}: {case['good']} good rounds, {case['rejected']} rejected. "
        noisy = "[red]Too few: the figures are of all.[/red] " if too_few(case) else ""
        console.print(told + noisy + _goal(case), highlight=False)
    console.print(f"A round is rejected when others use more than {MAX_FOREIGN:.0%} of a core.")


def reaches_goal(case: dict[str, Any]) -> bool:
    """Return whether the plain way costs the server as many times as much as the goal says."""
    goal, plain = case["goal"], case["ways"].get(PLAIN)
    return goal is None or bool(plain and plain["times_ours"]["server"]["median"] >= goal)


def too_few(case: dict[str, Any]) -> bool:
    """Return whether the machine was too busy for figures that can be trusted."""
    return bool(case["good"] < FEWEST)


def _goal(case: dict[str, Any]) -> str:
    if case["goal"] is None:
        return ""
    word = "holds" if reaches_goal(case) else "[bold red]is missed"
    return f"[bold]Goal: the plain way costs {case['goal']:g} times as much or more; {word}."


def _cell(values: dict[str, float]) -> str:
    return f"{_short(values['median'])}\n{_short(values['least'])}-{_short(values['most'])}"


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.{1 if value >= 10 else 2}f}"


def write(found: dict[str, Any], about: dict[str, Any]) -> Path:
    """Keep everything that was measured."""
    now = datetime.now().astimezone()
    machine = {"machine": platform.platform(), "python": platform.python_version()}
    whole = {"at": now.isoformat(timespec="seconds")} | machine | about | {"cases": found}
    path = RESULTS / f"{now:%Y-%m-%d-%H%M%S}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(whole, ensure_ascii=False, indent=1), encoding="utf-8")
    return path
