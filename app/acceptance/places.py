"""Places as sources print them, found on the map of a day."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.acceptance.client import Api
from app.acceptance.words import fold, write_out

COUNTRY = (
    "national",
    "ca nuoc",
    "toan quoc",
    "viet nam",
    "country",
    "nationwide",
    "vn",
    "trung uong",
)
KINDS = {  # by the words before a name, the longer ones first
    "thi tran": "township", "thi xa": "town", "thanh pho": "city provincial_city",
    "dac khu": "special_zone", "to dan pho": "residential_group", "khu pho": "quarter",
    "tinh": "province", "huyen": "district", "quan": "urban_district", "phuong": "ward",
    "xa": "commune", "thon": "village", "ban": "hamlet", "township": "township",
    "province": "province", "district": "district urban_district", "commune": "commune",
    "ward": "ward", "village": "village", "city": "city provincial_city",
    "tp": "city provincial_city",
    "tt": "township", "tx": "town", "h": "district", "q": "urban_district", "x": "commune",
    "p": "ward", "t": "province",
}  # fmt: skip
JOINED = re.compile(r"\s*(?:\+|&|;| và | and )\s*")
SEVERAL = re.compile(r"\d+ (tinh|huyen|xa|phuong|thon|ban|provinces|districts|communes)")
BEFORE_MERGER = date(2025, 6, 30)  # the last day of the former map, on which most sources stand
FIELDS = "id,code,name,full_name,kind,level,path"


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """The unit that a place is, or the smallest that is known to hold it, on a day."""

    unit: str
    name: str
    day: date
    exact: bool  # whether it is the unit itself


class Places:
    """The places of a file: what one row leaves open, other rows of its source may tell."""

    def __init__(self, api: Api, today: date) -> None:
        self._api, self._today = api, today

    def find(self, printed: str, days: Iterable[date], context: Sequence[str]) -> FoundPlace | str:
        """Find a place on the first of some days that knows it, or return why there is none."""
        text = fold(printed)
        if text in COUNTRY or not text:
            return FoundPlace("VN", "Việt Nam", self._today, bool(text))
        if SEVERAL.fullmatch(text):
            return FoundPlace("VN", "Việt Nam", self._today, False)
        reasons = list[str]()
        for day in self._list_days(days):
            found = [self._find_one(part, day, context) for part in JOINED.split(printed)]
            known = [one for one in found if not isinstance(one, str)]
            if len(known) == len(found):
                return self._join(known, day)
            reasons += [one for one in found if isinstance(one, str)]
        return reasons[0]

    def _list_days(self, days: Iterable[date]) -> list[date]:
        own = [min(day, self._today) for day in days]
        return list(dict.fromkeys([*own, self._today, BEFORE_MERGER]))

    def _find_one(self, printed: str, day: date, context: Sequence[str]) -> tuple[Any, bool] | str:
        """Find one place; a part of it that the map does not know lies in the next one."""
        parts = [re.sub(r"\(.*?\)", "", part) for part in printed.split(",")]
        names = [part.strip() for part in parts if part.strip()]
        for number, name in enumerate(names):
            found = self._search(name, day)
            found = _filter_by_all(found, names[number + 1 :]) if len(names) > number + 1 else found
            if len(found) > 1:
                found = _filter_by_any(found, context) or found
            if len(found) > 1:
                several = "; ".join(one["path"] for one in found[:4])
                return f"“{printed}” may be {several}"
            if found:
                return found[0], number == 0
        return f"“{printed}” is on no map"

    def _search(self, printed: str, day: date) -> list[Any]:
        kinds, name = split_kind(write_out(printed))
        asked = {"search": name, "as_of": day.isoformat(), "fields": FIELDS, "limit": 100}
        units = self._api.get("units", **asked)["items"]
        same = [one for one in units if fold(one["name"]) == fold(name)]
        of_kind = [one for one in same if not kinds or one["kind"] in kinds]
        exact = [one for one in of_kind if one["name"].casefold() == name.casefold()]
        return exact or of_kind

    def _join(self, found: Sequence[tuple[Any, bool]], day: date) -> FoundPlace:
        if len({one["id"] for one, _ in found}) == 1:
            unit, exact = found[0]
            return FoundPlace(unit["id"], unit["full_name"], day, exact)
        lines = [self._list_above(one["id"], day) for one, _ in found]
        shared = next(one for one in lines[0] if all(one in line for line in lines[1:]))
        return FoundPlace(shared[0], shared[1], day, False)

    def _list_above(self, unit: str, day: date) -> list[tuple[str, str]]:
        """List a unit and all above it, the nearest first, and the country last."""
        asked = {"as_of": day.isoformat(), "fields": "id,full_name,ancestors[id,full_name]"}
        found = self._api.get(f"units/{unit}", **asked)
        above = found["ancestors"]
        items = above["items"] if isinstance(above, dict) else above
        return [(one["id"], one["full_name"]) for one in (found, *items)]


def split_kind(printed: str) -> tuple[tuple[str, ...], str]:
    """Split the kind of a unit from its name; without a kind, any will do."""
    words = printed.replace(".", " ").split()
    for length in (3, 2, 1):
        kinds = KINDS.get(fold(" ".join(words[:length])))
        if kinds and len(words) > length:
            return tuple(kinds.split()), " ".join(words[length:])
    last = KINDS.get(fold(words[-1])) if len(words) > 1 else None
    return (tuple(last.split()), " ".join(words[:-1])) if last else ((), " ".join(words))


def _filter_by_all(units: Sequence[Any], above: Sequence[str]) -> list[Any]:
    """Keep the units that lie in all of these places, by their paths."""
    names = [f" {fold(split_kind(name)[1])}," for name in above]
    return [one for one in units if all(name in _fold_path(one) for name in names)]


def _filter_by_any(units: Sequence[Any], context: Sequence[str]) -> list[Any]:
    """Keep the units that lie in any place that other rows of the source name."""
    names = [f" {fold(split_kind(name)[1])}," for name in context]
    return [one for one in units if any(name in _fold_path(one) for name in names)]


def _fold_path(unit: Any) -> str:
    above = str(unit["path"]).split(",")[1:]
    return " " + ", ".join(fold(part) for part in above) + ","
