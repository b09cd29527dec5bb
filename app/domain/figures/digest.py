"""Ids of figures: question and answer, under a keyed digest that proves them."""

import hmac
import json
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from app.domain.figures.errors import FigureNotFound
from app.domain.records.key_files import decode_base64url, encode_base64url

DIGEST = 16  # bytes: nobody guesses one


@dataclass(frozen=True, slots=True)
class SealedFigure:
    """A figure as it was answered, in the form that its id has."""

    indicator: str
    unit: str
    since: str
    until: str
    boundary: str
    filter: str | None
    value: str | None
    at: str

    @property
    def unit_id(self) -> UUID:
        """Return the unit of the figure."""
        return UUID(self.unit)

    @property
    def days(self) -> tuple[date, date]:
        """Return the first and the last day of the figure."""
        return date.fromisoformat(self.since), date.fromisoformat(self.until)


def seal_figure(key: bytes, answered: SealedFigure) -> str:
    """Return the id of a figure."""
    content = json.dumps(list(asdict(answered).values()), separators=(",", ":")).encode()
    return f"{encode_base64url(content)}.{encode_base64url(_digest(key, content))}"


def open_figure(key: bytes, id: str) -> SealedFigure:
    """Return what a figure was, by its id; refuse an id that this server has not made."""
    content, _, digest = id.partition(".")
    try:
        known = decode_base64url(content)
        genuine = hmac.compare_digest(_digest(key, known), decode_base64url(digest))
    except ValueError as error:
        raise FigureNotFound() from error
    if not genuine or f"{encode_base64url(known)}.{encode_base64url(_digest(key, known))}" != id:
        raise FigureNotFound()
    return SealedFigure(*json.loads(known))


def _digest(key: bytes, content: bytes) -> bytes:
    return hmac.digest(key, content, sha256)[:DIGEST]
