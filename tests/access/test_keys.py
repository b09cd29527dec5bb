"""Keys that sign, keys that only check, and how they follow each other."""

import base64
import json
import stat
import time
from pathlib import Path
from uuid import uuid4

import pytest

from app.domain.actor import Actor, Level, Permission, Role
from app.domain.auth import keys
from app.domain.auth.tokens import Tokens
from app.domain.errors import Unauthenticated
from tests.application import VIET_NAM

ACTOR = Actor(
    "x", frozenset({Role.VIEWER}), Level.NATIONAL, VIET_NAM, session=uuid4(), session_version=1
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    keys.write_keys(tmp_path / "keys.json", [keys.new_key()])
    return tmp_path / "keys.json"


def tokens_of(file: Path) -> Tokens:
    return Tokens.from_file(file, "http://issuer", "binhyen", make=False)


def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a second pass."""
    later = time.monotonic() + 1.1
    monkeypatch.setattr(time, "monotonic", lambda: later)


def test_the_file_is_for_its_owner_alone_and_whole(file: Path) -> None:
    for _ in range(3):
        keys.rotate(file)
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["keys.json"]


def test_after_a_rotation_the_new_key_signs_and_the_old_one_is_believed(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens = tokens_of(file)
    old = tokens.issue(ACTOR, minutes=5)
    fresh = keys.rotate(file)
    at_once(monkeypatch)
    new = tokens.issue(ACTOR, minutes=5)
    assert json.loads(_head(new))["kid"] == fresh
    assert tokens.actor(old) == tokens.actor(new) == ACTOR
    told = tokens.public_keys()["keys"]
    assert told[0]["kid"] == fresh
    assert len(told) == 2
    assert all({"d", keys.RETIRED_AT}.isdisjoint(key) for key in told)


def test_a_token_by_a_key_just_made_elsewhere_is_read_without_waiting(file: Path) -> None:
    here, there = tokens_of(file), tokens_of(file)
    here.actor(here.issue(ACTOR, minutes=5))  # it has looked at the file this very second
    keys.rotate(file)
    there._next = 0.0
    assert here.actor(there.issue(ACTOR, minutes=5)) == ACTOR


def test_unknown_names_of_keys_cause_no_reading(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens, stranger = tokens_of(file), Tokens([keys.new_key()], "http://issuer", "binhyen")
    readings = []
    monkeypatch.setattr(keys, "read_keys", lambda path: readings.append(path))
    for _ in range(1000):
        with pytest.raises(Unauthenticated):
            tokens.actor(stranger.issue(ACTOR, minutes=5))
    assert readings == []


def test_a_key_that_is_gone_takes_its_tokens_along_though_they_were_believed(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens = tokens_of(file)
    token = tokens.issue(ACTOR, minutes=5)
    assert tokens.actor(token) == ACTOR
    keys.write_keys(file, [keys.new_key()])
    at_once(monkeypatch)
    with pytest.raises(Unauthenticated):
        tokens.actor(token)


PUBLIC = {name: value for name, value in keys.new_key().items() if name != "d"}
BROKEN = ["", "{", "{}", "[]", '{"keys": []}', '{"keys": [{"kid": "x", "d": "x"}]}']


@pytest.mark.parametrize("content", [*BROKEN, json.dumps({"keys": [PUBLIC]})], ids=range(7))
def test_a_file_that_cannot_be_read_changes_nothing(
    file: Path, content: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens = tokens_of(file)
    token = tokens.issue(ACTOR, minutes=5)
    file.write_text(content)
    at_once(monkeypatch)
    assert tokens.actor(token) == ACTOR
    file.unlink()
    assert tokens.actor(tokens.issue(ACTOR, minutes=5)) == ACTOR


def test_old_keys_are_dropped_when_their_last_token_has_expired(file: Path) -> None:
    first = keys.read_keys(file)[0]["kid"]
    second, third = keys.rotate(file, at=1000), keys.rotate(file, at=2000)
    assert keys.prune(file, minutes=10, at=1600) == []
    assert keys.prune(file, minutes=10, at=1601) == [first]
    assert keys.prune(file, minutes=10, at=9999) == [second]
    assert keys.prune(file, minutes=10, at=9999) == []
    assert [key["kid"] for key in keys.read_keys(file)] == [third]


def test_a_token_carries_its_session_and_the_requested_scope(file: Path) -> None:
    tokens = tokens_of(file)
    for scope in (frozenset({Permission.ME_READ}), frozenset(Permission), frozenset()):
        asked = Actor.within(
            frozenset(scope), subject="x", roles=ACTOR.roles, level=ACTOR.level, unit_id=VIET_NAM,
            session=ACTOR.session, session_version=1,
        )  # fmt: skip
        assert tokens.actor(tokens.issue(asked, minutes=5)) == asked
        assert asked.permissions == ACTOR.permissions & scope


def _head(token: str) -> bytes:
    part = token.split(".")[0]
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
