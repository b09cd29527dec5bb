"""Build the calendar of public holidays in app/data/calendars; the README there says what it means.

    uv run python tools/build_calendars.py

The days come from the library `holidays` (MIT) and, where it does not know a decision, from
`supplement.csv`, which is edited by hand. The same files come out each time.
"""

import csv
import json
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from importlib.metadata import distribution, version
from pathlib import Path

import holidays

FOLDER = Path(__file__).parents[1] / "app" / "data" / "calendars"
CALENDAR = "vn_public"
YEARS = range(2020, 2031)
LAST_DECIDED = 2026  # later years are worked out ahead of the yearly decision
COLUMNS = ("calendar", "day", "kind", "name_vi", "name_en", "basis", "source", "certainty")
OLD_CODE = "Bộ luật Lao động 10/2012/QH13, Đ.115"
CODE = "Bộ luật Lao động 45/2019/QH14, Đ.112"
IN_LIEU = ", Đ.111(3)"
CULTURE = "Nghị quyết 80-NQ/TW (Ngày Văn hóa Việt Nam)"
SWAPS = {
    2024: "Công văn 2450/VPCP-KGVX (2024)",
    2025: "Thông báo 6150/TB-BLĐTBXH (2024)",
    2026: "Thông báo lịch nghỉ Quốc khánh 2026",
}
LIMITS = (
    "The source was not checked against the decisions; nobody entitled has verified a day.",
    f"Years after {LAST_DECIDED} are worked out by rule before they were decided: which five days"
    " of Tết are off, which neighbour of 2 September, and every exchange of days may differ.",
    "Exchanges of days that the source does not know are missing unless supplement.csv has them.",
    "24 November (from 2026) rests on a Party resolution as the source reports it; the law that"
    " carries it out was not read.",
    "Holidays are those of public offices with a five-day week; days off of one people or"
    " province (Khmer, Chăm) are not in it.",
)


def main() -> None:
    """Write the days, the licence and the provenance."""
    found = {row["day"]: row for row in (*library(), *supplement())}
    rows = [found[day] for day in sorted(found)]
    with (FOLDER / "days.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.DictWriter(file, fieldnames=COLUMNS, lineterminator="\n")
        lines.writeheader()
        lines.writerows(rows)
    (FOLDER / "LICENSE-holidays").write_text(licence(), encoding="utf-8")
    told = json.dumps(provenance(len(rows)), ensure_ascii=False, indent=2)
    (FOLDER / "PROVENANCE.json").write_text(told + "\n", encoding="utf-8")


def library() -> Iterator[dict[str, str]]:
    """The days as the library has them, with the days of work given in exchange."""
    vi, en = (holidays.country_holidays("VN", years=YEARS, language=to) for to in ("vi", "en_US"))
    for day in sorted(vi):
        yield row(day, "holiday", vi[day], en[day], basis(day, vi[day]))
    for day in sorted(day for day in vi.weekend_workdays if day.year in YEARS):
        yield row(day, "working", "Ngày làm việc bù", "Day of work in exchange", SWAPS[day.year])


def row(day: date, kind: str, vi: str, en: str, why: str) -> dict[str, str]:
    sure = "read" if day.year <= LAST_DECIDED else "projected"
    source = f"holidays {version('holidays')}"
    values = (CALENDAR, day.isoformat(), kind, vi, en, why, source, sure)
    return dict(zip(COLUMNS, values, strict=True))


def basis(day: date, name: str) -> str:
    """The text that makes a day a holiday, as the library refers to it."""
    if "thay cho" in name:
        return SWAPS[day.year]
    if (day.month, day.day) == (11, 24):
        return CULTURE
    code = CODE if day.year >= 2021 else OLD_CODE
    return code + (IN_LIEU if "nghỉ bù" in name and day.year >= 2021 else "")


def supplement() -> Iterator[dict[str, str]]:
    """The days that were entered by hand, which go before those of the library."""
    with (FOLDER / "supplement.csv").open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def licence() -> str:
    """The text of the library's licence."""
    files = distribution("holidays").files or []
    found = next(file for file in files if file.name == "LICENSE")
    return found.read_text(encoding="utf-8")


def provenance(rows: int) -> dict[str, object]:
    """Describe the source of the days and its gaps."""
    return {
        "source": {
            "name": "holidays",
            "version": version("holidays"),
            "author": "Vacanza Team and individual contributors",
            "homepage": "https://github.com/vacanza/holidays",
            "licence": "MIT",
            "licence_file": "LICENSE-holidays",
        },
        "by_hand": "supplement.csv",
        "covers": {"from": f"{YEARS[0]}-01-01", "to": str(date(YEARS[-1] + 1, 1, 1) - ONE_DAY)},
        "files": {
            name: {"sha256": sha256((FOLDER / name).read_bytes()).hexdigest()}
            for name in ("calendars.csv", "days.csv", "supplement.csv")
        },
        "rows": rows,
        "known_limits": LIMITS,
    }


ONE_DAY = timedelta(days=1)

if __name__ == "__main__":
    main()
