"""The actor of a request: its level, its roles, and their permissions."""

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast
from uuid import UUID

from app.db.tables.units import UnitLevel
from app.domain.errors import Forbidden, ForTheCountryOnly, NotFromVillages

REQUEST: ContextVar[str | None] = ContextVar("request", default=None)  # for log lines
OWN_CLIENT = "binhyen"  # of tokens that the product itself issued: no application can register it
Level = UnitLevel  # the level of an actor is that of their unit


class Role(StrEnum):
    """The function that a person or a machine has."""

    VIEWER = "viewer"
    RECORDER = "recorder"
    EVALUATOR = "evaluator"
    APPROVER = "approver"
    TIP_OFFICER = "tip_officer"
    INVESTIGATOR = "investigator"
    IDENTITY_CUSTODIAN = "identity_custodian"
    CASE_WORKER = "case_worker"
    MINOR_WORKER = "minor_worker"  # beside case_worker: of people under 18 as well
    STATISTICIAN = "statistician"
    UNIT_ADMIN = "unit_admin"
    AUDITOR = "auditor"
    OPERATOR = "operator"


class Permission(StrEnum):
    """A permission, as `resource:action`."""

    ACCOUNT_READ = "account:read"
    ACCOUNT_WRITE = "account:write"
    ACTIVITY_READ = "activity:read"
    ACTIVITY_TRANSITION = "activity:transition"
    ACTIVITY_VERIFY = "activity:verify"
    ACTIVITY_VOID = "activity:void"
    ACTIVITY_WRITE = "activity:write"
    AUDIT_READ = "audit:read"
    AUDIT_VERIFY = "audit:verify"
    ATTACHMENT_READ = "attachment:read"
    ATTACHMENT_WRITE = "attachment:write"
    CALENDAR_READ = "calendar:read"
    CALENDAR_WRITE = "calendar:write"
    CAMPAIGN_READ = "campaign:read"
    CAMPAIGN_VOID = "campaign:void"
    CAMPAIGN_WRITE = "campaign:write"
    CLIENT_READ = "client:read"
    CLIENT_WRITE = "client:write"
    COMMITTEE_TRANSITION = "committee:transition"
    COMMITTEE_READ = "committee:read"
    COMMITTEE_VOID = "committee:void"
    COMMITTEE_WRITE = "committee:write"
    COMMENDATION_DECIDE = "commendation:decide"
    COMMENDATION_NOMINATE = "commendation:nominate"
    COMMENDATION_READ = "commendation:read"
    COMMENDATION_READ_NAMES = "commendation:read_names"
    COMMENDATION_VOID = "commendation:void"
    COVERAGE_READ = "coverage:read"
    CRITERIA_SET_PUBLISH = "criteria_set:publish"
    CRITERIA_SET_READ = "criteria_set:read"
    CRITERIA_SET_WRITE = "criteria_set:write"
    DEADLINE_READ = "deadline:read"
    DEADLINE_RULE_WRITE = "deadline_rule:write"
    DOCUMENT_ISSUE = "document:issue"
    DOCUMENT_READ = "document:read"
    DOCUMENT_VOID = "document:void"
    DOCUMENT_WRITE = "document:write"
    EVALUATION_DECIDE = "evaluation:decide"
    EVALUATION_READ = "evaluation:read"
    EVALUATION_ROUND_WRITE = "evaluation_round:write"
    EVALUATION_VERIFY = "evaluation:verify"
    EVALUATION_WRITE = "evaluation:write"
    EXEMPLAR_READ = "exemplar:read"
    EXEMPLAR_VOID = "exemplar:void"
    EXEMPLAR_WRITE = "exemplar:write"
    EXPORT_CREATE = "export:create"
    EXPORT_READ = "export:read"
    FIGURE_READ = "figure:read"
    GRANT_READ = "grant:read"
    GRANT_WRITE = "grant:write"
    IDENTITY_DECIDE = "identity:decide"
    IDENTITY_OPEN = "identity:open"
    IDENTITY_READ = "identity:read"
    IDENTITY_REQUEST = "identity:request"
    IMPORT_READ = "import:read"
    IMPORT_WRITE = "import:write"
    INCIDENT_READ = "incident:read"
    INCIDENT_TRANSITION = "incident:transition"
    INCIDENT_VOID = "incident:void"
    INCIDENT_WRITE = "incident:write"
    ME_READ = "me:read"
    ME_WRITE = "me:write"
    MODEL_CREATE = "model:create"
    MODEL_LAUNCH = "model:launch"
    MODEL_READ = "model:read"
    MODEL_RECOGNISE = "model:recognise"
    MODEL_REVIEW = "model:review"
    MODEL_RECOGNITION_VOID = "model_recognition:void"
    MODEL_RULE_WRITE = "model_rule:write"
    MODEL_UPDATE = "model:update"
    MODEL_VOID = "model:void"
    MODEL_TYPE_CREATE = "model_type:create"
    MODEL_TYPE_READ = "model_type:read"
    MODEL_TYPE_UPDATE = "model_type:update"
    ORGANISATION_READ = "organisation:read"
    ORGANISATION_TRANSITION = "organisation:transition"
    ORGANISATION_VOID = "organisation:void"
    ORGANISATION_WRITE = "organisation:write"
    CASE_APPOINT = "reintegration:appoint"
    CASE_ASSIGN = "reintegration:assign"
    CASE_BREAK_GLASS = "reintegration:break_glass"
    CASE_CREATE = "reintegration:create"
    CASE_HOLD = "reintegration:hold"
    CASE_MINORS = "reintegration:minors"
    CASE_READ = "reintegration:read"
    CASE_READ_CONTENT = "reintegration:read_content"
    CASE_READ_OPENINGS = "reintegration:read_openings"
    CASE_REVIEW_OPENING = "reintegration:review_opening"
    CASE_TRANSFER = "reintegration:transfer"
    CASE_TRANSITION = "reintegration:transition"
    CASE_WATCH = "reintegration:watch"
    CASE_WRITE = "reintegration:write"
    REORGANISATION_COMMIT = "reorganisation:commit"
    REORGANISATION_DRAFT = "reorganisation:draft"
    REORGANISATION_READ = "reorganisation:read"
    RETENTION_READ = "retention:read"
    RETENTION_WRITE = "retention:write"
    STATED_FIGURE_READ = "stated_figure:read"
    STATED_FIGURE_VOID = "stated_figure:void"
    STATED_FIGURE_WRITE = "stated_figure:write"
    SYNC_READ = "sync:read"
    SYNC_WRITE = "sync:write"
    TARGET_READ = "target:read"
    TARGET_VOID = "target:void"
    TARGET_WRITE = "target:write"
    TASK_READ = "task:read"
    TASK_TRANSITION = "task:transition"
    TASK_VOID = "task:void"
    TASK_WRITE = "task:write"
    TEAM_CREATE = "team:create"
    TEAM_MEMBER_DECIDE = "team_member:decide"
    TEAM_MEMBER_READ = "team_member:read"
    TEAM_MEMBER_VOID = "team_member:void"
    TEAM_MEMBER_WRITE = "team_member:write"
    TEAM_TRANSITION = "team:transition"
    TEAM_RATING_WRITE = "team_rating:write"
    TEAM_READ = "team:read"
    TEAM_SIZE_RULE_WRITE = "team_size_rule:write"
    TEAM_UPDATE = "team:update"
    TEAM_VOID = "team:void"
    TIP_ASSIGN = "tip:assign"
    TIP_CREATE = "tip:create"
    TIP_DECIDE = "tip:decide"
    TIP_DESK_READ = "tip_desk:read"
    TIP_DESK_WRITE = "tip_desk:write"
    TIP_HOLD = "tip:hold"
    TIP_TRANSITION = "tip:transition"
    TIP_READ = "tip:read"
    TIP_READ_CONTENT = "tip:read_content"
    TIP_SERVICE_READ = "tip_service:read"
    TIP_TRANSFER = "tip:transfer"
    TIP_WRITE = "tip:write"
    TRANSITION_READ = "transition:read"
    UNIT_CREATE = "unit:create"
    UNIT_READ = "unit:read"
    UNIT_VOID = "unit:void"
    VOCABULARY_READ = "vocabulary:read"
    WEBHOOK_READ = "webhook:read"
    WEBHOOK_WRITE = "webhook:write"


_P = Permission
CATALOGUE = frozenset({_P.ME_READ, _P.ME_WRITE, _P.UNIT_READ, _P.MODEL_TYPE_READ, _P.CALENDAR_READ,
                       _P.RETENTION_READ, _P.TIP_DESK_READ, _P.VOCABULARY_READ,
                       _P.EXPORT_CREATE, _P.EXPORT_READ,
                       _P.WEBHOOK_READ, _P.WEBHOOK_WRITE})  # fmt: skip
READ_FORCES = {_P.TEAM_READ, _P.COMMITTEE_READ}  # without members: they have another one
READ_PAPERS = {_P.DOCUMENT_READ, _P.ATTACHMENT_READ, _P.COMMENDATION_READ, _P.EXEMPLAR_READ}
READ_STATED = {_P.ORGANISATION_READ, _P.STATED_FIGURE_READ, _P.TARGET_READ}
READ_DAILY = {_P.INCIDENT_READ, _P.ACTIVITY_READ, _P.CAMPAIGN_READ, _P.TASK_READ}
READ_EVALUATIONS = {_P.CRITERIA_SET_READ, _P.EVALUATION_READ}
READS = CATALOGUE | READ_EVALUATIONS | READ_FORCES | READ_PAPERS | READ_STATED | READ_DAILY | {
    _P.MODEL_READ, _P.COVERAGE_READ, _P.FIGURE_READ, _P.TRANSITION_READ, _P.DEADLINE_READ,
    _P.TIP_SERVICE_READ,
}  # fmt: skip
RECORD_MODELS = {_P.MODEL_CREATE, _P.MODEL_LAUNCH, _P.MODEL_UPDATE, _P.MODEL_REVIEW}
MANAGE_TYPES = {_P.MODEL_TYPE_CREATE, _P.MODEL_TYPE_UPDATE, _P.MODEL_RECOGNISE}
RECORD_MEMBERS = {_P.TEAM_MEMBER_READ, _P.TEAM_MEMBER_WRITE}
NOMINATE = {_P.COMMENDATION_NOMINATE, _P.COMMENDATION_READ_NAMES, _P.EXEMPLAR_WRITE}
DRAFT_PAPERS = {_P.DOCUMENT_WRITE, _P.ATTACHMENT_WRITE} | NOMINATE
RECORD_TEAMS = {_P.TEAM_CREATE, _P.TEAM_UPDATE, _P.COMMITTEE_WRITE}
RECORD_STATED = {_P.ORGANISATION_WRITE, _P.STATED_FIGURE_WRITE}
RECORD_DAILY = {
    _P.INCIDENT_WRITE, _P.INCIDENT_TRANSITION, _P.ACTIVITY_WRITE, _P.ACTIVITY_TRANSITION,
    _P.TASK_TRANSITION,
}  # fmt: skip
SYNC = {_P.SYNC_READ, _P.SYNC_WRITE}  # with the permission of each operation that is pushed
IMPORT = {_P.IMPORT_READ, _P.IMPORT_WRITE}  # with the permission to create what is imported
RECORD = READS | RECORD_MODELS | RECORD_MEMBERS | DRAFT_PAPERS | RECORD_TEAMS | RECORD_STATED | {
    _P.UNIT_CREATE, _P.EVALUATION_WRITE, *RECORD_DAILY, *IMPORT, *SYNC,
}  # fmt: skip
EVALUATE = {_P.EVALUATION_WRITE, _P.EVALUATION_VERIFY} | SYNC
DECIDE = {
    _P.EVALUATION_VERIFY, _P.EVALUATION_DECIDE, _P.EVALUATION_ROUND_WRITE,
    _P.CRITERIA_SET_WRITE, _P.CRITERIA_SET_PUBLISH, _P.TARGET_WRITE,
    _P.ACTIVITY_VERIFY, _P.CAMPAIGN_WRITE, _P.TASK_WRITE,
    _P.TEAM_TRANSITION, _P.TEAM_MEMBER_DECIDE, _P.TEAM_RATING_WRITE, _P.TEAM_SIZE_RULE_WRITE,
    _P.COMMITTEE_TRANSITION, _P.DOCUMENT_ISSUE, _P.COMMENDATION_DECIDE,
    _P.ORGANISATION_TRANSITION, _P.STATED_FIGURE_VOID,
}  # fmt: skip
VOID = {  # to take out what was entered in error
    _P.INCIDENT_VOID, _P.ACTIVITY_VOID, _P.CAMPAIGN_VOID, _P.TASK_VOID, _P.TARGET_VOID,
    _P.COMMENDATION_VOID, _P.COMMITTEE_VOID, _P.DOCUMENT_VOID, _P.EXEMPLAR_VOID, _P.MODEL_VOID,
    _P.MODEL_RECOGNITION_VOID, _P.ORGANISATION_VOID, _P.TEAM_VOID, _P.TEAM_MEMBER_VOID,
    _P.UNIT_VOID,
}  # fmt: skip
MANAGE_RULES = {
    _P.CALENDAR_WRITE, _P.DEADLINE_RULE_WRITE, _P.TEAM_SIZE_RULE_WRITE, _P.MODEL_RULE_WRITE,
    _P.RETENTION_WRITE, _P.TIP_DESK_WRITE, _P.CRITERIA_SET_WRITE,
}  # fmt: skip
REORGANISE = {_P.REORGANISATION_READ, _P.REORGANISATION_DRAFT, _P.REORGANISATION_COMMIT}
READ_HOLDERS = {_P.ACCOUNT_READ, _P.CLIENT_READ, _P.GRANT_READ}
MANAGE_HOLDERS = READ_HOLDERS | {_P.ACCOUNT_WRITE, _P.CLIENT_WRITE, _P.GRANT_WRITE}
HANDLE_TIPS = CATALOGUE | {
    _P.DEADLINE_READ, _P.TRANSITION_READ, _P.TIP_SERVICE_READ, _P.TIP_READ, _P.TIP_READ_CONTENT,
    _P.TIP_WRITE, _P.TIP_TRANSITION, _P.TIP_HOLD, _P.IDENTITY_READ, _P.IDENTITY_REQUEST,
    _P.IDENTITY_OPEN,
}  # fmt: skip
RECEIVE_TIPS = HANDLE_TIPS | {_P.TIP_CREATE, _P.TIP_ASSIGN, _P.TIP_TRANSFER}
HANDLE_CASES = {
    _P.CASE_READ, _P.CASE_READ_CONTENT, _P.CASE_CREATE, _P.CASE_WRITE, _P.CASE_TRANSITION,
    _P.CASE_ASSIGN, _P.CASE_TRANSFER, _P.CASE_HOLD, _P.CASE_BREAK_GLASS,
}  # fmt: skip
# that somebody looks after each, and who read it in an emergency; no more
WATCH_CASES = {
    _P.CASE_WATCH, _P.CASE_APPOINT, _P.CASE_READ_OPENINGS, _P.CASE_REVIEW_OPENING,
}  # fmt: skip
READ_SECRETS = {
    _P.TIP_READ, _P.TIP_READ_CONTENT, _P.CASE_READ, _P.CASE_READ_CONTENT, _P.CASE_MINORS,
    _P.IDENTITY_READ, _P.IDENTITY_OPEN, _P.IDENTITY_DECIDE, _P.AUDIT_READ,
}  # fmt: skip
# An application gets these for its users only where a superior opened them to it.
GUARDED = (
    READ_SECRETS
    | MANAGE_HOLDERS
    | (RECEIVE_TIPS - READS)
    | HANDLE_CASES
    | WATCH_CASES
    | {_P.AUDIT_VERIFY, _P.TIP_DECIDE, _P.TIP_DESK_WRITE, _P.RETENTION_WRITE}
    | {_P.REORGANISATION_COMMIT, _P.WEBHOOK_WRITE}  # what outlives a session
)
AUDIT = {_P.REORGANISATION_READ, _P.AUDIT_READ, _P.AUDIT_VERIFY, _P.CASE_READ_OPENINGS}
GRANTS: dict[Role, frozenset[Permission]] = {
    Role.VIEWER: READS,
    Role.RECORDER: RECORD,
    Role.EVALUATOR: READS | EVALUATE | {_P.MODEL_REVIEW},
    Role.APPROVER: RECORD | DECIDE | VOID | MANAGE_TYPES | WATCH_CASES | {_P.REORGANISATION_READ},
    Role.TIP_OFFICER: RECEIVE_TIPS,
    Role.INVESTIGATOR: HANDLE_TIPS | {_P.TIP_DECIDE},
    Role.IDENTITY_CUSTODIAN: CATALOGUE | {_P.IDENTITY_READ, _P.IDENTITY_DECIDE},
    Role.CASE_WORKER: CATALOGUE | HANDLE_CASES | {_P.DEADLINE_READ, _P.TRANSITION_READ},
    Role.MINOR_WORKER: frozenset({_P.ME_READ, _P.ME_WRITE, _P.CASE_MINORS}),
    Role.STATISTICIAN: READS | {_P.REORGANISATION_READ},
    Role.UNIT_ADMIN: READS
    | REORGANISE
    | MANAGE_RULES
    | MANAGE_HOLDERS
    | MANAGE_TYPES
    | IMPORT
    | SYNC
    | {_P.UNIT_CREATE},
    Role.AUDITOR: READS | READ_HOLDERS | AUDIT,
    Role.OPERATOR: frozenset({_P.ME_READ, _P.ME_WRITE}),
}
# What one administrator alone could turn into the reading of secrets takes two of them.
SECOND_PERSON_ROLES = frozenset(role for role in Role if GRANTS[role] & READ_SECRETS) | {
    Role.UNIT_ADMIN,
}
TWO_FACTOR_ROLES = SECOND_PERSON_ROLES | {Role.APPROVER}


@dataclass(frozen=True)
class Actor:
    """The caller: a person or a machine, with roles for one unit."""

    subject: str
    roles: frozenset[Role]
    level: Level
    unit_id: UUID
    client: str = OWN_CLIENT
    purposes: tuple[str, ...] = field(default=())
    session: UUID | None = None  # the session of the token; None for this machine itself
    session_version: int = 0
    scope: frozenset[Permission] | None = None  # as requested; None: all that is granted
    methods: tuple[str, ...] = ()  # the sign-in methods of a person; empty for a machine
    signed_in_at: datetime | None = None

    @classmethod
    def within(cls, scope: frozenset[Permission], **known: Any) -> "Actor":
        """Build an actor limited to a scope; a scope that removes nothing is dropped."""
        actor = cls(**known)
        return actor if actor.permissions <= scope else replace(actor, scope=scope)

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        """Return the permissions of the roles within the scope: a scope never widens."""
        granted: frozenset[Permission] = frozenset().union(*(GRANTS[role] for role in self.roles))
        return granted if self.scope is None else granted & self.scope

    @property
    def policy_roles(self) -> str:
        """Return the roles for the policies; that for minors where the scope has it too."""
        minors = self.may(Permission.CASE_MINORS)
        return " ".join(sorted(one for one in self.roles if minors or one != Role.MINOR_WORKER))

    def may(self, permission: str | None) -> bool:
        return permission is None or permission in self.permissions

    def require(self, permission: str) -> None:
        if permission not in self.permissions:
            raise Forbidden(permission=str(permission))


S = TypeVar("S")
P = ParamSpec("P")
R = TypeVar("R")
Operation = Callable[Concatenate[S, Actor, P], Awaitable[R]]


NATION_ONLY = frozenset({Level.NATIONAL})  # for rows of no unit, which hold for the whole country
ABOVE_VILLAGES = frozenset(Level) - {Level.VILLAGE}


def check_level(actor: Actor, levels: frozenset[Level]) -> None:
    """Refuse an operation that is not done from the level of the caller's unit."""
    if actor.level not in levels:
        raise ForTheCountryOnly() if levels == NATION_ONLY else NotFromVillages()


def operation(
    permission: Permission, *, levels: frozenset[Level] = frozenset(Level)
) -> Callable[[Operation[S, P, R]], Operation[S, P, R]]:
    """Guard a service function by a permission and by levels: the first gate of an operation."""

    def guard(function: Operation[S, P, R]) -> Operation[S, P, R]:
        @wraps(function)
        async def run_guarded(session: S, actor: Actor, *args: P.args, **kwargs: P.kwargs) -> R:
            actor.require(permission)
            check_level(actor, levels)
            return await function(session, actor, *args, **kwargs)

        run_guarded.needs = permission  # type: ignore[attr-defined]
        run_guarded.levels = levels  # type: ignore[attr-defined]
        return cast(Operation[S, P, R], run_guarded)

    return guard


def required_permission(function: Any) -> Permission | None:
    """Return the permission that a service function requires; None if it is no operation."""
    found: Permission | None = getattr(function, "needs", None)
    return found


def allowed_levels(function: Any) -> frozenset[Level]:
    """Return the levels from which a service function may be called."""
    found: frozenset[Level] = getattr(function, "levels", frozenset(Level))
    return found
