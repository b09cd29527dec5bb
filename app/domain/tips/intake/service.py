"""Public operations of the intake: submit a tip, list units, show the limits."""

from typing import Any

from app.db.tables.records import Act
from app.domain.deadlines.days import today
from app.domain.errors import IN_QUERY
from app.domain.tips.context import TipContext
from app.domain.tips.crypto.receipts import format_receipt
from app.domain.tips.intake import idempotency, queries, unit_lookup
from app.domain.tips.intake.builder import Statement
from app.domain.tips.intake.choice import choose_tip_route, find_open_lineages
from app.domain.tips.intake.create import build_news, insert_tip, prepare_tip
from app.domain.tips.intake.emergency import load_emergency_numbers
from app.domain.tips.intake.idempotency import Key
from app.domain.tips.intake.limits import MAX_FILE_BYTES, MAX_FILES, MAX_TEXT, MEDIA_TYPES, NAMES
from app.domain.tips.intake.proof_of_work_gate import require_work
from app.domain.tips.intake.schemas import (
    PublicTipKind,
    PublicUnit,
    PublicUnitName,
    PublicUnits,
    Terms,
    TipAccepted,
    TipSubmission,
)
from app.domain.tips.routes import Route

NOT_COMPARED = {"work"}  # a retry may bring another solution


async def submit_tip(
    context: TipContext, given: TipSubmission, key: str | None, source: str
) -> tuple[bytes, bool]:
    """Take a tip in; return the response with its receipt, and whether it is a repeated one."""
    request = given.model_dump_json(exclude=NOT_COMPARED).encode()
    stored_key = None if key is None else Key.of(key, request)
    async with context.intake.write_transaction() as session:
        if stored_key and (before := await idempotency.get_response(session, stored_key)):
            return before, True
        await choose_tip_route(session, given.unit_code, given)  # before it costs work
    await require_work(context, given.work)
    prepared = await prepare_tip(context, given.text, source)
    async with context.intake.write_transaction() as session:
        if stored_key and (before := await idempotency.lock_response(session, stored_key)):
            return before, True
        await queries.lock_map_or_go_on(session, given.unit_code, today())
        route = await choose_tip_route(session, given.unit_code, given)
        statement = _build_statement(given, route)
        created = await insert_tip(session, context, statement, prepared)
        news = build_news(created.id, route.to.id, Act.CREATE, 1)
        await queries.insert_rows(session, news)
        response = TipAccepted(
            receipt=format_receipt(prepared.receipt), received_on=today(), proof=created.proof,
            unit=PublicUnitName(code=route.to.code, name=route.to.name),
        ).model_dump_json().encode()  # fmt: skip
        if stored_key:
            await idempotency.store_response(session, stored_key, created.id, response)
    return response, False


def _build_statement(given: TipSubmission, route: Route) -> Statement:
    return Statement(
        given.text, given.unit_code, route, given.kind, contact=given.contact,
        not_to=given.not_to, about=given.about_officials_of, urgent=given.urgent,
    )  # fmt: skip


async def list_units_below(context: TipContext, within: str, search: str | None) -> PublicUnits:
    """List the open units directly below one, by name."""
    async with context.intake.read_transaction() as session:
        (lineage,) = await find_open_lineages(session, [within], ["/within"], **IN_QUERY)
        found = await unit_lookup.find_below(session, lineage[0].id, today(), search)
    items = [PublicUnit(code=u.code, name=u.name, kind=u.kind, level=u.level) for u in found]
    return PublicUnits(items=items)


def describe_limits(context: TipContext) -> Terms:
    """Describe what is accepted, its limits, and whether proof of work is needed just now."""
    return Terms(
        kinds=[PublicTipKind(code=code, vi=vi, en=en) for code, (vi, en) in NAMES.items()],
        most_text=MAX_TEXT, most_attachments=MAX_FILES, most_attachment_bytes=MAX_FILE_BYTES,
        media_types=list(MEDIA_TYPES), work_needed=not context.load.is_light(),
        emergency_numbers=load_emergency_numbers(),
    )  # fmt: skip


def create_challenge(context: TipContext) -> dict[str, Any]:
    """Create a challenge for a client that needs proof of work."""
    return context.work.create_challenge()
