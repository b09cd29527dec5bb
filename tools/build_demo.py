"""Build the demo: villages of 2020, a model's spread, groups of 2024; their sums as published.

The sums are real (see demo/README.md); the villages and how the sums are spread over them are not.
Run `python3 tools/build_demo.py`; the same file comes out each time.
"""

import csv
import io
import lzma
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).parents[1] / "app" / "data"
PROVINCE, VILLAGES, COVERED, HOUSEHOLDS = "06", 1310, 847, 76_303
PILOT_VILLAGES, PILOT_GROUPS = 81, 7
PILOT_DAY, LAST_DAY = date(2018, 7, 2), date(2020, 9, 4)
KNOWN = {"01852": (15, ["Nà Bản", "Khuổi Cuồng", "Nà Vịt", "Tân Thành"]), "01978": (11, [])}
PILOTS = {"01852": 4, "01978": 3, "02077": 4}  # communes whose pilots a source counts
TAKING_PART = {"02077": (252, 1012)}  # households and residents of all models of the commune
TEAMS = {"people_security_group": 845, "mediation_group": 1127, "self_managed_group": 98}
SINCE, UNTIL = date(2016, 1, 4), date(2023, 12, 29)  # between which the groups are established
HEADS = ["Nà", "Khuổi", "Bản", "Pác", "Cốc", "Lủng", "Phiêng", "Kéo", "Đon", "Thôm", "Tổng", "Vằng"]
TAILS = [
    "Cáy", "Đán", "Lào", "Mới", "Phja", "Slặc", "Thin", "Vài", "Chang", "Hin", "Khoang", "Leng",
    "Mạ", "Nghè", "Pục", "Quân", "Sang", "Toàn", "Ỏi", "Dài", "Bó", "Cọn", "Đeng", "Luông",
]  # fmt: skip

GROUPS = [
    ("to_an_ninh_nhan_dan", "Tổ an ninh nhân dân"), ("to_hoa_giai", "Tổ hòa giải"),
    ("to_tu_quan_antt", "Tổ tự quản về ANTT"),
]  # fmt: skip
SIX = ["06", "04", "10", "08", "02", "15"]
NEIGHBOURS = ["04", "08", "19", "20", "04", "08", "19"]
DISTRICTS = [("058", "060"), ("061", "064")]
SINGLE = [
    ("luu_tru_tu_quan", "Cơ sở lưu trú, nhà trọ, nhà cho thuê tự quản ANTT", ""),
    ("truong_hoc_tu_quan", "Trường học tự quản về ANTT", "Trường THPT Chuyên Bắc Kạn"),
    ("cntt_tuong_tac_cskv", "Ứng dụng CNTT tương tác giữa CSKV với người dân", ""),
    ("diem_chua_chay_cong_cong", "Điểm chữa cháy công cộng", ""),
    ("truong_hoc_atgt", "Trường học an toàn giao thông", ""),
    ("camera_giam_sat", "Camera giám sát ANTT", ""),
    ("to_pccc_luu_dong", "Tổ phòng cháy, chữa cháy lưu động", ""),
    ("tro_giup_duoi_18", "Phòng ngừa, trợ giúp, cảm hóa người dưới 18 tuổi", ""),
    ("quan_ly_nguoi_chxapt", "Giúp người chấp hành xong án phạt tù tái hòa nhập", ""),
    ("lien_ket_benh_vien", "Liên kết đảm bảo ANTT khu vực bệnh viện",
     "Bệnh viện Đa khoa tỉnh Bắc Kạn"),
    ("doi_thanh_nien_xung_kich", "Đội thanh niên xung kích", ""),
]  # fmt: skip
MADE_UP = 45  # of the 61 types that were counted in 2024 sixteen are named: the others are made up


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
        [code, name, kind_of(kind, n), "", "", "", ""]
        for code, kind in places
        for n, name in enumerate(names(chance, code, kind, sizes[code]))
    ]
    cover(chance, villages)
    copies(villages)
    return villages


def sizes_of(chance: random.Random, places: list[tuple[str, str]]) -> list[int]:
    """Choose a number of villages for each commune: about twelve, the sum and known ones right."""
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
    counted = {n for places in known_pilots(villages).values() for n in places}
    closed = {n for n, row in enumerate(villages) if row[0] in TAKING_PART} - counted
    first = {row[0]: n for n, row in reversed(list(enumerate(villages)))}
    chosen = {n for code, n in first.items() if code not in PILOTS} | counted
    rest = [n for n in range(len(villages)) if n not in chosen | closed]
    chosen |= set(chance.sample(rest, COVERED - len(chosen)))
    pilots = pilots_of(chance, villages, sorted(chosen), counted)
    households = shares(chance, villages, sorted(chosen))
    for n in sorted(chosen):
        days = (LAST_DAY - PILOT_DAY).days
        later = PILOT_DAY + timedelta(days=chance.randint(180, days))
        villages[n][3] = PILOT_DAY if n in pilots else later
        villages[n][4] = households[n]
    for code, (_, residents) in TAKING_PART.items():
        part = [n for n in sorted(chosen) if villages[n][0] == code]
        for place, n in enumerate(part):
            villages[n][5] = residents // len(part) + (place < residents % len(part))


def known_pilots(villages: list[list[object]]) -> dict[str, list[int]]:
    """The first villages of each commune whose pilots a source counts; the named come first."""
    found: dict[str, list[int]] = {}
    for code, count in PILOTS.items():
        found[code] = [n for n, row in enumerate(villages) if row[0] == code][:count]
    return found


def pilots_of(
    chance: random.Random, villages: list[list[object]], chosen: list[int], counted: set[int]
) -> set[int]:
    """Choose the pilots: those that a source counts, and others in other communes."""
    free = [n for n in chosen if villages[n][0] not in PILOTS]
    in_groups = [n for n in free if villages[n][2] == "residential_group"]
    in_villages = [n for n in free if villages[n][2] != "residential_group"]
    return {
        *counted,
        *chance.sample(in_groups, PILOT_GROUPS),
        *chance.sample(in_villages, PILOT_VILLAGES - len(counted)),
    }


def shares(
    chance: random.Random, villages: list[list[object]], chosen: list[int]
) -> dict[int, int]:
    """Households for each village, ninety or so, with the sums right."""
    found = {n: chance.randint(60, 120) for n in chosen}
    for code, (households, _) in TAKING_PART.items():
        part = [n for n in chosen if villages[n][0] == code]
        for place, n in enumerate(part):
            found[n] = households // len(part) + (place < households % len(part))
    free = [n for n in chosen if villages[n][0] not in TAKING_PART]
    while (short := HOUSEHOLDS - sum(found.values())) != 0:
        found[chance.choice(free)] += 1 if short > 0 else -1
    return found


def groups() -> list[list[object]]:
    """Choose the groups of each kind in a commune, with their first day, as even as possible."""
    chance = random.Random(2024)
    codes = [code for code, _ in communes()]
    found: list[list[object]] = []
    for kind, total in TEAMS.items():
        each, more = divmod(total, len(codes))
        favoured = set(chance.sample(codes, more))
        for code in codes:
            day = SINCE + timedelta(days=chance.randint(0, (UNTIL - SINCE).days))
            if count := each + (code in favoured):
                found.append([code, kind, day, count])
    return found


def copies(villages: list[list[object]]) -> None:
    """Let every model but the pilots be copied from an earlier one: most from a pilot."""
    launched = [n for n, row in enumerate(villages) if row[3]]
    pilots = [n for n in launched if villages[n][3] == PILOT_DAY]
    later = sorted((n for n in launched if n not in set(pilots)), key=lambda n: str(villages[n][3]))
    first: list[int] = []
    for place, n in enumerate(later):
        again = place % 4 == 3
        villages[n][6] = first[place // 2] if again else pilots[place % len(pilots)]
        first += [] if again else [n]


def models() -> Iterator[list[object]]:
    """The other models maintained in 2024: type, name, hosts, day, groups, host organisation."""
    places = communes()
    for code, name in GROUPS:  # the groups themselves are counted once, as teams
        yield [code, name, PROVINCE, "2019-06-01", "", ""]
    yield from clusters([code for code, _ in places])
    for code, name, organisation in SINGLE:
        yield [code, name, PROVINCE, "2019-10-01", "", organisation]
    for number in range(1, MADE_UP + 1):
        name = f"Mô hình minh họa {number:02}"
        yield [f"demo_{number:02}", name, places[number][0], "2020-03-01", "", ""]


def clusters(places: list[str]) -> Iterator[list[object]]:
    """The interlinked clusters: 1 along six provinces, 7 of two, 2 of districts, 12 of communes."""
    kind, day = "cum_an_ninh_lien_hoan", "2019-03-01"
    yield [kind, "Tuyến giáp ranh 6 tỉnh", "|".join(SIX), day, "", ""]
    for number, other in enumerate(NEIGHBOURS, 1):
        yield [kind, f"Cụm liên tỉnh {number}", f"{PROVINCE}|{other}", day, "", ""]
    for number, pair in enumerate(DISTRICTS, 1):
        yield [kind, f"Cụm liên huyện {number}", "|".join(pair), day, "", ""]
    for number in range(12):
        near = places[number * 9 : number * 9 + 2]
        yield [kind, f"Cụm liên xã {number + 1}", "|".join(near), day, "", ""]


def write(name: str, heads: str, lines: Iterable[list[object]]) -> None:
    with (HERE / "demo" / name).open("w", encoding="utf-8", newline="") as file:
        made = csv.writer(file, lineterminator="\n")
        made.writerow(heads.split())
        made.writerows(lines)


def main() -> None:
    write("villages.csv", "parent name kind launched_on households residents copied_from", rows())
    write("models.csv", "type name units launched_on groups host_organisation", models())
    write("forces.csv", "unit kind established_on groups", groups())


if __name__ == "__main__":
    main()
