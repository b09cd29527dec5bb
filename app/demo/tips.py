"""Demo tips: invented, submitted publicly and in person, and handled."""

import csv
from dataclasses import dataclass, replace
from uuid import UUID

from app.data import SHIPPED
from app.db.session import Session
from app.demo.accounts import DemoAccount
from app.demo.people import find_person
from app.domain.actor import Actor, Role
from app.domain.auth import queries as entering
from app.domain.documents.schemas import DocumentCreate, DocumentTransition
from app.domain.documents.service import create_document, transition_document
from app.domain.tips.context import TipContext
from app.domain.tips.handling.schemas import TipTransition
from app.domain.tips.handling.transitions import transition_tip
from app.domain.tips.intake.in_person import create_tip
from app.domain.tips.intake.schemas import TipCreate, TipSubmission
from app.domain.tips.intake.service import submit_tip
from app.domain.tips.transfers.schemas import TransferOffer
from app.domain.tips.transfers.service import offer_tip
from app.domain.tips.transparency_log import queries as counter
from app.domain.units.shape import today

FILE = SHIPPED / "demo" / "tips.csv"
OFFICER, INVESTIGATOR, ABOVE = "tiepnhan.xa", "xacminh.xa", "19"
OFFER = "offer"
INVESTIGATES = ("take_up", "suspend", "resume")
PHRASES = {
    "handle_locally": {"reason": "Đã nhắc nhở, hai bên cam kết", "result": "reminded"},
    "forward": {"reason": "Thuộc thẩm quyền của cơ quan quản lý đường bộ"},
    "suspend": {"reason": "Chờ kết quả giám định", "basis": "expert_opinion"},
    "notify_informant": {"message": "Tin của ông/bà đã được giải quyết. Xin cảm ơn."},
}


@dataclass(frozen=True, slots=True)
class DemoTipHandler:
    """The officers who handle the demo tips."""

    officer: Actor
    investigator: Actor

    def at(self, action: str) -> Actor:
        return self.investigator if action in INVESTIGATES else self.officer


async def load_demo_tips(office: TipContext, people: list[DemoAccount]) -> str | None:
    """Hand in and handle the tips of the demo once; the receipt of one that was answered."""
    async with office.database.write_transaction() as session:
        if await counter.find_links(session, after=0, limit=1):
            return None
        handler = DemoTipHandler(
            await find_person(session, people, OFFICER),
            await find_person(session, people, INVESTIGATOR),
        )
    receipts = [await _handle_tip(office, handler, line) for line in _lines() if line["steps"]]
    for line in _lines():
        if not line["steps"]:
            given = {n: line[n] for n in ("text", "unit_code", "kind")}
            await submit_tip(office, TipSubmission.model_validate(given), None, "")
    return receipts[0]


def _lines() -> list[dict[str, str]]:
    with FILE.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


async def _handle_tip(office: TipContext, handler: DemoTipHandler, line: dict[str, str]) -> str:
    """Register a tip in person and apply its transitions; return its receipt."""
    values = {"text": line["text"], "channel": line["channel"], "unit": line["unit_code"]}
    async with office.database.write_transaction() as session:
        await entering.set_actor(session, handler.officer)
        given = TipCreate.model_validate(values | {"kind": line["kind"]})
        made = await create_tip(session, handler.officer, given, office)
    for version, action in enumerate(line["steps"].split(), 1):
        await _step(office, handler, made.id, action, line["category"], version)
    assert made.receipt, "a new tip has a receipt"
    return made.receipt


async def _step(
    office: TipContext, handler: DemoTipHandler, tip: UUID, action: str, category: str, version: int
) -> None:
    actor = handler.at(action)
    async with office.database.write_transaction() as session:
        await entering.set_actor(session, actor)
        if action == OFFER:
            values = {"to_unit": ABOVE, "reason": "Vượt thẩm quyền của cấp xã"}
            offer = TransferOffer.model_validate(values)
            await offer_tip(session, actor, tip, offer)
            return
        about = {"category": category} if action == "triage" and category else {}
        if action == "suspend":
            about = {"document_id": str(await _order_suspension(session, actor))}
        words = TipTransition.model_validate({"action": action} | PHRASES.get(action, {}) | about)
        await transition_tip(session, actor, tip, words, version, office)


async def _order_suspension(session: Session, actor: Actor) -> UUID:
    """Register the decision by which a tip is suspended, which is in force from today."""
    writer = replace(actor, roles=frozenset({Role.APPROVER}))
    paper = DocumentCreate.model_validate({
        "unit": str(actor.unit_id), "kind": "decision", "title": "Quyết định tạm đình chỉ (mẫu)",
        "issuer": "Công an phường (mẫu)", "level": actor.level.value,
        "issued_on": today().isoformat(),
    })  # fmt: skip
    id = await create_document(session, writer, paper)
    return await transition_document(session, writer, id, DocumentTransition(action="register"), 1)
