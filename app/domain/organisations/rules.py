"""Decisions about organisations: forms of identifiers, days of opening and closing."""

import re
from datetime import date

from app.db.base import INFINITY
from app.db.tables.organisations import IdentifierSystem, Organisation, OrganisationState
from app.domain.organisations.errors import (
    DayOutOfOrder,
    IsClosed,
    NotAnIdentifier,
    OrganisationClosed,
)
from app.domain.organisations.schemas import OrganisationTransition
from app.domain.organisations.states import LIFE
from app.domain.records.state_machine import AppliedTransition

# QĐ 20/2020/QĐ-TTg, articles 4 and 6; QCVN 102:2016, in full and short; a business code
FORMS = {
    IdentifierSystem.EID: (
        r"(?=.{3,35}$)[A-Y]\d{2}(\.[0-9A-Z]+)*|Z(0[1-9]|[1-9]\d)[0-9A-Z.]{1,32}", "H49.12.3",
    ),
    IdentifierSystem.QCVN_102: (
        r"\d{3}\.\d{2}\.\d{2}\.[A-Y]\d{2}|(\d{2,3}\.){1,3}[A-Y]\d{2}", "000.00.15.H51",
    ),
    IdentifierSystem.BUSINESS_REGISTRATION: (r"\d{10}(-?\d{3})?", "0100109106"),
}  # fmt: skip


def clean_code(system: IdentifierSystem, code: str) -> str:
    """Return an identifier without spaces around it; refuse one of another form."""
    form, example = FORMS[system]
    if not re.fullmatch(form, plain := code.strip(), re.ASCII):
        raise NotAnIdentifier(system, example)
    return plain


def check_span(since: date, until: date | None) -> None:
    """Refuse an identifier that ends before it has begun."""
    if until is not None and until <= since:
        raise DayOutOfOrder(day=until.isoformat(), since=since.isoformat(), until="—")


def check_change(organisation: Organisation, *, today: date) -> None:
    """Refuse to change a closed organisation, or to let it begin on a day to come."""
    if organisation.state is OrganisationState.CLOSED:
        raise IsClosed(name=organisation.name)
    check_beginning(organisation.active_from, today=today)


def check_beginning(day: date | None, *, today: date) -> None:
    """Refuse a beginning that has not come yet."""
    if day and day > today:
        raise DayOutOfOrder(day=day.isoformat(), since="—", until=today.isoformat())


def apply_transition(
    organisation: Organisation, data: OrganisationTransition, *, today: date
) -> AppliedTransition:
    """Close an organisation on a day, or reopen one that was closed by mistake."""
    day = data.effective_on or today
    step = LIFE.apply(organisation.state, data, effective_on=day)
    since = organisation.active_from or date.min
    if not since <= day <= today:
        known = organisation.active_from and organisation.active_from.isoformat()
        raise DayOutOfOrder(day=day.isoformat(), since=known or "—", until=today.isoformat())
    organisation.state = OrganisationState(step.to_state)
    organisation.active_to = day if step.action == "close" else None
    return step


def check_active(organisation: Organisation, day: date) -> None:
    """Refuse an organisation that is not active on a day."""
    since, until = organisation.active_from or date.min, organisation.active_to or INFINITY
    if not since <= day < until:
        raise OrganisationClosed(
            name=organisation.name, day=day.isoformat(),
            active_from=organisation.active_from and organisation.active_from.isoformat(),
            active_to=organisation.active_to and organisation.active_to.isoformat(),
        )  # fmt: skip
