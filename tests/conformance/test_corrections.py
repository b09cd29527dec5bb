"""Every field of a new record can be corrected, or it says why not."""

from typing import Any, get_type_hints

import pytest

from app.domain.operations import Operation
from app.domain.resources import Resource
from tests.conformance.cases import RESOURCES

VOID = "void the record, and enter it again"
# Resources that are created and not changed, each with the reason.
NOT_CHANGED = {
    "units": "a village entered in error is voided; a change of the map renames and moves units",
    "model-review-rules": "a rule; the next one ends it",
    "deadline-rules": "a rule; the next edition ends it",
    "retention-rules": "a rule; the next one ends it",
    "clients": "its secret is replaced, or it is disabled",
    "grants": "revoked, and granted anew",
    "tip-desks": "settings of a unit: set anew",
    "tip-holds": "released, and set anew",
    "identity-requests": "withdrawn, and asked anew",
    "tip-transfers": "withdrawn, and offered anew",
    "reintegration-transfers": "withdrawn, and offered again",
    "reintegration-holds": "released, and set again",
    "attachments": "withdrawn, and another one attached",
    "exports": "asked for anew",
    "evaluations": "closed with a reason, and registered anew",
    "imports": "a file as it was sent; voided, and sent again",
}
# Fields that stay as they were created, each with the reason.
KEPT = {
    "model-types": {
        "code": "others refer to it", "source": "says where it came from",
        "host_kind": "decides how its models count; a new type has another kind",
    },
    "model-recognitions": {"type": VOID, "model": VOID},
    "models": {"reference": "the key of the sender", "replicated_from": VOID},
    "documents": {"unit": VOID, "unit_on": VOID},
    "commendations": {"unit": VOID, "recipient_kind": VOID},
    "exemplars": {"unit": VOID, "subject_kind": VOID},
    "accounts": {"login": "the name of a person at sign-in"},
    "teams": {"reference": "the key of the sender"},
    "team-size-rules": dict.fromkeys(("kind", "province", "valid_from"), "a rule; ended"),
    "tips": dict.fromkeys(
        ("about_officials_of", "channel", "contact", "not_to", "received_on", "text", "unit"),
        "the words of an informant, and how they came",
    ),
    "reintegration-cases": {
        "unit": "moves by an offer that is accepted", "notified_on": "time limits began with it",
        "follows": "a new return is a new case",
    },
    "organisations": {"unit": VOID, "unit_on": VOID},
    "criteria-sets": dict.fromkeys(
        ("code", "edition", "extends_id", "subject_kind"), "names the edition; draft another"
    ),
    "evaluation-rounds": dict.fromkeys(
        ("unit", "set_id", "window"), "its evaluations rest on it; close it, and open another"
    ),
    "targets": dict.fromkeys(("unit", "indicator", "shape"), VOID)
    | {"value": "it is revised, with a reason", "window": "the days take its place"},
    "stated-figures": dict.fromkeys(("counting_unit", "measure", "unit", "unit_on"), VOID),
}  # fmt: skip


def fields_of(offer: Any) -> set[str]:
    """Return the fields that an operation takes."""
    function = offer.function if isinstance(offer, Operation) else offer
    return set(get_type_hints(function)["data"].model_fields)


CREATED = [one for one in RESOURCES if one.create]
CHANGED = [one for one in CREATED if one.update]


@pytest.mark.parametrize("resource", CREATED, ids=lambda one: one.path)
def test_every_resource_can_be_changed_or_says_why_not(resource: Resource) -> None:
    assert bool(resource.update) != (resource.path in NOT_CHANGED), resource.path


@pytest.mark.parametrize("resource", CHANGED, ids=lambda one: one.path)
def test_every_field_of_a_new_record_can_be_corrected_or_says_why_not(resource: Resource) -> None:
    kept = fields_of(resource.create) - fields_of(resource.update)
    assert kept == set(KEPT.get(resource.path, ()))


def test_what_is_left_out_is_there() -> None:
    assert {one.path for one in CREATED} >= NOT_CHANGED.keys()
    assert {one.path for one in CHANGED} >= KEPT.keys()
