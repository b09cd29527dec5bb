"""A small country: two provinces of two communes of three villages each, and what is in them."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from app.db.base import INFINITY, MINUS_INFINITY
from app.db.session import Database, Session
from app.db.tables.documents import Document, DocumentKind, DocumentState
from app.db.tables.units import Hierarchy, Unit, UnitKind, UnitLevel, UnitParent, UnitVersion
from app.db.vietnamese import search_key, sort_key
from app.domain.actor import Actor, Level, Role
from app.domain.programme_models import service, types
from app.domain.programme_models.schemas import ModelCreate, ModelTypeCreate
from app.domain.units import queries
from tests.application import VIET_NAM

PAPER = UUID("00000000-0000-7000-8000-00000000000d")  # the decision that orders steps
KINDS = {
    UnitLevel.NATIONAL: UnitKind.COUNTRY,
    UnitLevel.PROVINCE: UnitKind.PROVINCE,
    UnitLevel.DISTRICT: UnitKind.DISTRICT,
    UnitLevel.COMMUNE: UnitKind.COMMUNE,
    UnitLevel.VILLAGE: UnitKind.VILLAGE,
}
NAMES = ["Ba Đình", "Đông Anh", "Ắng Lẻng", "Thái Bình", "Thanh Sơn", "Hạ Lý"]
NAMES += ["Hà Giang", "Nà Ỏi", "Ý Yên"]


@dataclass
class Country:
    """The ids of a small country, by the path of their place in it: `units["1.2"]`."""

    units: dict[str, UUID] = field(default_factory=dict)
    levels: dict[UUID, Level] = field(default_factory=dict)
    types: dict[str, UUID] = field(default_factory=dict)
    models: list[UUID] = field(default_factory=list)

    def __getitem__(self, path: str) -> UUID:
        return self.units[path]


async def give_country(url: str) -> Country:
    """Fill an empty database; two types, and models in most of the villages and some communes."""
    database, country = Database.connect(url, size=1), Country()
    async with database.write_transaction() as session:
        await _give_tree(session, country)
        await queries.place_units(session)
        await give_paper(session)
        await _give_models(session, country)
    await database.close()
    return country


async def give_paper(session: Session) -> None:
    """A decision of the country, in force everywhere and always."""
    row = Document(
        id=PAPER, unit_id=VIET_NAM, kind=DocumentKind.DECISION, title="Quyết định", issuer="Bộ",
        level=UnitLevel.NATIONAL, state=DocumentState.ISSUED, issued_on=date(1995, 1, 1),
        issued_year=1995, search_key="quyet dinh",
    )  # fmt: skip
    session.add(row)
    await session.flush()


async def give_unit(
    session: Session, level: UnitLevel, code: str | None, name: str, parent: UUID | None,
    since: date = MINUS_INFINITY, until: date = INFINITY, id: UUID | None = None,
) -> UUID:  # fmt: skip
    """A unit in both hierarchies; call `queries.place_units` when all are there."""
    unit = Unit(id=id or uuid4(), level=level)
    session.add(unit)
    await session.flush()
    session.add(
        UnitVersion(
            unit_id=unit.id,
            level=level,
            kind=KINDS[level],
            code=code,
            name=name,
            full_name=f"{level} {name}",
            sort_key=sort_key(name),
            search_key=search_key(name),
            valid_from=since,
            valid_to=until,
        ),
    )
    for hierarchy in Hierarchy:
        if parent is None:
            continue
        session.add(
            UnitParent(
                unit_id=unit.id,
                hierarchy=hierarchy,
                parent_id=parent,
                valid_from=since,
                valid_to=until,
            ),
        )
    await session.flush()
    return unit.id


async def _give_tree(session: Session, country: Country) -> None:
    async def give(path: str, level: UnitLevel, code: str | None, name: str, parent: Any) -> None:
        id = VIET_NAM if parent is None else None
        country.units[path] = await give_unit(session, level, code, name, parent, id=id)
        country.levels[country.units[path]] = Level(level)

    await give("", UnitLevel.NATIONAL, "VN", "Việt Nam", None)
    for p in "12":
        await give(p, UnitLevel.PROVINCE, f"9{p}", NAMES[int(p)], country[""])
        for c in "12":
            place = f"{p}.{c}"
            await give(
                place, UnitLevel.COMMUNE, f"9000{p}{c}"[-5:], NAMES[int(p + c, 3)], country[p]
            )
            for v in "123":
                name = f"{NAMES[int(v) + 4]} {v}"
                await give(f"{place}.{v}", UnitLevel.VILLAGE, None, name, country[place])


async def _give_models(session: Session, country: Country) -> None:
    roles = frozenset({Role.RECORDER, Role.APPROVER})
    actor = Actor("giver", roles, Level.NATIONAL, VIET_NAM, "giver")
    for code, name in (("to_hoa_giai", "Tổ hòa giải"), ("camera", "Camera giám sát ANTT")):
        data = ModelTypeCreate(code=code, name=name)
        country.types[code] = await types.create_model_type(session, actor, data)
    wanted = []
    for n, (path, unit) in enumerate(country.units.items()):
        if country.levels[unit] in (Level.VILLAGE, Level.COMMUNE) and n % 4:
            hosts = [str(unit)] + ([str(country["2.2"])] if n % 5 == 0 else [])
            wanted.append(
                ModelCreate(
                    type="camera" if n % 3 else "to_hoa_giai",
                    units=hosts,
                    name=f'Mô hình "{path}" \\ đẹp',
                    households=n if n % 2 else None,
                    launched_on=date(2020, 1, n + 1) if n % 7 else None,
                    reference=f"given-{n}",
                )
            )
    country.models = await service.record_models(session, actor, wanted)


__all__ = ["PAPER", "Country", "give_country", "give_paper", "give_unit"]
