"""What people are received with where they sign in, and what they are answered."""

from dataclasses import dataclass, field
from typing import Any

from app.db.session import Database
from app.domain.errors import DomainError
from app.domain.login.cookie_seal import CookieSeal
from app.domain.login.provider import Provider
from app.domain.login.steps import Step
from app.settings import Settings


@dataclass(frozen=True, slots=True)
class LoginContext:
    """Lives as long as the application."""

    database: Database
    seal: CookieSeal
    settings: Settings
    provider: Provider | None = None

    @property
    def returns_to(self) -> str:
        """Where the provider outside sends people back to."""
        return f"{self.settings.issuer.rstrip('/')}/oauth/external"


@dataclass(frozen=True, slots=True)
class Page:
    """The next page: its step, closed for whoever holds the secret, and what was wrong."""

    step: Step
    closed: str
    held: str
    facts: dict[str, Any] = field(default_factory=dict)
    fault: DomainError | None = None


@dataclass(frozen=True, slots=True)
class Redirect:
    """Where the browser is sent; on the way to a provider it holds a closed step."""

    url: str
    held: str | None = None


LoginResponse = Page | Redirect
