"""The words for kinds of units, which stand in front of a full name and in no name."""

from collections.abc import Iterator
from functools import cache

from app.db.tables.units import UnitKind
from app.db.vietnamese import name_key

VILLAGE_WORDS = {
    UnitKind.VILLAGE: "Thôn",
    UnitKind.HAMLET: "Bản",
    UnitKind.RESIDENTIAL_GROUP: "Tổ dân phố",
    UnitKind.QUARTER: "Khu phố",
}
WORDS = VILLAGE_WORDS | {
    UnitKind.PROVINCE: "Tỉnh",
    UnitKind.CITY: "Thành phố",
    UnitKind.DISTRICT: "Huyện",
    UnitKind.URBAN_DISTRICT: "Quận",
    UnitKind.TOWN: "Thị xã",
    UnitKind.PROVINCIAL_CITY: "Thành phố",
    UnitKind.COMMUNE: "Xã",
    UnitKind.WARD: "Phường",
    UnitKind.TOWNSHIP: "Thị trấn",
    UnitKind.SPECIAL_ZONE: "Đặc khu",
}
SHORT_WORDS = {"TDP": UnitKind.RESIDENTIAL_GROUP, "Tổ DP": UnitKind.RESIDENTIAL_GROUP,
               "KP": UnitKind.QUARTER}  # fmt: skip
VILLAGE_KINDS = {word: kind for kind, word in VILLAGE_WORDS.items()} | SHORT_WORDS
VILLAGE_KEYS = {name_key(word): kind for word, kind in VILLAGE_KINDS.items()}
MAX_WORDS = max(len(word.split()) for word in (*WORDS.values(), *SHORT_WORDS))


def full_name(kind: UnitKind, name: str) -> str:
    """Return the full name of a unit: Xã Bá Thước."""
    return f"{WORDS.get(kind, '')} {name}".strip()


def bare_name(kind: UnitKind, name: str) -> str:
    """Return a name without its own kind in front of it, which is taken off once.

    The word of another kind is part of the name: a thôn may be called Bản Mạ.
    """
    return next((rest for key, rest in _split_fronts(name) if key in _own_keys(kind)), name)


def find_village_kind(name: str) -> UnitKind | None:
    """Return the kind that stands in front of the name of a village, if any does."""
    found = (VILLAGE_KEYS[key] for key, _ in _split_fronts(name) if key in VILLAGE_KEYS)
    return next(found, None)


@cache
def _own_keys(kind: UnitKind) -> frozenset[str | None]:
    own = [WORDS[kind]] if kind in WORDS else []
    own += [word for word, of in SHORT_WORDS.items() if of is kind]
    return frozenset(map(name_key, own))


def _split_fronts(name: str) -> Iterator[tuple[str | None, str]]:
    """Split a name after each of its first words: the key in front, and the name that follows."""
    words = name.split()
    for length in range(1, min(len(words), MAX_WORDS + 1)):
        rest = " ".join(words[length:])
        if name_key(rest):
            yield name_key(" ".join(words[:length])), rest
