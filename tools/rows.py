"""The rows of the four tables of the map."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeAlias

from atlas import ALWAYS, COUNTRY, POLICE_REFORM, REFORM, Atlas, Unit
from source import Key, Link, Place, Row

COUNTRY_ALIAS = "Cộng hòa xã hội chủ nghĩa Việt Nam"
PROVINCE_DECISION = "202/2025/QH15"
COMMUNE_DECISIONS = {
    "19": "1683/NQ-UBTVQH15",
    "22": "1679/NQ-UBTVQH15",
    "38": "1686/NQ-UBTVQH15",
}

Span: TypeAlias = tuple[Unit, str, str]


def units(atlas: Atlas) -> Iterator[Row]:
    """List the units, with their first code and their time."""
    for unit in atlas.units:
        yield {
            "unit_id": unit.id,
            "level": unit.first.level,
            "code": unit.first.code,
            "opened_on": ALWAYS if unit.old else REFORM,
            "closed_on": ALWAYS if unit.new else REFORM,
        }


def versions(atlas: Atlas) -> Iterator[Row]:
    """List the names of each unit, with their times."""
    for unit in atlas.units:
        for place, valid_from, valid_to in appearances(unit):
            yield {
                "unit_id": unit.id,
                "level": place.level,
                "kind": place.kind,
                "code": place.code,
                "name": place.name,
                "full_name": place.full_name,
                "aliases": COUNTRY_ALIAS if place is COUNTRY else "",
                "valid_from": valid_from,
                "valid_to": valid_to,
                "latitude": place.latitude,
                "longitude": place.longitude,
                "area_km2": place.area_km2,
            }


def appearances(unit: Unit) -> Iterator[tuple[Place, str, str]]:
    """One version, or two where the name or the kind changed with the reform."""
    old, new = unit.old, unit.new
    if old and new and old.full_name == new.full_name:
        yield new, ALWAYS, ALWAYS
        return
    if old:
        # A unit that continues has the same territory, so also its area.
        yield replace(old, area_km2=new.area_km2 if new else None), ALWAYS, REFORM
    if new:
        yield new, REFORM, ALWAYS


def parents(atlas: Atlas) -> Iterator[Row]:
    """List the parent of each unit in each hierarchy, with the time."""
    for unit in atlas.units:
        for hierarchy, spans in (("administrative", administrative), ("police", police)):
            for parent, valid_from, valid_to in merge(spans(atlas, unit)):
                yield {
                    "unit_id": unit.id,
                    "hierarchy": hierarchy,
                    "parent_id": parent.id,
                    "valid_from": valid_from,
                    "valid_to": valid_to,
                }


def administrative(atlas: Atlas, unit: Unit) -> Iterator[Span]:
    """Commune, district, province, country; since the reform without the district."""
    if unit is atlas.country:
        return
    if unit.old:
        yield above(atlas, unit.old), ALWAYS, REFORM
    if unit.new:
        yield above_now(atlas, unit.new), REFORM, ALWAYS


def police(atlas: Atlas, unit: Unit) -> Iterator[Span]:
    """The same by dates, but the police of districts was gone four months earlier."""
    level = unit.first.level
    for parent, valid_from, valid_to in administrative(atlas, unit):
        if level == "province" or valid_from == REFORM:
            yield parent, valid_from, valid_to
            continue
        yield parent, ALWAYS, POLICE_REFORM
        if level == "commune":
            yield atlas.old["province", unit.first.province], POLICE_REFORM, REFORM


def above(atlas: Atlas, place: Place) -> Unit:
    """The administrative parent before the reform."""
    if place.level == "commune":
        return atlas.old["district", place.district]
    return atlas.old["province", place.province] if place.province else atlas.country


def above_now(atlas: Atlas, place: Place) -> Unit:
    """The administrative parent since the reform."""
    return atlas.new["province", place.province] if place.province else atlas.country


def merge(spans: Iterable[Span]) -> list[Span]:
    """Neighbouring spans under one parent as a single span."""
    result: list[Span] = []
    for span in spans:
        last = result[-1] if result else None
        if last and last[0] is span[0] and last[2] == span[1]:
            result[-1] = (last[0], last[1], span[2])
        else:
            result.append(span)
    return result


def successions(atlas: Atlas) -> list[Row]:
    """List the closed units with their successors of today."""
    found = [*direct(atlas), *of_districts(atlas)]
    found.sort(key=lambda pair: (pair[0].order, pair[1].order))
    return [row for _, _, row in found]


def direct(atlas: Atlas) -> Iterator[tuple[Unit, Unit, Row]]:
    """The successions the source states: provinces, communes, island districts."""
    for link in atlas.source.links:
        old, new = atlas.old[link.old], atlas.new[link.new]
        if old is not new:
            whole = len(atlas.successors[link.old]) == 1
            row = succession(old, new, share="1" if whole else "", main=whole or link.main)
            yield old, new, row | {"decision": decision(new.first)}


def of_districts(atlas: Atlas) -> Iterator[tuple[Unit, Unit, Row]]:
    """A district lives on in every commune of today that holds any of its communes."""
    heirs: dict[str, dict[Key, Link]] = {}
    for link in atlas.source.links:
        if link.old[0] == "commune":
            district = atlas.source.old[link.old].district
            heirs.setdefault(district, {})[link.new] = link
    for district, communes in heirs.items():
        old = atlas.old["district", district]
        for new in (atlas.new[key] for key in communes):
            row = succession(old, new, share="", main=len(communes) == 1)
            yield old, new, row | {"derived": "true"}


def succession(old: Unit, new: Unit, *, share: str, main: bool) -> Row:
    """One row; its last two columns are the caller's to fill."""
    return {
        "from_id": old.id,
        "to_id": new.id,
        "effective_on": REFORM,
        "share": share,
        "is_main": "true" if main else "false",
        "derived": "false",
        "decision": "",
    }


def decision(new: Place) -> str:
    """The resolution behind a succession, where we know it."""
    if new.level == "province":
        return PROVINCE_DECISION
    return COMMUNE_DECISIONS.get(new.province, "")
