"""What can be read of model types, of models, and of the units that host them."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Text, cast, func, select, true
from sqlalchemy.orm import aliased

from app.db.shape import CHOICE, RANGE, Filter, Given, Link, Order, Row, Shape, Test, columns
from app.db.tables.programme_models import (
    HostKind,
    ModelHost,
    ModelState,
    ModelType,
    ProgrammeModel,
)
from app.db.vietnamese import like_pattern
from app.domain.actor import Level, Permission
from app.domain.programme_models import rules
from app.domain.records.shape import allowed_actions, transitions
from app.domain.scope import EVERYBODY, Scope
from app.domain.units.shape import MAP_OF, UNIT


def _hosted(level: str) -> Any:
    """Models at work in the actor's unit: whoever hosts a part of a model sees all of it."""

    def test(model: Row, unit: Any) -> ColumnElement[bool]:
        host: Row = aliased(ModelHost)
        hosts = select(host.model_id).where(getattr(host, f"{level}_id") == unit)
        return model.id.in_(hosts)  # type: ignore[no-any-return]

    return test


BY_HOST: Scope = {
    level: _hosted(level) if level is not Level.NATIONAL else lambda model, unit: true()
    for level in Level
}


def _within(model: Row, wanted: Any, given: Given) -> Test:
    """Models that lie in a unit on today's map, or were entered for a unit below it on the day."""
    host: Row = aliased(ModelHost)
    unit = func.unit_ref(wanted, given["as_of"])
    below = select(func.unit_descendants(unit, "administrative", given["as_of"]))
    places = (host.province_id, host.district_id, host.commune_id, host.village_id)
    hosts = (select(host.model_id).where(place == unit) for place in places)
    entered = select(host.model_id).where(host.unit_id.in_(below))
    return model.id.in_(entered.union(*hosts))  # type: ignore[no-any-return]


def _of_type(model: Row, wanted: Any, given: Given) -> Test:
    kind: Row = aliased(ModelType)
    return model.type_id == select(kind.id).where(_called(kind, wanted, given)).scalar_subquery()  # type: ignore[no-any-return]


def _called(kind: Row, wanted: Any, given: Given) -> Test:
    return (kind.code == wanted) | (cast(kind.id, Text) == func.lower(wanted))  # type: ignore[no-any-return]


def _named_like(row: Row, name: Any, given: Given) -> Test:
    return row.search_key.like(name)  # type: ignore[no-any-return]


MODEL_TYPE = Shape(
    name="ModelType",
    table=ModelType,
    needs=Permission.MODEL_TYPE_READ,
    scope=EVERYBODY,
    identify=_called,
    orders={"name": Order(lambda kind: [kind.sort_key, kind.id])},
    fields=columns(ModelType, "id version code name host_kind description created_at changed_at"),
    filters={
        "code": Filter(str, lambda kind: kind.code, CHOICE),
        "host_kind": Filter(HostKind, lambda kind: kind.host_kind, CHOICE),
        "search": Filter(
            str, test=_named_like, doc="part of a name, with or without accents", reads=like_pattern
        ),
    },
)

MODEL_HOST = Shape(
    name="ModelHost",
    table=ModelHost,
    needs=Permission.MODEL_READ,
    terms=MAP_OF,
    orders={"first": Order(lambda host: [host.id])},
    fields=columns(ModelHost, "unit_id"),
    links={
        "unit": Link(
            lambda: UNIT, lambda host, unit, given: unit.id == host.unit_id, follows_parent=True
        )
    },
)

MODEL = Shape(
    name="Model",
    table=ProgrammeModel,
    needs=Permission.MODEL_READ,
    scope=BY_HOST,
    terms=MAP_OF,
    id_type=UUID,
    orders={
        "newest": Order(lambda model: [model.id], descending=True),
        "oldest": Order(lambda model: [model.id]),
    },
    fields=columns(
        ProgrammeModel,
        "id version name state launched_on households residents unit_id type_id source reference "
        "created_at created_by changed_at changed_by",
    )
    | {"allowed_actions": allowed_actions(rules.LIFE, ModelState)},
    links={
        "type": Link(
            lambda: MODEL_TYPE,
            lambda model, kind, given: kind.id == model.type_id,
            follows_parent=True,
        ),
        "unit": Link(
            lambda: UNIT, lambda model, unit, given: unit.id == model.unit_id, follows_parent=True
        ),
        "hosts": Link(
            lambda: MODEL_HOST,
            lambda model, host, given: host.model_id == model.id,
            many=True,
            first=10,
            most=100,
            follows_parent=True,
        ),
        "transitions": transitions(),
    },
    filters={
        "type": Filter(str, test=_of_type, doc="a model type, named by id or by code"),
        "state": Filter(ModelState, lambda model: model.state, CHOICE),
        "launched_on": Filter(date, lambda model: model.launched_on, RANGE),
        "unit": Filter(
            str, test=_within, doc="at work in this unit or below it; named by id or by code"
        ),
        "reference": Filter(str, lambda model: model.reference, CHOICE),
        "search": Filter(
            str, test=_named_like, doc="part of a name, with or without accents", reads=like_pattern
        ),
    },
)
