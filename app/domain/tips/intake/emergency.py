"""The telephone numbers for emergencies, which the public page shows: data, not code."""

import json
from functools import cache

from app.data import SHIPPED
from app.domain.tips.intake.schemas import EmergencyNumber

FILE = SHIPPED / "emergency" / "numbers.json"


@cache
def load_emergency_numbers() -> list[EmergencyNumber]:
    """Load the numbers, in the order in which they are shown."""
    return [EmergencyNumber(**one) for one in json.loads(FILE.read_text(encoding="utf-8"))]
