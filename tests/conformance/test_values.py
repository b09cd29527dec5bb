"""Input is read as it was meant at both API layers: strict values, words that say something."""

from dataclasses import replace
from typing import Any

import pytest

from app.domain.tips.intake import schemas
from tests.conformance.cases import WRITES, Case
from tests.inputs.bodies import put
from tests.inputs.senders import send_rest
from tests.matrix import cells
from tests.matrix.cells import PreparedRequest, prepare
from tests.matrix.scenario import Scenario

CREATE = "POST /api/v1/models"
MESSAGE = "POST /api/v1/tips/{id}/messages"
WRONG: list[tuple[str, str, Any]] = [
    (CREATE, "households", "12.000"), (CREATE, "households", True), (CREATE, "households", 12.5),
    (CREATE, "pilot", 1), (CREATE, "pilot", "true"), (CREATE, "launched_on", 1735689600000),
    (CREATE, "launched_on", "20250701"), (CREATE, "name", "a\0b"), (CREATE, "name", " "),
    (CREATE, "name", "a\u200bb"), (MESSAGE, "text", " \n"), (MESSAGE, "text", ""),
]  # fmt: skip


def _case(name: str) -> Case:
    return next(case for case in WRITES if case.name == name)


def _in_graphql(request: PreparedRequest, body: Any) -> Any:
    word, name = request.cell.line.graphql.split()
    pool = cells._pool(replace(request.request, data=body), word, name)
    document = cells._document(word, name, tuple(pool), "{ __typename }")
    return request.who.ask(document, **pool)


@pytest.mark.parametrize(("name", "field", "value"), WRONG)
def test_what_is_not_meant_is_refused_in_both_layers(
    scenario: Scenario, name: str, field: str, value: Any
) -> None:
    request = prepare(scenario, _case(name).cell())
    body = put(request.request.data or {}, (field,), value)
    answer = send_rest(request, body)
    assert answer.status_code == 422, answer.text
    (fault,) = answer.json()["errors"]
    assert fault["pointer"] == f"/{field}"
    assert "hợp lệ" not in fault["message"], "the message states no reason"
    assert _in_graphql(request, body)["errors"]


@pytest.mark.parametrize("text", ["", " ", "\0", "\u200b\n"])
def test_a_tip_that_says_nothing_is_refused(scenario: Scenario, text: str) -> None:
    nobody = scenario.application.nobody
    answer = nobody.post("/api/v1/public/tips", {"text": text, "unit_code": "1"})
    assert answer.status_code == 422
    (fault,) = answer.json()["errors"]
    assert fault["pointer"] == "/text"
    for schema in (schemas.TipSubmission, schemas.MessageInput):
        with pytest.raises(ValueError, match=r"blank|at least 1"):
            schema.model_validate({"text": text, "unit_code": "1", "receipt": "x"})


def test_every_row_of_many_is_named(scenario: Scenario) -> None:
    request = prepare(scenario, _case("POST /api/v1/models/bulk").cell())
    (good,) = (request.request.data or {})["models"]
    rows = [
        good, good | {"type": "zzz"}, good | {"units": [*good["units"], "zzz"]},
        good | {"launched_on": "2150-01-01"}, good | {"reference": "r"}, good | {"reference": "r"},
    ]  # fmt: skip
    answer = send_rest(request, {"models": rows})
    assert (answer.status_code, answer.json()["code"]) == (422, "models_refused"), answer.text
    found = [(e["pointer"], e["row"]) for e in answer.json()["errors"]]
    assert found == [
        ("/models/1/type", 2), ("/models/2/units/1", 3), ("/models/3/launched_on", 4),
    ]  # fmt: skip
    twice = send_rest(request, {"models": rows[4:]})
    assert [e["pointer"] for e in twice.json()["errors"]] == [
        "/models/0/reference", "/models/1/reference",
    ]  # fmt: skip
    shape = send_rest(request, {"models": [good, good | {"households": "x"}]})
    assert [e["pointer"] for e in shape.json()["errors"]] == ["/models/1/households"]
