"""Files of exports whose time is over: deleted, and the export says so."""

from app.db.base import now
from app.db.session import Database
from app.db.tables.exports import ExportState
from app.domain.actor import Permission
from app.domain.auth.queries import set_actor
from app.domain.exchange.exports import queries
from app.domain.exchange.exports.context import ExportContext, storage_key
from app.domain.exchange.job_actors import restore_actor
from app.domain.records import kit as records

MAX_AT_ONCE = 100


async def delete_expired_exports(database: Database, exports: ExportContext) -> int:
    """Delete the files of expired exports, some at a time; return how many."""
    gone = 0
    while some := await _delete_some(database, exports):
        gone += some
    return gone


async def _delete_some(database: Database, exports: ExportContext) -> int:
    async with database.write_transaction() as session:
        expired = await queries.lock_expired(session, now(), MAX_AT_ONCE)
        for export in expired:
            if export.state is ExportState.READY:
                await exports.storage.delete(storage_key(export.id))
            export.state, export.filters = ExportState.EXPIRED, []  # they may name people
            actor = restore_actor(export.acting)
            await set_actor(session, actor)
            fields = ["filters", "state"]
            await records.save(session, actor, Permission.EXPORT_CREATE, export, fields)
    return len(expired)
