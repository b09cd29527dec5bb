"""What the small country lacks: the divided, the renamed, the ended, shared names, odd letters."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlmodel import col, update

from app.db.base import FOR_EVER, LONG_AGO
from app.db.session import Database, Session
from app.db.tables.programme_models import (
    HostKind,
    ModelHost,
    ModelState,
    ModelType,
    ProgrammeModel,
)
from app.db.tables.units import (
    Hierarchy,
    ReorganisationKind,
    ReorganisationState,
    Unit,
    UnitKind,
    UnitLevel,
    UnitParent,
    UnitReorganisation,
    UnitSuccession,
    UnitVersion,
)
from app.db.vietnamese import search_key, sort_key
from app.domain.actor import Level
from app.domain.units import queries
from tests.give import Country, give_country, give_unit

CLOSED, RENAMED, MOVED, FAR = (
    date(2025, 7, 1), date(2023, 1, 1), date(2024, 1, 1), date(2099, 1, 1),
)  # fmt: skip
DAYS = [date(2020, 6, 1), date(2021, 6, 1), RENAMED - timedelta(1), RENAMED, date(2024, 6, 1),
        date(2025, 3, 15), CLOSED - timedelta(1), CLOSED, date(2099, 6, 1)]  # fmt: skip
ODD = ["Thôn 100%", "Thôn 100 5", "Thôn 100_5", "Thôn C:\\", 'Thôn "Ngoặc"', "Thôn 2", "Thôn 10",
       "Đường", "Dương", "Đường", "Xóm  Hai   Dấu"]  # fmt: skip
CODES = ["thon-1", "THON-1", "unavailable"]
EDGES = {Hierarchy.ADMINISTRATIVE: "2", Hierarchy.POLICE: "1"}


async def give_land(url: str) -> Country:
    """The small country of all tests, and what the reading of it can go wrong on."""
    country, database = await give_country(url), Database.connect(url, size=1)
    async with database.writing() as session:
        for give in (_closed_district, _standing_district, _renamed_commune, _odd_names, _brief):
            await give(session, country)
        await queries.place_units(session)
        await _types(session, country)
        await _models(session, country)
        await _reorganisations(session, country)
    await database.close()
    return country


async def _unit(
    session: Session, country: Country, path: str, level: UnitLevel, name: str, parent: str | None,
    **more: Any,
) -> UUID:  # fmt: skip
    above = None if parent is None else country[parent]
    id = await give_unit(session, level, more.pop("code", None), name, above, **more)
    country.units[path], country.levels[id] = id, Level(level)
    return id


async def _edge(session: Session, unit: UUID, kind: Hierarchy, parent: UUID, *since: date) -> None:
    since, until = since if len(since) == 2 else (since[0], FOR_EVER)  # type: ignore[assignment]
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
        await _edge(session, id, Hierarchy.ADMINISTRATIVE, country["1.D"], LONG_AGO, CLOSED)
        await _edge(session, id, Hierarchy.POLICE, country["1.D"], LONG_AGO, date(2025, 3, 1))
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
    ward = _version(id, level, "Mới Mẻ", "00924", RENAMED, FOR_EVER)
    ward.kind, ward.aliases = UnitKind.WARD, ["Phường Đổi", 'tên "khác"']
    ward.latitude, ward.longitude, ward.area_km2 = 21.028511, 105.804817, 0.1 + 0.2
    session.add(ward)
    await _edge(session, id, Hierarchy.ADMINISTRATIVE, country["2"], LONG_AGO)
    await _edge(session, id, Hierarchy.POLICE, country["1"], LONG_AGO, MOVED)
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
    session.add(_version(id, village, "Lại Có", "g-1", date(2022, 1, 1), FOR_EVER))


def _version(
    unit: UUID, level: UnitLevel, name: str, code: str, since: date, until: date
) -> UnitVersion:
    return UnitVersion(
        unit_id=unit, level=level, kind=UnitKind(level), code=code, name=name, full_name=name,
        sort_key=sort_key(name), search_key=search_key(name), valid_from=since, valid_to=until,
    )  # fmt: skip


async def _types(session: Session, country: Country) -> None:
    names = ["Tổ tự quản"] * 3 + [
        "Đội 100%",
        "Đội_xung kích",
        "Câu lạc bộ \\ thử",
        "Ánh sáng",
        "ATM",
    ]
    for n, name in enumerate(names):
        kind = ModelType(
            code=f"kind_{n}", name=name, host_kind=list(HostKind)[n], version=n + 1,
            description='Hai dòng\n"và" một dấu \\' if n % 2 else None,
            sort_key=sort_key(name), search_key=search_key(name, f"kind_{n}"),
        )  # fmt: skip
        session.add(kind)
        await session.flush()
        country.types[kind.code] = kind.id


async def _models(session: Session, country: Country) -> None:
    """Models with hosts in one unit or several, of today and of earlier days."""
    chance = random.Random(11)
    low = (Level.VILLAGE, Level.COMMUNE)
    places = [id for path, id in country.units.items() if country.levels[id] in low]
    for n in range(60):
        hosts = chance.sample(places, chance.choice([1, 1, 1, 2, 3]))
        model = _model(n, hosts[0], chance.choice(list(country.types.values())), chance)
        session.add(model)
        await session.flush()
        session.add_all(ModelHost(model_id=model.id, unit_id=unit) for unit in hosts)
        country.models.append(model.id)
    await session.flush()


def _model(n: int, unit: UUID, type: UUID, chance: random.Random) -> ProgrammeModel:
    launched = chance.choice([None, date(2021, 1, 1), RENAMED, date(2024, 2, 29), CLOSED])
    name = (
        chance.choice(["Cổng an ninh", "Đèn đường", "Tổ 100%", "a_b\\c", 'Dòng\n"hai"']) + f" {n}"
    )
    return ProgrammeModel(
        type_id=type, unit_id=unit, name=name, search_key=search_key(name), launched_on=launched,
        state=ModelState.LAUNCHED if launched else ModelState.PROPOSED, version=chance.randint(1, 3),
        households=chance.choice([None, 0, 12, 100_000_000]), residents=chance.choice([None, 5]),
        source=chance.choice(["tests", "other"]), reference=f"R{n}" if n % 3 else None,
        created_at=_moment(n), created_by=f"officer {n % 4}",
    )  # fmt: skip


def _moment(n: int) -> datetime:
    return datetime(2026, 1, 1, 18, 30, tzinfo=UTC) + timedelta(hours=n, microseconds=n % 3 * 120)


async def _reorganisations(session: Session, country: Country) -> None:
    made: list[UnitReorganisation] = []
    for n, (kind, state) in enumerate(_pairs()):
        act = UnitReorganisation(
            kind=kind, state=state, title=f'Sắp xếp "{n}"', decision=f"{n}/NQ" if n % 2 else None,
            effective_on=[CLOSED, RENAMED, MOVED, FAR][n % 4], plan={}, version=n % 3 + 1,
            unit_id=country[["1", "2", "1.D.a", "2.3.f"][n % 4]],
            committed_at=None if state is ReorganisationState.DRAFT else _moment(n),
            reverses_id=made[n // 2].id if n % 5 == 4 else None,
        )  # fmt: skip
        session.add(act)
        await session.flush()
        made.append(act)


def _pairs() -> Iterator[tuple[ReorganisationKind, ReorganisationState]]:
    for kind in ReorganisationKind:
        for state in ReorganisationState:
            yield from ((kind, state),) * 2
