"""The shipped calendar and rules: built from their source, complete, and honest about it."""

import json
import re
from datetime import date
from hashlib import sha256
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from shutil import copytree

import pytest

from app.db.tables.calendars import (
    Certainty,
    DayKind,
)
from app.domain.deadlines.schemas import DeadlineRuleCreate
from tests.domain.records.deadlines.examples import DAYS

TOOLS = Path(__file__).parents[4] / "tools"
DATA = TOOLS.parent / "app" / "data"
YEARS = range(2020, 2031)


def test_the_calendar_is_what_its_script_builds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = spec_from_file_location("build_calendars", TOOLS / "build_calendars.py")
    assert spec is not None
    assert spec.loader is not None
    script = module_from_spec(spec)
    spec.loader.exec_module(script)
    folder = tmp_path / "calendars"
    copytree(DATA / "calendars", folder)
    (folder / "days.csv").unlink()
    monkeypatch.setattr(script, "FOLDER", folder)
    script.main()
    for file in sorted((DATA / "calendars").iterdir()):
        assert (folder / file.name).read_bytes() == file.read_bytes(), file.name


@pytest.mark.parametrize("year", YEARS)
def test_every_year_has_the_holidays_of_the_law(year: int) -> None:
    found = {day: n for day, n in DAYS.named.items() if day.year == year}
    names = [n.vi for n in found.values()]
    assert sum("Tết Nguyên Đán" in name for name in names) >= 5
    assert any("Giỗ Tổ Hùng Vương" in name for name in names)
    for month, day in ((1, 1), (4, 30), (5, 1), (9, 2)):
        assert DAYS.is_off(date(year, month, day))
    neighbours = DAYS.is_off(date(year, 9, 1)) or DAYS.is_off(date(year, 9, 3))
    assert neighbours or year == 2020  # two days since 2021
    projected = {n.certainty is Certainty.PROJECTED for n in found.values()}
    assert projected == {year > 2026}


def test_every_day_off_in_exchange_has_its_day_of_work() -> None:
    given = [re.search(r"thay cho ngày (\d+)/(\d+)/(\d+)", n.vi) for n in DAYS.named.values()]
    owed = {date(int(g[3]), int(g[2]), int(g[1])) for g in given if g}
    working = {day for day, n in DAYS.named.items() if n.kind is DayKind.WORKING}
    assert owed == working
    assert len(owed) == 4
    assert all(day.weekday() == 5 for day in working)


def test_first_days_of_the_lunar_year() -> None:
    """Mùng 1, as almanacs have it."""
    known = {2020: (1, 25), 2021: (2, 12), 2022: (2, 1), 2023: (1, 22), 2024: (2, 10),
             2025: (1, 29), 2026: (2, 17), 2027: (2, 6), 2028: (1, 26), 2029: (2, 13),
             2030: (2, 2)}  # fmt: skip
    for year, (month, day) in known.items():
        assert DAYS.named[date(year, month, day)].vi.split("; ")[0] == "Tết Nguyên Đán"


def test_the_provenance_holds() -> None:
    told = json.loads((DATA / "calendars" / "PROVENANCE.json").read_text(encoding="utf-8"))
    assert told["rows"] == len(DAYS.named)
    for name, file in told["files"].items():
        found = sha256((DATA / "calendars" / name).read_bytes()).hexdigest()
        assert found == file["sha256"]


def test_every_shipped_rule_could_be_entered_through_the_api() -> None:
    rules = json.loads((DATA / "deadlines" / "rules.json").read_text(encoding="utf-8"))
    for rule in rules:
        outside = {"edition", "valid_to"}
        DeadlineRuleCreate.model_validate({n: v for n, v in rule.items() if n not in outside})
        assert rule["certainty"] != "verified"  # nobody entitled has compared one yet
