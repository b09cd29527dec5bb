"""Measures of tips: those received, and what became of them; only numbers, never a tip."""

from typing import Any

from sqlalchemy import Text, cast

from app.db.tables.tip_tallies import TipServiceStatus, TipServiceTally, TipTally
from app.domain.records.dimensions import Dimension, by_columns
from app.domain.records.measures import Happens, Measure
from app.domain.tips.shape import TIP

USEFUL = Dimension(lambda tip: cast(tip.is_useful, Text), ("true", "false"))

STATUS = Dimension(lambda tip: tip.status, tuple(TipServiceStatus), "tip-service-statuses")


def _count(code: str, table: Any, dimensions: dict[str, Dimension]) -> Measure:
    return Measure(
        code=code, shape=TIP, table=table, id=None, value=lambda row: row.tips,
        dated=Happens(lambda row: row.received_on), dimensions=dimensions, sensitive=True,
    )  # fmt: skip


MEASURES = (
    _count(
        "tips_received", TipTally,
        by_columns(TipTally, "kind category channel outcome") | {"is_useful": USEFUL},
    ),
    _count("tips_served", TipServiceTally, {"status": STATUS}),
)  # fmt: skip
