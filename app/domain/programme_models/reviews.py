"""Reviews of models and the rule that makes them due; neither changes a model's state."""

from uuid import UUID

from app.db.session import Session
from app.db.tables.model_records import ModelReview, ModelReviewRule
from app.domain.actor import NATION_ONLY, Actor, Permission, operation
from app.domain.programme_models import changes, queries
from app.domain.programme_models.errors import NotYet, RuleNotLater
from app.domain.programme_models.schemas import ModelReviewAdd, ModelReviewRuleCreate
from app.domain.records import kit as records
from app.domain.units.shape import today


@operation(Permission.MODEL_REVIEW)
async def add_model_review(
    session: Session, actor: Actor, id: UUID, data: ModelReviewAdd, expected: int | None
) -> UUID:
    """Record a review of a model; its state stays."""
    model = await changes.load_own_model(session, actor, id, expected)
    day = data.reviewed_on or today()
    if day > today():
        raise NotYet(day=day.isoformat())
    said = data.model_dump() | {"reviewed_on": day}
    await records.store(session, actor, ModelReview(**said, model_id=model.id))
    model.failed_reviews = await queries.count_failures(session, model.id)
    fields = ["failed_reviews", "reviews"]
    return await records.save(session, actor, Permission.MODEL_REVIEW, model, fields)


@operation(Permission.MODEL_RULE_WRITE, levels=NATION_ONLY)
async def add_model_review_rule(
    session: Session, actor: Actor, data: ModelReviewRuleCreate
) -> UUID:
    """Enter a rule by which models are due for review; it ends the one before."""
    await queries.lock_catalogue(session)
    last = await queries.last_rule(session)
    if last and data.valid_from <= last.valid_from:
        raise RuleNotLater(since=last.valid_from.isoformat())
    if last and records.assign(last, {"valid_to": data.valid_from}):
        await records.store(session, actor, last)
    made = ModelReviewRule(**data.model_dump())
    return await records.create(
        session, actor, Permission.MODEL_RULE_WRITE, made, data.model_fields_set
    )
