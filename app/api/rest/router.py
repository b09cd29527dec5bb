"""The routes of what the features declare."""

from fastapi import APIRouter

from app.api.rest.operations import add_operation
from app.api.rest.reads import add_reads
from app.domain.resources import Feature, Resource


def build_router(feature: Feature) -> APIRouter:
    """The endpoints of a feature."""
    router = APIRouter(prefix="/api/v1")
    for resource in feature.RESOURCES:
        _add_resource(router, resource)
    for operation in feature.OPERATIONS:
        add_operation(router, operation)
    return router


def _add_resource(router: APIRouter, resource: Resource) -> None:
    """Figures come first: `teams/tally` is no id of a team."""
    for operation in (one for one in resource.operations if one.method == "GET"):
        add_operation(router, operation)
    add_reads(
        router, resource.shape, path=f"/{resource.path}", many=resource.many, one=resource.one
    )
    for operation in (one for one in resource.operations if one.method != "GET"):
        add_operation(router, operation)
