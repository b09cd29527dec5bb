"""The context in which cases are handled: the store of their keys."""

from dataclasses import dataclass

from app.domain.confidential.crypto.key_store import KeyStore
from app.settings import Settings

USE = "case"


@dataclass(frozen=True, slots=True)
class CaseContext:
    """Lives as long as the application."""

    keys: KeyStore

    @classmethod
    def of(cls, settings: Settings) -> "CaseContext":
        """Build the context of an installation."""
        return cls(KeyStore(settings.case_keys_folder, USE))
