"""The terms that come with the product, added where there is no rule of their kind yet."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from app.db.session import Session
from app.db.tables.tip_parts import RetentionOf, RetentionRule
from app.domain.tips.keeping import queries

FILE = Path(__file__).parents[4] / "data" / "retention" / "rules.json"


async def load_retention(session: Session) -> int:
    """Add what is shipped and not there; what is there stays as it is. How many were added."""
    await queries.enter_alone(session)
    added = 0
    for told in _shipped():
        of = RetentionOf(told["of"])
        if await queries.last_rule(session, of) is None:
            day = date.fromisoformat(told["valid_from"])
            session.add(RetentionRule(**told | {"of": of, "valid_from": day}))
            added += 1
    await session.flush()
    return added


def _shipped() -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
    return told
