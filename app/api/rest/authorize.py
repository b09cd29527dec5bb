"""The pages on which people sign in, and the way to a provider outside and back."""

from typing import Annotated, Literal

from fastapi import Form, Request, Response
from fastapi.responses import RedirectResponse

from app.api.deps import AppState, CurrentState
from app.api.prefix_router import PrefixRouter
from app.api.rest import sign_in_pages as pages
from app.api.sources import find_own_address
from app.domain.errors import DomainError
from app.domain.login import external, service
from app.domain.login.context import LoginResponse, Redirect
from app.domain.login.steps import SECONDS
from app.domain.login.tries import DEVICE_DAYS, Visitor
from app.domain.oauth.authorization import error_redirect
from app.domain.oauth.errors import RedirectedError

router = PrefixRouter(tags=["oauth"], include_in_schema=False)
# What the browser holds: here, at the provider, and for half a year once it was signed in with.
HERE, AWAY, DEVICE = "binhyen-sign-in", "binhyen-away", "binhyen-device"
SHORT = Annotated[str, Form(max_length=200)]
LONG = Annotated[str, Form(max_length=30_000)]


@router.get("/oauth/authorize")
async def authorize(request: Request, app_state: CurrentState) -> Response:
    """Ask a person sent by an application to sign in."""
    pairs = request.query_params.multi_items()
    language = pages.language(request)
    try:
        return _answer(app_state, await service.start_login(app_state.reception, pairs, language))
    except RedirectedError as error:
        return RedirectResponse(
            error_redirect(error, app_state.settings.issuer), 303, pages.NO_STORE
        )
    except DomainError as error:
        return pages.render_refusal(error, language)


@router.post("/oauth/authorize")
async def continue_login(
    request: Request,
    app_state: CurrentState,
    step: LONG = "",
    login: SHORT = "",
    password: SHORT = "",
    code: SHORT = "",
    unit: SHORT = "",
    decision: SHORT = "",
) -> Response:
    """Take what was typed on a page, and answer with the next."""
    form = {"login": login, "password": password, "code": code, "unit": unit}
    form |= {"decision": decision}
    held = _read_cookie(request, app_state, HERE)
    try:
        visitor = Visitor(find_own_address(request), _read_cookie(request, app_state, DEVICE))
        answer = await service.advance(app_state.reception, step, held, form, visitor)
    except DomainError as error:
        return pages.render_refusal(error, pages.language(request))
    return _answer(app_state, answer, login)


@router.get("/oauth/external/start")
async def redirect_to_provider(
    request: Request, app_state: CurrentState, step: str = ""
) -> Response:
    """Send somebody to the provider outside."""
    held = _read_cookie(request, app_state, HERE)
    try:
        return _answer(app_state, await external.start_external(app_state.reception, step, held))
    except DomainError as error:
        return pages.render_refusal(error, pages.language(request))


@router.get("/oauth/external")
async def return_from_provider(request: Request, app_state: CurrentState) -> Response:
    """Take somebody back from the provider outside."""
    said, held = dict(request.query_params), _read_cookie(request, app_state, AWAY)
    try:
        answer = _answer(app_state, await external.finish_external(app_state.reception, held, said))
    except DomainError as error:
        answer = pages.render_refusal(error, pages.language(request))
    _drop_cookie(app_state, answer, AWAY)
    return answer


def _answer(app_state: AppState, answer: LoginResponse, login: str = "") -> Response:
    """A page with a fresh secret for its browser, or the way on; the old secret is gone."""
    if isinstance(answer, Redirect):
        gone = RedirectResponse(answer.url, 303, pages.NO_STORE)
        if answer.held:
            _set_cookie(
                app_state, gone, AWAY, answer.held, "lax"
            )  # it comes back from another site
        else:
            _drop_cookie(app_state, gone, HERE)
        if answer.device:
            _set_cookie(
                app_state, gone, DEVICE, answer.device, "strict", seconds=DEVICE_DAYS * 86_400
            )
        return gone
    provider = app_state.reception.provider
    label = provider.labels[answer.step.language] if provider else None
    shown = pages.render_step(answer, login, label)
    _set_cookie(app_state, shown, HERE, answer.held, "strict")
    return shown


def _set_cookie(
    app_state: AppState, answer: Response, name: str, held: str, site: Literal["lax", "strict"],
    *, seconds: int = SECONDS,
) -> None:  # fmt: skip
    answer.set_cookie(
        _name(app_state, name), held, seconds, path="/", secure=_safe(app_state), httponly=True,
        samesite=site,
    )  # fmt: skip


def _drop_cookie(app_state: AppState, answer: Response, name: str) -> None:
    answer.delete_cookie(_name(app_state, name), path="/", secure=_safe(app_state), httponly=True)


def _read_cookie(request: Request, app_state: AppState, name: str) -> str:
    return request.cookies.get(_name(app_state, name), "")


def _name(app_state: AppState, name: str) -> str:
    """A name that a browser takes from this very host only, where there is TLS."""
    return f"__Host-{name}" if _safe(app_state) else name


def _safe(app_state: AppState) -> bool:
    return app_state.settings.issuer.startswith("https:")
