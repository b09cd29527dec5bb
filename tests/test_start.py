"""The two commands of a newcomer: what starts, what is refused, how it ends."""

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from typer import Typer
from typer.main import get_command, get_group
from typer.testing import CliRunner

from app.cli import cli, main
from bench.trust_interrupted import interruptions
from bench.trust_refused import BARE, refusals
from bench.trust_start import start
from bench.trust_workers import workers
from tests.trust.short import terms

ROOT = Path(__file__).parents[1]


def commands() -> Iterator[list[str]]:
    """Every command there is, and every command of a command."""
    yield []
    group: Any = get_command(cli)
    for name in group.list_commands(None):
        yield [name]
        command = group.get_command(None, name)
        yield from ([name, part] for part in getattr(command, "commands", ()))


def test_no_command_of_any_module_is_left_out() -> None:
    reached = {words[-1] for words in commands() if words}
    for path in (Path(__file__).parents[1] / "app/commands").glob("*.py"):
        module = import_module(f"app.commands.{path.stem}")
        brought = [part for part in vars(module).values() if isinstance(part, Typer)]
        assert {name for part in brought for name in get_group(part).commands} <= reached


def test_a_token_does_not_load_the_application() -> None:
    loaded = "import sys, app.cli, app.commands.access; print(*sys.modules, sep='\\n')"
    program = [sys.executable, "-c", loaded]
    ran = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "app.commands.access" in ran.stdout.split()
    away = (
        "app.main",
        "app.api",
        "app.demo.programme_models",
        "app.domain.tips",
        "alembic",
        "fastapi",
    )
    names = (f"{name}." for name in ran.stdout.split())
    assert not [name for name in names if name.startswith(tuple(f"{one}." for one in away))]


@pytest.mark.parametrize("words", [*commands()], ids=" ".join)
def test_every_command_explains_itself(words: list[str]) -> None:
    answer = CliRunner().invoke(cli, [*words, "--help"])
    assert answer.exit_code == 0, answer.output
    assert "Usage" in answer.output


@pytest.mark.parametrize(("environment", "expected"), BARE, ids=[expected for _, expected in BARE])
def test_what_cannot_start_says_why(
    environment: dict[str, str],
    expected: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in [name for name in os.environ if name.startswith("BINHYEN_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("BINHYEN_DATA", str(tmp_path))
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.argv", ["binhyen", "token", "--role", "viewer", "--unit", "VN"])
    if "production" in environment.values():
        monkeypatch.setattr("sys.argv", ["binhyen", "serve", "--port", "0"])

    with pytest.raises(SystemExit) as end:
        main()

    said = capsys.readouterr().err
    assert end.value.code == 1
    assert expected in said
    assert "hush" not in said


def test_a_newcomer_gets_an_answer_and_the_end_is_clean() -> None:
    found = start(terms(1))
    print(found)
    assert found.holds, found


def test_data_or_port_in_use_are_reported_and_tokens_work_beside_a_server() -> None:
    found = refusals(terms(0))
    print(found)
    assert found.holds, found


def test_a_first_start_cut_short_leaves_nothing_in_the_way() -> None:
    found = interruptions(terms(1))
    print(found)
    assert found.holds, found


def test_several_workers_serve_are_replaced_and_end() -> None:
    found = workers(terms(0))
    print(found)
    assert found.holds, found
