"""Unit settings for tips; the tips themselves are tried where each read of them is on record."""

from app.db.session import Session
from app.db.tables.tips import TipUnitSettings
from app.domain.actor import Level
from tests.give import Country


async def give_tips(session: Session, country: Country) -> None:
    """Insert settings for every unit that takes tips, every third of them remote."""
    levels = (unit for unit in country.units.values() if country.levels[unit] is not Level.VILLAGE)
    for n, unit in enumerate(levels):
        basis = f'QĐ "{n}"' if n % 3 == 0 else None
        session.add(
            TipUnitSettings(unit_id=unit, remote=n % 3 == 0, basis=basis, version=n % 3 + 1)
        )
    await session.flush()
