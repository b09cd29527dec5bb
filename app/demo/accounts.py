"""People and an application to try the sign-in with; for development, as all is printed."""

from dataclasses import dataclass
from uuid import UUID

from app.db.session import Session
from app.db.tables.auth import Account, Client, ClientKind, Grant
from app.domain.accounts import queries as holders
from app.domain.actor import GUARDED, Role
from app.domain.login import queries
from app.domain.login.cookie_seal import CookieSeal
from app.domain.login.password_attempts import hash_of
from app.domain.login.rules import needs_two_factors
from app.domain.login.second_factor import keep_secret
from app.domain.units import queries as units
from app.domain.units.shape import today
from app.settings import Settings

PASSWORD = "thon-ban-binh-yen"  # noqa: S105 - printed at every start of a development app_state
SECRET = "BINHYENBINHYENBINHYENBINHYENBINH"  # noqa: S105 - as well
APPLICATION = "demo-app"
RETURNS_TO = "http://127.0.0.1:8765/back"
PEOPLE = (
    ("trunguong", "VN", (Role.VIEWER,)),
    ("thongke", "VN", (Role.STATISTICIAN,)),
    ("kiemtra", "VN", (Role.AUDITOR,)),
    ("vanhanh", "VN", (Role.OPERATOR,)),
    ("quantri.tinh", "19", (Role.UNIT_ADMIN,)),
    ("pheduyet.tinh", "19", (Role.APPROVER,)),
    ("giudanhtinh.tinh", "19", (Role.IDENTITY_CUSTODIAN,)),
    ("ghichep.xa", "01843", (Role.RECORDER,)),
    ("danhgia.xa", "01843", (Role.EVALUATOR,)),
    ("pheduyet.xa", "01843", (Role.APPROVER,)),
    ("tiepnhan.xa", "01843", (Role.TIP_OFFICER,)),
    ("xacminh.xa", "01843", (Role.INVESTIGATOR,)),
    ("hotro.xa", "01843", (Role.CASE_WORKER, Role.MINOR_WORKER)),
)


class ForbiddenInProduction(Exception):
    """Accounts whose passwords everybody knows are made in development only."""


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """A demo account with its credentials."""

    login: str
    password: str
    unit: str
    roles: tuple[Role, ...]
    totp_secret: str | None


async def load_demo_accounts(
    session: Session, settings: Settings, seal: CookieSeal
) -> list[DemoAccount]:
    """Make the people of the demo where they are not there yet; who they are, each time."""
    if settings.environment != "development":
        raise ForbiddenInProduction("Demo accounts are made in development only.")
    found = await units.find_units(session, [(code, today()) for _, code, _ in PEOPLE])
    hashed = await hash_of(PASSWORD)
    for login, code, roles in PEOPLE:
        unit = found[code, today()]
        if await queries.find_account_by_login(session, login) is None:
            await _add(session, seal, login, hashed, unit.id, roles)
    if await holders.find_client(session, APPLICATION) is None:
        session.add(
            Client(
                client_id=APPLICATION, name="Ứng dụng thử", kind=ClientKind.PUBLIC,
                unit_id=found["VN", today()].id, redirect_uris=[RETURNS_TO],
                opened_scopes=sorted(GUARDED),
            )
        )  # fmt: skip
    return [
        DemoAccount(login, PASSWORD, code, roles, SECRET if needs_two_factors(roles) else None)
        for login, code, roles in PEOPLE
    ]


async def _add(
    session: Session,
    seal: CookieSeal,
    login: str,
    hashed: str,
    unit_id: UUID,
    roles: tuple[Role, ...],
) -> None:
    account = Account(login=login, name=login, unit_id=unit_id, password_hash=hashed)
    if needs_two_factors(roles):
        keep_secret(seal, account, SECRET, 1)
    session.add(account)
    await session.flush()
    session.add_all(Grant(account_id=account.id, role=role, unit_id=unit_id) for role in roles)
    await session.flush()
