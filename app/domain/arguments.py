"""Arguments common to several figures."""

from datetime import date

AS_RECORDED = "as_recorded"
OfUnit = str
OnDay = date | None
Boundary = str
