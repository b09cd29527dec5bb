"""Arguments common to several figures."""

from datetime import date
from typing import Annotated

from pydantic import Field

AS_RECORDED = "as_recorded"
OfUnit = Annotated[str, Field(description="the unit, by id or by code")]
OnDay = Annotated[date | None, Field(description="the day of the facts; today by default")]
Boundary = Annotated[str, Field(description="as_recorded, current, or as_of:YYYY-MM-DD")]
