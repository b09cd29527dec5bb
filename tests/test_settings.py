"""Settings: production brings its own database and keys, or does not start."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from app.settings import Settings


def test_nothing_set_is_development() -> None:
    assert Settings().environment == "development"


@pytest.mark.parametrize("missing", ["database_url", "signing_keys", "audit_key"])
def test_production_refuses_to_start_on_defaults(
    missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {"database_url": "postgresql://x@localhost/x", "signing_keys": "keys.json"}
    given |= {"audit_key": "audit-key.json"}
    monkeypatch.setenv("BINHYEN_ENVIRONMENT", "production")
    for name, value in given.items():
        if name != missing:
            monkeypatch.setenv(f"BINHYEN_{name.upper()}", value)
    with pytest.raises(ValidationError, match=f"BINHYEN_{missing.upper()}"):
        Settings()


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BINHYEN_DATABASE_URL", "postgresql://x:topsecret@localhost/x")
    assert "topsecret" not in repr(Settings(data=Path()))
