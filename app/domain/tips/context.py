"""The context in which tips are taken in and handled: database, keys, storage, limits."""

from dataclasses import dataclass

from app.db.session import Database
from app.db.storage import Storage
from app.domain.records.files.pool import FilePool
from app.domain.tips.crypto.keys import TipKeys
from app.domain.tips.crypto.proof_of_work import Load, Work, WrongReceipts
from app.domain.tips.crypto.timing import Gate
from app.domain.tips.errors import IntakeBusy
from app.domain.turns import FairGate
from app.settings import Settings

INTAKE, INFORMANT = "binhyen_intake", "binhyen_informant"  # roles of the database
MAX_DERIVING, MAX_CHECKING, MAX_SENDING, MAX_WAITING = 2, 2, 16, 32
MAX_DRAWING = 1  # of the processes that open files, of which officers need some too


@dataclass(frozen=True, slots=True)
class TipContext:
    """Lives as long as the application."""

    database: Database
    intake: Database  # whose connections nobody else takes
    keys: TipKeys
    storage: Storage
    settings: Settings
    work: Work
    load: Load
    deriving: FairGate  # of a new receipt
    checking: FairGate  # of a receipt that somebody types
    wrong: WrongReceipts
    drawing: Gate
    sending: Gate
    files: FilePool

    @classmethod
    def of(
        cls,
        database: Database,
        settings: Settings,
        intake: Database | None = None,
        files: FilePool | None = None,
    ) -> "TipContext":
        """Build the context of an installation, with the keys that this server was given."""
        make = settings.environment == "development"
        keys = TipKeys.from_files(*settings.tip_key_files, make=make)
        for one in (database, intake or database):
            one.give_exclusion_key(keys.exclusion.hex())
        return cls(
            database, intake or database, keys, Storage.of(settings, "tips"), settings,
            Work(keys.work, settings.tip_work), Load(settings.tips_without_work),
            FairGate(MAX_DERIVING, MAX_WAITING, IntakeBusy),
            FairGate(MAX_CHECKING, MAX_WAITING, IntakeBusy),
            WrongReceipts(settings.wrong_receipts_without_work),
            Gate(MAX_DRAWING, MAX_WAITING),
            Gate(MAX_SENDING, MAX_WAITING), files or FilePool(),
        )  # fmt: skip
