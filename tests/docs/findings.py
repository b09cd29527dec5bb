"""Judge names and prose by the banned words and forms of `words.toml`."""

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.docs.names import Name, find_names
from tests.docs.participles import find_gerund, is_bare_participle, split_words
from tests.docs.prose import Passage, find_markdown, find_python

ROOT = Path(__file__).parents[2]
LEFT_OUT = ("app/api/assets", "/.", "__pycache__", "/clients/generated", "/node_modules")


@dataclass(frozen=True)
class Finding:
    """One place where the language is not plain."""

    file: str
    line: int
    kind: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.kind}: {self.what}"

    @property
    def package(self) -> str:
        """The folder of the file, down to the fourth level."""
        parent = self.file.rpartition("/")[0]
        return "/".join(parent.split("/")[:4]) or "."


@cache
def load_words() -> dict[str, Any]:
    """Read the banned words once."""
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


@cache
def compile_patterns(table: str) -> list[tuple[re.Pattern[str], str]]:
    """Compile one table of banned words."""
    return [
        (re.compile(rf"(?<![\w'-])({word.replace(' ', chr(92) + 's+')})(?![\w-])", re.I), plain)
        for word, plain in load_words()[table].items()
    ]


def judge(paths: Iterable[Path]) -> list[Finding]:
    """Judge files and folders."""
    found = [finding for path in paths for file in find_files(path) for finding in judge_file(file)]
    return sorted(found, key=lambda finding: (finding.file, finding.line, finding.kind))


def find_files(path: Path) -> Iterator[Path]:
    """Yield the Python and Markdown files of a path."""
    files = [path] if path.is_file() else sorted(path.rglob("*"))
    for file in files:
        name = "/" + file.relative_to(ROOT).as_posix()
        if file.suffix in (".py", ".md") and not any(part in name for part in LEFT_OUT):
            yield file


def judge_file(file: Path) -> Iterator[Finding]:
    """Judge the names and the prose of one file."""
    name, text = file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8")
    if file.suffix == ".md":
        yield from judge_prose(name, find_markdown(text))
        return
    tree = ast.parse(text)
    yield from judge_module(name)
    for item in find_names(tree):
        yield from judge_name(name, item)
    yield from judge_prose(name, find_python(text, tree, messages=not name.startswith("tests/")))


def judge_module(file: str) -> Iterator[Finding]:
    """Judge the name of a file, and of its folder where the file is the package itself."""
    path = Path(file)
    stem = path.parent.name if path.stem == "__init__" else path.stem.removeprefix("test_")
    yield from judge_name(file, Name("module", stem, 1))


def judge_name(file: str, name: Name) -> Iterator[Finding]:
    """Judge one name by its words and its form."""
    table, allowed = load_words(), load_words()["allowed"]
    if name.text in allowed["name"]:
        return
    judged = [("name", part) for part in split_words(name.text)]
    if name.kind == "constant":
        judged.append(("constant", split_words(name.text)[0]))
    for kind, part in judged:
        for ban, plain in compile_patterns(kind):
            if ban.fullmatch(part):
                yield Finding(file, name.line, name.kind, f"`{name.text}`: {part} -> {plain}")
    if name.kind in ("function", "class", "module") and is_bare_participle(
        name.text, table["irregular"]["words"], allowed["participle"]
    ):
        yield Finding(file, name.line, name.kind, f"`{name.text}`: a bare participle")
    if name.kind == "module" and (gerund := find_gerund(name.text, allowed["gerund"])):
        yield Finding(file, name.line, name.kind, f"`{name.text}`: {gerund} is a gerund")


def judge_prose(file: str, passages: Iterable[Passage]) -> Iterator[Finding]:
    """Judge pieces of prose by their words and how they begin."""
    openings = load_words()["opening"]["words"]
    for passage in passages:
        text = blank_phrases(passage.text)
        for ban, plain in compile_patterns("text"):
            for banned in ban.finditer(text):
                line = passage.line + text.count("\n", 0, banned.start())
                what = f"{banned[0]} -> {plain}: {quote(text, banned)}"
                yield Finding(file, line, passage.kind, what)
        first = re.match(r"\W*([A-Za-z]+)", text)
        if passage.kind == "docstring" and first and first[1].lower() in openings:
            yield Finding(file, passage.line, passage.kind, f"begins with a clause: {first[1]} …")


def blank_phrases(text: str) -> str:
    """Replace the phrases in which a banned word is allowed by blanks."""
    for phrase in load_words()["phrases"]:
        text = re.sub(re.escape(phrase), lambda found: " " * len(found[0]), text, flags=re.I)
    return text


def quote(text: str, found: re.Match[str]) -> str:
    """Quote the words around a finding."""
    around = text[max(0, found.start() - 30) : found.end() + 30]
    return "… " + " ".join(around.split()) + " …"
