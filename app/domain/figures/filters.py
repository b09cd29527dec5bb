"""Checks of what a figure is narrowed and split by."""

from collections.abc import Sequence

from app.domain.figures.errors import UnknownCategory, UnknownDimension
from app.domain.figures.form import CHILD, HOST_SPAN, MONTH, PLACES, HostSpan, list_dimensions
from app.domain.figures.indicators import Catalogue, Indicator, read_filter


def check_filters(
    catalogue: Catalogue, indicator: Indicator, words: str | None
) -> dict[str, Sequence[str]]:
    """Return the values by which a figure is narrowed; refuse what its measure does not have."""
    measure = catalogue.measure_of(indicator)
    known = list_dimensions(measure)
    found: dict[str, Sequence[str]] = {}
    for name, values in read_filter(words).items():
        if name not in known:
            raise UnknownDimension(indicator=indicator.code, given=name, known=known)
        allowed = list_values(catalogue, indicator, name)
        for value in values:
            if not value or (allowed and value not in allowed):
                raise UnknownCategory(dimension=name, given=value, known=list(allowed))
        found[name] = values
    return found


def check_split(catalogue: Catalogue, indicator: Indicator, by: str | None) -> None:
    """Refuse a split that the indicator does not have."""
    own = [] if indicator.measure is None else list_dimensions(catalogue.measure_of(indicator))
    known = [CHILD, MONTH, *PLACES, *own]
    if by is not None and by not in known:
        raise UnknownDimension(indicator=indicator.code, given=by, known=known)


def list_values(catalogue: Catalogue, indicator: Indicator, name: str) -> tuple[str, ...]:
    """List all values of a dimension; none where they are not known beforehand."""
    if name == HOST_SPAN:
        return tuple(HostSpan)
    dimension = catalogue.measure_of(indicator).dimensions.get(name)
    return dimension.values if dimension else ()
