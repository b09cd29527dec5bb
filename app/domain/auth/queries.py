"""Every SQL statement on who comes in."""

from sqlalchemy import text

from app.db.session import Session, execute
from app.domain.actor import Actor

# Row-level security reads these; they are forgotten when the transaction ends.
ENTER = """
SELECT set_config('binhyen.subject', :subject, true), set_config('binhyen.level', :level, true),
       set_config('binhyen.unit', :unit, true), set_config('binhyen.roles', :roles, true),
       EXISTS (SELECT FROM auth_session WHERE id = :session AND version = :version
               AND ended_at IS NULL) AS holds
"""


async def enter(session: Session, actor: Actor) -> bool:
    """Tell the database who acts in this transaction; whether his session still holds."""
    found = await execute(
        session,
        text(ENTER),
        {
            "subject": actor.subject,
            "level": actor.level.value,
            "unit": str(actor.unit_id),
            "roles": " ".join(sorted(actor.roles)),
            "session": actor.session,
            "version": actor.session_version,
        },
    )
    return bool(found.one().holds)
