"""Settings: production brings its own database and keys, or does not start."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from app.settings import OwnerSettings, Settings

PRODUCTION = {
    "issuer": "https://binhyen.example",
    "database_url": "postgresql://x@localhost/x",
    "signing_keys": "keys.json",
    "seal_key": "closed",
    "audit_key": "audit-key.json",
    "tip_keys": "tip-keys.json",
    "storage": "s3://attachments",
}


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("issuer", "http://binhyen.example", "BINHYEN_ISSUER is an https URL"),
        ("signing_keys", ".data/signing-keys.json", "BINHYEN_SIGNING_KEYS names a key"),
        ("audit_key", ".data/audit-key.json", "BINHYEN_AUDIT_KEY names a key"),
        ("tip_keys", ".data/tip-keys.json", "BINHYEN_TIP_KEYS names a key"),
        ("database_url", "postgresql://x:postgres@localhost/x", "a password that everybody knows"),
    ],
)
def test_production_refuses_what_everybody_knows(
    name: str, value: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BINHYEN_ENVIRONMENT", "production")
    monkeypatch.delenv("BINHYEN_DATA", raising=False)
    for key, given in (PRODUCTION | {name: value}).items():
        monkeypatch.setenv(f"BINHYEN_{key.upper()}", given)
    with pytest.raises(ValidationError, match=expected):
        Settings()


def test_nothing_set_is_development() -> None:
    assert Settings().environment == "development"


@pytest.mark.parametrize("missing", Settings.REQUIRED)
def test_production_refuses_to_start_on_defaults(
    missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BINHYEN_ENVIRONMENT", "production")
    for name, value in PRODUCTION.items():
        if name != missing:
            monkeypatch.setenv(f"BINHYEN_{name.upper()}", value)
    with pytest.raises(ValidationError, match=f"BINHYEN_{missing.upper()}"):
        Settings()


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BINHYEN_DATABASE_URL", "postgresql://x:topsecret@localhost/x")
    assert "topsecret" not in repr(Settings(data=Path()))


@pytest.mark.parametrize("missing", ["oidc_issuer", "oidc_client_id", "oidc_client_secret"])
def test_half_a_provider_is_refused(missing: str) -> None:
    given: dict[str, Any] = {
        "oidc_issuer": "https://id.example",
        "oidc_client_id": "us",
        "oidc_client_secret": "topsecret",
    }
    assert Settings(**given)
    with pytest.raises(ValidationError, match="belong together"):
        Settings(**{name: value for name, value in given.items() if name != missing})


@pytest.mark.parametrize(
    "issuer", ["http://id.example", "http://127.0.0.1.example", "ftp://localhost"]
)
def test_a_provider_is_called_over_tls_but_for_this_machine(issuer: str) -> None:
    given: dict[str, Any] = {"oidc_client_id": "us", "oidc_client_secret": "topsecret"}
    assert Settings(oidc_issuer="http://127.0.0.1:9", **given)
    with pytest.raises(ValidationError, match="must be an https URL"):
        Settings(oidc_issuer=issuer, **given)


def test_the_owner_of_the_database_needs_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BINHYEN_ENVIRONMENT", "production")
    with pytest.raises(ValidationError, match="BINHYEN_DATABASE_URL"):
        OwnerSettings()
    monkeypatch.setenv("BINHYEN_DATABASE_URL", "postgresql://x@localhost/x")
    assert OwnerSettings().signing_keys is None


def test_an_empty_role_turns_the_role_off(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings().database_role == "binhyen_runtime"
    monkeypatch.setenv("BINHYEN_DATABASE_ROLE", "")
    assert Settings().database_role == ""
    assert Settings(database_role="other").database_role == "other"
    monkeypatch.setenv("BINHYEN_DATABASE_ROLE", "x'; DROP TABLE unit")
    with pytest.raises(ValidationError, match="database_role"):
        Settings()


@pytest.mark.parametrize(
    ("given", "spelt"),
    [
        ("postgres://u:p%40@h:5/d", "postgresql://u:p%40@h:5/d"),
        ("postgresql://h/d?ssl=require", "postgresql://h/d?sslmode=require"),
        ("postgresql://h/d?ssl=true", "postgresql://h/d?sslmode=require"),
        ("postgresql:///d?host=/run/postgresql", "postgresql:///d?host=/run/postgresql"),
        ("postgresql://a:1,b:2/d?sslmode=verify-full&sslrootcert=/a%20b.pem",
         "postgresql://a:1,b:2/d?sslmode=verify-full&sslrootcert=/a%20b.pem"),
    ],
)  # fmt: skip
def test_an_address_of_a_database_is_spelt_in_one_way(given: str, spelt: str) -> None:
    settings = Settings(database_url=SecretStr(given), read_url=SecretStr(given))
    assert settings.write_dsn == settings.read_dsn == spelt


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("mysql://u:hush@h/d", "say postgresql://"),
        ("hush", "say postgresql://"),
        ("postgresql://u:hush@h/d?sslmod=require", "'sslmod' is not known"),
        ("postgresql://u:hush@h/d?ssl=maybe", "sslmode is one of"),
        ("postgresql://u:hush@h/d?ssl=require&sslmode=disable", "given twice"),
        ("postgresql://u:hu#sh@h/d", "%23"),
    ],
)
def test_an_address_that_some_driver_would_not_understand_is_refused(given: str, why: str) -> None:
    with pytest.raises(ValidationError, match=why) as refused:
        Settings(database_url=SecretStr(given))
    assert "hush" not in str(refused.value)
