"""The signature of a resolver, made from that of a service function: the only such surgery.

strawberry makes the arguments of a field from the signature of its resolver. A service function
asks in the words of the domain; here each of its parameters gets the type that GraphQL knows:

    session, actor, an office or keys -> nothing: the resolver has them from its context
    expected   -> `expectedVersion: Int!`, for GraphQL has no If-Match
    a schema   -> `data`, of the input type of that schema, and always the last
    ids and keyword-only arguments -> themselves, without the pydantic words around them

The answer is the row of a shape, the object type of a schema, or null where it is refused.
"""

from inspect import Parameter, Signature
from typing import Annotated, Any, get_args, get_origin

import strawberry
from pydantic.fields import FieldInfo

from app.api.graphql.context import Info
from app.api.graphql.pydantic_types import derive_input_type, derive_output_type
from app.api.graphql.types import node, register_enums
from app.db.query.shape import Shape
from app.domain.operations import Operation, OperationInput, Source

UNSEEN = (Source.SESSION, Source.ACTOR, Source.CONTEXT)
SELF = Parameter("self", Parameter.POSITIONAL_OR_KEYWORD)
INFO = Parameter("info", Parameter.POSITIONAL_OR_KEYWORD, annotation=Info)


def derive_resolver_signature(operation: Operation) -> Signature:
    """The signature by which strawberry calls the resolver of an operation."""
    seen = [one for one in operation.inputs if one.source not in UNSEEN]
    seen.sort(key=lambda one: one.source is Source.BODY)
    parts = [_parameter(operation, one) for one in seen]
    return Signature([SELF, INFO, *parts], return_annotation=derive_return_type(operation))


def name_argument(one: OperationInput) -> str:
    """Name the Python parameter of an input that comes from GraphQL."""
    return "expected_version" if one.source is Source.VERSION else one.name


def derive_return_type(operation: Operation) -> Any:
    """Derive the type that a field returns."""
    answer = operation.answer
    assert answer is not None, operation.public_name
    kind: Any = node(answer) if isinstance(answer, Shape) else derive_output_type(answer)
    return kind | None


def _parameter(operation: Operation, one: OperationInput) -> Parameter:
    kind = _type(one)
    if alias := _alias(one.type):
        kind = Annotated[kind, strawberry.argument(name=alias)]
    return Parameter(
        name_argument(one), Parameter.KEYWORD_ONLY, annotation=kind, default=one.default
    )


def _alias(kind: Any) -> str | None:
    """Return the public name of an argument where Python cannot use it."""
    notes = get_args(kind)[1:] if get_origin(kind) is Annotated else ()
    return next((note.alias for note in notes if isinstance(note, FieldInfo)), None)


def _type(one: OperationInput) -> Any:
    if one.source is Source.VERSION:
        return int
    if one.source is Source.BODY:
        return derive_input_type(one.type)
    plain = get_args(one.type)[0] if get_origin(one.type) is Annotated else one.type
    return register_enums(plain)
