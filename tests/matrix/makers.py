"""Makers of the things that operations are about: one for each kind."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from app.db.session import Session
from app.domain.tips.context import TipContext

if TYPE_CHECKING:
    from tests.matrix.scenario import Scenario

Make = Callable[["Scenario", Session, str], Awaitable[Any]]


async def put(session: Session, row: Any) -> UUID:
    """Put a row down and return its id."""
    session.add(row)
    await session.flush()
    id: UUID = row.id
    return id


def in_unit(make: Callable[[Session, UUID], Awaitable[Any]]) -> Make:
    """Make what needs nothing but its unit."""

    async def make_thing(scenario: "Scenario", session: Session, path: str) -> Any:
        return await make(session, scenario.country[path])

    return make_thing


def in_office(make: Callable[[Session, TipContext, UUID], Awaitable[Any]]) -> Make:
    """Make a tip, which is sealed for real."""

    async def make_thing(scenario: "Scenario", session: Session, path: str) -> Any:
        office = scenario.application.app.state.resources.tips
        return await make(session, office, scenario.country[path])

    return make_thing
