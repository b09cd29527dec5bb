"""Judge the language: `python -m tests.docs.language [PATH ...] [--kind KIND] [--count]`.

Without a path everything is judged. Each finding is one line; a table by package closes the report.
Judged are names, docstrings, comments and messages of Python, without the messages of `tests`, and
the text of all Markdown. Banned words and exceptions are in `words.toml`.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

from tests.docs.findings import ROOT, Finding, judge

ROOTS = ("app", "bench", "data", "migrations", "tests", "docs")


def list_roots() -> list[Path]:
    """Return everything that is judged unless paths are given."""
    folders = [ROOT / root for root in ROOTS]
    return [*(folder for folder in folders if folder.exists()), *sorted(ROOT.glob("*.md"))]


def main() -> int:
    """Print the findings and their number by package; 1 where there is any."""
    parser = argparse.ArgumentParser(prog="python -m tests.docs.language", description=__doc__)
    parser.add_argument("paths", nargs="*", help="files or folders; everything unless given")
    parser.add_argument("--kind", action="append", help="only findings of this kind")
    parser.add_argument("--count", action="store_true", help="print the table alone")
    options = parser.parse_args()
    found = judge([Path(path).resolve() for path in options.paths] or list_roots())
    found = [finding for finding in found if not options.kind or finding.kind in options.kind]
    if not options.count:
        print("\n".join(map(str, found)))
    print_table(found)
    return 1 if found else 0


def print_table(found: list[Finding]) -> None:
    """Print how many findings of each kind every package has."""
    for package, number in sorted(Counter(finding.package for finding in found).items()):
        kinds = Counter(finding.kind for finding in found if finding.package == package)
        parts = ", ".join(f"{kind} {count}" for kind, count in kinds.most_common())
        print(f"{number:5}  {package:45} {parts}")
    print(f"{len(found):5}  in all")


if __name__ == "__main__":
    sys.exit(main())
