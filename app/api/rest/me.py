"""What people change of their own over REST: password and second factor."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from app.api.deps import CurrentActor, CurrentHouse
from app.api.rest.writes import changed, does
from app.domain.access.signing_in import own
from app.domain.access.signing_in.schemas import (
    PasswordChange,
    SessionsEnded,
    TotpConfirm,
    TotpStart,
    TotpStarted,
)

router = APIRouter(prefix="/api/v1/me", tags=["me"])
NOT_KEPT = {"cache-control": "no-store"}


@router.post("/password", **changed(SessionsEnded))
@does(own.change_password)
async def change_password(
    house: CurrentHouse, actor: CurrentActor, data: PasswordChange
) -> JSONResponse:
    found = await own.change_password(house.reception, actor, data)
    return JSONResponse(found.model_dump(), headers=NOT_KEPT)


@router.post("/totp", **changed(TotpStarted))
@does(own.start_totp)
async def start_totp(house: CurrentHouse, actor: CurrentActor, data: TotpStart) -> JSONResponse:
    found = await own.start_totp(house.reception, actor, data)
    return JSONResponse(found.model_dump(), headers=NOT_KEPT)


@router.post("/totp/confirm", **changed(SessionsEnded))
@does(own.confirm_totp)
async def confirm_totp(house: CurrentHouse, actor: CurrentActor, data: TotpConfirm) -> JSONResponse:
    found = await own.confirm_totp(house.reception, actor, data)
    return JSONResponse(found.model_dump(), headers=NOT_KEPT)
