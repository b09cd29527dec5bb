"""The pages on which people sign in, and the way to a provider outside and back."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from app.api.deps import CurrentHouse, House
from app.api.rest import sign_in_pages as pages
from app.domain.access.oauth.authorizing import refusal
from app.domain.access.oauth.errors import RedirectedError
from app.domain.access.signing_in import external, service
from app.domain.access.signing_in.reception import Answer, Go
from app.domain.access.signing_in.steps import SECONDS
from app.domain.errors import DomainError

router = APIRouter(tags=["oauth"], include_in_schema=False)
HERE, AWAY = "binhyen-sign-in", "binhyen-away"  # what the browser holds: here, at the provider
SHORT = Annotated[str, Form(max_length=200)]
LONG = Annotated[str, Form(max_length=30_000)]


@router.get("/oauth/authorize")
async def authorize(request: Request, house: CurrentHouse) -> Response:
    """Ask somebody whom an application has sent who he is."""
    pairs = request.query_params.multi_items()
    language = pages.language(request)
    try:
        return _answer(house, await service.begin(house.reception, pairs, language))
    except RedirectedError as error:
        return RedirectResponse(refusal(error, house.settings.issuer), 303, pages.NOT_KEPT)
    except DomainError as error:
        return pages.refused(error, language)


@router.post("/oauth/authorize")
async def go_on(
    request: Request,
    house: CurrentHouse,
    step: LONG = "",
    login: SHORT = "",
    password: SHORT = "",
    code: SHORT = "",
    unit: SHORT = "",
) -> Response:
    """Take what was typed on a page, and answer with the next."""
    form = {"login": login, "password": password, "code": code, "unit": unit}
    held = _held(request, house, HERE)
    try:
        answer = await service.go_on(house.reception, step, held, form)
    except DomainError as error:
        return pages.refused(error, pages.language(request))
    return _answer(house, answer, login)


@router.get("/oauth/external/start")
async def leave(request: Request, house: CurrentHouse, step: str = "") -> Response:
    """Send somebody to the provider outside."""
    held = _held(request, house, HERE)
    try:
        return _answer(house, await external.leave(house.reception, step, held))
    except DomainError as error:
        return pages.refused(error, pages.language(request))


@router.get("/oauth/external")
async def come_back(request: Request, house: CurrentHouse) -> Response:
    """Take somebody back from the provider outside."""
    said, held = dict(request.query_params), _held(request, house, AWAY)
    try:
        answer = _answer(house, await external.come_back(house.reception, held, said))
    except DomainError as error:
        answer = pages.refused(error, pages.language(request))
    _drop(house, answer, AWAY)
    return answer


def _answer(house: House, answer: Answer, login: str = "") -> Response:
    """A page with a fresh secret for its browser, or the way on; the old secret is gone."""
    if isinstance(answer, Go):
        gone = RedirectResponse(answer.url, 303, pages.NOT_KEPT)
        if answer.held:
            _hold(house, gone, AWAY, answer.held, "lax")  # it comes back from another site
        else:
            _drop(house, gone, HERE)
        return gone
    provider = house.reception.provider
    label = provider.labels[answer.step.language] if provider else None
    shown = pages.shown(answer, login, label)
    _hold(house, shown, HERE, answer.held, "strict")
    return shown


def _hold(
    house: House, answer: Response, name: str, held: str, site: Literal["lax", "strict"]
) -> None:
    answer.set_cookie(
        _name(house, name), held, SECONDS, path="/", secure=_safe(house), httponly=True,
        samesite=site,
    )  # fmt: skip


def _drop(house: House, answer: Response, name: str) -> None:
    answer.delete_cookie(_name(house, name), path="/", secure=_safe(house), httponly=True)


def _held(request: Request, house: House, name: str) -> str:
    return request.cookies.get(_name(house, name), "")


def _name(house: House, name: str) -> str:
    """A name that a browser takes from this very host only, where there is TLS."""
    return f"__Host-{name}" if _safe(house) else name


def _safe(house: House) -> bool:
    return house.settings.issuer.startswith("https:")
