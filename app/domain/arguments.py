"""Arguments common to several figures."""

from app.domain.records.types import Day, Line, UnitName

AS_RECORDED = "as_recorded"
OfUnit = UnitName
OnDay = Day | None
Boundary = Line
