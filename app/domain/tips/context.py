"""The context in which tips are taken in and handled: database, keys, storage, limits."""

from dataclasses import dataclass

from app.db.session import Database
from app.db.storage import Storage
from app.domain.tips.crypto.keys import TipKeys
from app.domain.tips.crypto.proof_of_work import Load, Work
from app.domain.tips.crypto.timing import Gate
from app.settings import Settings

INTAKE, INFORMANT = "binhyen_intake", "binhyen_informant"  # roles of the database
MAX_DERIVING, MAX_DRAWING, MAX_SENDING, MAX_WAITING = 4, 2, 16, 32


@dataclass(frozen=True, slots=True)
class TipContext:
    """Lives as long as the application."""

    database: Database
    keys: TipKeys
    storage: Storage
    settings: Settings
    work: Work
    load: Load
    deriving: Gate
    drawing: Gate
    sending: Gate

    @classmethod
    def of(cls, database: Database, settings: Settings) -> "TipContext":
        """Build the context of an installation, with the keys that this server was given."""
        make = settings.environment == "development"
        keys = TipKeys.from_files(*settings.tip_key_files, make=make)
        return cls(
            database, keys, Storage.of(settings, "tips"), settings,
            Work(keys.work, settings.tip_work), Load(settings.tips_without_work),
            Gate(MAX_DERIVING, MAX_WAITING), Gate(MAX_DRAWING, MAX_WAITING),
            Gate(MAX_SENDING, MAX_WAITING),
        )  # fmt: skip
