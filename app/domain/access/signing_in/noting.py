"""The account of what happens where people sign in; what was typed is never in it."""

from app.db.session import Session
from app.db.tables.auth import Account
from app.db.tables.records import Act, AuditEntry


def note(
    session: Session, account: Account, what: str, *, client: str, reason: str | None = None
) -> None:
    """Account for one act of an account, or against it."""
    session.add(
        AuditEntry(
            act=Act.SECURITY, operation=what, resource="account", resource_id=account.id,
            subject=str(account.id), client=client, reason=reason,
            actor_unit_id=account.unit_id, unit_id=account.unit_id,
        )
    )  # fmt: skip
