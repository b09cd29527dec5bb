"""OpenAPI and GraphQL of tips match the responses and the tables."""

from typing import Any, get_args

import pytest
from graphql import is_non_null_type

from app.api.graphql.schema import build_schema
from app.api.rest import schemas
from app.db.query.shape import Shape
from app.domain.tips.shape import TIP, TIP_ASSIGNMENT, TIP_DEADLINE, TIP_LINK, TIP_REDACTION
from tests.reads.neutral_questions import camel
from tests.tips.scenario import TIPS, TipScenario

SCHEMA = build_schema()._schema
SHAPES = [TIP, TIP_ASSIGNMENT, TIP_DEADLINE, TIP_LINK, TIP_REDACTION]
WHERE = {"state": "RECEIVED", "kind": "UNKNOWN", "category": "FIRE", "receivedOn": "2026-01-01",
         "dueOn": "2026-01-01", "overdue": True, "isUseful": True, "assigned": "x",
         "unit": "VN", "urgent": True, "downgraded": False, "hasContact": True, "channel": "PHONE",
         "outcome": "FORWARDED", "id": "01890000-0000-4000-8000-000000000000"}  # fmt: skip
# as many more deadlines of a tip as no tip has had yet
MORE_DEADLINES = """INSERT INTO deadline SELECT (jsonb_populate_record(d, jsonb_build_object(
    'id', gen_random_uuid(), 'rule_code', d.rule_code || n))).*
    FROM deadline d, generate_series(1, 45) n WHERE d.resource_id = CAST($1 AS text)::uuid"""


def test_responses_match_openapi(scenario: TipScenario) -> None:
    tip, other = scenario.tip(), scenario.tip()
    scenario.officer.post(f"{TIPS}/{tip}/links", {"other_id": str(other)})
    said = {"spans": [{"begin": 0, "end": 1}], "reason": "x"}
    scenario.officer.post(f"{TIPS}/{tip}/redactions", said)
    scenario.step(scenario.officer, tip, "record")
    links = ",".join(TIP.links)
    one = scenario.officer.get(f"{TIPS}/{tip}", expand=links)
    assert set(one.json()) == {*TIP.fields, *TIP.links}
    assert all(one.json()[link] for link in TIP.links)
    schemas.one(TIP).model_validate_json(one.content, strict=True)
    page = scenario.officer.get(TIPS, limit=40, expand=links, total="exact")
    schemas.page(TIP).model_validate_json(page.content, strict=True)


@pytest.mark.parametrize("shape", SHAPES, ids=[shape.name for shape in SHAPES])
def test_rest_and_graphql_offer_every_field(shape: Shape) -> None:
    kind: Any = SCHEMA.type_map[shape.name]
    names = {*shape.fields, *shape.links}
    assert set(kind.fields) == {camel(name) for name in names}
    for name, field in shape.fields.items():
        known = kind.fields[camel(name)].type
        assert is_non_null_type(known) is (type(None) not in get_args(field.type))


def test_graphql_takes_every_filter(scenario: TipScenario) -> None:
    assert set(WHERE) == {camel(name) for name in TIP.filters}
    for name, value in WHERE.items():
        query = f"query($v: TipWhere) {{ tips(where: $v) {{ nodes {{ {_all(TIP)} }} }} }}"
        assert "errors" not in scenario.officer.ask(query, v={name: {"eq": value}})


def _all(shape: Shape) -> str:
    return " ".join(camel(name) for name in shape.fields)


def test_graphql_returns_what_rest_returns(scenario: TipScenario) -> None:
    tip = scenario.tip()
    parts = {"clocks": TIP_DEADLINE, "assignments": TIP_ASSIGNMENT}
    inner = " ".join(f"{name} {{ {_all(shape)} }}" for name, shape in parts.items())
    query = f'{{ tip(id: "{tip}") {{ {_all(TIP)} {inner} }} }}'
    told = scenario.officer.ask(query)["data"]["tip"]
    rest = scenario.now(tip, expand=",".join(TIP.links))
    for name in TIP.fields:
        value = told[camel(name)]
        known = value.lower() if name in ("channel", "kind", "state") else value
        assert known == rest[name], name
    assert told["clocks"][0]["dueOn"] == rest["clocks"][0]["due_on"]


def test_all_deadlines_of_a_tip_are_listed(scenario: TipScenario) -> None:
    """A tip that was suspended and extended again and again shows each deadline, none is cut."""
    tip = scenario.tip()
    scenario.rows(MORE_DEADLINES, str(tip))
    (known,) = scenario.rows("SELECT count(*) AS n FROM deadline WHERE resource_id = $1", str(tip))
    rest = scenario.now(tip, expand="clocks")
    assert len(rest["clocks"]) == rest["clocks_count"] == known["n"] > 40
    query = f'{{ tip(id: "{tip}") {{ clocksCount clocks(first: 100) {{ ruleCode dueOn }} }} }}'
    told = scenario.officer.ask(query)["data"]["tip"]
    assert told["clocksCount"] == known["n"]
    same = [(one["rule_code"], one["due_on"]) for one in rest["clocks"]]
    assert [(one["ruleCode"], one["dueOn"]) for one in told["clocks"]] == same
