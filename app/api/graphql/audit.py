"""The audit over GraphQL."""

import strawberry
from strawberry import auto
from strawberry.experimental import pydantic

from app.api.graphql.acting import perform
from app.api.graphql.context import Info
from app.api.graphql.roots import does, read_one, read_page
from app.domain.records.audit import schemas, service
from app.domain.records.audit.schemas import Place
from app.domain.records.audit.shape import AUDIT_ENTRY


@pydantic.type(model=schemas.AuditHead)
class AuditHead:
    """A signed head of the chain: whoever keeps it can tell later whether the chain was cut."""

    position: Place
    entries: auto
    head: auto
    sealed_at: auto
    key_id: auto
    signature: auto


@pydantic.type(model=schemas.AuditKey, all_fields=True)
class AuditKey:
    """A public key of the audit: Ed25519, as a JWK has it."""


@pydantic.type(model=schemas.AuditHeads, all_fields=True)
class AuditHeads:
    """The public keys of the audit, and the last heads, the newest first."""


@pydantic.type(model=schemas.AuditFault)
class AuditFault:
    """One fault of the chain."""

    what: auto
    position: Place | None
    entry_id: auto


@pydantic.type(model=schemas.Verification)
class Verification:
    """What was verified, and every fault that was found; so many are counted, the first told."""

    from_position: Place
    to_position: Place
    entries: auto
    seals: auto
    found: auto
    faults: auto


@pydantic.input(model=schemas.PublishedHead)
class PublishedHead:
    """A head that was kept outside: the chain must still reach it."""

    position: Place
    head: auto


@pydantic.input(model=schemas.VerificationWords)
class VerificationWords:
    """Which part of the chain is verified: all of it, unless said."""

    from_position: Place | None = None
    to_position: Place | None = None
    published: auto


@strawberry.type
class AuditQuery:
    audit_entry = read_one(AUDIT_ENTRY, "One entry of the audit.")
    audit_entries = read_page(AUDIT_ENTRY, "Who did or read what for your units, newest first.")

    @does(service.audit_heads)
    async def audit_heads(self, info: Info) -> AuditHeads | None:
        house, actor = info.context.house, info.context.actor
        async with house.reading(actor) as session:
            found = await service.audit_heads(session, actor, house.audit_keys)
        return AuditHeads.from_pydantic(found)


@strawberry.type
class AuditMutation:
    @does(service.verify_audit)
    async def verify_audit(self, info: Info, data: VerificationWords) -> Verification | None:
        said, keys = data.to_pydantic(), info.context.house.audit_keys
        found = await perform(
            info,
            schemas.Verification,
            lambda session, actor: service.verify_audit(session, actor, keys, said),
        )
        return Verification.from_pydantic(found)
