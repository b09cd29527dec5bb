"""Expiry of tips: after notice their content is deleted, and only counts are left."""

import asyncio
import json
import time
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.db.session import Database, act_as, execute
from app.db.storage import Storage, StorageError
from app.domain.actor import Role
from app.domain.confidential.retention import deletion, expiry
from app.domain.confidential.retention.expiry import ExpiryResult
from app.domain.confidential.roles import RUNTIME
from app.domain.deadlines.days import months_later
from app.domain.tips.context import INFORMANT, INTAKE
from app.domain.tips.retention.service import expire_tips
from app.jobs.registry import TASKS
from tests.application import runner
from tests.tips.expiry_scenario import (
    CANARY,
    CONTACT,
    FILE,
    TODAY,
    ExpiryScenario,
    everything,
    find_contents,
)

PARTS = [
    "tip_text", "tip_message", "tip_attachment", "tip_redaction", "tip_likeness", "tip_receipt",
    "tip_identity", "tip_assignment", "tip_transfer", "identity_request", "kept_receipt",
]  # fmt: skip
DUE = TODAY + timedelta(days=30)
TWO_YEARS_BEFORE_DUE = months_later(DUE, -24)


def parts(scenario: ExpiryScenario, tip: UUID) -> dict[str, int]:
    counts = {
        table: scenario.rows(f"SELECT count(*) AS n FROM {table} WHERE tip_id = $1", tip)[0]["n"]
        for table in PARTS
    }
    linked = "SELECT count(*) AS n FROM tip_link WHERE tip_id = $1 OR other_id = $1"
    clocks = "SELECT count(*) AS n FROM deadline WHERE resource_id = $1"
    # but for the news that it is gone
    news = "SELECT count(*) AS n FROM outbox WHERE resource_id = $1 AND fields <> '{expired_on}'"
    for name, sql in (("link", linked), ("clock", clocks), ("news", news)):
        counts[name] = scenario.rows(sql, tip)[0]["n"]
    return counts


def test_notice_is_given_near_the_end_of_the_term(keeping: ExpiryScenario) -> None:
    early, _ = keeping.give_closed_tip(695)
    near, _ = keeping.give_closed_tip((TODAY - TWO_YEARS_BEFORE_DUE).days)
    over, _ = keeping.give_closed_tip(900)
    keeping.run()
    assert keeping.tip(early)["expires_on"] is None
    assert (keeping.tip(near)["noticed_on"], keeping.tip(near)["expires_on"]) == (TODAY, DUE)
    assert keeping.tip(over)["expires_on"] == DUE  # not before a whole notice
    told = keeping.rows("SELECT * FROM outbox WHERE resource_id = $1", over)
    assert [(one["act"], one["fields"]) for one in told] == [
        ("change", ["noticed_on", "expires_on"])
    ]
    audit = keeping.rows("SELECT * FROM audit_entry WHERE resource_id = $1", over)
    assert [(one["subject"], one["session_id"]) for one in audit] == [("system", None)]


def test_nothing_expires_before_its_day(keeping: ExpiryScenario) -> None:
    tip, _ = keeping.give_noticed_tip()
    keeping.run(DUE - timedelta(days=1))
    assert keeping.tip(tip)["expired_on"] is None
    assert parts(keeping, tip)["tip_text"] == 1
    keeping.run(DUE)
    assert keeping.tip(tip)["expired_on"] == DUE


def test_expiry_deletes_content_and_keeps_counts(keeping: ExpiryScenario) -> None:
    tip, receipt = keeping.full()
    keeping.run()
    before, was = parts(keeping, tip), keeping.tip(tip)
    assert before.pop("tip_identity") == 0  # its own term was over first
    assert min(before.values()) >= 1
    sealed = find_sealed(keeping, tip)
    folder = files(keeping)
    assert all(find_contents(keeping, [one], folder) for one in sealed)  # what is there is found
    level = service_level(keeping)
    assert keeping.run(DUE).expired >= 1
    assert set(parts(keeping, tip).values()) == {0}
    plain = [CANARY.encode(), FILE, CONTACT["name"].encode(), CONTACT["phone"].encode()]
    assert find_contents(keeping, [*plain, *sealed, receipt.encode()], folder) == []
    assert service_level(keeping) == level
    after = keeping.tip(tip)
    same = ("unit_id", "received_unit_id", "received_on", "kind", "category", "outcome", "channel",
            "resolved_on", "resolved_in_time", "closed_on", "state")  # fmt: skip
    assert {name: after[name] for name in same} == {name: was[name] for name in same}
    assert (after["expired_on"], after["has_contact"], after["shared"]) == (DUE, False, [])


def find_sealed(scenario: ExpiryScenario, tip: UUID) -> list[bytes]:
    """Collect the ciphertexts and keys of a tip, and its stored file."""
    told: list[bytes] = []
    for table in ("tip_text", "tip_message", "tip_attachment"):
        for row in scenario.rows(f"SELECT * FROM {table} WHERE tip_id = $1", tip):
            told += [row["sealed"]] if "sealed" in row else []
            told += [key.encode() for key in json.loads(row["keys"]).values()]
    lookup = scenario.rows("SELECT * FROM tip_receipt WHERE tip_id = $1", tip)[0]
    told += [lookup["lookup"], lookup["private_key"]]
    file = scenario.rows("SELECT sha256 FROM tip_attachment WHERE tip_id = $1", tip)[0]["sha256"]
    path = next(path for path in files(scenario).rglob(file))
    return [*told, path.read_bytes()]


def files(scenario: ExpiryScenario) -> Path:
    stored: str = scenario.application.app.state.resources.settings.storage
    return Path(stored.removeprefix("file://")) / "tips"


def service_level(scenario: ExpiryScenario) -> Any:
    caller = scenario.caller(Role.TIP_OFFICER, of="1")
    unit = str(scenario.country["1"])
    return caller.get("/api/v1/tip-service-level", unit=unit, **{"from": "2020-01-01"}).json()


def without(tables: dict[str, list[str]], tip: UUID) -> dict[str, list[str]]:
    """Collect all rows that do not refer to a tip."""
    told = {name: rows for name, rows in tables.items() if name != "audit_waiting"}
    return {name: [row for row in rows if str(tip) not in row] for name, rows in told.items()}


def test_unrelated_rows_are_unchanged(keeping: ExpiryScenario) -> None:
    keeping.run(DUE)  # whatever else is due
    keeping.run(DUE)
    other, _ = keeping.give_closed_tip(
        10, text="còn giữ", contact=CONTACT, attachments=[(FILE, "image/png")]
    )
    tip, _ = keeping.give_noticed_tip()
    before = without(everything(keeping), tip)
    assert keeping.run(DUE).expired == 1
    assert without(everything(keeping), tip) == before
    assert parts(keeping, other)["tip_text"] == 1


def test_second_run_changes_nothing(keeping: ExpiryScenario) -> None:
    keeping.give_noticed_tip()
    keeping.run(DUE)
    before = everything(keeping)
    assert keeping.run(DUE) == ExpiryResult()
    assert everything(keeping) == before


def test_receipt_of_an_expired_tip_is_unknown(keeping: ExpiryScenario) -> None:
    tip, receipt = keeping.give_noticed_tip()
    assert leads_to(keeping, receipt) == tip
    keeping.run(DUE)
    assert leads_to(keeping, receipt) is None


def leads_to(scenario: ExpiryScenario, receipt: str) -> UUID | None:
    """Return the tip that the holder of a receipt sees in their database role."""
    context = scenario.application.app.state.resources.tips
    lookup = context.keys.receipts.derive_keys(receipt).lookup.hex()

    async def find_receipt() -> UUID | None:
        async with context.database.write_transaction() as session:
            set_ = text("SELECT set_config('binhyen.receipt', :lookup, true)")
            await execute(session, set_, {"lookup": lookup})
            await act_as(session, INFORMANT)
            seen: UUID | None = (await execute(session, text("SELECT id FROM tip"))).scalar()
            return seen

    return runner().run(find_receipt())


class Killed(Exception):
    """Simulates the death of the machine."""


@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_run_leaves_each_tip_whole_or_deleted(
    keeping: ExpiryScenario, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    keeping.run(DUE)
    tips = [keeping.full()[0] for _ in range(3)]
    keeping.run()
    whole = {tip: parts(keeping, tip) for tip in tips}
    real, count = deletion.delete_content, iter(range(9))

    async def delete_content(session: Any, kind: Any, tip: UUID) -> None:
        if when == "after":
            await real(session, kind, tip)
        if next(count) == 1:
            raise Killed
        if when == "before":
            await real(session, kind, tip)

    monkeypatch.setattr(deletion, "delete_content", delete_content)
    with pytest.raises(Killed):
        keeping.run(DUE)
    left = [tip for tip in tips if keeping.tip(tip)["expired_on"] is None]
    assert len(left) == 2
    assert {tip: parts(keeping, tip) for tip in left} == {tip: whole[tip] for tip in left}
    (gone,) = set(tips) - set(left)
    assert set(parts(keeping, gone).values()) == {0}
    monkeypatch.undo()
    assert keeping.run(DUE).expired == 2
    assert all(set(parts(keeping, tip).values()) == {0} for tip in tips)


def test_file_stays_while_its_row_does(
    keeping: ExpiryScenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files are deleted after the commit, for that cannot be rolled back."""
    tip, _ = keeping.give_noticed_tip(attachments=[(FILE, "image/png")])
    row = keeping.rows("SELECT sha256 FROM tip_attachment WHERE tip_id = $1", tip)[0]

    async def fail(*given: Any) -> None:
        raise Killed

    monkeypatch.setattr(expiry, "log_changes", fail)
    with pytest.raises(Killed):
        keeping.run(DUE)
    (path,) = files(keeping).rglob(row["sha256"])
    assert sha256(path.read_bytes()).hexdigest() == row["sha256"]


def test_undeletable_file_is_counted_and_its_row_deleted(
    keeping: ExpiryScenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeping.run(DUE)
    tip, _ = keeping.give_noticed_tip(attachments=[(FILE, "image/png")])

    async def delete(self: Storage, sha256: str) -> None:
        raise StorageError("delete")

    monkeypatch.setattr(Storage, "delete", delete)
    done = keeping.run(DUE)
    assert (done.expired, done.files_left) == (1, 1)
    assert keeping.tip(tip)["expired_on"] == DUE


def test_message_of_the_informant_withdraws_notice(keeping: ExpiryScenario) -> None:
    tip, _ = keeping.give_noticed_tip()
    message(keeping, tip, TODAY + timedelta(days=5))
    keeping.run(TODAY + timedelta(days=5))
    assert (keeping.tip(tip)["noticed_on"], keeping.tip(tip)["expires_on"]) == (None, None)
    keeping.run(TODAY + timedelta(days=6))
    assert keeping.tip(tip)["expires_on"] == TODAY + timedelta(days=36)
    keeping.run(DUE)
    assert keeping.tip(tip)["expired_on"] is None
    keeping.run(TODAY + timedelta(days=36))
    assert keeping.tip(tip)["expired_on"] == TODAY + timedelta(days=36)


def test_message_on_the_last_day_keeps_the_tip(keeping: ExpiryScenario) -> None:
    tip, _ = keeping.give_noticed_tip()
    message(keeping, tip, DUE)
    keeping.run(DUE)
    assert keeping.tip(tip)["expired_on"] is None


def message(scenario: ExpiryScenario, tip: UUID, day: date) -> None:
    async def insert_message() -> None:
        async with scenario.application.app.state.resources.database.write_transaction() as session:
            await act_as(session, INTAKE)
            await execute(session, text(
                "INSERT INTO tip_message "
                "(id, tip_id, number, from_informant, sent_on, sealed, keys) "
                "VALUES (:id, :tip, 99, true, :day, '', '{}')"
            ), {"id": uuid4(), "tip": tip, "day": day})  # fmt: skip

    runner().run(insert_message())


def test_expired_tip_takes_no_new_parts(keeping: ExpiryScenario) -> None:
    """An addition during expiry waits, and is refused."""
    tip, _ = keeping.give_noticed_tip()
    keeping.run(DUE)
    with pytest.raises(IntegrityError, match="the tip has expired"):
        message(keeping, tip, DUE)
    assert keeping.rows("SELECT * FROM tip_message WHERE tip_id = $1", tip) == []


def test_identity_expires_by_its_own_term(keeping: ExpiryScenario) -> None:
    kept, _ = keeping.give_closed_tip(80, contact=CONTACT)
    tip, _ = keeping.give_closed_tip(91, contact=CONTACT)
    assert parts(keeping, tip)["tip_identity"] == 1
    keeping.run()
    assert (parts(keeping, tip)["tip_identity"], parts(keeping, tip)["tip_text"]) == (0, 1)
    assert keeping.tip(tip)["has_contact"] is False
    assert parts(keeping, kept)["tip_identity"] == 1


def test_open_tip_never_expires(keeping: ExpiryScenario) -> None:
    tip, _ = keeping.give_closed_tip(3_000)
    keeping.rows("UPDATE tip SET state = 'received', closed_on = NULL WHERE id = $1", tip)
    keeping.run()
    assert keeping.tip(tip)["expires_on"] is None


def test_hold_prevents_expiry_until_released(keeping: ExpiryScenario) -> None:
    tip, _ = keeping.give_closed_tip(800, contact=CONTACT)
    assert keeping.hold(tip).status_code == 201
    keeping.run()
    keeping.run(DUE)
    assert keeping.tip(tip)["expires_on"] == DUE
    assert (keeping.tip(tip)["expired_on"], parts(keeping, tip)["tip_identity"]) == (None, 1)
    officer = keeping.caller(Role.TIP_OFFICER)
    body = {"reason": "Xong việc"}
    assert officer.post(f"/api/v1/tips/{tip}/hold/release", body).status_code == 200
    keeping.run(DUE)
    assert keeping.tip(tip)["expired_on"] == DUE


def test_expired_tip_is_not_found_by_officers(keeping: ExpiryScenario) -> None:
    tip, _ = keeping.give_noticed_tip()
    keeping.run(DUE)
    assert keeping.hold(tip).json()["code"] == "tip_not_found"


def test_scheduled_job_expires_tips(
    keeping: ExpiryScenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Run the job as the worker does, thirty days later."""
    tip, _ = keeping.give_noticed_tip(attachments=[(FILE, "image/png")])
    name = keeping.rows("SELECT sha256 FROM tip_attachment WHERE tip_id = $1", tip)[0]["sha256"]
    application = keeping.application.app.state.resources
    monkeypatch.setenv("BINHYEN_STORAGE", application.settings.storage)

    async def work() -> None:
        await TASKS["expire_tips"].run(application.database)

    runner().run(work())
    assert keeping.tip(tip)["expired_on"] is None
    later = time.time() + timedelta(days=30).total_seconds()
    monkeypatch.setattr(time, "time", lambda: later)
    runner().run(work())
    assert keeping.tip(tip)["expired_on"] == DUE
    assert list(files(keeping).rglob(name)) == []


def test_concurrent_runs_expire_each_tip_once(keeping: ExpiryScenario) -> None:
    keeping.run(DUE)
    tips = [keeping.give_noticed_tip()[0] for _ in range(6)]
    application = keeping.application.app.state.resources

    async def both() -> list[ExpiryResult]:
        run = [expire_tips(application.database, application.tips.storage, DUE) for _ in range(2)]
        return await asyncio.gather(*run)

    assert sum(done.expired for done in runner().run(both())) == 6
    ids = "SELECT resource_id FROM audit_entry WHERE act = 'security' AND resource_id = ANY ($1)"
    assert sorted(row["resource_id"] for row in keeping.rows(ids, tips)) == sorted(tips)


def test_concurrent_hold_and_expiry_are_serialised(keeping: ExpiryScenario) -> None:
    """No tip is both held and expired."""
    application, path = keeping.application.app.state.resources, "/api/v1/tips/{}/hold"
    for _ in range(4):
        tip, _ = keeping.give_noticed_tip()
        body = {"reason": "x", "document_id": str(keeping.document())}
        caller = keeping.caller(Role.TIP_OFFICER)

        async def both(tip: UUID = tip, body: Any = body, caller: Any = caller) -> Any:
            return await asyncio.gather(
                expire_tips(application.database, application.tips.storage, DUE),
                keeping.application.answer(
                    "POST", path.format(tip), json=body, headers=caller.headers
                ),
            )

        _, answer = runner().run(both())
        gone = keeping.tip(tip)["expired_on"] is not None
        assert answer.status_code == (404 if gone else 201)


def test_worker_with_its_roles_alone_expires_tips(keeping: ExpiryScenario) -> None:
    """The worker owns nothing and is no superuser."""
    keeping.run(DUE)
    tip, _ = keeping.full()
    keeping.run()
    name = f"worker_{uuid4().hex[:8]}"
    keeping.rows(f"CREATE ROLE {name} LOGIN PASSWORD 'known'")
    keeping.rows(f"GRANT binhyen_runtime, binhyen_keeper TO {name}")
    url = f"postgresql://{name}:known@{keeping.url.rpartition('@')[2]}"

    async def work() -> ExpiryResult:
        database = Database.connect(url, size=1, role=RUNTIME)
        try:
            return await expire_tips(
                database, keeping.application.app.state.resources.tips.storage, DUE
            )
        finally:
            await database.close()

    try:
        assert runner().run(work()).expired == 1
        assert set(parts(keeping, tip).values()) == {0}
    finally:
        keeping.rows(f"DROP ROLE {name}")


def test_runtime_role_cannot_delete_tips(keeping: ExpiryScenario) -> None:
    """Only the keeper's role may delete."""
    tip, _ = keeping.full(1)

    async def delete(table: str) -> None:
        async with keeping.application.app.state.resources.database.write_transaction() as session:
            await execute(session, text(f"DELETE FROM {table} WHERE tip_id = :id"), {"id": tip})

    for table in set(PARTS) - {"kept_receipt"}:  # which are forgotten after three days
        with pytest.raises(DBAPIError, match="permission denied"):
            runner().run(delete(table))
