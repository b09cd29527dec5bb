"""What an installation may choose; every name is read from BINHYEN_<NAME>."""

from pathlib import Path
from typing import Literal

from pydantic import SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """One class for all settings; whoever builds the application makes one."""

    model_config = SettingsConfigDict(env_prefix="BINHYEN_", env_ignore_empty=True, extra="ignore")

    environment: Literal["development", "production"] = "development"
    database_url: SecretStr | None = None  # nothing set: the embedded PostgreSQL
    read_url: SecretStr | None = None  # a replica for reads
    data: Path = Path(".data")
    issuer: str = "http://127.0.0.1:8000"
    audience: str = "binhyen"
    signing_keys: Path | None = None  # private JWK set; development makes its own
    access_token_minutes: int = 10
    pool_size: int = 10
    statement_cache_size: int = 500  # 0 behind pgbouncer in transaction mode
    worker: bool = False  # run jobs in the server's own process too
    bypass: bool = True  # off: slower, never different
    most_bytes: int = 262_144
    cors_origins: list[str] = []

    @model_validator(mode="after")
    def _production_brings_its_own(self) -> "Settings":
        if self.environment == "production":
            for name in ("database_url", "signing_keys"):
                if getattr(self, name) is None:
                    raise ValueError(f"production needs BINHYEN_{name.upper()}")
        return self

    @property
    def keys_file(self) -> Path:
        return self.signing_keys or self.data / "signing-keys.json"

    @property
    def write_dsn(self) -> str:
        assert self.database_url is not None, "the database is started before the application"
        return self.database_url.get_secret_value()

    @property
    def read_dsn(self) -> str:
        return self.read_url.get_secret_value() if self.read_url else self.write_dsn
