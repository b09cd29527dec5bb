"""Operations on the catalogue of model types: add, change."""

from collections.abc import Iterable
from uuid import UUID

from app.db.session import Session
from app.db.tables.programme_models import ModelType
from app.db.vietnamese import name_key, search_key, sort_key
from app.domain.actor import NATION_ONLY, Actor, Permission, operation
from app.domain.programme_models import queries
from app.domain.programme_models.errors import ModelTypeExists
from app.domain.programme_models.schemas import ModelTypeChange, ModelTypeCreate
from app.domain.records import kit as records
from app.domain.records.errors import build_not_found
from app.domain.records.types import TypeName
from app.domain.scope import EVERYBODY


@operation(Permission.MODEL_TYPE_CREATE, levels=NATION_ONLY)
async def create_model_type(session: Session, actor: Actor, data: ModelTypeCreate) -> UUID:
    """Add a type of programme model to the country's catalogue."""
    await _check_name_free(session, [data.code, data.name, *data.aliases])
    kind = ModelType(
        **data.model_dump(),
        sort_key=sort_key(data.name),
        search_key=search_key(data.name, data.code, *data.aliases),
    )
    await records.create(session, actor, Permission.MODEL_TYPE_CREATE, kind, data.model_fields_set)
    await queries.name_type(session, kind, _keys(kind))
    return kind.id


@operation(Permission.MODEL_TYPE_UPDATE, levels=NATION_ONLY)
async def change_model_type(
    session: Session, actor: Actor, id: TypeName, data: ModelTypeChange, expected: int | None
) -> UUID:
    """Change a model type: its name, its other spellings, its field."""
    named_so = await find_type(session, id)
    kind = await records.load(
        session, actor, ModelType, named_so.id, expected, scope=EVERYBODY, lock_map=False
    )
    said = data.model_dump(exclude_unset=True)
    words = [said.get("name", ""), *said.get("aliases", ())]
    await _check_name_free(session, words, for_type=kind)
    if changed := records.assign(kind, said):
        kind.sort_key = sort_key(kind.name)
        kind.search_key = search_key(kind.name, kind.code, *kind.aliases)
        await records.save(session, actor, Permission.MODEL_TYPE_UPDATE, kind, changed)
        await queries.name_type(session, kind, _keys(kind))
    return kind.id


async def find_type(session: Session, wanted: str) -> ModelType:
    """The type that goes by this id, code, name or spelling."""
    found = (await queries.find_types(session, [wanted])).get(wanted)
    if found is None:
        raise build_not_found(ModelType, wanted=wanted)
    return found


def _keys(kind: ModelType) -> set[str]:
    return {name_key(name) for name in (kind.code, kind.name, *kind.aliases)}


async def _check_name_free(
    session: Session, names: Iterable[str], for_type: ModelType | None = None
) -> None:
    """Refuse a word by which another type goes already."""
    wanted = [name for name in names if name]
    for name, kind in (await queries.find_types(session, wanted)).items():
        if for_type is None or kind.id != for_type.id:
            raise ModelTypeExists(wanted=name, model_type=kind.code)
