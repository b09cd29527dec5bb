"""Figures as sources state them stand beside rows and are never taken for rows."""

from typing import Any
from uuid import uuid4

from app.domain.actor import Role
from tests.application import Application
from tests.documents.conftest import DOCUMENTS, Archive

STATED = "/api/v1/stated-figures"
ASK = """query($unit: String) { documentTally(unit: $unit, from: 2019, to: 2024) {
    rows counted { kind level rows } stated { label value qualifier rows } } }"""
BAC_KAN = "06"


def words(archive: Archive, **over: Any) -> dict[str, Any]:
    return {
        "unit": str(archive.country["1"]), "measure": "documents_issued",
        "label": f"Văn bản {uuid4()}", "precision": "year", "period_from": "2019-01-01",
        "period_to": "2024-12-31", "value": 200, "qualifier": "more_than",
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
        stated = [(t["value"], t["qualifier"], t["level"], t["rows"]) for t in told["stated"]]
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
        assert [(t["value"], t["qualifier"]) for t in given["stated"]] == [(100, "more_than")]
        assert "hơn 100 lượt tập thể, cá nhân" in given["stated"][0]["quote"]


def test_rows_are_counted_as_rows_and_the_stated_number_stays(archive: Archive) -> None:
    recorder = archive.at(Role.RECORDER, path="2.1")
    unit = str(archive.country["2.1"])
    data = words(
        archive, unit=unit, category="guidance", level="commune", value=40, qualifier="equal"
    )
    voided = recorder.post(STATED, data | {"label": "Nhập nhầm"}).json()["id"]
    approver = archive.at(Role.APPROVER, path="2.1")
    gone = approver.change("POST", f"{STATED}/{voided}", {"reason": "Trùng"}, at="/void")
    assert gone.status_code == 200
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
    assert "Nhập nhầm" not in [one["label"] for one in told["stated"]]
    [stated] = [one for one in told["stated"] if one["label"] == data["label"]]
    assert (stated["value"], stated["qualifier"], stated["rows"]) == (40, "equal", 2)
    answer = recorder.ask(ASK, unit=unit)
    assert "errors" not in answer, answer
    same = answer["data"]["documentTally"]
    assert same["rows"] == told["rows"] == 2
    assert [one["value"] for one in same["stated"]] == [one["value"] for one in told["stated"]]


def test_neighbours_count_their_own(archive: Archive) -> None:
    unit = str(archive.country["2.1"])
    told = archive.at(Role.VIEWER, path="1.1").get(f"{DOCUMENTS}/tally", unit=unit).json()
    assert (told["rows"], told["stated"]) == (0, [])
