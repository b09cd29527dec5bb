"""States of imports: a preview comes before anything is written."""

from app.db.tables.imports import ImportState
from app.domain.records.state_machine import StateMachine, Transition

S = ImportState
LIFE = StateMachine(
    Transition("check", {S.PREVIEWED}, S.CHECKING),
    Transition("commit", {S.PREVIEWED}, S.COMMITTING, needs_fields=("plan_hash",)),
    Transition("void", {S.PREVIEWED, S.COMMITTED}, S.VOIDING, needs_reason=True),
)
