"""Copies that name a person: the dossier for themselves, and the list of a month for the bank.

Both are opened on record, returned once and stored nowhere.
"""

from uuid import UUID

from app.db.base import now
from app.db.session import Session
from app.db.tables.reintegration_requests import ReintegrationRequest
from app.domain.actor import Actor, Permission, operation
from app.domain.deadlines.days import day_of
from app.domain.records.refused_reads import audit_refusals
from app.domain.reintegration.context import CaseContext
from app.domain.reintegration.handling import access
from app.domain.reintegration.handling.content import (
    PARTS,
    read_content,
    read_part,
    read_person,
)
from app.domain.reintegration.handling.schemas import CasePurpose
from app.domain.reintegration.rights import queries
from app.domain.reintegration.rights.schemas import (
    BankList,
    BankListLine,
    CaseDossier,
    PersonRequestWords,
)
from app.domain.reintegration.seals import find_case_key

COURSE = (
    "case_number", "basis", "state", "closing_basis", "notified_on", "released_on", "closed_on",
)  # fmt: skip


@audit_refusals("reintegration_identity")
@operation(Permission.CASE_READ_CONTENT)
async def reintegration_dossier(
    session: Session, actor: Actor, id: UUID, context: CaseContext
) -> CaseDossier:
    """Make a copy of a case for its person; the audit records that it was made."""
    case = await access.find_case(session, actor, id)
    keyring = await find_case_key(context, case.id)
    requests = await read_part(session, keyring, case.id, ReintegrationRequest, PersonRequestWords)
    content = await read_content(session, case, keyring)
    purpose, fields = CasePurpose.RIGHTS_OF_THE_PERSON, ["person", *PARTS, "requests"]
    await access.log_read(session, actor, case, purpose, fields)
    course = {name: getattr(case, name) for name in COURSE}
    return CaseDossier(**course, content=content, requests=requests)


@operation(Permission.CASE_READ_CONTENT)
async def reintegration_bank_list(session: Session, actor: Actor, context: CaseContext) -> BankList:
    """List this month's loans in your cases, of those who consent, for the bank."""
    day, lines = day_of(now()), []
    for case, loan in await queries.find_loans_to_list(session, actor, day):
        keyring = await find_case_key(context, case.id)
        person = await read_person(session, keyring, case.id)
        await access.log_read(session, actor, case, CasePurpose.BANK_LIST, ["person", "supports"])
        lines.append(
            BankListLine(
                case_id=case.id, case_number=case.case_number, released_on=case.released_on,
                purpose=loan.purpose, amount=loan.amount, months=loan.months,
                **person.model_dump(include={"name", "birth_year", "address"}),
            )
        )  # fmt: skip
    return BankList(month=day.replace(day=1), lines=lines)
