"""Everything that webhooks need and that lives as long as the application."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Self

from app.domain.errors import UnknownName
from app.domain.exchange.changes.sources import Source, list_sources
from app.domain.exchange.webhooks.names import NameResolver
from app.domain.exchange.webhooks.targets import Resolve
from app.domain.login.cookie_seal import CookieSeal
from app.domain.resources import Resource
from app.settings import Settings

NAMES = NameResolver()  # of the process


@dataclass(frozen=True, eq=False)
class WebhookContext:
    """The resources that can be followed, the seal of the keys, and the hosts that are listed."""

    settings: Settings
    sources: Mapping[str, Source]
    seal: CookieSeal
    hosts: frozenset[str]
    near: timedelta
    kept: timedelta
    resolve: Resolve = NAMES.resolve

    @classmethod
    def of(cls, settings: Settings, resources: Iterable[Resource], seal: CookieSeal) -> Self:
        """Collect all resources that can be followed."""
        return cls(
            settings, list_sources(resources), seal, frozenset(settings.webhook_hosts),
            timedelta(days=settings.webhook_near_days), timedelta(days=settings.webhook_days),
        )  # fmt: skip

    def check_resources(self, names: Iterable[str]) -> None:
        """Refuse resources that cannot be followed, and name the known ones."""
        for name in names:
            if name not in self.sources:
                raise UnknownName(f"resources={name}", self.sources)
