"""`.env.example` and the operator's guide name every setting, with the default that it has."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from app.commands.settings import write_example
from app.settings import Settings
from tests.docs.findings import ROOT

PREFIX = "BINHYEN_"


def test_the_file_is_what_the_command_writes() -> None:
    committed = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert committed == write_example(), "run `./run settings example > .env.example`"


def test_every_setting_has_a_meaning() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_a_shell_reads_the_defaults_out_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "env"
    file.write_text(re.sub(rf"(?m)^#({PREFIX})", r"\1", write_example()), encoding="utf-8")
    done = subprocess.run(
        ["sh", "-c", f"set -a; . {file}; env -0"], capture_output=True, check=True
    ).stdout.decode()
    read = dict(line.partition("=")[::2] for line in done.split("\0") if line.startswith(PREFIX))
    assert len(read) >= len(Settings.model_fields)
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)
    plain = Settings()
    for name, value in read.items():
        monkeypatch.setenv(name, value)
    assert Settings() == plain


def test_the_operators_guide_names_every_setting() -> None:
    guide = (ROOT / "docs/guide/operator.md").read_text(encoding="utf-8")
    table = guide.partition("## Settings")[2].partition("\n## ")[0]
    rows = re.findall(r"(?m)^\| ([A-Z_, ]+) \|", table)
    named = [name.strip().lower() for row in rows for name in row.split(",")]
    assert sorted(named) == sorted(Settings.model_fields)
