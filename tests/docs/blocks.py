"""The code blocks of a guide, and whether an answer is the one that it prints."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.S | re.M)
ANY = "…"


@dataclass
class Step:
    """A block that is run, with the blocks of answers that follow it."""

    language: str
    text: str
    line: int
    answers: list[tuple[str, str]] = field(default_factory=list)


def read_steps(guide: Path) -> list[Step]:
    """Return the steps in order: `sh` and `graphql`, each with its `json` and `text`.

    A block without a language is a picture.
    """
    text, steps = guide.read_text(encoding="utf-8"), list[Step]()
    for found in FENCE.finditer(text):
        indent, language, block = found.groups()
        block = re.sub(rf"(?m)^{indent}", "", block)
        line = text.count("\n", 0, found.start()) + 1
        if language in ("sh", "graphql"):
            steps.append(Step(language, block, line))
        elif language:
            assert language in ("json", "text"), f"{guide.name}:{line}: nothing runs {language!r}"
            assert steps, f"{guide.name}:{line}: an answer without a request"
            steps[-1].answers.append((language, block))
    return steps


def parse_documents(text: str) -> Iterator[Any]:
    """Yield the JSON documents in a text, one after the other; other lines are left out."""
    decoder, text = json.JSONDecoder(), text.lstrip()
    while text:
        if text[0] in "{[":
            value, end = decoder.raw_decode(text)
            yield value
        else:
            end = len(text.partition("\n")[0])
        text = text[end:].lstrip()


def find_difference(printed: Any, found: Any, where: str = "") -> str | None:
    """Say where an answer is not the printed one; `…` stands for anything, or for the rest."""
    if printed == ANY or (isinstance(printed, str) and isinstance(found, str) and ANY in printed):
        pattern = ".*".join(map(re.escape, str(printed).split(ANY)))
        matches = printed == ANY or re.fullmatch(pattern, found, re.S)
        return None if matches else f"{where}: {found!r} is not {printed!r}"
    if isinstance(printed, dict) and isinstance(found, dict):
        for name, value in printed.items():
            if name not in found:
                return f"{where}/{name}: absent"
            if wrong := find_difference(value, found[name], f"{where}/{name}"):
                return wrong
        return None
    if isinstance(printed, list) and isinstance(found, list):
        return find_difference_of_lists(printed, found, where)
    same = type(printed) is type(found) and printed == found
    return None if same else f"{where}: {found!r} is not {printed!r}"


def find_difference_of_lists(printed: list[Any], found: list[Any], where: str) -> str | None:
    """Compare two lists; a last `…` stands for the rest."""
    rest = bool(printed) and printed[-1] == ANY
    wanted = printed[:-1] if rest else printed
    if len(found) < len(wanted) or (not rest and len(found) > len(wanted)):
        return f"{where}: {len(found)} items where {len(printed)} are printed"
    for number, (one, other) in enumerate(zip(wanted, found, strict=False)):
        if wrong := find_difference(one, other, f"{where}/{number}"):
            return wrong
    return None


def is_refusal(answer: Any) -> bool:
    """Say whether an answer is a problem or holds errors of GraphQL."""
    if not isinstance(answer, dict):
        return False
    return bool(answer.get("errors")) or ("code" in answer and "status" in answer)
