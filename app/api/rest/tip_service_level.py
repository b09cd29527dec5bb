"""How well tips are served, over HTTP."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.api.deps import CurrentActor, Reading
from app.api.rest.writes import changed, does
from app.domain.tips.service_level import service
from app.domain.tips.service_level.schemas import ServiceBy, ServiceLevel

router = APIRouter(prefix="/api/v1")


@router.get("/tip-service-level", tags=["tip-service-level"], **changed(ServiceLevel))
@does(service.tip_service_level)
async def tip_service_level(
    session: Reading,
    actor: CurrentActor,
    unit: Annotated[str, Query(description="of which unit, by id or by code")],
    since: Annotated[
        date | None, Query(alias="from", description="the first day; of the year unless said")
    ] = None,
    until: Annotated[
        date | None, Query(alias="to", description="the last day; today unless said")
    ] = None,
    by: Annotated[ServiceBy, Query(description="lines of communes, or of months")] = ServiceBy.UNIT,
) -> Response:
    found = await service.tip_service_level(
        session, actor, unit=unit, since=since, until=until, by=by
    )
    return Response(found.model_dump_json(), media_type="application/json")
