"""The results that operations of devices must have, worked out apart from the product."""

from dataclasses import dataclass, field
from typing import Any

Values = dict[str, Any]


@dataclass
class RecordModel:
    """A record as it has to be, with the version in which each change of it was made."""

    values: Values
    version: int
    log: list[tuple[int, set[str]]] = field(default_factory=list)

    def assign(self, values: Values) -> None:
        """Set values; equal ones are no change."""
        changed = {name for name, value in values.items() if self.values[name] != value}
        if changed:
            self.version += 1
            self.values |= {name: values[name] for name in changed}
            self.log.append((self.version, changed))

    def changed_since(self, version: int) -> set[str]:
        return {name for at, names in self.log if at > version for name in names}


@dataclass
class OpenConflict:
    """A field that waits for a person."""

    record: str
    field: str
    mine: Any
    theirs: Any
    by: str


@dataclass
class Model:
    """All records and conflicts, and the results of operations by their ids."""

    records: dict[str, RecordModel] = field(default_factory=dict)
    conflicts: list[OpenConflict] = field(default_factory=list)
    results: dict[str, tuple[str, int]] = field(default_factory=dict)

    def apply(self, by: str, operation: dict[str, Any]) -> tuple[str, int]:
        """Return the status and the version that an operation has to have."""
        id = operation["operation_id"]
        if id not in self.results:
            self.results[id] = self._apply(by, operation)
        return self.results[id]

    def _apply(self, by: str, operation: dict[str, Any]) -> tuple[str, int]:
        record, base = self.records[operation["record_id"]], operation["base"]
        before, values = record.version, operation["values"]
        touched = record.changed_since(operation["base_version"])
        contested = {
            name for name, value in values.items()
            if name in touched and record.values[name] not in (base[name], value)
        }  # fmt: skip
        theirs = {name: record.values[name] for name in contested}
        record.assign({name: value for name, value in values.items() if name not in contested})
        for name in sorted(contested):
            self._dispute(by, operation, name, theirs[name])
        merged = "merged" if before != operation["base_version"] else "done"
        return "conflict" if contested else merged, record.version

    def _dispute(self, by: str, operation: dict[str, Any], name: str, theirs: Any) -> None:
        record, mine = operation["record_id"], operation["values"][name]
        mine_of = [one for one in self.conflicts
                   if (one.record, one.field, one.by) == (record, name, by)]  # fmt: skip
        if mine_of and mine_of[-1].mine == operation["base"][name]:
            mine_of[-1].mine, mine_of[-1].theirs = mine, theirs
        else:
            self.conflicts.append(OpenConflict(record, name, mine, theirs, by))
