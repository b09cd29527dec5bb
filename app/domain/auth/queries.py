"""Every SQL statement on who comes in."""

from app.db.base import now
from app.db.literals import call_function, write_literal
from app.db.session import Session, exclusion_key_of
from app.db.transaction import Refusal
from app.domain.actor import Actor

ENDED = "BY001"  # how `enter_request` refuses a session that does not hold


async def set_actor(session: Session, actor: Actor) -> None:
    """Set the actor of this transaction, whatever their session."""
    values = {
        "subject": actor.subject, "level": actor.level.value, "unit": str(actor.unit_id),
        "roles": actor.policy_roles, "client": actor.client,
        "exclusion_key": exclusion_key_of(session), "at": now().isoformat(),
    }  # fmt: skip
    calls = (
        f"set_config('binhyen.{name}', {write_literal(value)}, true)"
        for name, value in values.items()
    )
    await session.begin_with("enter", f"SELECT {', '.join(calls)}")


async def enter(session: Session, actor: Actor, ended: Refusal) -> None:
    """Set the actor of this transaction, and refuse if their session has ended."""
    entering = call_function(
        "enter_request", actor.subject, actor.level.value, str(actor.unit_id),
        actor.policy_roles,
        exclusion_key_of(session), now(), actor.session, actor.session_version,
    )  # fmt: skip
    client = f"set_config('binhyen.client', {write_literal(actor.client)}, true)"
    await session.begin_with("enter", f"{entering}, {client}", {ENDED: ended})
