"""What a feature offers, declared once: read by both API layers, by the guard and by the tests.

Nothing here knows a web framework. A feature's `api.py` declares its resources and operations in
these words; `app/features.py` lists the features.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property
from inspect import Parameter, signature
from typing import Any, Protocol
from uuid import UUID

from pydantic import BaseModel

from app.db.session import Session
from app.db.shape import Shape
from app.domain.actor import Actor, Permission, needed_by

Function = Callable[..., Awaitable[Any]]


class Source(Enum):
    """Where an API layer takes the value of a parameter of a service function from."""

    SESSION = "the transaction of the request"
    ACTOR = "the access token"
    VERSION = "the version that the caller has read: `expected: int | None`"
    PATH = "the path"
    BODY = "the body, a pydantic schema"
    ARGUMENT = "the arguments of the question, keyword-only"
    CONTEXT = "what lives as long as the application, recognised by its type"


@dataclass(frozen=True, slots=True)
class OperationInput:
    """A parameter of a service function."""

    name: str
    type: Any
    source: Source
    default: Any = Parameter.empty


@dataclass(frozen=True, eq=False)
class Operation:
    """A service function, and how it is offered.

    It answers with the schema that its return annotation names, or, where it returns an id, with
    the row of `shape` that has this id.
    """

    function: Function
    path: str = ""  # below /api/v1
    method: str = "POST"
    status: int = 200
    name: str = ""  # the function's own unless given
    tag: str = ""
    shape: Shape | None = None
    expand: str | None = None  # links of the shape that belong to the answer
    writes: bool = True  # its transaction may write
    idempotent: bool = True  # under an Idempotency-Key it acts once, and answers ever after
    no_store: bool = False  # nobody between us and the caller may keep the answer

    @property
    def public_name(self) -> str:
        return self.name or self.function.__name__

    @property
    def permission(self) -> Permission | None:
        return needed_by(self.function)

    @property
    def is_query(self) -> bool:
        """Whether it is asked like a read, which needs no mutation in GraphQL."""
        return self.method == "GET" or not self.writes

    @cached_property
    def inputs(self) -> tuple[OperationInput, ...]:
        """What the service function takes, each with where it comes from."""
        taken = signature(self.function, eval_str=True).parameters.values()
        return tuple(
            OperationInput(p.name, p.annotation, self._source(p), p.default) for p in taken
        )

    def _source(self, parameter: Parameter) -> Source:
        kind = parameter.annotation
        if kind is Session:
            return Source.SESSION
        if kind is Actor:
            return Source.ACTOR
        if f"{{{parameter.name}}}" in self.path:
            return Source.PATH
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return Source.BODY
        if parameter.kind is Parameter.KEYWORD_ONLY:
            return Source.ARGUMENT
        return Source.VERSION if parameter.name == "expected" else Source.CONTEXT

    @cached_property
    def body(self) -> type[BaseModel] | None:
        """The schema of what is sent."""
        return next((one.type for one in self.inputs if one.source is Source.BODY), None)

    @cached_property
    def answer(self) -> Shape | type[BaseModel] | None:
        """The shape or the schema of the answer; None where an API layer writes it by hand."""
        returns = signature(self.function, eval_str=True).return_annotation
        if returns is UUID:
            return self.shape
        is_schema = isinstance(returns, type) and issubclass(returns, BaseModel)
        return returns if is_schema else None


def figure(
    function: Function, path: str = "", *, name: str = "", tag: str = "", writes: bool = False,
    no_store: bool = False,
) -> Operation:  # fmt: skip
    """An operation that is only asked, such as a count."""
    return Operation(
        function, path, "GET", name=name, tag=tag, writes=writes, no_store=no_store,
        idempotent=False,
    )  # fmt: skip


Offer = Function | Operation


@dataclass(frozen=True, eq=False)
class Resource:
    """Rows of a shape that can be listed and read, and what can be done with them."""

    shape: Shape
    path: str  # below /api/v1; the tag of its operations unless they name another
    many: str  # the summary of the list
    one: str  # the summary of the read
    create: Offer | None = None
    create_at: str = ""  # where, unless at the path of the list
    bulk: Offer | None = None
    update: Offer | None = None
    transition: Offer | None = None
    actions: Mapping[str, Offer] = field(default_factory=dict)  # by their path below a row
    figures: Mapping[str, Offer] = field(default_factory=dict)  # by their path below the list
    plural: str = ""  # the name of the list in GraphQL, unless it is the path

    @cached_property
    def operations(self) -> tuple[Operation, ...]:
        """Everything but the list and the read; figures come first."""
        return (*self._figures(), *self._writes())

    def _figures(self) -> Iterator[Operation]:
        for path, offer in self.figures.items():
            whole = offer if isinstance(offer, Operation) else figure(offer)
            yield self._complete(whole, f"{self.path}/{path}")

    def _writes(self) -> Iterator[Operation]:
        if self.create:
            yield self._write(self.create, self.create_at or self.path, status=201)
        if self.bulk:
            yield self._write(self.bulk, f"{self.path}/bulk", status=201)
        if self.update:
            yield self._write(self.update, self._row(self.update), method="PATCH")
        if self.transition:
            yield self._write(self.transition, f"{self._row(self.transition)}/transitions")
        for path, offer in self.actions.items():
            yield self._write(offer, f"{self._row(offer)}/{path}")

    def _row(self, offer: Offer) -> str:
        """The path of one row, by the name that the service function has for its id."""
        function = offer.function if isinstance(offer, Operation) else offer
        names = list(signature(function).parameters)
        return f"{self.path}/{{{names[2]}}}"  # after the session and the actor

    def _write(self, offer: Offer, path: str, **usual: Any) -> Operation:
        whole = offer if isinstance(offer, Operation) else Operation(offer, **usual)
        return self._complete(whole, path)

    def _complete(self, offer: Operation, path: str) -> Operation:
        return replace(
            offer, path=path, tag=offer.tag or self.path, shape=offer.shape or self.shape
        )


class Feature(Protocol):
    """A module `api.py`: what one feature offers."""

    @property
    def RESOURCES(self) -> tuple[Resource, ...]: ...

    @property
    def OPERATIONS(self) -> tuple[Operation, ...]: ...
