"""Build the demo: villages of 2020, a model's spread, groups of 2024; their sums as published.

The sums are real (see demo/README.md); the villages and how the sums are spread over them are not.
Run `python3 data/build_demo.py`; the same file comes out each time.
"""

import csv
import io
import lzma
import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).parent
PROVINCE, VILLAGES, COVERED, HOUSEHOLDS = "06", 1310, 847, 76_303
PILOT_VILLAGES, PILOT_GROUPS = 81, 7
PILOT_DAY, LAST_DAY = date(2018, 7, 2), date(2020, 9, 4)
KNOWN = {"01852": (15, ["Nà Bản", "Khuổi Cuồng", "Nà Vịt", "Tân Thành"]), "01978": (11, [])}
GROUPS = {"people_security_group": 845, "mediation_group": 1127, "self_managed_group": 98}
SINCE, UNTIL = date(2016, 1, 4), date(2023, 12, 29)  # between which the groups are established
HEADS = ["Nà", "Khuổi", "Bản", "Pác", "Cốc", "Lủng", "Phiêng", "Kéo", "Đon", "Thôm", "Tổng", "Vằng"]
TAILS = [
    "Cáy", "Đán", "Lào", "Mới", "Phja", "Slặc", "Thin", "Vài", "Chang", "Hin", "Khoang", "Leng",
    "Mạ", "Nghè", "Pục", "Quân", "Sang", "Toàn", "Ỏi", "Dài", "Bó", "Cọn", "Đeng", "Luông",
]  # fmt: skip


def communes() -> list[tuple[str, str]]:
    """Code and kind of the province's communes, by the shipped map."""
    versions = {row["unit_id"]: row for row in table("versions") if not row["valid_from"]}
    parents = defaultdict(list)
    for row in table("parents"):
        if row["hierarchy"] == "administrative" and row["valid_from"] == "":
            parents[row["parent_id"]].append(row["unit_id"])
    province = next(u for u, row in versions.items() if row["code"] == PROVINCE)
    below = [unit for district in parents[province] for unit in parents[district]]
    return sorted((versions[unit]["code"], versions[unit]["kind"]) for unit in below)


def table(name: str) -> Iterator[dict[str, str]]:
    with lzma.open(HERE / "map" / f"{name}.csv.xz") as packed:
        yield from csv.DictReader(io.TextIOWrapper(packed, "utf-8"))


def rows() -> list[list[object]]:
    """Every village: its commune, name, kind, when the model was launched, how many households."""
    chance = random.Random(20200908)
    places = communes()
    sizes = dict(zip((code for code, _ in places), sizes_of(chance, places), strict=True))
    villages: list[list[object]] = [
        [code, name, kind_of(kind, n), "", ""]
        for code, kind in places
        for n, name in enumerate(names(chance, code, kind, sizes[code]))
    ]
    cover(chance, villages)
    return villages


def sizes_of(chance: random.Random, places: list[tuple[str, str]]) -> list[int]:
    """How many villages each commune has: twelve or so, with the sum and the known ones right."""
    sizes = {code: KNOWN.get(code, (chance.randint(7, 16), []))[0] for code, _ in places}
    free = [code for code, _ in places if code not in KNOWN]
    while (short := VILLAGES - sum(sizes.values())) != 0:
        code = chance.choice(free)
        sizes[code] = min(22, max(4, sizes[code] + (1 if short > 0 else -1)))
    return [sizes[code] for code, _ in places]


def names(chance: random.Random, code: str, kind: str, count: int) -> list[str]:
    if kind != "commune":
        return [str(n) for n in range(1, count + 1)]
    found = list(KNOWN.get(code, (0, []))[1])
    while len(found) < count:
        name = f"{chance.choice(HEADS)} {chance.choice(TAILS)}"
        if name not in found:
            found.append(name)
    return found


def kind_of(kind: str, number: int) -> str:
    if kind != "commune":
        return "residential_group"
    return "hamlet" if number % 5 == 4 else "village"


def cover(chance: random.Random, villages: list[list[object]]) -> None:
    """Give the model to as many villages as were published, in every commune, pilots first."""
    first = {row[0]: n for n, row in reversed(list(enumerate(villages)))}
    chosen = set(first.values()) | {
        n for n, row in enumerate(villages) if row[1] in KNOWN["01852"][1]
    }
    rest = [n for n in range(len(villages)) if n not in chosen]
    chosen |= set(chance.sample(rest, COVERED - len(chosen)))
    pilots = pilots_of(chance, villages, sorted(chosen))
    for n, households in zip(sorted(chosen), shares(chance), strict=True):
        days = (LAST_DAY - PILOT_DAY).days
        later = PILOT_DAY + timedelta(days=chance.randint(180, days))
        villages[n][3] = PILOT_DAY if n in pilots else later
        villages[n][4] = households


def pilots_of(chance: random.Random, villages: list[list[object]], chosen: list[int]) -> set[int]:
    named = [n for n in chosen if villages[n][1] in KNOWN["01852"][1]]
    in_groups = [n for n in chosen if villages[n][2] == "residential_group"]
    in_villages = [n for n in chosen if villages[n][2] != "residential_group" and n not in named]
    return {
        *named,
        *chance.sample(in_groups, PILOT_GROUPS),
        *chance.sample(in_villages, PILOT_VILLAGES - len(named)),
    }


def shares(chance: random.Random) -> list[int]:
    """Households for each village, ninety or so, with the sum right."""
    found = [chance.randint(60, 120) for _ in range(COVERED)]
    while (short := HOUSEHOLDS - sum(found)) != 0:
        found[chance.randrange(COVERED)] += 1 if short > 0 else -1
    return found


def groups() -> list[list[object]]:
    """How many groups of each kind a commune has, and since when: as even as the sum allows."""
    chance = random.Random(2024)
    codes = [code for code, _ in communes()]
    found: list[list[object]] = []
    for kind, total in GROUPS.items():
        each, more = divmod(total, len(codes))
        favoured = set(chance.sample(codes, more))
        for code in codes:
            day = SINCE + timedelta(days=chance.randint(0, (UNTIL - SINCE).days))
            if count := each + (code in favoured):
                found.append([code, kind, day, count])
    return found


def write(name: str, head: list[str], lines: list[list[object]]) -> None:
    with (HERE / "demo" / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(lines)


def main() -> None:
    write("villages.csv", ["parent", "name", "kind", "launched_on", "households"], rows())
    write("forces.csv", ["unit", "kind", "established_on", "groups"], groups())


if __name__ == "__main__":
    main()
