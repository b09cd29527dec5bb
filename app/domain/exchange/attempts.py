"""Attempts: each in a part of a transaction, which is taken back alone where it is refused."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from sqlalchemy.exc import IntegrityError

from app.db.errors import is_unique_violation
from app.db.savepoint import Savepoint
from app.db.session import Session
from app.domain.errors import DomainError, TakenConcurrently, Unavailable

Result = TypeVar("Result")


async def attempt(
    session: Session, part: Savepoint, act: Callable[[], Awaitable[Result]]
) -> Result | DomainError:
    """Act in a part that was opened; return the result, or the refusal that took the part back."""
    try:
        done = await act()
        await part.commit()
    except Unavailable:
        raise
    except DomainError as refusal:
        await part.rollback()
        return refusal
    except IntegrityError as error:
        if not is_unique_violation(error):
            raise
        await part.rollback()
        return TakenConcurrently()
    session.expire_all()  # written: nobody goes through what is known of it again
    return done
