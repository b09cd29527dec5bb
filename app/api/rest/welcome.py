"""The page on which an invited person chooses their first password."""

from typing import Annotated

from fastapi import Form, Request, Response

from app.api.deps import CurrentState
from app.api.prefix_router import PrefixRouter
from app.api.rest import sign_in_pages as pages
from app.domain.errors import DomainError, InvalidFields
from app.domain.login import invitations
from app.domain.login.errors import InvitationSpent

router = PrefixRouter(tags=["oauth"], include_in_schema=False)
SHORT = Annotated[str, Form(max_length=200)]


@router.get("/oauth/welcome")
async def welcome(request: Request, app_state: CurrentState, invitation: str = "") -> Response:
    """Ask an invited person for a password of their own."""
    language = pages.language(request)
    if not await invitations.is_invited(app_state.reception, invitation):
        return pages.render_refusal(InvitationSpent(), language)
    return pages.welcome(invitation, language)


@router.post("/oauth/welcome")
async def accept(
    request: Request, app_state: CurrentState, invitation: SHORT = "", new_password: SHORT = "",
    again: SHORT = "",
) -> Response:  # fmt: skip
    """Set the password that somebody invited has chosen."""
    language = pages.language(request)
    try:
        await invitations.accept_invitation(app_state.reception, invitation, new_password, again)
    except InvalidFields as fault:
        return pages.welcome(invitation, language, fault)
    except DomainError as error:
        return pages.render_refusal(error, language)
    return pages.render_done(language)
