"""Builds the map of administrative units in app/data/map; the README there says what it means.

    uv run --no-project --with vietnamadminunits==1.0.4 python tools/build_map.py --check
    python3 tools/build_map.py --wheel vietnamadminunits-1.0.4-py3-none-any.whl --check

A unit's id is uuid5(NAMESPACE, "level/code/first"): its level, the official code it had first,
and the day it came into being, or "origin" where that day is not known. So every installation
knows a territory under the same id. Without --wheel the installed package is read, never run.
"""

import argparse
import csv
import io
import json
import lzma
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import check_map
import doubtful
import provenance
import rows
import source
from atlas import Atlas
from source import Link, Row

FOLDER = Path(__file__).parents[1] / "app" / "data" / "map"
TABLES = {
    "units": rows.units,
    "versions": rows.versions,
    "parents": rows.parents,
    "successions": rows.successions,
}


def main() -> None:
    """Read the source, write the map, check it when requested."""
    options = arguments()
    read = source.read(options.wheel)
    doubts = doubtful.links(read)
    known = Atlas(read)
    if not options.keep_doubtful:
        read = replace(read, links=[link for link in read.links if link not in doubts])
    write(Atlas(read), known, doubts, included=options.keep_doubtful)
    if options.check:
        check_map.main(FOLDER)


def arguments() -> argparse.Namespace:
    """Parse the options."""
    parser = argparse.ArgumentParser(description="Build the map of administrative units.")
    parser.add_argument("--wheel", type=Path, help="read this wheel, not the installed package")
    parser.add_argument("--keep-doubtful", action="store_true", help="keep doubtful edges")
    parser.add_argument("--check", action="store_true", help="check the map and print its figures")
    return parser.parse_args()


def write(atlas: Atlas, known: Atlas, doubts: list[Link], *, included: bool) -> None:
    """Write the tables, the doubtful links, the licence and the provenance."""
    FOLDER.mkdir(exist_ok=True)
    files = {}
    for name, table in TABLES.items():
        plain, count = text(table(atlas))
        files[f"{name}.csv.xz"] = (pack(plain), plain, count)
    plain, count = text(doubtful.rows(known, doubts))
    files["doubtful.csv"] = (plain, plain, count)
    for name, (written, _, _) in files.items():
        (FOLDER / name).write_bytes(written)
    (FOLDER / f"LICENSE-{source.NAME}").write_text(atlas.source.licence, encoding="utf-8")
    doubt = provenance.DOUBT.format(count=count, state="included in" if included else "left out of")
    document = provenance.document(atlas, files, doubt)
    out_text = json.dumps(document, ensure_ascii=False, indent=2)
    (FOLDER / "PROVENANCE.json").write_text(out_text + "\n", encoding="utf-8")


def text(table: Iterable[Row]) -> tuple[bytes, int]:
    """A table as CSV, and how many rows it has."""
    lines = list(table)
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=lines[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue().encode(), len(lines)


def pack(plain: bytes) -> bytes:
    """The same bytes every time."""
    return lzma.compress(plain, preset=9 | lzma.PRESET_EXTREME)


if __name__ == "__main__":
    main()
