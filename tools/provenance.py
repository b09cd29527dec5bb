"""The text of app/data/map/PROVENANCE.json: the source of the map and its gaps."""

from collections import Counter
from hashlib import sha256
from typing import Any

import source
from atlas import NAMESPACE, REFORM, Atlas

LIMITS = (
    "The source was not checked against the resolutions; no official list was available.",
    "The source shows two moments only: the last days before 2025-07-01, and that day.",
    "The earlier moment is taken as valid for all earlier dates, so mergers and renamings before"
    " 2025 are missing and figures of earlier years meet the units of early 2025.",
    "Changes after 2025-07-01 are missing: Đồng Nai became a city on 2026-04-30 (NQ 30/2026/QH16,"
    " 237/NQ-UBTVQH16); Quảng Ninh and Bắc Ninh are reported to have followed in September 2026"
    " (NQ 36/2026/QH16, NQ 39/2026/QH16).",
    "Codes were reused under other names on 2025-07-01: 15 was Yên Bái and is Lào Cai, 24 was"
    " Bắc Giang and is Bắc Ninh. A code means a unit only together with a date.",
    "The police hierarchy is derived from the administrative one by two dates: district police"
    " ended on 2025-03-01, the old provinces on 2025-07-01. A district has no police parent"
    " between the two.",
    "The share of a divided commune that went to each successor is unknown.",
    "The main successor of a divided commune is the source's default, not an official statement.",
    "A divided commune is known to be divided, but not which of its villages went where.",
    "The succession of districts is derived from that of their communes.",
    "The decision is given for provinces and for the communes of Thái Nguyên, Quảng Ninh and"
    " Thanh Hóa only.",
    "Aliases are empty but for the country: the source has keys without accents, not names.",
    "Some units have a second version only because the source spells them in two ways"
    " (Ia RVê, Ia Rvê).",
    "Names are spelled as the source spells them; official lists differ in places by an accent.",
    "Points are those of geocoding: some of today's lie in a namesake of another district"
    " (Lương Sơn and Sơn Lương, Thanh Bình and Lương Hòa Lạc, Vĩnh Thực, Cái Chiên).",
    "Before 2025-07-01 the points of Hoàng Sa and Trường Sa lie on the mainland.",
    "Areas are known for the communes of today only, and not for four of them.",
)
DOUBT = (
    "{count} succession edges are doubtful (doubtful.csv): the source seems to have taken a"
    " commune for its namesake in another district. They are {state} successions.csv.xz."
)


def document(atlas: Atlas, files: dict[str, tuple[bytes, bytes, int]], doubts: str) -> Any:
    """The whole document; each file is given as written, as plain text and as a row count."""
    return {
        "source": origin(),
        "identity": {
            "namespace": str(NAMESPACE),
            "formula": "uuid5(namespace, level/code/first); first is a date or 'origin'",
        },
        "files": {name: fingerprint(*file) for name, file in files.items()},
        "counts": counts(atlas),
        "known_limits": [*LIMITS, doubts],
    }


def origin() -> dict[str, Any]:
    """The package the data comes from, its licence and its fingerprints."""
    return {
        "name": source.NAME,
        "version": source.VERSION,
        "author": "Tran Ngoc Minh Hieu",
        "homepage": "https://github.com/tranngocminhhieu/vietnamadminunits",
        "data_files_dated": "2025-08-23",
        "licence": "MIT",
        "licence_file": f"LICENSE-{source.NAME}",
        "sha256": source.SHA256,
    }


def fingerprint(written: bytes, plain: bytes, rows: int) -> dict[str, Any]:
    """Another xz may pack the same text otherwise, so the text has its own sum."""
    return {
        "rows": rows,
        "bytes": len(written),
        "sha256": sha256(written).hexdigest(),
        "sha256_of_text": sha256(plain).hexdigest(),
    }


def counts(atlas: Atlas) -> dict[str, dict[str, int]]:
    """Count the units of each level on either side, and on both."""
    old = Counter(unit.first.level for unit in atlas.units if unit.old)
    new = Counter(unit.first.level for unit in atlas.units if unit.new)
    both = Counter(unit.first.level for unit in atlas.units if unit.old and unit.new)
    return {"2025-06-30": dict(old), REFORM: dict(new), "continuing": dict(both)}
