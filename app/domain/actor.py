"""Who is asking, at which level, and what the roles allow."""

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast
from uuid import UUID

from app.db.tables.units import UnitLevel
from app.domain.errors import Forbidden

REQUEST: ContextVar[str | None] = ContextVar("request", default=None)  # what its log lines carry
Level = UnitLevel  # the level of an actor is that of the unit he serves for


class Role(StrEnum):
    """The function a person or a machine serves in."""

    VIEWER = "viewer"
    RECORDER = "recorder"
    EVALUATOR = "evaluator"
    APPROVER = "approver"
    TIP_OFFICER = "tip_officer"
    INVESTIGATOR = "investigator"
    IDENTITY_CUSTODIAN = "identity_custodian"
    CASE_WORKER = "case_worker"
    STATISTICIAN = "statistician"
    UNIT_ADMIN = "unit_admin"
    AUDITOR = "auditor"
    OPERATOR = "operator"


class Permission(StrEnum):
    """What can be allowed, as `resource:action`."""

    ACCOUNT_READ = "account:read"
    ACCOUNT_WRITE = "account:write"
    AUDIT_READ = "audit:read"
    AUDIT_VERIFY = "audit:verify"
    ATTACHMENT_READ = "attachment:read"
    ATTACHMENT_WRITE = "attachment:write"
    CALENDAR_READ = "calendar:read"
    CALENDAR_WRITE = "calendar:write"
    CLIENT_READ = "client:read"
    CLIENT_WRITE = "client:write"
    COMMITTEE_MOVE = "committee:move"
    COMMITTEE_READ = "committee:read"
    COMMITTEE_WRITE = "committee:write"
    COMMENDATION_DECIDE = "commendation:decide"
    COMMENDATION_NOMINATE = "commendation:nominate"
    COMMENDATION_READ = "commendation:read"
    COMMENDATION_READ_NAMES = "commendation:read_names"
    COVERAGE_READ = "coverage:read"
    DEADLINE_READ = "deadline:read"
    DEADLINE_RULE_WRITE = "deadline_rule:write"
    DOCUMENT_ISSUE = "document:issue"
    DOCUMENT_READ = "document:read"
    DOCUMENT_WRITE = "document:write"
    EXEMPLAR_READ = "exemplar:read"
    EXEMPLAR_WRITE = "exemplar:write"
    GRANT_READ = "grant:read"
    GRANT_WRITE = "grant:write"
    IDENTITY_DECIDE = "identity:decide"
    IDENTITY_OPEN = "identity:open"
    IDENTITY_READ = "identity:read"
    IDENTITY_REQUEST = "identity:request"
    ME_READ = "me:read"
    ME_WRITE = "me:write"
    MODEL_CREATE = "model:create"
    MODEL_LAUNCH = "model:launch"
    MODEL_READ = "model:read"
    MODEL_RECOGNISE = "model:recognise"
    MODEL_REVIEW = "model:review"
    MODEL_RULE_WRITE = "model_rule:write"
    MODEL_UPDATE = "model:update"
    MODEL_TYPE_CREATE = "model_type:create"
    MODEL_TYPE_READ = "model_type:read"
    MODEL_TYPE_UPDATE = "model_type:update"
    REORGANISATION_COMMIT = "reorganisation:commit"
    REORGANISATION_DRAFT = "reorganisation:draft"
    REORGANISATION_READ = "reorganisation:read"
    RETENTION_READ = "retention:read"
    RETENTION_WRITE = "retention:write"
    TEAM_CREATE = "team:create"
    TEAM_MEMBER_DECIDE = "team_member:decide"
    TEAM_MEMBER_READ = "team_member:read"
    TEAM_MEMBER_WRITE = "team_member:write"
    TEAM_MOVE = "team:move"
    TEAM_RATING_WRITE = "team_rating:write"
    TEAM_READ = "team:read"
    TEAM_SIZE_RULE_WRITE = "team_size_rule:write"
    TEAM_UPDATE = "team:update"
    TIP_ASSIGN = "tip:assign"
    TIP_CREATE = "tip:create"
    TIP_DECIDE = "tip:decide"
    TIP_DESK_READ = "tip_desk:read"
    TIP_DESK_WRITE = "tip_desk:write"
    TIP_HOLD = "tip:hold"
    TIP_MOVE = "tip:move"
    TIP_READ = "tip:read"
    TIP_READ_CONTENT = "tip:read_content"
    TIP_SERVICE_READ = "tip_service:read"
    TIP_TRANSFER = "tip:transfer"
    TIP_WRITE = "tip:write"
    TRANSITION_READ = "transition:read"
    UNIT_CREATE = "unit:create"
    UNIT_READ = "unit:read"


P_ = Permission
CATALOGUE = frozenset({P_.ME_READ, P_.ME_WRITE, P_.UNIT_READ, P_.MODEL_TYPE_READ, P_.CALENDAR_READ,
                       P_.RETENTION_READ, P_.TIP_DESK_READ})  # fmt: skip
FORCES = {P_.TEAM_READ, P_.COMMITTEE_READ}  # numbers and states; who is in a team is apart
PAPERS = {P_.DOCUMENT_READ, P_.ATTACHMENT_READ, P_.COMMENDATION_READ, P_.EXEMPLAR_READ}
READS = CATALOGUE | FORCES | PAPERS | {
    P_.MODEL_READ, P_.COVERAGE_READ, P_.TRANSITION_READ, P_.DEADLINE_READ, P_.TIP_SERVICE_READ,
}  # fmt: skip
LIVES = {P_.MODEL_CREATE, P_.MODEL_LAUNCH, P_.MODEL_UPDATE, P_.MODEL_REVIEW}
TYPES = {P_.MODEL_TYPE_CREATE, P_.MODEL_TYPE_UPDATE, P_.MODEL_RECOGNISE}
MEMBERS = {P_.TEAM_MEMBER_READ, P_.TEAM_MEMBER_WRITE}
NOMINATES = {P_.COMMENDATION_NOMINATE, P_.COMMENDATION_READ_NAMES, P_.EXEMPLAR_WRITE}
DRAFTS = {P_.DOCUMENT_WRITE, P_.ATTACHMENT_WRITE} | NOMINATES
TEAMS = {P_.TEAM_CREATE, P_.TEAM_UPDATE, P_.COMMITTEE_WRITE}
RECORDS = READS | LIVES | MEMBERS | DRAFTS | TEAMS | {P_.UNIT_CREATE}
DECIDES = {
    P_.TEAM_MOVE, P_.TEAM_MEMBER_DECIDE, P_.TEAM_RATING_WRITE, P_.TEAM_SIZE_RULE_WRITE,
    P_.COMMITTEE_MOVE, P_.DOCUMENT_ISSUE, P_.COMMENDATION_DECIDE,
}  # fmt: skip
LAW = {
    P_.CALENDAR_WRITE, P_.DEADLINE_RULE_WRITE, P_.TEAM_SIZE_RULE_WRITE, P_.MODEL_RULE_WRITE,
    P_.RETENTION_WRITE, P_.TIP_DESK_WRITE,
}  # fmt: skip
REDRAWS = {P_.REORGANISATION_READ, P_.REORGANISATION_DRAFT, P_.REORGANISATION_COMMIT}
HOLDERS = {P_.ACCOUNT_READ, P_.CLIENT_READ, P_.GRANT_READ}
APPOINTS = HOLDERS | {P_.ACCOUNT_WRITE, P_.CLIENT_WRITE, P_.GRANT_WRITE}
HANDLES = CATALOGUE | {
    P_.DEADLINE_READ, P_.TRANSITION_READ, P_.TIP_SERVICE_READ, P_.TIP_READ, P_.TIP_READ_CONTENT,
    P_.TIP_WRITE, P_.TIP_MOVE, P_.TIP_HOLD, P_.IDENTITY_READ, P_.IDENTITY_REQUEST,
    P_.IDENTITY_OPEN,
}  # fmt: skip
TAKES_IN = HANDLES | {P_.TIP_CREATE, P_.TIP_ASSIGN, P_.TIP_TRANSFER}
AUDITS = {P_.REORGANISATION_READ, P_.AUDIT_READ, P_.AUDIT_VERIFY}
GRANTS: dict[Role, frozenset[Permission]] = {
    Role.VIEWER: READS,
    Role.RECORDER: RECORDS,
    Role.EVALUATOR: READS | {P_.MODEL_REVIEW},
    Role.APPROVER: RECORDS | DECIDES | TYPES | {P_.REORGANISATION_READ},
    Role.TIP_OFFICER: TAKES_IN,
    Role.INVESTIGATOR: HANDLES | {P_.TIP_DECIDE},
    Role.IDENTITY_CUSTODIAN: CATALOGUE | {P_.IDENTITY_READ, P_.IDENTITY_DECIDE},
    Role.CASE_WORKER: CATALOGUE | {P_.DEADLINE_READ},
    Role.STATISTICIAN: READS | {P_.REORGANISATION_READ},
    Role.UNIT_ADMIN: READS | REDRAWS | LAW | APPOINTS | TYPES | {P_.UNIT_CREATE},
    Role.AUDITOR: READS | HOLDERS | AUDITS,
    Role.OPERATOR: frozenset({P_.ME_READ, P_.ME_WRITE}),
}


@dataclass(frozen=True)
class Actor:
    """Whoever asks: a person or a machine, serving in roles for one unit."""

    subject: str
    roles: frozenset[Role]
    level: Level
    unit_id: UUID
    client: str = "binhyen"
    purposes: tuple[str, ...] = field(default=())
    session: UUID | None = None  # what stands behind his token; none for this machine itself
    session_version: int = 0
    scope: frozenset[Permission] | None = None  # what was asked for; none: all that is granted
    methods: tuple[str, ...] = ()  # how a person signed in; empty for a machine
    signed_in_at: datetime | None = None

    @classmethod
    def within(cls, scope: frozenset[Permission], **known: Any) -> "Actor":
        """Somebody who asked for these permissions; a scope that takes nothing away is none."""
        actor = cls(**known)
        return actor if actor.permissions <= scope else replace(actor, scope=scope)

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        """What the roles grant, less what was not asked for: a scope never widens."""
        granted: frozenset[Permission] = frozenset().union(*(GRANTS[role] for role in self.roles))
        return granted if self.scope is None else granted & self.scope

    def may(self, permission: str | None) -> bool:
        return permission is None or permission in self.permissions

    def require(self, permission: str) -> None:
        if permission not in self.permissions:
            raise Forbidden(permission=str(permission))


S = TypeVar("S")
P = ParamSpec("P")
R = TypeVar("R")
Operation = Callable[Concatenate[S, Actor, P], Awaitable[R]]


def operation(permission: Permission) -> Callable[[Operation[S, P, R]], Operation[S, P, R]]:
    """The first gate: a service function that nobody passes without this permission."""

    def guard(function: Operation[S, P, R]) -> Operation[S, P, R]:
        @wraps(function)
        async def guarded(session: S, actor: Actor, *args: P.args, **kwargs: P.kwargs) -> R:
            actor.require(permission)
            return await function(session, actor, *args, **kwargs)

        guarded.needs = permission  # type: ignore[attr-defined]
        return cast(Operation[S, P, R], guarded)

    return guard


def needed_by(function: Any) -> Permission | None:
    """The permission a service function asks for; None if it is no operation."""
    found: Permission | None = getattr(function, "needs", None)
    return found
