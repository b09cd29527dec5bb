"""Input to set how a unit takes tips."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from app.domain.records.schemas import StrictInput
from app.domain.units.schemas import UnitName


class TipDeskEntry(StrictInput):
    """Settings for receiving tips in a unit from now on; they replace those set before."""

    unit: UnitName
    remote: bool
    basis: Annotated[
        str | None,
        Field(min_length=1, max_length=500, pattern=r"^\S([^\x00]*\S)?$"),
    ] = None  # fmt: skip

    @model_validator(mode="after")
    def _check_basis(self) -> Self:
        if self.remote and self.basis is None:
            raise ValueError("basis says why a unit counts as remote")
        return self
