"""The stored contents of a backup: copied out and in, each verified by its own hash."""

from hashlib import sha256
from pathlib import Path

from app.backup.manifest import FILES, PARTS, Manifest, digest
from app.backup.programs import BackupFailed
from app.db.storage import Storage, StorageError
from app.settings import Settings


async def copy_out(settings: Settings, folder: Path, manifest: Manifest) -> None:
    """Copy every content that a row names; what the storage lacks is noted in the manifest."""
    for name, part in PARTS.items():
        storage, goal = Storage.of(settings, part), folder / FILES / name
        goal.mkdir(parents=True)
        for wanted in manifest.contents[name]:
            if not await _save(storage, wanted, goal / wanted):
                (goal / wanted).unlink()
                manifest.missing.setdefault(name, []).append(wanted)


async def _save(storage: Storage, wanted: str, file: Path) -> bool:
    found = sha256()
    try:
        with file.open("wb") as out:
            async for piece in await storage.get(wanted):
                found.update(piece)
                out.write(piece)
    except StorageError:
        pass
    return found.hexdigest() == wanted


def check_contents(folder: Path, manifest: Manifest) -> None:
    """Refuse a backup whose contents are not those of its manifest, before anything is written."""
    for name in PARTS:
        for wanted in _present(manifest, name):
            file = folder / FILES / name / wanted
            if not file.exists() or digest(file) != wanted:
                raise BackupFailed(f"{file} is missing or altered.")


async def copy_in(settings: Settings, folder: Path, manifest: Manifest) -> int:
    """Copy the contents into the storage; return how many."""
    count = 0
    for name, part in PARTS.items():
        storage = Storage.of(settings, part)
        for wanted in _present(manifest, name):
            with (folder / FILES / name / wanted).open("rb") as file:
                await storage.put(wanted, file)
            count += 1
    return count


def _present(manifest: Manifest, name: str) -> list[str]:
    missing = set(manifest.missing.get(name, ()))
    return [wanted for wanted in manifest.contents[name] if wanted not in missing]
