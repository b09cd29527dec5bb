"""Does the steps of the Dockerfile in an empty folder: there is no container engine in CI.

What it does not know it refuses: a step that is left out here would be believed to work.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOME = "/app"  # where the image keeps everything
# Steps of the image's own system: its base, its tools and its user are not the product's.
SYSTEM = ("FROM ", "RUN pip install --no-cache-dir uv==", "RUN useradd ", "USER ", "EXPOSE ",
          "HEALTHCHECK ", f"WORKDIR {HOME}")  # fmt: skip
# Only how fast a container starts hangs on these, and how long the test takes.
SLOW = ("UV_COMPILE_BYTECODE", "UV_LINK_MODE")


@dataclass
class Image:
    """Files that the image holds under its home, and how it is started."""

    home: Path
    environment: dict[str, str] = field(default_factory=dict)
    entry: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)

    @property
    def program(self) -> str:
        """The file that the entry point names, as the image's own path finds it."""
        path = self.environment["PATH"].replace("$PATH", os.defpath)
        found = shutil.which(self.entry[0], path=path)
        assert found, f"{self.entry[0]} is not on the path of the image"
        return found


def build_image(home: Path, uv: str) -> Image:
    """Do every step; each stage begins with what it copies alone."""
    image, before = Image(home), home.with_name("build")
    for step in read_steps((ROOT / "Dockerfile").read_text(encoding="utf-8")):
        if step.startswith("FROM ") and home.exists():
            shutil.move(home, before)
        if step.startswith("FROM "):
            home.mkdir()
            image.environment = {}
        do_step(step, image, before, uv)
    shutil.rmtree(before)
    return image


def read_steps(text: str) -> Iterator[str]:
    """The steps of a Dockerfile, each in one line."""
    text = re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)
    for line in re.sub(r"\\\n\s*", " ", text).splitlines():
        if line.strip():
            yield re.sub(r"\s+", " ", line.strip())


def do_step(step: str, image: Image, before: Path, uv: str) -> None:
    """Do one step in the home of the image; what it does not know it refuses."""
    word, _, rest = step.partition(" ")
    if step.startswith(SYSTEM):
        return
    if step.startswith("RUN uv "):
        kept = {name: value for name, value in image.environment.items() if name not in SLOW}
        environment = clean_environment() | kept | {"UV_PYTHON": sys.executable}
        words = [uv, *rest.split()[1:]]
        subprocess.run(words, cwd=image.home, env=environment, check=True, capture_output=True)
    elif word == "COPY":
        _copy(rest.split(), image.home, before)
    elif word == "ENV":
        for name, value in re.findall(r"(\w+)=(\S+)", rest):
            image.environment[name] = value.replace(HOME + "/", f"{image.home}/")
    elif word in ("ENTRYPOINT", "CMD"):
        setattr(image, "entry" if word == "ENTRYPOINT" else "command", json.loads(rest))
    else:
        raise ValueError(f"This test does not know how to do: {step}")


def _copy(words: list[str], home: Path, before: Path) -> None:
    *sources, target = [word for word in words if not word.startswith("--")]
    of_stage = any(word.startswith("--from=") for word in words)
    for source in sources:
        file = before / source.removeprefix(HOME + "/") if of_stage else _from_context(source)
        goal = home / target / file.name if target.endswith("/") else home / target
        if file.is_dir():
            shutil.copytree(file, goal, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(file, goal)


def _from_context(source: str) -> Path:
    """A file of the checkout, if .dockerignore lets it into the context."""
    let_in = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert let_in[0] == "*"
    assert f"!{source}" in let_in, f"{source} is not let in by .dockerignore"
    return ROOT / source


def clean_environment() -> dict[str, str]:
    """The environment without what would lead to this checkout or to this test's server."""
    mine = ("BINHYEN_", "UV_", "VIRTUAL_ENV", "PYTHONPATH")
    return {name: value for name, value in os.environ.items() if not name.startswith(mine)}
