"""Numbers as sources state them stand beside rows and are never taken for rows."""

from typing import Any
from uuid import uuid4

import pytest

from app.domain.actor import Role
from tests.application import Application
from tests.documents.conftest import DOCUMENTS, Archive

STATED = "/api/v1/stated-tallies"
STATE = "mutation($data: TallyCreate!) { stateTally(data: $data) { id count qualifier } }"
ASK = """query($unit: String) { documentTally(unit: $unit, from: 2019, to: 2024) {
    rows counted { kind level rows } stated { label count qualifier rows } } }"""
BAC_KAN = "06"


def words(archive: Archive, **over: Any) -> dict[str, Any]:
    return {
        "unit": str(archive.country["1"]), "counts": "documents", "label": f"Văn bản {uuid4()}",
        "period_from": 2019, "period_to": 2024, "count": 200, "qualifier": "more_than",
        "quote": "hơn 200 văn bản", "source": "Báo cáo",
    } | over  # fmt: skip


class TestTheFiguresOfTheDemo:
    """A52, A53, A54 to A57 and A84 as they are published, on the shipped map."""

    def test_the_law_was_passed_and_is_in_force(self, atlas: Application) -> None:
        viewer = atlas.national(Role.VIEWER)
        [law] = viewer.get(DOCUMENTS, kind="law").json()["items"]
        assert (law["number"], law["symbol"]) == ("30/2023", "QH15")
        assert (law["issued_on"], law["in_force_on"]) == ("2023-11-28", "2024-07-01")
        assert viewer.get(DOCUMENTS, search="30/2023/qh15").json()["items"][0]["id"] == law["id"]

    def test_the_papers_that_the_sources_name(self, atlas: Application) -> None:
        found = atlas.national(Role.VIEWER).get(DOCUMENTS, order="oldest").json()["items"]
        told = [(d["kind"], d["number"], d["symbol"], d["issued_on"], d["state"]) for d in found]
        assert told == [
            ("law", "30/2023", "QH15", "2023-11-28", "issued"),
            ("directive", "09", "CT/TW", "2011-12-01", "issued"),
            ("resolution", "04", "NQ/TU", None, "issued"),
            ("decision", "285", "QĐ/TU", "2021-06-18", "issued"),
            ("official_letter", None, None, None, "issued"),
            ("plan", None, None, None, "draft"),
        ]
        periods = [(d["period_from"], d["period_to"]) for d in found if d["period_from"]]
        assert periods == [(2021, 2025), (2024, 2030)]

    def test_numbers_are_shown_as_stated_beside_the_rows(self, atlas: Application) -> None:
        viewer = atlas.national(Role.VIEWER)
        asked = {"from": 2019, "to": 2024}
        told = viewer.get(f"{DOCUMENTS}/tally", **asked).json()
        stated = [(t["count"], t["qualifier"], t["level"], t["rows"]) for t in told["stated"]]
        assert stated == [
            (5, "equal", "province", 0),
            (40, "equal", "province", 0),
            (200, "more_than", "province", 0),
            (580, "equal", None, 0),
        ]
        assert told["rows"] == 2  # the law of 2023 and the decision of 2021
        assert {(c["kind"], c["level"], c["rows"]) for c in told["counted"]} == {
            ("decision", "province", 1), ("law", "national", 1),
        }  # fmt: skip
        given = viewer.get("/api/v1/commendations/tally", **asked).json()
        assert given["rows"] == 0
        assert [(t["count"], t["qualifier"]) for t in given["stated"]] == [(100, "more_than")]
        assert "hơn 100 lượt tập thể, cá nhân" in given["stated"][0]["quote"]

    def test_they_are_those_of_the_province_that_follows_too(self, atlas: Application) -> None:
        for unit in (BAC_KAN, "19"):
            found = atlas.national(Role.VIEWER).get(STATED, unit=unit, as_of="2025-01-01")
            assert len(found.json()["items"]) == (7 if unit == BAC_KAN else 0)
        now = atlas.at(Role.VIEWER, code="19").get(STATED).json()["items"]
        assert len(now) == 7

    def test_numbers_of_tips_are_shown_with_their_qualifiers(self, atlas: Application) -> None:
        found = atlas.national(Role.VIEWER).get(STATED, counts="tips").json()["items"]
        told = {(t["count"], t["qualifier"], t["period_from"], t["period_to"]) for t in found}
        assert told == {(30, "almost", 2018, 2018), (6091, "equal", 2019, 2024)}


@pytest.mark.parametrize(
    ("over", "pointer"),
    [
        ({"period_from": 2025, "period_to": 2024}, "/period_to"),
        ({"counts": "commendations", "kind": "law"}, "/kind"),
        ({"form": "merit_certificate"}, "/form"),
        ({"count": -1}, "/count"),
        ({"qualifier": ">"}, "/qualifier"),
        ({"quote": ""}, "/quote"),
    ],
)
def test_bad_words_name_the_field(archive: Archive, over: Any, pointer: str) -> None:
    told = archive.at(Role.RECORDER, path="1").post(STATED, words(archive, **over))
    assert (told.status_code, told.json()["errors"][0]["pointer"]) == (422, pointer)


def test_who_may_state_and_ask(archive: Archive) -> None:
    data = words(archive)
    graphql = {
        "unit": data["unit"], "counts": "DOCUMENTS", "label": data["label"], "count": 1,
        "periodFrom": 2019, "periodTo": 2024, "quote": "x", "source": "y",
    }  # fmt: skip
    for caller, status, code in (
        (archive.application.nobody, 401, "unauthenticated"),
        (archive.at(Role.VIEWER, path="1"), 403, "forbidden"),
        (archive.at(Role.RECORDER, path="2"), 404, "unit_not_found"),
    ):
        told = caller.post(STATED, data)
        assert (told.status_code, told.json()["code"]) == (status, code)
        asked = caller.ask(STATE, data=graphql)
        assert status == 401 or asked["errors"][0]["extensions"]["code"] == code
    for path in (DOCUMENTS, "/api/v1/commendations"):
        assert archive.application.nobody.get(f"{path}/tally").status_code == 401
        assert archive.at(Role.OPERATOR).get(f"{path}/tally").status_code == 403
    made = archive.at(Role.RECORDER, path="1").ask(STATE, data=graphql)
    assert made["data"]["stateTally"]["qualifier"] == "EQUAL"


def test_a_number_of_a_source_is_stated_once(archive: Archive) -> None:
    recorder, data = archive.at(Role.RECORDER, path="1"), words(archive)
    assert recorder.post(STATED, data).status_code == 201
    again = recorder.post(STATED, data)
    assert (again.status_code, again.json()["code"]) == (409, "tally_stated")


def test_rows_are_counted_as_rows_and_the_stated_number_stays(archive: Archive) -> None:
    recorder = archive.at(Role.RECORDER, path="2.1")
    unit = str(archive.country["2.1"])
    data = words(archive, unit=unit, kind="guidance", level="commune", count=40, qualifier="equal")
    recorder.post(STATED, data)
    path = f"{DOCUMENTS}/tally"
    for n, day in enumerate(("2019-01-01", "2024-12-31", "2018-12-31", None), start=1):
        made = archive.document("2.1", kind="guidance", number=f"{n}", issued_on=day)
        archive.at(Role.APPROVER, path="2.1").move(
            f"{DOCUMENTS}/{made['id']}", {"action": "register"}
        )
    archive.document("2.1", kind="guidance", issued_on="2020-01-01")  # a draft counts nowhere
    told = recorder.get(path, **{"from": 2019, "to": 2024, "unit": unit}).json()
    assert told["counted"] == [{"kind": "guidance", "level": "commune", "rows": 2}]
    [stated] = [one for one in told["stated"] if one["label"] == data["label"]]
    assert (stated["count"], stated["qualifier"], stated["rows"]) == (40, "equal", 2)
    same = recorder.ask(ASK, unit=unit)["data"]["documentTally"]
    assert same["rows"] == told["rows"] == 2
    assert [one["count"] for one in same["stated"]] == [one["count"] for one in told["stated"]]


def test_neighbours_count_their_own(archive: Archive) -> None:
    unit = str(archive.country["2.1"])
    told = archive.at(Role.VIEWER, path="1.1").get(f"{DOCUMENTS}/tally", unit=unit).json()
    assert (told["rows"], told["stated"]) == (0, [])
