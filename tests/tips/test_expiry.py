"""Tips whose time is over go for good, after notice, and only their counts are left."""

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
from app.domain.deadlines.days import months_later
from app.domain.records import service as records
from app.domain.tips.keeping import deleting, expiring
from app.domain.tips.office import INFORMANT, INTAKE, RUNTIME
from app.jobs.registry import TASKS
from tests.house import runner
from tests.tips.keeping import CANARY, CONTACT, FILE, TODAY, Ground, everything, found

PARTS = [
    "tip_text", "tip_message", "tip_attachment", "tip_redaction", "tip_likeness", "tip_receipt",
    "tip_identity", "tip_assignment", "tip_transfer", "identity_request", "kept_receipt",
]  # fmt: skip
DUE = TODAY + timedelta(days=30)
TWO_YEARS_BEFORE_DUE = months_later(DUE, -24)


def parts(ground: Ground, tip: UUID) -> dict[str, int]:
    counts = {
        table: ground.rows(f"SELECT count(*) AS n FROM {table} WHERE tip_id = $1", tip)[0]["n"]
        for table in PARTS
    }
    linked = "SELECT count(*) AS n FROM tip_link WHERE tip_id = $1 OR other_id = $1"
    clocks = "SELECT count(*) AS n FROM deadline WHERE resource_id = $1"
    news = "SELECT count(*) AS n FROM outbox WHERE resource_id = $1"
    for name, sql in (("link", linked), ("clock", clocks), ("news", news)):
        counts[name] = ground.rows(sql, tip)[0]["n"]
    return counts


def test_a_tip_is_given_notice_when_its_term_is_near(keeping: Ground) -> None:
    early, _ = keeping.closed(695)
    near, _ = keeping.closed((TODAY - TWO_YEARS_BEFORE_DUE).days)
    over, _ = keeping.closed(900)
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


def test_nothing_goes_before_its_day(keeping: Ground) -> None:
    tip, _ = keeping.noticed()
    keeping.run(DUE - timedelta(days=1))
    assert keeping.tip(tip)["expired_on"] is None
    assert parts(keeping, tip)["tip_text"] == 1
    keeping.run(DUE)
    assert keeping.tip(tip)["expired_on"] == DUE


def test_all_that_was_told_is_gone_and_the_counts_are_there(keeping: Ground) -> None:
    tip, receipt = keeping.full()
    keeping.run()
    before, was = parts(keeping, tip), keeping.tip(tip)
    assert before.pop("tip_identity") == 0  # its own term was over first
    assert min(before.values()) >= 1
    sealed = sealed_of(keeping, tip)
    folder = files(keeping)
    assert all(found(keeping, [one], folder) for one in sealed)  # what is there is found
    level = service_level(keeping)
    assert keeping.run(DUE).expired >= 1
    assert set(parts(keeping, tip).values()) == {0}
    plain = [CANARY.encode(), FILE, CONTACT["name"].encode(), CONTACT["phone"].encode()]
    assert found(keeping, [*plain, *sealed, receipt.encode()], folder) == []
    assert service_level(keeping) == level
    after = keeping.tip(tip)
    same = ("unit_id", "received_unit_id", "received_on", "kind", "category", "outcome", "channel",
            "resolved_on", "resolved_in_time", "closed_on", "state")  # fmt: skip
    assert {name: after[name] for name in same} == {name: was[name] for name in same}
    assert (after["expired_on"], after["has_contact"], after["shared"]) == (DUE, False, [])


def sealed_of(ground: Ground, tip: UUID) -> list[bytes]:
    """What lay sealed of a tip, the keys of it, and its file as it is stored."""
    told: list[bytes] = []
    for table in ("tip_text", "tip_message", "tip_attachment"):
        for row in ground.rows(f"SELECT * FROM {table} WHERE tip_id = $1", tip):
            told += [row["sealed"]] if "sealed" in row else []
            told += [key.encode() for key in json.loads(row["keys"]).values()]
    lookup = ground.rows("SELECT * FROM tip_receipt WHERE tip_id = $1", tip)[0]
    told += [lookup["lookup"], lookup["private_key"]]
    file = ground.rows("SELECT sha256 FROM tip_attachment WHERE tip_id = $1", tip)[0]["sha256"]
    path = next(path for path in files(ground).rglob(file))
    return [*told, path.read_bytes()]


def files(ground: Ground) -> Path:
    stored: str = ground.house.app.state.house.settings.storage
    return Path(stored.removeprefix("file://")) / "tips"


def service_level(ground: Ground) -> Any:
    caller = ground.caller(Role.TIP_OFFICER, of="1")
    unit = str(ground.country["1"])
    return caller.get("/api/v1/tip-service-level", unit=unit, **{"from": "2020-01-01"}).json()


def without(tables: dict[str, list[str]], tip: UUID) -> dict[str, list[str]]:
    """All rows that do not name a tip; what waits to be sealed names only its entry."""
    told = {name: rows for name, rows in tables.items() if name != "audit_waiting"}
    return {name: [row for row in rows if str(tip) not in row] for name, rows in told.items()}


def test_what_survives_is_the_same_byte_for_byte(keeping: Ground) -> None:
    keeping.run(DUE)  # whatever else is due
    keeping.run(DUE)
    other, _ = keeping.closed(
        10, text="còn giữ", contact=CONTACT, attachments=[(FILE, "image/png")]
    )
    tip, _ = keeping.noticed()
    before = without(everything(keeping), tip)
    assert keeping.run(DUE).expired == 1
    assert without(everything(keeping), tip) == before
    assert parts(keeping, other)["tip_text"] == 1


def test_a_second_run_does_nothing(keeping: Ground) -> None:
    keeping.noticed()
    keeping.run(DUE)
    before = everything(keeping)
    assert keeping.run(DUE) == expiring.Gone()
    assert everything(keeping) == before


def test_the_receipt_leads_nowhere_any_more(keeping: Ground) -> None:
    tip, receipt = keeping.noticed()
    assert leads_to(keeping, receipt) == tip
    keeping.run(DUE)
    assert leads_to(keeping, receipt) is None


def leads_to(ground: Ground, receipt: str) -> UUID | None:
    """The tip that a holder of a receipt sees, in his role."""
    office = ground.house.app.state.house.tips
    lookup = office.keys.receipts.opened(receipt).lookup.hex()

    async def sought() -> UUID | None:
        async with office.database.write_transaction() as session:
            set_ = text("SELECT set_config('binhyen.receipt', :lookup, true)")
            await execute(session, set_, {"lookup": lookup})
            await act_as(session, INFORMANT)
            seen: UUID | None = (await execute(session, text("SELECT id FROM tip"))).scalar()
            return seen

    return runner().run(sought())


class Killed(Exception):
    """As if the machine had gone away."""


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_run_that_is_killed_leaves_all_or_nothing(
    keeping: Ground, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    keeping.run(DUE)
    tips = [keeping.full()[0] for _ in range(3)]
    keeping.run()
    whole = {tip: parts(keeping, tip) for tip in tips}
    real, count = deleting.let_go, iter(range(9))

    async def let_go(session: Any, tip: UUID) -> None:
        if when == "after":
            await real(session, tip)
        if next(count) == 1:
            raise Killed
        if when == "before":
            await real(session, tip)

    monkeypatch.setattr(deleting, "let_go", let_go)
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


def test_a_file_stays_when_its_row_does(keeping: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is deleted outside cannot be taken back: it comes after the commit."""
    tip, _ = keeping.noticed(attachments=[(FILE, "image/png")])
    row = keeping.rows("SELECT sha256 FROM tip_attachment WHERE tip_id = $1", tip)[0]

    async def touch(*given: Any) -> None:
        raise Killed

    monkeypatch.setattr(records, "log_changes", touch)
    with pytest.raises(Killed):
        keeping.run(DUE)
    (path,) = files(keeping).rglob(row["sha256"])
    assert sha256(path.read_bytes()).hexdigest() == row["sha256"]


def test_a_file_that_cannot_go_now_is_told_and_the_row_goes(
    keeping: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeping.run(DUE)
    tip, _ = keeping.noticed(attachments=[(FILE, "image/png")])

    async def delete(self: Storage, sha256: str) -> None:
        raise StorageError("delete")

    monkeypatch.setattr(Storage, "delete", delete)
    done = keeping.run(DUE)
    assert (done.expired, done.files_left) == (1, 1)
    assert keeping.tip(tip)["expired_on"] == DUE


def test_a_word_of_the_informant_takes_notice_back(keeping: Ground) -> None:
    tip, _ = keeping.noticed()
    message(keeping, tip, TODAY + timedelta(days=5))
    keeping.run(TODAY + timedelta(days=5))
    assert (keeping.tip(tip)["noticed_on"], keeping.tip(tip)["expires_on"]) == (None, None)
    keeping.run(TODAY + timedelta(days=6))
    assert keeping.tip(tip)["expires_on"] == TODAY + timedelta(days=36)
    keeping.run(DUE)
    assert keeping.tip(tip)["expired_on"] is None
    keeping.run(TODAY + timedelta(days=36))
    assert keeping.tip(tip)["expired_on"] == TODAY + timedelta(days=36)


def test_a_word_on_the_very_last_day_keeps_the_tip(keeping: Ground) -> None:
    tip, _ = keeping.noticed()
    message(keeping, tip, DUE)
    keeping.run(DUE)
    assert keeping.tip(tip)["expired_on"] is None


def message(ground: Ground, tip: UUID, day: date) -> None:
    async def said() -> None:
        async with ground.house.app.state.house.database.write_transaction() as session:
            await act_as(session, INTAKE)
            await execute(session, text(
                "INSERT INTO tip_message "
                "(id, tip_id, number, from_informant, sent_on, sealed, keys) "
                "VALUES (:id, :tip, 99, true, :day, '', '{}')"
            ), {"id": uuid4(), "tip": tip, "day": day})  # fmt: skip

    runner().run(said())


def test_nothing_is_added_to_a_tip_that_has_gone(keeping: Ground) -> None:
    """Who adds while somebody lets go waits for him, and is refused."""
    tip, _ = keeping.noticed()
    keeping.run(DUE)
    with pytest.raises(IntegrityError, match="the tip has expired"):
        message(keeping, tip, DUE)
    assert keeping.rows("SELECT * FROM tip_message WHERE tip_id = $1", tip) == []


def test_identities_go_before_by_a_term_of_their_own(keeping: Ground) -> None:
    kept, _ = keeping.closed(80, contact=CONTACT)
    tip, _ = keeping.closed(91, contact=CONTACT)
    assert parts(keeping, tip)["tip_identity"] == 1
    keeping.run()
    assert (parts(keeping, tip)["tip_identity"], parts(keeping, tip)["tip_text"]) == (0, 1)
    assert keeping.tip(tip)["has_contact"] is False
    assert parts(keeping, kept)["tip_identity"] == 1


def test_what_is_not_closed_is_kept_for_ever(keeping: Ground) -> None:
    tip, _ = keeping.closed(3_000)
    keeping.rows("UPDATE tip SET state = 'received', closed_on = NULL WHERE id = $1", tip)
    keeping.run()
    assert keeping.tip(tip)["expires_on"] is None


def test_a_hold_stops_it_and_its_release_lets_it_go(keeping: Ground) -> None:
    tip, _ = keeping.closed(800, contact=CONTACT)
    assert keeping.hold(tip).status_code == 201
    keeping.run()
    keeping.run(DUE)
    assert keeping.tip(tip)["expires_on"] == DUE
    assert (keeping.tip(tip)["expired_on"], parts(keeping, tip)["tip_identity"]) == (None, 1)
    officer = keeping.caller(Role.TIP_OFFICER)
    said = {"reason": "Xong việc"}
    assert officer.post(f"/api/v1/tips/{tip}/hold/release", said).status_code == 200
    keeping.run(DUE)
    assert keeping.tip(tip)["expired_on"] == DUE


def test_an_expired_tip_is_not_there_for_officers(keeping: Ground) -> None:
    tip, _ = keeping.noticed()
    keeping.run(DUE)
    assert keeping.hold(tip).json()["code"] == "tip_not_found"


def test_the_clock_does_it_by_itself(keeping: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    """The job as the worker runs it, thirty days on."""
    tip, _ = keeping.noticed(attachments=[(FILE, "image/png")])
    name = keeping.rows("SELECT sha256 FROM tip_attachment WHERE tip_id = $1", tip)[0]["sha256"]
    house = keeping.house.app.state.house
    monkeypatch.setenv("BINHYEN_STORAGE", house.settings.storage)

    async def work() -> None:
        await TASKS["expire_tips"].run(house.database)

    runner().run(work())
    assert keeping.tip(tip)["expired_on"] is None
    later = time.time() + timedelta(days=30).total_seconds()
    monkeypatch.setattr(time, "time", lambda: later)
    runner().run(work())
    assert keeping.tip(tip)["expired_on"] == DUE
    assert list(files(keeping).rglob(name)) == []


def test_two_runs_at_once_let_go_once(keeping: Ground) -> None:
    keeping.run(DUE)
    tips = [keeping.noticed()[0] for _ in range(6)]
    house = keeping.house.app.state.house

    async def both() -> list[expiring.Gone]:
        run = [expiring.expire(house.database, house.tips.storage, DUE) for _ in range(2)]
        return await asyncio.gather(*run)

    assert sum(done.expired for done in runner().run(both())) == 6
    ids = "SELECT resource_id FROM audit_entry WHERE act = 'security' AND resource_id = ANY ($1)"
    assert sorted(row["resource_id"] for row in keeping.rows(ids, tips)) == sorted(tips)


def test_a_hold_laid_while_it_goes_comes_in_time_or_too_late(keeping: Ground) -> None:
    """Never is a tip held and gone."""
    house, path = keeping.house.app.state.house, "/api/v1/tips/{}/hold"
    for _ in range(4):
        tip, _ = keeping.noticed()
        said = {"reason": "x", "document_id": str(keeping.document())}
        caller = keeping.caller(Role.TIP_OFFICER)

        async def both(tip: UUID = tip, said: Any = said, caller: Any = caller) -> Any:
            return await asyncio.gather(
                expiring.expire(house.database, house.tips.storage, DUE),
                keeping.house.answer("POST", path.format(tip), json=said, headers=caller.headers),
            )

        _, answer = runner().run(both())
        gone = keeping.tip(tip)["expired_on"] is not None
        assert answer.status_code == (404 if gone else 201)


def test_a_worker_that_is_in_its_roles_only_lets_go(keeping: Ground) -> None:
    """It owns nothing, and is no superuser."""
    keeping.run(DUE)
    tip, _ = keeping.full()
    keeping.run()
    name = f"worker_{uuid4().hex[:8]}"
    keeping.rows(f"CREATE ROLE {name} LOGIN PASSWORD 'known'")
    keeping.rows(f"GRANT binhyen_runtime, binhyen_keeper TO {name}")
    url = f"postgresql://{name}:known@{keeping.url.rpartition('@')[2]}"

    async def work() -> expiring.Gone:
        database = Database.connect(url, size=1, role=RUNTIME)
        try:
            return await expiring.expire(database, keeping.house.app.state.house.tips.storage, DUE)
        finally:
            await database.close()

    try:
        assert runner().run(work()).expired == 1
        assert set(parts(keeping, tip).values()) == {0}
    finally:
        keeping.rows(f"DROP ROLE {name}")


def test_the_application_itself_deletes_nothing_of_a_tip(keeping: Ground) -> None:
    """Not as it serves: only the keeper's role may."""
    tip, _ = keeping.full(1)

    async def delete(table: str) -> None:
        async with keeping.house.app.state.house.database.write_transaction() as session:
            await execute(session, text(f"DELETE FROM {table} WHERE tip_id = :id"), {"id": tip})

    for table in set(PARTS) - {"kept_receipt"}:  # which are forgotten after three days
        with pytest.raises(DBAPIError, match="permission denied"):
            runner().run(delete(table))
