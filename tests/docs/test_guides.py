"""The guides hold: every command and request is run as printed, every answer is the printed one."""

import os
import re
import sys
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.docs.blocks import Step, find_difference, is_refusal, parse_documents, read_steps
from tests.docs.conftest import Server
from tests.docs.findings import ROOT
from tests.docs.login import sign_in
from tests.docs.shell import Shell, compare

GUIDE = ROOT / "docs/guide"


@pytest.mark.parametrize("guide", ["integrator", "data-clerk", "exchange"])
def test_a_guide_holds(guide: str, server: Server, tmp_path: Path) -> None:
    with Shell(tmp_path, server.site, server.environment) as shell:
        for step in read_steps(GUIDE / f"{guide}.md"):
            shell.perform(step)


def test_the_mobile_guide_holds(server: Server, tmp_path: Path) -> None:
    with Shell(tmp_path, server.site, server.environment) as shell:
        for step in read_steps(GUIDE / "mobile.md"):
            output = shell.perform(step)
            if "mobile_client phone sign-in" in step.text:
                shell.run(f"ANSWER='{urlencode(sign_in(output.strip(), 'ghichep.xa'))}'")
            elif "/oauth/authorize?" in output:
                received = sign_in(output.strip())
                assert received["iss"]
                assert received["state"] == shell.run('echo "$STATE"').strip()
                shell.run(f"CODE={received['code']}")


def test_the_guide_for_receivers_holds(server: Server, tmp_path: Path) -> None:
    """With the sample receiver as it lies beside the guide, and our Python that has its package."""
    path = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    with Shell(tmp_path, server.site, server.environment | path) as shell:
        for step in read_steps(GUIDE / "webhooks.md"):
            shell.perform(step)


def test_the_readme_holds(server: Server, tmp_path: Path) -> None:
    """The first block is what has started the server, and what runs this test."""
    commands, *steps = read_steps(ROOT / "README.md")
    assert [line.split("#")[0].strip() for line in commands.text.splitlines()] == [
        "./run",
        "./run test",
    ]
    with Shell(tmp_path, server.site, server.environment) as shell:
        pasted = re.search(r"(?m)^curl -s .*$", server.printed)
        assert pasted, server.printed
        shell.perform(Step("sh", pasted[0], commands.line, commands.answers))
        for step in steps:
            shell.perform(step)


@pytest.mark.parametrize("guide", ["integrator", "mobile", "data-clerk", "exchange", "webhooks"])
def test_no_block_of_a_guide_is_left_out(guide: str) -> None:
    text = (GUIDE / f"{guide}.md").read_text(encoding="utf-8")
    assert len(re.findall(r"(?m)^ *```\w", text)) * 2 == len(re.findall(r"(?m)^ *```", text))


@pytest.mark.parametrize(
    ("printed", "found", "same"),
    [
        ('{"a": 1}', '{"a": 1, "b": 2}', True),
        ('{"a": 1}', '{"a": true}', False),
        ('{"a": 1}', '{"b": 1}', False),
        ('{"a": "…"}', '{"a": [1]}', True),
        ('{"a": "x…z"}', '{"a": "xyz"}', True),
        ('{"a": "x…z"}', '{"a": "xy"}', False),
        ('{"a": [1, "…"]}', '{"a": [1, 2, 3]}', True),
        ('{"a": [1]}', '{"a": [1, 2]}', False),
        ('{"a": [1, 2]}', '{"a": [1]}', False),
        ('{"a": 1} {"a": 2}', '{"a": 1}{"a": 2}', True),
        ('{"a": 1}', '{"a": 1}{"a": 2}', False),
    ],
)
def test_an_answer_is_compared_with_the_printed_one(printed: str, found: str, same: bool) -> None:
    assert (compare("json", printed, found) is None) is same


def test_text_is_compared_word_by_word() -> None:
    assert compare("text", "201 … replayed: true", "HTTP/1.1 201 Created\nreplayed: true") is None
    assert compare("text", "404", "HTTP/1.1 201 Created") is not None


def test_refusals_are_recognised() -> None:
    answers = (
        '{"errors": [{}], "data": null} {"status": 404, "code": "x"} {"code": "01"} {"errors": []}'
    )
    assert [is_refusal(one) for one in parse_documents(answers)] == [True, True, False, False]
    assert find_difference("…", None) is None
