"""Do the work of an import apart from a request: part by part, for the importer."""

from uuid import UUID

from app.db.session import Database, Session
from app.db.tables.imports import ImportState
from app.domain.auth.queries import set_actor
from app.domain.errors import Forbidden, Unauthenticated
from app.domain.exchange.imports import parts, queries, uploads
from app.domain.exchange.imports.context import ImportContext
from app.domain.exchange.imports.errors import PlanIsAnother
from app.domain.exchange.job_actors import enter, restore_actor
from app.domain.records.files.pool import FilePool
from app.domain.records.map_locks import retry_while_map_changes


async def take_all_parts(
    database: Database, imports: ImportContext, files: FilePool, id: UUID, most: int | None = None
) -> bool:
    """Take the parts that are left, or so many; return whether more may be left.

    A worker that was killed before goes on after the last one.
    """

    async def do_next_part() -> bool:
        async with database.write_transaction() as session:
            return await _take_part(session, imports, id)

    await uploads.store_rows(database, imports, files, id)
    taken = 0
    try:
        while await retry_while_map_changes(do_next_part):
            taken += 1
            if taken == most:
                return True
    except (PlanIsAnother, Forbidden, Unauthenticated) as error:
        async with database.write_transaction() as session:
            await _stop(session, id, error)
    return False


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
    await queries.count_rows(session, whole)
    if whole.state is ImportState.VOIDING:
        whole.state = ImportState.COMMITTED
        await parts.save_state(session, actor, whole)
        return
    await parts.open_preview(session, actor, whole)
