"""The keys of a unit's name: by which it is ordered, found and compared."""

from typing import Any

from app.db.vietnamese import name_key, search_key, sort_key


def keys_of(name: str, *others: str) -> dict[str, Any]:
    """Return the keys of a name; it is found by the full name and the aliases too."""
    return {
        "sort_key": sort_key(name),
        "search_key": search_key(name, *others),
        "name_key": name_key(name) or name,
    }
