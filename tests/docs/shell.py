"""A shell in which the steps of a guide are run one after the other."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Self

from tests.docs.blocks import Step, find_difference, is_refusal, parse_documents
from tests.docs.findings import ROOT

PRINTED = "http://127.0.0.1:8000"
END = "--- end of the step ---"
RUN = f"""#!/bin/sh
cd {ROOT} && exec {sys.executable} -m app.cli "$@"
"""


class Shell:
    """A bash whose variables live as long as the guide does."""

    def __init__(self, folder: Path, site: str, environment: dict[str, str]) -> None:
        (folder / "run").write_text(RUN)
        (folder / "run").chmod(0o755)
        (folder / "docs").symlink_to(ROOT / "docs")
        self.site, self.folder = site, folder
        self.errors = (folder / "errors.txt").open("w+")
        self.process = subprocess.Popen(
            ["bash", "--noprofile", "--norc"], cwd=folder, env=os.environ | environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors,
        )  # fmt: skip
        self.run("set -e -o pipefail")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.communicate("exit 0\n", timeout=30)
        self.errors.close()

    def run(self, text: str) -> str:
        """Run a block as it is printed, at the address of this server; return what it prints."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{text.replace(PRINTED, self.site)}\necho; echo '{END}'\n")
        self.process.stdin.flush()
        lines = list[str]()
        for line in self.process.stdout:
            if line.rstrip("\n") == END:
                return "".join(lines)
            lines.append(line)
        raise AssertionError(f"{text}\nends the shell:\n{''.join(lines)}\n{self.read_errors()}")

    def read_errors(self) -> str:
        """Return what has come on standard error."""
        self.errors.seek(0)
        return self.errors.read()

    def query(self, step: Step) -> str:
        """Send a GraphQL block, with the first block of JSON after it as its variables."""
        variables = json.loads(step.answers.pop(0)[1]) if "$" in step.text else {}
        body = {"query": step.text, "variables": variables}
        (self.folder / "query.json").write_text(json.dumps(body))
        return self.run(
            f'curl -s {PRINTED}/graphql -H "Authorization: Bearer $TOKEN" --json @query.json'
        )

    def perform(self, step: Step) -> str:
        """Run a step and compare what comes with what the guide prints."""
        output = self.query(step) if step.language == "graphql" else self.run(step.text)
        for language, printed in step.answers:
            wrong = compare(language, printed.replace(PRINTED, self.site), output)
            assert not wrong, f"line {step.line}: {wrong}\n{step.text}\n{output}"
        if not step.answers:
            refused = [answer for answer in parse_documents(output) if is_refusal(answer)]
            assert not refused, f"line {step.line}: {refused}\n{step.text}"
        return output


def compare(language: str, printed: str, output: str) -> str | None:
    """Say how an output differs from a printed answer."""
    if language == "text":
        parts = printed.replace("…", " ").split()
        missing = [part for part in parts if part not in output]
        return f"{missing} is not printed" if missing else None
    wanted, found = list(parse_documents(printed)), list(parse_documents(output))
    if len(wanted) != len(found):
        return f"{len(found)} answers where {len(wanted)} are printed"
    pairs = zip(wanted, found, strict=True)
    return next((wrong for one, other in pairs if (wrong := find_difference(one, other))), None)
