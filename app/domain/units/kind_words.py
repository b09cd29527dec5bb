"""The words for kinds of units, which stand in front of a full name and in no name."""

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


def full_name(kind: UnitKind, name: str) -> str:
    """Return the full name of a unit: Xã Bá Thước."""
    return f"{WORDS.get(kind, '')} {name}".strip()


def bare_name(kind: UnitKind, name: str) -> str:
    """Return a name without its own kind in front of it, which is taken off once.

    The word of another kind is part of the name: a thôn may be called Bản Mạ.
    """
    own = [WORDS.get(kind, ""), *(word for word, of in SHORT_WORDS.items() if of is kind)]
    return next((rest for word in own if (rest := _split_front(word, name))), name)


def find_village_kind(name: str) -> UnitKind | None:
    """Return the kind that stands in front of the name of a village, if any does."""
    found = (kind for word, kind in VILLAGE_KINDS.items() if _split_front(word, name))
    return next(found, None)


def _split_front(word: str, name: str) -> str:
    """Return what follows a word at the front of a name, however both are spelt, or nothing."""
    words, length = name.split(), len(word.split())
    front, rest = " ".join(words[:length]), " ".join(words[length:])
    return rest if word and name_key(front) == name_key(word) and name_key(rest) else ""
