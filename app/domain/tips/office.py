"""What tips are taken in and handled with."""

from dataclasses import dataclass

from app.db.session import Database
from app.db.storage import Storage
from app.domain.tips.protecting.keys import TipKeys
from app.settings import Settings

RUNTIME, INTAKE, INFORMANT, VAULT, KEEPER = (
    f"binhyen_{name}" for name in ("runtime", "intake", "informant", "vault", "keeper")
)  # roles of the database


@dataclass(frozen=True, slots=True)
class Office:
    """Lives as long as the application."""

    database: Database
    keys: TipKeys
    storage: Storage
    settings: Settings

    @classmethod
    def of(cls, database: Database, settings: Settings) -> "Office":
        """The office of an installation, with the keys that this server was given."""
        make = settings.environment == "development"
        keys = TipKeys.from_files(*settings.tip_key_files, make=make)
        return cls(database, keys, Storage.of(settings, "tips"), settings)
