"""Permissions that a query needs, and the audit of those refused."""

from collections.abc import Iterator

from app.db.bounded_cache import MIB, cache_within
from app.db.query.audited_read import ReadAudit
from app.db.query.executor import DatabaseUnavailable, Executor
from app.db.query.guards import list_guarded
from app.db.query.selection import AnyQuery, Query, SelectedField, estimate_bytes
from app.db.query.shape import CountField, Shape
from app.domain.actor import Actor
from app.domain.errors import Forbidden, Unavailable
from app.domain.query_cost import Values
from app.domain.read_audit import build_refusals


def authorize(actor: Actor, query: AnyQuery) -> None:
    """Refuse a read that names anything the actor's roles may not see."""
    reads = (query,) if isinstance(query, Query) else query.reads
    for permission in (needed for read in reads for needed in _needs(read)):
        if not actor.may(permission):
            raise Forbidden(permission=permission)


async def authorize_read(fetcher: Executor, actor: Actor, query: AnyQuery, values: Values) -> None:
    """Authorize a read; the audit records who was refused sensitive rows."""
    try:
        authorize(actor, query)
    except Forbidden as refused:
        reads = (query,) if isinstance(query, Query) else query.reads
        shapes = [shape for read in reads for shape in _shapes(read.shape, read.picks)]
        sensitive = [shape for shape in dict.fromkeys(shapes) if shape.sensitive]
        if sensitive:
            await _record_refusal(fetcher, build_refusals(actor, sensitive, values, refused))
        raise


async def _record_refusal(fetcher: Executor, refusals: ReadAudit) -> None:
    try:
        await fetcher.record(refusals)
    except DatabaseUnavailable as error:
        raise Unavailable() from error


def _shapes(shape: Shape, picks: tuple[SelectedField, ...]) -> Iterator[Shape]:
    """Yield a shape and those that its selection leads to."""
    yield shape
    for pick in picks:
        link = shape.links.get(pick.name)
        if pick.picks:
            yield from _shapes(link.to() if link else shape, pick.picks)


def plain_fields(shape: Shape, may: frozenset[str]) -> tuple[SelectedField, ...]:
    """Return every field of a row itself that the caller may see: what a read gives by default."""
    return tuple(
        SelectedField(n, n)
        for n, field in shape.fields.items()
        if not field.on_request and (field.needs is None or field.needs in may)
    )


@cache_within(MIB, lambda key, found: estimate_bytes(key))
def _needs(read: Query) -> tuple[str, ...]:
    shape = read.shape
    names = tuple(dict.fromkeys(name for name, _ in read.filters))
    filters = (shape.filters[name].needs for name in names)
    told = (field.needs for field in list_guarded(shape, names, read.order))
    found = [shape.needs, *filters, *told, *_needs_of(shape, read.picks)]
    return tuple(dict.fromkeys(needs for needs in found if needs))


def _needs_of(shape: Shape, picks: tuple[SelectedField, ...]) -> Iterator[str | None]:
    for pick in picks:
        if link := shape.links.get(pick.name):
            yield link.needs
            yield link.to().needs
            yield from _needs_of(link.to(), pick.picks)
        elif field := shape.fields.get(pick.name):
            yield field.needs
            if isinstance(field, CountField):
                yield shape.links[field.link].to().needs
        else:
            yield from _needs_of(shape, pick.picks)  # a part of a page: edges, node, page_info
