"""The declaration by which a kind of record has identities that can be requested and opened."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic

from app.db.tables.confidential import IdentityRequestRow, SealedPart
from app.domain.actor import Permission
from app.domain.confidential.kinds import ConfidentialKind, R
from app.domain.errors import Conflict, FieldError


@dataclass(frozen=True, slots=True)
class IdentityPermissions:
    """The permissions to ask, to decide, and to open."""

    request: Permission
    decide: Permission
    open: Permission
    read: Permission


@dataclass(frozen=True, slots=True)
class IdentityRefusals:
    """The refusals that name what the record is and whose identity is meant."""

    no_identity: type[Conflict]
    already_requested: type[Conflict]
    gone: type[Conflict]
    not_assigned: FieldError


@dataclass(frozen=True, slots=True)
class IdentityKind(Generic[R]):
    """Identities of one kind of record: their tables, permissions and refusals."""

    record: ConfidentialKind[R]
    requests: type[IdentityRequestRow]
    identities: type[SealedPart]
    has_identity: Callable[[R], bool]
    permissions: IdentityPermissions
    refusals: IdentityRefusals
