"""The catalogue of types and the rule of review that come with the product."""

import csv
from collections.abc import Iterator
from datetime import date

from app.data import SHIPPED, Traversable
from app.db.session import Session
from app.db.tables.model_records import ModelReviewRule
from app.db.tables.programme_models import HostKind, ModelField, ModelType
from app.db.vietnamese import name_key, search_key, sort_key
from app.domain.programme_models import queries
from app.domain.records import kit as records

FILES = SHIPPED / "model_types"


async def load_types(session: Session, files: Traversable = FILES) -> int:
    """Add the types that go by no name here yet, and the first rule; how many were added."""
    await queries.lock_catalogue(session)
    added = 0
    for line in _lines(files / "types.csv"):
        added += await _add(session, line)
    if await queries.last_rule(session) is None:
        rules = [_rule(line) for line in _lines(files / "review_rules.csv")]
        await records.write(session, *rules)
        added += len(rules)
    return added


def _rule(line: dict[str, str]) -> ModelReviewRule:
    return ModelReviewRule(
        valid_from=date.fromisoformat(line["valid_from"]),
        months_inactive=int(line["months_inactive"]),
        failed_reviews=int(line["failed_reviews"]),
        basis=line["basis"],
    )


async def _add(session: Session, line: dict[str, str]) -> int:
    aliases = [alias for alias in line["aliases"].split("|") if alias]
    names = [line["code"], line["name"], *aliases]
    if await queries.find_types(session, names):
        return 0
    kind = ModelType(
        code=line["code"], name=line["name"], aliases=aliases,
        field=ModelField(line["field"]), host_kind=HostKind(line["host_kind"]),
        principles=[word for word in line["principles"].split("|") if word],
        description=line["description"] or None, source=line["source"],
        sort_key=sort_key(line["name"]),
        search_key=search_key(line["name"], line["code"], *aliases),
    )  # fmt: skip
    await records.write(session, kind)
    await queries.name_type(session, kind, {name_key(name) for name in names})
    return 1


def _lines(file: Traversable) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8") as lines:
        yield from csv.DictReader(lines)
