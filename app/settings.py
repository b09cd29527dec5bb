"""What an installation may choose; every name is read from BINHYEN_<NAME>."""

import re
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from limits import parse_many
from limits.errors import ConfigurationError
from limits.storage import storage_from_string
from pydantic import AfterValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ORIGIN = re.compile(r"(https?)://([a-z0-9.-]+|\[[0-9a-f:]+\])(:[1-9][0-9]{0,4})?")
USUAL_PORTS = (("http", ":80"), ("https", ":443"))
PLACE = re.compile(r"file:///[^?#]+|s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[^?#]*)?")
HERE = ("localhost", "127.0.0.1", "[::1]")
OFF = "off"


def _origin(given: str) -> str:
    """A frontend as browsers name it: nothing else would ever match, or far too much would."""
    found = ORIGIN.fullmatch(given)
    if not found or (found[1], found[3]) in USUAL_PORTS:
        raise ValueError(
            f"{given!r} is no origin: say https://host or https://host:port in small letters, "
            "without a path and without the usual port; '*' is not taken"
        )
    return given


def _rate(given: str) -> str:
    """A budget; nothing, or `off`, is no limit."""
    if given in ("", OFF):
        return OFF
    try:
        amounts = [budget.amount for budget in parse_many(given)]
    except ValueError:
        amounts = []
    if len(amounts) != 1 or amounts[0] < 1:
        raise ValueError(f"{given!r} is no budget: say for example 600/minute, or {OFF}")
    return given


def _storage(given: SecretStr) -> SecretStr:
    """Where processes count together; it may hold a password, so it is not repeated."""
    uri = given.get_secret_value()
    whole = uri if uri.startswith("async+") else f"async+{uri}"
    try:
        storage_from_string(whole)
    except ConfigurationError:
        raise ValueError("this kind of storage is unknown, or its driver not installed") from None
    return SecretStr(whole)


def _place(given: str) -> str:
    """Where attachments lie: a folder of this machine, or a bucket."""
    if not PLACE.fullmatch(given):
        raise ValueError("say file:///a/folder or s3://bucket or s3://bucket/folder")
    return given


Origin = Annotated[str, AfterValidator(_origin)]
Rate = Annotated[str, AfterValidator(_rate)]
Storage = Annotated[SecretStr, AfterValidator(_storage)]
Place = Annotated[str, AfterValidator(_place)]


class Settings(BaseSettings):
    """One class for all settings; whoever builds the application makes one."""

    model_config = SettingsConfigDict(
        env_prefix="BINHYEN_", env_ignore_empty=True, extra="ignore", hide_input_in_errors=True
    )

    environment: Literal["development", "production"] = "development"
    database_url: SecretStr | None = None  # nothing set: the embedded PostgreSQL
    read_url: SecretStr | None = None  # a replica for reads
    database_role: str = "binhyen_runtime"  # empty where the login is that role, or by pgbouncer
    data: Path = Path(".data")
    issuer: str = "http://127.0.0.1:8000"
    audience: str = "binhyen"
    signing_keys: Path | None = None  # private JWK set; development makes its own
    audit_key: Path | None = None  # Ed25519 JWK set that signs the audit; development makes its own
    witness: Path | None = None  # a file on other storage that keeps the signed heads of the audit
    access_token_minutes: int = Field(default=10, ge=1, le=60)  # of people
    machine_token_minutes: int = Field(default=5, ge=1, le=60)
    code_seconds: int = Field(default=60, ge=1, le=60)
    refresh_grace_seconds: int = Field(default=30, ge=0, le=60)  # an answer that was lost
    refresh_idle_days: int = Field(default=7, ge=1)
    refresh_days: int = Field(default=30, ge=1)  # then a person signs in again
    seal_key: SecretStr | None = None  # Fernet keys, newest first; development makes its own
    tip_keys: Path | None = None  # what taking tips in needs; development makes its own
    tip_reading_keys: Path | None = None  # what handling them needs; else in the file above
    tip_custodian_keys: Path | None = None  # what opens identities; else in the file above
    tip_answer_seconds: float = Field(
        0.3, ge=0, le=5
    )  # a receipt is answered no sooner, right or not
    tips_without_work: int = Field(60, ge=0)  # a minute of one process; more of them cost work
    tip_work: int = Field(100_000, ge=1_000, le=10_000_000)  # how many hashes a flood pays for each
    oidc_issuer: str | None = None  # a provider outside, by which people may sign in as well
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None
    oidc_label_vi: str = "Đăng nhập qua hệ thống của cơ quan"
    oidc_label_en: str = "Sign in through your agency"
    oidc_trust_mfa: bool = False  # whether its second factor stands for ours
    pool_size: int = 10
    statement_cache_size: int = 500  # 0 behind pgbouncer in transaction mode
    worker: bool = False  # run jobs in the server's own process too
    bypass: bool = True  # off: slower, never different
    most_bytes: int = Field(262_144, ge=1)
    body_seconds: float = Field(30, gt=0)  # for a caller to send all of the request
    most_at_once: int = Field(200, ge=1)  # requests of one process; others are told to come back
    workers: int = Field(1, ge=1)  # processes that share a budget; `serve --workers` says it
    cors_origins: list[Origin] = []
    cors_seconds: int = Field(600, ge=0)
    rate_per_client: Rate = "30000/minute"
    rate_per_account: Rate = "600/minute"
    rate_anonymous: Rate = "300/minute"  # of one address
    rate_sign_in: Rate = "60/minute"  # of one address, where secrets are checked
    rate_storage: Storage | None = None  # nothing set: each process counts for itself
    trusted_proxies: int = Field(0, ge=0)
    storage: Place | None = None  # of attachments; nothing set: a folder in `data`
    storage_endpoint: str | None = None  # of a server that speaks S3, if it is not Amazon's
    storage_region: str = "us-east-1"
    storage_key_id: SecretStr | None = None  # nothing set: what the machine itself is given
    storage_secret: SecretStr | None = None
    most_attachment_bytes: int = Field(20_971_520, ge=1)

    @model_validator(mode="after")
    def _production_brings_its_own(self) -> "Settings":
        if self.environment == "production":
            for name in ("database_url", "signing_keys", "seal_key", "audit_key", "tip_keys"):
                if getattr(self, name) is None:
                    raise ValueError(f"production needs BINHYEN_{name.upper()}")
            for origin in self.cors_origins:
                found = ORIGIN.fullmatch(origin)
                if found and found[1] == "http" and found[2] not in HERE:
                    raise ValueError(f"production takes frontends over https only, not {origin!r}")
        return self

    @model_validator(mode="after")
    def _provider_is_whole(self) -> "Settings":
        given = (self.oidc_issuer, self.oidc_client_id, self.oidc_client_secret)
        if any(given) and not all(given):
            raise ValueError("BINHYEN_OIDC_ISSUER, _CLIENT_ID and _CLIENT_SECRET belong together")
        scheme, host = urlsplit(self.oidc_issuer or "https://")[:2]
        near = scheme == "http" and host.partition(":")[0] in ("127.0.0.1", "localhost")
        if scheme != "https" and not near:
            raise ValueError("BINHYEN_OIDC_ISSUER is asked over https only")
        return self

    @property
    def seal_key_text(self) -> str | None:
        return self.seal_key.get_secret_value() if self.seal_key else None

    @property
    def keys_file(self) -> Path:
        return self.signing_keys or self.data / "signing-keys.json"

    @property
    def audit_key_file(self) -> Path:
        return self.audit_key or self.data / "audit-key.json"

    @property
    def tip_key_files(self) -> tuple[Path, Path, Path]:
        """For intake, for handling, for custodians."""
        first = self.tip_keys or self.data / "tip-keys.json"
        return first, self.tip_reading_keys or first, self.tip_custodian_keys or first

    @property
    def write_dsn(self) -> str:
        assert self.database_url is not None, "the database is started before the application"
        return self.database_url.get_secret_value()

    @property
    def read_dsn(self) -> str:
        return self.read_url.get_secret_value() if self.read_url else self.write_dsn
