"""The people of the demo, as actors of its services."""

from app.db.session import Session
from app.demo.accounts import DemoAccount
from app.domain.actor import Actor, Level, Role
from app.domain.login import queries as accounts
from app.domain.units import queries as units
from app.domain.units.shape import today


async def find_person(session: Session, people: list[DemoAccount], login: str) -> Actor:
    """Find a person of the demo by their login."""
    person = next(one for one in people if one.login == login)
    account = await accounts.find_account_by_login(session, login)
    assert account, "the people of the demo are made before its records"
    unit = (await units.find_units(session, [(person.unit, today())]))[person.unit, today()]
    return Actor(
        str(account.id), frozenset(map(Role, person.roles)), Level(unit.level), unit.id, "demo"
    )
