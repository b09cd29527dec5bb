"""A scenario of expiring tips, and the search for traces of them."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg

from app.db.base import now
from app.db.tables.calendars import Certainty
from app.db.tables.confidential import RetentionOf, RetentionRule
from app.db.tables.documents import Document, DocumentKind, DocumentState
from app.db.tables.records import Act
from app.db.tables.tip_parts import IdentityRequest, StoredReceipt, TipRedaction
from app.db.tables.tip_transfers import TipStub, TipTransfer
from app.db.tables.tips import TipKind, TipLink, TipState
from app.db.tables.units import UnitLevel
from app.domain.actor import Actor, Level, Permission, Role
from app.domain.confidential.retention.expiry import ExpiryResult
from app.domain.deadlines import lifecycle
from app.domain.deadlines.days import day_of
from app.domain.deadlines.shipped_rules import load_deadline_rules
from app.domain.records import service as records
from app.domain.records.service import Change
from app.domain.tips.deadlines import RESOURCE, TRANSFER
from app.domain.tips.retention.service import expire_tips
from tests.application import VIET_NAM, Application, Caller, runner
from tests.give import Country
from tests.tips.fixtures import days_ago, give_tip, insert_tip_in_loop

CANARY = "chim hoàng yến hót ở bến sông số 7"
FILE = b"the canary sings in a file " + bytes(range(256))
CONTACT = {"name": "Hoàng Yến Chim", "phone": "0912345678"}
TERMS = {RetentionOf.TIP: (24, 0), RetentionOf.IDENTITY: (0, 90), RetentionOf.NOTICE: (0, 30)}
TODAY = day_of(now())
GIVER = Actor("giver", frozenset(Role), Level.NATIONAL, VIET_NAM, "giver")


@dataclass(frozen=True)
class ExpiryScenario:
    """An application with retention rules in force, and its callers."""

    application: Application
    country: Country

    def caller(self, *roles: Role, of: str = "1.1") -> Caller:
        unit = self.country[of]
        return self.application.caller(*roles, level=self.country.levels[unit], unit=unit)

    def rows(self, sql: str, *values: Any) -> list[Mapping[str, Any]]:
        return runner().run(_rows(self.url, sql, *values))

    @property
    def url(self) -> str:
        url: str = self.application.app.state.resources.settings.write_dsn
        return url

    def tip(self, id: UUID) -> Mapping[str, Any]:
        return self.rows("SELECT * FROM tip WHERE id = $1", id)[0]

    def give_closed_tip(self, days: int, of: str = "1.1", **more: Any) -> tuple[UUID, str]:
        """Insert a tip that was received and closed some days ago."""
        return give_tip(
            self.application, self.country[of], state=TipState.CLOSED, at=days_ago(days), **more
        )

    def run(self, today: date = TODAY) -> ExpiryResult:
        """Run the expiry of a day."""
        return runner().run(self._run(today))

    async def _run(self, today: date) -> ExpiryResult:
        application = self.application.app.state.resources
        return await expire_tips(application.database, application.tips.storage, today)

    def give_noticed_tip(self, days: int = 800, **more: Any) -> tuple[UUID, str]:
        """Insert a tip whose term is over, under notice since today."""
        id, receipt = self.give_closed_tip(days, **more)
        self.run()
        return id, receipt

    def document(self, of: str = "1.1") -> UUID:
        """Insert a document of a unit."""
        return runner().run(self._document(self.country[of]))

    async def _document(self, unit: UUID) -> UUID:
        async with self.application.behind() as session:
            row = Document(
                unit_id=unit, kind=DocumentKind.PLAN, title="Quyết định", issuer="Công an tỉnh",
                level=UnitLevel.PROVINCE, search_key="quyet dinh", state=DocumentState.ISSUED,
            )  # fmt: skip
            session.add(row)
            await session.flush()
            return row.id

    def hold(self, tip: UUID, of: str = "1.1") -> Any:
        said = {"reason": "Đang tố tụng", "document_id": str(self.document(of))}
        return self.caller(Role.TIP_OFFICER, of=of).post(f"/api/v1/tips/{tip}/hold", said)

    def full(self, days: int = 800) -> tuple[UUID, str]:
        """Insert a closed tip with every part that a tip can have."""
        id, receipt = self.give_closed_tip(
            days, text=CANARY, contact=CONTACT, assigned_to="officer",
            attachments=[(FILE, "image/png")], messages=[CANARY + " lời nhắn"],
        )  # fmt: skip
        runner().run(self._beside(id))
        return id, receipt

    async def _beside(self, id: UUID) -> None:
        other, _ = await _other(self)
        low, high = sorted((id, other))
        unit, elsewhere = self.country["1.1"], self.country["1.2"]
        async with self.application.behind() as session:
            await load_deadline_rules(session)
            await lifecycle.start_deadline(
                session, GIVER, RESOURCE, id, unit, TRANSFER, days_ago(800)
            )
            session.add(TipRedaction(tip_id=id, begin=0, end=4, reason="người thân"))
            session.add(TipLink(tip_id=low, other_id=high, linked_by="officer", linked_on=TODAY))
            session.add(TipTransfer(
                tip_id=id, unit_id=elsewhere, from_unit_id=unit, kind=TipKind.UNKNOWN,
                received_on=TODAY, shared=["text"], reason="đúng nơi", offered_on=TODAY,
            ))  # fmt: skip
            session.add(TipStub(tip_id=id, unit_id=elsewhere, to_unit_id=unit, received_on=TODAY,
                                moved_on=TODAY, state=TipState.CLOSED))  # fmt: skip
            session.add(IdentityRequest(tip_id=id, unit_id=unit, requested_by="officer",
                                        requester_unit_id=unit, reason="cần hỏi"))  # fmt: skip
            session.add(StoredReceipt(key_hash=uuid4().bytes, fingerprint=b"f", sealed=b"s",
                                    tip_id=id, expires_on=TODAY))  # fmt: skip
            told = Change("tip", id, unit, Act.CHANGE, 2, ["state"])
            await records.log_changes(session, GIVER, Permission.TIP_WRITE, [told])

    async def enter_terms(self) -> None:
        async with self.application.behind() as session:
            for of, (months, days) in TERMS.items():
                session.add(RetentionRule(
                    of=of, valid_from=date(2020, 1, 1), months=months, days=days, basis="x",
                    source="x", certainty=Certainty.MEMORY,
                ))  # fmt: skip


async def _other(scenario: ExpiryScenario) -> tuple[UUID, str]:
    return await insert_tip_in_loop(
        scenario.application, scenario.country["1.1"], "Một tin khác", TipState.RECEIVED,
        None, None,
        now() - timedelta(days=3), (), (), {},
    )  # fmt: skip


async def _rows(url: str, sql: str, *values: Any) -> list[Mapping[str, Any]]:
    connection = await asyncpg.connect(url)
    try:
        found: list[Mapping[str, Any]] = await connection.fetch(sql, *values)
        return found
    finally:
        await connection.close()


TABLES = """
SELECT c.relname::text AS name FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
"""


def everything(scenario: ExpiryScenario) -> dict[str, list[str]]:
    """Read every row of every table, as text."""
    names = [row["name"] for row in scenario.rows(TABLES)]
    return {
        name: sorted(row["t"] for row in scenario.rows(f'SELECT t::text AS t FROM "{name}" t'))
        for name in names
    }


def spellings(content: bytes) -> list[bytes]:
    """List encodings of a content: plain, hexadecimal, base64, JSON, UTF-16."""
    told = [content, content.hex().encode(), content.hex().upper().encode()]
    for shift in range(3):  # wherever it begins among groups of three
        in_base64 = base64.b64encode(bytes(shift) + content + b"\0\0")
        told.append(in_base64[4 : (shift + len(content)) * 4 // 3])
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return told
    return [*told, json.dumps(text)[1:-1].encode(), text.encode("utf-16-le")]


def find_contents(scenario: ExpiryScenario, contents: list[bytes], folder: Path) -> list[str]:
    """Find tables and files that hold any of the contents in any encoding."""
    tables = {name: "\n".join(rows).encode() for name, rows in everything(scenario).items()}
    files = {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    sought = [spelling for content in contents for spelling in spellings(content)]
    return [name for name, text in (tables | files).items() if any(one in text for one in sought)]
