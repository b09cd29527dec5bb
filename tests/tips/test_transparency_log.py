"""The transparency log: truncation shows, and a proof of receipt shows a missing tip."""

import base64
import json
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from app.cli import cli
from app.db.tables.tip_parts import CountedEvent, TipCount
from app.domain.deadlines.days import COUNTRY_TIME
from app.domain.records.hash_chain import GENESIS
from app.domain.tips.transparency_log import heads, months, signatures
from app.domain.tips.transparency_log.append import append_event, hash_count
from app.domain.tips.transparency_log.leaves import hash_leaf
from app.domain.tips.transparency_log.small_cells import MIN_CELL, find_suppressed
from tests.application import runner
from tests.tips.expiry_scenario import TODAY, ExpiryScenario
from tests.tips.fixtures import give_tip
from tests.tips.test_expiry import leads_to

COUNTER, KEYS, PROOFS = (f"/api/v1/public/tips/{name}" for name in ("counter", "keys", "proofs"))
RECEIVED, ANSWERED, LATE = CountedEvent


@dataclass(frozen=True)
class Submission:
    """A tip with the receipt and the proof that its informant holds."""

    tip: UUID
    receipt: str
    proof: str
    position: int


@pytest.fixture
def empty_log(keeping: ExpiryScenario) -> ExpiryScenario:
    """Empty the log."""
    keeping.rows("TRUNCATE tip_count")
    return keeping


def counts(scenario: ExpiryScenario, *events: tuple[CountedEvent, str, date]) -> None:
    async def append_all() -> None:
        async with scenario.application.behind() as session:
            for event, unit, day in events:
                await append_event(
                    session, event, scenario.country[unit], day, secrets.token_bytes(32)
                )

    runner().run(append_all())


def hand_in(scenario: ExpiryScenario, text: str = "Có người lạ", **over: Any) -> Submission:
    """Submit a tip; return its proof."""
    tip, receipt = give_tip(scenario.application, scenario.country["1.1"], text=text)
    nonce = secrets.token_bytes(16)
    digest = sha256(nonce + text.encode()).digest()
    leaf = hash_leaf(nonce, digest)

    async def append() -> Any:
        async with scenario.application.behind() as session:
            return await append_event(session, RECEIVED, scenario.country["1.1"], TODAY, leaf)

    link = runner().run(append())
    said = {
        "v": 1, "authority": "https://tips.example",
        "received_at": datetime.now(COUNTRY_TIME).replace(microsecond=0).isoformat(),
        "sha256": digest.hex(), "nonce": base64.b64encode(nonce).decode(), "leaf": leaf.hex(),
        "position": link.position, "head": link.head.hex(),
    } | over  # fmt: skip
    return Submission(tip, receipt, signatures.sign(keys_of(scenario), said), link.position)


def keys_of(scenario: ExpiryScenario) -> Any:
    return scenario.application.app.state.resources.tips.keys


def look_at(scenario: ExpiryScenario, proof: str) -> Any:
    answer = scenario.application.nobody.post(PROOFS, {"proof": proof})
    assert answer.status_code == 200, answer.json()
    return answer.json()


def verify(
    scenario: ExpiryScenario, published: tuple[int, str] | None = None
) -> heads.Verification:
    async def check() -> heads.Verification:
        async with scenario.application.app.state.resources.database.read_transaction() as session:
            return await heads.verify_counter(session, published)

    return runner().run(check())


def test_proof_is_genuine_and_counted(empty_log: ExpiryScenario) -> None:
    handed = hand_in(empty_log)
    assert look_at(empty_log, handed.proof) == {
        "genuine": True, "counted": True, "authority": "https://tips.example",
        "received_on": TODAY.isoformat(), "position": 1, "inclusion": None,
    }  # fmt: skip


def test_position_is_proven_when_the_day_is_over(empty_log: ExpiryScenario) -> None:
    """Until then nobody can count, by tips of their own, how many others came between."""
    said = {"text": "Có người lạ", "unit_code": str(empty_log.country["1.1"])}
    answer = empty_log.application.nobody.post("/api/v1/public/tips", said)
    proof = answer.json()["proof"]
    body = proof.split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    assert {"position", "head"} & claims.keys() == set()
    found = look_at(empty_log, proof)
    assert (found["counted"], found["position"], found["inclusion"]) == (True, None, None)
    empty_log.rows("UPDATE tip_count SET day = day - 1")
    found = look_at(empty_log, proof)
    assert (found["counted"], found["position"]) == (True, 1)
    inclusion = found["inclusion"]
    assert look_at(empty_log, inclusion)["counted"]
    empty_log.rows("UPDATE tip_count SET hash = sha256(hash)")  # the chain was made again
    assert not look_at(empty_log, inclusion)["counted"]
    empty_log.rows("TRUNCATE tip_count")
    assert look_at(empty_log, proof) == found | {
        "counted": False, "position": None, "inclusion": None,
    }  # fmt: skip


def test_proof_verifies_with_the_public_key_alone(empty_log: ExpiryScenario) -> None:
    head, body, signature = hand_in(empty_log).proof.split(".")
    (key,) = empty_log.application.nobody.get(KEYS).json()["keys"]
    assert (key["kty"], key["crv"], key["alg"]) == ("OKP", "Ed25519", "EdDSA")
    assert key["kid"] in _raw(head).decode()
    public = Ed25519PublicKey.from_public_bytes(_raw(key["x"]))
    public.verify(_raw(signature), f"{head}.{body}".encode())
    assert "d" not in key


def _raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_proof_reveals_a_deleted_tip(empty_log: ExpiryScenario) -> None:
    handed, others = hand_in(empty_log), [hand_in(empty_log), hand_in(empty_log)]
    empty_log.rows("DELETE FROM tip WHERE id = $1", handed.tip)
    assert leads_to(empty_log, handed.receipt) is None
    found = look_at(empty_log, handed.proof)
    assert (found["genuine"], found["counted"]) == (True, True)
    assert verify(empty_log).faults == []
    empty_log.rows("DELETE FROM tip_count WHERE position = $1", handed.position)
    found = look_at(empty_log, handed.proof)
    assert (found["genuine"], found["counted"]) == (True, False)
    assert all(look_at(empty_log, other.proof)["counted"] for other in others)
    assert verify(empty_log).faults == [
        "links 1 to 1 are missing", "link 2 does not follow from the one before",
    ]  # fmt: skip


def test_recomputed_chain_does_not_match_the_proofs(empty_log: ExpiryScenario) -> None:
    """A recomputed chain is consistent, but contradicts every proof."""
    first, second, third = (hand_in(empty_log) for _ in range(3))
    before = sign_head(empty_log)
    empty_log.rows("DELETE FROM tip_count WHERE position = 2")
    empty_log.rows("UPDATE tip_count SET position = 2 WHERE position = 3")
    runner().run(_mend(empty_log))
    assert verify(empty_log).faults == []
    assert look_at(empty_log, first.proof)["counted"]
    assert not look_at(empty_log, second.proof)["counted"]
    assert not look_at(empty_log, third.proof)["counted"]
    assert verify(empty_log, before).faults == ["the published head at 3 is not in this chain"]


async def _mend(scenario: ExpiryScenario) -> None:
    async with scenario.application.behind() as session:
        first, last = (await session.get(TipCount, 1), await session.get(TipCount, 2))
        assert first
        assert last
        last.hash = hash_count(first.hash, last)


def sign_head(scenario: ExpiryScenario, today: date = TODAY + timedelta(days=1)) -> tuple[int, str]:
    async def sign() -> Any:
        async with scenario.application.app.state.resources.database.read_transaction() as session:
            return await heads.sign_head(session, keys_of(scenario), today)

    head = runner().run(sign())
    return head.position, head.hash


def test_truncated_chain_fails_against_a_published_head(empty_log: ExpiryScenario) -> None:
    for _ in range(3):
        hand_in(empty_log)
    before = sign_head(empty_log)
    assert verify(empty_log, before).faults == []
    empty_log.rows("DELETE FROM tip_count WHERE position = 3")
    assert verify(empty_log).faults == []
    assert verify(empty_log, before).faults == ["the published head at 3 is not in this chain"]


@pytest.mark.parametrize(
    "change",
    [
        "event = 'late'", "unit_id = (SELECT id FROM unit WHERE level = 'village' LIMIT 1)",
        "month = month - interval '1 month'", "leaf = sha256('x')", "hash = sha256('x')",
    ],
)  # fmt: skip
def test_altered_link_is_named(empty_log: ExpiryScenario, change: str) -> None:
    counts(empty_log, *[(RECEIVED, "2.2", TODAY)] * 4)
    assert (verify(empty_log).links, verify(empty_log).faults) == (4, [])
    empty_log.rows(f"UPDATE tip_count SET {change} WHERE position = 2")
    assert verify(empty_log).faults[0].split(" does")[0] in ("link 2", "link 3")


def test_foreign_signature_is_not_genuine(empty_log: ExpiryScenario) -> None:
    proof = hand_in(empty_log).proof
    head, body, signature = proof.split(".")
    none = base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
    wrong = [
        f"{head}.{body[:-2]}AA.{signature}", f"{none}.{body}.", f"{head}.{body}.",
        f"{head}.{body}", "x", "a.b.c", "....", f"{signature}.{body}.{head}",
    ]  # fmt: skip
    for token in wrong:
        assert look_at(empty_log, token) == {
            "genuine": False, "counted": False, "authority": None, "received_on": None,
            "position": None, "inclusion": None,
        }, token  # fmt: skip


def test_signed_head_is_not_a_proof(empty_log: ExpiryScenario) -> None:
    hand_in(empty_log)
    head = empty_log.application.nobody.get(COUNTER).json()["head"]
    assert look_at(empty_log, head["signature"])["genuine"] is False


@pytest.mark.parametrize(
    "over",
    [
        {"v": 3}, {"leaf": "00" * 32}, {"nonce": "AAAA"}, {"sha256": "zz"}, {"position": "1"},
        {"received_at": "yesterday"}, {"head": None}, {"nonce": 7},
    ],
)  # fmt: skip
def test_other_signed_claims_are_not_a_proof(
    empty_log: ExpiryScenario, over: dict[str, Any]
) -> None:
    assert look_at(empty_log, hand_in(empty_log, **over).proof)["genuine"] is False


def test_empty_or_oversized_proof_is_refused(empty_log: ExpiryScenario) -> None:
    for said in ({"proof": "x" * 5_000}, {"proof": ""}, {}, {"proof": "x", "more": 1}):
        assert empty_log.application.nobody.post(PROOFS, said).status_code == 422


def test_head_is_that_of_the_day_before(empty_log: ExpiryScenario) -> None:
    """The head of this minute would show an observer when a tip comes."""
    counts(empty_log, *[(RECEIVED, "1.1", TODAY - timedelta(days=1))] * 2)
    before = empty_log.application.nobody.get(COUNTER).json()["head"]
    counts(empty_log, *[(RECEIVED, "1.1", TODAY)] * 3)
    head = empty_log.application.nobody.get(COUNTER).json()["head"]
    assert head == before
    assert (head["position"], head["signed_at"]) == (2, TODAY.isoformat())
    said = signatures.verify(keys_of(empty_log), head["signature"])
    assert said == {"v": 1, "position": 2, "head": head["hash"], "on": TODAY.isoformat()}
    assert sign_head(empty_log)[0] == 5


def test_empty_log_has_a_head(empty_log: ExpiryScenario) -> None:
    head = empty_log.application.nobody.get(COUNTER).json()["head"]
    assert (head["position"], head["hash"]) == (0, GENESIS.hex())


LAST = TODAY.replace(day=1) - timedelta(days=1)


def month_of(scenario: ExpiryScenario, unit: str | None) -> Any:
    params = {"year": LAST.year} | ({"unit_code": str(scenario.country[unit])} if unit else {})
    told = scenario.application.nobody.get(COUNTER, **params)
    assert told.status_code == 200, told.json()
    return next(m for m in told.json()["months"] if m["month"] == f"{LAST:%Y-%m}-01")


def test_only_complete_months_are_published(empty_log: ExpiryScenario) -> None:
    counts(empty_log, *[(RECEIVED, "1.1", LAST)] * 6, *[(RECEIVED, "1.1", TODAY)] * 9)
    told = empty_log.application.nobody.get(COUNTER, year=TODAY.year).json()["months"]
    assert f"{TODAY:%Y-%m}-01" not in {one["month"] for one in told}
    assert month_of(empty_log, None)["received"] == 6


def test_unit_counts_include_units_below(empty_log: ExpiryScenario) -> None:
    units = ("1.1", "1.2", "1", "2.1", "2")
    told = [(RECEIVED, unit) for unit in units] + [(ANSWERED, "1.1"), (LATE, "2.1")]
    counts(empty_log, *[(event, unit, LAST) for event, unit in told for _ in range(6)])
    assert month_of(empty_log, None) == {
        "month": f"{LAST:%Y-%m}-01", "received": 30, "answered_in_time": 6, "late": 6,
        "suppressed": False,
    }  # fmt: skip
    assert [month_of(empty_log, unit)["received"] for unit in ("1", "1.1", "1.2", "2", "2.1")] == [
        18, 6, 6, 12, 6,
    ]  # fmt: skip
    assert month_of(empty_log, "1.1")["late"] is None
    assert month_of(empty_log, "1.1")["suppressed"] is True


def test_small_commune_cannot_be_derived_from_its_province(
    empty_log: ExpiryScenario,
) -> None:
    counts(empty_log, *[(RECEIVED, "1.1", LAST)] * 3, *[(RECEIVED, "1.2", LAST)] * 20,
           *[(RECEIVED, "2.1", LAST)] * 20)  # fmt: skip
    assert month_of(empty_log, None)["received"] == 43
    assert month_of(empty_log, "1")["received"] == 23
    assert month_of(empty_log, "1.1")["received"] is None
    assert month_of(empty_log, "1.2")["received"] is None
    assert month_of(empty_log, "2.1")["received"] == 20


def test_small_province_cannot_be_derived(empty_log: ExpiryScenario) -> None:
    counts(empty_log, *[(RECEIVED, "1.1", LAST)] * 3, *[(RECEIVED, "2.1", LAST)] * 20,
           *[(RECEIVED, "2.2", LAST)] * 30)  # fmt: skip
    assert month_of(empty_log, None)["received"] == 53
    assert [month_of(empty_log, unit)["received"] for unit in ("1", "2", "2.1")] == [None] * 3
    assert month_of(empty_log, "2.2")["received"] == 30


Table = dict[str, dict[str, int]]


@given(
    st.dictionaries(
        st.sampled_from("ABCD"),
        st.dictionaries(st.sampled_from("klmn"), st.sampled_from([0, 1, 3, 4, 5, 6, 20])),
    )
)  # fmt: skip
def test_no_small_cell_can_be_derived(country: Table) -> None:
    """Neither from a province and its communes, nor from the country and its provinces."""
    provinces = {name: sum(communes.values()) for name, communes in country.items()}
    shown = {name: months.publish_number([(name, provinces)]) for name in country}
    whole = months.publish_number([("whole", provinces)])
    assert _find_betrayed(provinces, shown, whole) == []
    for name, communes in country.items():
        below = {c: months.publish_number([(name, provinces), (c, communes)]) for c in communes}
        assert all(below[c] is None for c in communes if communes[c] < MIN_CELL)
        assert _find_betrayed(communes, below, shown[name]) == []


def _find_betrayed(
    numbers: dict[str, int], shown: dict[str, int | None], whole: int | None
) -> list[str]:
    kept_back = [name for name in numbers if shown[name] is None and numbers[name]]
    if whole is None:
        return ["whole"] if not kept_back and any(numbers.values()) else []
    return kept_back if len(kept_back) == 1 else []


def test_cell_suppressed_above_is_suppressed_below() -> None:
    numbers = {"a": 6, "b": 7, "whole": 13}
    assert find_suppressed(numbers, [list(numbers)], withheld={"whole"}) == {"whole", "a"}


@pytest.mark.parametrize("place", ["nowhere", "1.1.1"])
def test_village_and_unknown_unit_are_not_found(empty_log: ExpiryScenario, place: str) -> None:
    code = str(empty_log.country[place]) if place in empty_log.country.units else place
    answer = empty_log.application.nobody.get(COUNTER, unit_code=code)
    assert (answer.status_code, answer.json()["code"]) == (404, "unit_not_counted")


def test_counter_sets_no_cookie_and_no_tracking(empty_log: ExpiryScenario) -> None:
    for answer in (
        empty_log.application.nobody.get(COUNTER),
        empty_log.application.nobody.get(KEYS),
    ):
        assert answer.headers["cache-control"] == "no-store"
        assert not {"etag", "set-cookie"} & set(answer.headers)


def test_command_prints_links_and_head(
    empty_log: ExpiryScenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts(empty_log, *[(RECEIVED, "1.1", TODAY)] * 3)
    head = empty_log.rows("SELECT hash FROM tip_count WHERE position = 3")[0]["hash"]
    data = str(empty_log.application.app.state.resources.settings.data)
    monkeypatch.setenv("BINHYEN_DATABASE_URL", empty_log.url)
    monkeypatch.setenv("BINHYEN_DATA", data)
    verb = ["tips", "verify-counter", "--data", data]
    told = CliRunner().invoke(cli, verb)
    assert told.exit_code == 0, told.output
    assert told.stdout.splitlines() == ["links: 3", f"head: {head.hex()}"]
    token = signatures.sign(keys_of(empty_log), {"v": 1, "position": 3, "head": head.hex()})
    assert CliRunner().invoke(cli, [*verb, "--head", token]).exit_code == 0
    empty_log.rows("DELETE FROM tip_count WHERE position = 3")
    told = CliRunner().invoke(cli, [*verb, "--head", token])
    assert told.exit_code == 1
    assert "broken: the published head at 3 is not in this chain" in told.stdout
    assert CliRunner().invoke(cli, [*verb, "--head", "x"]).exit_code == 1
