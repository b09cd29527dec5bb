"""Operations on reintegration cases, offered to both API layers."""

from app.domain.operations import Operation, figure
from app.domain.reintegration.handling import assignments, content, service, supervision
from app.domain.reintegration.openings import service as openings
from app.domain.reintegration.openings.shape import OPENING_SHAPE
from app.domain.reintegration.plan import consents
from app.domain.reintegration.plan import service as plan
from app.domain.reintegration.retention import service as retention
from app.domain.reintegration.retention.shape import CASE_HOLD
from app.domain.reintegration.rights import requests
from app.domain.reintegration.rights import service as rights
from app.domain.reintegration.shape import CASE, UNATTENDED_CASE
from app.domain.reintegration.support import service as support
from app.domain.reintegration.transfers import service as transfers
from app.domain.reintegration.transfers.shape import CASE_TRANSFER
from app.domain.resources import Resource

# What a case says is read in a transaction that writes: the reading is on record before it leaves.
CASES = Resource(
    CASE,
    "reintegration-cases",
    many="List the reintegration cases in which you have a part, without names.",
    one="Read where a reintegration case stands, without who it is about.",
    create=service.open_reintegration_case,
    bulk=Operation(service.open_reintegration_cases),
    update=service.change_reintegration_case,
    transition=service.transition_reintegration_case,
    actions={
        "assignments": Operation(assignments.assign_reintegration_case, expand="assignments"),
        "assignments/{assignment_id}/end": Operation(
            assignments.end_reintegration_assignment, expand="assignments"
        ),
        "needs": Operation(plan.record_need, expand="needs"),
        "plan-actions": Operation(plan.plan_action, expand="plan_actions"),
        "plan-actions/{action_id}/end": Operation(plan.end_plan_action, expand="plan_actions"),
        "contacts": Operation(plan.record_contact, expand="contacts"),
        "supports": Operation(support.add_support, expand="supports"),
        "supports/{support_id}": Operation(support.update_support, expand="supports"),
        "consents": Operation(consents.record_consent, expand="consents"),
        "consents/{consent_id}/revoke": Operation(consents.revoke_consent, expand="consents"),
        "requests": Operation(requests.record_person_request, expand="requests"),
        "requests/{request_id}/answer": Operation(
            requests.answer_person_request, expand="requests"
        ),
    },
    figures={
        "{id}/dossier": figure(rights.reintegration_dossier, writes=True, no_store=True, cost=25),
        "{id}/content": figure(
            content.reintegration_case_content, writes=True, no_store=True, cost=25
        ),
    },
)
UNATTENDED = Resource(
    UNATTENDED_CASE,
    "unattended-cases",
    many="List the cases of your units that nobody looks after, oldest first.",
    one="Read one case of your units that nobody looks after.",
    actions={"appoint": Operation(supervision.appoint_case_worker, idempotent=False)},
)
OPENINGS = Resource(
    OPENING_SHAPE,
    "reintegration-openings",
    many="List the emergency openings of cases in your units, newest first.",
    one="Read one emergency opening of a case, without its words.",
    transition=openings.transition_reintegration_opening,
    figures={
        "{id}/words": figure(
            openings.reintegration_opening_words, writes=True, no_store=True, cost=25
        ),
    },
)
TRANSFERS = Resource(
    CASE_TRANSFER,
    "reintegration-transfers",
    many="List the offers of cases to your units or of cases that you have a part in.",
    one="Read one offer of a case.",
    create=transfers.offer_reintegration_case,
    create_at="reintegration-cases/{id}/transfers",
    transition=transfers.transition_reintegration_transfer,
)
HOLDS = Resource(
    CASE_HOLD,
    "reintegration-holds",
    many="List the holds on cases in which you have a part, newest first.",
    one="Read one hold on a case.",
    create=retention.hold_reintegration_case,
    create_at="reintegration-cases/{id}/hold",
)

RESOURCES = (CASES, UNATTENDED, OPENINGS, TRANSFERS, HOLDS)
OPERATIONS = (
    # returned and never stored, not even for who asks again
    Operation(
        rights.reintegration_bank_list, "reintegration-bank-list", tag="reintegration-cases",
        idempotent=False, no_store=True,
    ),
    Operation(
        openings.break_case_glass, "reintegration-openings", tag="reintegration-openings",
        status=201,
    ),
    Operation(
        retention.release_reintegration_case, "reintegration-cases/{id}/hold/release",
        tag="reintegration-holds", shape=CASE_HOLD,
    ),
)  # fmt: skip
