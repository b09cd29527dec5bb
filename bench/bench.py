"""./run bench: what each question costs us, and what it costs the plain way."""

from dataclasses import asdict, replace
from typing import Annotated, Any

import typer
from rich.console import Console

from bench import cpu
from bench.agreement import Disagreement, check
from bench.cases import Case, all_cases
from bench.client import Client
from bench.measurement import MAX_FOREIGN, MIN_P50S, QUICK, Meter, Plan
from bench.report import print_table, reaches_goal, summary, too_few, write
from bench.rounds import measure
from bench.scenario import Scenario, new_database
from bench.servers import APPS, PLAIN, serving
from bench.statements import Count, count_all, print_counts

OUT = Console()
SAY = Console(stderr=True)
HELP = f"""Measure what questions cost: ours beside the plain way (ORM rows, response models,
Strawberry with DataLoaders), on a database made for it and thrown away afterwards.

First every way gets the same questions, and all must answer the same. Then each round asks
every way in turn, for at least {MIN_P50S} times its median answer, and waits for the last one.
Rounds in which others use more than {MAX_FOREIGN:.0%} of a core are rejected and done again
while there is time. At the end the statements of each operation are counted.

The figure to read is the CPU of the server for each request. All samples are written to
bench/results/. Ends with 1 if a goal is missed or a read takes more than one statement, with 2 if
answers differ, with 3 if the machine was too busy. Needs Linux.
"""


def main(
    quick: Annotated[
        bool, typer.Option("--quick", help="about a minute: little data, 3 short rounds")
    ] = False,
    rounds: Annotated[int | None, typer.Option(min=3, help="good rounds wanted  [7]")] = None,
    models: Annotated[int | None, typer.Option(min=2000, help="models to load  [120000]")] = None,
    seconds: Annotated[
        float | None, typer.Option(min=0.1, help="of a window, at least  [1]")
    ] = None,
    connections: Annotated[
        int | None, typer.Option(min=1, max=64, help="that ask at once  [4]")
    ] = None,
    minutes: Annotated[
        float | None, typer.Option(min=0.2, help="for all; then no more rounds  [4]")
    ] = None,
    patient: Annotated[
        bool, typer.Option("--patient", help="wait before each round until the machine is quiet")
    ] = False,
) -> None:
    given: dict[str, Any] = {
        "rounds": rounds, "models": models, "seconds": seconds, "connections": connections,
        "minutes": minutes, "patient": patient,
    }  # fmt: skip
    plan = replace(QUICK if quick else Plan(), **{n: v for n, v in given.items() if v is not None})
    cpu.pin(0, cpu.LOAD_CORE)
    SAY.print("building the database …")
    with new_database(plan.models) as scenario:
        found = _measure_all(scenario, plan)
        SAY.print("counting statements …")
        counts = count_all(scenario)
        about = asdict(plan) | {"hosts": scenario.filled.hosts}
    _tell(found, counts, about | {"statements": [count.to_dict() for count in counts]})


def _measure_all(scenario: Scenario, plan: Plan) -> dict[str, Any]:
    client = Client()
    try:
        with serving(scenario.settings, *APPS) as servers, SAY.status("") as status:
            cases = [c for c in all_cases(scenario, servers) if plan.all or PLAIN in c.asks]
            for case in cases:
                status.update(f"comparing answers: {case.title}")
                _check_agreement(case, servers, scenario)
            scenario.forget_writes()
            measured = measure(Meter(scenario, servers, client, plan), cases, status.update)
    finally:
        client.close()
    return {case.name: summary(case, measured[case.name]) for case in cases}


def _check_agreement(case: Case, servers: Any, scenario: Scenario) -> None:
    try:
        check(case, servers, scenario)
    except Disagreement as difference:
        SAY.print(f"Answers differ: {case.title}", str(difference), style="red", highlight=False)
        raise SystemExit(2) from None


def _tell(found: dict[str, Any], counts: list[Count], about: dict[str, Any]) -> None:
    print_table(OUT, found)
    print_counts(OUT, counts)
    SAY.print(f"All samples: {write(found, about)}", soft_wrap=True)
    if any(too_few(case) for case in found.values()):
        raise SystemExit(3)
    if not all(reaches_goal(case) for case in found.values()) or not all(c.good for c in counts):
        raise SystemExit(1)


if __name__ == "__main__":
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(help=HELP)(main)
    app()
