"""The types of all inputs: every field of every schema, and every argument, is of one of these.

Text is NFC and trimmed, and holds no hidden characters; numbers and booleans are those of JSON, in
the range of PostgreSQL; days and moments are ISO 8601. A feature narrows a type by `Field`.
"""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, Strict

from app.domain import values
from app.domain.values import MAX_INTEGER, MIN_INTEGER

LINE = BeforeValidator(values.clean_line)
TEXT = BeforeValidator(values.clean_text)
WORDS = BeforeValidator(values.keep_words)
FREE = BeforeValidator(values.keep_characters)
SECRET = BeforeValidator(values.check_secret)
DAY = BeforeValidator(values.parse_day)
ANY_DAY = BeforeValidator(values.parse_any_day)  # of a filter
MOMENT = BeforeValidator(values.parse_moment)
BASE64 = BeforeValidator(values.check_base64)
NUMBER = Strict()
FLAG = BeforeValidator(values.parse_flag)  # likewise
DIGITS = BeforeValidator(values.parse_integer)  # of a parameter, which is text
MARKS = (LINE, TEXT, WORDS, FREE, SECRET, DAY, ANY_DAY, MOMENT, BASE64, NUMBER, DIGITS, FLAG)

Line = Annotated[str, Field(min_length=1, max_length=300), LINE]
LongLine = Annotated[str, Field(min_length=1, max_length=1000), LINE]
Name = Line
Text = Annotated[str, Field(min_length=1, max_length=2000), TEXT]
LongText = Annotated[str, Field(min_length=1, max_length=4000), TEXT]
Reason = Text
Action = Annotated[str, Field(min_length=1, max_length=40), LINE]
UnitName = Annotated[str, Field(min_length=1, max_length=40), LINE]  # its code or its id
TypeName = Annotated[str, Field(min_length=1, max_length=300), LINE]
Code = Annotated[
    str, Field(min_length=2, max_length=60, pattern=r"^[a-z][a-z0-9_]+$"), LINE
]  # fmt: skip
Reference = Annotated[str, Field(min_length=1, max_length=100), LINE]
Secret = Annotated[str, Field(min_length=1, max_length=200), SECRET]

Integer = Annotated[int, Field(ge=MIN_INTEGER, le=MAX_INTEGER), NUMBER]
Count = Annotated[int, Field(ge=0, le=100_000_000), NUMBER]
Flag = Annotated[bool, NUMBER]
Switch = Annotated[bool, FLAG]
Share = Annotated[float, Field(gt=0, le=1, allow_inf_nan=False), NUMBER]
Year = Annotated[int, Field(ge=1900, le=2200), NUMBER]

Day = Annotated[date, DAY]
ProgrammeDay = Annotated[date, Field(ge=date(1945, 1, 1), le=date(2200, 1, 1)), DAY]
Moment = Annotated[datetime, MOMENT]
# of a parameter, which is text, by what it stands for
PARAMETERS: dict[Any, Any] = {
    str: Line, int: Annotated[int, DIGITS], date: Annotated[date, ANY_DAY], datetime: Moment,
    bool: Switch,
}  # fmt: skip


def unset() -> Any:
    """Return the default of a field that a change may leave out: it has no value, and is not null.

    A factory, for the contract then states no default.
    """
    return Field(default_factory=Unset)


class Unset:
    """The value of a field that was left out, which is not to be read."""

    def __bool__(self) -> bool:
        raise TypeError("This field was left out: ask `model_fields_set` before reading it.")
