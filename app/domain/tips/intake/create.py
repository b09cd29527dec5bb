"""Creation of a tip: its rows inserted, its receipt counted; all or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from app.db.base import now
from app.db.session import Session, act_as
from app.db.tables.records import Act, Outbox
from app.db.tables.tip_parts import CountedEvent
from app.domain.deadlines.days import in_country_time
from app.domain.tips import deadlines
from app.domain.tips.context import INTAKE, TipContext
from app.domain.tips.crypto.receipts import generate_receipt
from app.domain.tips.intake import queries
from app.domain.tips.intake.builder import PreparedTip, Statement, TipBuilder, truncate_to_day
from app.domain.tips.sketches import make_sketch
from app.domain.tips.transparency_log.append import append_event
from app.domain.tips.transparency_log.proof_tokens import Commitment, issue_proof


@dataclass(frozen=True, slots=True)
class CreatedTip:
    """A tip that was inserted, and the proof of it."""

    id: UUID
    proof: str


async def prepare_tip(context: TipContext, text: str, source: str = "") -> PreparedTip:
    """Generate a receipt and compute what takes long, in a thread beside other requests."""
    receipt, keys = generate_receipt(), context.keys
    return await context.deriving.run(
        source,
        lambda: PreparedTip(
            receipt, keys.receipts.derive_keys(receipt), make_sketch(text, keys.likeness)
        ),
    )


async def insert_tip(
    session: Session, context: TipContext, statement: Statement, prepared: PreparedTip
) -> CreatedTip:
    """Insert a tip; from here the transaction acts as the intake, which reads nothing back."""
    await act_as(session, INTAKE)
    builder, commitment = TipBuilder(context, statement), Commitment.to(statement.text)
    rows = [
        builder.build_tip(),
        *builder.build_parts(prepared),
        *await builder.build_deadline(session),
    ]
    await queries.insert_rows(session, *rows)
    unit, day = statement.route.to.id, truncate_to_day(builder.at).date()
    await append_event(session, CountedEvent.RECEIVED, unit, day, commitment.leaf)
    issuer, at = context.settings.issuer, in_country_time(builder.at)
    return CreatedTip(builder.id, issue_proof(context.keys, issuer, at, commitment))


def build_news(tip: UUID, unit: UUID, act: Act, version: int, fields: Sequence[str] = ()) -> Outbox:
    """Build the news of an informant's action: of which tip and on which day, nothing else."""
    return Outbox(
        id=uuid4(), recorded_at=truncate_to_day(now()), resource=deadlines.RESOURCE,
        resource_id=tip, act=act, version=version, fields=list(fields), unit_id=unit,
    )  # fmt: skip
