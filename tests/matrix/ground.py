"""Where somebody stands to a thing, and the things themselves: prepared by many at a time."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import text
from sqlmodel import select

from app.db.base import now
from app.db.session import Session, execute
from app.db.tables.auth import Account, Client, Grant
from app.db.tables.calendars import Calendar
from app.db.tables.deadlines import DeadlineRule
from app.db.tables.records import Act, AuditEntry
from app.db.tables.units import ReorganisationKind, UnitReorganisation
from app.domain.actor import Actor, Level, Permission, Role
from app.domain.auth.service import HASH
from app.domain.deadlines import lifecycle
from app.domain.deadlines.shipped_rules import load_deadline_rules
from app.domain.programme_models import service as models
from app.domain.programme_models.schemas import ModelCreate, ModelTypeCreate
from app.domain.programme_models.types import create_model_type
from app.domain.units import queries
from tests.give import Country, give_unit
from tests.house import SESSION, VIET_NAM, Caller, House, runner
from tests.matrix import handled_things, kept_things, things, tip_things

# The unit of whoever asks, and the unit of what he asks for.
STANDS = {
    "own_commune": ("1.1", "1.1"),
    "province_above": ("1", "1.1"),
    "village_below": ("1.1.1", "1.1"),
    "commune_beside": ("1.2", "1.1"),
    "other_province": ("2", "1.1"),
    "country": ("", "1.1"),
    "nowhere": ("?", "1.1"),  # a district that has ended: nothing lies in it any more
    "own_village": ("1.1.1", "1.1.1"),
    "himself": ("1.1", "1.1"),
}
ELSEWHERE = ("1.1", "1.1.1", "1.2", "2.1", "")  # so that lists have rows to leave out
PASSWORD = "bốn con vịt qua cầu"
HASHED = HASH.hash(PASSWORD)
BEGIN = datetime(2026, 9, 1, 1, tzinfo=UTC)
BATCH = 10
MARKED = "marked"  # whose acts are in the audit from the first
VERSIONED = (
    "account", "client", "role_grant", "model", "unit_reorganisation", "deadline", "model_type",
    "model_recognition", "team", "team_member", "team_size_rule", "committee", "document",
    "attachment", "stated_tally", "commendation", "exemplar", "tip", "tip_hold", "tip_transfer",
    "identity_request",
)  # fmt: skip
CHANGED = "SELECT count(*) FROM {} WHERE id = ANY (:ids) AND version > 1"
PLACED = things.PLACED | kept_things.PLACED | tip_things.PLACED
Make = Callable[[Session, str], Awaitable[Any]]


def level_of(relation: str, country: Country) -> Level:
    """The level of whoever stands so."""
    return country.levels[country[STANDS[relation][0]]]


class Ground:
    """A house, its country, and what lies in it to be asked for."""

    def __init__(self, house: House, country: Country) -> None:
        self.house, self.country, self.number = house, country, count(1)
        self.ready: dict[tuple[str, str], list[Any]] = {}
        self.standing: dict[tuple[str, str], Any] = {}
        self.giver = Actor("giver", frozenset(Role), Level.NATIONAL, VIET_NAM, "giver")
        runner().run(self._begin())

    async def _begin(self) -> None:
        async with self.house.behind() as session:
            ended = await give_unit(
                session, Level.DISTRICT, None, "Ba Bể", self.country["1"], until=date(2025, 7, 1)
            )
            self.country.units["?"], self.country.levels[ended] = ended, Level.DISTRICT
            await queries.place_units(session)
            await load_deadline_rules(session)
            calendar = select(Calendar.id).where(Calendar.code == "vn_public")
            rule = select(DeadlineRule.id).where(DeadlineRule.code == "tip_transfer")
            self.catalogue = {
                "type": self.country.types["camera"],
                "calendar": (await session.exec(calendar)).one(),
                "rule": (await session.exec(rule)).one(),
                "review_rule": await things.review_rule(session),
                "retention_rule": await kept_things.retention_rule(session),
            }
            for kind, make in self._makers().items():
                for path in ELSEWHERE:
                    self.standing[kind, path] = await make(session, path)

    def thing(self, kind: str, path: str, *, fresh: bool = False) -> Any:
        """The id of something in a unit; a fresh one where it is going to be changed."""
        if kind in ("", "unit"):
            return self.country[path]
        if kind in self.catalogue:
            return self.catalogue[kind]
        if not fresh:
            return self.standing[kind, path]
        waiting = self.ready.setdefault((kind, path), [])
        if not waiting:
            waiting += runner().run(self._more(kind, path))
        return waiting.pop(0)

    async def _more(self, kind: str, path: str) -> list[Any]:
        make = self._makers()[kind]
        async with self.house.behind() as session:
            return [await make(session, path) for _ in range(BATCH)]

    def _makers(self) -> dict[str, Make]:
        return {
            "account": self._account, "himself": self._himself, "client": self._client,
            "grant": self._grant, "auditor": self._auditor, "model": self._model,
            "draft": self._draft, "deadline": self._deadline, "audit": self._audit,
            "own_type": self._own_type, "peopled": self._peopled, "size_rule": self._size_rule,
            "granted": self._granted,
            **{kind: partial(self._handled, make) for kind, make in handled_things.PLACED.items()},
            **{kind: partial(self._placed, make) for kind, make in PLACED.items()},
        }  # fmt: skip

    async def _account(self, session: Session, path: str, **more: Any) -> UUID:
        account = Account(
            login=f"a-{uuid4().hex}", name="Người", unit_id=self.country[path], **more
        )
        session.add(account)
        await session.flush()
        return account.id

    async def _himself(self, session: Session, path: str) -> UUID:
        return await self._account(session, path, password_hash=HASHED)

    async def _client(self, session: Session, path: str) -> UUID:
        client = Client(
            client_id=f"c-{uuid4().hex}", name="Hệ thống", unit_id=self.country[path],
            secret_hash="x",
        )  # fmt: skip
        session.add(client)
        await session.flush()
        return client.id

    async def _grant(self, session: Session, path: str) -> tuple[UUID, UUID]:
        return await self._held(session, path, Role.VIEWER)

    async def _auditor(self, session: Session, path: str) -> tuple[UUID, UUID]:
        return await self._held(session, path, Role.AUDITOR)

    async def _held(self, session: Session, path: str, role: Role) -> tuple[UUID, UUID]:
        """A grant, and the account that holds it."""
        account = await self._account(session, path)
        return await self._grant_to(session, path, account, role), account

    def own_grant(self, account: UUID) -> UUID:
        """A grant of somebody who will ask for it himself."""
        return runner().run(self._own_grant(account))

    async def _own_grant(self, account: UUID) -> UUID:
        async with self.house.behind() as session:
            return await self._grant_to(session, "1.1", account, Role.VIEWER)

    async def _grant_to(self, session: Session, path: str, account: UUID, role: Role) -> UUID:
        held = Grant(account_id=account, role=role, unit_id=self.country[path])
        session.add(held)
        await session.flush()
        return held.id

    async def _model(self, session: Session, path: str) -> UUID:
        data = ModelCreate(type="camera", units=[str(self.country[path])], name="Camera")
        return await models.create_model(session, self.giver, data)

    async def _draft(self, session: Session, path: str) -> UUID:
        """A draft that renames the unit it is of, each on a later day than the one before."""
        unit, day = self.country[path], self.day()
        said = {"unit": str(unit), "name": f"Tên {day}"}
        plan = {"new_units": [], "successions": [], "moves": [], "renames": [said], "ids": {}}
        act = UnitReorganisation(
            kind=ReorganisationKind.REORGANISATION, title="Đổi tên", decision="1/QĐ",
            effective_on=day, unit_id=unit, plan=plan,
        )  # fmt: skip
        session.add(act)
        await session.flush()
        return act.id

    async def _deadline(self, session: Session, path: str) -> UUID:
        unit = self.country[path]
        clock = await lifecycle.start_deadline(
            session, self.giver, "evaluation", uuid4(), unit, "tip_transfer", BEGIN
        )
        return clock.id

    async def _audit(self, session: Session, path: str) -> UUID:
        entry = AuditEntry(
            act=Act.CHANGE, operation="model:update", resource="model", subject=MARKED,
            client="giver", unit_id=self.country[path],
        )  # fmt: skip
        session.add(entry)
        await session.flush()
        return entry.id

    async def _placed(self, make: things.MakeIn, session: Session, path: str) -> UUID:
        return await make(session, self.country[path])

    async def _granted(self, session: Session, path: str) -> UUID:
        keys = self.house.app.state.house.tips.keys.custodian.newest
        decider = self.country["2" if path != "2" else "1"]
        return await tip_things.granted(session, self.country[path], decider, keys)

    async def _handled(self, make: handled_things.MakeIn, session: Session, path: str) -> Any:
        return await make(session, self.house.app.state.house.tips, self.country[path])

    async def _own_type(self, session: Session, path: str) -> UUID:
        """A type that is nobody's in particular, to be changed once."""
        code = f"m{uuid4().hex}"
        return await create_model_type(session, self.giver, ModelTypeCreate(code=code, name=code))

    async def _peopled(self, session: Session, path: str) -> tuple[UUID, UUID]:
        """Members of a model, and the model."""
        model = await self._model(session, path)
        return await things.members_of(session, model), model

    async def _size_rule(self, session: Session, path: str) -> UUID:
        """A rule of one day, of the province in which the unit lies."""
        return await things.size_rule(session, self.country[path[:1] or "1"], self.day())

    @contextmanager
    def without_policies(self, *tables: str) -> Iterator[None]:
        """Row-level security of tables put aside, so that nothing but our queries decides."""
        for table in tables:
            runner().run(self._secure(table, "DISABLE"))
        try:
            yield
        finally:
            for table in tables:
                runner().run(self._secure(table, "ENABLE"))

    async def _secure(self, table: str, word: str) -> None:
        async with self.house.behind() as session:
            await execute(session, text(f"ALTER TABLE {table} {word} ROW LEVEL SECURITY"))

    def touched(self) -> int:
        """How many of the things that nobody was to change have been changed."""
        return runner().run(self._touched())

    async def _touched(self) -> int:
        ids = [id for thing in self.standing.values() for id in _ids(thing)]
        async with self.house.behind() as session:
            counts = [
                await execute(session, text(CHANGED.format(table)), {"ids": ids})
                for table in VERSIONED
            ]
        return sum(found.scalar_one() for found in counts)

    def day(self) -> date:
        return date(1990, 1, 1) + timedelta(days=next(self.number))

    def caller(
        self, roles: frozenset[Role], relation: str, subject: str = "somebody",
        scope: frozenset[Permission] | None = None,
    ) -> Caller:  # fmt: skip
        """Somebody with a real token, who stands so."""
        unit, level = self.country[STANDS[relation][0]], level_of(relation, self.country)
        actor = Actor(
            subject, roles, level, unit, "tests", (), SESSION, 1, scope, ("pwd", "otp"), now()
        )
        token = self.house.app.state.house.tokens.issue(actor, minutes=600)
        return Caller(self.house, {"authorization": f"Bearer {token}"})


def _ids(thing: Any) -> tuple[UUID, ...]:
    return thing if isinstance(thing, tuple) else (thing,)


def lies_apart(path: str, holder: str) -> bool:
    """Whether somebody sees a tip there: villages see none, the country only its own."""
    if holder.count(".") == 2 or not holder:
        return path == holder == ""
    return lies_in(path, holder)


def lies_in(path: str, holder: str) -> bool:
    """Whether a unit lies in that of a holder, by their paths alone."""
    return not holder or path == holder or path.startswith(f"{holder}.")
