"""The form of a table: its columns, the titles that people give them, and their values."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

ColumnKind = Literal["text", "code", "choice", "date", "number", "flag"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the field that it fills, its titles, and the labels of its codes."""

    name: str
    kind: ColumnKind = "text"
    titles: Sequence[str] = ()
    required: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TableForm:
    """The columns of a table; the unused ones are known to people and of no use here."""

    columns: Sequence[Column]
    unused: Sequence[str] = (
        "STT",
        "TT",
        "Số TT",
        "Số thứ tự",
        "No",
        "Ghi chú",
        "Note",
        "Notes",
        "Lý do",
    )

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, given: Mapping[str, Any]) -> "TableForm":
        return cls([Column(**one) for one in given["columns"]], given["unused"])
