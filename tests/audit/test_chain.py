"""Entries are sealed in order, once, whatever happens meanwhile; whatever is altered is named."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from app.cli import cli
from app.db.base import PLACE, now
from app.db.session import Database, execute
from app.db.tables.records import AuditEntry
from app.domain.audit import copies, seals, witness
from app.domain.audit.chain import COLUMNS, Seal
from app.domain.audit.errors import ChainBroken
from app.domain.audit.keys import AuditKeys, new_key
from app.domain.audit.service import verify_chain
from app.domain.audit.verification import What
from app.jobs.registry import TASKS
from bench import audit_attacks
from bench.trust_audit import all_powerful, tamper_and_verify
from tests.application import runner
from tests.conftest import copy_database
from tests.trust.short import terms

KEYS = AuditKeys([new_key()])


@pytest.fixture
def database(worker: str) -> Iterator[Database]:
    """A database of this test's own, as its administrator sees it."""
    url = all_powerful(copy_database("empty", f"chain_{worker}"))
    database = Database.connect(url, size=6)
    yield database
    runner().run(database.close())


async def give(database: Database, many: int) -> None:
    async with database.write_transaction() as session:
        session.add_all(audit_attacks.entry(Random(n)) for n in range(many))


async def run(database: Database, sql: str) -> None:
    async with database.write_transaction() as session:
        await execute(session, text("SET LOCAL session_replication_role = replica"))
        await execute(session, text(sql))


async def faults(
    database: Database, begin: int = 1, end: int | None = None, **published: bytes
) -> list[tuple[What, int | None]]:
    kept = {int(name[1:]): head for name, head in published.items()}
    async with database.write_transaction() as session:
        judge = await verify_chain(session, KEYS.verify, begin, end, kept)
    return [(fault.what, fault.position) for fault in judge.faults]


def test_all_of_an_entry_is_linked_but_where_it_lies_today() -> None:
    assert {*COLUMNS, *PLACE} == set(AuditEntry.model_fields)


def test_whatever_is_altered_shows(worker: str) -> None:
    found = runner().run(tamper_and_verify(copy_database("empty", f"tampered_{worker}"), terms(60)))
    print(found)
    assert found.holds, found


def test_a_cut_tail_is_revealed_only_by_a_stored_head(worker: str) -> None:
    url = copy_database("empty", f"cut_{worker}")
    found = runner().run(tamper_and_verify(url, terms(290), published=False))
    assert not found.holds
    assert found.figures["flips"] == "200/200"


def test_sealing_twice_seals_once(database: Database) -> None:
    runner().run(give(database, 5))
    assert runner().run(seals.seal_all(database, KEYS)) == 5
    assert runner().run(seals.seal_all(database, KEYS)) == 0
    assert runner().run(faults(database)) == []


def test_several_sealers_at_once_make_one_chain(database: Database) -> None:
    async def together() -> int:
        await give(database, 50)
        counts = await asyncio.gather(*(seals.seal_all(database, KEYS) for _ in range(5)))
        return sum(counts) + await seals.seal_all(database, KEYS)

    assert runner().run(together()) == 50
    assert runner().run(faults(database)) == []


def test_a_sealer_that_dies_leaves_nothing_half_done(database: Database) -> None:
    async def die() -> None:
        async with database.write_transaction() as session:
            await seals.seal_batch(session, KEYS)
            raise RuntimeError("killed")

    runner().run(give(database, 5))
    with pytest.raises(RuntimeError):
        runner().run(die())
    assert runner().run(seals.seal_all(database, KEYS)) == 5
    assert runner().run(faults(database)) == []


def test_many_entries_are_sealed_in_batches(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seals, "BATCH", 4)
    runner().run(give(database, 10))
    assert runner().run(seals.seal_all(database, KEYS)) == 10
    assert runner().run(faults(database)) == []


@pytest.fixture
def chain(database: Database) -> Database:
    """Twelve entries in three batches."""
    for _ in range(3):
        runner().run(give(database, 4))
        runner().run(seals.seal_all(database, KEYS))
    return database


@pytest.mark.parametrize(
    ("done", "wanted"),
    [
        ("UPDATE audit_entry SET subject = 'x' WHERE id = (SELECT entry_id FROM audit_link "
         "WHERE position = 6)", [(What.FLIPPED, 6)]),
        ("UPDATE audit_link SET hash = sha256('x') WHERE position = 6", [(What.FLIPPED, 6)]),
        ("DELETE FROM audit_entry WHERE id = (SELECT entry_id FROM audit_link "
         "WHERE position = 6)", [(What.MISSING, 6)]),
        ("DELETE FROM audit_seal WHERE position = 8", [(What.UNSIGNED, 12)]),
        ("DELETE FROM audit_seal WHERE position = 12", [(What.UNSIGNED, 9)]),
        ("UPDATE audit_seal SET sealed_at = sealed_at + interval '1 s' WHERE position = 8",
         [(What.UNSIGNED, 8)]),
        ("UPDATE audit_entry SET recorded_at = 'infinity' WHERE id = (SELECT entry_id "
         "FROM audit_link WHERE position = 2)", [(What.FLIPPED, 2)]),
        ("INSERT INTO audit_waiting VALUES (gen_random_uuid())", [(What.MISSING, None)]),
        ("UPDATE audit_link SET hash = o.hash FROM audit_link o WHERE audit_link.position + "
         "o.position = 13 AND audit_link.position IN (3, 10)",
         [(What.SWAPPED, 3), (What.SWAPPED, 10)]),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_place(
    chain: Database, done: str, wanted: list[tuple[What, int | None]]
) -> None:
    runner().run(run(chain, done))
    assert runner().run(faults(chain)) == wanted


def test_an_entry_that_nobody_seals_is_named(chain: Database) -> None:
    runner().run(give(chain, 1))
    assert runner().run(faults(chain)) == []  # it may wait for a while
    old = "UPDATE audit_entry SET recorded_at = now() - interval '2 min' WHERE id IN (SELECT * "
    runner().run(run(chain, old + "FROM audit_waiting)"))
    assert runner().run(faults(chain)) == [(What.UNSEALED, None)]
    runner().run(run(chain, "DELETE FROM audit_waiting"))
    assert runner().run(faults(chain)) == [(What.UNSEALED, None)]


def test_a_part_of_the_chain_is_verified_alone(chain: Database) -> None:
    flip = "UPDATE audit_link SET hash = sha256('x') WHERE position = 6"
    runner().run(run(chain, flip))
    assert runner().run(faults(chain, 8, 12)) == []
    assert runner().run(faults(chain, 1, 5)) == []
    assert runner().run(faults(chain, 5, 7)) == [(What.FLIPPED, 6)]


def test_a_published_head_reveals_what_was_cut_or_rewritten(chain: Database) -> None:
    assert runner().run(faults(chain, p14=b"x")) == [(What.CUT, 14)]
    assert runner().run(faults(chain, p10=b"x")) == [(What.REWRITTEN, 10)]


def test_another_key_vouches_for_nothing(chain: Database) -> None:
    async def judge() -> list[What]:
        async with chain.write_transaction() as session:
            judge = await verify_chain(session, AuditKeys([new_key()]).verify, 1, None, {})
        return [fault.what for fault in judge.faults]

    assert runner().run(judge()) == [What.UNSIGNED] * 3


def test_nothing_is_added_to_a_chain_that_was_cut(chain: Database) -> None:
    runner().run(run(chain, "DELETE FROM audit_link WHERE position > 10"))
    runner().run(give(chain, 1))
    with pytest.raises(ChainBroken):
        runner().run(seals.seal_all(chain, KEYS))


def test_a_new_key_signs_and_the_old_one_is_still_known(chain: Database) -> None:
    old = KEYS.public()["keys"][0]
    both = AuditKeys([new_key(), old])
    runner().run(give(chain, 1))
    assert runner().run(seals.seal_all(chain, both)) == 1

    async def count_faults() -> int:
        async with chain.write_transaction() as session:
            return (await verify_chain(session, both.verify, 1, None, {})).found

    assert runner().run(count_faults()) == 0


def test_a_key_without_its_private_part_signs_nothing() -> None:
    seal = Seal(1, 1, b"", now(), "")
    with pytest.raises(LookupError):
        AuditKeys(KEYS.public()["keys"]).sign(seal)
    assert KEYS.verify(KEYS.sign(seal))
    assert not KEYS.verify(replace(KEYS.sign(seal), position=2))


def test_keys_are_made_once_for_their_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "audit-key.json"
    first = AuditKeys.from_file(file, make=True)
    assert AuditKeys.from_file(file, make=True).public() == first.public()
    assert file.stat().st_mode & 0o777 == 0o600
    assert "d" not in first.public()["keys"][0]
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_the_witness_receives_every_head_once(chain: Database, tmp_path: Path) -> None:
    file = tmp_path / "heads"
    assert runner().run(seals.seal_all(chain, KEYS, file)) == 0
    assert [head.position for head in witness.read_heads(file)] == [4, 8, 12]
    runner().run(give(chain, 2))
    runner().run(seals.seal_all(chain, KEYS, file))
    runner().run(seals.seal_all(chain, KEYS, file))
    assert [head.position for head in witness.read_heads(file)] == [4, 8, 12, 14]
    assert all(KEYS.verify(head) for head in witness.read_heads(file))


def test_a_line_half_written_to_the_witness_is_written_again(
    chain: Database, tmp_path: Path
) -> None:
    file = tmp_path / "heads"
    runner().run(seals.publish(chain, file))
    whole = file.read_bytes()
    file.write_bytes(whole[:-20])
    runner().run(seals.publish(chain, file))
    assert file.read_bytes() == whole


def test_the_sealer_says_so_when_the_witness_knows_another_chain(
    chain: Database, tmp_path: Path
) -> None:
    file = tmp_path / "heads"
    runner().run(seals.publish(chain, file))
    gone = "DELETE FROM audit_seal WHERE position = 12; DELETE FROM audit_link WHERE position > 8"
    for sql in gone.split(";"):
        runner().run(run(chain, sql))
    with pytest.raises(ChainBroken):
        runner().run(seals.seal_all(chain, KEYS, file))


def test_the_scheduler_seals() -> None:
    assert TASKS["seal_audit"].cron == "* * * * * */4"


@pytest.fixture
def copy(chain: Database, tmp_path: Path) -> Path:
    file = tmp_path / "audit.ndjson"
    assert runner().run(copies.export(chain, KEYS, file)) == 12
    return file


def verify_copy(*arguments: str) -> tuple[int, list[tuple[str, int | None]]]:
    """Verify a copy with the command; return its exit code and the faults."""
    done = CliRunner().invoke(cli, ["audit", "verify", *arguments])
    said = json.loads(done.stdout)["faults"]
    return done.exit_code, [(fault["what"], fault["position"]) for fault in said]


def test_a_copy_is_verified_without_a_database(copy: Path) -> None:
    assert verify_copy(str(copy)) == (0, [])
    assert copy.stat().st_mode & 0o777 == 0o600


def test_a_copy_that_was_altered_is_found_out(copy: Path) -> None:
    lines = copy.read_text().splitlines(keepends=True)
    lines[3] = lines[3].replace('"client":"bench"', '"client":"bunch"')
    copy.write_text("".join(lines))
    assert verify_copy(str(copy)) == (1, [("flipped", 3)])
    copy.write_text("".join(lines[:2] + lines[3:]))
    assert ("missing", 2) in verify_copy(str(copy))[1]


def test_a_copy_that_was_cut_is_found_out_by_the_witness(
    chain: Database, copy: Path, tmp_path: Path
) -> None:
    file = tmp_path / "heads"
    runner().run(seals.publish(chain, file))
    assert verify_copy(str(copy), "--witness", str(file)) == (0, [])
    copy.write_text("".join(copy.read_text().splitlines(keepends=True)[:-5]))
    assert verify_copy(str(copy)) == (0, [])
    assert verify_copy(str(copy), "--witness", str(file)) == (1, [("cut", 12)])


def test_a_copy_is_verified_by_the_keys_one_trusts(copy: Path, tmp_path: Path) -> None:
    keys = tmp_path / "keys.json"
    keys.write_text(json.dumps(AuditKeys([new_key()]).public()))
    code, found = verify_copy(str(copy), "--keys", str(keys))
    assert (code, {what for what, _ in found}) == (1, {"unsigned"})


def test_what_is_no_copy_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("{}\n")
    assert CliRunner().invoke(cli, ["audit", "verify", str(tmp_path / "other")]).exit_code == 1
