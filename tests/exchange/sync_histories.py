"""Random histories of devices that work without a network, and what came out otherwise."""

from dataclasses import replace
from random import Random
from typing import Any
from uuid import UUID

from app.db.base import now
from app.domain.actor import Actor, Level, Role
from tests.application import SESSION, Application, Caller
from tests.exchange.device import PUSH, make_operation, name_it
from tests.exchange.sync_model import Model, RecordModel
from tests.matrix.features.incidents import INCIDENT

Operation = dict[str, Any]
WORDS = ["sổ", "đơn", "báo", "đội"]
# of each resource: what a new record has, and the values among which devices choose
RECORDS: dict[str, tuple[dict[str, Any], dict[str, list[Any]]]] = {
    "organisations": (
        {"kind": "school"},
        {"source": WORDS, "active_from": [f"2001-02-0{n}" for n in range(1, 5)]},
    ),
    "incidents": (INCIDENT, {"spot": WORDS, "source": WORDS, "involved_count": [1, 2, 3]}),
    "documents": (
        {"kind": "plan", "issuer": "UBND", "level": "province"},
        {"source": WORDS, "signer_position": WORDS},
    ),
}
STEPS, RECORDS_EACH, REPLAYS = 40, 3, 10


class Device:
    """A device of one person: its copies, its queue, and all that it has ever pushed."""

    def __init__(self, caller: Caller, subject: str, dice: Random) -> None:
        self.caller, self.subject, self.dice = caller, subject, dice
        self.copies: dict[str, tuple[str, dict[str, Any]]] = {}
        self.queue: list[Operation] = []
        self.pushed: list[list[Operation]] = []

    def pull(self, records: dict[str, str]) -> None:
        """Take the records as they are; what waits in the queue stays as it was noted."""
        if not self.queue:
            self.copies = {id: (path, read(self.caller, path, id)) for id, path in records.items()}

    def edit(self) -> None:
        """Change one or two fields of a copy, without a network."""
        id = self.dice.choice(sorted(self.copies))
        path, row = self.copies[id]
        choices = RECORDS[path][1]
        names = self.dice.sample(sorted(choices), self.dice.choice([1, 1, 2]))
        values = {name: self.dice.choice(choices[name]) for name in names}
        base = {name: row[name] for name in names}
        self.queue.append(make_operation("change", path, id, values, row["version"], base))
        row |= values

    def push(self) -> list[tuple[Operation, dict[str, Any]]]:
        """Push a part of the queue or all of it; where the answer is lost, push again."""
        size = self.dice.randint(1, len(self.queue))
        part, self.queue = self.queue[:size], self.queue[size:]
        self.pushed.append(part)
        if self.dice.random() < 0.3:
            send(self.caller, part)
        return list(zip(part, send(self.caller, part), strict=True))


def read(caller: Caller, path: str, id: str) -> dict[str, Any]:
    row: dict[str, Any] = caller.get(f"/api/v1/{path}/{id}").json()
    return row


def send(caller: Caller, operations: list[Operation]) -> list[dict[str, Any]]:
    data = {"operations": operations, "sent_at": now().isoformat()}
    answer = caller.post(PUSH, data)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


class SyncHistory:
    """Devices that edit the same records, push and pull in any order; a person resolves."""

    def __init__(self, application: Application, unit: UUID, dice: Random) -> None:
        self.application, self.unit, self.dice = application, unit, dice
        self.model, self.wrong, self.records = Model(), list[str](), dict[str, str]()
        self.results: dict[str, dict[str, Any]] = {}
        self.devices = [self._add_device(n) for n in range(dice.randint(2, 5))]
        for path in RECORDS:
            for _ in range(RECORDS_EACH):
                self._add_record(path)
        for device in self.devices:
            device.pull(self.records)

    def _add_device(self, number: int) -> Device:
        actor = Actor(
            f"device-{number}-{name_it()}", frozenset({Role.APPROVER}), Level.PROVINCE, self.unit,
            "tests", (), SESSION, 1,
        )  # fmt: skip
        token = self.application.app.state.resources.tokens.issue(actor, minutes=600)
        caller = Caller(self.application, {"authorization": f"Bearer {token}"})
        return Device(caller, actor.subject, self.dice)

    def _add_record(self, path: str) -> None:
        made, choices = RECORDS[path]
        named = {"name" if path == "organisations" else "title": name_it()}
        data = {"unit": str(self.unit), **named, **made}
        answer = self.devices[0].caller.post(f"/api/v1/{path}", data)
        assert answer.status_code == 201, answer.text
        row = answer.json()
        self.records[row["id"]] = path
        self.model.records[row["id"]] = RecordModel({n: row[n] for n in choices}, row["version"])

    def play(self) -> list[str]:
        """Play a history to its end, and all queues again; return what came out otherwise."""
        for _ in range(STEPS):
            self._step(self.dice.choice(self.devices))
        for device in self.devices:
            while device.queue:
                self._push(device)
        self._compare("at the end")
        self._replay()
        self._compare("after replays")
        return self.wrong

    def _step(self, device: Device) -> None:
        what = self.dice.random()
        if what < 0.6:
            device.edit()
        elif what < 0.8 and device.queue:
            self._push(device)
        elif what < 0.9:
            device.pull(self.records)
        else:
            self._resolve(device)

    def _push(self, device: Device) -> None:
        for operation, result in device.push():
            wanted = self.model.apply(device.subject, operation)
            found = result["status"], result["version"]
            if found != wanted:
                self.wrong.append(f"{operation} is {result}, not {wanted}")
            self.results[operation["operation_id"]] = result

    def _resolve(self, device: Device) -> None:
        """A person decides on a conflict, by either value."""
        if not self.model.conflicts:
            return
        one = self.dice.choice(self.model.conflicts)
        rows = [row for row in self._list_conflicts(one.record)
                if row["field"] == one.field and row["mine"] == {one.field: one.mine}
                and row["created_by"] == one.by]  # fmt: skip
        if not rows:
            self.wrong.append(f"{one} is not there")
            return
        record, choice = self.model.records[one.record], self.dice.choice(["mine", "theirs"])
        data = {"choice": choice} | ({"record_version": record.version} if choice == "mine" else {})
        path = f"/api/v1/sync-conflicts/{rows[0]['id']}"
        answer = device.caller.change("POST", path, data, at="/resolve")
        if answer.status_code != 200:
            self.wrong.append(answer.text)
        self.model.conflicts.remove(one)
        if choice == "mine":
            record.assign({one.field: one.mine})

    def _list_conflicts(self, record: str) -> list[dict[str, Any]]:
        terms = {"record_id": record, "state": "open", "limit": 100}
        rows: list[dict[str, Any]] = self.devices[0].caller.get(
            "/api/v1/sync-conflicts", **terms
        ).json()["items"]  # fmt: skip
        return rows

    def _compare(self, when: str) -> None:
        """Compare all records and open conflicts with what they have to be."""
        for id, path in self.records.items():
            row, wanted = read(self.devices[0].caller, path, id), self.model.records[id]
            found = replace(wanted, values={n: row[n] for n in wanted.values})
            if (found.values, row["version"]) != (wanted.values, wanted.version):
                self.wrong.append(f"{when}: {path} {id} is {row}, not {wanted}")
            conflicts = sorted(
                repr((row["field"], row["mine"][row["field"]], row["theirs"][row["field"]]))
                for row in self._list_conflicts(id)
            )
            expected = sorted(
                repr((one.field, one.mine, one.theirs))
                for one in self.model.conflicts if one.record == id
            )  # fmt: skip
            if conflicts != expected:
                self.wrong.append(f"{when}: conflicts of {id} are {conflicts}, not {expected}")

    def _replay(self) -> None:
        """Push all queues ten times again, in any order; each operation has its first result."""
        for _ in range(REPLAYS):
            queues = [(device, part) for device in self.devices for part in device.pushed]
            self.dice.shuffle(queues)
            for device, part in queues:
                for operation, item in zip(part, send(device.caller, part), strict=True):
                    if item | {"index": 0} != self.results[operation["operation_id"]] | {
                        "index": 0
                    }:
                        self.wrong.append(f"{operation} was repeated as {item}")
