"""Units that time has passed over: divided, renamed, closed, oddly named, or never quite there."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlmodel import col, update

from app.db.base import INFINITY, MINUS_INFINITY
from app.db.session import Session
from app.db.tables.units import (
    Hierarchy,
    Unit,
    UnitKind,
    UnitLevel,
    UnitParent,
    UnitSuccession,
    UnitVersion,
)
from app.db.vietnamese import search_key, sort_key
from app.domain.actor import Level
from tests.give import Country, give_unit

CLOSED, RENAMED = date(2025, 7, 1), date(2023, 1, 1)
MOVED, FAR = date(2024, 1, 1), date(2099, 1, 1)
DAYS = [date(2020, 6, 1), date(2021, 6, 1), RENAMED - timedelta(1), RENAMED, date(2024, 6, 1),
        date(2025, 3, 15), CLOSED - timedelta(1), CLOSED, date(2099, 6, 1)]  # fmt: skip
ODD = ["Thôn 100%", "Thôn 100 5", "Thôn 100_5", "Thôn C:\\", 'Thôn "Ngoặc"', "Thôn 2", "Thôn 10",
       "Đường", "Dương", "Đường", "Xóm  Hai   Dấu"]  # fmt: skip
CODES = ["thon-1", "THON-1", "unavailable"]


async def give_map(session: Session, country: Country) -> None:
    """Lay these units over the small country."""
    for give in (_closed_district, _standing_district, _renamed_commune, _odd_names, _brief):
        await give(session, country)
    await session.flush()


async def _unit(
    session: Session, country: Country, path: str, level: UnitLevel, name: str, parent: str | None,
    **more: Any,
) -> UUID:  # fmt: skip
    above = None if parent is None else country[parent]
    id = await give_unit(session, level, more.pop("code", None), name, above, **more)
    country.units[path], country.levels[id] = id, Level(level)
    return id


async def _edge(
    session: Session, unit: UUID, kind: Hierarchy, parent: UUID, since: date, until: date = INFINITY
) -> None:
    session.add(
        UnitParent(unit_id=unit, hierarchy=kind, parent_id=parent, valid_from=since, valid_to=until)
    )
    await session.flush()


async def _closed_district(session: Session, country: Country) -> None:
    """A district that ended, and its communes: one went over whole, one was divided."""
    until = {"until": CLOSED}
    await _unit(session, country, "1.D", UnitLevel.DISTRICT, "Đất Cũ", "1", code="901", **until)
    for path, code in (("a", "00911"), ("b", "00912")):
        place = f"1.D.{path}"
        id = await _unit(session, country, place, UnitLevel.COMMUNE, "Cũ", None, code=code, **until)
        await _edge(session, id, Hierarchy.ADMINISTRATIVE, country["1.D"], MINUS_INFINITY, CLOSED)
        await _edge(session, id, Hierarchy.POLICE, country["1.D"], MINUS_INFINITY, date(2025, 3, 1))
        await _edge(session, id, Hierarchy.POLICE, country["1"], date(2025, 3, 1), CLOSED)
        name = f"Xóm {path}"
        await _unit(session, country, f"{place}.1", UnitLevel.VILLAGE, name, place, **until)
    commune, since = UnitLevel.COMMUNE, {"since": CLOSED}
    await _unit(session, country, "1.3", commune, "Mới", "1", code="00911", **since)
    for old, new, share, main, on in (
        ("1.D.a", "1.3", None, True, CLOSED), ("1.D.b", "1.1", "0.6", True, CLOSED),
        ("1.D.b", "1.2", "0.4", False, CLOSED), ("1.D", "1.3", None, False, CLOSED),
        ("1.D", "1.1", None, False, CLOSED), ("2.1", "2.2", "1", True, FAR),
        ("1.D.a.1", "1.1.1", "0.000001", False, date(2025, 7, 2)),
    ):  # fmt: skip
        session.add(
            UnitSuccession(
                from_id=country[old], to_id=country[new], effective_on=on, is_main=main,
                share=Decimal(share) if share else None, derived=old == "1.D",
                decision='Nghị quyết "số 1"' if main else None,
            )
        )  # fmt: skip


async def _standing_district(session: Session, country: Country) -> None:
    """A district of today, so that there is somebody who serves at that level."""
    await _unit(session, country, "2.Q", UnitLevel.DISTRICT, "Quận Hai", "2", code="902")
    id = await _unit(session, country, "2.Q.1", UnitLevel.COMMUNE, "Ý Lan", "2.Q", code="00931")
    for n in "12":
        await _unit(session, country, f"2.Q.1.{n}", UnitLevel.VILLAGE, f"Phố {n}", "2.Q.1")
    day = date(2025, 1, 1)
    session.add(_version(id, UnitLevel.COMMUNE, "Không ngày nào", "00930", day, day))
    await _edge(session, country["2.Q.1.1"], Hierarchy.POLICE, country["1"], day, day)


async def _renamed_commune(session: Session, country: Country) -> None:
    """A commune that became a ward with another code; its police changed province."""
    place, level = "2.3", UnitLevel.COMMUNE
    id = await _unit(session, country, place, level, "Cũ Kỹ", None, code="00923", until=RENAMED)
    ward = _version(id, level, "Mới Mẻ", "00924", RENAMED, INFINITY)
    ward.kind, ward.aliases = UnitKind.WARD, ["Phường Đổi", 'tên "khác"']
    ward.latitude, ward.longitude, ward.area_km2 = 21.028511, 105.804817, 0.1 + 0.2
    session.add(ward)
    await _edge(session, id, Hierarchy.ADMINISTRATIVE, country["2"], MINUS_INFINITY)
    await _edge(session, id, Hierarchy.POLICE, country["1"], MINUS_INFINITY, MOVED)
    await _edge(session, id, Hierarchy.POLICE, country["2"], MOVED)
    await session.exec(update(Unit).where(col(Unit.id) == id).values(version=7))


async def _odd_names(session: Session, country: Country) -> None:
    for n, name in enumerate(ODD):
        code = CODES[n] if n < len(CODES) else None
        await _unit(session, country, f"2.3.{n}", UnitLevel.VILLAGE, name, "2.3", code=code)
    for n in range(5):
        await _unit(session, country, f"2.3.t{n}", UnitLevel.VILLAGE, "Thôn Trùng", "2.3")


async def _brief(session: Session, country: Country) -> None:
    """Units that began late, ended early, paused, or never stood on any day."""
    village = UnitLevel.VILLAGE
    await _unit(session, country, "2.3.f", village, "Tương Lai", "2.3", since=FAR)
    await _unit(session, country, "2.3.z", village, "Ma", "2.3", code="M", since=MOVED, until=MOVED)
    end = date(2022, 5, 1)
    ended = await _unit(session, country, "2.3.e", village, "Đã Hết", "2.3", until=end)
    session.add(
        UnitSuccession(from_id=ended, to_id=country["2.3.t0"], effective_on=end, is_main=True)
    )
    id = await _unit(session, country, "2.3.g", village, "Nghỉ", "2.3", until=date(2021, 1, 1))
    session.add(_version(id, village, "Lại Có", "g-1", date(2022, 1, 1), INFINITY))


def _version(
    unit: UUID, level: UnitLevel, name: str, code: str, since: date, until: date
) -> UnitVersion:
    return UnitVersion(
        unit_id=unit, level=level, kind=UnitKind(level), code=code, name=name, full_name=name,
        sort_key=sort_key(name), search_key=search_key(name), valid_from=since, valid_to=until,
    )  # fmt: skip
