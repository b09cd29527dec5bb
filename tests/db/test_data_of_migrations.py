"""Data that migrations move: stated tallies become figures, names of hosts organisations."""

import os
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from alembic import command

from app.db.schema_version import alembic_config
from tests.application import runner
from tests.databases import drop, run

BEFORE = "20261130_1000"
GIVEN = """
INSERT INTO unit (id, level) VALUES ('{unit}', 'national');
INSERT INTO model_type (id, code, name, host_kind, sort_key, search_key)
    VALUES ('{type}', 'truong', 'Trường', 'school', 'x', 'x');
INSERT INTO model (id, type_id, unit_id, name, state, host_organisation, source, search_key)
    SELECT gen_random_uuid(), '{type}', '{unit}', 'Mô hình', 'proposed', 'Trường THPT Đông', 'x',
    'x' FROM generate_series(1, 2);
INSERT INTO stated_tally (id, unit_id, counts, label, kind, level, period_from, period_to, count,
    qualifier, quote, source) VALUES ('{tally}', '{unit}', 'documents', 'Văn bản', 'plan',
    'province', 2019, 2024, 200, 'more_than', 'hơn 200 văn bản', 'Báo cáo');
"""
HOSTS = """
SELECT o.*, (SELECT count(*) FROM model m WHERE m.host_organisation_id = o.id) AS models
FROM organisation o
"""


@pytest.fixture
def url() -> Iterator[str]:
    """An empty database of this test's own."""
    name, server = f"moved_{uuid4().hex[:8]}", os.environ["BINHYEN_TEST_DATABASE_URL"]
    runner().run(run(server, f'CREATE DATABASE "{name}"'))
    yield server.rpartition("/")[0] + f"/{name}"
    runner().run(drop(name))


def rows(url: str, statement: str) -> list[dict[str, Any]]:
    return [dict(row) for row in runner().run(run(url, statement))]


def test_tallies_and_hosts_go_there_and_back(url: str) -> None:
    config, ids = alembic_config(url), {name: uuid4() for name in ("unit", "type", "tally")}
    command.upgrade(config, BEFORE)
    for statement in GIVEN.format(**ids).split(";\n"):
        if statement.strip():
            rows(url, statement)
    before = rows(url, "SELECT * FROM stated_tally")

    command.upgrade(config, "head")
    [figure] = rows(url, "SELECT *, period_from::text AS since FROM stated_figure")
    told = ("measure", "counting_unit", "category", "value", "qualifier", "precision", "since")
    assert tuple(figure[name] for name in told) == (
        "documents_issued", "document", "plan", 200, "more_than", "year", "2019-01-01",
    )  # fmt: skip
    assert UUID(str(figure["id"])) == ids["tally"]
    [host] = rows(url, HOSTS)
    assert (host["kind"], host["name"], host["models"]) == ("school", "Trường THPT Đông", 2)
    assert (host["search_key"], UUID(str(host["id"])).version) == ("truong thpt dong", 7)

    command.downgrade(config, BEFORE)
    assert rows(url, "SELECT * FROM stated_tally") == before
    names = rows(url, "SELECT host_organisation FROM model")
    assert [row["host_organisation"] for row in names] == ["Trường THPT Đông"] * 2
