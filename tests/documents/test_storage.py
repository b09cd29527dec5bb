"""The storage by itself: a folder always, a bucket too where a server that speaks S3 is named.

`BINHYEN_TEST_S3=http://127.0.0.1:5000/bucket` with BINHYEN_TEST_S3_KEY (id:secret) names one.
"""

import io
import os
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from app.db.storage import Storage, StorageError
from app.settings import Settings
from tests.application import runner
from tests.dice import make_dice

S3 = os.environ.get("BINHYEN_TEST_S3", "")


def settings(kind: str, folder: Path) -> Settings:
    if kind == "folder":
        return Settings(storage=f"file://{folder}")
    endpoint, _, bucket = S3.rpartition("/")
    id, _, secret = os.environ["BINHYEN_TEST_S3_KEY"].partition(":")
    return Settings.model_validate(
        {"storage": f"s3://{bucket}/{folder.name}", "storage_endpoint": endpoint,
         "storage_key_id": id, "storage_secret": secret}
    )  # fmt: skip


@pytest.fixture(params=["folder", *(["bucket"] if S3 else [])])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    return Storage.of(settings(request.param, tmp_path))


async def whole(pieces: AsyncIterator[bytes]) -> bytes:
    return b"".join([piece async for piece in pieces])


async def list_names(storage: Storage) -> list[str]:
    return [name async for name, _ in storage.list()]


@pytest.mark.parametrize("size", [1, 300_000, 12_000_000])
def test_what_is_put_comes_back_and_goes(storage: Storage, size: int) -> None:
    content = make_dice("storage").randbytes(size)
    name = sha256(content).hexdigest()

    async def story() -> tuple[Any, ...]:
        await storage.put(name, io.BytesIO(content))
        await storage.put(name, io.BytesIO(content))
        back, there = await whole(await storage.get(name)), await list_names(storage)
        await storage.delete(name)
        return back, there, await list_names(storage)

    assert runner().run(story()) == (content, [name], [])


def test_what_is_not_there_is_reported_before_the_first_piece(storage: Storage) -> None:
    async def ask() -> None:
        await storage.get("0" * 64)

    with pytest.raises(StorageError):
        runner().run(ask())


def test_what_is_not_ours_is_not_listed(tmp_path: Path) -> None:
    storage = Storage.in_folder(tmp_path)
    (tmp_path / "notes.txt").write_text("x")
    assert runner().run(list_names(storage)) == []


def test_a_folder_that_cannot_be_made_is_reported_when_it_is_needed(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    storage = Storage.in_folder(tmp_path / "file" / "folder")
    with pytest.raises(StorageError):
        runner().run(storage.put("a" * 64, io.BytesIO(b"x")))


def test_nothing_set_is_a_folder_of_the_data(tmp_path: Path) -> None:
    storage = Storage.of(Settings(data=tmp_path))
    runner().run(storage.put("a" * 64, io.BytesIO(b"x")))
    assert (tmp_path / "attachments" / "aa" / "aa" / ("a" * 64)).read_bytes() == b"x"


@pytest.mark.parametrize(
    "wrong", ["data", "http://x/y", "s3://", "s3://UPPER", "file://", "ftp://a/b", "s3://a?b=c"]
)
def test_a_place_that_is_none_is_refused_at_the_start(wrong: str) -> None:
    with pytest.raises(ValidationError, match="storage"):
        Settings(storage=wrong)


def test_the_secret_is_not_shown() -> None:
    given = Settings.model_validate({"storage_secret": "topsecret", "storage_key_id": "id7"})
    assert "topsecret" not in repr(given)
