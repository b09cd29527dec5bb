"""The resources that files can be imported as, each with the operations of a single write."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from app.db.session import Session
from app.domain.actor import Actor, Permission, required_permission
from app.domain.exchange.imports.columns import derive_columns, is_list, is_whole
from app.domain.importables import Importable
from app.domain.operations import Operation, Source
from app.domain.records.files.tables.form import TableForm
from app.domain.records.schemas import VoidInput
from app.domain.resources import Resource

SEVERAL = re.compile(r"[;\n]")


@dataclass(frozen=True, eq=False)
class ImportKind:
    """A resource whose records can be made of the rows of a file."""

    resource: Resource
    importable: Importable

    @property
    def name(self) -> str:
        return self.resource.path

    @cached_property
    def _create(self) -> Operation:
        offer = self.resource.create
        path = self.resource.create_at or self.resource.path
        whole = offer if isinstance(offer, Operation) else Operation(offer)  # type: ignore[arg-type]
        return replace(whole, path=path)

    @cached_property
    def body(self) -> type[BaseModel]:
        body = self._create.body
        assert body is not None, f"{self.name} is created without a body"
        return body

    @cached_property
    def parent(self) -> str | None:
        """Return the column that names the record above, such as the team of a member."""
        above = [one for one in self._create.inputs if one.source is Source.PATH]
        return self._create.path.split("/")[0].removesuffix("s") if above else None

    @property
    def create_permission(self) -> Permission:
        found = self._create.permission
        assert found is not None, f"{self.name} is created without a permission"
        return found

    @property
    def void_permission(self) -> Permission:
        found = required_permission(self._void)
        assert found is not None, f"{self.name} is voided without a permission"
        return found

    @property
    def _void(self) -> Any:
        offer = self.resource.void
        return offer.function if isinstance(offer, Operation) else offer

    @cached_property
    def form(self) -> TableForm:
        if self.importable.columns:
            return TableForm(self.importable.columns)
        return TableForm(derive_columns(self.body, self.importable.titles, self.parent))

    def name_columns(self, named: Sequence[tuple[str, str]]) -> TableForm:
        """Return the form with further titles that the caller gives to its columns."""
        more: dict[str, list[str]] = {}
        for title, field in named:
            more.setdefault(field, []).append(title)
        columns = [
            replace(one, titles=(*one.titles, *more.get(one.name, ()))) for one in self.form.columns
        ]
        return replace(self.form, columns=columns)

    def read_cells(self, cells: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the values of a row as the body of a request has them."""
        values = self.importable.change(cells)
        return {name: self._read(name, value) for name, value in values.items()}

    @cached_property
    def _lists(self) -> frozenset[str]:
        fields = self.body.model_fields.items()
        return frozenset(name for name, one in fields if is_list(one.annotation))

    @cached_property
    def _whole(self) -> frozenset[str]:
        fields = self.body.model_fields.items()
        return frozenset(name for name, one in fields if is_whole(one.annotation))

    def _read(self, name: str, value: Any) -> Any:
        if name in self._lists and isinstance(value, str):
            return [part for one in SEVERAL.split(value) if (part := one.strip())]
        if name in self._whole and isinstance(value, float) and value.is_integer():
            return int(value)
        return value

    async def create(
        self, session: Session, actor: Actor, parent: UUID | None, data: BaseModel
    ) -> UUID:
        """Create one record as a single write does."""
        above = () if parent is None else (parent,)
        made: UUID = await self._create.function(session, actor, *above, data)
        return made

    async def void(self, session: Session, actor: Actor, record: UUID, reason: str) -> None:
        """Void a record that nobody has changed since."""
        await self._void(session, actor, record, VoidInput(reason=reason), 1)


def list_kinds(resources: Iterable[Resource]) -> dict[str, ImportKind]:
    """Return what can be imported, by the path of the resource."""
    return {one.path: ImportKind(one, one.importable) for one in resources if one.importable}
