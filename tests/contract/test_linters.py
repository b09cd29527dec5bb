"""Validators and linters find no fault in the contract."""

import json

import pytest
from graphql import build_schema, validate_schema
from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.contract.conftest import GRAPHQL, OPENAPI
from tests.contract.node import run_package

pytestmark = pytest.mark.usefixtures("packages")


def test_openapi_document_follows_the_specification() -> None:
    document = json.loads(OPENAPI.read_text(encoding="utf-8"))
    faults = [str(fault.message) for fault in OpenAPIV31SpecValidator(document).iter_errors()]
    assert faults == []


def test_redocly_finds_no_fault() -> None:
    run_package("redocly", "lint", str(OPENAPI), "--config", "redocly.yaml", "--format", "stylish")


def test_spectral_finds_no_fault() -> None:
    run_package(
        "spectral", "lint", str(OPENAPI), "--ruleset", "spectral.yaml", "--fail-severity", "hint"
    )


def test_graphql_schema_follows_the_specification() -> None:
    assert validate_schema(build_schema(GRAPHQL.read_text(encoding="utf-8"))) == []
