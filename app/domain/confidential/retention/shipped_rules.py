"""Shipped terms of retention, loaded for each code that has no rule yet."""

import json
from datetime import date
from typing import Any

from app.data import SHIPPED
from app.db.session import Session
from app.db.tables.confidential import RetentionOf, RetentionRule
from app.domain.confidential.retention import queries
from app.domain.records import kit as records

FILE = SHIPPED / "retention" / "rules.json"


async def load_retention(session: Session) -> int:
    """Load shipped rules for codes without any; return how many were added."""
    await queries.lock_rules(session)
    added = []
    for rule in _read_shipped():
        of = RetentionOf(rule["of"])
        if await queries.find_last_rule(session, of) is None:
            day = date.fromisoformat(rule["valid_from"])
            added.append(RetentionRule(**rule | {"of": of, "valid_from": day}))
    await records.write(session, *added)
    return len(added)


def _read_shipped() -> list[dict[str, Any]]:
    rules: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
    return rules
