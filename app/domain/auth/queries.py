"""Every SQL statement on who comes in."""

from sqlalchemy import text

from app.db.session import Session, exclusion_key_of, execute
from app.domain.actor import Actor

# Row-level security reads these; they are forgotten when the transaction ends.
ENTER = """
SELECT set_config('binhyen.subject', :subject, true), set_config('binhyen.level', :level, true),
       set_config('binhyen.unit', :unit, true), set_config('binhyen.roles', :roles, true),
       set_config('binhyen.exclusion_key', :exclusion_key, true),
       EXISTS (SELECT FROM auth_session WHERE id = :session AND version = :version
               AND ended_at IS NULL) AS holds
"""


async def enter(session: Session, actor: Actor) -> bool:
    """Set the actor of this transaction; return whether the session is still valid."""
    found = await execute(
        session,
        text(ENTER),
        {
            "subject": actor.subject,
            "level": actor.level.value,
            "unit": str(actor.unit_id),
            "roles": " ".join(sorted(actor.roles)),
            "exclusion_key": exclusion_key_of(session),
            "session": actor.session,
            "version": actor.session_version,
        },
    )
    return bool(found.one().holds)
