"""Build the application."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from app.api import guard, pages, site_files
from app.api.deps import AppState
from app.api.errors import handle_error
from app.api.graphql.router import GraphQLEndpoint
from app.api.graphql.schema import build_schema
from app.api.metrics import watch_pools
from app.api.middleware.stack import add_middleware
from app.api.rest import (
    authorize,
    health,
    oauth,
    public_counter,
    public_receipts,
    public_recognitions,
    public_tips,
    welcome,
)
from app.api.rest.openapi import describe
from app.api.rest.router import build_router
from app.db.query.executor import PoolExecutor
from app.db.session import Database
from app.db.storage import Storage
from app.demo.ownership import refuse_demo
from app.domain.audit.keys import AuditKeys
from app.domain.auth.tokens import Tokens
from app.domain.errors import DomainError
from app.domain.exchange.exports.context import ExportContext
from app.domain.exchange.imports.context import ImportContext
from app.domain.exchange.sync.context import SyncContext
from app.domain.exchange.webhooks.context import WebhookContext
from app.domain.figures.context import FigureContext
from app.domain.figures.indicators import Catalogue
from app.domain.login.context import LoginContext
from app.domain.login.cookie_seal import CookieSeal
from app.domain.login.provider import Provider
from app.domain.records.files.pool import FilePool
from app.domain.reintegration.context import CaseContext
from app.domain.tips.context import TipContext
from app.features import FEATURES, MEASURES, resource_paths, resources
from app.jobs.worker import Worker
from app.logs import set_up_logs
from app.settings import Settings

# Endpoints for callers without a token: no operations of a feature.
HANDWRITTEN = (
    oauth, authorize, welcome, health, public_counter, public_recognitions, public_tips,
    public_receipts,
)  # fmt: skip


def create_app(settings: Settings) -> FastAPI:
    """Build the application; it refuses to start while any endpoint lacks a permission."""

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        app.state.resources = await _open_state(settings)
        watching = asyncio.create_task(watch_pools(app.state.resources), name="pools")
        yield
        watching.cancel()
        await _close_state(app.state.resources)

    app = FastAPI(
        title="Bình Yên API", version="1", docs_url=None, redoc_url=None, lifespan=life,
        redirect_slashes=False,
    )  # fmt: skip
    for kind in (DomainError, HTTPException, RequestValidationError, ValidationError):
        app.add_exception_handler(kind, handle_error)
    for feature in FEATURES:
        app.include_router(build_router(feature))
    for module in HANDWRITTEN:
        app.include_router(module.router)
    schema = build_schema()
    app.include_router(GraphQLEndpoint(schema, bypass=settings.bypass), include_in_schema=False)
    pages.add_pages(app)
    site_files.add_site_files(app, settings.security_contact)
    describe(app, settings.root_path)
    guard.check(app, schema._schema)
    add_middleware(app, settings)
    return app


async def _open_state(settings: Settings) -> AppState:
    size = settings.pool_size
    make = settings.environment == "development"
    tokens = Tokens.from_file(settings.keys_file, settings.issuer, settings.audience, make=make)
    audit_keys = AuditKeys.from_file(settings.audit_key_file, make=make)
    cache, role = settings.statement_cache_size, settings.database_role
    reader = await PoolExecutor.connect(
        settings.read_dsn, size=size, statement_cache=cache, role=role,
        write_dsn=settings.write_dsn,
    )  # fmt: skip
    database = Database.of(settings)
    await refuse_demo(database, settings)
    intake = Database.of(settings, size=settings.intake_pool_size, more=0)
    seal = CookieSeal.from_settings(settings.seal_key_text, settings.data / "seal-key")
    reception = LoginContext(database, seal, settings, _provider(settings))
    listen = cache > 0  # pgbouncer in transaction mode passes no notifications on
    worker = (
        Worker(settings.write_dsn, database, listen=listen, role=role) if settings.worker else None
    )
    working, storage = worker and worker.start(), Storage.of(settings)
    files = FilePool()
    catalogue = Catalogue.of(MEASURES, resource_paths())
    figures = FigureContext(catalogue, seal.name("figures", "the ids of figures"))
    tips = TipContext.of(database, settings, intake, files)
    cases = CaseContext.of(settings)
    reader.exclusion_key = tips.keys.exclusion.hex()
    return AppState(
        settings,
        tokens,
        reader,
        database,
        audit_keys,
        reception,
        storage,
        tips,
        cases,
        files,
        figures,
        ImportContext.of(resources(), settings.import_days),
        ExportContext.of(settings, resources()),
        SyncContext.of(resources(), storage, cases, files, figures, tips),
        WebhookContext.of(settings, resources(), seal),
        working,
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


async def _close_state(app_state: AppState) -> None:
    """The worker first: its jobs still write."""
    if app_state.worker:
        await app_state.worker.stop()
    await app_state.files.close()
    await app_state.reader.close()
    await app_state.database.close()
    await app_state.tips.intake.close()


def from_environment() -> FastAPI:
    """For uvicorn: the application as the environment describes it."""
    set_up_logs()
    app = create_app(Settings())
    gc.collect()
    gc.freeze()  # a full collection of what lives for ever would hold the loop for 0.3 s
    return app
