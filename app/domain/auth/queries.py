"""Every SQL statement on who comes in."""

from app.db.literals import call_function
from app.db.session import Session, exclusion_key_of
from app.db.transaction import Refusal
from app.domain.actor import Actor

ENDED = "BY001"  # how `enter_request` refuses a session that does not hold


async def enter(session: Session, actor: Actor, ended: Refusal) -> None:
    """Set the actor of this transaction, and refuse if their session has ended."""
    roles = " ".join(sorted(actor.roles))
    entering = call_function(
        "enter_request", actor.subject, actor.level.value, str(actor.unit_id), roles,
        exclusion_key_of(session), actor.session, actor.session_version,
    )  # fmt: skip
    await session.begin_with("enter", entering, {ENDED: ended})
