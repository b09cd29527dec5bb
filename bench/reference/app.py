"""Put the plain way together, on the same tables, tokens and pool size."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from sqlalchemy.ext.asyncio import create_async_engine

from app.domain.auth.tokens import Tokens
from app.settings import Settings
from bench.reference import graphql, models, units


def from_environment() -> FastAPI:
    """For uvicorn: the plain application, with the settings of ours."""
    settings = Settings()
    engine = create_async_engine(
        "postgresql+asyncpg://", pool_size=settings.pool_size, max_overflow=10,
        connect_args={"dsn": settings.write_dsn, "command_timeout": 120},
    )  # fmt: skip

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        app.state.engine = engine
        app.state.tokens = Tokens.from_file(
            settings.keys_file, settings.issuer, settings.audience, make=False
        )
        yield
        await engine.dispose()

    app = FastAPI(title="The plain way", lifespan=life)
    app.include_router(models.router)
    app.include_router(units.router)
    app.include_router(graphql.router())
    return app
