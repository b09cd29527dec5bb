"""Seal the audit on a schedule: no entry waits long for its place in the chain."""

from functools import lru_cache
from pathlib import Path

from app.db.session import Database
from app.domain.audit.keys import AuditKeys
from app.domain.audit.seals import seal_all
from app.jobs.registry import periodic
from app.settings import Settings


@periodic("* * * * * */4", "seal_audit")
async def seal_audit(database: Database) -> None:
    """Seal all waiting entries."""
    settings = _settings()
    make = settings.environment == "development"
    await seal_all(database, _keys(settings.audit_key_file, make), settings.witness)


@lru_cache
def _settings() -> Settings:
    return Settings()


@lru_cache
def _keys(file: Path, make: bool) -> AuditKeys:
    return AuditKeys.from_file(file, make=make)
