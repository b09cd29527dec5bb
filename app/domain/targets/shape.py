"""The shape of targets and of their values."""

from uuid import UUID

from app.db.query.shape import Field, Shape, columns
from app.db.tables.targets import Target, TargetValue
from app.domain.actor import Permission
from app.domain.records.shape import EITHER_END, FIRST, LOGGED, choices, parent, part, ranges
from app.domain.scope import BY_PLACE
from app.domain.units.shape import MAP_OF, OWN_UNIT, WITHIN

READ = Permission.TARGET_READ
TARGET_VALUE = Shape(
    name="TargetValue",
    table=TargetValue,
    needs=READ,
    orders=FIRST,
    fields=columns(TargetValue, "id value valid_from reason recorded_at recorded_by")
    | {"value": Field(lambda row: row.value, float)},
)
TARGET: Shape = Shape(
    name="Target",
    table=Target,
    needs=READ,
    scope=BY_PLACE,
    terms=MAP_OF,
    id_type=UUID,
    orders=EITHER_END,
    fields=columns(
        Target,
        "id version title indicator filter shape basis comparator value period_from period_to "
        "window_name baseline_from baseline_to baseline_value baseline_source source parent_id "
        f"unit_id {LOGGED}",
    )
    | {
        "value": Field(lambda row: row.value, float),
        "baseline_value": Field(lambda row: row.baseline_value, float | None),
    },
    links={
        "unit": OWN_UNIT,
        "parent": parent(lambda: TARGET, "parent_id", follows_parent=False),
        "values": part(TARGET_VALUE, "target_id"),
    },
    filters={
        **choices(Target, "indicator shape parent_id"),
        **ranges(Target, "period_from period_to"),
        "unit": WITHIN,
    },
)
