"""The states of a case, from notice to closing; its purge follows by its term."""

from app.db.tables.reintegration import CaseState, ClosingBasis
from app.domain.records.state_machine import StateMachine, Transition
from app.domain.reintegration.errors import ClosingBasisNeeded, ClosingBasisNotTaken

_S = CaseState
OPEN = (_S.NOTIFIED, _S.VERIFIED, _S.INTAKE, _S.SUPPORTING)
CASE_LIFE = StateMachine(
    Transition("verify", {_S.NOTIFIED}, _S.VERIFIED),
    Transition("take_in", {_S.VERIFIED}, _S.INTAKE),
    Transition("support", {_S.INTAKE}, _S.SUPPORTING),
    Transition("close", set(OPEN), _S.CLOSED, needs_fields=("closing_basis",)),
)


def check_closing_basis(action: str, closing_basis: ClosingBasis | None) -> None:
    """Refuse to close without a basis, and a basis that closes nothing."""
    if action == "close" and closing_basis is None:
        raise ClosingBasisNeeded([one.value for one in ClosingBasis])
    if action != "close" and closing_basis is not None:
        raise ClosingBasisNotTaken(action)
