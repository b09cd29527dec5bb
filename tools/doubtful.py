"""Finds links that the source very likely took from a namesake in another district."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from math import cos, hypot, radians

from atlas import Atlas
from source import Link, Place, Row, Source

KM_PER_DEGREE = 111.2


def links(source: Source) -> list[Link]:
    """Of namesakes stated to go into one commune, all but the likeliest, if they have another."""
    into, targets = defaultdict(list), defaultdict(set)
    for link in source.links:
        if link.old[0] == "commune":
            into[link.new].append(link)
            targets[link.old].add(link.new)
    wrong = [link for group in into.values() for link in namesakes(source, group)]
    return [link for link in wrong if len(targets[link.old]) > 1]


def namesakes(source: Source, group: list[Link]) -> Iterator[Link]:
    """The less likely namesakes among the predecessors of one commune."""
    named = defaultdict(list)
    for link in group:
        named[source.old[link.old].full_name].append(link)
    alone = [source.old[same[0].old] for same in named.values() if len(same) == 1]
    for same in named.values():
        if len(same) > 1:
            yield from sorted(same, key=lambda link: unlikeliness(source, link, alone))[1:]


def unlikeliness(source: Source, link: Link, others: list[Place]) -> tuple[bool, float]:
    """Foreign to the districts of the other predecessors first, then how far from them."""
    old = source.old[link.old]
    foreign = all(old.district != other.district for other in others)
    return foreign, min(kilometres(old, other) for other in others)


def kilometres(a: Place, b: Place) -> float:
    """The distance of two places, as on a flat map: good enough within one province."""
    (north, east), (other_north, other_east) = a.point, b.point
    width = cos(radians((north + other_north) / 2))
    return KM_PER_DEGREE * hypot(north - other_north, (east - other_east) * width)


def rows(atlas: Atlas, links: Iterable[Link]) -> Iterator[Row]:
    """The doubtful links in words, for a check against the resolutions."""
    for link in sorted(links, key=lambda link: (link.old, link.new)):
        old, new = atlas.source.old[link.old], atlas.source.new[link.new]
        rest = [atlas.source.new[x.new] for x in atlas.successors[link.old] if x not in links]
        yield {
            "from_id": atlas.old[link.old].id,
            "from_code": old.code,
            "from_name": old.full_name,
            "from_district": atlas.source.old["district", old.district].full_name,
            "from_province": atlas.source.old["province", old.province].full_name,
            "to_id": atlas.new[link.new].id,
            "to_code": new.code,
            "to_name": new.full_name,
            "is_main": "true" if link.main else "false",
            "likelier": "; ".join(f"{place.code} {place.full_name}" for place in rest),
        }
