"""The three files of keys for production: each opens what it is for, and none is written over."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from app.cli import cli
from app.commands.tip_keys import NAMES
from app.domain.tips.protecting.keys import TipKeys
from app.domain.tips.protecting.sealing import Sealed, opened, seal

PLACE = "tip_identity|x"


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, ["tip-keys", *words])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert run(str(tmp_path / "keys")).exit_code == 0
    return tmp_path / "keys"


def held(folder: Path, *which: int) -> TipKeys:
    """The keys of a server that was given these of the files."""
    nowhere = folder / "none"
    given = [folder / name if n in (0, *which) else nowhere for n, name in enumerate(NAMES)]
    return TipKeys.from_files(given[0], given[1], given[2], make=False)


def opens(keys: TipKeys, sealed: Sealed) -> bool:
    ring = keys.custodian if any("custodian" in name for name in sealed.keys) else keys.content
    if (opener := ring.opener(sealed.keys)) is None:
        return False
    return opened(sealed.sealed, sealed.keys, *opener, PLACE) == b"Ai?"


def test_only_their_owner_reads_the_files(folder: Path) -> None:
    assert folder.stat().st_mode & 0o777 == 0o700
    assert sorted(path.name for path in folder.iterdir()) == sorted(NAMES)
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


@pytest.mark.parametrize("there", NAMES)
def test_keys_are_never_written_over(folder: Path, there: str) -> None:
    before = (folder / there).read_bytes()
    for other in NAMES:
        if other != there:
            (folder / other).unlink()
    found = run(str(folder))
    assert found.exit_code == 1
    assert [path.name for path in folder.iterdir()] == [there]
    assert (folder / there).read_bytes() == before


def test_each_file_opens_what_it_is_for(folder: Path) -> None:
    taking = held(folder)
    words = seal(b"Ai?", taking.content.newest, PLACE)
    who = seal(b"Ai?", taking.custodian.newest, PLACE)
    assert not opens(taking, words)
    assert not opens(taking, who)
    assert (opens(held(folder, 1), words), opens(held(folder, 1), who)) == (True, False)
    assert (opens(held(folder, 2), words), opens(held(folder, 2), who)) == (False, True)


def test_what_takes_tips_in_holds_nothing_that_opens_them(folder: Path) -> None:
    told = json.loads((folder / NAMES[0]).read_text())
    assert [set(key) for use in ("content", "custodian") for key in told[use]] == [{"kid", "x"}] * 2


@pytest.mark.parametrize(("use", "file"), [("content", 1), ("custodian", 2)])
def test_a_new_key_seals_from_now_on_and_the_old_one_still_opens(
    folder: Path, use: str, file: int
) -> None:
    before = held(folder, 1, 2)
    old = seal(b"Ai?", getattr(before, use).newest, PLACE)
    others = {n: (folder / name).read_bytes() for n, name in enumerate(NAMES) if n not in (0, file)}
    assert run(str(folder), "--renew", use).exit_code == 0
    after = held(folder, 1, 2)
    fresh = seal(b"Ai?", getattr(after, use).newest, PLACE)
    assert set(fresh.keys).isdisjoint(old.keys)
    assert (opens(after, old), opens(after, fresh)) == (True, True)
    assert (opens(before, old), opens(before, fresh)) == (True, False)
    assert after.receipts == before.receipts
    assert all((folder / NAMES[n]).read_bytes() == told for n, told in others.items())
    assert sorted(path.name for path in folder.iterdir()) == sorted(NAMES)
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_a_key_is_not_renewed_without_the_file_that_opens(folder: Path) -> None:
    (folder / NAMES[2]).unlink()
    before = (folder / NAMES[0]).read_bytes()
    assert run(str(folder), "--renew", "custodian").exit_code == 1
    assert (folder / NAMES[0]).read_bytes() == before
    assert run(str(folder), "--renew", "content").exit_code == 0
