"""Drafts of changes of the map: written, changed, withdrawn; the map stays as it is."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from app.db.session import Session
from app.db.tables.units import ReorganisationKind, ReorganisationState, UnitReorganisation
from app.domain.actor import ABOVE_VILLAGES, Actor, Permission, check_level, operation
from app.domain.errors import FieldError
from app.domain.records import kit as records
from app.domain.records.schemas import TransitionInput
from app.domain.scope import BY_UNIT
from app.domain.units.errors import UnitNotFound
from app.domain.units.reorganisations import preparation, rules
from app.domain.units.reorganisations.draft import DraftFault
from app.domain.units.reorganisations.schemas import ReorganisationChange, ReorganisationDraft
from app.domain.units.reorganisations.states import LIFE
from app.domain.units.shape import today

PLANNED = {"new_units", "successions", "moves", "renames"}


@operation(Permission.REORGANISATION_DRAFT)
async def draft_reorganisation(session: Session, actor: Actor, data: ReorganisationDraft) -> UUID:
    """Draft a change of the map; the map stays as it is."""
    plan = await _write_plan(session, actor, data, {})
    check_level(actor, ABOVE_VILLAGES)
    act = UnitReorganisation(**_columns(data), unit_id=actor.unit_id, plan=plan)
    return await records.create(
        session, actor, Permission.REORGANISATION_DRAFT, act, data.model_fields_set
    )


@operation(Permission.REORGANISATION_DRAFT)
async def change_reorganisation(
    session: Session, actor: Actor, id: UUID, data: ReorganisationChange, expected: int | None
) -> UUID:
    """Change a draft of a change of the map; a list that is sent replaces the former one."""
    act = await records.load(
        session, actor, UnitReorganisation, id, expected, scope=BY_UNIT, lock_map=False
    )
    check_level(actor, ABOVE_VILLAGES)
    rules.check_draft(act)
    said = {name: getattr(data, name) for name in data.model_fields_set}
    draft = preparation.read_draft(act).model_copy(update=said)
    plan = await _write_plan(session, actor, draft, act.plan["ids"])
    if records.assign(act, _columns(draft) | {"plan": plan}):
        fields = sorted(data.model_fields_set)
        await records.save(session, actor, Permission.REORGANISATION_DRAFT, act, fields)
    return act.id


async def withdraw_reorganisation(
    session: Session, actor: Actor, act: UnitReorganisation, reason: str | None
) -> UUID:
    """Withdraw a draft: it can be read, and no longer committed."""
    data = TransitionInput(action="withdraw", reason=reason)
    step = LIFE.apply(act.state, data, effective_on=today())
    act.state = ReorganisationState(step.to_state)
    return await records.save(
        session, actor, Permission.REORGANISATION_COMMIT, act, ["state"], step
    )


async def _write_plan(
    session: Session, actor: Actor, data: ReorganisationDraft, known: Mapping[str, str]
) -> dict[str, Any]:
    """Check a draft, and return what is stored of it: new units keep the ids of their refs."""
    rules.check_form(data)
    ids = {unit.ref: UUID(known[unit.ref]) if unit.ref in known else uuid7()
           for unit in data.new_units}  # fmt: skip
    draft = await preparation.resolve_names(session, actor, data, ids)
    _refuse_unknown(draft.faults)
    told = {"ids": {ref: str(id) for ref, id in ids.items()}}
    return data.model_dump(mode="json", include=PLANNED) | told


def _refuse_unknown(faults: Iterable[DraftFault]) -> None:
    """Refuse a draft that names units which do not exist, each with its place."""
    missing = [fault for fault in faults if isinstance(fault.error, UnitNotFound)]
    if missing:
        errors = (
            FieldError(fault.pointer, error.code, error.message("en"), error.message("vi"))
            for fault in missing
            for error in (fault.error,)
        )
        raise UnitNotFound(*errors, **missing[0].error.facts)


def _columns(data: ReorganisationDraft) -> dict[str, Any]:
    return {
        "kind": ReorganisationKind(data.kind), "title": data.title, "decision": data.decision,
        "effective_on": data.effective_on,
    }  # fmt: skip
