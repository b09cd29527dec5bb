"""The two nets that keep a tip from excluded units, each alone: the service, and the policies."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch
from uuid import UUID

from app.db.query.statement import object_statement, value_statement
from app.domain.scope import EVERYBODY
from app.domain.tips.handling import assignments
from app.domain.tips.kind import TIP_KIND
from app.domain.tips.scope import TIPS_BY_PLACE
from app.domain.tips.shape import TIP
from tests.application import Application

NAMES = ("service", "policies")


@dataclass(frozen=True)
class Nets:
    """One database behind two applications: as its owner, and in the role of the runtime."""

    owner: Application
    runtime: Application

    @contextmanager
    def only(self, name: str) -> Iterator[Application]:
        """Provide the application with this net alone."""
        if name == "service":
            yield self.owner
        else:
            with _without_service():
                yield self.runtime


async def _bar_nobody(*_: Any, **__: Any) -> bool:
    return False


@contextmanager
def _without_service() -> Iterator[None]:
    """Let the service find, offer and assign every tip: what refuses then is the database."""
    scope, by_place, barred = TIP.scope, dict(TIPS_BY_PLACE), TIP_KIND.is_barred
    _set(EVERYBODY, EVERYBODY, _bar_nobody)
    try:
        with patch.object(assignments, "is_subject_barred", _bar_nobody):
            yield
    finally:
        _set(scope, by_place, barred)


def _set(scope: Any, by_place: Any, barred: Any) -> None:
    object.__setattr__(TIP, "scope", scope)
    object.__setattr__(TIP_KIND, "is_barred", barred)
    TIPS_BY_PLACE.update(by_place)  # type: ignore[attr-defined]
    value_statement.cache_clear()
    object_statement.cache_clear()


@contextmanager
def provide_nets(url: str) -> Iterator[Nets]:
    """Provide both applications on one database."""
    with Application.on(url, database_role="") as owner, Application.on(url) as runtime:
        yield Nets(owner, runtime)


def list_seen(who: Any, tips: list[UUID], barred: set[UUID]) -> set[UUID]:
    """Return which tips somebody is shown, alone or in their list, or may open though barred."""
    fields = " ".join(f't{n}: tip(id: "{tip}") {{ id }}' for n, tip in enumerate(tips))
    found = who.ask(f"{{ {fields} tips(first: 100) {{ nodes {{ id }} }} }}")["data"]
    seen = {tip for n, tip in enumerate(tips) if found[f"t{n}"] is not None}
    seen |= {UUID(row["id"]) for row in found["tips"]["nodes"]} & {*tips}
    opened = {tip: who.get(f"/api/v1/tips/{tip}/content").status_code for tip in barred}
    return seen | {tip for tip, status in opened.items() if status != 404}
