"""Things beyond the small country: the divided, the renamed, the ended, shared names."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from app.db.session import Database, Session
from app.db.tables.programme_models import (
    Days,
    HostKind,
    ModelHost,
    ModelState,
    ModelType,
    ModelTypeName,
    ProgrammeModel,
)
from app.db.tables.units import ReorganisationKind, ReorganisationState, UnitReorganisation
from app.db.vietnamese import name_key, search_key, sort_key
from app.domain.actor import Level
from app.domain.units import queries
from tests.give import Country, give_country
from tests.reads.give_deadlines import give_deadlines
from tests.reads.give_forces import give_forces
from tests.reads.give_map import CLOSED, FAR, MOVED, RENAMED, give_map
from tests.reads.give_model_records import give_model_records, give_retention_rules
from tests.reads.give_papers import give_papers
from tests.reads.give_stated import give_stated
from tests.reads.give_tips import give_tips

# the resources that have rows here; a test compares it with the lists
GIVEN = {
    "Unit", "UnitReorganisation", "ModelType", "Model", "ModelRecognition", "ModelReviewRule",
    "Calendar", "DeadlineRule", "Deadline", "Document", "Attachment", "StatedFigure",
    "Organisation", "Team", "TeamMember", "TeamSizeRule", "Committee", "RetentionRule", "TipDesk",
}  # fmt: skip
TYPES = ["Tổ tự quản", "Tổ tự quản", "Tổ tự quản", "Đội 100%", "Đội_xung kích", "Câu lạc bộ \\ thử",
         "Ánh sáng", "ATM"]  # fmt: skip

QUIET = [date(2024, 1, 1), date(2026, 11, 1)]

UNCOMMITTED = (ReorganisationState.DRAFT, ReorganisationState.WITHDRAWN)


async def give_land(url: str) -> Country:
    """The small country of all tests, and what reads of it can go wrong on."""
    country, database = await give_country(url), Database.connect(url, size=1)
    async with database.write_transaction() as session:
        await give_map(session, country)
        await queries.place_units(session)
        await _types(session, country)
        await _models(session, country)
        await give_model_records(session, country)
        await _reorganisations(session, country)
        await give_deadlines(session, country)
        await give_forces(session, country)
        await give_papers(session, country)
        await give_stated(session, country)
        await give_tips(session, country)
        await give_retention_rules(session)
    await database.close()
    return country


async def _types(session: Session, country: Country) -> None:
    for n, name in enumerate(TYPES):
        kind = ModelType(
            code=f"kind_{n}", name=name, host_kind=list(HostKind)[n], version=n + 1,
            description='Hai dòng\n"và" một dấu \\' if n % 2 else None,
            sort_key=sort_key(name), search_key=search_key(name, f"kind_{n}"),
        )  # fmt: skip
        session.add(kind)
        await session.flush()
        session.add(ModelTypeName(type_id=kind.id, key=name_key(kind.code)))
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
        state=ModelState.LAUNCHED if launched else ModelState.PROPOSED, version=n % 3 + 1,
        at_work=[Days(launched, None)] if launched else [], pilot=n % 5 == 0,
        last_active_on=launched and max(launched, QUIET[n % 2]), failed_reviews=n % 4,
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
            committed_at=None if state in UNCOMMITTED else _moment(n),
            reverses_id=made[n // 2].id if n % 5 == 4 else None,
        )  # fmt: skip
        session.add(act)
        await session.flush()
        made.append(act)


def _pairs() -> Iterator[tuple[ReorganisationKind, ReorganisationState]]:
    for kind in ReorganisationKind:
        for state in ReorganisationState:
            yield from ((kind, state),) * 2
