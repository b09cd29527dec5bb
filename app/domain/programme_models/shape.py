"""Shapes of models, their hosts, members and reviews."""

from enum import StrEnum
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import Date, cast, func, literal_column, select

from app.db.aliases import alias_table
from app.db.query.shape import CHOICE, Field, Filter, Link, Order, Params, Row, Shape, Test, columns
from app.db.tables.model_records import ModelMember, ModelReview, ModelReviewRule
from app.db.tables.programme_models import (
    HostKind,
    ModelField,
    ModelHost,
    ModelType,
    ProgrammeModel,
)
from app.domain.actor import ABOVE_VILLAGES, Permission
from app.domain.organisations.shape import ORGANISATION
from app.domain.programme_models import states
from app.domain.programme_models.hosts import by_host, one_by_one
from app.domain.programme_models.type_shapes import (
    LIKE,
    MODEL_TYPE,
    NAMED,
    RECOGNITION,
    TYPE_KNOWN,
    find_type_id,
    matches_name,
)
from app.domain.programme_models.warnings import WARNINGS
from app.domain.records.actions import actions
from app.domain.records.shape import (
    BY_NAME,
    EITHER_END,
    FIRST,
    LOGGED,
    choices,
    parent,
    part,
    quantities,
    ranges,
    transitions,
)
from app.domain.records.unit_names import find_once
from app.domain.units.shape import MAP_OF, OWN_UNIT, UNIT_KNOWN


class ReviewCause(StrEnum):
    """Cause of a review."""

    ANY = "any"
    INACTIVE = "inactive"
    FAILED = "failed"


def _within(model: Row, wanted: Any, given: Params) -> Test:
    """Models that lie in a unit on today's map, or were entered for a unit below it on the day."""
    host: Row = alias_table(ModelHost)
    unit = find_once(wanted, given["as_of"])
    below = select(func.unit_descendants(unit, "administrative", given["as_of"]))
    places = (host.province_id, host.district_id, host.commune_id, host.village_id)
    hosts = (select(host.model_id).where(place == unit) for place in places)
    entered = select(host.model_id).where(host.unit_id.in_(below))
    return model.id.in_(entered.union(*hosts))  # type: ignore[no-any-return]


def _is_of_type(model: Row, wanted: Any, given: Params, column: str) -> Test:
    """Test for models whose type is of a field or a kind of host."""
    kind: Row = alias_table(ModelType)
    found = select(kind.id).where(getattr(kind, column) == wanted)
    return model.type_id.in_(found)  # type: ignore[no-any-return]


def _due(model: Row, cause: Any, given: Params) -> Test:
    """Models at work that the rule in force today lets be reviewed, for this cause."""
    rule: Row = alias_table(ModelReviewRule)
    on = (rule.valid_from <= func.today()) & (rule.valid_to > func.today())
    quiet = func.today() - func.make_interval(0, rule.months_inactive)
    since = select(cast(quiet, Date)).where(on).scalar_subquery()
    failed = select(rule.failed_reviews).where(on).scalar_subquery()
    inactive = (model.last_active_on <= since) & (cause != ReviewCause.FAILED)
    failing = (model.failed_reviews >= failed) & (model.failed_reviews > 0)
    at_work = model.state.in_([literal_column(f"'{state}'") for state in sorted(states.AT_WORK)])
    return at_work & (inactive | (failing & (cause != ReviewCause.INACTIVE)))  # type: ignore[no-any-return]


MODEL_HOST = Shape(
    name="ModelHost",
    table=ModelHost,
    needs=Permission.MODEL_READ,
    terms=MAP_OF,
    orders=FIRST,
    fields=columns(ModelHost, "unit_id"),
    links={"unit": OWN_UNIT},
)

MODEL_MEMBER: Shape = Shape(
    name="ModelMember",
    table=ModelMember,
    needs=Permission.MODEL_READ,
    orders=FIRST,
    fields=columns(
        ModelMember, "id kind name organisation_id count joined_on left_on merged_into_id"
    ),
    links={"organisation": parent(ORGANISATION, "organisation_id")},
)

MODEL_REVIEW = Shape(
    name="ModelReview",
    table=ModelReview,
    needs=Permission.MODEL_READ,
    orders={"newest": Order(lambda one: [one.reviewed_on, one.id], descending=True)},
    fields=columns(ModelReview, "id reviewed_on result note created_at created_by"),
)

MODEL: Shape = Shape(
    name="Model",
    table=ProgrammeModel,
    needs=Permission.MODEL_READ,
    scope=by_host(lambda model: model.id),
    terms=MAP_OF,
    id_type=UUID,
    orders=EITHER_END | BY_NAME,
    fields=columns(
        ProgrammeModel,
        "id version name state pilot launched_on pledged_on households residents groups "
        "host_organisation_id unit_id type_id replicated_from_id approval_document_id "
        f"last_active_on failed_reviews source reference {LOGGED}",
    )
    | actions(
        states.LIFE,
        Permission.MODEL_LAUNCH,
        levels=ABOVE_VILLAGES,
        needs={"launch.document_id": lambda model, caller: model.approval_document_id.is_(None)},
    )
    | {
        "warnings": WARNINGS,
        "replicated_from_id": Field(
            lambda model: model.replicated_from_id,
            UUID | None,
            seen=one_by_one(lambda model: model.replicated_from_id),
        ),
    },
    links={
        "type": parent(MODEL_TYPE, "type_id"),
        "unit": OWN_UNIT,
        "host_organisation": parent(ORGANISATION, "host_organisation_id"),
        "hosts": part(MODEL_HOST, "model_id", first=10),
        "replicated_from": parent(lambda: MODEL, "replicated_from_id", follows_parent=False),
        "replicas": Link(
            lambda: MODEL,
            lambda model, other, given: other.replicated_from_id == model.id,
            many=True,
            first=10,
            most=50,
        ),
        "members": part(MODEL_MEMBER, "model_id"),
        "reviews": part(MODEL_REVIEW, "model_id"),
        "recognitions": part(RECOGNITION, "model_id"),
        "quantities": quantities(),
        "transitions": transitions(),
    },
    filters={
        "type": Filter(
            str,
            test=lambda model, word, given: model.type_id == find_type_id(word),
            known=TYPE_KNOWN,
            **NAMED,
        ),
        "field": Filter(ModelField, test=partial(_is_of_type, column="field")),
        "host_kind": Filter(HostKind, test=partial(_is_of_type, column="host_kind")),
        **choices(ProgrammeModel, "state"),
        "pilot": Filter(bool, lambda model: model.pilot),
        **choices(ProgrammeModel, "host_organisation_id"),
        "replicated_from": Filter(UUID, lambda model: model.replicated_from_id, CHOICE),
        "review_due": Filter(ReviewCause, test=_due),
        **ranges(ProgrammeModel, "launched_on"),
        "unit": Filter(str, test=_within, known=UNIT_KNOWN),
        **choices(ProgrammeModel, "reference"),
        "search": Filter(str, test=matches_name, **LIKE),
    },
)
