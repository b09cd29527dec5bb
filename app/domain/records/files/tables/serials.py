"""Numbers of a sheet as it shows them: a plain number, one with zeros in front, a day."""

from datetime import datetime, timedelta

from app.domain.records.files.child.refusal import Refused
from app.domain.records.files.tables.cells import Cell

EPOCH, SHIFT_1904 = datetime(1899, 12, 30), 1_462
FIRST_RIGHT_DAY = 61  # before it sheets count a 29 February 1900 that never was
LAST_DAY = 2_958_465


def read_serial(value: str, as_shown: str, *, from_1904: bool = False) -> Cell:
    """Return a numeric cell as its format shows it."""
    try:
        number = float(value)
    except ValueError:
        raise Refused("not_a_workbook") from None
    if as_shown in ("date", "time"):
        return _read_day(number, as_shown, from_1904=from_1904)
    if not number.is_integer():
        return Cell("number", repr(number))
    digits = str(int(number)) if abs(number) < 1e15 else repr(number)
    return Cell("number", digits.zfill(len(as_shown)) if number >= 0 else digits)


def _read_day(number: float, as_shown: str, *, from_1904: bool) -> Cell:
    serial = number + (SHIFT_1904 if from_1904 else 0)
    if as_shown == "time" or not 1 <= serial <= LAST_DAY:
        return Cell("time", repr(number))
    if serial < FIRST_RIGHT_DAY:
        serial += 1
    moment = EPOCH + timedelta(seconds=round(serial * 86_400))
    if moment.time() != datetime.min.time():
        return Cell("moment", moment.isoformat(" ", "minutes"))
    return Cell("date", moment.date().isoformat())
