"""Put the house together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from app.api import guard, pages
from app.api.around.order import surround
from app.api.deps import House
from app.api.errors import refused
from app.api.graphql.door import Door
from app.api.graphql.schema import build_schema
from app.api.rest import (
    authorize,
    house,
    oauth,
    public_counter,
    public_receipts,
    public_tips,
    welcome,
)
from app.api.rest.openapi import describe
from app.api.rest.router import build_router
from app.db.pool import Reader
from app.db.session import Database
from app.db.storage import Storage
from app.domain.access.signing_in.provider import Provider
from app.domain.access.signing_in.reception import Reception
from app.domain.access.signing_in.seals import Seal
from app.domain.auth.tokens import Tokens
from app.domain.errors import DomainError
from app.domain.records.audit.keys import AuditKeys
from app.domain.tips.office import Office
from app.features import FEATURES
from app.jobs.worker import Worker
from app.logs import set_up_logs
from app.settings import Settings

# Doors for those who have no token: they are no operations of a feature.
BY_HAND = (oauth, authorize, welcome, house, public_counter, public_tips, public_receipts)


def create_app(settings: Settings) -> FastAPI:
    """The whole application; it refuses to start while any door lacks a permission."""

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        app.state.house = await _furnish(settings)
        yield
        await _leave(app.state.house)

    app = FastAPI(
        title="Bình Yên API", version="1", docs_url=None, redoc_url=None, lifespan=life,
        redirect_slashes=False,
    )  # fmt: skip
    for kind in (DomainError, HTTPException, RequestValidationError, ValidationError):
        app.add_exception_handler(kind, refused)
    for feature in FEATURES:
        app.include_router(build_router(feature))
    for room in BY_HAND:
        app.include_router(room.router)
    schema = build_schema()
    app.include_router(Door(schema, bypass=settings.bypass), include_in_schema=False)
    pages.add_pages(app)
    describe(app)
    guard.check(app, schema._schema)
    surround(app, settings)
    return app


async def _furnish(settings: Settings) -> House:
    size = settings.pool_size
    make = settings.environment == "development"
    tokens = Tokens.from_file(settings.keys_file, settings.issuer, settings.audience, make=make)
    audit_keys = AuditKeys.from_file(settings.audit_key_file, make=make)
    cache, role = settings.statement_cache_size, settings.database_role
    reader = await Reader.connect(
        settings.read_dsn, size=size, statement_cache=cache, role=role,
        write_dsn=settings.write_dsn,
    )  # fmt: skip
    database = Database.connect(
        settings.write_dsn, size=size, statement_cache=min(cache, 100), role=role
    )
    seal = Seal.from_settings(settings.seal_key_text, settings.data / "seal-key")
    reception = Reception(database, seal, settings, _provider(settings))
    listen = cache > 0  # pgbouncer in transaction mode passes no notifications on
    worker = (
        Worker(settings.write_dsn, database, listen=listen, role=role) if settings.worker else None
    )
    working, storage = worker and worker.start(), Storage.of(settings)
    office = Office.of(database, settings)
    return House(
        settings, tokens, reader, database, audit_keys, reception, storage, office, working
    )


def _provider(settings: Settings) -> Provider | None:
    if settings.oidc_issuer is None:
        return None
    assert settings.oidc_client_id, "the settings say it"
    assert settings.oidc_client_secret, "the settings say it"
    return Provider(
        settings.oidc_issuer, settings.oidc_client_id,
        settings.oidc_client_secret.get_secret_value(),
        {"vi": settings.oidc_label_vi, "en": settings.oidc_label_en}, settings.oidc_trust_mfa,
    )  # fmt: skip


async def _leave(house: House) -> None:
    """The worker first: its jobs still write."""
    if house.worker:
        await house.worker.stop()
    await house.reader.close()
    await house.database.close()


def from_environment() -> FastAPI:
    """For uvicorn: the application as the environment describes it."""
    set_up_logs()
    return create_app(Settings())
