"""Vocabularies: every enum of the contract has its codes there, each with two labels."""

import json
from typing import Any

import pytest

from app.domain.actor import Role
from app.domain.records.vocabularies import COUNTING_UNITS, MEASURES, load_vocabularies
from tests.application import Application, Caller
from tests.contract.conftest import OPENAPI

PATH = "/api/v1/vocabularies"
ONE = """query($name: String!) { vocabulary(name: $name) {
    name enum vi en size
    terms { code vi en validFrom validTo parent countingUnit categories } } }"""
ENUMS: dict[str, list[str]] = {
    name: schema["enum"]
    for name, schema in json.loads(OPENAPI.read_text("utf-8"))["components"]["schemas"].items()
    if "enum" in schema
}


@pytest.fixture
def viewer(application: Application) -> Caller:
    return application.national(Role.VIEWER)


def missing_labels(enums: dict[str, list[str]]) -> list[str]:
    """List the values of enums that have no label in both languages."""
    known = {one.enum: {t.code: t for t in one.terms} for one in load_vocabularies().values()}
    return [
        f"{name}.{value}"
        for name, values in enums.items()
        for value in values
        if not ((term := known.get(name, {}).get(value)) and term.vi and term.en)
    ]


def test_no_value_of_the_contract_is_without_labels() -> None:
    assert missing_labels(ENUMS) == []
    assert missing_labels({"TeamKind": ["choir"], "Mood": ["glad"]}) == [
        "TeamKind.choir", "Mood.glad",
    ]  # fmt: skip


def test_vocabularies_have_no_values_that_the_contract_has_not() -> None:
    for one in load_vocabularies().values():
        if one.enum is not None:
            assert [term.code for term in one.terms] == ENUMS[one.enum], one.name


def test_labels_are_vietnamese_and_english() -> None:
    for one in load_vocabularies().values():
        assert len({term.code for term in one.terms}) == one.size == len(one.terms)
        for term in one.terms:
            assert term.vi.strip() == term.vi
            assert term.en.strip() == term.en
            assert term.en.isascii() or "QĐ" in term.en, term.en


def test_measures_count_in_known_units_and_have_known_categories() -> None:
    known = load_vocabularies()
    units = {term.code for term in known[COUNTING_UNITS].terms}
    for term in known[MEASURES].terms:
        assert term.counting_unit in units, term.code
        assert term.categories is None or term.categories in known, term.code


def test_both_layers_return_the_same(viewer: Caller) -> None:
    listed = viewer.get(PATH).json()["items"]
    assert [one["name"] for one in listed] == sorted(load_vocabularies())
    for name in ("organisation-kinds", "qualifiers", "measures", "counting-units"):
        found = viewer.get(f"{PATH}/{name}").json()
        same = viewer.ask(ONE, name=name)["data"]["vocabulary"]
        assert [snake(term) for term in same["terms"]] == found["terms"]
        assert (same["enum"], same["size"]) == (found["enum"], len(found["terms"]))


def snake(term: dict[str, Any]) -> dict[str, Any]:
    names = {"validFrom": "valid_from", "validTo": "valid_to", "countingUnit": "counting_unit"}
    return {names.get(name, name): value for name, value in term.items()}


def test_an_unknown_vocabulary_lists_the_known(viewer: Caller) -> None:
    told = viewer.get(f"{PATH}/moods")
    assert (told.status_code, told.json()["code"]) == (404, "vocabulary_not_found")
    assert "team-kinds" in told.json()["known"]
    asked = viewer.ask(ONE, name="moods")["errors"][0]["extensions"]
    assert asked["code"] == "vocabulary_not_found"
