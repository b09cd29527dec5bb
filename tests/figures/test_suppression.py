"""Small numbers of sensitive measures: no set of questions of a foreign unit tells one of them."""

import os
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from app.db.session import execute
from app.db.tables.tips import Tip, TipChannel, TipKind
from app.domain.actor import Level, Role
from app.domain.records.windows import Period
from tests import dice
from tests.application import Application, Caller, runner
from tests.conftest import copy_database
from tests.give import Country, give_country

YEAR = 2019
MONTHS = [date(YEAR, month, 1) for month in range(1, 13)]
SMALL = range(1, 5)
QUESTIONS = int(os.environ.get("BINHYEN_EXAMPLES", "200")) // 4
Numbers = dict[tuple[str, date], int]


def test_months_of_a_window_are_whole() -> None:
    assert Period(date(2024, 1, 1), date(2024, 2, 29)).whole_months
    assert not Period(date(2024, 1, 1), date(2024, 2, 28)).whole_months


@pytest.fixture(scope="module")
def url(worker: str) -> str:
    """A country of its own: parts are looked for by their names."""
    return copy_database("empty", f"suppression_{worker}")


@pytest.fixture(scope="module")
def country(url: str) -> Country:
    return runner().run(give_country(url))


@pytest.fixture(scope="module")
def application(url: str, country: Country) -> Iterator[Application]:
    with Application.on(url) as application:
        yield application


@pytest.fixture(scope="module")
def numbers(application: Application, country: Country) -> Iterator[Numbers]:
    """Tips of a year in three communes: how many each received in each month."""
    draw = Random(dice.make_seed("suppression"))
    communes = ("1.1", "1.2", "2.1")
    found = {key: draw.choice([0, 1, 2, 3, 4, 5, 9]) for key in product(communes, MONTHS)}

    tips = [
        _tip(country[path], month + timedelta(n))
        for (path, month), number in found.items()
        for n in range(number)
    ]
    runner().run(_enter(application, tips))
    yield found
    runner().run(_remove(application, [tip.id for tip in tips]))


async def _enter(application: Application, tips: list[Tip]) -> None:
    async with application.behind() as session:
        session.add_all(tips)


async def _remove(application: Application, ids: list[UUID]) -> None:
    async with application.behind() as session:
        await execute(session, text("DELETE FROM tip WHERE id = ANY (:ids)"), {"ids": ids})


def _tip(unit: UUID, day: date) -> Tip:
    return Tip(
        id=uuid4(), unit_id=unit, received_unit_id=unit, received_on=day,
        channel=TipChannel.PHONE, kind=TipKind.FEEDBACK,
    )  # fmt: skip


def ask(caller: Caller, unit: Any, window: str, by: str | None = None) -> Any:
    how = {"by": by} if by else {}
    return caller.get(
        "/api/v1/figures", indicator="tips_received", unit=str(unit), window=window,
        boundary="current", **how,
    )  # fmt: skip


def test_one_s_own_unit_sees_its_numbers(
    application: Application, country: Country, numbers: Numbers
) -> None:
    own = application.caller(Role.VIEWER, level=Level.COMMUNE, unit=country["1.1"])
    answer = ask(own, country["1.1"], f"calendar_year:{YEAR}", "month").json()
    assert [cell["value"] for cell in answer["cells"]] == [numbers["1.1", m] for m in MONTHS]
    assert not any(cell["suppressed"] for cell in answer["cells"])


def test_others_get_whole_months_that_are_over_and_no_narrow_questions(
    application: Application, country: Country
) -> None:
    other = application.caller(Role.VIEWER, level=Level.COMMUNE, unit=country["2.1"])
    how = {"unit": str(country["1.1"]), "boundary": "current", "window": f"calendar_year:{YEAR}"}
    tips = {**how, "indicator": "tips_received"}
    narrow = [
        {**tips, "filter": "kind:feedback"}, {**tips, "by": "kind"}, {**tips, "by": "unit_kind"},
        {**tips, "boundary": "as_recorded"}, {**tips, "window": f"movement_year:{YEAR}"},
        {**tips, "window": f"calendar_year:{date.today().year}"},
    ]  # fmt: skip
    for question in narrow:
        refused = other.get("/api/v1/figures", **question)
        assert (refused.status_code, refused.json()["code"]) == (422, "whole_windows_only")
    for indicator in ("useful_tips", "tips_overdue", "tip_service_level"):
        refused = other.get("/api/v1/figures", **{**how, "indicator": indicator})
        assert (refused.status_code, refused.json()["code"]) == (403, "only_own_units")


def test_no_set_of_questions_tells_a_small_number(
    application: Application, country: Country, numbers: Numbers
) -> None:
    """Random questions are answered by the hidden numbers alone, and these stay open.

    What is given is a function of the numbers with those of 1 to 4 taken out, and of the sums of
    provinces in which each hidden number may be more than one.
    """
    other = application.caller(Role.VIEWER, level=Level.COMMUNE, unit=country["2.2"])
    draw, given = Random(dice.make_seed("questions")), PublishedNumbers(numbers)
    for _ in range(QUESTIONS):
        path = draw.choice(["", "1", "1.1", "1.2", "2", "2.1"])
        begin, end = sorted(draw.sample(range(12), 2)) if draw.random() < 0.7 else (0, 11)
        by = draw.choice([None, "month", "child_unit"])
        days = {"from": str(MONTHS[begin]), "to": str(_last_day(MONTHS[end]))}
        answer = other.get(
            "/api/v1/figures", indicator="tips_received", unit=str(country[path]),
            boundary="current", **days, **({"by": by} if by else {}),
        ).json()  # fmt: skip
        months = MONTHS[begin : end + 1]
        whole_year = (begin, end, by == "month") == (0, 11, False)
        exact = whole_year and len(path) < 2
        assert read(answer) == given.expect(path, months, exact=exact), (path, days, by)
        for cell in answer["cells"]:
            if by == "month":
                [month] = [m for m in months if cell["key"] == f"{m:%Y-%m}"]
                assert read(cell) == given.expect(path, [month])
            elif (child := _find_path(country, cell["unit_id"])).count(".") < 2:
                exact = whole_year and len(child) == 1
                assert read(cell) == given.expect(child, months, exact=exact)
    given.check_open()


def read(cell: Any) -> tuple[float | None, str | None]:
    assert cell["suppressed"] == (cell["value"] is None)
    assert cell["value"] not in SMALL
    return cell["value"], None if cell["suppressed"] else cell["qualifier"]


class PublishedNumbers:
    """All that foreign units are given: numbers without the small ones, and some sums."""

    def __init__(self, numbers: Numbers) -> None:
        self.numbers = numbers
        self.open = {province for province in "12" if self._stays_open(province)}

    def expect(
        self, path: str, months: list[date], *, exact: bool = False
    ) -> tuple[float | None, str | None]:
        """Return the answer for a unit and its months."""
        value, hidden = 0, 0
        for (commune, month), number in self.numbers.items():
            if not commune.startswith(path) or month not in months:
                continue
            told = number not in SMALL or (exact and commune[0] in self.open)
            value, hidden = (value + number, hidden) if told else (value, hidden + 1)
        if hidden and value < 5:
            return None, None
        return value, "at_least" if hidden else "equal"

    def check_open(self) -> None:
        """Each small number may be another, with the sums that are given, known or not."""
        for province in self.open:
            for commune in (None, *{c for c, _ in self.numbers if c[0] == province}):
                rest = self._list_small(province, without=commune)
                for number in rest:
                    others = sum(rest) - number
                    same = [v for v in SMALL if len(rest) - 1 <= others + number - v
                            <= 4 * (len(rest) - 1)]  # fmt: skip
                    assert len(same) > 1, (province, commune, rest)

    def _stays_open(self, province: str) -> bool:
        lists = [
            self._list_small(province, without=c) for c in (None, *{c for c, _ in self.numbers})
        ]
        return all(not some or (len(some) > 1 and len(some) < sum(some) < 4 * len(some))
                   for some in lists)  # fmt: skip

    def _list_small(self, province: str, without: str | None) -> list[int]:
        return [n for (c, _), n in self.numbers.items()
                if c[0] == province and c != without and n in SMALL]  # fmt: skip


def _last_day(month: date) -> date:
    return (month + timedelta(31)).replace(day=1) - timedelta(1)


def _find_path(country: Country, unit: str) -> str:
    return next(path for path, id in country.units.items() if str(id) == unit)
