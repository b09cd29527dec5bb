"""Checks the map as it lies in app/data/map, by reading nothing but its files."""

import csv
import lzma
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

Row: TypeAlias = dict[str, str]
Span: TypeAlias = tuple[str, str]

POLICE_REFORM = "2025-03-01"
EVE, REFORM = "2025-06-30", "2025-07-01"
FOREVER = "9999-12-31"
EXPECTED = {
    EVE: {"national": 1, "province": 63, "district": 696, "commune": 10_035},
    REFORM: {"national": 1, "province": 34, "commune": 3_321},
}
SIZE = 2_000_000
BAC_KAN, BAC_KAN_COMMUNES = "06", 108
BA_CHE, PHU_SON = "202", "Phường Phú Sơn"
SHOWN = ("01978", "01852", "02005", "063", "14923")


class MapTables:
    """The tables as they are shipped, indexed by unit."""

    def __init__(self, folder: Path) -> None:
        self.units = {row["unit_id"]: row for row in table(folder, "units")}
        self.versions = by(table(folder, "versions"), "unit_id")
        self.parents = by(table(folder, "parents"), "unit_id", "hierarchy")
        self.successions = table(folder, "successions")
        self.successors = by(self.successions, "from_id")
        self.predecessors = by(self.successions, "to_id")

    def on(self, day: str) -> list[Row]:
        """The versions valid on a day."""
        return [v for rows in self.versions.values() for v in rows if covers(span(v), day)]

    def find(self, code: str, day: str) -> Row:
        """The one version that bears a code on a day."""
        found = [version for version in self.on(day) if version["code"] == code]
        assert len(found) == 1, (code, day, found)
        return found[0]

    def version(self, unit: str, day: str) -> Row:
        """Return the version of a unit on a day."""
        return next(v for v in self.versions[unit] if covers(span(v), day))

    def parent(self, unit: str, day: str) -> str:
        """The administrative parent of a unit on a day; empty when it has none."""
        rows = self.parents.get((unit, "administrative"), [])
        return next((row["parent_id"] for row in rows if covers(span(row), day)), "")


def main(folder: Path) -> None:
    """Stop at the first thing wrong; otherwise print the figures."""
    shipped = MapTables(folder)
    for check in (counts_and_codes, lives, hierarchies, successions, bac_kan, figures, examples):
        check(shipped)
    size = sum(file.stat().st_size for file in folder.iterdir())
    assert size < SIZE, size
    print(f"All checks passed; {size:,} bytes in {folder}.")


def table(folder: Path, name: str) -> list[Row]:
    """The rows of one file."""
    with lzma.open(folder / f"{name}.csv.xz", "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by(rows: list[Row], *columns: str) -> dict[Any, list[Row]]:
    """The rows under each value of a column, or of two."""
    groups = defaultdict(list)
    for row in rows:
        key = tuple(row[column] for column in columns)
        groups[key if len(key) > 1 else key[0]].append(row)
    return dict(groups)


def span(row: Row, first: str = "valid_from", last: str = "valid_to") -> Span:
    """From, and up to but not including, as text that compares."""
    return row[first], row[last] or FOREVER


def covers(span: Span, day: str) -> bool:
    """Return whether a day lies in a span."""
    return span[0] <= day < span[1]


def fills(rows: list[Row], life: Span) -> bool:
    """Return whether the spans of these rows fill a life without gap or overlap."""
    spans = sorted(span(row) for row in rows)
    joined = all(a[1] == b[0] for a, b in pairwise(spans))
    return joined and (spans[0][0], spans[-1][1]) == life


def counts_and_codes(shipped: MapTables) -> None:
    """The known totals on both days, and no code twice on one day."""
    for day, expected in EXPECTED.items():
        valid = shipped.on(day)
        count = Counter(version["level"] for version in valid)
        assert count == expected, (day, count)
        assert len({version["code"] for version in valid}) == len(valid), day
        print(f"{day}: {dict(count)}, {dict(Counter(v['kind'] for v in valid))}")


def lives(shipped: MapTables) -> None:
    """The versions of a unit fill its life."""
    assert shipped.versions.keys() == shipped.units.keys()
    for unit, row in shipped.units.items():
        life = span(row, "opened_on", "closed_on")
        assert life[0] < life[1] and fills(shipped.versions[unit], life), row
    print(f"{len(shipped.units):,} units, {sum(map(len, shipped.versions.values())):,} versions")


def hierarchies(shipped: MapTables) -> None:
    """Every unit has one parent each day; a district's police parent goes four months early."""
    for unit, row in shipped.units.items():
        for hierarchy in ("administrative", "police"):
            spans = shipped.parents.get((unit, hierarchy), [])
            assert all(alive(shipped, unit, parent) for parent in spans), row
            if row["level"] == "national":
                assert not spans
                continue
            opened, closed = span(row, "opened_on", "closed_on")
            early = hierarchy == "police" and row["level"] == "district"
            assert fills(spans, (opened, POLICE_REFORM if early else closed)), (row, hierarchy)
    print(f"{sum(map(len, shipped.parents.values())):,} parents; districts leave the police early")


def alive(shipped: MapTables, unit: str, row: Row) -> bool:
    """Return whether the parent exists all the time it is a parent, at a higher level."""
    above, below = shipped.units[row["parent_id"]], shipped.units[unit]
    first, last = span(above, "opened_on", "closed_on")
    return first <= span(row)[0] and span(row)[1] <= last and above["level"] != below["level"]


def successions(shipped: MapTables) -> None:
    """Check that closed units have successors, one main unless derived, and no edge twice."""
    pairs = {(row["from_id"], row["to_id"]) for row in shipped.successions}
    assert len(pairs) == len(shipped.successions)
    for unit, row in shipped.units.items():
        edges = shipped.successors.get(unit, [])
        assert bool(row["closed_on"]) == bool(edges), row
        assert not row["opened_on"] or unit in shipped.predecessors, row
        mains = sum(edge["is_main"] == "true" for edge in edges)
        derived = any(edge["derived"] == "true" for edge in edges)
        assert not edges or mains == 1 or (derived and mains == 0), row
        assert all((edge["share"] == "1") == (len(edges) == 1 and not derived) for edge in edges)


def bac_kan(shipped: MapTables) -> None:
    """Bắc Kạn had 108 communes, and none was divided."""
    communes = [v["unit_id"] for v in under(shipped, BAC_KAN, EVE) if v["level"] == "commune"]
    assert len(communes) == BAC_KAN_COMMUNES, len(communes)
    assert all(len(shipped.successors.get(unit, [])) <= 1 for unit in communes)
    print(f"Bắc Kạn (06): {len(communes)} communes, none divided")


def under(shipped: MapTables, code: str, day: str) -> list[Row]:
    """All that lies under a unit on a day."""
    top, found = shipped.find(code, day)["unit_id"], []
    for version in shipped.on(day):
        unit = version["unit_id"]
        while unit := shipped.parent(unit, day):
            if unit == top:
                found.append(version)
    return found


def figures(shipped: MapTables) -> None:
    """Print the number of units that continue, and of successions of each kind."""
    rows = shipped.units.values()
    both = Counter(r["level"] for r in rows if not r["opened_on"] and not r["closed_on"])
    changed = sum(len(versions) > 1 for versions in shipped.versions.values())
    print(f"continuing as the same unit: {dict(both)}; {changed} of them under a new name or kind")
    edges = Counter(shipped.units[r["from_id"]]["level"] + kind(r) for r in shipped.successions)
    print(f"{len(shipped.successions):,} succession edges: {dict(edges)}")
    direct = by([r for r in shipped.successions if r["derived"] == "false"], "from_id")
    divided = {unit for unit, found in direct.items() if len(found) > 1}
    print(f"divided communes: {len(divided)}, by {sum(len(direct[u]) for u in divided)} edges")


def kind(row: Row) -> str:
    """Return the origin of the edge."""
    if row["derived"] == "true":
        return " (derived)"
    return " (whole)" if row["share"] else " (part)"


def examples(shipped: MapTables) -> None:
    """The old units that stood in the sources of this product, and where they went."""
    units = [shipped.find(code, EVE) for code in SHOWN]
    units += [v for v in shipped.on(EVE) if v["full_name"] == PHU_SON and in_thanh_hoa(shipped, v)]
    units += [shipped.find(BA_CHE, EVE), *under(shipped, BA_CHE, EVE)]
    for version in units:
        unit = version["unit_id"]
        heirs = [heir(shipped, edge) for edge in shipped.successors.get(unit, [])]
        print(f"  {version['code']} {version['full_name']} -> {', '.join(heirs) or 'continues'}")


def in_thanh_hoa(shipped: MapTables, version: Row) -> bool:
    """Return whether the commune lay in the city of Thanh Hóa."""
    district = shipped.parent(version["unit_id"], EVE)
    return shipped.version(district, EVE)["full_name"] == "Thành phố Thanh Hóa"


def heir(shipped: MapTables, edge: Row) -> str:
    """A successor in words."""
    version = shipped.version(edge["to_id"], REFORM)
    main = " (main)" if edge["is_main"] == "true" else ""
    return f"{version['code']} {version['full_name']}{main}"


if __name__ == "__main__":
    main(Path(__file__).parents[1] / "app" / "data" / "map")
