"""Cases of people under 18: marked as such, in agreement with the sealed year of birth."""

from datetime import date

from app.domain.actor import Actor, Permission
from app.domain.reintegration.errors import MinorMismatch

OF_AGE = 18


def check_minor(actor: Actor, released_on: date, birth_year: int | None, *, is_minor: bool) -> None:
    """Refuse a mark that the year of birth contradicts, and minors to who does not serve them.

    Of somebody who turns 18 in the year of the release only the worker knows on which side of
    their birthday it lies.
    """
    if birth_year is not None:
        age = released_on.year - birth_year
        if (age < OF_AGE and not is_minor) or (age > OF_AGE and is_minor):
            raise MinorMismatch(is_minor=not is_minor)
    if is_minor:
        actor.require(Permission.CASE_MINORS)
