"""Back up, destroy, restore, verify; and backups that were altered are refused."""

import asyncio
import shutil
from pathlib import Path

import asyncpg
import httpx

from app.db.embedded.lifecycle import Embedded
from bench.trust_processes import surroundings
from bench.trust_server import Installation, installation, prepare
from bench.trust_terms import Terms, Verdict

OLD_ENTRY = "SELECT entry_id FROM audit_link ORDER BY position LIMIT 1"


def backup(terms: Terms) -> Verdict:
    """Fill an installation with the demo, back it up, destroy it, restore it, and compare."""
    folder, faults = terms.folder / "backup", list[str]()
    folder.mkdir()
    taken, keys = folder / "taken", folder / "keys"
    named = surroundings(terms.folder, BINHYEN_ISSUER="http://127.0.0.1/backup")  # on any port
    with installation(folder / "data", prepare(terms.folder), env=named) as place:
        place.start("--demo")
        place.ready()
        place.until_printed("curl -s ")
        token = place.token("viewer", "auditor")
        made = _call(place, "backup", str(taken), "--keys", str(keys))
        place.end()
        before = sorted(file.name for file in keys.iterdir())
        shutil.rmtree(place.data)  # destroyed
        faults += _find_unrefused(place, folder, taken, keys)
        _return_keys(place, keys)
        restored = _call(place, "restore", str(taken))
        place.start("--demo")
        place.ready()
        faults += _read_faults(place, token)
        place.end()
        faults += _find_unnoticed(place, folder, keys)
    rows, links = made.split(" rows")[0], restored.split("; ")[1].split()[0]
    figures = {"rows": rows, "audit_entries": links, "keys": len(before), "faults": faults or 0}
    return Verdict("backup", figures, not faults and int(rows) > 1000 and int(links) > 10)


def _call(place: Installation, *words: str) -> str:
    ran = place.run(*words)
    assert ran.returncode == 0, ran.stderr
    return ran.stderr.strip()


def _return_keys(place: Installation, keys: Path) -> None:
    shutil.rmtree(place.data, ignore_errors=True)
    shutil.copytree(keys, place.data)


def _find_unrefused(place: Installation, folder: Path, taken: Path, keys: Path) -> list[str]:
    """An altered dump is refused before anything is written."""
    altered = folder / "altered"
    shutil.copytree(taken, altered)
    dump = bytearray((altered / "database.dump").read_bytes())
    dump[-7] ^= 1
    (altered / "database.dump").write_bytes(dump)
    _return_keys(place, keys)
    ran = place.run("restore", str(altered))
    well = ran.returncode == 1 and "is not the dump" in ran.stderr
    return [] if well else [f"an altered dump: {ran.stderr[-300:]}"]


def _read_faults(place: Installation, token: str) -> list[str]:
    """The restored installation answers those whose tokens were issued before."""
    headers = {"authorization": f"Bearer {token}"}
    found = httpx.get(f"{place.site}/api/v1/units/VN", headers=headers, timeout=60)
    return [] if found.status_code == 200 else [f"an old token is answered {found.status_code}"]


def _find_unnoticed(place: Installation, folder: Path, keys: Path) -> list[str]:
    """A database whose audit was altered before its backup is found out at the restore."""
    with Embedded(place.data) as database:
        url = database.url("binhyen").replace("//binhyen:", "//postgres:", 1)
        asyncio.run(_alter(url))
    _call(place, "backup", str(folder / "tampered"))
    _return_keys(place, keys)
    ran = place.run("restore", str(folder / "tampered"))
    well = ran.returncode == 1 and "audit: flipped" in ran.stderr
    return [] if well else [f"an altered audit: {ran.returncode} {ran.stderr[-300:]}"]


async def _alter(url: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("SET session_replication_role = replica")
        entry = await connection.fetchval(OLD_ENTRY)
        await connection.execute("UPDATE audit_entry SET detail = 'x' WHERE id = $1", entry)
    finally:
        await connection.close()
