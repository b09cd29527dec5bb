"""Do the work of an import apart from a request: part by part, for the importer."""

from uuid import UUID

from app.db.session import Database, Session
from app.db.tables.imports import ImportState
from app.domain.actor import Actor
from app.domain.auth.queries import set_actor
from app.domain.auth.sessions import enter_session
from app.domain.errors import Forbidden, Unauthenticated
from app.domain.exchange.imports import parts, queries
from app.domain.exchange.imports.context import ImportContext
from app.domain.exchange.imports.errors import PlanIsAnother
from app.domain.exchange.job_actors import restore_actor
from app.domain.records.map_locks import retry_while_map_changes


async def take_all_parts(database: Database, imports: ImportContext, id: UUID) -> None:
    """Take the parts that are left; a worker that was killed before goes on after the last one."""

    async def do_next_part() -> bool:
        async with database.write_transaction() as session:
            return await _take_part(session, imports, id)

    try:
        while await retry_while_map_changes(do_next_part):
            pass
    except (PlanIsAnother, Forbidden, Unauthenticated) as error:
        async with database.write_transaction() as session:
            await _stop(session, id, error)


async def _take_part(session: Session, imports: ImportContext, id: UUID) -> bool:
    whole = await queries.find_import(session, id)
    if whole is None or whole.state not in parts.TAKEN:
        return False
    actor = restore_actor(whole.acting)
    await enter(session, actor)
    whole = await queries.lock_import(session, id)
    return await parts.take_part(session, actor, imports.find(whole.resource), whole)


async def _stop(session: Session, id: UUID, why: Exception) -> None:
    """Come back to a preview: what was committed stands, and the rest shows what it would do."""
    found = await queries.find_import(session, id)
    assert found is not None, "it was there before"
    actor = restore_actor(found.acting)
    await set_actor(session, actor)  # whether their session holds or not
    whole = await queries.lock_import(session, id)
    if isinstance(why, PlanIsAnother):
        await queries.save_rows(session, why.rows)
    if whole.state is ImportState.VOIDING:
        whole.state = ImportState.COMMITTED
        await parts.save_state(session, actor, whole)
        return
    await parts.open_preview(session, actor, whole)


async def enter(session: Session, actor: Actor) -> None:
    """Enter a transaction as an actor; this machine itself has no session that could end."""
    if actor.session is None:
        await set_actor(session, actor)
    else:
        await enter_session(session, actor)
