"""Files of clerks: each cell is read as meant or named with its place; a dry run is the commit."""

from random import Random
from typing import Any

import httpx

from bench.clerk_files import FIELDS, ClerkFile, make_clerk_file
from bench.trust_processes import surroundings
from bench.trust_server import installation, prepare
from bench.trust_terms import Terms, Verdict

IMPORT, UNITS = "/api/v1/units/import", "/api/v1/units"
PARENTS = ["02083", "01981"]
Places = set[tuple[str | None, int, str | None]]


def clerk_files(terms: Terms) -> Verdict:
    """Send so many files of villages; compare what was read with what was meant."""
    return _prove(terms, "clerk-files")


def misread_files(terms: Terms) -> Verdict:
    """Control: days are compared as if month and day had been exchanged."""
    return _prove(terms, "control-clerk-files", exchanged=True)


def _prove(terms: Terms, name: str, *, exchanged: bool = False) -> Verdict:
    dice, found = Random(terms.seed), _Comparison()
    with installation(
        terms.folder / name, prepare(terms.folder), env=surroundings(terms.folder)
    ) as place:
        place.start()
        place.ready()
        token = place.token("recorder", "unit_admin")
        headers = {"authorization": f"Bearer {token}"}
        with httpx.Client(base_url=place.site, timeout=120, headers=headers) as client:
            for number in range(terms.times):
                file = make_clerk_file(dice, PARENTS, f"{terms.seed}x{number}")
                found.judge(client, file, exchanged=exchanged)
                if number % 50 == 49:
                    terms.tell(f"{number + 1} files, {found.wrong or 'nothing wrong'}")
    figures: dict[str, object] = {"files": terms.times, "written": found.written}
    figures["villages"] = found.villages
    figures |= {"faults": found.faults, "wrong": found.wrong[:5] or 0, "seed": terms.seed}
    enough = bool(found.written and found.faults)
    return Verdict(name, figures, enough and not found.wrong)


class _Comparison:
    """Counts what is written and named, and every difference from what is meant."""

    def __init__(self) -> None:
        self.written = self.villages = self.faults = 0
        self.wrong: list[str] = []

    def judge(self, client: httpx.Client, file: ClerkFile, *, exchanged: bool) -> None:
        """Try a file, write it where it has no fault, read it back, and send it again."""
        dry = _send(client, file).json()
        if _places(dry) != file.faults:
            self.wrong.append(f"places {_places(dry) ^ file.faults}")
        made = _send(client, file, dry_run=False, plan_hash=dry["plan_hash"])
        self.faults += len(file.faults)
        if made.status_code != (422 if file.faults else 200):
            self.wrong.append(f"the commit is answered {made.status_code}")
        elif not file.faults:
            self._compare(client, file, dry, made.json(), exchanged=exchanged)

    def _compare(
        self, client: httpx.Client, file: ClerkFile, dry: Any, made: Any, *, exchanged: bool
    ) -> None:
        if (made["created"], made["plan_hash"]) != (dry["created"], dry["plan_hash"]):
            self.wrong.append("the commit is not the dry run")
        for id, meant in zip(made["unit_ids"], file.meant, strict=True):
            seen = _read(client, id)
            if exchanged:
                seen["valid_from"] = f"{seen['valid_from'][:5]}{seen['valid_from'][8:]}-01"
            if seen != meant:
                self.wrong.append(f"{seen} for {meant}")
        again = _send(client, file, dry_run=False)
        if again.status_code != 422 or again.json()["result"]["fault_count"] != len(file.meant):
            self.wrong.append(f"again: {again.status_code}")
        self.written, self.villages = self.written + 1, self.villages + len(file.meant)


def _send(client: httpx.Client, file: ClerkFile, **terms: Any) -> httpx.Response:
    headers = {"content-type": file.media_type}
    return client.post(IMPORT, content=file.content, headers=headers, params=terms)


def _places(body: Any) -> Places:
    return {(fault["sheet"], fault["row"], fault["column"]) for fault in body["faults"]}


def _read(client: httpx.Client, id: str) -> dict[str, str]:
    path = f"{UNITS}/{id}"
    found = client.get(path, params={"fields": "name,kind,valid_from,parent[code]"}).json()
    return {name: found[name] for name in FIELDS if name != "parent"} | {
        "parent": found["parent"]["code"]
    }
