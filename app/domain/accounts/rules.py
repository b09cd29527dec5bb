"""Rules of granting: one table of role terms, and the checks that follow from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from app.db.tables.auth import GrantState
from app.domain.accounts.errors import (
    BeyondYou,
    NeedsAnotherToConfirm,
    NeedsASecondPerson,
    NotASuperior,
    NotAtThisLevel,
    NotForMachines,
    OnOneself,
    RolesConflict,
)
from app.domain.actor import SECOND_PERSON_ROLES, Actor, Level, Role

HEIGHT = {level: height for height, level in enumerate(Level)}  # 0 is the country
EVERYWHERE = frozenset(Level)
NATION, PROVINCES = frozenset({Level.NATIONAL}), frozenset({Level.NATIONAL, Level.PROVINCE})
NOT_IN_VILLAGES = EVERYWHERE - {Level.VILLAGE}  # too close to informants


@dataclass(frozen=True, slots=True)
class RoleTerms:
    """On which terms a role is granted, by administrators of units."""

    by: frozenset[Level] = EVERYWHERE  # of which levels' administrators
    at: frozenset[Level] = EVERYWHERE  # for units of which levels
    from_above: bool = False  # only for a unit below the administrator's own
    over_holder: bool = False  # only to somebody who belongs to a unit below it
    second_person: bool = False  # not by who made or last changed the account
    machines: bool = False


# The country's own administrators, auditors and custodians are so granted at the command line only.
TERMS: dict[Role, RoleTerms] = {
    Role.VIEWER: RoleTerms(machines=True),
    Role.RECORDER: RoleTerms(machines=True),
    Role.EVALUATOR: RoleTerms(machines=True),
    Role.APPROVER: RoleTerms(),
    Role.TIP_OFFICER: RoleTerms(at=NOT_IN_VILLAGES),
    Role.INVESTIGATOR: RoleTerms(at=NOT_IN_VILLAGES),
    Role.CASE_WORKER: RoleTerms(),
    Role.MINOR_WORKER: RoleTerms(),
    Role.STATISTICIAN: RoleTerms(machines=True),
    Role.UNIT_ADMIN: RoleTerms(by=PROVINCES, from_above=True),
    Role.AUDITOR: RoleTerms(by=PROVINCES, from_above=True, over_holder=True, second_person=True),
    Role.IDENTITY_CUSTODIAN: RoleTerms(
        by=PROVINCES, at=PROVINCES, from_above=True, over_holder=True, second_person=True
    ),
    Role.OPERATOR: RoleTerms(by=NATION, at=NATION, machines=True),
}
FOR_MACHINES = [role.value for role, terms in TERMS.items() if terms.machines]
_R = Role
# No person holds both of these, for whatever units: one of the two watches the other.
CONFLICTS = {
    frozenset({_R.UNIT_ADMIN, _R.AUDITOR}), frozenset({_R.UNIT_ADMIN, _R.IDENTITY_CUSTODIAN}),
    frozenset({_R.AUDITOR, _R.IDENTITY_CUSTODIAN}),
    frozenset({_R.INVESTIGATOR, _R.IDENTITY_CUSTODIAN}),
    *(frozenset({_R.OPERATOR, other}) for other in Role if other is not _R.OPERATOR),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Holder:
    """The holder of a grant, as far as the rules need it."""

    id: UUID
    person: bool
    level: Level  # of the unit of the holder
    worked_on_by: tuple[str, ...] = ()  # who made the account, and who changed it last


def check_not_oneself(actor: Actor, holder: UUID) -> None:
    """Refuse decisions on one's own account."""
    if actor.subject == str(holder):
        raise OnOneself()


def check_may_decide(actor: Actor, role: Role, unit: Level, holder: Level) -> None:
    """Allow a revocation only to those who may grant the role for the unit."""
    if actor.session is None:  # this machine's own command line, which answers to its operator
        return
    terms, own = TERMS[role], HEIGHT[actor.level]
    above = not terms.from_above or own < HEIGHT[unit]
    over = not terms.over_holder or own < HEIGHT[holder]
    if actor.level not in terms.by or not above or not over:
        raise BeyondYou(role=role.value)


def check_grant(actor: Actor, role: Role, unit: Level, holder: Holder) -> None:
    """Refuse a role that this actor may not grant to this holder at this level."""
    terms = TERMS[role]
    if not holder.person and not terms.machines:
        raise NotForMachines(role=role.value, _allowed=", ".join(FOR_MACHINES))
    if unit not in terms.at:
        allowed = [level.value for level in Level if level in terms.at]
        raise NotAtThisLevel(role=role.value, level=unit.value, _allowed=", ".join(allowed))
    check_not_oneself(actor, holder.id)
    check_may_decide(actor, role, unit, holder.level)
    if terms.second_person and actor.session and actor.subject in holder.worked_on_by:
        raise NeedsASecondPerson(role=role.value)


def first_state(actor: Actor, role: Role) -> GrantState:
    """Return the state of a new grant: one that a second administrator has to confirm waits."""
    alone = actor.session is None or role not in SECOND_PERSON_ROLES
    return GrantState.ACTIVE if alone else GrantState.PROPOSED


def check_second_person(actor: Actor, role: Role, proposed_by: str) -> None:
    """Let a grant be confirmed by another administrator than the one who proposed it."""
    if actor.session is not None and actor.subject == proposed_by:
        raise NeedsAnotherToConfirm(role=role.value)


def check_superior(actor: Actor, unit: Level, registered_by: str) -> None:
    """Let a client be opened from above its unit; for the country, by a second administrator."""
    if actor.session is None:
        return
    second = actor.level is Level.NATIONAL and actor.subject != registered_by
    if HEIGHT[actor.level] >= HEIGHT[unit] and not second:
        raise NotASuperior(level=unit.value)


def check_conflicts(role: Role, held: Iterable[Role]) -> None:
    """Refuse roles that conflict with each other."""
    for other in held:
        if frozenset({role, other}) in CONFLICTS:
            raise RolesConflict(role=role.value, held=other.value)
