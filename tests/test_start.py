"""The two commands of a newcomer: what starts, what is refused, how it ends."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from app.cli import cli, main
from bench.trust_interrupted import interrupted
from bench.trust_refused import BARE, refused
from bench.trust_start import start
from bench.trust_workers import workers
from tests.trust.short import terms


def commands() -> Iterator[list[str]]:
    """Every command there is, and every command of a command."""
    yield []
    for name, command in getattr(get_command(cli), "commands").items():  # noqa: B009
        yield [name]
        yield from ([name, part] for part in getattr(command, "commands", ()))


@pytest.mark.parametrize("words", [*commands()], ids=" ".join)
def test_every_command_explains_itself(words: list[str]) -> None:
    answer = CliRunner().invoke(cli, [*words, "--help"])
    assert answer.exit_code == 0, answer.output
    assert "Usage" in answer.output


@pytest.mark.parametrize(("environment", "told"), BARE, ids=[told for _, told in BARE])
def test_what_cannot_start_says_why(
    environment: dict[str, str],
    told: str,
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
    assert told in said
    assert "hush" not in said


def test_a_newcomer_gets_an_answer_and_every_end_is_clean() -> None:
    found = start(terms(2))
    print(found)
    assert found.holds, found


def test_data_or_port_that_are_taken_are_told_and_tokens_work_beside_a_server() -> None:
    found = refused(terms(0))
    print(found)
    assert found.holds, found


def test_a_first_start_cut_short_leaves_nothing_in_the_way() -> None:
    found = interrupted(terms(1))
    print(found)
    assert found.holds, found


def test_several_workers_serve_are_replaced_and_end() -> None:
    found = workers(terms(1))
    print(found)
    assert found.holds, found
