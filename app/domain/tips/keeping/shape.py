"""What can be read of terms and of holds."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from app.db.query.shape import CHOICE, Field, Filter, Order, Row, Shape, columns
from app.db.tables.calendars import Certainty
from app.db.tables.tip_parts import LegalHold, RetentionOf, RetentionRule
from app.db.tables.tips import Tip
from app.domain.actor import Level, Permission
from app.domain.scope import EVERYBODY, Scope
from app.domain.tips.reach import TIPS_BY_PLACE

NEWEST = {"newest": Order(lambda row: [row.id], descending=True)}

RETENTION_RULE = Shape(
    name="RetentionRule",
    table=RetentionRule,
    needs=Permission.RETENTION_READ,
    scope=EVERYBODY,
    id_type=UUID,
    orders=NEWEST,
    fields=columns(
        RetentionRule,
        "id version of valid_from months days basis source created_at created_by",
    )
    | {"certainty": Field(lambda rule: rule.certainty, Certainty)},
    filters={"of": Filter(RetentionOf, lambda rule: rule.of, CHOICE)},
)


def _of_a_tip(level: Level) -> Any:
    def test(hold: Row, unit: Any) -> ColumnElement[bool]:
        tip: Row = aliased(Tip)
        there = select(tip.id).where(TIPS_BY_PLACE[level](tip, unit), tip.expired_on.is_(None))
        return hold.tip_id.in_(there)  # type: ignore[no-any-return]

    return test


WITH_TIP: Scope = {level: _of_a_tip(level) for level in Level}

TIP_HOLD = Shape(
    name="TipHold",
    table=LegalHold,
    needs=Permission.TIP_READ,
    sensitive=True,
    scope=WITH_TIP,
    id_type=UUID,
    orders=NEWEST,
    fields=columns(
        LegalHold,
        "id version tip_id reason document_id released_on release_reason created_at created_by",
    )
    | {"is_live": Field(lambda hold: hold.released_on.is_(None), bool)},
    filters={
        "tip_id": Filter(UUID, lambda hold: hold.tip_id, CHOICE),
        "live": Filter(
            bool,
            test=lambda hold, wanted, given: hold.released_on.is_(None) == wanted,
            doc="whether it still holds",
        ),
        "document_id": Filter(UUID, lambda hold: hold.document_id),
        "released_on": Filter(date, lambda hold: hold.released_on),
    },
)
