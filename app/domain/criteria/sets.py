"""Operations on criteria sets: draft, change, publish, supersede."""

from uuid import UUID

from app.db.base import INFINITY
from app.db.session import Session
from app.db.tables.criteria import CriteriaSet, SetState
from app.domain.actor import Actor, Permission, operation
from app.domain.criteria import queries
from app.domain.criteria.cited_figures import list_cited
from app.domain.criteria.definition_rules import list_unknown
from app.domain.criteria.definitions import Definition
from app.domain.criteria.errors import (
    EditionTaken,
    ForProvincesAndTheCountry,
    HoldsNoTime,
    NoteNeeded,
    SetNotReady,
    SetPublished,
    WrongExtension,
)
from app.domain.criteria.schemas import (
    CriteriaSetChange,
    CriteriaSetCreate,
    CriteriaSetTransition,
)
from app.domain.criteria.set_reads import hash_set, load_definition
from app.domain.criteria.shape import WRITERS
from app.domain.criteria.states import SET_LIFE
from app.domain.figures.context import FigureContext
from app.domain.records import kit as records
from app.domain.records.errors import build_not_found
from app.domain.records.state_machine import AppliedTransition
from app.domain.scope import BY_UNIT
from app.domain.units.shape import today

WRITE = Permission.CRITERIA_SET_WRITE


@operation(WRITE)
async def create_criteria_set(
    session: Session, actor: Actor, data: CriteriaSetCreate, figures: FigureContext
) -> UUID:
    """Draft an edition of a criteria set: for the whole country, or what a province adds."""
    check_writer(actor)
    check_indicators(data.definition, figures)
    await queries.lock_code(session, data.code)
    before = await queries.list_editions(session, actor.unit_id, data.code)
    if before and before[0].edition >= data.edition:
        raise EditionTaken(edition=before[0].edition, set=data.code)
    if before and not data.change_note:
        raise NoteNeeded()
    values = data.model_dump(exclude={"definition", "valid_to"})
    row = CriteriaSet(
        **values, unit_id=actor.unit_id, valid_to=data.valid_to or INFINITY,
        definition=data.definition.model_dump(mode="json"),
    )  # fmt: skip
    _check_days(row)
    await _load_whole(session, actor, row)
    return await records.create(session, actor, WRITE, row, data.model_fields_set)


@operation(WRITE)
async def change_criteria_set(
    session: Session, actor: Actor, id: UUID, data: CriteriaSetChange, expected: int | None,
    figures: FigureContext,
) -> UUID:  # fmt: skip
    """Change the draft of a criteria set; what was published never changes."""
    check_writer(actor)
    row = await records.load(session, actor, CriteriaSet, id, expected, scope=BY_UNIT)
    if row.state is not SetState.DRAFT:
        raise SetPublished(state=row.state)
    values = data.model_dump(exclude_unset=True, mode="python")
    if "definition" in values:
        check_indicators(data.definition, figures)
        values["definition"] = data.definition.model_dump(mode="json")
    if "valid_to" in values:
        values["valid_to"] = data.valid_to or INFINITY
    if changed := records.assign(row, values):
        _check_days(row)
        await _load_whole(session, actor, row)
        await records.save(session, actor, WRITE, row, changed)
    return row.id


def _check_days(row: CriteriaSet) -> None:
    if row.valid_to <= row.valid_from:
        raise HoldsNoTime(row.valid_from.isoformat())


@operation(Permission.CRITERIA_SET_PUBLISH)
async def transition_criteria_set(
    session: Session, actor: Actor, id: UUID, data: CriteriaSetTransition, expected: int | None
) -> UUID:
    """Publish a criteria set, which supersedes its edition before, or end it."""
    check_writer(actor)
    row = await records.load(session, actor, CriteriaSet, id, expected, scope=BY_UNIT)
    day = data.effective_on or today()
    step = SET_LIFE.apply(row.state, data, effective_on=day)
    edits = list[records.Edit]()
    if step.action == "publish":
        edits += await _supersede_last(session, row, step)
        whole = await _load_whole(session, actor, row)
        if unknown := list_unknown(whole):
            raise SetNotReady(unknown)
        row.content_hash = hash_set(row, whole)
    row.state = SetState(step.to_state)
    edits.append(records.Edit(row, ["state"], step))
    await records.save_all(session, actor, Permission.CRITERIA_SET_PUBLISH, edits)
    return row.id


def check_indicators(definition: Definition, figures: FigureContext) -> None:
    """Refuse a criterion whose indicator does not exist."""
    for indicator, _ in list_cited(definition).values():
        if indicator is not None:
            figures.catalogue.find(indicator)


def check_writer(actor: Actor) -> None:
    """Refuse a writer of a commune or below."""
    if actor.level not in WRITERS:
        raise ForProvincesAndTheCountry(level=actor.level)


async def _load_whole(session: Session, actor: Actor, row: CriteriaSet) -> Definition:
    """Return the whole definition of a set; refuse what does not extend a national one."""
    if row.extends_id is not None:
        found = await queries.find_set(session, actor, row.extends_id)
        if found is None or found.state is SetState.DRAFT:
            raise build_not_found(CriteriaSet)
        if found.extends_id is not None:
            raise WrongExtension(why=found.code)
        if found.subject_kind != row.subject_kind or found.unit_id == row.unit_id:
            raise WrongExtension(why=found.subject_kind)
    return await load_definition(session, row)


async def _supersede_last(
    session: Session, row: CriteriaSet, step: AppliedTransition
) -> list[records.Edit]:
    """The edition in force ends with the next one."""
    await queries.lock_code(session, row.code)
    edits = []
    for one in await queries.list_editions(session, row.unit_id, row.code):
        if one.state is SetState.PUBLISHED:
            one.state = SetState.SUPERSEDED
            ended = AppliedTransition(
                "supersede", SetState.PUBLISHED, SetState.SUPERSEDED, step.effective_on,
                row.change_note or f"→ {row.edition}",
            )  # fmt: skip
            edits.append(records.Edit(one, ["state"], ended))
    return edits
