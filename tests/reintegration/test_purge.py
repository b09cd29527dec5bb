"""The purge: key and rows are gone, a row of months stays, and no backup opens the case."""

from datetime import date
from typing import Any
from uuid import UUID

from app.db.storage import Storage
from app.domain.confidential.crypto.envelopes import decrypt
from app.domain.confidential.retention.shipped_rules import load_retention
from app.domain.reintegration.retention.service import purge_cases
from tests.application import Caller, runner
from tests.exchange.follower import FEED, settle
from tests.give import PAPER
from tests.reintegration.scenario import CASES, PERSON, CaseScenario, Wall

BELONGS = ("case", "assignment", "identity", "need", "transfer")


def purge(scenario: CaseScenario, day: str) -> None:
    state = scenario.application.app.state.resources

    async def run() -> None:
        async with scenario.application.behind() as session:
            await load_retention(session)
        storage = Storage.of(state.settings)
        await purge_cases(state.database, storage, state.cases, date.fromisoformat(day))

    runner().run(run())


def follow(caller: Caller, after: str = "") -> Any:
    settle(caller.application)
    terms = {"resource": "reintegration-cases"} | ({"after": after} if after else {})
    return caller.get(FEED, **terms).json()


def count_rows(scenario: CaseScenario, case: str) -> int:
    """Count what any table of cases has of a case."""
    found = 0
    for name in BELONGS:
        key = "id" if name == "case" else "case_id"
        sql = f"SELECT count(*) AS many FROM reintegration_{name} WHERE {key} = :id"
        found += scenario.rows(sql, id=UUID(case))[0]["many"]
    return found


def test_a_purged_case_leaves_months_and_opens_from_no_backup(
    scenario: CaseScenario, wall: Wall
) -> None:
    wall("2026-03-02 09:00")
    worker = scenario.who()
    case = scenario.open(worker, released_on="2025-07-15")["id"]
    keys = scenario.application.app.state.resources.cases.keys
    sealed = scenario.rows(
        "SELECT * FROM reintegration_identity WHERE case_id = :id", id=UUID(case)
    )
    keyring = runner().run(keys.find_key(UUID(case)))
    name, private = keyring.find_private_key(sealed[0]["keys"])
    context = f"reintegration_identity|{case}"
    assert decrypt(sealed[0]["sealed"], sealed[0]["keys"], name, private, context)
    scenario.step(worker, case, "close", closing_basis="imprisoned_again")
    colleague = scenario.who("colleague")
    starts = [(one, follow(one)["next"]) for one in (worker, colleague)]

    purge(scenario, "2028-03-10")  # two years later: notice is given
    assert count_rows(scenario, case) == 3
    purge(scenario, "2028-04-09")  # and thirty days after that
    assert count_rows(scenario, case) == 0
    assert runner().run(keys.find_key(UUID(case))) is None  # what was sealed stays so in a backup
    assert worker.get(f"{CASES}/{case}").status_code == 404
    left = scenario.rows("SELECT * FROM reintegration_episode WHERE release_month = '2025-07-01'")
    (episode,) = left
    assert (episode["release_month"], episode["months"]) == (date(2025, 7, 1), 7)
    assert episode["reoffended"]
    assert UUID(case) not in episode.values()
    kinds = [[item["kind"] for item in follow(*one)["items"]] for one in starts]
    assert kinds == [["purged"], []]  # by its id alone, to those who had a part in it
    told = "SELECT count(*) AS many FROM outbox WHERE resource_id = :id AND act <> 'change'"
    assert scenario.rows(told, id=UUID(case))[0]["many"] == 0
    acts = scenario.rows(
        "SELECT detail, reason FROM audit_entry WHERE resource_id = :id", id=UUID(case)
    )
    assert acts
    assert {row["reason"] for row in acts} <= {None}


def test_a_held_case_stays(scenario: CaseScenario, wall: Wall) -> None:
    wall("2026-03-02 09:00")
    worker = scenario.who()
    case = scenario.open(worker)["id"]
    scenario.step(worker, case, "close", closing_basis="expunged")
    held = worker.post(f"{CASES}/{case}/hold", {"document_id": str(PAPER)})
    assert held.status_code == 201, held.text
    for day in ("2028-03-10", "2028-04-09"):
        purge(scenario, day)
    assert count_rows(scenario, case) > 0
    assert worker.get(f"{CASES}/{case}/dossier").json()["content"]["person"] == PERSON
