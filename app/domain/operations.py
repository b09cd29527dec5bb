"""An operation: a service function, and its form in both API layers."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from inspect import Parameter, signature
from typing import Annotated, Any, get_args, get_origin
from uuid import UUID

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from app.db.query.shape import Shape
from app.db.session import Session
from app.domain.actor import Actor, Permission, required_permission

Function = Callable[..., Awaitable[Any]]
READ_COST, WRITE_COST = 100, 10  # a service that reads counts rows; one that writes locks a few


class Source(Enum):
    """The source of a parameter of a service function."""

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

    @property
    def public_name(self) -> str:
        """Return its name in the API, where Python cannot use that: `from`."""
        notes = get_args(self.type)[1:] if get_origin(self.type) is Annotated else ()
        aliases = (note.alias for note in notes if isinstance(note, FieldInfo))
        return next((alias for alias in aliases if alias), self.name)


@dataclass(frozen=True, eq=False)
class Operation:
    """A service function, and its form in the API layers.

    It answers with the schema that its return annotation names, or, where it returns an id, with
    the row of `shape` that has this id.
    """

    function: Function
    path: str = ""  # below /api/v1
    method: str = "POST"
    status: int = 200
    name: str = ""  # the function's own by default
    tag: str = ""
    shape: Shape | None = None
    expand: str | None = None  # links of the shape that belong to the answer
    writes: bool = True  # its transaction may write
    idempotent: bool = True  # with a key it acts once; repetitions get the stored answer
    no_store: bool = False  # no proxy or browser may store the answer
    cost: int = 0  # of one call, roughly in milliseconds of the server; that of its kind if 0

    @property
    def public_name(self) -> str:
        return self.name or self.function.__name__

    @property
    def permission(self) -> Permission | None:
        return required_permission(self.function)

    @property
    def price(self) -> int:
        """Return the cost of one call, of which one GraphQL request has so much to spend."""
        return self.cost or (READ_COST if self.is_query else WRITE_COST)

    @property
    def is_query(self) -> bool:
        """Return whether it is a read, which needs no mutation in GraphQL."""
        return self.method == "GET" or not self.writes

    @cached_property
    def inputs(self) -> tuple[OperationInput, ...]:
        """Return the parameters of the service function, each with its source."""
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
        """Return the schema of the request body."""
        return next((one.type for one in self.inputs if one.source is Source.BODY), None)

    @cached_property
    def answer(self) -> Shape | type[BaseModel] | None:
        """Return the shape or schema of the answer; None where an API layer writes it by hand."""
        returns = signature(self.function, eval_str=True).return_annotation
        if returns is UUID:
            return self.shape
        is_schema = isinstance(returns, type) and issubclass(returns, BaseModel)
        return returns if is_schema else None


def figure(
    function: Function, path: str = "", *, name: str = "", tag: str = "", writes: bool = False,
    no_store: bool = False, cost: int = 0,
) -> Operation:  # fmt: skip
    """Build an operation that only reads, such as a count."""
    return Operation(
        function, path, "GET", name=name, tag=tag, writes=writes, no_store=no_store,
        idempotent=False, cost=cost,
    )  # fmt: skip
