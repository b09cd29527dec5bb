"""Texts lie in as many files as there are features, each of them once."""

from pathlib import Path

import pytest
from graphql import build_schema

from app.api.descriptions import PARTS_OF, TextDefinedTwice, load, read_texts
from app.domain.actor import Permission
from tests.contract.conftest import GRAPHQL
from tests.contract.test_descriptions import DOCUMENT, OPERATIONS, SCHEMAS

GENERAL = {"*", "permissions", "tags", "arguments", "orders", "comparisons", "examples", "actions"}


def write(folder: Path, **files: str) -> Path:
    for name, content in files.items():
        (folder / f"{name}.toml").write_text(content, encoding="utf-8")
    return folder


def test_a_file_of_a_feature_brings_all_its_texts(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        general='[tags]\nunits = "Units."\n[Unit]\nname = "Name."',
        notices='[tags]\nnotices = "Notices."\n[Notice]\ntitle = "Title."',
    )
    assert read_texts(folder) == {
        "tags": {"units": "Units.", "notices": "Notices."},
        "Unit": {"name": "Name."},
        "Notice": {"title": "Title."},
    }


def test_a_text_that_two_files_define_is_refused(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        general='[permissions]\n"unit:read" = "Read units."',
        units='[permissions]\n"unit:read" = "Read the map."',
    )
    with pytest.raises(TextDefinedTwice, match=r"units\.toml defines \[permissions\] unit:read"):
        read_texts(folder)


def test_every_text_describes_something_there_is() -> None:
    texts = load()
    operations = {operation["operationId"] for operation in OPERATIONS}
    types = set(build_schema(GRAPHQL.read_text(encoding="utf-8")).type_map)
    owners = types | set(SCHEMAS) | operations | set(PARTS_OF.values())
    assert set(texts) - GENERAL - owners == set()
    assert set(texts["permissions"]) == {str(permission) for permission in Permission}
    assert set(texts["tags"]) == {tag["name"] for tag in DOCUMENT["tags"]}
