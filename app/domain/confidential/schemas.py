"""Input types that the services of confidential records share."""

from typing import Annotated

from pydantic import Field

MAX_REASON = 2000
Reason = Annotated[
    str, Field(min_length=1, max_length=MAX_REASON, pattern=r"^[^\x00]*[^\s\x00][^\x00]*$")
]
