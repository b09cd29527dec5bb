"""An endpoint that needs no token: what is recognised."""

from uuid import UUID

from fastapi import Depends, Response

from app.api.deps import CurrentState
from app.api.prefix_router import PrefixRouter
from app.api.rest.query_params import refuse_undeclared
from app.api.rest.writes import ok
from app.domain.criteria.recognitions import Recognitions, list_recognitions
from app.domain.records.types import Line, UnitName

router = PrefixRouter(
    prefix="/api/v1/public", tags=["public-recognitions"], dependencies=[Depends(refuse_undeclared)]
)
Unit = UnitName | None
Window = Line | None
After = UUID | None


@router.get("/recognitions", **ok(Recognitions))
async def list_public_recognitions(
    app_state: CurrentState, unit: Unit = None, window: Window = None, after: After = None
) -> Response:
    """List the places, organisations, models and teams that are recognised."""
    async with app_state.database.figure_transaction() as session:
        found = await list_recognitions(session, unit, window, after)
    return Response(found.model_dump_json(), media_type="application/json")
