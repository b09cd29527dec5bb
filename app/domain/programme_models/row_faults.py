"""Faults of many models at once, each with its row."""

from app.domain.errors import DomainError, FieldError
from app.domain.programme_models.schemas import ModelCreate

PLACES = {
    "model_type_not_found": "type", "already_recorded": "reference",
    "source_model_not_found": "replicated_from", "before_its_source": "replicated_from",
    "not_in_the_future": "launched_on", "unit_not_found": "units", "unit_closed": "units",
}  # fmt: skip


def row_error(number: int, data: ModelCreate, error: DomainError) -> FieldError:
    """Return the fault of one row of many: its field, and its number counted from 1."""
    place = f"/models/{number}/{PLACES.get(error.code, '')}".rstrip("/")
    if (wanted := error.facts.get("wanted")) in data.units:
        place += f"/{data.units.index(wanted)}"
    return FieldError(place, error.code, error.message("en"), error.message("vi"), row=number + 1)
