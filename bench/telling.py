"""The figures: a table for people, a JSON file for comparing runs."""

import json
import platform
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.cases import Case
from bench.measuring import FEWEST, MOST_FOREIGN, Rounds, Sample
from bench.servers import OURS

RESULTS = Path(__file__).parent / "results"
FIGURES: dict[str, Callable[[Sample], float]] = {
    "server_us": lambda sample: sample.server_us,
    "postgres_us": lambda sample: sample.postgres_us,
    "per_second": lambda sample: sample.window.answered / sample.window.seconds,
    "p50_ms": lambda sample: sample.window.p50,
    "p99_ms": lambda sample: sample.window.p99,
}
HEADS = ("question", "way", "server µs", "PostgreSQL µs", "req/s", "p50 ms", "p99 ms", "× ours")


def spread(values: Sequence[float]) -> dict[str, float]:
    """The median of some values, the least and the most."""
    return {"median": median(values), "least": min(values), "most": max(values)}


def summary(case: Case, rounds: Rounds) -> dict[str, Any]:
    """The figures of a case, way by way; of the ways beside ours also the ratio in each round."""
    told = rounds.told
    ways: dict[str, Any] = {}
    for name in case.asks if told else ():
        figures = {f: spread([of(one[name]) for one in told]) for f, of in FIGURES.items()}
        ratios = [one[name].server_us / one[OURS].server_us for one in told]
        ways[name] = figures | {"times_ours": spread(ratios)}
    return {
        "title": case.title, "goal": case.goal, "good": len(rounds.good),
        "rejected": len(rounds.rejected), "ways": ways,
        "samples": [{name: asdict(sample) for name, sample in one.items()} for one in told],
    }  # fmt: skip


def print_table(console: Console, found: dict[str, Any]) -> None:
    """Medians, and in brackets the least and the most."""
    table = Table(*HEADS, caption="per request; medians of rounds (least to most)")
    for case in found.values():
        for name, figures in case["ways"].items():
            cells = [_cell(figures[figure]) for figure in FIGURES]
            ratio = "" if name == OURS else _cell(figures["times_ours"])
            table.add_row(case["title"] if name == OURS else "", name, *cells, ratio)
        table.add_section()
    console.print(table)
    for case in found.values():
        told = f"{case['title']}: {case['good']} good rounds, {case['rejected']} rejected. "
        noisy = "[red]Too few: the figures are of all.[/red] " if too_few(case) else ""
        console.print(told + noisy + _goal(case), highlight=False)
    console.print(f"A round is rejected when others use more than {MOST_FOREIGN:.0%} of a core.")


def reached(case: dict[str, Any]) -> bool:
    """Whether the median ratio of a case is as high as its goal, if it has one."""
    ratios = [way["times_ours"]["median"] for name, way in case["ways"].items() if name != OURS]
    return case["goal"] is None or (bool(ratios) and ratios[0] >= case["goal"])


def too_few(case: dict[str, Any]) -> bool:
    """Whether the machine was too busy for figures that can be trusted."""
    return bool(case["good"] < FEWEST)


def _goal(case: dict[str, Any]) -> str:
    if case["goal"] is None:
        return ""
    word = "holds" if reached(case) else "[bold red]is missed"
    return f"[bold]Goal: the plain way costs {case['goal']:g} times as much or more; {word}."


def _cell(values: dict[str, float]) -> str:
    return f"{_short(values['median'])} ({_short(values['least'])}-{_short(values['most'])})"


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def write(found: dict[str, Any], about: dict[str, Any]) -> Path:
    """Keep everything that was measured."""
    now = datetime.now().astimezone()
    machine = {"machine": platform.platform(), "python": platform.python_version()}
    whole = {"at": now.isoformat(timespec="seconds")} | machine | about | {"cases": found}
    path = RESULTS / f"{now:%Y-%m-%d-%H%M%S}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(whole, ensure_ascii=False, indent=1), encoding="utf-8")
    return path
