"""Tips over HTTP for the holder of a receipt: the status of a tip, and additions to it."""

from typing import Any

from fastapi import Depends, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from app.api.deps import CurrentState
from app.api.languages import language_of
from app.api.prefix_router import PrefixRouter
from app.api.rest.public_tips import BELOW, BUSY
from app.api.rest.query_params import refuse_undeclared
from app.api.rest.schemas import PROBLEMS
from app.api.sources import find_counter
from app.domain.tips.intake import receipt_access
from app.domain.tips.intake.schemas import AttachmentInput, MessageInput, ReceiptInput, TipStatus

router = PrefixRouter(tags=["public-tips"], dependencies=[Depends(refuse_undeclared)])


def _answers(status: int) -> dict[str, Any]:
    told: dict[int | str, dict[str, Any]] = {status: {"model": TipStatus}, 404: PROBLEMS[404]}
    return {"status_code": status, "response_model": None, "responses": told | BUSY}


SENT = AttachmentInput.model_json_schema()
BODY = {"requestBody": {"required": True, "content": {"application/json": {"schema": SENT}}}}


@router.post("/public/tips/status", include_in_schema=False)
@router.post(f"{BELOW}/tips/status", **_answers(200))
async def read_tip_status(
    request: Request, app_state: CurrentState, data: ReceiptInput
) -> Response:
    """Read the state of the tip of a receipt, with its messages and files."""
    language, source = language_of(request.headers), find_counter(request)
    return _respond(await receipt_access.show_status(app_state.tips, data, language, source), 200)


@router.post(f"{BELOW}/tips/messages", **_answers(201))
async def add_public_message(
    request: Request, app_state: CurrentState, data: MessageInput
) -> Response:
    """Add a message to the tip of a receipt."""
    language, source = language_of(request.headers), find_counter(request)
    return _respond(await receipt_access.send_message(app_state.tips, data, language, source), 201)


@router.post(f"{BELOW}/tips/attachments", **_answers(201), openapi_extra=BODY)
async def add_public_attachment(request: Request, app_state: CurrentState) -> Response:
    """Add a picture or a text to the tip of a receipt; camera metadata is removed.

    The body is read only when there is room for it, for it is large and held in memory.
    """
    async with app_state.tips.sending.inside():
        try:
            data = AttachmentInput.model_validate_json(await request.body())
        except ValidationError as error:
            faults = error.errors(include_url=False, include_input=False)
            raise RequestValidationError(
                [{**fault, "loc": ("body", *fault["loc"])} for fault in faults]
            ) from None
        language, source = language_of(request.headers), find_counter(request)
        return _respond(
            await receipt_access.attach_file(app_state.tips, data, language, source), 201
        )


def _respond(found: TipStatus, status: int) -> Response:
    body, headers = found.model_dump_json(by_alias=True), {"vary": "Accept-Language"}
    return Response(body, status, headers, "application/json")
