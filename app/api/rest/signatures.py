"""The signature of an endpoint, made from that of a service function: the only such surgery.

FastAPI provides what an endpoint's signature asks for, and describes it in OpenAPI. A service
function asks in the words of the domain; here each of its parameters gets the annotation by which
FastAPI provides the same value:

    session  -> the transaction of the request (reading or writing, as declared)
    actor    -> who asks, by the access token
    expected -> the version in If-Match
    a name in the path, a schema -> the path, the body: FastAPI knows by itself
    keyword-only arguments -> the query; a pydantic `Field` becomes a `Query` of the same words

What lives as long as the application (an office, keys) is no business of FastAPI's: the endpoint
takes it from there by its type, so it is left out of the signature.
"""

from inspect import Parameter, Signature
from typing import Annotated, Any, get_args, get_origin

from fastapi import Query, Request
from pydantic.fields import FieldInfo

from app.api.deps import CurrentActor, ReadSession, WriteSession
from app.api.rest.writes import Expected
from app.domain.operations import Operation, OperationInput, Source

REQUEST = Parameter("request", Parameter.KEYWORD_ONLY, annotation=Request)


def derive_endpoint_signature(operation: Operation) -> Signature:
    """The signature by which FastAPI calls the endpoint of an operation."""
    asked = [one for one in operation.inputs if one.source is not Source.CONTEXT]
    return Signature([REQUEST, *(_parameter(operation, one) for one in asked)])


def list_query_names(operation: Operation) -> frozenset[str]:
    """List the parameters of the query, by the names that callers write."""
    asked = (one for one in operation.inputs if one.source is Source.ARGUMENT)
    return frozenset(_alias(one.type) or one.name for one in asked)


def _alias(kind: Any) -> str | None:
    notes = get_args(kind)[1:] if get_origin(kind) is Annotated else ()
    return next((n.alias for n in notes if isinstance(n, FieldInfo) and n.alias), None)


def _parameter(operation: Operation, one: OperationInput) -> Parameter:
    kind = _annotation(operation, one)
    return Parameter(one.name, Parameter.KEYWORD_ONLY, annotation=kind, default=one.default)


def _annotation(operation: Operation, one: OperationInput) -> Any:
    match one.source:
        case Source.SESSION:
            return WriteSession if operation.writes else ReadSession
        case Source.ACTOR:
            return CurrentActor
        case Source.VERSION:
            return Expected
        case Source.ARGUMENT:
            return _query(one.type)
        case _:
            return one.type


def _query(kind: Any) -> Any:
    """`Annotated[T, Field(…)]` as a parameter of the query."""
    if get_origin(kind) is not Annotated:
        return kind
    plain, *notes = get_args(kind)
    found: list[Any] = []
    for note in notes:
        if isinstance(note, FieldInfo):
            found += [*note.metadata, Query(alias=note.alias, description=note.description)]
        else:
            found.append(note)
    return Annotated[(plain, *found)]
