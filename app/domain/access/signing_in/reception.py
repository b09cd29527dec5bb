"""What people are received with where they sign in, and what they are answered."""

from dataclasses import dataclass, field
from typing import Any

from app.db.session import Database
from app.domain.access.signing_in.provider import Provider
from app.domain.access.signing_in.seals import Seal
from app.domain.access.signing_in.steps import Step
from app.domain.errors import DomainError
from app.settings import Settings


@dataclass(frozen=True, slots=True)
class Reception:
    """Lives as long as the application."""

    database: Database
    seal: Seal
    settings: Settings
    provider: Provider | None = None

    @property
    def returns_to(self) -> str:
        """Where the provider outside sends people back to."""
        return f"{self.settings.issuer.rstrip('/')}/oauth/external"


@dataclass(frozen=True, slots=True)
class Show:
    """The next page: its step, closed for whoever holds the secret, and what was wrong."""

    step: Step
    closed: str
    held: str
    facts: dict[str, Any] = field(default_factory=dict)
    fault: DomainError | None = None


@dataclass(frozen=True, slots=True)
class Go:
    """Where the browser is sent; on the way to a provider it holds a closed step."""

    url: str
    held: str | None = None


Answer = Show | Go
