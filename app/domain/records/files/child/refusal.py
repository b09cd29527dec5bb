"""The refusal of a file, as the process that opened it answers."""

from typing import Any


class Refused(Exception):
    """A file that is not taken: the code and the facts from which the server builds its error."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts
