"""The sign-in pages, as text: every value that is put into one is escaped."""

import json
from html import escape
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse

from app.api.descriptions import describe_permission
from app.api.errors import status_of
from app.api.languages import language_of
from app.api.pages import headers
from app.domain.actor import Permission
from app.domain.errors import DomainError, Language
from app.domain.login.context import Page
from app.domain.login.steps import Stage

FOLDER = Path(__file__).parents[1] / "sign_in"
TEMPLATES = {file.stem: Template(file.read_text("utf-8")) for file in FOLDER.glob("*.html")}
WORDS: dict[str, dict[str, str]] = json.loads((FOLDER / "words.json").read_text("utf-8"))
PERMISSIONS: dict[str, dict[str, str]] = {
    "vi": json.loads((FOLDER / "permissions.json").read_text("utf-8")),
    "en": {str(one): describe_permission(one).rstrip(".") for one in Permission},
}
NO_STORE = {"cache-control": "no-store"}
STRICT_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action"
)
TITLES = {Stage.PASSWORD: "sign_in"}  # the others are called like their step


class Html(str):
    """Text that is HTML already; it comes out of `fill` only."""

    __slots__ = ()


NOTHING = Html()
DESCRIBED = Html(' aria-invalid="true" aria-describedby="fault"')


def fill(template: str, spoken: str, **values: Any) -> Html:
    """A template with the words of a language and these values, escaped unless they are HTML."""
    given = {**WORDS[spoken], "language": spoken, **values}
    safe = {n: v if isinstance(v, Html) else escape(str(v), quote=True) for n, v in given.items()}
    return Html(TEMPLATES[template].substitute(safe))


def render_step(show: Page, login: str, label: str | None) -> HTMLResponse:
    """The page of a step."""
    step, facts, language = show.step, dict(show.facts), show.step.language
    facts |= {"step": show.closed, "described": DESCRIBED if show.fault else NOTHING}
    if step.stage is Stage.PASSWORD:
        outside = fill("outside", language, label=label, step=show.closed) if label else NOTHING
        facts |= {"login": login, "outside": outside}
    if step.stage is Stage.UNIT:
        facts["choices"] = Html(
            "".join(
                fill("choice", language, number=number, id=id, name=name)
                for number, (id, name) in enumerate(facts.pop("units"), 1)
            )
        )
    if step.stage is Stage.RECOVERY:
        items = (fill("permission", language, text=code) for code in facts["codes"])
        facts["codes"] = Html("".join(items))
    if step.stage is Stage.CONSENT:
        for kind in ("guarded", "ordinary"):
            facts[kind] = _list_permissions(facts[kind], f"consent_{kind}", language)
    content = fill(step.stage.value, language, **facts)
    goes_to = _origin(step.asked.get("redirect_uri", ""))
    return page(
        TITLES.get(step.stage, step.stage.value), content, language, show.fault, goes_to=goes_to
    )


def _list_permissions(names: list[str], heading: str, language: str) -> Html:
    """List permissions in words; nothing where there are none."""
    if not names:
        return NOTHING
    texts = [PERMISSIONS[language][name] for name in names]
    items = Html("".join(fill("permission", language, text=text) for text in texts))
    return fill("permissions", language, heading=WORDS[language][heading], items=items)


def welcome(invitation: str, language: Language, fault: DomainError | None = None) -> HTMLResponse:
    """Render the page on which an invited person chooses their password."""
    invalid = Html(' aria-invalid="true"') if fault else NOTHING
    content = fill(
        "welcome", language, invitation=invitation, also=" fault" if fault else "",
        invalid=invalid, described=DESCRIBED if fault else NOTHING,
    )  # fmt: skip
    return page("welcome", content, language, fault)


def render_refusal(error: DomainError, language: Language) -> HTMLResponse:
    """The page of a sign-in that cannot go on from here."""
    return page("refused", fill("refused", language), language, error)


def render_done(language: Language) -> HTMLResponse:
    """The page that says that a password is set."""
    return page("done", fill("done", language), language)


def page(
    title: str,
    content: Html,
    language: str,
    fault: DomainError | None = None,
    *,
    goes_to: str = "",
) -> HTMLResponse:
    """A whole page: it loads from no other host, runs nothing, is not framed and is not cached."""
    spoken: Language = "en" if language == "en" else "vi"
    alert = fill("alert", language, message=fault.message(spoken)) if fault else NOTHING
    mark, named = WORDS[language]["wrong"] if fault else "", WORDS[language][title]
    whole = fill("page", language, mark=mark, title=named, alert=alert, content=content)
    policy = f"{STRICT_POLICY} 'self' {goes_to}".rstrip()
    told = headers(policy) | NO_STORE | {"vary": "Accept-Language"}
    if fault and (seconds := fault.facts.get("retry_after")):
        told["retry-after"] = str(seconds)
    return HTMLResponse(whole, status_of(type(fault)) if fault else 200, told)


def _origin(address: str) -> str:
    """Return the origin that a form may lead to: the application's own, as CSP writes it."""
    scheme, host = urlsplit(address)[:2]
    plain = (scheme + host).replace("-", "").replace(".", "").replace(":", "")
    if not plain.isalnum() or not plain.isascii():
        return ""
    return f"{scheme}://{host}" if scheme in ("http", "https") else f"{scheme}:"


def language(request: Request) -> Language:
    """Return the language that the application requests, else the one that the browser prefers."""
    for locale in request.query_params.get("ui_locales", "").split():
        if locale[:2].lower() in ("vi", "en"):
            return "en" if locale[:2].lower() == "en" else "vi"
    return language_of(request.headers)
