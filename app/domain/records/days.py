"""Today, as the country has it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

COUNTRY_TIME = ZoneInfo("Asia/Ho_Chi_Minh")


def today() -> date:
    """Return the day that it is in the country."""
    return datetime.now(COUNTRY_TIME).date()
