"""Descriptions of the contract: types, fields, arguments and values, once for both APIs.

The texts lie in `texts/`, in as many files as there are features, one table for each type. A text
is found by its full name (`name` in `[Team]`), else the description beside the field in code
counts, else the text of the plain name in `["*"]`, which means the same wherever it stands. The
tables `permissions`, `tags`, `actions`, `arguments`, `orders`, `comparisons` and `examples` may be
continued in any file. The tests fail on whatever has no text.
"""

import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from app.db.query.shape import Shape

ANY = "*"
COUNT, COUNTED = "_count", "Number of all `{}`; the list of them may be cut."
PARTS_OF = {
    "Create": "", "Change": "", "Entry": "", "Transition": "TransitionInput",
    "Step": "TransitionInput",
}  # fmt: skip
BETWEEN = {"Entry": "Create", "Step": "Transition"}  # an item of a batch repeats a whole input
Texts = dict[str, dict[str, str]]


class TextDefinedTwice(Exception):
    """Two files define the same text."""

    def __init__(self, file: str, owner: str, name: str) -> None:
        super().__init__(
            f"{file} defines [{owner}] {name}, which another file defines too: delete one of them."
        )


@cache
def load() -> Texts:
    """Load all texts: by owner, by name."""
    return read_texts(files(__name__) / "texts")


def read_texts(folder: Traversable) -> Texts:
    """Read every file of texts in a folder; refuse a name that two of them define."""
    found: Texts = {}
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml"))
    for file in names:
        content = tomllib.loads((folder / file).read_text(encoding="utf-8"))
        for owner, texts in content.items():
            table = found.setdefault(owner, {})
            for name in sorted(table.keys() & texts.keys()):
                raise TextDefinedTwice(file, owner, name)
            table.update(texts)
    return found


def describe_field(owner: str, name: str, own: str = "") -> str:
    """Describe a field of a type; `own` is the description beside it in code."""
    text = _find(_owners(owner), name, own)
    return text or (COUNTED.format(name.removesuffix(COUNT)) if name.endswith(COUNT) else "")


def describe_value(enum: str, value: str) -> str:
    """Describe a value of an enum."""
    return load().get(enum, {}).get(value, "")


def describe_argument(operation: str, name: str, own: str = "") -> str:
    """Describe an argument of an operation."""
    return _find((operation,), name, own, "arguments")


def describe_filter(shape: Shape, name: str) -> str:
    """Describe a filter of a list by its own text, else by that of the field of this name."""
    texts = load().get(f"{shape.name}Where", {})
    field = describe_field(shape.name, name).partition("; null")[0]
    return texts.get(name) or shape.filters[name].doc or field


def describe_order(name: str) -> str:
    """Describe an order of a list."""
    return load()["orders"].get(name, "")


def describe_comparison(operation: str) -> str:
    """Describe how a filter compares."""
    return load()["comparisons"][operation]


def describe_action(path: str, action: str) -> str:
    """Describe what a transition takes beside what its state machine requires."""
    return load()["actions"].get(f"{path}/{action}", "")


def describe_tag(tag: str) -> str:
    """Describe the operations under a tag."""
    return load()["tags"].get(tag, "")


def describe_permission(permission: str) -> str:
    """Describe a permission."""
    return load()["permissions"].get(permission, "")


def find_example(owner: str, name: str, *, exact: bool = False) -> Any:
    """Find the example of a field; `exact`: only where its own type has one."""
    examples: Any = load()["examples"]
    owners = (owner,) if exact else (*_owners(owner), ANY)
    return next((examples[one][name] for one in owners if name in examples.get(one, {})), None)


def sentence(text: str | None) -> str:
    """Write a text as a sentence: with a capital letter and a full stop."""
    words = " ".join((text or "").split())
    if not words:
        return ""
    first = words[0].upper() + words[1:]
    return first if first[-1] in ".!?" else f"{first}."


def _owners(name: str) -> tuple[str, ...]:
    """Return a type, and the one whose fields it repeats: `TeamCreate` those of `Team`."""
    for suffix, owner in PARTS_OF.items():
        if name.endswith(suffix) and name != suffix:
            base = name.removesuffix(suffix)
            return name, base + BETWEEN.get(suffix, suffix), owner or base
    return (name,)


def _find(owners: tuple[str, ...], name: str, own: str, general: str = ANY) -> str:
    texts = load()
    found = (texts[owner][name] for owner in owners if name in texts.get(owner, {}))
    return next(found, own or texts[general].get(name, ""))
