"""Settings of an installation; every name is read from BINHYEN_<NAME>."""

import os
import re
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal
from urllib.parse import urlsplit

from limits import parse_many
from limits.errors import ConfigurationError
from limits.storage import storage_from_string
from pydantic import AfterValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.database_url import normalize_url

ORIGIN = re.compile(r"(https?)://([a-z0-9.-]+|\[[0-9a-f:]+\])(:[1-9][0-9]{0,4})?")
HOST = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?|[0-9a-f:]{2,39}")
USUAL_PORTS = (("http", ":80"), ("https", ":443"))
PLACE = re.compile(r"file:///[^?#]+|s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[^?#]*)?")
HERE = ("localhost", "127.0.0.1", "[::1]")
OFF = "off"
DEVELOPMENT_KEYS = ("signing-keys.json", "audit-key.json", "tip-keys.json")
KNOWN_PASSWORDS = frozenset({"postgres", "password", "binhyen", "secret", "admin", "changeme"})


def _origin(given: str) -> str:
    """A frontend as browsers name it: nothing else would ever match, or far too much would."""
    found = ORIGIN.fullmatch(given)
    if not found or (found[1], found[3]) in USUAL_PORTS:
        raise ValueError(
            f"{given!r} is no origin: say https://host or https://host:port in small letters, "
            "without a path and without the usual port; '*' is not taken"
        )
    return given


def _host(given: str) -> str:
    """A host as addresses name it; nothing else would ever match."""
    if not HOST.fullmatch(given):
        raise ValueError(f"{given!r} is no host: say a name in small letters, or an address")
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
    """Validate the shared rate storage; the value may hold a password and is not repeated."""
    uri = given.get_secret_value()
    whole = uri if uri.startswith("async+") else f"async+{uri}"
    try:
        storage_from_string(whole)
    except ConfigurationError:
        raise ValueError("this kind of storage is unknown, or its driver not installed") from None
    return SecretStr(whole)


def _place(given: str) -> str:
    """Validate the place of attachments: a local folder or a bucket."""
    if not PLACE.fullmatch(given):
        raise ValueError("say file:///a/folder or s3://bucket or s3://bucket/folder")
    return given


def _database_url(given: SecretStr) -> SecretStr:
    """Spell the address of a database as every driver reads it."""
    return SecretStr(normalize_url(given.get_secret_value()))


DatabaseUrl = Annotated[SecretStr, AfterValidator(_database_url)]
Origin = Annotated[str, AfterValidator(_origin)]
Host = Annotated[str, AfterValidator(_host)]
Rate = Annotated[str, AfterValidator(_rate)]
Storage = Annotated[SecretStr, AfterValidator(_storage)]
Place = Annotated[str, AfterValidator(_place)]


class Settings(BaseSettings):
    """All settings of the application."""

    model_config = SettingsConfigDict(
        env_prefix="BINHYEN_",
        env_ignore_empty=True,
        extra="ignore",
        hide_input_in_errors=True,
        use_attribute_docstrings=True,
    )

    REQUIRED: ClassVar[tuple[str, ...]] = (
        "issuer", "database_url", "signing_keys", "seal_key", "audit_key", "tip_keys", "storage",
    )  # fmt: skip
    """What production must be given."""

    environment: Literal["development", "production"] = "development"
    """`production` needs a database and keys of its own and issues no tokens by hand."""
    database_url: DatabaseUrl | None = None
    """`postgresql://user:password@host/db`, PostgreSQL 15 or newer; the embedded one if empty."""
    read_url: DatabaseUrl | None = None
    """A replica for reads; DATABASE_URL if empty."""
    database_role: str = Field("binhyen_runtime", pattern=r"^([a-z_][a-z0-9_]{0,62})?$")
    """The database role that connections act in; empty (`BINHYEN_DATABASE_ROLE=`): the login's."""
    data: Path = Path(".data")
    """Folder of the embedded database and of development keys."""
    issuer: str = "http://127.0.0.1:8000"
    """`iss` of access tokens: the address that clients use."""
    root_path: str = Field("", pattern=r"^(/[A-Za-z0-9._~-]+)*$")
    """Prefix of all paths at the proxy, `/binhyen`; ISSUER ends with it."""
    security_contact: str | None = Field(None, pattern=r"^(mailto:|https://|tel:)\S+$")
    """`mailto:…` or `https://…` for whom finds a weakness: /.well-known/security.txt shows it."""
    audience: str = "binhyen"
    """`aud` of access tokens."""
    signing_keys: Path | None = None
    """File with a private JWK set (ES256, a `kid` each): the first signs, all are accepted.
    Development makes its own."""
    audit_key: Path | None = None
    """File with an Ed25519 JWK set: the first private key signs the audit, the others are known.
    Development makes its own."""
    witness: Path | None = None
    """File on other storage that receives every signed head of the audit."""
    access_token_minutes: int = Field(default=10, ge=1, le=60)
    """Life of a person's access token."""
    machine_token_minutes: int = Field(default=5, ge=1, le=60)
    """Life of a machine's access token."""
    code_seconds: int = Field(default=60, ge=1, le=60)
    """Life of an authorization code."""
    refresh_grace_seconds: int = Field(default=30, ge=0, le=60)
    """How long a refresh token that a retry has replaced may come without ending the session."""
    refresh_idle_days: int = Field(default=7, ge=1)
    """A session ends after this many days without use."""
    refresh_days: int = Field(default=30, ge=1)
    """A session ends after this many days in any case."""
    seal_key: SecretStr | None = None
    """Fernet keys, newest first, separated by blanks: they encrypt second factors.
    Development makes its own."""
    invitation_outbox: Path | None = None
    """Folder for invitations, one file each, that a gateway or a print room delivers.
    Development shows them on the server's console."""
    tip_keys: Path | None = None
    """File with what the intake of tips needs: receipts, proofs, public keys.
    Development makes its own."""
    tip_reading_keys: Path | None = None
    """File with the private keys that decrypt the text of tips; TIP_KEYS if empty."""
    tip_custodian_keys: Path | None = None
    """File with the private keys that decrypt informants' identities; TIP_KEYS if empty."""
    case_keys: Path | None = None
    """Folder with a key for each reintegration case; DATA/case-keys if empty.
    It is outside the database and in no backup: a purged case opens from none."""
    tip_answer_seconds: float = Field(0.3, ge=0, le=5)
    """A receipt is answered no sooner than this, right or wrong."""
    tips_without_work: int = Field(60, ge=0)
    """Tips and receipts a minute and process that need no proof of work."""
    wrong_receipts_without_work: int = Field(10, ge=1)
    """Wrong receipts of one address within ten minutes; its next ones cost work."""
    tip_work: int = Field(100_000, ge=1_000, le=10_000_000)
    """How many hashes a proof of work costs."""
    oidc_issuer: str | None = None
    """An outside identity provider by which people may sign in too."""
    oidc_client_id: str | None = None
    """Our client id at that provider."""
    oidc_client_secret: SecretStr | None = None
    """Our secret at that provider."""
    oidc_label_vi: str = "Đăng nhập qua hệ thống của cơ quan"
    """The provider's button in Vietnamese."""
    oidc_label_en: str = "Sign in through your agency"
    """The provider's button in English."""
    oidc_trust_mfa: bool = False
    """Accept `mfa`, `otp` or `hwk` in the provider's `amr` as our second factor."""
    pool_size: int = 10
    """Connections in each of a process's three pools: reads, writes, audited reads."""
    intake_pool_size: int = Field(4, ge=1)
    """Connections of a process that only citizens' tips and receipts use."""
    statement_cache_size: int = 500
    """Prepared statements per connection; 0 behind pgbouncer in transaction mode."""
    worker: bool = False
    """Run jobs in the server process too; `serve` sets it."""
    bypass: bool = True
    """Answer GraphQL reads on the fast path; off is slower, never different."""
    most_bytes: int = Field(262_144, ge=1)
    """Largest request body; imports may be 60 times as large."""
    body_seconds: float = Field(30, gt=0)
    """Time for a whole request to arrive, else 408; imports may take 4 times as long."""
    most_at_once: int = Field(64, ge=1)
    """Requests that one process answers at once; the next one is 503."""
    citizens_at_once: int = Field(64, ge=1)
    """Tips that one process takes in at once, besides; as many receipts, and as many files."""
    metrics_token: SecretStr | None = None
    """Bearer token that `/metrics` asks for; without one production shows nobody its metrics."""
    workers: int = Field(1, ge=1)
    """Processes that share a rate limit; `serve --workers` sets it."""
    cors_origins: list[Origin] = []
    """JSON list of frontends in browsers, `["https://web.example.vn"]`; never `*`."""
    cors_seconds: int = Field(600, ge=0)
    """How long a browser may cache the answer to a preflight request."""
    rate_per_client: Rate = "30000/minute"
    """Requests of one `client_id`, across all its users."""
    rate_per_account: Rate = "600/minute"
    """Requests of one `sub`."""
    rate_anonymous: Rate = "300/minute"
    """Requests of one address without a valid token."""
    rate_sign_in: Rate = "60/minute"
    """Requests of one address to `/oauth/*`, where secrets are checked."""
    rate_storage: Storage | None = None
    """`redis://…` or `memcached://…`, shared by processes; each counts for itself if empty."""
    trusted_proxies: int = Field(0, ge=0)
    """How many of your own proxies write `X-Forwarded-For`."""
    storage: Place | None = None
    """Attachments: `file:///folder`, `s3://bucket` or `s3://bucket/folder`; DATA if empty."""
    storage_endpoint: str | None = None
    """Another server that speaks S3, `https://s3.example.vn`; Amazon if empty."""
    storage_region: str = "us-east-1"
    """Region of the bucket."""
    storage_key_id: SecretStr | None = None
    """Key id for the bucket; the machine's own credentials if empty."""
    storage_secret: SecretStr | None = None
    """Secret for the bucket."""
    most_attachment_bytes: int = Field(20_971_520, ge=1)
    """Largest attachment; it may take 4 times BODY_SECONDS to arrive."""
    import_days: int = Field(30, ge=1, le=365)
    """The rows of an imported file are deleted after so many days."""

    export_hours: int = Field(24, ge=1, le=168)
    """The file of an export is deleted after so many hours."""

    webhook_hosts: list[Host] = []
    """JSON list of hosts that webhooks may be sent to although they are not public,
    `["10.0.0.7"]`; http and any port are taken there."""
    webhook_near_days: int = Field(2, ge=0, le=30)
    """Webhooks tell of deadlines that end within so many days."""
    webhook_days: int = Field(30, ge=7, le=365)
    """Deliveries of webhooks are deleted after so many days."""

    @model_validator(mode="before")
    @classmethod
    def _keep_an_empty_role(cls, given: dict[str, Any]) -> dict[str, Any]:
        """Let an empty role turn it off; of other settings, empty is not set."""
        off = os.environ.get("BINHYEN_DATABASE_ROLE") == ""
        return {"database_role": ""} | given if off else given

    @model_validator(mode="after")
    def _production_brings_its_own(self) -> "Settings":
        if self.environment == "production":
            for name in self.REQUIRED:
                if name not in self.model_fields_set or getattr(self, name) is None:
                    raise ValueError(f"production needs BINHYEN_{name.upper()}")
            if "issuer" in self.REQUIRED and not self.issuer.startswith("https://"):
                raise ValueError("BINHYEN_ISSUER is an https URL in production")
            self._refuse_known_secrets()
            for origin in self.cors_origins:
                found = ORIGIN.fullmatch(origin)
                if found and found[1] == "http" and found[2] not in HERE:
                    raise ValueError(f"production takes frontends over https only, not {origin!r}")
        return self

    def _refuse_known_secrets(self) -> None:
        """Refuse keys that development made for itself, and passwords that everybody tries."""
        made_here = {self.data.resolve() / name for name in DEVELOPMENT_KEYS}
        for name in ("signing_keys", "audit_key", "tip_keys"):
            file = getattr(self, name)
            if file and file.resolve() in made_here:
                raise ValueError(f"BINHYEN_{name.upper()} names a key that development made")
        if urlsplit(self.write_dsn).password in KNOWN_PASSWORDS:
            raise ValueError("BINHYEN_DATABASE_URL has a password that everybody knows")

    @model_validator(mode="after")
    def _provider_is_whole(self) -> "Settings":
        given = (self.oidc_issuer, self.oidc_client_id, self.oidc_client_secret)
        if any(given) and not all(given):
            raise ValueError("BINHYEN_OIDC_ISSUER, _CLIENT_ID and _CLIENT_SECRET belong together")
        scheme, host = urlsplit(self.oidc_issuer or "https://")[:2]
        near = scheme == "http" and host.partition(":")[0] in ("127.0.0.1", "localhost")
        if scheme != "https" and not near:
            raise ValueError("BINHYEN_OIDC_ISSUER must be an https URL")
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
    def case_keys_folder(self) -> Path:
        return self.case_keys or self.data / "case-keys"

    @property
    def write_dsn(self) -> str:
        assert self.database_url is not None, "the database is started before the application"
        return self.database_url.get_secret_value()

    @property
    def read_dsn(self) -> str:
        return self.read_url.get_secret_value() if self.read_url else self.write_dsn


class OwnerSettings(Settings):
    """Settings of commands that the owner of the database runs: they need no key."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("database_url",)
