"""The demo holds what its sources publish: a request over HTTP for each figure of its list."""

import csv
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from app.data import SHIPPED
from app.domain.actor import Role
from app.domain.records.vocabularies import COUNTING_UNITS, find_term
from tests.application import Application, Caller

FILE = SHIPPED / "demo" / "acceptance.csv"
GROUPS = ("people_security_group", "mediation_group", "self_managed_group")
TYPES = ("to_an_ninh_nhan_dan", "to_hoa_giai", "to_tu_quan_antt")


def lines() -> list[dict[str, str]]:
    with FILE.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


LINES = lines()


def ask(viewer: Caller, address: str) -> Any:
    parts = urlsplit(address)
    answer = viewer.get(f"/api/v1/{parts.path}", **parse_qs(parts.query))
    assert answer.status_code == 200, f"{address}: {answer.text}"
    return answer.json()


def take(body: Any, how: str) -> Any:
    """Take a figure out of an answer: a value by its path, a count, a sum."""
    verb, *words = how.split()
    if verb == "count":
        return sum(_walk(item, words[0]) in words[1:] for item in body["items"])
    if verb == "sum":
        return sum(item[words[0]] or 0 for item in body["items"])
    if verb == "positive":
        rows, name = words[0].split(".")
        return sum(row[name] > 0 for row in body[rows])
    return _walk(body, verb)


def _walk(body: Any, path: str) -> Any:
    for step in path.split("."):
        name, _, value = step.partition("=")
        if isinstance(body, list):
            body = body[int(name)] if not value else next(x for x in body if x[name] == value)
        else:
            body = body[name]
    return body


def as_stated(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


@pytest.mark.parametrize("line", LINES, ids=[line["id"] for line in LINES])
def test_each_figure_is_held_and_returned(atlas: Application, line: dict[str, str]) -> None:
    viewer = atlas.national(Role.VIEWER)
    body = ask(viewer, line["ask"])
    assert as_stated(take(body, line["take"])) == line["value"]
    stated = ask(viewer, f"stated-figures?reference={line['id']}")["items"]
    assert len(stated) == (1 if line["held"] == "stated" else 0), "each figure is held once"
    if not stated:
        return
    [figure] = stated
    assert figure["qualifier"] == line["qualifier"]
    assert figure["source"] in SOURCES[line["source"]]
    assert (figure["period_from"] is None) == (figure["precision"] == "undated")
    for year in _years(line["period"]):
        assert year in f"{figure['period_from']} {figure['period_to']} {figure['compared_from']}"
    assert figure["counting_unit"] == line["counting_unit"]
    assert find_term(COUNTING_UNITS, figure["counting_unit"])


SOURCES = {
    "000": "Bài về xã Nông Thượng, 2018-2019",
    "001": "Bài viết về Ba Chẽ, 18/01/2022",
    "002": "Bài viết về Thanh Hóa, 2025",
    "003": "Tổng kết 5 năm tại Bắc Kạn, 2024",
    "004": "Bài viết về Bắc Kạn, 08/09/2020",
}


def _years(period: str) -> Iterator[str]:
    """The years of a period as it is printed, such as 2018 vs 2017."""
    for word in period.replace("–", " ").replace("/", " ").replace("-", " ").split():
        if len(word) == 4 and word.isdigit():
            yield word


def test_how_many_are_held_is_printed(atlas: Application) -> None:
    viewer = atlas.national(Role.VIEWER)
    held = {how: [x for x in LINES if x["held"] == how] for how in ("records", "stated")}
    whole = viewer.get("/api/v1/stated-figures", total="exact", limit=1).json()["total"]
    assert whole == len(held["stated"])
    right = [x for x in LINES if as_stated(take(ask(viewer, x["ask"]), x["take"])) == x["value"]]
    print(f"{len(right)} of {len(LINES)} figures returned: {len(held['records'])} held as records, "
          f"{len(held['stated'])} as stated figures")  # fmt: skip
    assert len(right) == len(LINES) >= 74


def test_groups_are_counted_once(atlas: Application) -> None:
    """845, 1,127 and 98 groups are teams; no model counts them again."""
    viewer = atlas.national(Role.VIEWER)
    tally = viewer.get("/api/v1/model-tally", unit="06", on="2024-12-31").json()
    counted = {line["code"]: line["groups"] for line in tally["by_type"]}
    assert [counted[code] for code in TYPES] == [0, 0, 0]
    assert tally["groups"] == 0


def test_both_layers_return_the_same_figure(atlas: Application) -> None:
    viewer = atlas.national(Role.VIEWER)
    query = """query($r: String) { incidents(where: {reference: {eq: $r}}) { nodes {
        form incidentCount involvedCount comparedFrom comparedTo precision unit { code } } } }"""
    [node] = viewer.ask(query, r="A39")["data"]["incidents"]["nodes"]
    assert node == {
        "form": "CHANGE", "incidentCount": -2, "involvedCount": -3, "comparedFrom": "2020-01-01",
        "comparedTo": "2020-12-31", "precision": "YEAR", "unit": {"code": "06976"},
    }  # fmt: skip
