"""The names and the steps of grants that wait since their unit ended."""

from collections.abc import Mapping
from typing import Any

from app.db.tables.auth import Account
from app.domain.accounts.queries import Holder
from app.domain.accounts.schemas import GrantTransition


def name_of(holder: Holder) -> str:
    """Return the name by which a holder signs in."""
    return holder.login if isinstance(holder, Account) else holder.client_id


def to_transition(step: Mapping[str, Any]) -> GrantTransition:
    """Return a step as the input of a transition."""
    return GrantTransition.model_validate(step)
