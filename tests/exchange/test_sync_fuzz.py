"""Any body of a push, of any kind and with any values, is answered: by results, never by a 5xx."""

import json
from random import Random
from typing import Any
from uuid import uuid4

import pytest

from app.db.base import now, uuid7
from app.domain.exchange.sync.kinds import list_kinds
from app.domain.exchange.sync.schemas import OperationKind
from tests.application import Caller
from tests.conformance.cases import RESOURCES
from tests.dice import make_dice
from tests.exchange import test_sync
from tests.exchange.device import PUSH, make_operation
from tests.exchange.test_sync import CONFLICTS, add, make_conflict, read
from tests.give import Country

recorder = test_sync.recorder
KINDS = list_kinds(RESOURCES)
ODD: list[Any] = [
    "x" * 5000, 2**53, 2**31, 0.1, True, None, [], {}, [[[1]]], [None], [{"id": "x"}], "", " ",
    "01a22cd7-85e7-7717-aa1b-b6302521d57c", ["01a22cd7-85e7-7717-aa1b-b6302521d57c"], "0001-01-01",
    "9999-12-31", "2026-02-30", "2026-01-01T00:00:00Z", "-1", -1, 0, "🙂" * 50, "a\u202eb", "a\0b",
    ["a"] * 2000, {"a": {"b": 1}}, "00001", "NaN", "\ud800",
]  # fmt: skip
OPERATIONS = 8  # of each resource


def _draw(dice: Random, path: str, id: str) -> dict[str, Any]:
    """Draw an operation in which something is odd; the rest may be right."""
    kind = dice.choice(["create", "change", "change", "transition", "void"])
    known = KINDS[path]
    names = sorted(known.fields.inputs) if OperationKind.CHANGE in known.operations else ["reason"]
    right = {"action": "approve", "reason": "Nhầm"} if kind in ("transition", "void") else {}
    values = {name: dice.choice(ODD) for name in dice.sample(names, min(2, len(names)))}
    base = {name: dice.choice(ODD) for name in values if dice.random() < 0.5}
    version = None if kind == "create" else dice.choice([1, 2, 2**31 - 1])
    made = make_operation(
        kind, path, str(uuid7()) if kind == "create" else id, right | values, version, base,
        parent=str(uuid4()) if dice.random() < 0.3 else None,
    )  # fmt: skip
    if dice.random() < 0.1:
        made[dice.choice(sorted(made))] = dice.choice(ODD)
    return made


def _post(caller: Caller, path: str, data: dict[str, Any]) -> Any:
    """Post escaped JSON: half a surrogate pair has no other spelling."""
    kinds = {"content-type": "application/json", "if-match": '"1"'}
    return caller.send("POST", path, content=json.dumps(data), headers=kinds)


def _push(caller: Caller, operations: list[dict[str, Any]]) -> int:
    answer = _post(caller, PUSH, {"operations": operations, "sent_at": now().isoformat()})
    assert answer.status_code in (200, 422), (operations, answer.text)
    return int(answer.status_code)


@pytest.mark.parametrize("path", sorted(KINDS))
def test_odd_operations_are_refused_or_done(recorder: Caller, country: Country, path: str) -> None:
    dice = make_dice(f"sync {path}")
    id = add(recorder, country)["id"] if path == "organisations" else str(uuid4())
    drawn = [_draw(dice, path, id) for _ in range(OPERATIONS)]
    tried = [one for one in drawn if _push(recorder, [one]) == 200]
    assert tried
    assert _push(recorder, tried) == 200


def test_odd_choices_are_answered(recorder: Caller, country: Country) -> None:
    dice = make_dice("sync choices")
    row = add(recorder, country)
    conflict, _ = make_conflict(recorder, row)
    path = f"{CONFLICTS}/{conflict['id']}/resolve"
    for odd in ODD:
        names = ("choice", "record_version", "values")
        data = {"choice": "other", "record_version": 3, "values": {"name": odd}}
        data |= {dice.choice(names): dice.choice(ODD)} if dice.random() < 0.5 else {}
        answer = _post(recorder, path, data)
        assert answer.status_code in (200, 409, 412, 422), (data, answer.text)
    assert read(recorder, row["id"])["version"] in (row["version"] + 2, row["version"] + 3)
