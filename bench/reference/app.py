"""Put the plain way together, on the same tables, tokens and pool size."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from app.db.session import Database
from app.domain.auth.tokens import Tokens
from app.settings import Settings
from bench.reference import graphql, models, units


def from_environment() -> FastAPI:
    """For uvicorn: the plain application, with the settings of ours."""
    settings = Settings()
    database = Database.connect(settings.write_dsn, size=settings.pool_size)

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        app.state.engine = database.engine
        app.state.tokens = Tokens.from_file(
            settings.keys_file, settings.issuer, settings.audience, make=False
        )
        yield
        await database.close()

    app = FastAPI(title="The plain way", lifespan=life)
    app.include_router(models.router)
    app.include_router(units.router)
    app.include_router(graphql.router())
    return app
