"""Organisations of every kind, and stated figures: exact, qualified, without a number, voided."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlmodel import select

from app.db.base import INFINITY, now
from app.db.session import Session
from app.db.tables.documents import Document
from app.db.tables.organisations import (
    IdentifierSystem,
    Organisation,
    OrganisationIdentifier,
    OrganisationKind,
    OrganisationState,
)
from app.db.tables.programme_models import ProgrammeModel
from app.db.tables.stated_figures import PeriodPrecision, Qualifier, StatedFigure, SubjectResource
from app.db.tables.units import UnitLevel
from app.db.vietnamese import search_key
from tests.give import Country

NAMES = ["Trường 100%", 'Bệnh viện\n"A"', "a_b\\c", "Dòng họ Đỗ"]
BEGUN = [None, date(2020, 1, 1), date(2024, 2, 29)]


async def give_stated(session: Session, country: Country) -> None:
    """Enough of each that pages of them go on; some models are hosted by an organisation."""
    units = list(country.units.values())
    organisations = [_organisation(n, units[n * 5 % len(units)]) for n in range(24)]
    session.add_all(organisations)
    await session.flush()
    session.add_all(_identifier(n, one.id) for n, one in enumerate(organisations) if n % 3)
    for n, model in enumerate((await session.exec(select(ProgrammeModel))).all()):
        if n % 4 == 0:
            model.host_organisation_id = organisations[n % 24].id
    documents = (await session.exec(select(Document.id).limit(6))).all()
    session.add_all(_figure(n, units[n * 7 % len(units)], documents) for n in range(30))
    await session.flush()


def _organisation(n: int, unit: UUID) -> Organisation:
    name, closed = f"{NAMES[n % 4]} {n}", n % 5 == 4
    return Organisation(
        unit_id=unit, kind=list(OrganisationKind)[n % 10], name=name, search_key=search_key(name),
        active_from=BEGUN[n % 3], active_to=date(2025, 6, 1) if closed else None,
        state=OrganisationState.CLOSED if closed else OrganisationState.ACTIVE,
        source="sổ" if n % 2 else None, version=n % 3 + 1,
    )  # fmt: skip


def _identifier(n: int, organisation: UUID) -> OrganisationIdentifier:
    return OrganisationIdentifier(
        organisation_id=organisation, system=list(IdentifierSystem)[n % 3], code=f"H49.{n % 8}",
        valid_from=date(2020, 1, n + 1), valid_to=date(2024, 1, 1) if n % 2 else INFINITY,
    )  # fmt: skip


def _figure(n: int, unit: UUID, documents: Sequence[UUID]) -> StatedFigure:
    qualifier, dated = list(Qualifier)[n % 6], n % 3 != 0
    counted = qualifier is not Qualifier.UNQUANTIFIED
    return StatedFigure(
        unit_id=unit, measure="documents_issued" if n % 2 else "incidents", label=f'Số "{n}"',
        counting_unit="document" if n % 2 else "incident", category="plan" if n % 4 == 1 else None,
        level=UnitLevel.PROVINCE if n % 3 else None, qualifier=qualifier,
        value=(Decimal(n * 40) + Decimal(n % 2) / 4 if counted else None),
        precision=PeriodPrecision.YEAR if dated else PeriodPrecision.UNDATED,
        period_from=date(2019, 1, 1) if dated else None, period_text="2019" if n % 5 else None,
        period_to=date(2024, 12, 31) if dated else None, delta_only=n % 7 == 6,
        subject_resource=SubjectResource.DOCUMENT if n % 6 == 5 else None,
        subject_id=documents[n % len(documents)] if n % 6 == 5 else None,
        document_id=documents[n % len(documents)] if n % 4 == 0 else None, source="báo cáo",
        quote="hơn 200 văn bản", reference=f"A{n}" if n % 2 else None, version=n % 3 + 1,
        voided_at=now() if n % 9 == 8 else None, voided_by="x" if n % 9 == 8 else None,
        void_reason="nhầm" if n % 9 == 8 else None,
    )  # fmt: skip
