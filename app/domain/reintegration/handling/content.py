"""The content of a case: read by those who have a part in it, for a purpose, and logged."""

from typing import Any
from uuid import UUID

from app.db.session import Session
from app.db.tables.reintegration import CaseState, ReintegrationCase
from app.db.tables.reintegration_parts import (
    ReintegrationAction,
    ReintegrationConsent,
    ReintegrationContact,
    ReintegrationNeed,
    ReintegrationSupport,
)
from app.domain.actor import Actor, Permission, operation
from app.domain.confidential.crypto.keyrings import Keyring
from app.domain.records.refused_reads import audit_refusals
from app.domain.reintegration.context import CaseContext
from app.domain.reintegration.errors import CaseSealed, SealedByClosing
from app.domain.reintegration.handling import access, queries
from app.domain.reintegration.handling.contents import (
    CaseActionWords,
    CaseConsentWords,
    CaseContactWords,
    CaseContent,
    CaseNeedWords,
    CasePerson,
    CaseSupportWords,
)
from app.domain.reintegration.handling.schemas import CasePurpose
from app.domain.reintegration.seals import find_case_key, unseal

PARTS: dict[str, tuple[Any, Any]] = {
    "needs": (ReintegrationNeed, CaseNeedWords),
    "plan_actions": (ReintegrationAction, CaseActionWords),
    "contacts": (ReintegrationContact, CaseContactWords),
    "supports": (ReintegrationSupport, CaseSupportWords),
    "consents": (ReintegrationConsent, CaseConsentWords),
}


@audit_refusals("reintegration_identity")
@operation(Permission.CASE_READ_CONTENT)
async def reintegration_case_content(
    session: Session, actor: Actor, id: UUID, context: CaseContext, *, purpose: CasePurpose
) -> CaseContent:
    """Read who a case is about and all that it says; each read is audited with its purpose."""
    case = await access.find_readable_case(session, actor, id)
    if case.state is CaseState.CLOSED and purpose is not CasePurpose.RIGHTS_OF_THE_PERSON:
        raise SealedByClosing(permission="purpose")
    content = await read_content(session, case, await find_case_key(context, case.id))
    await access.log_read(session, actor, case, purpose, ["person", *PARTS])
    return content


async def read_person(session: Session, keyring: Keyring, case: UUID) -> CasePerson:
    """Open who a case is about."""
    sealed = await queries.load_identity(session, case)
    if sealed is None:
        raise CaseSealed()
    return CasePerson(**unseal(keyring, sealed, case))


async def read_content(session: Session, case: ReintegrationCase, keyring: Keyring) -> CaseContent:
    """Open all that a case says."""
    parts = {
        name: await read_part(session, keyring, case.id, *part) for name, part in PARTS.items()
    }
    person = await read_person(session, keyring, case.id)
    return CaseContent(case_id=case.id, case_number=case.case_number, person=person, **parts)


async def read_part(
    session: Session, keyring: Keyring, case: UUID, table: Any, schema: Any
) -> list[Any]:
    """Open the entries of one kind in a case."""
    return [
        schema(**{name: getattr(row, name, None) for name in schema.model_fields}
               | unseal(keyring, row, row.id))
        for row in await queries.find_entries(session, table, case)
    ]  # fmt: skip
