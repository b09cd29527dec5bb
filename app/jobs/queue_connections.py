"""The worker's own two connections to the queue; those of asyncpg cannot be shared."""

from typing import Any

from psycopg import AsyncCursor
from psycopg.pq import TransactionStatus
from psycopg_pool import AsyncConnectionPool

from app.db.pooler import local_settings, role_settings
from app.jobs.run_monitor import quiet_library_logs


def create_pool(dsn: str, *, listen: bool, role: str = "") -> AsyncConnectionPool:
    """Return the pool; a pooler in transaction mode, which passes no notifications on, is served
    by transactions that choose their role, and by statements without names.
    """
    quiet_library_logs("procrastinate", "psycopg.pool")
    more: dict[str, Any] = {"options": f"-c role={role}"} if role else {}
    if not listen:
        more = {"prepare_threshold": None} | ({"cursor_factory": role_cursor(role)} if role else {})
    return AsyncConnectionPool(
        dsn, min_size=1, max_size=2, open=False, timeout=3, reconnect_timeout=3,
        check=AsyncConnectionPool.check_connection,
        kwargs={"application_name": "binhyen-worker", **more},
    )  # fmt: skip


def role_cursor(role: str) -> type[AsyncCursor[Any]]:
    """Return a kind of cursor that begins every transaction in a role."""
    begin = local_settings(role_settings(role)).encode()

    class RoleCursor(AsyncCursor[Any]):
        async def execute(self, *arguments: Any, **options: Any) -> Any:
            """Run a statement, and before the first of a transaction choose the role."""
            state = self.connection.info.transaction_status
            if state is TransactionStatus.IDLE and not self.connection.autocommit:
                await super().execute(begin)
            return await super().execute(*arguments, **options)

    return RoleCursor
