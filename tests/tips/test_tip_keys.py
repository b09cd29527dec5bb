"""The three key files for production: each decrypts its own use; none is overwritten."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from app.cli import cli
from app.commands.tip_keys import NAMES
from app.domain.confidential.crypto.envelopes import Envelope, decrypt, encrypt
from app.domain.tips.crypto.keys import TipKeys

PLACE = "tip_identity|x"


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, ["tip-keys", *words])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert run(str(tmp_path / "keys")).exit_code == 0
    return tmp_path / "keys"


def load_keys(folder: Path, *which: int) -> TipKeys:
    """Load the keys of a server with these files."""
    nowhere = folder / "none"
    given = [folder / name if n in (0, *which) else nowhere for n, name in enumerate(NAMES)]
    return TipKeys.from_files(given[0], given[1], given[2], make=False)


def opens(keys: TipKeys, sealed: Envelope) -> bool:
    ring = keys.custodian if any("custodian" in name for name in sealed.keys) else keys.content
    if (opener := ring.find_private_key(sealed.keys)) is None:
        return False
    return decrypt(sealed.ciphertext, sealed.keys, *opener, PLACE) == b"Ai?"


def test_key_files_are_readable_by_owner_only(folder: Path) -> None:
    assert folder.stat().st_mode & 0o777 == 0o700
    assert sorted(path.name for path in folder.iterdir()) == sorted(NAMES)
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


@pytest.mark.parametrize("there", NAMES)
def test_existing_keys_are_not_overwritten(folder: Path, there: str) -> None:
    before = (folder / there).read_bytes()
    for other in NAMES:
        if other != there:
            (folder / other).unlink()
    found = run(str(folder))
    assert found.exit_code == 1
    assert [path.name for path in folder.iterdir()] == [there]
    assert (folder / there).read_bytes() == before


def test_each_file_decrypts_its_own_use(folder: Path) -> None:
    taking = load_keys(folder)
    words = encrypt(b"Ai?", taking.content.newest, PLACE)
    who = encrypt(b"Ai?", taking.custodian.newest, PLACE)
    assert not opens(taking, words)
    assert not opens(taking, who)
    assert (opens(load_keys(folder, 1), words), opens(load_keys(folder, 1), who)) == (True, False)
    assert (opens(load_keys(folder, 2), words), opens(load_keys(folder, 2), who)) == (False, True)


def test_intake_file_has_no_private_key(folder: Path) -> None:
    told = json.loads((folder / NAMES[0]).read_text())
    assert [set(key) for use in ("content", "custodian") for key in told[use]] == [{"kid", "x"}] * 2


@pytest.mark.parametrize(("use", "file"), [("content", 1), ("custodian", 2)])
def test_rotated_key_encrypts_and_old_key_decrypts(folder: Path, use: str, file: int) -> None:
    before = load_keys(folder, 1, 2)
    old = encrypt(b"Ai?", getattr(before, use).newest, PLACE)
    others = {n: (folder / name).read_bytes() for n, name in enumerate(NAMES) if n not in (0, file)}
    assert run(str(folder), "--renew", use).exit_code == 0
    after = load_keys(folder, 1, 2)
    fresh = encrypt(b"Ai?", getattr(after, use).newest, PLACE)
    assert set(fresh.keys).isdisjoint(old.keys)
    assert (opens(after, old), opens(after, fresh)) == (True, True)
    assert (opens(before, old), opens(before, fresh)) == (True, False)
    assert after.receipts == before.receipts
    assert all((folder / NAMES[n]).read_bytes() == told for n, told in others.items())
    assert sorted(path.name for path in folder.iterdir()) == sorted(NAMES)
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_rotation_needs_the_private_file(folder: Path) -> None:
    (folder / NAMES[2]).unlink()
    before = (folder / NAMES[0]).read_bytes()
    assert run(str(folder), "--renew", "custodian").exit_code == 1
    assert (folder / NAMES[0]).read_bytes() == before
    assert run(str(folder), "--renew", "content").exit_code == 0
