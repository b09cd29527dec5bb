"""A session for a library that knows no waiting; it is used within `Session.run_sync`."""

from typing import Any, TypeVar, TypeVarTuple, overload

from sqlalchemy.util import await_only
from sqlmodel.sql.expression import Select, SelectOfScalar

from app.db.results import Rows
from app.db.table_session import Session

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class SynchronousSession:
    """The session of a request, of which the event loop waits for every answer."""

    def __init__(self, session: Session) -> None:
        self.session = session

    @overload
    def exec(self, statement: SelectOfScalar[T]) -> Rows[T]: ...
    @overload
    def exec(self, statement: Select[*Ts]) -> Rows[tuple[*Ts]]: ...
    def exec(self, statement: Any) -> Rows[Any]:
        """Ask for rows of tables, or values of their columns."""
        found: Rows[Any] = await_only(self.session.exec(statement))
        return found

    def execute(self, statement: Any) -> Rows[Any]:
        """Run a statement that no table class stands for."""
        found: Rows[Any] = await_only(self.session.execute(statement))
        return found
