"""Documents in every state at every level, what they supersede, and their files."""

import random
from datetime import date
from hashlib import sha256
from uuid import UUID

from app.db.session import Session
from app.db.tables.documents import (
    Attachment,
    Document,
    DocumentKind,
    DocumentLink,
    DocumentState,
    Relation,
)
from app.db.tables.units import UnitLevel
from app.db.vietnamese import search_key
from tests.give import Country

TITLES = ["Nghị quyết về đường làng", "Kế hoạch 100%", 'Dòng\n"hai"', "a_b\\c", "Thôn bình yên"]
NUMBERS, SYMBOLS, AGENCIES = ["04", "285", None], ["NQ/TU", "KH-UBND", None], ["G09.01.06", None]
DAYS = [None, date(2021, 6, 18), date(2023, 11, 28), date(2024, 2, 29)]


async def give_papers(session: Session, country: Country) -> None:
    """Enough of each that pages of them go on."""
    chance, units = random.Random(12), list(country.units.values())
    papers = [_document(n, units[n * 5 % len(units)], chance) for n in range(70)]
    session.add_all(papers)
    await session.flush()
    for n, paper in enumerate(papers):
        if n % 3 == 0 and n:
            relation = list(Relation)[n % len(Relation)]
            link = DocumentLink(
                document_id=paper.id, earlier_id=papers[n - 1].id, relation=relation
            )
            session.add(link)
        session.add_all(_attachment(n, k, paper.id) for k in range(n % 3))
    await session.flush()


def _document(n: int, unit: UUID, chance: random.Random) -> Document:
    title, day = f"{chance.choice(TITLES)} {n}", chance.choice(DAYS)
    number, symbol = chance.choice(NUMBERS), chance.choice(SYMBOLS)
    agency = chance.choice(AGENCIES) if None in (number, symbol, day) else None
    return Document(
        unit_id=unit, kind=list(DocumentKind)[n % len(DocumentKind)], number=number, symbol=symbol,
        title=title, issued_on=day, issued_year=day.year if day else None, issuer_eid=agency,
        in_force_on=date(2024, 7, 1) if n % 2 else None, issuer="Công an tỉnh",
        level=list(UnitLevel)[n % 5], state=list(DocumentState)[n % 7], version=n % 3 + 1,
        period_from=2019 if n % 2 else None, period_to=2024 if n % 2 else None,
        signer_position="Giám đốc" if n % 3 else None, search_key=search_key(title),
    )  # fmt: skip


def _attachment(n: int, k: int, document: UUID) -> Attachment:
    kind = ["application/pdf", "image/png"][k % 2]
    content = f"{n % 6} {k}".encode()  # some are attached to several
    return Attachment(
        document_id=document, file_name=f"Tệp {k}.pdf", media_type=kind, size=n + 1,
        sha256=sha256(content).hexdigest(),
    )  # fmt: skip
