"""The resources whose operations devices push, each with the operations of a single write."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from inspect import signature
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ValidationError

from app.db.session import Session
from app.domain.actor import Actor, Permission
from app.domain.errors import InvalidFields
from app.domain.exchange.sync.errors import KindNotOffered
from app.domain.exchange.sync.rules import Fields
from app.domain.exchange.sync.schemas import OperationKind
from app.domain.input_faults import build_field_error
from app.domain.operations import Operation, Source
from app.domain.resources import Resource

Contexts = Mapping[Any, Any]  # what lives as long as the application, by its type


@dataclass(frozen=True, eq=False)
class SyncKind:
    """A resource, and what a device may have done with its records."""

    resource: Resource
    operations: Mapping[OperationKind, Operation]

    @property
    def table(self) -> Any:
        return self.resource.shape.table

    @cached_property
    def fields(self) -> Fields:
        body = self.operations[OperationKind.CHANGE].body
        assert body is not None, f"{self.resource.path} is changed without a body"
        return Fields(frozenset(body.model_fields), frozenset(self.table.model_fields))

    def find(self, kind: OperationKind) -> Operation:
        """Return an operation of the resource; refuse one that is not offered."""
        if (found := self.operations.get(kind)) is None:
            known = sorted(self.operations)
            raise KindNotOffered(
                wanted=kind.value, resource=self.resource.path, allowed=known,
                _allowed=", ".join(known),
            )  # fmt: skip
        return found

    def permission(self, kind: OperationKind) -> Permission:
        found = self.find(kind).permission
        assert found is not None, f"{self.resource.path} has an operation without a permission"
        return found

    def find_value_permission(self, field: str) -> str:
        """Return the permission to read a field of a change in the record."""
        shape = self.resource.shape
        named = (shape.fields.get(name) for name in (field, f"{field}_id"))
        needs = next((one.needs for one in named if one and one.needs), None)
        return needs or shape.needs or Permission.SYNC_READ

    def drop_idle_modifiers(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Leave out what goes along with fields that are set by nobody now, such as their day."""
        rest = {name: values[name] for name in values.keys() - self.fields.take_modifiers(values)}
        body = self.find(OperationKind.CHANGE).body
        try:
            assert body is not None, f"{self.resource.path} is changed without a body"
            body.model_validate(dict(values))
        except ValidationError:
            return rest
        return dict(values)

    async def run(
        self, session: Session, actor: Actor, contexts: Contexts, kind: OperationKind,
        path: Sequence[UUID], values: Mapping[str, Any], version: int | None,
    ) -> UUID:  # fmt: skip
        """Do as a single write does: by the same function, with its checks."""
        whole = self.find(kind)
        given: dict[str, Any] = {}
        above = list(path)
        for one in whole.inputs[2:]:
            match one.source:
                case Source.PATH:
                    id = above.pop(0)
                    given[one.name] = id if one.type is UUID else str(id)  # or a code
                case Source.BODY:
                    given[one.name] = _parse(one.type, values)
                case Source.VERSION:
                    given[one.name] = version
                case Source.CONTEXT:
                    given[one.name] = contexts[one.type]
                case _:
                    raise TypeError(f"{whole.public_name} takes {one.name} from nowhere")
        done: UUID = await whole.function(session, actor, **given)
        return done


def _parse(body: type[BaseModel], values: Mapping[str, Any]) -> BaseModel:
    try:
        return body.model_validate(dict(values))
    except ValidationError as error:
        faults = [build_field_error(one, ("values", *one["loc"])) for one in error.errors()]
        raise InvalidFields(*faults) from error


def list_kinds(resources: Iterable[Resource]) -> dict[str, SyncKind]:
    """List what devices may push, by path: records that a device may have a copy of."""
    found: dict[str, SyncKind] = {}
    for one in resources:
        if one.offline and not one.shape.sensitive and (known := dict(_list_operations(one))):
            found[one.path] = SyncKind(one, known)
    return found


def _list_operations(resource: Resource) -> Iterable[tuple[OperationKind, Operation]]:
    for one in resource.operations:
        kind = _find_kind(resource, one)
        if kind and signature(one.function, eval_str=True).return_annotation is UUID:
            yield kind, one


def _find_kind(resource: Resource, one: Operation) -> OperationKind | None:
    if one.method == "PATCH":
        return OperationKind.CHANGE
    offers = {
        OperationKind.CREATE: resource.create, OperationKind.TRANSITION: resource.transition,
        OperationKind.VOID: resource.void,
    }  # fmt: skip
    for kind, offer in offers.items():
        if offer and one.function is (offer.function if isinstance(offer, Operation) else offer):
            return kind
    return None
