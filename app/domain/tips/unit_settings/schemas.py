"""Input to set how a unit takes tips."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from app.domain.records.schemas import StrictInput
from app.domain.records.types import TEXT, Flag, UnitName
from app.domain.values import InvalidValue


class TipDeskEntry(StrictInput):
    """Settings for receiving tips in a unit from now on; they replace those set before."""

    unit: UnitName
    remote: Flag
    basis: Annotated[str, Field(min_length=1, max_length=500), TEXT] | None = None

    @model_validator(mode="after")
    def _check_basis(self) -> Self:
        if self.remote and self.basis is None:
            raise InvalidValue(
                "basis_needed",
                "basis says why a unit counts as remote.",
                "Cần basis: lý do đơn vị được coi là vùng sâu, vùng xa.",
            )
        return self
