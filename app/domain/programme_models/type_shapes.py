"""Shapes of model types, recognitions and the review rule."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Text, cast, func, select

from app.db.aliases import alias_table
from app.db.query.shape import (
    CHOICE,
    Caller,
    Existence,
    Field,
    Filter,
    Order,
    Params,
    Row,
    Shape,
    Test,
    columns,
    is_one_of,
)
from app.db.tables.model_records import (
    ModelRecognition,
    ModelReviewRule,
)
from app.db.tables.programme_models import ModelType, ModelTypeName
from app.db.vietnamese import like_pattern, name_key
from app.domain.actor import Permission
from app.domain.programme_models import states
from app.domain.programme_models.hosts import one_by_one
from app.domain.records.actions import actions
from app.domain.records.errors import build_not_found
from app.domain.records.shape import (
    EITHER_END,
    NEWEST,
    choices,
    holds_on,
    last_day,
    parent,
    part,
    ranges,
    transitions,
)
from app.domain.scope import BY_PLACE, EVERYBODY
from app.domain.units.shape import MAP_OF, OWN_UNIT, WITHIN


def _has_name(kind: Row, wanted: Any, given: Params) -> Test:
    return (kind.code == wanted) | (cast(kind.id, Text) == func.lower(wanted))  # type: ignore[no-any-return]


def matches_name(row: Row, name: Any, given: Params) -> Test:
    """Match a part of a type's names, with or without accents."""
    return row.search_key.like(name)  # type: ignore[no-any-return]


def normalise_type_word(wanted: str) -> str:
    """An id as it is written, and of all else what its spellings have in common."""
    try:
        return str(UUID(wanted))
    except ValueError:
        return wanted if "\0" in wanted else name_key(wanted)  # a NUL is refused further on


def find_type_id(wanted: Any) -> Any:
    """The id of the type that goes by this word; no id is written like the key of a name."""
    word: Row = alias_table(ModelTypeName)
    kind: Row = alias_table(ModelType)
    by_word = select(word.type_id).where(word.key == wanted).scalar_subquery()
    by_id = select(kind.id).where(cast(kind.id, Text) == wanted).scalar_subquery()
    return func.coalesce(by_word, by_id)


def _refuse_type(wanted: str, terms: Any, facts: Any) -> Exception:
    return build_not_found(ModelType, wanted=wanted)


TYPE_KNOWN = Existence(lambda word, given: find_type_id(word).is_not(None), _refuse_type)
NAMED: dict[str, Any] = {
    "doc": "a model type: by id, code, name or any of its spellings", "reads": normalise_type_word,
}  # fmt: skip
LIKE: dict[str, Any] = {
    "doc": "part of a name, with or without accents", "reads": like_pattern,
}  # fmt: skip


def _is_of_level(recognition: Row, caller: Caller) -> Test:
    """Test for recognitions that the caller's level decides on."""
    return is_one_of(recognition.level, states.levels_decided_by(caller.level))


RECOGNITION: Shape = Shape(
    name="ModelRecognition",
    table=ModelRecognition,
    needs=Permission.MODEL_TYPE_READ,
    scope=EVERYBODY,
    terms=MAP_OF,
    id_type=UUID,
    orders=EITHER_END,
    fields=columns(
        ModelRecognition,
        "id version type_id model_id unit_id level year recognised_on scope decision document_id "
        "state revoked_on created_at created_by changed_at",
    )
    | actions(
        states.RECOGNITION,
        Permission.MODEL_RECOGNISE,
        scope=BY_PLACE,
        conditions={"": _is_of_level},
    )
    | {
        "model_id": Field(
            lambda one: one.model_id, UUID | None, seen=one_by_one(lambda one: one.model_id)
        ),
    },
    links={
        "type": parent(lambda: MODEL_TYPE, "type_id"),
        "unit": OWN_UNIT,
        "transitions": transitions(),
    },
    filters={
        "type": Filter(
            str,
            test=lambda one, word, given: one.type_id == find_type_id(word),
            known=TYPE_KNOWN,
            **NAMED,
        ),
        "model": Filter(UUID, lambda one: one.model_id, CHOICE),
        **choices(ModelRecognition, "level state"),
        **ranges(ModelRecognition, "year"),
        "unit": WITHIN,
    },
)

MODEL_TYPE: Shape = Shape(
    name="ModelType",
    table=ModelType,
    needs=Permission.MODEL_TYPE_READ,
    scope=EVERYBODY,
    identify=_has_name,
    terms=MAP_OF,
    orders={"name": Order(lambda kind: [kind.sort_key, kind.id])},
    fields=columns(
        ModelType,
        "id version code name aliases field host_kind principles description source created_at "
        "changed_at",
    ),
    links={
        "recognitions": part(RECOGNITION, "type_id", first=10),
    },
    filters={
        **choices(ModelType, "code"),
        "called": Filter(
            str, test=lambda kind, word, given: kind.id == find_type_id(word), **NAMED
        ),
        **choices(ModelType, "field host_kind"),
        "search": Filter(str, test=matches_name, **LIKE),
    },
)

REVIEW_RULE = Shape(
    name="ModelReviewRule",
    table=ModelReviewRule,
    needs=Permission.MODEL_TYPE_READ,
    scope=EVERYBODY,
    id_type=UUID,
    orders=NEWEST,
    fields=columns(
        ModelReviewRule,
        "id version valid_from months_inactive failed_reviews basis created_at created_by",
    )
    | {"valid_to": last_day("valid_to")},
    filters={"on": Filter(date, test=holds_on)},
)
