"""Acceptance: published figures are held and reported, or named as not understood."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.acceptance.check import check_rows
from app.acceptance.client import Api, ApiRefused
from app.acceptance.periods import read_period
from app.acceptance.results import COMPUTED, STATED, UNKNOWN, RowResult, list_lines
from app.acceptance.rows import COLUMNS, NotSuchAFile, PublishedFigure, read_rows
from app.acceptance.values import PublishedValue, read_value
from app.data import SHIPPED
from app.domain.actor import Role
from app.domain.units.shape import today
from tests.application import Application, Caller

PUBLISHED = Path(str(SHIPPED / "acceptance" / "published.csv"))
PERIODS = [
    ("launch, mid-2018", "approximate", "2018-05-01", "2018-08-31"),
    ("end 2017", "approximate", "2017-10-01", "2017-12-31"),
    ("2018 vs 2017", "year", "2018-01-01", "2018-12-31"),
    ("mid-July 2021", "approximate", "2021-07-01", "2021-07-31"),
    ("2021/22", "approximate", "2021-01-01", "2022-12-31"),
    ("07/2021–01/2022", "month", "2021-07-01", "2022-01-31"),
    ("2019–2024", "year", "2019-01-01", "2024-12-31"),
    ("as of 08/09/2020", "day", "2020-09-08", "2020-09-08"),
    ("quý I/2024", "quarter", "2024-01-01", "2024-03-31"),
    ("6 tháng đầu năm 2024", "month", "2024-01-01", "2024-06-30"),
    ("từ 01/01/2020 đến 31/12/2020", "day", "2020-01-01", "2020-12-31"),
    ("tháng 9 năm 2020", "month", "2020-09-01", "2020-09-30"),
    ("31/02/2020", "undated", None, None),
    ("yearly", "undated", None, None),
    ("—", "undated", None, None),
]
VALUES = [
    (("81", "=", "thôn"), (81, None, "equal")),
    (("+10", ">=", "%"), (10, None, "at_least")),
    (("1.310", "<~", "hộ"), (1310, None, "almost")),
    (("64,66", "~", "%"), (64.66, None, "about")),
    (("19.20", "=", "code"), (None, "19.20", "equal")),
    (("20–25", "=", "tổ"), (None, "20–25", "equal")),
    (("nhiều", "text", "người"), (None, "nhiều", "unquantified")),
    (("nhiều", "", "khẩu"), (None, "nhiều", "unquantified")),
    (("gần 30", "", "tin"), (30, None, "almost")),
    (("trên 2.100", "=", "người"), (2100, None, "more_than")),
    (("30", "khoảng", "tin"), (30, None, "about")),
    (("QĐ 510", "", "code"), (None, "QĐ 510", "equal")),
    (("5", "?", "tổ"), None),
    (("", "=", "tổ"), None),
]
UNSEEN = [
    ("4351", "=", "Protection teams", "tổ", "undated", "tỉnh Thanh Hóa", STATED),
    ("20", ">", "Fire groups", "tổ", "2025", "phường Hạc Thành", STATED),
    ("3000", ">", "Patrols", "lượt", "Q3 2025", "xã Bá Thước, tỉnh Thanh Hóa", STATED),
    ("12,5", "~", "Loans", "triệu đồng", "H1 2024", "huyện Ba Chẽ, tỉnh Quảng Ninh", STATED),
    ("04-NQ/TU", "=", "Resolution", "code", "—", "tỉnh Quảng Ninh", STATED),
    ("-33.3", "<=", "Change in fires", "%", "2023 vs 2022", "TP Hạ Long", STATED),
    ("9", "=", "Quarters", "khu phố", "09/2020", "xã Nowhere, tỉnh Bắc Kạn", STATED),
    ("1.028", ">", "Extractions", "lượt", "2023", "TP.HCM", STATED),
    ("6", "=", "Months", "tháng", "2021", "Thanh Lâm + TT Ba Chẽ", UNKNOWN),
    ("7", "=", "Villages", "thôn", "2016", "xã Tân Tiến", UNKNOWN),
    ("3", "=", "Thing", "chiếc", "2024", "Atlantis", UNKNOWN),
    ("846", "=", "Villages/groups with model HAT", "thôn, tổ dân phố", "as of 08/09/2020",
     "tỉnh Bắc Kạn", COMPUTED),
]  # fmt: skip


class InProcess(Api):
    """The API of a test; what was recorded is voided at the end."""

    def __init__(self, recorder: Caller, approver: Caller) -> None:
        self.recorder, self.approver, self.made = recorder, approver, list[str]()
        self._known: dict[str, Any] = {}

    def _send(self, method: str, path: str, **more: Any) -> Any:
        answer = self.recorder.send(method, f"/api/v1/{path}", **more)
        if answer.is_error:
            raise ApiRefused(answer)
        if method == "POST":
            self.made.append(f"/api/v1/{path}/{answer.json()['id']}")
        return answer.json()

    def void_all(self) -> None:
        for path in self.made:
            reason = {"reason": "Nhập để kiểm tra"}
            assert self.approver.change("POST", path, reason, at="/void").status_code == 200


@pytest.fixture
def api(atlas: Application) -> Iterator[InProcess]:
    found = InProcess(atlas.national(Role.RECORDER), atlas.national(Role.APPROVER))
    yield found
    found.void_all()


def failing(results: list[RowResult]) -> list[str]:
    return [line for line, one in zip(list_lines(results), results, strict=False) if one.differs]


def test_the_published_figures_are_held_and_reported(api: InProcess) -> None:
    results = check_rows(api, read_rows(PUBLISHED), today())
    assert failing(results) == []
    assert {how: sum(one.how == how for one in results) for how in (COMPUTED, STATED, UNKNOWN)} == {
        COMPUTED: 36, STATED: 28, UNKNOWN: 0,
    }  # fmt: skip
    again = check_rows(api, read_rows(PUBLISHED)[:3], today())
    assert len(api.made) == 28, "what is recorded already is found"
    assert failing(again) == []


def test_rows_never_seen_are_stated_or_named_as_not_understood(api: InProcess) -> None:
    rows = [
        PublishedFigure(f"U{n}", f"s{n}", value, qualifier, meaning, unit, period, place, "")
        for n, (value, qualifier, meaning, unit, period, place, _) in enumerate(UNSEEN)
    ]
    results = check_rows(api, rows, today())
    assert [one.how for one in results] == [one[-1] for one in UNSEEN]
    assert all(one.why for one in results if one.how == UNKNOWN)
    assert [one.row.value for one in results if one.differs] == ["846"]
    found = {row["reference"]: row for row in (api.read(p[8:]) for p in api.made)}
    assert (found["U3"]["counting_unit"], found["U3"]["counting_unit_text"]) == (
        "other", "triệu đồng",
    )  # fmt: skip
    assert (found["U4"]["value"], found["U4"]["value_text"]) == (None, "04-NQ/TU")
    assert (found["U5"]["delta_only"], found["U5"]["compared_from"]) == (True, "2022-01-01")
    assert (found["U6"]["place_text"], found["U2"]["period_to"]) == (
        "xã Nowhere, tỉnh Bắc Kạn", "2025-09-30",
    )  # fmt: skip


@pytest.mark.parametrize(("words", "precision", "first", "last"), PERIODS)
def test_periods(words: str, precision: str, first: str | None, last: str | None) -> None:
    found = read_period(words)
    days = tuple(day and date.fromisoformat(day) for day in (first, last))
    assert (found.precision, (found.first, found.last), found.words) == (precision, days, words)


@pytest.mark.parametrize(("printed", "meant"), VALUES)
def test_values(printed: tuple[str, str, str], meant: Any) -> None:
    found = read_value(*printed)
    if meant is None:
        assert found is None
        return
    assert isinstance(found, PublishedValue)
    number = None if found.number is None else float(found.number)
    assert (number, found.text, found.qualifier) == meant


def test_a_file_without_the_columns_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "figures.csv"
    file.write_text("id,value\n1,2\n", encoding="utf-8")
    with pytest.raises(NotSuchAFile, match="no column source"):
        read_rows(file)
    with file.open("w", encoding="utf-8") as opened:
        csv.writer(opened).writerows([COLUMNS, ["A1", "x"]])
    [row] = read_rows(file)
    assert row.fault
