"""Everything that figures need and that lives as long as the application."""

from dataclasses import dataclass

from app.domain.figures.indicators import Catalogue


@dataclass(frozen=True, eq=False)
class FigureContext:
    """The catalogue of what can be counted, and the key of the ids of figures."""

    catalogue: Catalogue
    key: bytes
