"""What tips are taken in and handled with."""

from dataclasses import dataclass

from app.db.session import Database
from app.db.storage import Storage
from app.domain.tips.protecting.keys import TipKeys
from app.domain.tips.protecting.pacing import Gate
from app.domain.tips.protecting.working import Load, Work
from app.settings import Settings

RUNTIME, INTAKE, INFORMANT, VAULT, KEEPER = (
    f"binhyen_{name}" for name in ("runtime", "intake", "informant", "vault", "keeper")
)  # roles of the database


DERIVING, DRAWING, SENDING, WAITING = 4, 2, 16, 32  # how many at once; who waits for each


@dataclass(frozen=True, slots=True)
class Office:
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
    def of(cls, database: Database, settings: Settings) -> "Office":
        """The office of an installation, with the keys that this server was given."""
        make = settings.environment == "development"
        keys = TipKeys.from_files(*settings.tip_key_files, make=make)
        return cls(
            database, keys, Storage.of(settings, "tips"), settings,
            Work(keys.work, settings.tip_work), Load(settings.tips_without_work),
            Gate(DERIVING, WAITING), Gate(DRAWING, WAITING), Gate(SENDING, WAITING),
        )  # fmt: skip
