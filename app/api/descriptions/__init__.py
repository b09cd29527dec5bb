"""Descriptions of the contract: types, fields, arguments and values, once for both APIs.

The texts lie in `texts/`, one table for each type. A text is found by its full name (`name` in
`[Team]`), else the description beside the field in code counts, else the text of the plain name in
`["*"]`, which means the same wherever it stands. The tests fail on whatever has no text.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from app.db.query.shape import Shape

ANY = "*"
PARTS_OF = {"Create": "", "Change": "", "Entry": "", "Transition": "TransitionInput"}
RECORDS = (
    "access", "common", "deadlines", "documents", "forces", "programme_models", "tips", "units",
)  # fmt: skip
Texts = dict[str, dict[str, str]]
Values = dict[str, dict[str, Any]]


@cache
def load(*names: str) -> Texts:
    """Load the texts of files: by owner, by name."""
    found: Texts = {}
    for name in names:
        for owner, texts in load_values(name).items():
            found.setdefault(owner, {}).update(texts)
    return found


@cache
def load_values(name: str) -> Values:
    """Load everything in a file: by owner, by name."""
    content = (files(__name__) / "texts" / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(content)


def describe_field(owner: str, name: str, own: str = "") -> str:
    """Describe a field of a type; `own` is the description beside it in code."""
    return _find(load(*RECORDS), _owners(owner), name, own)


def describe_value(enum: str, value: str) -> str:
    """Describe a value of an enum."""
    return load(*RECORDS).get(enum, {}).get(value, "")


def describe_argument(operation: str, name: str, own: str = "") -> str:
    """Describe an argument of an operation."""
    return _find(load("arguments"), (operation,), name, own)


def describe_filter(shape: Shape, name: str) -> str:
    """Describe a filter of a list by its own text, else by that of the field of this name."""
    texts = load("arguments").get(f"{shape.name}Where", {})
    field = describe_field(shape.name, name).partition("; null")[0]
    return texts.get(name) or shape.filters[name].doc or field


def describe_order(name: str) -> str:
    """Describe an order of a list."""
    return load("orders")[ANY].get(name, "")


def describe_comparison(operation: str) -> str:
    """Describe how a filter compares."""
    return load("comparisons")[ANY][operation]


def describe_tag(tag: str) -> str:
    """Describe the operations under a tag."""
    return load("tags")[ANY].get(tag, "")


def describe_permission(permission: str) -> str:
    """Describe a permission."""
    return load("permissions")[ANY].get(permission, "")


def find_example(owner: str, name: str, *, exact: bool = False) -> Any:
    """Find the example of a field; `exact`: only where its own type has one."""
    examples = load_values("examples")
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
            return name, owner or name.removesuffix(suffix)
    return (name,)


def _find(texts: Texts, owners: tuple[str, ...], name: str, own: str) -> str:
    found = (texts[owner][name] for owner in owners if name in texts.get(owner, {}))
    return next(found, own or texts[ANY].get(name, ""))
